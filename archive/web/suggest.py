"""What the search box offers while one types, and what the search page says of a query that may be meant otherwise."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.search import Correction, Nothing, Suggestion, Way, suggestions, why_nothing
from archive.templatetags.counts import counted
from archive.templatetags.dates import published_day, published_iso
from archive.templatetags.reasons import reason
from archive.templatetags.writing import direction

from .parameters import Asked, query

AS_IT_IS = {"ensure_ascii": False}
KINDS = {
    "author": gettext_lazy("كاتب"),
    "place": gettext_lazy("مكان"),
    "publisher": gettext_lazy("مصدر"),
    "section": gettext_lazy("قسم"),
}
WAYS = {
    "typed dates": gettext_lazy("دون التاريخ المكتوب في نص البحث"),
    "typed names": gettext_lazy("دون الأسماء المكتوبة في نص البحث"),
    "filters": gettext_lazy("دون أي مرشح"),
    "quotes": gettext_lazy("دون علامات التنصيص"),
    "any": gettext_lazy("بأي من هذه الكلمات دون شروط"),
    "text": gettext_lazy("كل الأخبار بهذه المرشحات دون نص البحث"),
}


@dataclass(frozen=True)
class WayLink:
    label: str
    value: str
    url: str
    total: int | None


@require_safe
@cache_control(private=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """A list, empty where there is nothing to suggest; never an error, for nobody waits for it."""
    text = request.GET.get("q", "")
    found = [offered(one) for one in suggestions(text)]
    if request.GET.get("format") == "opensearch":
        columns = [[one[name] for one in found] for name in ("label", "note")]
        answer = [text, *columns, [request.build_absolute_uri(one["url"]) for one in found]]
        return JsonResponse(
            answer, safe=False, content_type="application/x-suggestions+json", json_dumps_params=AS_IT_IS
        )
    return JsonResponse(found, safe=False, json_dumps_params=AS_IT_IS)


def offered(one: Suggestion) -> dict[str, Any]:
    if one.story:
        note = f"{one.story.publisher.name} · {published_day(one.story)}"
    else:
        note = capfirst(str(KINDS[one.kind])) + (f" · {counted(one.count, 'story')}" if one.count else "")
    date = published_iso(one.story) or None if one.story else None
    said = {"kind": one.kind, "label": one.label, "dir": direction(one.label), "url": one.url, "note": note}
    return said | {"count": one.count, "date": date}


def meant(found: Correction | None, parameters: QueryDict) -> dict[str, Any]:
    """What the page says of a correction: nothing, where it was searched already."""
    return {} if found is None else {"text": found.text, "url": query(parameters, q=found.text), "total": found.total}


def as_meant(asked: Asked, found: Correction) -> Asked:
    """The same search for what was meant."""
    return replace(asked, request=replace(asked.request, text=found.text))


def nothing(asked: Asked, parameters: QueryDict, staff: bool) -> dict[str, Any]:
    """What the page says where nothing was found: every way out with its link."""
    why: Nothing = why_nothing(asked.request, staff=staff)
    return {
        "ways": [way_link(way, asked, parameters) for way in why.ways],
        "coverage": why.coverage if why.coverage.since or why.coverage.until else None,
        "quarantine": [(capture, reason(capture.code)) for capture in why.quarantine],
    }


def way_link(way: Way, asked: Asked, parameters: QueryDict) -> WayLink:
    names = {"dates": ("from", "to"), "filters": ("publisher", "section", "author", "place", "from", "to")}
    dropped = dict.fromkeys(names.get(way.change, (way.change,)))
    changes = dropped | ({"q": way.request.text} if way.request.text != asked.request.text else {})
    url = "" if way.total == 0 else query(parameters, **changes)
    if way.change in WAYS:
        value = way.request.text if way.change in ("quotes", "any") else ""
        return WayLink(str(WAYS[way.change]), value, url, way.total)
    title, label = next((f.title, f.label) for f in asked.filters if set(f.parameters) & set(dropped))
    return WayLink(_("أعد البحث دون %(filter)s") % {"filter": title}, label, url, way.total)
