"""Kept pages read again with today's rules.

A story is made anew from all its captures, so that what an old rule said and today's does not is gone; editors'
corrections stay. A page that is no article any more hides its story, which keeps its address and its history.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from archive import payloads
from archive.dumps import Locator, Page, Rejection
from archive.models import Capture, Outcome, Publisher, Story
from archive.parsing import Article
from archive.search import index_pending

from .dating import date_stories
from .draft import merged, values_of_story
from .merge import settle
from .publishers import known_publishers, learnt_publishers
from .reading import Batch, chunks, never, read_batches
from .store import Reading, Store, link_stories

PAGES_A_BATCH = 200


@dataclass(frozen=True, slots=True)
class Change:
    """What another reading makes of a story or of a page that was none."""

    what: str
    """`changed`; `new`: a page that speaks of another story now, or of one at last; `no-article`: no page speaks of
    the story any more; `lost`: the kept bytes cannot be read"""
    name: str
    """the story's number, or the page's address"""
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """field → (before, after)"""


def captures_to_read(publisher: str = "", code: str = "", older_than: str = "") -> QuerySet[Capture]:
    """Kept pages that the parser has read: of one publisher, rejected with one code, read by an older version."""
    found = Capture.objects.exclude(parser_version="")
    if publisher:
        of_no_story = Q(pk=None)
        for host in hosts_of(publisher):
            of_no_story |= Q(story=None, url__iregex=rf"^https?://([^/]*\.)?{re.escape(host)}([:/]|$)")
        found = found.filter(Q(story__publisher__slug=publisher) | of_no_story)
    if code:
        found = found.filter(code=code)
    if older_than:
        versions = found.order_by().values_list("parser_version", flat=True).distinct()
        found = found.filter(parser_version__in=[one for one in versions if _number(one) < _number(older_than)])
    return found


def unsure_captures() -> QuerySet[Capture]:
    """Pages whose credit lines can be read now that the order of their site is known."""
    return Capture.objects.filter(unsure=True, story__publisher__slug__in=learnt_publishers().orders)


def hosts_of(slug: str) -> set[str]:
    """The hosts of a publisher, as its file or its pages name them."""
    known = {host for one in known_publishers().publishers if one.slug == slug for host in one.hosts}
    return known | set(Publisher.objects.filter(slug=slug).exclude(host="").values_list("host", flat=True))


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def reparse(
    captures: QuerySet[Capture],
    *,
    dry_run: bool = False,
    workers: int | None = None,
    show: Callable[[Change], None] = lambda change: None,
    stopping: Callable[[], bool] = never,
) -> Counter[str]:
    """Reads captures again, with all others of their stories; returns how many stories or pages saw which change.

    One transaction a batch; a dry run rolls each back. What an interrupted run has done stays, and is not done again
    under `--older-than`.
    """
    counts: Counter[str] = Counter()
    with nullcontext() if dry_run else payloads.held():
        batches = _in_batches(captures)
        for pages, changes in read_again(batches, dry_run=dry_run, workers=workers, stopping=stopping):
            counts["read"] += pages
            counts.update(change.what for change in changes)
            for change in changes:
                show(change)
    if not dry_run:
        index_pending()
    return counts


def read_again(
    gathered: Iterator[list[Capture]],
    *,
    dry_run: bool = False,
    workers: int | None = None,
    stopping: Callable[[], bool] = never,
) -> Iterator[tuple[int, list[Change]]]:
    """The same in the rows alone, without the index: of each batch how many pages it read, and what changed."""
    in_work: deque[list[Capture]] = deque()

    def batches() -> Iterator[Batch]:
        for rows in gathered:
            in_work.append(rows)
            yield batch_of(rows)

    reading = read_batches(batches(), learnt_publishers(), workers or max(2, os.cpu_count() or 1), stopping)
    with closing(reading) as read:
        for batch in read:
            with transaction.atomic():
                changes = list(_settle_batch(batch, in_work.popleft()))
                if dry_run:
                    transaction.set_rollback(True)
            yield len(batch.pages), changes


def _in_batches(captures: QuerySet[Capture]) -> Iterator[list[Capture]]:
    """Captures by story, all of a story in one batch; then those of no story."""
    stories = captures.exclude(story=None).order_by("story").values_list("story", flat=True).distinct()
    yield from batches_of(list(stories))
    alone = list(captures.filter(story=None).order_by("pk").values_list("pk", flat=True))
    for numbers in chunks(alone, PAGES_A_BATCH):
        yield list(Capture.objects.filter(pk__in=numbers).order_by("pk"))


def batches_of(stories: Iterable[int]) -> Iterator[list[Capture]]:
    """All captures of some stories."""
    gathered: list[Capture] = []
    for numbers in chunks(stories, 100):
        by_story: dict[int | None, list[Capture]] = defaultdict(list)
        for capture in Capture.objects.filter(story__in=numbers).exclude(parser_version="").order_by("story", "pk"):
            by_story[capture.story_id].append(capture)
        for rows in by_story.values():
            if gathered and len(gathered) + len(rows) > PAGES_A_BATCH:
                yield gathered
                gathered = []
            gathered += rows
    if gathered:
        yield gathered


def batch_of(captures: list[Capture]) -> Batch:
    """Kept pages to be read, all that can be."""
    pages = [_page_of(capture) for capture in captures]
    unread = [at for at, page in enumerate(pages) if isinstance(page, Page)]
    return Batch(pages, [one.key for one in captures], [one.digest for one in captures], {}, unread)


def _page_of(capture: Capture) -> Page | Rejection:
    """A kept page as its dump held it."""
    locator = Locator(capture.dump, capture.member, capture.offset)
    try:
        content = payloads.get(capture.digest)
    except (OSError, payloads.DamagedPayload) as error:
        return Rejection("lost", str(error) or capture.digest, locator)
    return Page(
        capture.url, capture.captured_at, content, capture.content_type, locator, capture.status, capture.url_guessed
    )


@dataclass(slots=True)
class _Again:
    """A capture and its new reading."""

    capture: Capture
    reading: Reading

    @property
    def is_article(self) -> bool:
        return isinstance(self.reading.result, Article)


def _settle_batch(batch: Batch, captures: list[Capture]) -> Iterator[Change]:
    store = Store(None, keep_payloads=False)
    by_story: dict[int | None, list[_Again]] = defaultdict(list)
    for at, (capture, page) in enumerate(zip(captures, batch.pages, strict=True)):
        if isinstance(page, Rejection):
            yield Change("lost", f"capture {capture.pk}: {page.detail}")
        else:
            reading = Reading(page, batch.answers[at], capture.digest, capture.key)
            by_story[capture.story_id].append(_Again(capture, reading))
    homeless = by_story.pop(None, [])
    stories = Story.objects.select_related("publisher", "section", "body").prefetch_related("corrections")
    locked = stories.select_for_update(of=("self",)).order_by("pk")  # no edit comes between
    rows = locked.in_bulk([number for number in by_story if number is not None])
    for number, pages in by_story.items():
        story = rows[number or 0]
        own = _own_pages(story, pages, store)
        homeless += [one for one in pages if one not in own]
        yield from _settle(story, own, store) if own else _leave(story)
    fresh = store.store_teasers([one.reading for pages in by_story.values() for one in pages])
    link_stories(list(rows.values()))
    date_stories(list(rows.values()), fresh)
    if homeless:
        store.store([one.reading for one in homeless])
    for one in homeless:
        if isinstance(one.reading.result, Article) and one.reading.story:
            found = {"headline": (None, one.reading.result.headline)}
            yield Change("new", f"story {one.reading.story.pk}, {one.capture}", found)


def _own_pages(story: Story, pages: list[_Again], store: Store) -> list[_Again]:
    """The captures that still speak of this story: with its identity, else with the newest one's where that is free."""
    drafts = {id(one): store.draft(one.reading) for one in pages if one.is_article}
    articles = [one for one in pages if one.is_article]
    own = story.publisher_id, story.url_key or f"#{story.fingerprint}"
    if not any(drafts[id(one)].identity == own for one in articles):
        newest = max(articles, key=lambda one: one.capture.captured_at, default=None)
        if newest is None or _is_taken(drafts[id(newest)].identity, story):
            return []
        own = drafts[id(newest)].identity
    return [one for one in articles if drafts[id(one)].identity == own]


def _is_taken(identity: tuple[int, str], story: Story) -> bool:
    publisher, name = identity
    lookup = {"url_key": "", "fingerprint": name[1:]} if name.startswith("#") else {"url_key": name}
    return Story.objects.filter(publisher=publisher, **lookup).exclude(pk=story.pk).exists()


def _settle(story: Story, pages: list[_Again], store: Store) -> Iterator[Change]:
    before = values_of_story(story)
    settle(story, merged(store.draft(one.reading) for one in pages))
    for one in pages:
        one.reading.story = story
        one.reading.outcome = one.capture.outcome if one.capture.outcome != Outcome.REJECTED else Outcome.UPDATED
    store.store_captures([one.reading for one in pages])
    after = values_of_story(story)
    if fields := {name: (before[name], after[name]) for name in before if before[name] != after[name]}:
        yield Change("changed", f"story {story.pk}", fields)


def _leave(story: Story) -> Iterator[Change]:
    """A story of which no page speaks any more: hidden, unless an editor has worked on it."""
    if not story.hidden and not story.corrections.all():
        story.hidden, story.indexed = True, False
        story.save(update_fields=["hidden", "indexed", "updated_at"])
    yield Change("no-article", f"story {story.pk}", {"headline": (story.headline, None)})
