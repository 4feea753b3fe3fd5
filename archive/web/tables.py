"""A table of counts on the page: each cell leads to the search whose stories it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from archive.search import BatchTable, Column
from archive.templatetags.charts import shade

from .questions import Questions


@dataclass(frozen=True)
class Cell:
    count: int
    url: str = ""
    """empty: nothing to see"""
    shade: str = "s0"


@dataclass(frozen=True)
class TableRow:
    text: str
    total: Cell
    cells: list[Cell]
    undated: int


def table_rows(table: BatchTable, asked: Questions) -> list[TableRow]:
    """The rows as typed, in the order of the list."""
    most = max((count for row in table.rows for count in row.cells), default=0) or 1
    ends = [narrowing(column, asked) for column in table.columns]
    rows = []
    for line, row in zip(asked.lines, table.rows, strict=True):
        start = search_url(line.question, asked)
        cells = [
            Cell(count, f"{start}&{end}" if count else "", shade(count, most))
            for count, end in zip(row.cells, ends, strict=True)
        ]
        whole = narrowing(None, asked)
        total = Cell(row.total, (f"{start}&{whole}" if whole else start) if row.total else "")
        rows.append(TableRow(line.text, total, cells, row.undated))
    return rows


def search_url(question: str, asked: Questions) -> str:
    """The search for a question alone, before it is narrowed."""
    return f"{reverse('search')}?{urlencode({'q': question, **({'copies': 'all'} if asked.copies else {})})}"


def narrowing(column: Column | None, asked: Questions) -> str:
    """The parameters that leave of a question's stories those of a column, and of the form's filters."""
    first, last, publisher = asked.first, asked.last, asked.publisher
    if column and asked.by == "publisher":
        publisher = column.value
    elif column:
        year = int(column.value)
        first = max(first or date.min, date(year, 1, 1))
        last = min(last or date.max, date(year, 12, 31))
    given = {"publisher": publisher, "from": first.isoformat() if first else "", "to": last.isoformat() if last else ""}
    return urlencode({name: value for name, value in given.items() if value})
