"""A run of the importer undone: what it brought goes, what it changed is read anew from what else is kept.

The rows change in one transaction. Page files and documents of the index go after it, from a list that is written
before it: whoever undoes the run again finishes what was killed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Greatest

from archive import payloads
from archive.files import appearing
from archive.models import Author, Capture, Companion, ImportRun, Place, Publisher, Section, Story, still_known
from archive.search import forget_stories, index_pending

from .dating import date_stories
from .edited import edited_stories, logged
from .publishers import learnt_publishers
from .reading import never, unless
from .reparse import batches_of, read_again
from .undo_teasers import chunks, remove_teasers


@dataclass(slots=True)
class Undone:
    """What undoing a run took away, and what it left."""

    captures: int = 0
    stories: int = 0
    restored: int = 0
    """stories that say again what their other pages say"""
    teasers: int = 0
    names: int = 0
    payloads: int = 0
    lost: int = 0
    """pages that should have been read again and cannot be"""
    kept: dict[int, str] = field(default_factory=dict)
    """stories that stay because an editor has worked on them, each with what was done"""
    kept_names: list[str] = field(default_factory=list)
    already: bool = False
    """the run was undone before; what was left to do is done"""


def undo_import(
    run: ImportRun, *, dry_run: bool = False, workers: int | None = None, stopping: Callable[[], bool] = never
) -> Undone:
    """Undoes a run. Raises StoreBusy where anybody is at work in the store, KeyboardInterrupt once `stopping` asks for
    it; then nothing has changed."""
    with payloads.held(alone=True):
        todo = payloads.root().with_suffix(f".undo-{run.pk}")
        if run.state == ImportRun.State.UNDONE:
            _finish(todo)
            return Undone(already=True)
        with transaction.atomic():
            undoing = _Undoing(run, workers, stopping)
            undoing.rows()
            if dry_run:
                transaction.set_rollback(True)
            else:
                _write_down(todo, undoing)
        if not dry_run:
            _finish(todo)
    return undoing.done


class _Undoing:
    def __init__(self, run: ImportRun, workers: int | None, stopping: Callable[[], bool]) -> None:
        self.run, self.workers, self.stopping = run, workers, stopping
        self.done = Undone()
        self.gone: list[int] = []
        """stories that go"""
        self.digests: set[str] = set()
        """payloads that no row knows any more"""
        self.names: dict[type[models.Model], set[int]] = {Section: set(), Author: set(), Place: set(), Publisher: set()}

    def rows(self) -> None:
        orders = learnt_publishers().orders
        shared = self._decide()
        self._remove_captures()
        self._remove_stories()
        teasers = remove_teasers(self.run, self.workers, self.stopping)
        self.done.teasers = teasers.count
        self.names[Publisher] |= teasers.publishers
        again = shared | teasers.dated | self._unlearn(orders)
        self._note_names(sorted(again))
        self._read_again(sorted(again))
        for numbers in chunks(sorted(teasers.undated)):
            date_stories(list(Story.objects.filter(pk__in=numbers)), [])
        self._remove_names()
        self.run.state = ImportRun.State.UNDONE
        self.run.save(update_fields=["state"])

    def _own(self) -> QuerySet[Capture]:
        """The pages that the run brought; those it only read again were there before it."""
        return Capture.objects.filter(run=self.run, created_at__gte=self.run.started_at)

    def _decide(self) -> set[int]:
        """Tells the stories that go from those that stay; returns those that other runs' pages speak of, too."""
        page = Capture.objects.filter(story=OuterRef("pk"))
        own = {"run": self.run, "created_at__gte": self.run.started_at}
        met = Story.objects.filter(Exists(page.filter(**own))).order_by("pk")
        alone = list(met.filter(~Exists(page.exclude(**own))).values_list("pk", flat=True))
        for numbers in chunks(alone):
            list(Story.objects.select_for_update().filter(pk__in=numbers).values_list("pk"))  # no edit comes between
            kept = edited_stories(numbers)
            self.done.kept |= kept
            self.gone += [number for number in numbers if number not in kept]
        return set(met.filter(Exists(page.exclude(**own))).values_list("pk", flat=True))

    def _remove_captures(self) -> None:
        last = 0
        while page := list(self._own().filter(pk__gt=last).order_by("pk").values_list("pk", "story")[:500]):
            unless(self.stopping)
            last = page[-1][0]
            numbers = [number for number, story in page if story not in self.done.kept]
            self._remove(Capture.objects.filter(pk__in=numbers))
            self.done.captures += len(numbers)
        while numbers := list(Companion.objects.filter(run=self.run).values_list("pk", flat=True)[:500]):
            unless(self.stopping)
            self._remove(Companion.objects.filter(pk__in=numbers))
        self.done.payloads = len(self.digests)
        Capture.objects.filter(run=self.run, created_at__lt=self.run.started_at).update(run=None)

    def _remove(self, rows: QuerySet[Any]) -> None:
        candidates = set(rows.exclude(digest="").values_list("digest", flat=True))
        rows.delete()
        self.digests |= candidates - still_known(candidates)

    def _remove_stories(self) -> None:
        for numbers in chunks(self.gone):
            unless(self.stopping)
            self._note_names(numbers)
            stories = Story.objects.filter(pk__in=numbers)
            leaders = list(stories.exclude(copy_of=None).values_list("copy_of", flat=True))
            Story.objects.filter(models.Q(copy_of__in=numbers) | models.Q(pk__in=leaders)).update(indexed=False)
            stories.delete()
        self.done.stories = len(self.gone)

    def _unlearn(self, before: Any) -> set[int]:
        """Takes back what the run has shown of the order of credit lines; stories of papers whose order is another
        now must be read again."""
        for slug, counts in self.run.orders.items():
            found = Publisher.objects.filter(slug=slug)
            found.update(**{name: Greatest(F(name) - count, 0) for name, count in counts.items()})
            self.names[Publisher] |= set(found.values_list("pk", flat=True))
        after = learnt_publishers().orders
        changed = [slug for slug in self.run.orders if before.get(slug) != after.get(slug)]
        return set(Story.objects.filter(publisher__slug__in=changed).values_list("pk", flat=True))

    def _read_again(self, stories: list[int]) -> None:
        if not stories:
            return
        for _, changes in read_again(batches_of(stories), workers=self.workers, stopping=self.stopping):
            unless(self.stopping)
            self.done.restored += sum(change.what == "changed" for change in changes)
            self.done.lost += sum(change.what == "lost" for change in changes)

    def _note_names(self, stories: list[int]) -> None:
        for numbers in chunks(stories):
            of = Story.objects.filter(pk__in=numbers).order_by()
            for model, column in _COLUMNS:
                found = of.exclude(**{column: None}).values_list(column, flat=True).distinct()
                self.names[model] |= set(found)

    def _remove_names(self) -> None:
        """Names that no story bears any more, unless an editor has worked on them."""
        for model, unused in _UNUSED:
            for numbers in chunks(sorted(self.names[model])):
                left = list(model._default_manager.filter(pk__in=numbers).filter(**unused))
                touched = logged(model, [row.pk for row in left])
                if model is Author:
                    merged = Author.objects.exclude(merged_into=None, variants=None)
                    touched |= set(merged.filter(pk__in=[row.pk for row in left]).values_list("pk", flat=True))
                self.done.kept_names += [str(row) for row in left if row.pk in touched]
                numbers = [row.pk for row in left if row.pk not in touched]
                model._default_manager.filter(pk__in=numbers).delete()
                self.done.names += len(numbers)


_COLUMNS: tuple[tuple[type[models.Model], str], ...] = (
    (Section, "section"),
    (Author, "bylines__author"),
    (Place, "datelines__place"),
    (Publisher, "publisher"),
)
_UNUSED: tuple[tuple[type[models.Model], dict[str, None]], ...] = (
    (Section, {"stories": None}),
    (Author, {"bylines": None}),
    (Place, {"datelines": None}),
    (Publisher, {"stories": None, "sections": None, "teasers": None}),
)


# -- after the rows ------------------------------------------------------------------------------------------------


def _write_down(todo: Path, undoing: _Undoing) -> None:
    """What is left to do once the rows have changed, one thing a line: the digest of a page, the number of a story."""
    with appearing(todo) as stream:
        stream.writelines(f"{one}\n".encode() for one in (*sorted(undoing.digests), *undoing.gone))


def _finish(todo: Path) -> None:
    for lines in _pages(todo):
        digests = [line for line in lines if len(line) == 64]
        for digest in set(digests) - still_known(digests):
            with suppress(FileNotFoundError):
                (payloads.root() / payloads.path_of(digest)).unlink()
        numbers = {int(line) for line in lines if len(line) < 64}
        there = set(Story.objects.filter(pk__in=numbers).values_list("pk", flat=True))
        if numbers - there:
            forget_stories(numbers - there)
    index_pending()
    todo.unlink(missing_ok=True)


def _pages(todo: Path) -> Iterator[list[str]]:
    try:
        lines = todo.read_text(encoding="ascii").split()
    except FileNotFoundError:
        return
    yield from chunks(lines)
