"""Publisher files: what a TOML file says, and what is wrong with one that cannot be used."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.parsing import SHIPPED, Article, BadPublisher, parse_page, read_catalogue

from .conftest import SENTENCES, document, page

DIFAF = """
[[publishers]]
slug = "aldifaf"
name = "صحيفة الضفاف"
hosts = ["www.aldifaf.example", "difaf.example"]

[[layouts]]
name = "aldifaf@2012"
headline = ".old"
until = 2019-05-01

[[layouts]]
name = "aldifaf@2019"
headline = ".new"
credit = ".who"
order = "name-first"
"""


def test_a_host_below_a_publishers_is_the_publishers() -> None:
    catalogue = read_catalogue(DIFAF)
    found = catalogue.at("m.difaf.example")
    assert found is not None and found.slug == "aldifaf"
    assert catalogue.at("aldifaf.example") is found
    assert catalogue.at("example") is None


def test_the_layout_in_force_when_the_page_was_saved_reads_it() -> None:
    publisher = read_catalogue(DIFAF).publishers[0]
    names = [publisher.layout(datetime(year, 5, 1, 23, tzinfo=UTC)).name for year in (2018, 2019, 2020)]  # type: ignore[union-attr]
    assert names == ["aldifaf@2012", "aldifaf@2012", "aldifaf@2019"]


def test_a_publisher_of_the_archive_speaks_before_one_that_came_with_warraq() -> None:
    own = read_catalogue('[[publishers]]\nslug = "mine"\nname = "صحيفتي"\nhosts = ["almaghribtoday.net"]')
    found = (SHIPPED + own).at("almaghribtoday.net")
    assert found is not None and found.slug == "mine"


def test_the_order_of_the_credit_line_is_the_publishers() -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    headline = "حديقة جديدة على ضفة النهر"
    main = f'<div class="new">{headline}</div><div class="who">علي ضباح ـ الحد الجنوبي</div><div>{text}</div>'
    html = document(main, f"<title>{headline} | الضفاف</title>")
    article = parse_page(page(html, "https://aldifaf.example/1"), read_catalogue(DIFAF))
    assert isinstance(article, Article)
    assert (article.bylines, article.datelines) == (("علي ضباح",), ("الحد الجنوبي",))
    assert article.field_sources["byline"] == "aldifaf@2019"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[publishers]", "no TOML"),
        ("", "names no"),
        ('[[publishers]]\nslug = "a"\nname = "b"', "needs slug, name and hosts"),
        ('[[publishers]]\nslug = "a/b"\nname = "b"\nhosts = ["b.example"]', "a slug is letters"),
        (DIFAF + 'headlin = "h1"', "unknown key 'headlin'"),
        (DIFAF + 'body = "div["', "body is no CSS selector"),
        (DIFAF + "lead = 3", "lead is no text"),
        (DIFAF.replace("2019-05-01", '"May 2019"'), "until is no day"),
        (DIFAF.replace("name-first", "nom-first"), "order is"),
        (DIFAF.replace('["www.aldifaf.example", "difaf.example"]', '"difaf.example"'), "hosts is no list"),
        ("publishers = 3", "is written [[publishers]]"),
        (DIFAF + '\n[[layouts]]\nheadline = "h1"', "needs a name"),
    ],
    ids=range(12),
)
def test_a_file_that_cannot_be_used_says_why(text: str, why: str) -> None:
    with pytest.raises(BadPublisher) as raised:
        read_catalogue(text)
    assert why in str(raised.value)
