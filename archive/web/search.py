"""The search page: results, and every way to narrow or widen them as a link."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models import Publisher, Story
from archive.search import FacetValue, SearchResults, corrections, search_stories
from archive.templatetags.charts import Bar

from .coverage import span
from .parameters import SORTS, Asked, query, read_parameters
from .suggest import as_meant, meant, nothing

FACETS = {"publisher": "المصدر", "section": "القسم", "author": "الكاتب", "place": "المكان", "year": "السنة"}
CARRIED = ("publisher", "section", "author", "place", "sort")


@dataclass(frozen=True)
class FacetLink:
    label: str
    count: int
    selected: bool
    url: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = read_parameters(request.GET)
    results = search_stories(asked.request)
    correction, typed = corrections(asked.request.text, asked.request) if results.available else None, ""
    if correction and correction.kind == "keyboard" and not results.total:
        typed, asked, correction = asked.request.text, as_meant(asked, correction), None
        results = search_stories(asked.request)
    context: dict[str, Any] = {
        "asked": asked,
        "results": results,
        "notes": asked.notes,
        "query": asked.request.text,
        "typed": typed,
        "meant": meant(correction, request.GET),
        "filters": [(f.title, f.label, query(request.GET, **dict.fromkeys(f.parameters))) for f in asked.filters],
        "facets": facet_links(results, request.GET),
        "bars": year_bars(results, request.GET),
        "sorts": [(label, name == asked.request.sort, query(request.GET, sort=name)) for name, label in SORTS.items()],
        "carried": [(name, request.GET[name]) for name in CARRIED if request.GET.get(name)],
        "start": (asked.request.page - 1) * asked.request.size + 1,
        "pages": pages(asked, results, request.GET),
    }
    if results.available and not results.hits:
        why = {} if results.total else nothing(asked, request.GET, request.user.is_staff)
        context |= {"reach": reach(), "nothing": why}
    return render(request, "search.html", context)


def facet_links(results: SearchResults, parameters: QueryDict) -> list[tuple[str, list[FacetLink]]]:
    """Each facet with its values; a selected one's link takes the narrowing back."""
    groups = []
    for name, title in FACETS.items():
        values = results.facets.get(name, [])
        if name == "year":
            values = sorted(values, key=lambda each: each.value, reverse=True)
        links = [FacetLink(v.label, v.count, v.selected, facet_url(name, v, parameters)) for v in values]
        if links:
            groups.append((title, links))
    return groups


def facet_url(name: str, value: FacetValue, parameters: QueryDict) -> str:
    if name != "year":
        return query(parameters, **{name: None if value.selected else value.value})
    if value.selected:
        return query(parameters, **{"from": None, "to": None})
    return query(parameters, **{"from": f"{value.value}-01-01", "to": f"{value.value}-12-31"})


def year_bars(results: SearchResults, parameters: QueryDict) -> list[Bar]:
    """Hits a year without holes; a lone year needs no chart."""
    years = {int(v.value): v for v in results.facets.get("year", []) if v.value.isdecimal()}
    if len(years) < 2:
        return []
    bars = []
    for year in span(years):
        value = years.get(year)
        url = facet_url("year", value, parameters) if value else ""
        bars.append(Bar(str(year), value.count if value else 0, url, bool(value and value.selected)))
    return bars


def pages(asked: Asked, results: SearchResults, parameters: QueryDict) -> dict[str, Any]:
    page, last = asked.request.page, max(1, -(-results.total // asked.request.size))
    return {
        "page": page,
        "last": last,
        "previous": query(parameters) + f"&page={min(page - 1, last)}" if page > 1 else "",
        "next": query(parameters) + f"&page={page + 1}" if page < last else "",
    }


def reach() -> dict[str, Any]:
    """What the archive covers, for the reader who found nothing."""
    stories = Story.objects.visible()
    covered = stories.aggregate(first=Min("published_on"), last=Max("published_on"))
    return covered | {"publishers": list(Publisher.objects.filter(stories__hidden=False).distinct()[:20])}
