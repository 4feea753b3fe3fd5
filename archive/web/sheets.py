"""The table of batch questions as a file: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from archive.exports import csv_rows
from archive.search import BatchTable

from .questions import Questions
from .tables import table_rows

NAME = "warraq-batch"


def as_csv(table: BatchTable, asked: Questions) -> HttpResponseBase:
    """Lines that were skipped have no counts."""
    years = table.by == "year"

    def lines() -> Iterator[list[Any]]:
        yield [_("السؤال"), _("المجموع"), *(c.label for c in table.columns), *([_("بلا تاريخ")] if years else [])]
        for line, row in zip(asked.lines, table.rows, strict=True):
            yield [line.text, row.total, *row.cells, *([row.undated] if years else [])]
        sums = table.sums
        yield [_("المجموع"), sums.total, *sums.cells, *([sums.undated] if years else [])]
        for skipped in asked.skipped:
            yield [skipped.text, *[""] * (len(table.columns) + 1 + years)]

    response = StreamingHttpResponse(csv_rows(lines()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.csv"'
    return response


def as_json(table: BatchTable, asked: Questions, request: HttpRequest) -> HttpResponseBase:
    rows = [
        {
            "question": shown.text,
            "query": line.question,
            "total": row.total,
            "counts": {c.value: count for c, count in zip(table.columns, row.cells, strict=True)},
            **({"undated": row.undated} if table.by == "year" else {}),
            "url": request.build_absolute_uri(shown.total.url) if shown.total.url else None,
        }
        for line, row, shown in zip(asked.lines, table.rows, table_rows(table, asked), strict=True)
    ]
    answer: dict[str, Any] = {
        "by": table.by,
        "copies": asked.copies,
        "columns": [{"value": column.value, "label": column.label} for column in table.columns],
        "rows": rows,
        "sums": {
            "total": table.sums.total,
            "counts": {c.value: count for c, count in zip(table.columns, table.sums.cells, strict=True)},
        },
        "skipped": [{"question": one.text, "reason": one.reason} for one in asked.skipped],
    }
    if asked.notes:
        answer["notes"] = asked.notes
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{NAME}.json"'
    return response
