"""From articles to rows: one batch of read pages, one transaction, every page with its outcome.

A story is (publisher, address), or its fingerprint where no address is known.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.utils import timezone as clock

from archive import payloads
from archive.arabic import key
from archive.dumps import Page, Rejection
from archive.models import (
    Body,
    Capture,
    ImportRun,
    Outcome,
    Publisher,
    RelatedLink,
    Story,
    Teaser,
)  # fmt: skip
from archive.parsing import PARSER_VERSION, Article, PublisherName, Refusal, url_key
from archive.parsing import Teaser as ReadTeaser

from .dating import date_stories
from .draft import PARTS, Draft, draft_of, fingerprint
from .merge import update
from .names import Names
from .reading import never, unless


@dataclass(slots=True)
class Reading:
    """A page on its way into the rows."""

    page: Page | None
    result: Article | Rejection
    digest: str = ""
    key: str = ""
    parsed: bool = True
    """false where the dump's reader refused the page before the parser saw it"""
    outcome: str = ""
    story: Story | None = None


def capture_key(digest: str, url: str, captured_at: datetime | str) -> str:
    """One response, one capture: the same bytes from the same address at the same moment."""
    moment = captured_at if isinstance(captured_at, str) else captured_at.astimezone(UTC).isoformat()
    return hashlib.sha256(f"{digest}\n{url}\n{moment}".encode()).hexdigest()


def known_captures(keys: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """(outcome, code, detail) of the captures among these keys that today's parser has read, their stories in place."""
    settled = models.Q(outcome=Outcome.REJECTED) | models.Q(story__isnull=False)
    rows = Capture.objects.filter(settled, key__in=list(keys), parser_version__in=(PARSER_VERSION, ""))
    return {row[0]: row[1:] for row in rows.values_list("key", "outcome", "code", "detail")}


_SETTLED = ["outcome", "code", "detail", "encoding", "parser_version", "evidence", "unsure", "story"]


class Store:
    """Writes batches for one run."""

    def __init__(
        self, run: ImportRun | None, *, keep_payloads: bool = True, stopping: Callable[[], bool] = never
    ) -> None:
        self.run, self.keep_payloads, self.stopping = run, keep_payloads, stopping
        self.names = Names()
        self._disk = ThreadPoolExecutor(8, thread_name_prefix="payloads")  # waiting for disks side by side
        self._teasers_seen: set[int] = set()

    def forget(self) -> None:
        """After a transaction that was rolled back: what it wrote is no more."""
        self.names.forget()
        self._teasers_seen.clear()

    def store(self, readings: list[Reading]) -> None:
        """Keeps the bytes first, then writes the rows in the caller's transaction; sets each reading's outcome."""
        if self.keep_payloads:
            pages = [(reading.page.content, reading.digest) for reading in readings if reading.page is not None]
            for _ in self._disk.map(payloads.put, *zip(*pages, strict=True)) if pages else ():
                unless(self.stopping)
        for part in _without_repeats(readings):
            unless(self.stopping)
            self._store_stories(part)
        self.store_captures(readings)
        fresh_teasers = self.store_teasers(readings)
        if self.run:
            self._count_orders(readings)
        stories = [reading.story for reading in readings if reading.story is not None]
        link_stories(stories)
        date_stories(stories, fresh_teasers)

    # -- stories -------------------------------------------------------------------------------------------------

    def _store_stories(self, readings: list[Reading]) -> None:
        articles = [reading for reading in readings if isinstance(reading.result, Article)]
        drafts = {id(reading): self.draft(reading) for reading in articles}
        existing = _existing([draft.fields for draft in drafts.values()])
        fresh: list[Reading] = []
        for reading in readings:
            if not isinstance(reading.result, Article):
                reading.outcome = Outcome.REJECTED
                continue
            draft = drafts[id(reading)]
            story = existing.get(draft.identity)
            if story is None:
                reading.outcome, reading.story = Outcome.CREATED, Story(**draft.fields)
                fresh.append(reading)
            else:
                changed = update(story, draft)
                reading.outcome, reading.story = (Outcome.UPDATED if changed else Outcome.UNCHANGED), story
        Story.objects.bulk_create([reading.story for reading in fresh if reading.story is not None])
        made = [(reading.story, drafts[id(reading)]) for reading in fresh if reading.story is not None]
        Body.objects.bulk_create([Body(story=s, text=d.body, word_count=len(d.body.split())) for s, d in made])
        for name, (model, _) in PARTS.items():
            rows = [model(story=s, position=n, **row) for s, d in made for n, row in enumerate(d.parts[name])]
            model._default_manager.bulk_create(rows)

    def draft(self, reading: Reading) -> Draft:
        assert isinstance(reading.result, Article) and reading.page is not None
        return draft_of(reading.result, reading.page, self.names)

    def _count_orders(self, readings: list[Reading]) -> None:
        """Adds the credit lines of these pages to what their papers have shown of their order."""
        articles = [reading.result for reading in readings if isinstance(reading.result, Article)]
        shown = Counter((one.publisher, one.credit_order.replace("-", "_")) for one in articles if one.credit_order)
        assert self.run
        for (name, column), count in shown.items():
            publisher = self.names.publisher(name)
            Publisher.objects.filter(pk=publisher.pk).update(**{column: models.F(column) + count})
            orders = self.run.orders.setdefault(publisher.slug, {})
            orders[column] = orders.get(column, 0) + count

    # -- captures and teasers ------------------------------------------------------------------------------------

    def store_captures(self, readings: list[Reading]) -> None:
        """Writes what became of each page; a reading outside a run leaves the run that brought the page."""
        now = clock.now()
        rows = []
        for reading in readings:
            page, result = reading.page, reading.result
            locator = page.locator if page else result.locator if isinstance(result, Rejection) else None
            rows.append(
                Capture(
                    key=reading.key, digest=reading.digest, size=len(page.content) if page else 0,
                    url=page.url if page else "", url_key=url_key(page.url) if page else "",
                    url_guessed=bool(page and page.url_guessed),
                    status=page.status if page else 200, captured_at=page.captured_at if page else now,
                    content_type=clean(page.content_type)[:200] if page else "",
                    encoding="" if isinstance(result, Rejection) else result.encoding,
                    dump=locator.dump if locator else "", member=clean(locator.member) if locator else "",
                    offset=locator.offset if locator else None, outcome=reading.outcome,
                    code=result.code if isinstance(result, Rejection) else "",
                    detail=clean(result.detail) if isinstance(result, Rejection) else "",
                    parser_version=PARSER_VERSION if reading.parsed else "", evidence=_evidence(result),
                    unsure=isinstance(result, Article) and result.unsure,
                    story=reading.story, run=self.run,
                )
            )  # fmt: skip
        Capture.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=[*_SETTLED, "run"] if self.run else _SETTLED,
        )

    def store_teasers(self, readings: list[Reading]) -> list[tuple[int, str, str]]:
        """Keeps dated teasers; returns (publisher id, address, headline) of those not met before in this run."""
        if len(self._teasers_seen) > 100_000:
            self._teasers_seen.clear()
        rows = []
        dated = (found for reading in readings for found in dated_teasers(reading.result))
        for publisher, teaser in dated:
            assert teaser.published is not None
            published = teaser.published.iso()
            mark = hash((publisher.slug, teaser.url, teaser.headline, published))
            if mark in self._teasers_seen:
                continue
            self._teasers_seen.add(mark)
            rows.append(
                Teaser(
                    publisher=self.names.publisher(publisher), url=teaser.url, url_key=url_key(teaser.url),
                    headline=teaser.headline, headline_key=key(teaser.headline)[:300],
                    published=published, printed=teaser.printed[:300], run=self.run,
                )
            )  # fmt: skip
        Teaser.objects.bulk_create(rows, ignore_conflicts=True)
        return [(row.publisher_id, row.url_key, row.headline_key) for row in rows]


def dated_teasers(result: Article | Rejection) -> Iterable[tuple[PublisherName, ReadTeaser]]:
    """The teasers of a page that bear a date, with the paper they speak of."""
    if isinstance(result, Article | Refusal) and result.publisher is not None:
        yield from ((result.publisher, teaser) for teaser in result.teasers if teaser.published)


def _without_repeats(readings: list[Reading]) -> Iterable[list[Reading]]:
    """The batch in parts in which no story comes twice, so that a second capture finds the first one's story."""
    part: list[Reading] = []
    seen: set[Any] = set()
    for reading in readings:
        if isinstance(reading.result, Article):
            mark = (reading.result.publisher.slug, url_key(reading.result.url) or fingerprint(reading.result))
            if mark in seen:
                yield part
                part, seen = [], set()
            seen.add(mark)
        part.append(reading)
    yield part


def _existing(drafts: list[dict[str, Any]]) -> dict[tuple[int, str], Story]:
    """Stories of these identities, locked against another importer."""
    addresses = [fields["url_key"] for fields in drafts if fields["url_key"]]
    prints = [fields["fingerprint"] for fields in drafts if not fields["url_key"]]
    rows = Story.objects.filter(models.Q(url_key__in=addresses) | models.Q(url_key="", fingerprint__in=prints))
    rows = rows.select_for_update(of=("self",)).select_related("body").prefetch_related("corrections").order_by("pk")
    return {(story.publisher_id, story.url_key or f"#{story.fingerprint}"): story for story in rows}


# -- values ------------------------------------------------------------------------------------------------------


def _evidence(result: Article | Rejection) -> dict[str, Any]:
    return {} if isinstance(result, Rejection) else {name: asdict(said) for name, said in result.evidence.items()}


def clean(text: str) -> str:
    """Text that every database takes: names of members may hold NUL or halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def link_stories(stories: list[Story]) -> None:
    """Resolves related links both ways: of these stories to others, and of others to these."""
    if not stories:
        return
    addresses = {story.url_key: story for story in stories if story.url_key}
    waiting = RelatedLink.objects.filter(target=None)
    found = list(waiting.filter(url_key__in=addresses).exclude(url_key=""))
    for link in found:
        link.target = addresses[link.url_key]
    own = list(waiting.filter(story__in=stories).select_related("story"))
    targets = {s.url_key: s for s in Story.objects.filter(url_key__in={link.url_key for link in own if link.url_key})}
    for link in own:
        link.target = targets.get(link.url_key) if link.url_key else None
    rows = {link.pk: link for link in [*found, *own] if link.target is not None and link.target.pk != link.story_id}
    RelatedLink.objects.bulk_update(rows.values(), ["target"])
