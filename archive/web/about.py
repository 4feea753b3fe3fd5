"""What the archive covers and what it lacks, what it could not read, and what came in last."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import TemplateView

from archive.models import Capture, ImportRun, Outcome, Publisher, Story
from archive.preservation import last_check
from archive.search import index_status
from archive.templatetags.charts import Bar
from archive.templatetags.reasons import reason

from .coverage import by_year, gaps, span


@dataclass(frozen=True)
class Coverage:
    publisher: Publisher
    bars: list[Bar]
    total: int
    undated: int
    gaps: list[str]
    first: date | None
    last: date | None


class About(TemplateView):
    template_name = "about.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        publishers = coverage()
        shown = Capture.objects.exclude(story__in=Story.objects.filter(hidden=True))
        captures = dict(shown.order_by().values_list("outcome").annotate(Count("pk")))
        return super().get_context_data(**kwargs) | {
            "publishers": publishers,
            "total": sum(each.total for each in publishers),
            "undated": sum(each.undated for each in publishers),
            "captures": sum(captures.values()),
            "outcomes": [(label, captures.get(value, 0)) for value, label in Outcome.choices],
            "quarantine": quarantine(),
            "runs": list(ImportRun.objects.all()[:10]),
            "index": index_status(),
            "fixity": last_check(),
        }


def coverage() -> list[Coverage]:
    """Each publisher's stories by year. The chart of all spans the same years, so that they compare."""
    days: dict[int, dict[date, int]] = {}
    undated: Counter[int] = Counter()
    rows = Story.objects.visible().order_by().values_list("publisher", "published_on").annotate(Count("pk"))
    for publisher, on, count in rows:
        if on is None:
            undated[publisher] += count
        else:
            days.setdefault(publisher, {})[on] = count
    everything = span(on.year for each in days.values() for on in each)
    found = []
    for publisher in Publisher.objects.filter(pk__in=[*days, *undated]):
        own = days.get(publisher.pk, {})
        years = by_year(own)
        bars = [Bar(str(y), years[y], search_url(publisher, y) if years[y] else "") for y in everything]
        found.append(
            Coverage(
                publisher,
                bars,
                sum(own.values()) + undated[publisher.pk],
                undated[publisher.pk],
                gaps(years),
                min(own, default=None),
                max(own, default=None),
            )
        )
    return found


def search_url(publisher: Publisher, year: int) -> str:
    query = {"publisher": publisher.slug, "from": f"{year}-01-01", "to": f"{year}-12-31"}
    return f"{reverse('search')}?{urlencode(query)}"


def quarantine() -> list[tuple[str, str, int]]:
    """Rejected pages by reason: what it means, its code, how many."""
    rejected = Capture.objects.filter(outcome=Outcome.REJECTED).order_by()
    counts = rejected.values_list("code").annotate(count=Count("pk")).order_by("-count", "code")
    return [(reason(code), code, count) for code, count in counts]
