from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.arabic import analyse, words

MUST_MATCH = """
احمد أحمد|اخبار الأخبار|كثير كثيرون|مدرسه مدرسة|مستشفي مستشفى|مسؤول مسئول|مسئول مسؤول|٢٠٢١ 2021|2021 ٢٠٢١|كِتاب كتاب|
مـحـمـد محمد|ﻻ لا|سوريا سورية|سورية سوريا|فيسبوك فايسبوك|قرار بقرار|مشروع لمشروع|قال فقال|مدارس والمدارس|
عبدالله عبد_الله|عبد_الله عبدالله|الوزراء للوزراء|شركات شركة|ﻣﺪﺭﺳﺔ مدرسة|کتاب كتاب|علی علي|ٱلكتاب الكتاب|
ا\u0654حمد أحمد|مسو\u0654ول مسؤول|خ\u202eبر خبر|\u2067قطار\u2069 قطار|ق\u200fطار قطار|مُدَرِّسَةٌ مدرسة
""".replace("\n", "").split("|")
MUST_NOT_MATCH = ["كتب مكتب", "ألم المدينة", "باب بابا", "فريق ريق", "سعيد عيد"]


def matches(query: str, text: str) -> bool:
    """Whether the query's word is found in the text, by its exact form or its stem."""
    asked, found = analyse(query.replace("_", " ")), analyse(text.replace("_", " "))
    return bool(
        {t.exact for t in asked} & {t.exact for t in found} or {t.stem for t in asked} & {t.stem for t in found}
    )


@pytest.mark.parametrize("pair", MUST_MATCH)
def test_variants_of_a_word_match(pair: str) -> None:
    assert matches(*pair.split())


@pytest.mark.parametrize("pair", MUST_NOT_MATCH)
def test_other_words_do_not_match(pair: str) -> None:
    assert not matches(*pair.split())


def test_a_token_cuts_the_whole_original_word() -> None:
    text = "قالت «المَدْرَسَةُ» إنّ مـحـمـداً حضر."
    assert [text[token.start : token.end] for token in analyse(text)] == ["قالت", "المَدْرَسَةُ", "إنّ", "مـحـمـداً", "حضر"]


def test_abd_allah_is_one_word_however_it_is_spaced() -> None:
    assert (
        [token.exact for token in analyse("عبد الله")] == ["عبدالله"] == [token.exact for token in analyse("عبدالله")]
    )


def test_a_text_of_signs_has_no_words() -> None:
    assert analyse("ـــ ... «» \u064b \u200f !!") == []


@given(st.text(max_size=200))
def test_tokens_lie_in_order_inside_any_text(text: str) -> None:
    end = 0
    for token in analyse(text):
        assert end <= token.start < token.end <= len(text)
        assert token.exact and token.stem
        end = token.end


@given(st.text(alphabet="عبد الله\u064e\u0640وم' _\n،dلاٱ", max_size=60))
def test_words_are_those_of_the_analysis(text: str) -> None:
    assert words(text) == [token.terms for token in analyse(text)]
