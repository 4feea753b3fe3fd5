"""Workers that die, hang, or never start: every page gets its answer all the same, and the run ends when it should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from archive.dumps import Locator, Page, Rejection
from archive.ingest import workers
from archive.ingest.workers import Workers
from archive.parsing import Article
from archive.parsing.publishers import SHIPPED

from .bad_workers import absent_serve, bad_serve

TEXT = "قال المتحدث باسم السكك إن القطار الساحلي يبدأ رحلاته المنتظمة الأسبوع المقبل بعد انتهاء الأشغال. " * 3


def page(number: int, text: str = TEXT) -> Page:
    html = f"<meta charset=utf-8><h1>القطار الساحلي يقطع أولى رحلاته {number}</h1><p>{text}</p><p>{number} {text}</p>"
    where = Locator("dump", f"{number}.html")
    return Page(f"https://www.example.com/{number}", datetime(2024, 1, 1, tzinfo=UTC), html.encode(), "", where)


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setattr(workers, "serve", bad_serve)
    monkeypatch.setattr(workers, "SECONDS_A_CHUNK", 2)
    monkeypatch.setattr(workers, "SECONDS_A_PAGE", 1)
    with Workers(2, SHIPPED, lambda: False) as both:
        yield both


def test_answers_come_in_the_order_of_the_pages(two: Workers) -> None:
    first, second = two.add([page(n) for n in range(7)]), two.add([page(n) for n in range(7, 10)])
    found = [*two.finish(first), *two.finish(second)]
    assert [one.headline.rpartition(" ")[2] for one in found if isinstance(one, Article)] == [*map(str, range(10))]


@pytest.mark.parametrize(("word", "told"), [("يقتل", "ended"), ("يعلق", "held up")])
def test_only_the_page_that_ends_or_holds_up_a_worker_is_lost(two: Workers, word: str, told: str) -> None:
    pages = [page(0), page(1), page(2, f"{word} {TEXT}"), page(3), page(4)]
    found = two.finish(two.add(pages))
    assert [isinstance(one, Article) for one in found] == [True, True, False, True, True]
    assert isinstance(found[2], Rejection) and (found[2].code, told in found[2].detail) == ("too-heavy", True)


def test_no_worker_at_all_is_an_error_not_an_endless_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "serve", absent_serve)
    with Workers(2, SHIPPED, lambda: False) as both, pytest.raises(OSError, match="did not start"):
        both.finish(both.add([page(1)]))


def test_a_stop_ends_workers_in_the_midst_of_a_page(two: Workers) -> None:
    two.stopping = lambda: True
    chunks = two.add([page(1, f"يعلق {TEXT}")])
    with pytest.raises(KeyboardInterrupt):
        two.finish(chunks)


def test_a_page_that_wants_more_memory_than_any_honest_one_is_too_heavy() -> None:
    with Workers(1, SHIPPED, lambda: False) as one:
        found = one.finish(one.add([page(0), page(1, "<b>a</b>" * 2**22), page(2)]))
    assert [isinstance(answer, Article) for answer in found] == [True, False, True]
    assert isinstance(found[1], Rejection) and (found[1].code, "memory" in found[1].detail) == ("too-heavy", True)
