"""Stories by date: years, a year, a month, a day; and those without a date."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import ListView
from django.views.generic.dates import (
    ArchiveIndexView,
    BaseDateListView,
    DayArchiveView,
    MonthArchiveView,
    YearArchiveView,
)

from archive.models import Story
from archive.models.stories import StoryQuerySet
from archive.templatetags.charts import SATURDAY, Bar
from archive.templatetags.dates import month_year

from .coverage import by_day, by_month, by_year, day_known, span
from .pages import KeysetMixin


class Dated(BaseDateListView):
    """What the four date views share; a date in the future stays reachable, because the page said so."""

    date_field = "published_on"
    month_format = "%m"
    allow_future = True
    context_object_name = "stories"

    def get_queryset(self) -> StoryQuerySet:
        return Story.objects.visible()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Django looks for a day after the last that there is."""
        try:
            return super().get(request, *args, **kwargs)
        except OverflowError:
            raise Http404 from None


class Years(Dated, ArchiveIndexView):
    """All years as bars, all months as a table."""

    template_name = "dates.html"
    allow_empty = True

    def get_dated_items(self) -> tuple[Any, Any, dict[str, Any]]:
        days = by_day(self.get_queryset())
        years, months = by_year(days), by_month(days)
        rows = [(year, [(month, months[year, month]) for month in range(1, 13)], years[year]) for year in span(years)]
        return None, [], {
            "bars": [Bar(str(y), years[y], reverse("year", args=[y]) if years[y] else "") for y in span(years)],
            "rows": rows[::-1],
            "total": sum(years.values()),
            "undated": self.get_queryset().filter(published_on=None).count(),
        }  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"object_list": []})


class Year(Dated, YearArchiveView):
    """One year: each day in a calendar, each month in a table."""

    template_name = "year.html"
    paginate_by = 1  # there is no list, but with a page size Django asks EXISTS instead of loading the whole year

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        return None, None, queryset, False

    def get_date_list(self, queryset: Any, date_type: str | None = None, ordering: str = "ASC") -> Any:
        self.days = by_day(queryset)
        return sorted(self.days)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        year: date = context["year"]
        months = by_month(self.days)
        return context | {
            "days": by_day(day_known(self.get_queryset().filter(published_on__year=year.year))),
            "first": year,
            "last": year.replace(month=12, day=31),
            "months": [(date(year.year, m, 1), months[year.year, m]) for m in range(1, 13)],
            "total": sum(self.days.values()),
        }


class Month(Dated, KeysetMixin, MonthArchiveView):
    """One month: its days, then its stories."""

    template_name = "month.html"

    def get_date_list(self, queryset: Any, date_type: str | None = None, ordering: str = "ASC") -> Any:
        return sorted(by_day(queryset).items())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        total = sum(count for _, count in context["date_list"])
        calendar = month_calendar(context["month"])
        return context | calendar | {"total": total, "dayless": total - sum(calendar["days"].values())}


class Day(Dated, KeysetMixin, DayArchiveView):
    """One day's stories, beside its month."""

    template_name = "day.html"

    def get_queryset(self) -> StoryQuerySet:
        return day_known(super().get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        on: date = context["day"]
        calendar = month_calendar(on.replace(day=1), on)
        return context | calendar | {"total": calendar["days"].get(on, 0)}


class Undated(KeysetMixin, ListView):
    """Stories whose pages give no date, newest in the archive first."""

    template_name = "undated.html"
    context_object_name = "stories"

    def get_queryset(self) -> StoryQuerySet:
        return Story.objects.visible().filter(published_on=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"total": self.get_queryset().count()}


def month_calendar(month: date, chosen: date | None = None) -> dict[str, Any]:
    """The days of a month as bars and as a table."""
    length = monthrange(month.year, month.month)[1]
    # as a range: to ask for the month's number, SQLite would call a function for each story of the year
    of_month = Story.objects.visible().filter(published_on__range=(month.replace(day=1), month.replace(day=length)))
    days = by_day(day_known(of_month))
    bars = []
    for number in range(1, length + 1):
        on = month.replace(day=number)
        url = reverse("day", args=[on.year, on.month, on.day]) if on in days else ""
        bars.append(Bar(str(number), days.get(on, 0), url, on == chosen))
    return {
        "title": month_year(month),
        "days": days,
        "bars": bars,
        "weeks": weeks(month, days),
    }


def weeks(month: date, days: dict[date, int]) -> list[list[tuple[date, int] | None]]:
    """The month as rows of seven from Saturday to Friday, None where a cell is another month's."""
    cells: list[tuple[date, int] | None] = [None] * ((month.weekday() - SATURDAY) % 7)
    for number in range(1, monthrange(month.year, month.month)[1] + 1):
        on = month.replace(day=number)
        cells.append((on, days.get(on, 0)))
    cells += [None] * (-len(cells) % 7)
    return [cells[i : i + 7] for i in range(0, len(cells), 7)]
