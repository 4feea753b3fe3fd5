"""The check of fixity: every kept page is read and compared with its name, and the store with the rows.

Store and rows are walked side by side in the order of digests, a shelf at a time, so that memory stays flat whatever
their number. What has been read is committed every few seconds; a check that was stopped or killed goes on from there.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from archive import payloads
from archive.models import FixityCheck, FixityFinding, known_digests, still_known

from .shelves import Shelf, shelves

SECONDS_BETWEEN_COMMITS = 10.0
_READERS = 4
_PAGE = 1_000
Kind = FixityFinding.Kind
State = FixityCheck.State


class Verdict(NamedTuple):
    """What was found under a payload's name; no kind: the page, as it came."""

    digest: str
    size: int
    kind: str = ""
    detail: str = ""


def check_fixity(
    *,
    restart: bool = False,
    since: datetime | None = None,
    stopping: Callable[[], bool] = lambda: False,
    progress: Callable[[FixityCheck], None] = lambda check: None,
) -> FixityCheck:
    """Reads the whole store, or goes on with a check that was left unfinished; returns it, its findings in the rows.

    Its state is `interrupted` where `stopping` asked for it. Raises StoreBusy where another check is under way.
    """
    with payloads.locked(payloads.root().with_suffix(".fixity-lock")):
        check = _begin(restart, since)
        finished = _read_all(check, stopping, progress)
        if finished:
            _look_again(check)
        check.state = State.DONE if finished else State.INTERRUPTED
        check.finished_at = timezone.now()
        check.save()
    return check


def last_check() -> FixityCheck | None:
    """The last check that came to its end."""
    return FixityCheck.objects.filter(state=State.DONE).first()


def _begin(restart: bool, since: datetime | None) -> FixityCheck:
    unfinished = FixityCheck.objects.filter(state__in=(State.RUNNING, State.INTERRUPTED))
    check = None if restart else unfinished.filter(since=since).first()
    unfinished.exclude(pk=check.pk if check else 0).update(state=State.ABANDONED)
    if check is None:
        return FixityCheck.objects.create(since=since)
    check.state = State.RUNNING
    check.save(update_fields=["state"])
    return check


def _read_all(check: FixityCheck, stopping: Callable[[], bool], progress: Callable[[FixityCheck], None]) -> bool:
    """Shelf by shelf; whether the end was reached."""
    store, findings = payloads.root(), list[FixityFinding]()
    counts, committed = Counter(check.counts), time.monotonic()

    def commit() -> None:
        with transaction.atomic():
            FixityFinding.objects.bulk_create(findings)
            check.counts = dict(counts)
            check.save(update_fields=["shelf", "counts"])
        findings.clear()
        progress(check)

    with ThreadPoolExecutor(_READERS, thread_name_prefix="fixity") as readers:
        for shelf, known in _side_by_side(store, check):
            verdicts = list(readers.map(partial(_read, store), sorted(shelf.digests & known)))
            counts["read"] += len(verdicts)
            counts["bytes"] += sum(verdict.size for verdict in verdicts)
            found = [_finding(check, one) for one in (*_told_apart(verdicts), *_amiss(shelf, known, check.since))]
            counts.update(finding.kind for finding in found)
            findings += found
            check.shelf = shelf.name
            if time.monotonic() - committed > SECONDS_BETWEEN_COMMITS or len(findings) > _PAGE:
                commit()
                committed = time.monotonic()
            if stopping():
                commit()
                return False
    commit()
    return True


def _side_by_side(store: Path, check: FixityCheck) -> Iterator[tuple[Shelf, set[str]]]:
    """Each shelf with the digests that the rows know of it."""
    after = f"{check.shelf}g" if check.shelf else ""  # behind every digest that begins so
    rows = groupby(known_digests(after, check.since), key=lambda digest: digest[:4])
    name, known = _next(rows)
    for shelf in shelves(store, check.shelf):
        while name and name < shelf.name:
            yield Shelf(name), known
            name, known = _next(rows)
        if name == shelf.name:
            yield shelf, known
            name, known = _next(rows)
        else:
            yield shelf, set()
    while name:
        yield Shelf(name), known
        name, known = _next(rows)


def _next(rows: Iterator[tuple[str, Iterator[str]]]) -> tuple[str, set[str]]:
    for name, digests in rows:
        return name, set(digests)
    return "", set()


def _read(store: Path, digest: str) -> Verdict:
    path = store / payloads.path_of(digest)
    size = 0
    try:
        with open(path, "rb", opener=_no_link) as stream:
            size = os.fstat(stream.fileno()).st_size
            found = payloads.digest_within(stream)
    except FileNotFoundError:
        return Verdict(digest, 0, Kind.MISSING)
    except (OSError, payloads.DamagedPayload) as error:
        return Verdict(digest, size, Kind.DAMAGED, str(error))
    return Verdict(digest, size) if found == digest else Verdict(digest, size, Kind.SWAPPED, found)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW)


def _told_apart(verdicts: list[Verdict]) -> Iterator[Verdict]:
    """What is wrong. Other bytes than the name says are those of another page only where a row knows them."""
    others = still_known(one.detail for one in verdicts if one.kind == Kind.SWAPPED)
    for one in verdicts:
        if one.kind == Kind.SWAPPED and one.detail not in others:
            yield one._replace(kind=Kind.DAMAGED, detail=f"the bytes are those of {one.detail}")
        elif one.kind:
            yield one


def _amiss(shelf: Shelf, known: set[str], since: datetime | None) -> Iterator[Verdict]:
    """What rows name and the store lacks, and the other way round; a check of new rows only looks for no strays."""
    yield from (Verdict(digest, 0, Kind.MISSING) for digest in sorted(known - shelf.digests))
    if since is None:
        yield from (Verdict(digest, 0, Kind.STRAY) for digest in sorted(shelf.digests - known))
        yield from (Verdict("", 0, Kind.STRAY, path) for path in shelf.others)


def _finding(check: FixityCheck, one: Verdict) -> FixityFinding:
    path, detail = (payloads.path_of(one.digest), one.detail) if one.digest else (one.detail, "")
    return FixityFinding(check_run=check, kind=one.kind, path=path, digest=one.digest, detail=detail)


def _look_again(check: FixityCheck) -> None:
    """What was missing or stray may have been on its way in or out: an import writes pages before their rows."""
    store, last = payloads.root(), 0
    unsettled = check.findings.filter(kind__in=(Kind.MISSING, Kind.STRAY)).order_by("pk")
    while page := list(unsettled.filter(pk__gt=last)[:_PAGE]):
        last = page[-1].pk
        known = still_known(finding.digest for finding in page if finding.digest)
        gone = [finding.pk for finding in page if _is_settled(store, finding, known)]
        FixityFinding.objects.filter(pk__in=gone).delete()
    for kind in Kind.values:
        check.counts.pop(kind, None)
        if count := check.findings.filter(kind=kind).count():
            check.counts[kind] = count


def _is_settled(store: Path, finding: FixityFinding, known: set[str]) -> bool:
    if finding.digest in known:
        return not _read(store, finding.digest).kind
    if finding.kind == Kind.MISSING:
        return True  # its row is gone
    is_ours = finding.digest or Path(finding.path).name.startswith(".new-")
    return bool(is_ours) and not os.path.lexists(store / finding.path)
