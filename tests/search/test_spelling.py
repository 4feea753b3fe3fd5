"""«هل تقصد»."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.models import Story
from archive.search import Correction, SearchRequest, corrections

Tell = Callable[..., Story]


@pytest.fixture
def archive(tell: Tell) -> None:
    for number in range(3):
        tell(f"وزير الخارجية يزور المدرسة {number}", "الحكومة تناقش الديمقراطية في المستشفى مع رويترز.")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("الحكوة", "الحكومة"),
        ("الحكومممة"[:7] + "مة", "الحكومة"),
        ("الحكموة", "الحكومة"),
        ("المدرثة", "المدرسة"),
        ("المدرسةة", "المدرسة"),
        ("المستسفي", "المستشفى"),
        ("وزيرالخارجية", "وزير الخارجية"),
        ("الديمقرتية", "الديمقراطية"),
        ("وزير الخرجية", "وزير الخارجية"),
        ("«في المستشفى» الحكوة", "«في المستشفى» الحكومة"),
        ("الحكوة -المدرسة", ""),
        ("رويتز", "رويترز"),
    ],
)
def test_a_slip_leads_to_the_nearest_word_of_the_archive(archive: None, typed: str, meant: str) -> None:
    found = corrections(typed)
    assert (found.text if found else "") == meant
    assert found is None or found.total


@pytest.mark.parametrize(
    "typed",
    ["الحكومة", "حكومة", "والحكومه", "زلزال", "", "رو", "2015", "«الحكوة»", "=الحكوة", "قبل:2015", "\x00", "(" * 50],
)
def test_what_is_known_short_or_like_nothing_is_left_alone(archive: None, typed: str) -> None:
    assert corrections(typed) is None


def test_a_rare_word_is_left_alone_unless_the_other_is_far_commoner(tell: Tell) -> None:
    tell("كمالي يفوز")
    for number in range(3):
        tell(f"جمالي يعود {number}")
    assert corrections("كمالي") is None


def test_a_form_of_a_word_that_the_archive_has_once_is_left_alone(tell: Tell) -> None:
    tell("أزهار بنفسجي لونها")
    for number in range(8):
        tell(f"يرسم بنفسه لوحة {number}")
    assert corrections("بنفسجية") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hgp;,lm", "الحكومة"),
        ("HGP;,LM", "الحكومة"),
        ("hgp;,lm reuters", "الحكومة reuters"),
        ("hgl]vsm 2", "المدرسة 2"),
    ],
)
def test_latin_letters_are_read_as_the_arabic_ones_on_their_keys(archive: None, typed: str, meant: str) -> None:
    found = corrections(typed)
    assert found is not None
    assert (found.text, found.kind) == (meant, "keyboard")


def test_arabic_letters_are_read_as_the_latin_ones_on_their_keys(tell: Tell) -> None:
    tell("World Bank lends")
    assert corrections("صخقمي") == Correction("world", "keyboard", 1)


def test_a_latin_word_that_the_archive_knows_is_meant(tell: Tell) -> None:
    tell("bfd مصر لابي")
    assert corrections("bfd") is None


def test_nothing_is_suggested_that_the_filters_leave_without_results(archive: None) -> None:
    assert corrections("الحكوة", SearchRequest(publisher="ورق")) is not None
    assert corrections("الحكوة", SearchRequest(place=10**6)) is None


def test_a_word_of_hidden_stories_alone_is_not_suggested(tell: Tell) -> None:
    tell("الحكومة", hidden=True)
    tell("آخر")
    assert corrections("الحكوة") is None


def test_without_an_index_nothing_is_suggested(db: None) -> None:
    assert corrections("الحكوة") is None
