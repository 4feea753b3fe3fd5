"""The front page: what is newest, what lies around it, and how far the archive reaches."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.views.generic import TemplateView

from archive.models import ImportRun, Place, Publisher, Section, Story

from . import tally
from .coverage import by_day, day_known

LATEST = 16


class Front(TemplateView):
    template_name = "front.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        stories = list(Story.objects.listed()[:LATEST])
        if not stories:
            return super().get_context_data(**kwargs) | {"empty": True, "runs": ImportRun.objects.all()[:5]}
        counts = tally.publishers()
        return super().get_context_data(**kwargs) | coverage(today) | {
            "top": stories[0],
            "second": stories[1:4],
            "rest": stories[4:],
            "total": counts.total(),
            "publishers": most_frequent(counts, Publisher.objects.all()),
            "sections": most_frequent(tally.sections(), Section.objects.select_related("publisher")),
            "places": most_frequent(tally.places(), Place.objects.all()),
            "on_this_day": on_this_day(today),
            "today": today,
            "runs": ImportRun.objects.all()[:4],
        }  # fmt: skip


def most_frequent(counts: Counter[int], rows: QuerySet[Any], how_many: int = 12) -> list[Any]:
    return tally.named(tally.ranked(counts)[:how_many], counts, rows)


def on_this_day(today: date) -> list[Story]:
    """Stories of this day in earlier years; a list of dates, because an index serves that."""
    days = []
    for year in range(today.year - 100, today.year):
        if (today.month, today.day) != (2, 29) or year % 4 == 0 and (year % 100 or year % 400 == 0):
            days.append(today.replace(year=year))
    exact = day_known(Story.objects.visible().filter(published_on__in=days))
    return list(exact.select_related("publisher").order_by("-published_on", "-pk")[:6])


def coverage(today: date) -> dict[str, Any]:
    """A year of days, up to the last that has a story (and is not in the future)."""
    days = Story.objects.visible().filter(published_on__isnull=False).values_list("published_on", flat=True)
    earliest = days.order_by("published_on").first()
    last = days.filter(published_on__lte=today).order_by("-published_on").first() or today
    first = date.fromordinal(max(1, last.toordinal() - 370))
    return {
        "earliest": earliest,
        "days": by_day(day_known(Story.objects.visible().filter(published_on__range=(first, last)))),
        "first": first,
        "last": last,
    }
