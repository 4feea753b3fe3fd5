"""Rows ↔ index: what a document is, and how the index follows the rows.

Near-copies are told apart here, too, when a story is indexed: the index is asked for stories that share a band with it,
and the texts decide. The first that was kept leads; the others follow it (`Story.copy_of`).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from typing import Literal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.arabic import ALIKE, Indexed, Terms, Texts, bands_of, index_many, index_texts, key, likeness, words
from archive.models import Story

from .embedded import FORMAT
from .engine import Document, IndexMissing, engine

STORIES_A_BATCH = 1_000
MINUTES_A_DAY = 1_440
_MOST_SUSPECTS = 10
_TEXTS_A_TASK = 100
_TASKS_AHEAD = 30
_MANY = 5_000
"""Stories from which other processes help to read them: starting these takes a second."""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    state: Literal["ready", "missing", "stale"]
    """stale: stories wait to be indexed; missing: no index of today's analysis"""
    documents: int
    pending: int


@dataclass(frozen=True, slots=True)
class IndexGaps:
    """Where rows and index differ: ids of stories."""

    missing: list[int]
    """visible and marked as indexed, but not in the index"""
    stray: list[int]
    """in the index, but hidden or gone"""


def moment_of(story: Story) -> int | None:
    """Minutes since the first day of the calendar, by the story's own day; null when undated."""
    if story.published_on is None:
        return None
    minutes = 0
    if story.published_at:
        local = story.published_at + timedelta(minutes=story.utc_offset or 0)
        minutes = local.hour * 60 + local.minute
    return story.published_on.toordinal() * MINUTES_A_DAY + minutes


def index_pending() -> int:
    """Brings the index up to the rows; returns how many stories that took. Called after commit, never by a signal."""
    done = 0
    while True:
        stories = list(_with_text(Story.objects.filter(indexed=False))[:STORIES_A_BATCH])
        if not stories:
            return done
        _tell_copies(stories)
        roots = {story.pk for story in stories} | {story.copy_of_id or story.pk for story in stories}
        engine().add(list(_documents(_groups(roots))), roots)
        done += len(stories)
        if not _settle(stories):
            return done


def rebuild_index() -> int:
    """A new index of all visible stories, made aside and swapped in; returns how many it holds.

    What changes meanwhile keeps its flag and is indexed right after.
    """
    started = timezone.now()
    many = Story.objects.count() >= _MANY
    count = engine().rebuild(_documents(_all_groups(), workers=2 if many else 0))
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


def index_gaps() -> IndexGaps:
    """Compares rows and index, story by story. Raises IndexMissing where there is no index."""
    indexed = set(engine().stories())
    visible = set(Story.objects.visible().filter(indexed=True).values_list("pk", flat=True))
    waiting = set(Story.objects.filter(indexed=False).values_list("pk", flat=True))
    return IndexGaps(sorted(visible - indexed), sorted(indexed - visible - waiting))


# -- documents -----------------------------------------------------------------------------------------------------


def _with_text(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Stories in the order of their ids with all that a document is made of."""
    return stories.select_related("body").prefetch_related("bylines__author", "datelines", "pictures").order_by("pk")


def _groups(roots: Iterable[int]) -> Iterator[list[Story]]:
    """The visible stories of each group, the one that leads first."""
    members: dict[int, list[Story]] = defaultdict(list)
    wanted = list(roots)
    for story in _with_text(Story.objects.visible().filter(pk__in=wanted, copy_of=None)):
        members[story.pk].insert(0, story)
    for story in _with_text(Story.objects.visible().filter(copy_of__in=wanted)):
        members[story.copy_of_id or story.pk].append(story)
    yield from members.values()


def _all_groups() -> Iterator[list[Story]]:
    last = 0
    while batch := list(
        Story.objects.filter(pk__gt=last, copy_of=None).order_by("pk").values_list("pk", flat=True)[:STORIES_A_BATCH]
    ):
        last = batch[-1]
        yield from _groups(batch)


def _documents(groups: Iterable[list[Story]], workers: int = 0) -> Iterator[Document]:
    """The documents of some groups: one of each story, one more of each group that has copies."""
    for stories, texts in _indexed(groups, workers):
        group = stories[0].copy_of_id or stories[0].pk
        alone = len(stories) == 1
        for story, indexed in zip(stories, texts, strict=False):
            yield Document(
                group,
                story.pk,
                story.pk if alone else None,
                indexed.fields,
                _facets(story),
                moment_of(story),
                indexed.bands,
            )
        if not alone:
            moments = [moment for story in stories if (moment := moment_of(story)) is not None]
            together: dict[str, set[int]] = defaultdict(set)
            for story in stories:
                for name, values in _facets(story).items():
                    together[name].update(values)
            yield Document(group, None, stories[0].pk, texts[-1].fields, together, min(moments, default=None))


def _indexed(groups: Iterable[list[Story]], workers: int) -> Iterator[tuple[list[Story], list[Indexed]]]:
    """Each group with what an index keeps of its texts, in order; where many are to be read, by other processes."""
    if not workers:
        for stories in groups:
            yield stories, index_texts(_texts(stories))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[list[list[Story]], Future[list[list[Indexed]]]]] = deque()
        for task in _in_tasks(groups):
            waiting.append((task, pool.submit(index_many, [_texts(stories) for stories in task])))
            if len(waiting) > _TASKS_AHEAD:
                done, future = waiting.popleft()
                yield from zip(done, future.result(), strict=True)
        for done, future in waiting:
            yield from zip(done, future.result(), strict=True)


def _in_tasks(groups: Iterable[list[Story]]) -> Iterator[list[list[Story]]]:
    task: list[list[Story]] = []
    for stories in groups:
        task.append(stories)
        if len(task) >= _TEXTS_A_TASK:
            yield task
            task = []
    if task:
        yield task


def _texts(stories: list[Story]) -> list[Texts]:
    """The texts of a group; of more than one story also those of all together: the first, and what others add to it."""
    texts = [_text(story) for story in stories]
    if len(stories) > 1:
        known = {key(line) for line in (texts[0][0], *texts[0][2].split("\n"))}
        more: list[str] = []
        for headline, lead, body, captions, _ in texts[1:]:
            for line in (headline, lead, *body.split("\n"), *captions):
                if (folded := key(line)) not in known:
                    known.add(folded)
                    more.append(line)
        headline, lead, body, captions, _ = texts[0]
        texts.append((headline, lead, body, captions, "\n".join(more)))
    return texts


def _text(story: Story) -> Texts:
    captions = tuple(picture.caption for picture in story.pictures.all() if picture.caption)
    return story.headline, story.lead, story.body.text, captions, ""


def _facets(story: Story) -> dict[str, list[int]]:
    day = story.published_on
    return {
        "publisher": [story.publisher_id],
        "section": [story.section_id] if story.section_id else [],
        "author": sorted({byline.author.merged_into_id or byline.author_id for byline in story.bylines.all()}),
        "place": sorted({dateline.place_id for dateline in story.datelines.all()}),
        "year": [day.year] if day else [],
        "month": [day.year * 100 + day.month] if day else [],
    }


# -- copies --------------------------------------------------------------------------------------------------------


def _tell_copies(stories: list[Story]) -> None:
    """Finds the stories that these are near-copies of, among those in the index and among themselves."""
    texts = {story.pk: words(story.body.text) for story in stories}
    bands = {pk: bands_of(text) for pk, text in texts.items()}
    leaders = set(Story.objects.filter(copy_of__in=list(texts)).values_list("copy_of", flat=True))
    here: dict[int, int] = {}
    for story in stories:
        if story.hidden or story.pk in leaders:
            continue
        suspects = [here[band] for band in bands[story.pk] if band in here]
        suspects += _sharing(bands[story.pk])
        root = _copied(story, [pk for pk in dict.fromkeys(suspects) if pk != story.pk], texts)
        for band in bands[story.pk]:
            here.setdefault(band, story.pk)
        if root != story.copy_of_id:
            if story.copy_of_id:  # its old group must forget it
                Story.objects.filter(pk=story.copy_of_id).update(indexed=False)
            story.copy_of_id = root
            Story.objects.filter(pk=story.pk).update(copy_of=root)


def _sharing(bands: tuple[int, ...]) -> list[int]:
    try:
        return list(engine().sharing(bands, 1))
    except IndexMissing:
        return []


def _copied(story: Story, suspects: list[int], texts: dict[int, list[Terms]]) -> int | None:
    """The story that leads the group of the first suspect whose text is alike; null when there is none."""
    rows = Story.objects.visible().select_related("body").in_bulk(suspects[:_MOST_SUSPECTS])
    for pk in suspects[:_MOST_SUSPECTS]:
        if (other := rows.get(pk)) is None:
            continue
        root = other.copy_of_id or other.pk
        if root != story.pk and likeness(texts[story.pk], texts.get(pk) or words(other.body.text)) >= ALIKE:
            return root
    return None


def _settle(stories: list[Story]) -> bool:
    """Marks as indexed what has not changed since it was read; whether anything was marked."""
    read = {story.pk: story.updated_at for story in stories}
    with transaction.atomic():
        rows = Story.objects.filter(pk__in=read).select_for_update().values_list("pk", "updated_at")
        same = [pk for pk, updated_at in rows if updated_at == read[pk]]
        return Story.objects.filter(pk__in=same).update(indexed=True) > 0
