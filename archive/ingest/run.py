"""One run of the importer: dumps in, a balance sheet out."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from archive.dumps import Companion, Locator, Page, Rejection, legible, read_whole_dump
from archive.models import ImportRun, Outcome
from archive.payloads import digest_of, held
from archive.search import index_pending

from .companions import Companions
from .publishers import known_publishers
from .reading import Batch, never, read_batches
from .reparse import reparse, unsure_captures
from .store import Reading, Store, capture_key, known_captures

PAGES_A_BATCH = 200
BYTES_A_BATCH = 32 * 2**20
STORIES_BETWEEN_INDEXING = 5_000
NOT_TAKEN = (
    "unreadable",
    "broken-container",
    "nested-container",
    "too-large",
    "too-heavy",
    "parser-error",
    "no-pages",
    "missing",
)
"""Codes of what could not be taken at all, other than pages that were read and are no article."""


class Stopped(Exception):
    """The run could not go on (a full disk, a database that is gone); what the report says is committed."""

    def __init__(self, report: Report, why: str) -> None:
        super().__init__(why)
        self.report = report


class Interrupted(Stopped):
    """Somebody stopped the run."""


@dataclass(slots=True)
class Report:
    """The balance sheet: seen = created + updated + unchanged + rejected, always."""

    run: int | None = None
    seen: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    troubles: list[str] = field(default_factory=list)
    """one line for each input that could not be taken, the first hundred"""

    @property
    def complete(self) -> bool:
        """Whether all input could be taken, rejected pages included."""
        return not any(code in NOT_TAKEN for code in self.reasons)

    def as_dict(self) -> dict[str, object]:
        row = asdict(self)
        row.pop("troubles")
        return row | {"seconds": round(self.seconds, 2), "reasons": dict(sorted(self.reasons.items()))}

    def count(self, outcome: str, code: str) -> None:
        self.seen += 1
        setattr(self, outcome, getattr(self, outcome) + 1)
        if outcome == Outcome.REJECTED:
            self.reasons[code] = self.reasons.get(code, 0) + 1


def import_dumps(
    paths: list[Path],
    *,
    workers: int | None = None,
    dry_run: bool = False,
    limit: int | None = None,
    progress: Callable[[Report], None] = lambda report: None,
    stopping: Callable[[], bool] = never,
) -> Report:
    """Imports dumps. Twice is once: pages that are known are counted and left alone.

    Each batch is one transaction with the run's counts and checkpoint in it, so that a killed run has said no more
    than is true and the next one finds what is kept. A dry run does all of it and rolls back. `stopping` is asked all
    along whether the run should end. Raises Stopped, or Interrupted where it should.
    """
    started = time.monotonic()
    run = None if dry_run else ImportRun.objects.create(paths=[legible(str(path)) for path in paths])
    report = Report(run.pk if run else None)
    store = Store(run, keep_payloads=not dry_run, stopping=stopping)
    companions = None if dry_run else Companions(run, stopping)
    pages = islice(_pages(paths, stopping, companions), limit)
    unindexed = 0
    try:
        # without learnt orders, so that what a page says does not hang on when it was read; see `unsure_captures`
        reading = read_batches(_batches(pages), known_publishers(), workers or max(2, os.cpu_count() or 1), stopping)
        with _rolled_back() if dry_run else held(), closing(reading) as batches:
            for batch in batches:
                unindexed += _store(batch, store, run, report)
                report.seconds = time.monotonic() - started
                progress(report)
                if not dry_run and unindexed >= STORIES_BETWEEN_INDEXING:
                    index_pending()
                    unindexed = 0
        if companions:
            companions.flush()
        if not dry_run:
            reparse(unsure_captures(), workers=workers, stopping=stopping)
            index_pending()
    except KeyboardInterrupt as stop:
        report.seconds = time.monotonic() - started
        _finish(run, ImportRun.State.INTERRUPTED)
        raise Interrupted(report, "interrupted") from stop
    except (OSError, DatabaseError) as error:
        report.seconds = time.monotonic() - started
        with suppress(DatabaseError):
            _finish(run, ImportRun.State.FAILED)
        raise Stopped(report, str(error)) from error
    except BaseException:
        _finish(run, ImportRun.State.FAILED)
        raise
    _finish(run, ImportRun.State.DONE)
    report.seconds = time.monotonic() - started
    return report


def _pages(
    paths: list[Path], stopping: Callable[[], bool], companions: Companions | None = None
) -> Iterator[Page | Rejection]:
    """What lies in the dumps, to be counted; what it is shown with goes to `companions` on the way."""
    for path in paths:
        if not _exists(path):
            yield Rejection("missing", "no such file or folder", Locator(legible(str(path))))
            continue
        empty = True
        for found in read_whole_dump(path):
            if stopping():
                raise KeyboardInterrupt
            if isinstance(found, Companion):
                if companions:
                    companions.keep(found, path)
                continue
            empty = False
            yield found
        if empty:
            yield Rejection("no-pages", "no saved page in it", Locator(legible(str(path))))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than any file's
        return False


def _batches(pages: Iterator[Page | Rejection]) -> Iterator[Batch]:
    """Pages by number and size, each batch with what is known of it."""
    gathered: list[Page | Rejection] = []
    size = 0
    for page in pages:
        gathered.append(page)
        size += len(page.content) if isinstance(page, Page) else 0
        if len(gathered) >= PAGES_A_BATCH or size >= BYTES_A_BATCH:
            yield _batch(gathered)
            gathered, size = [], 0
    if gathered:
        yield _batch(gathered)


def _batch(found: list[Page | Rejection]) -> Batch:
    digests, keys = [], []
    for item in found:
        page = item if isinstance(item, Page) else item.page
        digests.append(digest_of(page.content) if page else "")
        if page:
            keys.append(capture_key(digests[-1], page.url, page.captured_at))
        else:
            keys.append(
                capture_key(
                    "", f"{item.locator}:{item.locator.offset}", item.code if isinstance(item, Rejection) else ""
                )
            )
    batch = Batch(found, keys, digests, known_captures(keys))
    # the same response twice in one dump is read once; known ones not at all
    seen: set[str] = set(batch.known)
    for at, key in enumerate(keys):
        if key not in seen and isinstance(found[at], Page):
            batch.unknown.append(at)
        seen.add(key)
    return batch


def _store(batch: Batch, store: Store, run: ImportRun | None, report: Report) -> int:
    """Writes a batch, counts it; returns how many stories it made or changed."""
    before, orders = asdict(report), deepcopy(run.orders) if run else {}
    for attempt in range(3):
        try:
            with transaction.atomic():
                readings = _readings(batch, run)
                if readings:
                    store.store(list(readings.values()))
                _count(batch, readings, report)
                if run is not None:
                    run.counts = {k: v for k, v in report.as_dict().items() if k != "run"}
                    last = batch.pages[-1].locator
                    run.checkpoint = {
                        "dump": last.dump,
                        "member": last.member.replace("\x00", ""),
                        "offset": last.offset,
                    }
                    run.save(update_fields=["counts", "checkpoint", "orders"])
            break
        except BaseException as error:
            for name, value in before.items():  # what was rolled back is not counted
                setattr(report, name, value)
            if run is not None:
                run.orders = deepcopy(orders)
            if attempt == 2 or not isinstance(error, IntegrityError | OperationalError):
                raise
            store.forget()  # another process wrote the same row first: read again what is there
    return sum(reading.outcome in (Outcome.CREATED, Outcome.UPDATED) for reading in readings.values())


def _readings(batch: Batch, run: ImportRun | None) -> dict[str, Reading]:
    """What is to be written of a batch, by key: nothing that another batch or importer has stored since this one was
    looked up. Importers write one after the other, so that none counts or overwrites what another has just kept."""
    if run is not None:
        ImportRun.objects.select_for_update(no_key=True).order_by("pk").first()
    batch.known |= known_captures([key for key in batch.keys if key not in batch.known])
    readings: dict[str, Reading] = {}
    for at, item in enumerate(batch.pages):
        key = batch.keys[at]
        if key in batch.known or key in readings:
            continue
        page = item if isinstance(item, Page) else item.page
        result = batch.answers[at] if isinstance(item, Page) else item
        readings[key] = Reading(page, result, batch.digests[at], key, parsed=isinstance(item, Page))
    return readings


def _count(batch: Batch, readings: dict[str, Reading], report: Report) -> None:
    told: Counter[str] = Counter()
    for item, key in zip(batch.pages, batch.keys, strict=True):
        told[key] += 1
        if key in batch.known:
            outcome, code, detail = batch.known[key]
        else:
            reading = readings[key]
            refused = reading.result if isinstance(reading.result, Rejection) else None
            outcome, code, detail = (
                (reading.outcome, refused.code, refused.detail) if refused else (reading.outcome, "", "")
            )
        if code in NOT_TAKEN and len(report.troubles) < 100:
            report.troubles.append(f"{item.locator}: {code}: {detail}")
        again = key in batch.known or told[key] > 1
        if again and outcome != Outcome.REJECTED:
            outcome = Outcome.UNCHANGED
        report.count(outcome, code)


def _finish(run: ImportRun | None, state: str) -> None:
    if run is not None:
        run.state, run.finished_at = state, timezone.now()
        run.save(update_fields=["state", "finished_at"])


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
