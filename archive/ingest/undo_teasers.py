"""A run's teasers taken back: those that pages of later runs name as well stay, the dates of the others go."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from archive.arabic import key
from archive.models import Capture, ImportRun, Story, Teaser
from archive.parsing import url_key

from .dating import date_fields
from .publishers import learnt_publishers
from .reading import Batch, chunks, read_batches
from .reparse import PAGES_A_BATCH, batch_of
from .store import dated_teasers

_AT_ONCE = 500


@dataclass(slots=True)
class Removed:
    """What went with a run's teasers."""

    count: int = 0
    publishers: set[int] = field(default_factory=set)
    dated: set[int] = field(default_factory=set)
    """stories that had their date from one: they must be read again"""
    undated: set[int] = field(default_factory=set)
    """stories that may have stayed undated because of one"""


def remove_teasers(run: ImportRun, workers: int | None, stopping: Callable[[], bool]) -> Removed:
    """Removes the teasers that a run was the first to meet, and the dates that stories took from them."""
    removed, own = Removed(), Teaser.objects.filter(run=run).order_by("pk")
    if not own.exists():
        return removed
    _hand_over(run, workers, stopping)
    while teasers := list(own[:_AT_ONCE]):
        removed.count += len(teasers)
        removed.publishers |= {teaser.publisher_id for teaser in teasers}
        for pk, source in _named_by(teasers).values_list("pk", "date_source"):
            (removed.dated if source == "teaser" else removed.undated).add(pk)
        Teaser.objects.filter(pk__in=[teaser.pk for teaser in teasers]).delete()
    for numbers in chunks(sorted(removed.dated)):
        Story.objects.filter(pk__in=numbers).update(indexed=False, **date_fields(None, "", ""))
    return removed


def _named_by(teasers: list[Teaser]) -> QuerySet[Story]:
    """Stories whose date these teasers may have given or kept away; editors' dates are left alone."""
    addresses = {teaser.url_key for teaser in teasers if teaser.url_key}
    headlines = {teaser.headline_key for teaser in teasers if not teaser.url_key}
    named = Q(url_key__in=addresses) | Q(headline_key__in=headlines)
    waiting = Q(date_source="teaser") | Q(published_on=None)
    return Story.objects.filter(named, waiting).exclude(corrections__field="published_at")


def _hand_over(run: ImportRun, workers: int | None, stopping: Callable[[], bool]) -> None:
    """Gives teasers that pages of other runs name, too, to those runs. Only pages that came in since can be ones that
    met them second."""
    later = Capture.objects.filter(created_at__gte=run.started_at).exclude(parser_version="").order_by("pk")
    kept: list[list[Capture]] = []
    with closing(
        read_batches(_batches(later, kept), learnt_publishers(), workers or max(2, os.cpu_count() or 1), stopping)
    ) as read:
        for batch in read:
            captures = kept.pop(0)
            named: dict[tuple[Any, ...], int | None] = {}
            for at, answer in batch.answers.items():
                for publisher, teaser in dated_teasers(answer):
                    assert teaser.published is not None
                    headline, published = key(teaser.headline)[:300], teaser.published.iso()
                    named[publisher.slug[:100], url_key(teaser.url), headline, published] = captures[at].run_id
            _give(run, named)


def _batches(captures: QuerySet[Capture], kept: list[list[Capture]]) -> Iterator[Batch]:
    last = 0
    while rows := list(captures.filter(pk__gt=last)[:PAGES_A_BATCH]):
        last = rows[-1].pk
        kept.append(rows)
        yield batch_of(rows)


def _give(run: ImportRun, named: dict[tuple[Any, ...], int | None]) -> None:
    columns = ("publisher__slug", "url_key", "headline_key", "published")
    for headlines in chunks(sorted({mark[2] for mark in named})):
        for pk, *mark in Teaser.objects.filter(run=run, headline_key__in=headlines).values_list("pk", *columns):
            if tuple(mark) in named:
                other = named[tuple(mark)]
                # a page of this run that stays with an edited story keeps its teasers, of no run any more
                Teaser.objects.filter(pk=pk).update(run=other if other != run.pk else None)
