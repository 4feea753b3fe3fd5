"""Queries asked less strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.grammar import read_query
from archive.search.loosening import plainly, without


@pytest.mark.parametrize(
    ("text", "undated", "unnamed"),
    [
        ("قطار من:2015 إلى:2016-03", "قطار", "قطار من:2015 إلى:2016-03"),
        ("منذ:12 مارس 2015 قطار", "قطار", "منذ:12 مارس 2015 قطار"),
        ('سنة:"مارس 2015" قطار كاتب:علي سريع', "قطار كاتب:علي سريع", 'سنة:"مارس 2015" قطار سريع'),
        ('كاتب:"محمد علي"', 'كاتب:"محمد علي"', ""),
        ("عنوان:قطار", "عنوان:قطار", "عنوان:قطار"),
        ("قطار", "قطار", "قطار"),
    ],
)
def test_dates_and_names_are_cut_out_with_their_values(text: str, undated: str, unnamed: str) -> None:
    assert (without(text, "dates"), without(text, "names")) == (undated, unnamed)


@pytest.mark.parametrize(
    ("text", "unquoted", "plain"),
    [
        ("«قطار الساحل»", "قطار الساحل", "قطار الساحل"),
        ('"قطار"~5 +سفينة', "قطار +سفينة", "قطار سفينة"),
        ("(قطار AND سفينة) -جبل", "(قطار AND سفينة) -جبل", "قطار سفينة"),
        ('عنوان:"قطار الجبل" كاتب:"محمد علي"', 'عنوان:قطار الجبل كاتب:"محمد علي"', 'قطار الجبل كاتب:"محمد علي"'),
        ('قطار -"سفينة نوح"', 'قطار -"سفينة نوح"', "قطار"),
        ("قطا* =سفينة", "قطا* =سفينة", "قطا سفينة"),
    ],
)
def test_marks_and_all_that_binds_words_are_taken_away(text: str, unquoted: str, plain: str) -> None:
    assert (plainly(text, only_quotes=True), plainly(text)) == (unquoted, plain)


@given(st.text(st.sampled_from(list('قط ار:"«»()-+*=~5|&من201')) | st.characters()))
def test_any_text_can_be_loosened(text: str) -> None:
    read_query(plainly(text))
    read_query(without(text, "dates"))
    read_query(without(text, "names"))
    read_query(plainly(text, only_quotes=True))
