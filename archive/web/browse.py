"""The stories of one publisher, section, writer or place."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Model, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from archive.models import Author, Place, Publisher, Section, Story
from archive.models.stories import NEWEST, StoryQuerySet
from archive.templatetags.charts import Bar

from . import tally
from .coverage import by_day, by_year, span
from .pages import OLDEST_FIRST, KeysetMixin

NAMES_BESIDE = 12
SHOWN_OF_ENDS = ("headline", "language", "published_on", "published_at", "date_precision")


class StoriesOf(KeysetMixin, ListView):
    """A subject's stories, newest first, with its years as bars that lead into the search."""

    template_name = "stories.html"
    context_object_name = "stories"
    kicker: str | Promise = ""
    index = ""
    parameter = ""
    subject: Any

    def get_queryset(self) -> StoryQuerySet:
        raise NotImplementedError

    def find(self, **kwargs: Any) -> Model:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.subject = self.find(**kwargs)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = by_day(self.get_queryset())
        years = by_year(days)
        undated = self.get_queryset().filter(published_on=None).count()
        if not (days or undated):
            raise Http404  # a name without visible stories
        return super().get_context_data(**kwargs) | {
            "subject": self.subject,
            "kicker": self.kicker,
            "index": reverse(self.index),
            "bars": [Bar(str(y), years[y], self.narrowed(y) if years[y] else "") for y in span(years)],
            "total": sum(days.values()) + undated,
            "undated": undated,
            "ends": self.ends(days),
            "beside": self.beside(),
            "search_field": self.parameter,
            "search_value": self.value(),
            "feed": reverse(f"feed-{self.parameter}", args=[self.value()]),
        }

    def ends(self, days: Mapping[date, int]) -> list[Story]:
        """The first story and the last; one alone is both, and needs no telling."""
        if len(days) < 2:
            return []
        rows = self.get_queryset()
        first = rows.filter(published_on=min(days)).order_by(*OLDEST_FIRST).values("pk")[:1]
        last = rows.filter(published_on=max(days)).order_by(*NEWEST).values("pk")[:1]
        both = rows.filter(Q(pk=Subquery(first)) | Q(pk=Subquery(last)))  # a day may have thousands
        return list(both.only(*SHOWN_OF_ENDS).order_by(*OLDEST_FIRST))

    def beside(self) -> list[tuple[str, list[Any]]]:
        """(title, names) of what else these stories have in common, the commonest first, each with its `count`."""
        return []

    def value(self) -> str:
        return str(self.subject.pk)

    def narrowed(self, year: int) -> str:
        fields = {self.parameter: self.value(), "from": f"{year}-01-01", "to": f"{year}-12-31"}
        return f"{reverse('search')}?{urlencode(fields)}"


class PublisherStories(StoriesOf):
    kicker, index, parameter = _("مصدر"), "publishers", "publisher"

    def find(self, **kwargs: Any) -> Publisher:
        return get_object_or_404(Publisher, slug=kwargs["slug"])

    def get_queryset(self) -> StoryQuerySet:
        return Story.objects.visible().filter(publisher=self.subject)

    def value(self) -> str:
        return str(self.subject.slug)

    def beside(self) -> list[tuple[str, list[Any]]]:
        count = Count("stories", filter=Q(stories__hidden=False))
        sections = self.subject.sections.annotate(count=count).filter(count__gt=0).order_by("-count", "name")
        return [(gettext("الأقسام"), list(sections[:30]))]


class SectionStories(StoriesOf):
    kicker, index, parameter = _("قسم"), "sections", "section"

    def find(self, **kwargs: Any) -> Section:
        return get_object_or_404(Section.objects.select_related("publisher"), pk=kwargs["pk"])

    def get_queryset(self) -> StoryQuerySet:
        return Story.objects.visible().filter(section=self.subject)


class AuthorStories(StoriesOf):
    """Also what the same writer signed with another spelling of the name."""

    index, parameter = "authors", "author"

    author: Author

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.author = get_object_or_404(Author.objects.select_related("merged_into"), pk=kwargs["pk"])
        if self.author.merged_into:
            return redirect(self.author.merged_into)
        return super().get(request, *args, **kwargs)

    def find(self, **kwargs: Any) -> Author:
        self.kicker = self.author.get_kind_display()
        self.variants = list(self.author.variants.all())
        return self.author

    def get_queryset(self) -> StoryQuerySet:
        names = [self.subject.pk, *(variant.pk for variant in self.variants)]
        return Story.objects.visible().signed_by(names)

    def beside(self) -> list[tuple[str, list[Any]]]:
        counts = tally.places(self.get_queryset())
        return [
            (gettext("أماكن كتب منها"), tally.named(tally.ranked(counts)[:NAMES_BESIDE], counts, Place.objects.all()))
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"variants": self.variants}


class PlaceStories(StoriesOf):
    kicker, index, parameter = _("مكان"), "places", "place"

    def find(self, **kwargs: Any) -> Place:
        return get_object_or_404(Place, pk=kwargs["pk"])

    def get_queryset(self) -> StoryQuerySet:
        return Story.objects.visible().written_in(self.subject)

    def beside(self) -> list[tuple[str, list[Any]]]:
        counts = tally.authors(self.get_queryset())
        return [
            (gettext("كتّاب كتبوا منه"), tally.named(tally.ranked(counts)[:NAMES_BESIDE], counts, Author.objects.all()))
        ]
