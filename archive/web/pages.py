"""Pages of a list by the story they end with: page 500 is as fast as page 1, and an import in between drops nothing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.views.generic.list import MultipleObjectMixin

from archive.models import Story
from archive.models.stories import NEWEST, StoryQuerySet

PAGE_SIZE = 30
OLDEST_FIRST = (
    F("published_on").asc(nulls_first=True), F("published_at").asc(nulls_first=True), F("pk").asc(),
)  # fmt: skip


def older_than(story: Story) -> Q:
    """What follows a story where the newest comes first and the undated last."""
    on, at = story.published_on, story.published_at
    beyond = Q(published_on=on, published_at=at, pk__lt=story.pk)
    if at is not None:
        beyond |= Q(published_on=on, published_at__lt=at) | Q(published_on=on, published_at=None)
    if on is not None:
        beyond |= Q(published_on__lt=on) | Q(published_on=None)
    return beyond


def newer_than(story: Story) -> Q:
    on, at = story.published_on, story.published_at
    beyond = Q(published_on=on, published_at=at, pk__gt=story.pk)
    beyond |= Q(published_on=on, published_at__gt=at) if at else Q(published_on=on, published_at__isnull=False)
    beyond |= Q(published_on__gt=on) if on else Q(published_on__isnull=False)
    return beyond


@dataclass(frozen=True)
class Page:
    stories: list[Story]
    has_newer: bool
    has_older: bool

    @property
    def newer(self) -> int | None:
        return self.stories[0].pk if self.has_newer and self.stories else None

    @property
    def older(self) -> int | None:
        return self.stories[-1].pk if self.has_older and self.stories else None


def cursor(request: HttpRequest, name: str) -> Story | None:
    """The story that the asked page follows or precedes; a value that names none means the first page."""
    value = request.GET.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        return None
    return Story.objects.visible().only("published_on", "published_at").filter(pk=value).first()


def page_of(stories: StoryQuerySet, request: HttpRequest, size: int = PAGE_SIZE) -> Page:
    """The asked page: ids first, which an index alone can give, then the rows of just these."""
    if before := cursor(request, "before"):
        ids = list(stories.filter(newer_than(before)).order_by(*OLDEST_FIRST).values_list("pk", flat=True)[: size + 1])
        more, shown = len(ids) > size, ids[:size][::-1]
        return Page(in_order(shown), has_newer=more, has_older=True)
    after = cursor(request, "after")
    rest = stories.filter(older_than(after)) if after else stories
    ids = list(rest.order_by(*NEWEST).values_list("pk", flat=True)[: size + 1])
    return Page(in_order(ids[:size]), has_newer=after is not None, has_older=len(ids) > size)


def in_order(ids: list[int]) -> list[Story]:
    found = {story.pk: story for story in Story.objects.listed().filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]


class KeysetMixin(MultipleObjectMixin):
    """Gives Django's list and date views pages of this kind."""

    request: HttpRequest
    paginate_by: int | None = PAGE_SIZE

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        page = page_of(queryset, self.request, page_size)
        return None, page, page.stories, bool(page.newer or page.older)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"page": context["page_obj"]}
