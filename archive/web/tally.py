"""How many visible stories bear each name: one pass over the stories or their lines, whatever the number of names."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from archive.models import Byline, Dateline, Story
from archive.models.stories import StoryQuerySet


def publishers() -> Counter[int]:
    return of_stories("publisher")


def sections() -> Counter[int]:
    return of_stories("section")


def authors(stories: StoryQuerySet | None = None) -> Counter[int]:
    """Of all stories, or of some. A writer's variants count with the writer; a story signed with both counts once."""
    lines = Byline.objects.all() if stories is None else Byline.objects.filter(story__in=stories.order_by())
    return of_lines(lines, Coalesce("author__merged_into", "author"))


def places(stories: StoryQuerySet | None = None) -> Counter[int]:
    return of_lines(
        Dateline.objects.all() if stories is None else Dateline.objects.filter(story__in=stories.order_by()), "place"
    )


def of_stories(column: str) -> Counter[int]:
    named = Story.objects.visible().filter(**{f"{column}__isnull": False}).order_by()
    return Counter(dict(named.values_list(column).annotate(Count("pk"))))


def of_lines(lines: QuerySet[Any], column: Any) -> Counter[int]:
    """Leaves the hidden stories out by name, for they are few: reading each story's row would take longer."""
    shown = lines.exclude(story__in=Story.objects.filter(hidden=True)).order_by()
    return Counter(dict(shown.values_list(column).annotate(Count("story", distinct=True))))


def ranked(counts: Counter[int]) -> list[int]:
    """The ids, the most frequent first."""
    return sorted(counts, key=lambda pk: (-counts[pk], pk))


def named(ids: Iterable[int], counts: Counter[int], rows: QuerySet[Any]) -> list[Any]:
    """The rows of these ids in their order, each with its `count`."""
    found = rows.in_bulk(list(ids))
    for pk, row in found.items():
        row.count = counts[pk]
    return [found[pk] for pk in ids if pk in found]
