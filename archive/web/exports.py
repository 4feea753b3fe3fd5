"""The results of a search to take away: CSV for spreadsheets, JSON for programs. The same stories as on the page."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.exports import COLUMNS, HEADS, csv_rows, story_record
from archive.search import DEEPEST, SearchRequest, SearchResults, search_stories

from .parameters import read_parameters

STORIES_A_STEP = 200


@require_safe
def search_csv(request: HttpRequest) -> HttpResponseBase:
    """All results of a search, up to as many as can be paged through."""
    first, records = _records(request)
    if not first.available:
        return not_now()
    rows = ([record[name] for name in COLUMNS] for record in records)
    return _attached(StreamingHttpResponse(csv_rows(_headed(rows)), content_type="text/csv; charset=utf-8"), "csv")


@require_safe
def search_json(request: HttpRequest) -> HttpResponseBase:
    first, records = _records(request)
    if not first.available:
        return not_now()

    def parts() -> Iterator[str]:
        yield f'{{"total": {first.total}, "results": ['
        for at, record in enumerate(records):
            yield (",\n" if at else "\n") + json.dumps(record, ensure_ascii=False)
        yield "\n]}\n"

    return _attached(StreamingHttpResponse(parts(), content_type="application/json; charset=utf-8"), "json")


def _headed(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    yield [HEADS[name] for name in COLUMNS]
    yield from rows


def _records(request: HttpRequest) -> tuple[SearchResults, Iterator[dict[str, object]]]:
    """The first results, and the records of all."""
    asked = replace(read_parameters(request.GET).request, page=1, after=None, size=STORIES_A_STEP)
    first = search_stories(asked, facets=())
    return first, _walk(request, asked, first)


def _walk(request: HttpRequest, asked: SearchRequest, results: SearchResults) -> Iterator[dict[str, object]]:
    seen = 0
    while results.hits and seen < DEEPEST:
        for hit in results.hits:
            yield story_record(hit.story, request.build_absolute_uri, hit.copies)
        seen += len(results.hits)
        asked = replace(asked, page=asked.page + 1, after=results.last)
        results = search_stories(asked, facets=())


def _attached(response: StreamingHttpResponse, ending: str) -> StreamingHttpResponse:
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="warraq-search-{day}.{ending}"'
    return response


def not_now() -> HttpResponse:
    return HttpResponse(_("يعاد بناء الفهرس، فحاول بعد قليل."), status=503, headers={"Retry-After": "60"})
