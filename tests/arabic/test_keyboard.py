"""Text typed on the wrong keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.arabic import other_layout
from archive.arabic.keyboard import KEYS, to_arabic, to_latin

WRITTEN = sorted(set(KEYS.values()))
LAM_ALIF = ("gh", "gH", "gY", "gN")
"""Two keys that write what one key writes as well."""


@pytest.mark.parametrize("key", KEYS)
def test_every_key_leads_there_and_back(key: str) -> None:
    assert to_latin(to_arabic(key)) == key


def test_no_two_keys_write_the_same() -> None:
    assert len(WRITTEN) == len(KEYS)


@given(st.text(st.sampled_from([*KEYS, " ", "1"])).filter(lambda text: not any(two in text for two in LAM_ALIF)))
def test_latin_keys_come_back_from_arabic(text: str) -> None:
    assert to_latin(to_arabic(text)) == text


@given(st.lists(st.sampled_from([*WRITTEN, " ", "1"])).map("".join))
def test_arabic_letters_come_back_from_latin(text: str) -> None:
    assert to_arabic(to_latin(text)) == text


@given(st.text())
def test_any_text_has_an_answer_and_a_reading_is_never_itself(text: str) -> None:
    meant = other_layout(text)
    assert isinstance(meant, str)
    assert not meant or meant != text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hgofv", "الخبر"),
        (";jhf", "كتاب"),
        ("hg;jhf", "الكتاب"),
        ("bfd", "لابي"),
        ("hgYughld", "الإعلامي"),
        ("hgTughld", "اللإعلامي"),
        ("hgHofhv", "الأخبار"),
        ("Nohv", "آخار"),
        ("HGOFV", "الخبر"),
        ("hgofv 2015", "الخبر 2015"),
        ("صخقمي", "world"),
        ("قثعفثقس", "reuters"),
    ],
)
def test_what_was_meant_is_read_by_the_place_of_the_keys(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", " ", "2015", "cnn", "النفط", "hgofv النفط", "www.bbc.com", "!!", "\x00", "ّ", "xxx"]
)
def test_what_makes_no_words_is_left_alone(typed: str) -> None:
    assert other_layout(typed) == ""
