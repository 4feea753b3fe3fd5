"""Rows ↔ index: what a document is, and how the index follows the rows.

Near-copies are told apart here, too, when a story is indexed: the index is asked for stories that share a band with it,
and the texts decide. The first that was kept leads; the others follow it (`Story.copy_of`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from archive.arabic import ALIKE, Indexed, Terms, Texts, bands_of, index_texts, key, likeness, words
from archive.models import Byline, Dateline, Picture, Story

from .analysing import analysed
from .embedded import FORMAT
from .engine import Document, IndexBusy, IndexMissing, engine

STORIES_A_BATCH = 1_000
MINUTES_A_DAY = 1_440
_MOST_SUSPECTS = 10
_LONGEST_COMMIT = timedelta(minutes=1)
"""How long after its `updated_at` a change may be seen first: it comes with its import's whole batch."""


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


def index_pending() -> int:
    """Brings the index up to the rows; returns how many stories that took. Called after commit, never by a signal.

    Into an index of another analysis nothing is put, nor into one at which somebody else is at work for long: the
    stories wait for its rebuild, or for the next who calls.
    """
    done = 0
    while True:
        stories = list(Story.objects.filter(indexed=False).select_related("body").order_by("pk")[:STORIES_A_BATCH])
        if not stories:
            return done
        _tell_copies(stories)
        roots = {story.pk for story in stories} | {story.copy_of_id or story.pk for story in stories}
        groups = list(_groups(roots))
        try:
            engine().add(list(_documents(groups, index_texts(_all_texts(groups)))), roots)
        except (IndexMissing, IndexBusy):
            return done
        done += len(stories)
        if not _settle(stories):
            return done


def forget_stories(stories: Collection[int]) -> None:
    """Takes stories that are no more out of the index; what was grouped with them is left to `index_pending`."""
    if engine().status().version == FORMAT:
        engine().add([], stories)


def rebuild_index() -> int:
    """A new index of all visible stories, made aside and swapped in; returns how many it holds.

    What changes meanwhile keeps its flag and is indexed right after.
    """
    started = timezone.now() - _LONGEST_COMMIT
    batches = analysed(_all_batches(), _all_texts)
    count = engine().rebuild(document for groups, texts in batches for document in _documents(groups, texts))
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


@dataclass(slots=True)
class _Record:
    """What a document is made of. Plain values: a model's instance for each would cost more than its analysis."""

    pk: int
    root: int
    texts: Texts
    facets: dict[str, list[int]]
    moment: int | None


def _groups(roots: Iterable[int]) -> Iterator[list[_Record]]:
    """The visible stories of each group, the one that leads first."""
    wanted = list(roots)
    members: dict[int, list[_Record]] = defaultdict(list)
    for record in _records(Story.objects.visible().filter(Q(pk__in=wanted, copy_of=None) | Q(copy_of__in=wanted))):
        members[record.root].insert(0 if record.pk == record.root else len(members[record.root]), record)
    yield from members.values()


def _records(stories: QuerySet[Story]) -> Iterator[_Record]:
    """Some stories in the order of their ids, in four queries."""
    columns = (
        "pk", "copy_of_id", "headline", "lead", "body__text", "publisher_id", "section_id", "published_on",
        "published_at", "utc_offset",
    )  # fmt: skip
    rows = list(stories.order_by("pk").values_list(*columns))
    ids = [row[0] for row in rows]
    authors, places, captions = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set), defaultdict(list)
    lines = Byline.objects.filter(story__in=ids).values_list("story_id", "author_id", "author__merged_into_id")
    for story, author, merged in lines:
        authors[story].add(merged or author)
    for story, place in Dateline.objects.filter(story__in=ids).values_list("story_id", "place_id"):
        places[story].add(place)
    pictures = Picture.objects.filter(story__in=ids).exclude(caption="").order_by("story", "position")
    for story, caption in pictures.values_list("story_id", "caption"):
        captions[story].append(caption)
    for pk, copy_of, headline, lead, text, publisher, section, day, at, offset in rows:
        facets = {
            "publisher": [publisher],
            "section": [section] if section else [],
            "author": sorted(authors[pk]),
            "place": sorted(places[pk]),
            "year": [day.year] if day else [],
            "month": [day.year * 100 + day.month] if day else [],
        }
        texts = (headline, lead, text or "", tuple(captions[pk]), "")
        yield _Record(pk, copy_of or pk, texts, facets, _moment(day, at, offset))


def _moment(day: date | None, at: datetime | None, offset: int | None) -> int | None:
    """Minutes since the first day of the calendar, by the story's own day; null when undated."""
    if day is None:
        return None
    local = at + timedelta(minutes=offset or 0) if at else None
    return day.toordinal() * MINUTES_A_DAY + (local.hour * 60 + local.minute if local else 0)


def _all_batches() -> Iterator[list[list[_Record]]]:
    last = 0
    while batch := list(
        Story.objects.filter(pk__gt=last, copy_of=None).order_by("pk").values_list("pk", flat=True)[:STORIES_A_BATCH]
    ):
        last = batch[-1]
        yield list(_groups(batch))


def _documents(groups: Iterable[list[_Record]], texts: Iterable[Indexed]) -> Iterator[Document]:
    """The documents of some groups, one for each of their texts: one of each story, one more of a group with copies."""
    following = iter(texts)
    for stories in groups:
        group, alone = stories[0].root, len(stories) == 1
        for story in stories:
            indexed, hit = next(following), story.pk if alone else None
            yield Document(group, story.pk, hit, indexed.fields, story.facets, story.moment, indexed.bands)
        if not alone:
            moments = [story.moment for story in stories if story.moment is not None]
            together: dict[str, set[int]] = defaultdict(set)
            for story in stories:
                for name, values in story.facets.items():
                    together[name].update(values)
            yield Document(group, None, stories[0].pk, next(following).fields, together, min(moments, default=None))


def _all_texts(groups: Iterable[list[_Record]]) -> list[Texts]:
    return [text for stories in groups for text in _texts(stories)]


def _texts(stories: list[_Record]) -> list[Texts]:
    """The texts of a group; of more than one story also those of all together: the first, and what others add to it."""
    texts = [story.texts for story in stories]
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
