"""Rows that stories share by name: found or made once, remembered for the length of a run."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from archive.arabic import key
from archive.models import Author, Place, Publisher, Section
from archive.parsing import PublisherName

_Row = TypeVar("_Row", bound=models.Model)
_MOST = 50_000


class Names:
    """Publishers, sections, authors and places by folded name."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], models.Model] = {}

    def forget(self) -> None:
        """After a transaction that was rolled back: rows it made are no more."""
        self._known.clear()

    def publisher(self, name: PublisherName) -> Publisher:
        return self._find(Publisher, {"slug": name.slug[:100]}, {"name": name.name[:200], "host": name.host[:253]})

    def section(self, publisher: Publisher, name: str) -> Section | None:
        if not key(name):
            return None
        return self._find(Section, {"publisher": publisher, "key": key(name)[:300]}, {"name": name[:300]})

    def author(self, name: str, kind: str) -> Author:
        return self._find(Author, {"key": key(name)[:300], "kind": kind}, {"name": name[:300]})

    def place(self, name: str) -> Place:
        return self._find(Place, {"key": key(name)[:300]}, {"name": name[:300]})

    def _find(self, model: type[_Row], lookup: dict[str, Any], defaults: dict[str, Any]) -> _Row:
        known = (model, *(value.pk if isinstance(value, models.Model) else value for value in lookup.values()))
        if known not in self._known:
            if len(self._known) > _MOST:
                self._known.clear()
            self._known[known], _ = model._default_manager.get_or_create(**lookup, defaults=defaults)
        return self._known[known]  # type: ignore[return-value]
