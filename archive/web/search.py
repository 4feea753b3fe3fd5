"""The search page: results, and every way to narrow or widen them as a link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from archive.models import Publisher, Story
from archive.search import DEEPEST, FacetValue, SearchResults, corrections, search_stories
from archive.taste import in_digits
from archive.templatetags.charts import Bar

from .access import SAVED_PAGES
from .coverage import span
from .parameters import SORTS, Asked, query, read_parameters
from .suggest import as_meant, meant, nothing

FACETS = {
    "publisher": gettext_lazy("المصدر"),
    "section": gettext_lazy("القسم"),
    "author": gettext_lazy("الكاتب"),
    "place": gettext_lazy("المكان"),
    "year": gettext_lazy("السنة"),
}
CARRIED = ("publisher", "section", "author", "place", "sort", "copies", "exact", "fresh")
SHOWN = 8
"""Values of a facet; more on request."""
FEW_YEARS = 3
"""Years up to which the chart shows months."""


@dataclass(frozen=True)
class FacetLink:
    label: str
    count: int
    selected: bool
    url: str


class FacetGroup(NamedTuple):
    title: str
    links: list[FacetLink]
    more: str
    """where more values are shown; empty when these are all"""


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
        "bars": time_bars(results, request.GET),
        "switches": switches(asked, request.GET),
        "exports": "?" + request.GET.urlencode(),
        "sorts": [(label, name == asked.request.sort, query(request.GET, sort=name)) for name, label in SORTS.items()],
        "carried": [(name, request.GET[name]) for name in CARRIED if request.GET.get(name)],
        "start": (asked.request.page - 1) * asked.request.size + 1,
        "pages": pages(asked, results, request.GET),
    }
    if results.available and not results.hits:
        why = {} if results.total else nothing(asked, request.GET, request.user.has_perm(SAVED_PAGES))
        context |= {"reach": reach(), "nothing": why}
    return render(request, "search.html", context)


def facet_links(results: SearchResults, parameters: QueryDict) -> list[FacetGroup]:
    """Each facet with its commonest values; a selected one's link takes the narrowing back."""
    groups = []
    for name, title in FACETS.items():
        values = results.facets.get(name, [])
        shown = values if parameters.get("more") == name else values[:SHOWN]
        written = in_digits if name == "year" else str
        links = [FacetLink(written(v.label), v.count, v.selected, facet_url(name, v, parameters)) for v in shown]
        if links:
            more = query(parameters, more=name) if len(values) > len(shown) else ""
            groups.append(FacetGroup(str(title), links, more))
    return groups


def facet_url(name: str, value: FacetValue, parameters: QueryDict) -> str:
    if name not in ("year", "month"):
        return query(parameters, **{name: None if value.selected else value.value})
    if value.selected:
        return query(parameters, **{"from": None, "to": None})
    return query(parameters, **{"from": value.value, "to": value.value})


def time_bars(results: SearchResults, parameters: QueryDict) -> list[Bar]:
    """Hits over time without holes: a bar a year, or a month where there are few years; one alone needs no chart."""
    years = {int(v.value): v for v in results.facets.get("year", []) if v.value.isdecimal()}
    months = {_months(v.value): v for v in results.facets.get("month", [])}
    if years and max(years) - min(years) < FEW_YEARS and len(months) > 1:
        return _bars("month", months, parameters, lambda at: f"{at // 12}-{at % 12 + 1:02}")
    return _bars("year", years, parameters, str) if len(years) > 1 else []


def _months(value: str) -> int:
    year, _, month = value.partition("-")
    return int(year) * 12 + int(month) - 1


def _bars(name: str, values: dict[int, FacetValue], parameters: QueryDict, label: Callable[[int], str]) -> list[Bar]:
    bars = []
    for at in span(values):
        value = values.get(at)
        url = facet_url(name, value, parameters) if value else ""
        bars.append(Bar(label(at), value.count if value else 0, url, bool(value and value.selected)))
    return bars


def switches(asked: Asked, parameters: QueryDict) -> list[tuple[str, str]]:
    """(what a click does, where it leads): the ways of searching that can be turned on and off."""
    request = asked.request
    found = []
    if request.text:
        literal = "exact", (_("ابحث عن كل صيغ الكلمات") if request.literally else _("ابحث عن اللفظ نفسه فقط"))
        found.append((literal[1], query(parameters, exact=None if request.literally else "on")))
    copies = _("اجمع النسخ المتقاربة") if request.copies else _("اعرض النسخ المتقاربة كلا على حدة")
    found.append((copies, query(parameters, copies=None if request.copies else "all")))
    if request.text and request.sort == "relevance":
        fresh = _("لا تقدّم الأحدث") if request.fresh else _("قدّم الأحدث عند التساوي")
        found.append((fresh, query(parameters, fresh="off" if request.fresh else None)))
    return found


def pages(asked: Asked, results: SearchResults, parameters: QueryDict) -> dict[str, Any]:
    reach = min(results.total, DEEPEST) if asked.request.sort == "relevance" else results.total
    page, last = asked.request.page, max(1, -(-reach // asked.request.size))
    return {
        "page": page,
        "last": last,
        "previous": query(parameters) + f"&page={min(page - 1, last)}" if page > 1 else "",
        "next": query(parameters) + f"&page={page + 1}&after={results.last}" if page < last and results.last else "",
    }


def reach() -> dict[str, Any]:
    """What the archive covers, for the reader who found nothing."""
    stories = Story.objects.visible()
    covered = stories.aggregate(first=Min("published_on"), last=Max("published_on"))
    return covered | {"publishers": list(Publisher.objects.filter(stories__hidden=False).distinct()[:20])}
