"""CSV that a spreadsheet opens as Arabic, and in which no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

_BOM = "\ufeff"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What csv.writer writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def csv_rows(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a CSV file, UTF-8 with the mark that spreadsheets know it by."""
    writer = csv.writer(_Line())
    yield _BOM
    for row in rows:
        yield writer.writerow([_defused(cell) for cell in row])


def _defused(cell: object) -> str:
    """A cell as text; one that a spreadsheet would compute gets an apostrophe before it."""
    text = "" if cell is None else str(cell)
    is_number = isinstance(cell, int | float)
    return f"'{text}" if text.startswith(_FORMULAS) and not is_number else text
