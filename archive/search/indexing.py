"""Rows ↔ index: what a document is, and how the index follows the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.arabic import analyse
from archive.models import Story

from .embedded import FORMAT
from .engine import Document, engine

STORIES_A_BATCH = 1_000
MINUTES_A_DAY = 1_440


@dataclass(frozen=True, slots=True)
class IndexStatus:
    state: Literal["ready", "missing", "stale"]
    """stale: stories wait to be indexed; missing: no index of today's analysis"""
    documents: int
    pending: int


def document_for(story: Story) -> Document:
    """What the index keeps of a story."""
    year = [story.published_on.year] if story.published_on else []
    return Document(
        id=story.pk,
        words={name: _words(text) for name, text in _texts(story).items()},
        facets={
            "publisher": [story.publisher_id],
            "section": [story.section_id] if story.section_id else [],
            "author": sorted({byline.author.merged_into_id or byline.author_id for byline in story.bylines.all()}),
            "place": sorted({dateline.place_id for dateline in story.datelines.all()}),
            "year": year,
        },
        moment=moment_of(story),
    )


def moment_of(story: Story) -> int | None:
    """Minutes since the first day of the calendar, by the story's own day; null when undated."""
    if story.published_on is None:
        return None
    minutes = 0
    if story.published_at:
        local = story.published_at + timedelta(minutes=story.utc_offset or 0)
        minutes = local.hour * 60 + local.minute
    return story.published_on.toordinal() * MINUTES_A_DAY + minutes


def _texts(story: Story) -> dict[str, str]:
    captions = " ".join(picture.caption for picture in story.pictures.all())
    return {"headline": story.headline, "lead": story.lead, "body": f"{story.body.text}\n{captions}"}


def _words(text: str) -> list[tuple[str, str]]:
    return [(token.exact, token.stem) for token in analyse(text)]


def _with_text(stories: QuerySet[Story]) -> QuerySet[Story]:
    """A batch of stories in the order of their ids with all that a document is made of."""
    return (
        stories.select_related("body")
        .prefetch_related("bylines__author", "datelines", "pictures")
        .order_by("pk")[:STORIES_A_BATCH]
    )


def index_pending() -> int:
    """Brings the index up to the rows; returns how many stories that took. Called after commit, never by a signal."""
    done = 0
    while True:
        stories = list(_with_text(Story.objects.filter(indexed=False)))
        if not stories:
            return done
        engine().remove([story.pk for story in stories if story.hidden])
        engine().add(document_for(story) for story in stories if not story.hidden)
        done += len(stories)
        if not _settle(stories):
            return done


def _settle(stories: list[Story]) -> bool:
    """Marks as indexed what has not changed since it was read; whether anything was marked."""
    read = {story.pk: story.updated_at for story in stories}
    with transaction.atomic():
        rows = Story.objects.filter(pk__in=read).select_for_update().values_list("pk", "updated_at")
        same = [pk for pk, updated_at in rows if updated_at == read[pk]]
        return Story.objects.filter(pk__in=same).update(indexed=True) > 0


def rebuild_index() -> int:
    """A new index of all visible stories, made aside and swapped in; returns how many it holds.

    What changes meanwhile keeps its flag and is indexed right after.
    """
    started = timezone.now()

    def documents() -> Iterator[Document]:
        last = 0
        while batch := list(_with_text(Story.objects.filter(pk__gt=last, hidden=False))):
            last = batch[-1].pk
            yield from map(document_for, batch)

    count = engine().rebuild(documents())
    Story.objects.filter(updated_at__lt=started, indexed=False).update(indexed=True)
    # what changed meanwhile may have gone into the old index
    Story.objects.filter(updated_at__gte=started).update(indexed=False)
    index_pending()
    return count


def index_status() -> IndexStatus:
    status = engine().status()
    pending = Story.objects.filter(indexed=False).count()
    if status.version != FORMAT:
        return IndexStatus("missing", 0, pending)
    return IndexStatus("stale" if pending else "ready", status.documents, pending)
