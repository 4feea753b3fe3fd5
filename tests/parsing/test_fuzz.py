"""A few hundred broken pages; `python -m tests.benchmarks.fuzz` reads them by the hour."""

from __future__ import annotations

import pytest

from archive.dumps import Rejection
from archive.parsing import Article, parse_page
from tests.benchmarks.gold import PAIRS
from tests.benchmarks.mutations import MUTATIONS, mutate
from tests.benchmarks.trials import page_of, seeds_of

SEEDS = seeds_of([PAIRS / "almaghribtoday", PAIRS / "forms" / "body"])


@pytest.mark.parametrize("part", range(8))
def test_no_broken_page_breaks_the_parser(part: int) -> None:
    for number in range(part * 25, part * 25 + 25):
        assert isinstance(parse_page(page_of(mutate(SEEDS, f"test:{number}"))), Article | Rejection), number


def test_the_same_seed_breaks_the_same_page_in_the_same_way() -> None:
    assert mutate(SEEDS, "x") == mutate(SEEDS, "x") != mutate(SEEDS, "y")
    assert len(MUTATIONS) == len(set(MUTATIONS))
