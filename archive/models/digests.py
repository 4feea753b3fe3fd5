"""Which payloads the rows know: asked here, and nowhere else.

A table that keeps payloads of its own joins `_TABLES`, and fixity, backup and undo know of it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from django.db import models

from .captures import Capture, Companion

_TABLES: tuple[type[models.Model], ...] = (Capture, Companion)
"""Tables with a `digest` and a `created_at`."""
_PAGE = 5_000


def known_digests(after: str = "", since: datetime | None = None, using: str | None = None) -> Iterator[str]:
    """The digests of all payloads that the rows know, each once and in order; `since`: those of rows added since."""
    tables = [_digests_of(table, after, since, using) for table in _TABLES]
    return (digest for digest, _ in groupby(heapq.merge(*tables)))


def _digests_of(table: type[models.Model], after: str, since: datetime | None, using: str | None) -> Iterator[str]:
    rows = table._default_manager.using(using).exclude(digest="").order_by("digest")
    if since is not None:
        rows = rows.filter(created_at__gte=since)
    digests = rows.values_list("digest", flat=True).distinct()
    while page := list(digests.filter(digest__gt=after)[:_PAGE]):  # no cursor is held open between pages
        yield from page
        after = page[-1]


def still_known(digests: Iterable[str]) -> set[str]:
    """Those among some digests that a row knows."""
    wanted = list(digests)
    return {
        digest
        for table in _TABLES
        for digest in table._default_manager.filter(digest__in=wanted).values_list("digest", flat=True)
    }
