"""Numbers in both kinds of digits."""

import pytest

from archive.taste import Taste, in_digits, number, percent, remember


@pytest.mark.parametrize(
    ("digits", "count", "decimal", "share", "day"),
    [
        ("western", "1,234,567", "1,234.5", "97٪", "2016-03-12"),
        ("arabic-indic", "١٬٢٣٤٬٥٦٧", "١٬٢٣٤٫٥", "٩٧٪", "٢٠١٦-٠٣-١٢"),
    ],
)
def test_they_have_the_separators_of_their_kind(digits: str, count: str, decimal: str, share: str, day: str) -> None:
    remember(Taste(digits=digits))
    assert (number(1234567), number(1234.5), percent(0.97), in_digits("2016-03-12")) == (count, decimal, share, day)


def test_nothing_is_nought() -> None:
    assert number(None) == "0"
