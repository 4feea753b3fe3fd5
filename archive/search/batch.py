"""Many questions at once: how many stories each finds, by year or by publisher.

Each question is read and counted as the search page would: a cell is the total of the search that it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext

from archive.models import Publisher

from .engine import Between, IndexMissing, Question, engine
from .indexing import MINUTES_A_DAY
from .names import KnownNames
from .stories import Resolved, SearchRequest, resolve

Split = Literal["year", "publisher"]
MOST_QUESTIONS = 500
LONGEST_PHRASE = 400
"""Letters between quotation marks: with more the query language takes the marks for letters."""
_LONGEST_SPAN = 150
"""Years between which the empty ones are shown, too: with more a date is false."""
_QUOTES = re.compile(r"[«»“”„\"]|''")


@dataclass(frozen=True, slots=True)
class Column:
    value: str
    """a year, or a publisher's slug"""
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    question: str
    total: int
    cells: tuple[int, ...]
    """one a column; by publisher they may be more than the total, as copies of one story stand in several papers"""
    undated: int = 0
    """those that belong to no year"""


@dataclass(frozen=True)
class BatchTable:
    by: Split = "year"
    columns: tuple[Column, ...] = ()
    """those in which any question found something: years in their order with the empty ones between, publishers by
    what they have"""
    rows: tuple[Row, ...] = ()
    skipped: tuple[str, ...] = ()
    """questions without anything to search for"""
    available: bool = True
    """false while there is no index of today's analysis"""
    sums: Row = field(init=False)

    def __post_init__(self) -> None:
        cells = tuple(sum(column) for column in zip(*(row.cells for row in self.rows), strict=True))
        total, undated = sum(row.total for row in self.rows), sum(row.undated for row in self.rows)
        object.__setattr__(self, "sums", Row("", total, cells, undated))


def as_phrase(line: str) -> str:
    """A line as a query for its words side by side, whatever marks and operators it holds."""
    return gettext("«%(words)s»") % {"words": " ".join(_QUOTES.sub(" ", line).split())}


def ask_many(
    questions: Sequence[str],
    by: Split = "year",
    *,
    publisher: str = "",
    date_from: date | None = None,
    date_to: date | None = None,
    copies: bool = False,
) -> BatchTable:
    """Each question in the language of the search page, within the same filters. Never raises for any text."""
    known = KnownNames()
    common = resolve(SearchRequest(publisher=publisher, date_from=date_from, date_to=date_to))
    asked: dict[str, Resolved] = {}
    for text in questions:
        if text not in asked:
            asked[text] = resolve(SearchRequest(text, date_from=date_from, date_to=date_to), known.ids_of)
    skipped = tuple(text for text in questions if not text.strip() or asked[text].nothing)
    kept = [text for text in questions if text.strip() and not asked[text].nothing]
    in_publisher = tuple(one for one in common.filters if not isinstance(one, Between))
    try:
        years = _years(date_from, date_to)
        counts: dict[str, tuple[int, dict[int, int]]] = {}
        for text in dict.fromkeys(kept):
            question = Question(asked[text].node, (*asked[text].filters, *in_publisher), copies=copies)
            counts[text] = (0, {}) if common.nothing else _counts(question, by, years)
    except IndexMissing:
        return BatchTable(by, skipped=skipped, available=False)
    met: dict[int, int] = {}
    for text in kept:
        for value, count in counts[text][1].items():
            met[value] = met.get(value, 0) + count
    columns = _columns(by, met, publisher)
    rows = []
    for text in kept:
        total, split = counts[text]
        cells = tuple(split.get(value, 0) for value in columns)
        rows.append(Row(text, total, cells, total - sum(cells) if by == "year" else 0))
    return BatchTable(by, tuple(columns.values()), tuple(rows), skipped)


def _years(first: date | None, last: date | None) -> list[int]:
    """The years that any story is of, whatever else is asked: near-copies count in the year of the oldest."""
    years = engine().tally(Question(copies=True, facets=("year",))).facets["year"]
    return sorted(y for y in years if (first is None or y >= first.year) and (last is None or y <= last.year))


def _counts(question: Question, by: Split, years: list[int]) -> tuple[int, dict[int, int]]:
    if by == "publisher":
        found = engine().tally(Question(question.node, question.filters, copies=question.copies, facets=("publisher",)))
        return found.total, found.facets["publisher"]
    found = engine().tally(question, [_year(year) for year in years])
    return found.total, {year: count for year, count in zip(years, found.spans, strict=True) if count}


def _year(year: int) -> Between:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return Between(first * MINUTES_A_DAY, (last + 1) * MINUTES_A_DAY - 1)


def _columns(by: Split, met: dict[int, int], publisher: str) -> dict[int, Column]:
    """Where one publisher is asked for, no other stands beside it, though copies stand in both."""
    if by == "year":
        years = sorted(met)
        if years and years[-1] - years[0] <= _LONGEST_SPAN:
            years = list(range(years[0], years[-1] + 1))
        return {year: Column(f"{year:04}", str(year)) for year in years}
    rows = Publisher.objects.filter(slug=publisher) if publisher else Publisher.objects.all()
    papers = [(pk, Column(slug, name)) for pk, slug, name in rows.values_list("pk", "slug", "name") if pk in met]
    return dict(sorted(papers, key=lambda paper: (-met[paper[0]], paper[1].label)))
