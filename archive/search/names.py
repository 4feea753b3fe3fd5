"""Names that a query gives for writers, places, sections and papers → the rows that bear them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from archive.arabic import key
from archive.models import Author, Place, Publisher, Section

from .grammar import Named

MOST_NAMED = 500
Row = tuple[int, str, int | None]
"""(number, key of the name, number of the writer it was merged into)"""
IdsOf = Callable[[Named], tuple[int, ...]]


def ids_of(named: Named) -> tuple[int, ...]:
    """The rows that bear a name, or whose name holds all of its words."""
    wanted = set(key(named.text).split())
    if not wanted:
        return ()
    if named.kind == "publisher":
        return _papers(named, wanted, Publisher.objects.values_list("pk", "slug", "name"))
    rows = _rows(named.kind)
    for word in wanted:
        rows = rows.filter(key__contains=word)
    return _fitting(named, wanted, rows[:MOST_NAMED])


class KnownNames:
    """`ids_of` for many names: each table is read once, the first time that it is asked about."""

    def __init__(self) -> None:
        self._tables: dict[str, list[Any]] = {}
        self._found: dict[Named, tuple[int, ...]] = {}

    def ids_of(self, named: Named) -> tuple[int, ...]:
        if named not in self._found:
            self._found[named] = self._look_up(named)
        return self._found[named]

    def _look_up(self, named: Named) -> tuple[int, ...]:
        wanted = set(key(named.text).split())
        if not wanted:
            return ()
        if named.kind == "publisher":
            return _papers(named, wanted, self._table("publisher", Publisher.objects.values_list("pk", "slug", "name")))
        rows = self._table(named.kind, _rows(named.kind))
        return _fitting(named, wanted, [row for row in rows if all(word in row[1] for word in wanted)][:MOST_NAMED])

    def _table(self, kind: str, rows: Iterable[Any]) -> list[Any]:
        if kind not in self._tables:
            self._tables[kind] = list(rows)
        return self._tables[kind]


def _papers(named: Named, wanted: set[str], rows: Iterable[tuple[int, str, str]]) -> tuple[int, ...]:
    return tuple(pk for pk, slug, name in rows if slug == named.text.lower() or wanted <= set(key(name).split()))


def _rows(kind: str) -> QuerySet[Any, Any]:
    """In one order, so that of more names than are taken the same ones are."""
    if kind == "author":
        return Author.objects.order_by("name", "pk").values_list("pk", "key", "merged_into_id")
    if kind == "place":
        return Place.objects.order_by("name", "pk").values_list("pk", "key")
    return Section.objects.order_by("name", "pk").values_list("pk", "key")


def _fitting(named: Named, wanted: set[str], rows: Iterable[Any]) -> tuple[int, ...]:
    found = {(merged[0] if merged and merged[0] else pk): name for pk, name, *merged in rows}
    fitting = {pk: name for pk, name in found.items() if wanted <= set(name.split())}
    same = [pk for pk, name in fitting.items() if name == key(named.text)]
    return tuple(same if same and named.kind == "place" else fitting)
