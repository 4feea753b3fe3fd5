from __future__ import annotations

import pytest

from archive.arabic import is_place


@pytest.mark.parametrize(
    "name", ["الدار البيضاء", "أبو ظبي", "أبوظبي", "ابوظبي", "القدس المحتلة", "دمشق", "كوالالمبور"]
)
def test_capitals_and_cities_are_known(name: str) -> None:
    assert is_place(name)


@pytest.mark.parametrize("name", ["سليم الفارا", "المغرب اليوم", "رويترز", ""])
def test_names_of_people_papers_and_agencies_are_no_places(name: str) -> None:
    assert not is_place(name)
