from __future__ import annotations

from collections.abc import Callable

from archive.models import Story
from tests.benchmarks.queries import ask, broken_queries


def test_broken_queries_are_answered_like_any_other(tell: Callable[..., Story]) -> None:
    """A few hundred of the ten thousand that `tests.benchmarks.queries` asks."""
    tell("قطار الساحل")
    count, _, _ = ask(broken_queries(["قطار", "الساحل", "مدينة", "2020"], 300, seed=7))
    assert count == 300
