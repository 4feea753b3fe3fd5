"""Sitemaps: every page that shows something, for the robots of other search engines.

A page of a sitemap is a range of ids: nothing is counted or skipped, whatever the number of stories, and what a page
lists does not move when stories come in.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.models import Author, Byline, Dateline, Place, Publisher, Section, Story

from .coverage import by_day

SIZE = 5_000
PAGES = ("front", "dates", "publishers", "sections", "authors", "places", "undated", "about")


class Ranges(Paginator):
    """Pages by ranges of ids; one may be short, or even empty."""

    object_list: QuerySet[Any]

    @property
    def num_pages(self) -> int:
        highest: int = self.object_list.order_by("-pk").values_list("pk", flat=True).first() or 1
        return -(-highest // self.per_page)

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        last = number * self.per_page
        return Page(self.object_list.filter(pk__range=(last - self.per_page + 1, last)), number, self)


class Rows(Sitemap):
    """The rows of a table that a reader may see."""

    def get_latest_lastmod(self) -> None:
        """Django would look at every row."""
        return None

    @property
    def paginator(self) -> Paginator:
        return Ranges(self.items(), SIZE)

    def items(self) -> QuerySet[Any]:
        raise NotImplementedError


class Stories(Rows):
    def items(self) -> QuerySet[Story]:
        return Story.objects.visible().only("headline", "updated_at").order_by("pk")

    def lastmod(self, item: Story) -> datetime:
        return item.updated_at


class Names(Rows):
    """Names that some visible story bears."""

    def __init__(self, rows: QuerySet[Any], bearers: QuerySet[Any]) -> None:
        self.rows, self.bearers = rows, bearers

    def items(self) -> QuerySet[Any]:
        return self.rows.filter(Exists(self.bearers)).order_by("pk")


class Dates(Sitemap):
    """Years and months with stories: an index answers that, and their pages lead to the days."""

    def items(self) -> list[tuple[int, ...]]:
        days = by_day(Story.objects.visible())
        return sorted({part for on in days for part in ((on.year,), (on.year, on.month))})

    def location(self, item: tuple[int, ...]) -> str:
        return reverse(("year", "month")[len(item) - 1], args=item)


class Pages(Sitemap):
    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


def shown(stories: QuerySet[Any], column: str) -> QuerySet[Any]:
    return stories.filter(**{column: OuterRef("pk")}).order_by()


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": Pages(),
    "dates": Dates(),
    "publishers": Names(Publisher.objects.all(), shown(Story.objects.visible(), "publisher")),
    "sections": Names(Section.objects.all(), shown(Story.objects.visible(), "section")),
    "authors": Names(
        Author.objects.filter(merged_into=None), shown(Byline.objects.filter(story__hidden=False), "author")
    ),
    "places": Names(Place.objects.all(), shown(Dateline.objects.filter(story__hidden=False), "place")),
    "stories": Stories(),
}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    return views.index(request, if_public(), sitemap_url_name="sitemap")


@login_not_required
@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponseBase:
    return views.sitemap(request, if_public(), section)


def if_public() -> dict[str, type[Sitemap] | Sitemap]:
    """A private archive has no sitemap, whoever asks: it is for strangers only."""
    if not settings.PUBLIC:
        raise Http404
    return SITEMAPS
