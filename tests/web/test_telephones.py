"""Numbers that Arabic text would turn round."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from archive.search import Fragment
from archive.templatetags.writing import marked, typeset

from .conftest import MakeStory


def numbers(page: str) -> list[str]:
    return re.findall('<bdo dir="ltr">(.*?)</bdo>', page)


@pytest.mark.parametrize(
    "number",
    [
        "0522-123456", "0537-123-456", "05 37 12 34 56", "+212 5 37 12 34 56", "+212537123456", "00212-537-123456",
        "٠٥٢٢-١٢٣٤٥٦", "978-9954-1-2345-6", "2016-03-15",
    ],
)  # fmt: skip
def test_a_telephone_number_runs_from_left_to_right(number: str) -> None:
    assert typeset(f"على الرقم {number}، أو و{number}.") == (
        f'على الرقم <bdo dir="ltr">{number}</bdo>، أو و<bdo dir="ltr">{number}</bdo>.'
    )


@pytest.mark.parametrize(
    "text", ["موسم 2015-2016", "انتهت 3-1", "يوم 12-3-2016", "يوم 02-03-2016", "خطة 4-2-3-1", "1.200.000", "+18", "0"]
)
def test_what_is_read_from_the_right_is_left_alone(text: str) -> None:
    assert typeset(text) == text


def test_no_run_of_digits_widens_the_page() -> None:
    assert not numbers(typeset("1-" * 400 + "1"))
    assert not numbers(typeset("+" + "1" * 400))


def test_marked_words_stay_marked_within_a_number() -> None:
    pieces = [Fragment("هاتف 0537-", False), Fragment("123", True), Fragment("-456 في <b>", False)]
    assert marked(pieces) == 'هاتف <bdo dir="ltr">0537-<mark>123</mark>-456</bdo> في &lt;b&gt;'
    across = [Fragment("هاتف 0537-123", True), Fragment("-456", False)]
    assert marked(across) == '<mark>هاتف </mark><bdo dir="ltr"><mark>0537-123</mark>-456</bdo>'


def test_lead_body_and_captions_have_them(make_story: MakeStory, client: Client) -> None:
    story = make_story(lead="الهاتف 0522-000001.")
    story.body.text = "الهاتف 0522-000002.\nوالفاكس 0522-000003."
    story.body.save()
    story.pictures.create(position=0, caption="الهاتف 0522-000004.")
    page = client.get(story.get_absolute_url()).content.decode()
    assert sorted(numbers(page)) == [f"0522-00000{n}" for n in range(1, 5)]
    assert numbers(client.get("/").content.decode()) == ["0522-000001"]
