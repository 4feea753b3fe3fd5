from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.arabic import bare, fold, key, squeeze

ARABIC = st.text(alphabet=st.characters(min_codepoint=0x0600, max_codepoint=0x06FF), max_size=40)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("أحمد", "احمد"),
        ("إيران", "ايران"),
        ("آسيا", "اسيا"),
        ("ٱلرحمن", "الرحمن"),
        ("مدرسة", "مدرسه"),
        ("مستشفى", "مستشفي"),
        ("مسؤول", "مسوول"),
        ("مسئول", "مسوول"),
        ("الشئون", "الشوون"),
        ("ناشئون", "ناشيون"),
        ("كِتَابٌ", "كتاب"),
        ("مـحـمـد", "محمد"),
        ("ﻻ", "لا"),
        ("ﷲ", "الله"),
        ("کتاب ایران", "كتاب ايران"),
        ("٢٠٢١", "2021"),
        ("۲۰۲۱", "2021"),
        ("CNN", "cnn"),
        ("وُرُو\u0654س", "وروس"),
        ("\u202bمصر\u202c", "مصر"),
        ("سوريا\u200f", "سوريا"),
    ],
)
def test_folding_brings_spellings_together(written: str, plain: str) -> None:
    assert fold(written) == plain


def test_bare_keeps_the_letters_as_written() -> None:
    assert bare("أَحْمَـــد") == "أحمد"


def test_a_key_holds_the_words_alone() -> None:
    assert key('التحالف يتفاوض مع "داعش"، وسط هدوء!') == "التحالف يتفاوض مع داعش وسط هدوء"


def test_squeezing_leaves_single_spaces_and_no_nul() -> None:
    assert squeeze(' "قسد" \u00a0 في\n\x00بيان ') == '"قسد" في بيان'


@given(ARABIC)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
