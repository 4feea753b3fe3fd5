"""The seam between the archive and a search engine: five methods, chosen by one setting.

An engine stores, ranks and counts terms; what a term is, `archive.arabic` decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TEXT_FIELDS = ("headline", "lead", "body")
FACETS = ("publisher", "section", "author", "place", "year")
Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Document:
    """A story as an engine keeps it: for each text field the words as (exact, stem) in order."""

    id: int
    words: Mapping[str, list[tuple[str, str]]]
    facets: Mapping[str, list[int]]
    moment: int | None
    """minutes since the first day of the calendar, for sorting and date ranges; null when undated"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an engine."""

    words: tuple[tuple[str, str], ...] = ()
    """(exact, stem): any of them may match, each that does adds to the rank"""
    phrases: tuple[tuple[str, ...], ...] = ()
    """exact words side by side: all must match"""
    without: tuple[str, ...] = ()
    """stems that must not match"""
    like: Mapping[str, int] = field(default_factory=dict)
    """stem → how often: stories about the same, by the terms that tell it from others"""
    filters: Mapping[str, int] = field(default_factory=dict)
    """facet → the value that must be there"""
    since: int | None = None
    until: int | None = None
    """moments, both included"""
    not_ids: Collection[int] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    """facets to count"""


@dataclass(frozen=True, slots=True)
class Answer:
    total: int
    ids: list[int]
    facets: dict[str, dict[int, int]]
    """facet → value → how many stories"""
    like: tuple[str, ...] = ()
    """the stems that likeness was judged by"""


@dataclass(frozen=True, slots=True)
class Status:
    documents: int
    version: str
    """of the analysis the index was made by; empty when there is no index"""


class SearchEngine(Protocol):
    def add(self, documents: Iterable[Document]) -> None:
        """Keeps documents, replacing those of the same id; they are found when this returns."""

    def remove(self, ids: Collection[int]) -> None:
        """Forgets documents; unknown ids are no error."""

    def search(self, question: Question) -> Answer:
        """Raises `IndexMissing` when there is no index of today's analysis."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Makes a new index aside and puts it in place of the old at once; returns how many documents it holds."""

    def status(self) -> Status: ...


class IndexMissing(Exception):
    """There is no index, or it was made by another version of the analysis."""


@cache
def _engine(url: str) -> SearchEngine:
    parts = urlsplit(url)
    if parts.scheme == "file":
        from .embedded import EmbeddedEngine

        return EmbeddedEngine(Path(unquote(parts.path)))
    raise ImproperlyConfigured(f"SEARCH_URL {url!r}: expected file:///path/of/the/index")


def engine() -> SearchEngine:
    """The engine that SEARCH_URL names."""
    return _engine(settings.SEARCH_URL)
