"""The seam between the archive and a search engine: a handful of methods, chosen by one setting.

An engine stores, ranks and counts terms; what a term is, `archive.arabic` decides. What is asked is a small tree of
words, phrases and conditions (`Node`), made by `search.grammar` from what an editor typed.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from archive.arabic import Terms

FACETS = ("publisher", "section", "author", "place", "year", "month")
"""`month` is year and month as one number: 201503."""
Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `form` says how near the text must come: its stem, its folded spelling, or just these letters."""

    terms: Terms
    form: Literal["stem", "exact", "surface"] = "stem"
    in_headline: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in this order, with `slop` others between; the first may have a proclitic before it."""

    words: tuple[Terms, ...]
    slop: int = 0
    in_headline: bool = False
    as_written: bool = False
    """each word also in just these letters"""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so (folded), with or without the article."""

    start: str
    in_headline: bool = False

    @property
    def starts(self) -> tuple[str, ...]:
        is_latin = self.start.isascii() or self.start.startswith("ال")
        return (self.start,) if is_latin else (self.start, f"ال{self.start}")


@dataclass(frozen=True, slots=True)
class In:
    """A facet has one of these values; none at all finds nothing."""

    facet: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A moment lies between these two, both included; null is open."""

    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Prefer:
    """Nothing must match, but what does ranks higher."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | Prefix | In | Between | Not | AllOf | AnyOf | Prefer


@dataclass(frozen=True, slots=True)
class Document:
    """What an engine keeps of a story, or of a group of near-copies as one hit.

    A story without copies is its own hit. Of a group each story is kept without being one (`hit` null), and one more
    document (`story` null) has the words and facets of all of them: so totals and facets of collapsed results are
    exact, and each copy is still found alone.
    """

    group: int
    """the story that its copies follow: documents are replaced group by group"""
    story: int | None
    hit: int | None
    text: Mapping[str, str]
    """field → its terms in order, a space apart: see `archive.arabic.indexed`"""
    facets: Mapping[str, Collection[int]]
    moment: int | None
    """minutes since the first day of the calendar, for sorting and date ranges; null when undated"""
    bands: tuple[int, ...] = ()
    """numbers that near-copies of the story share (`search.copies`)"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an engine."""

    node: Node | None = None
    """null: all stories"""
    filters: tuple[In | Between, ...] = ()
    like: tuple[tuple[str, float], ...] = ()
    """(stem, weight): stories about the same"""
    prefer: tuple[In, ...] = ()
    """of stories about the same, rather those in which a facet has one of these values"""
    not_groups: frozenset[int] = frozenset()
    copies: bool = False
    """near-copies one by one, instead of as one hit"""
    sort: Sort = "relevance"
    fresh: bool = False
    """newer stories a little before older ones that match as well"""
    after: int | None = None
    """the story after which the asked page begins; null or a story that does not match: `offset` counts"""
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


@dataclass(frozen=True, slots=True)
class Tally:
    """How many hits match a question."""

    total: int
    facets: dict[str, dict[int, int]]
    """facet → value → how many, of every value there is"""
    spans: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Status:
    documents: int
    """stories in the index"""
    version: str
    """of the analysis the index was made by; empty when there is no index"""


class SearchEngine(Protocol):
    """Every method that reads raises `IndexMissing` when there is no index of today's analysis, save `status`."""

    def add(self, documents: Sequence[Document], replaced: Collection[int]) -> None:
        """Keeps documents in place of all that the `replaced` groups had; they are found when this returns."""

    def search(self, question: Question) -> Answer: ...

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Makes a new index aside and puts it in place of the old at once; returns how many stories it holds."""

    def status(self) -> Status: ...

    def generation(self) -> Hashable:
        """Something else whenever the index has changed."""

    def stories(self) -> Collection[int]:
        """The ids of all stories in the index."""

    def count(self, node: Node | None) -> int:
        """How many stories match, copies one by one."""

    def tally(self, question: Question, spans: Sequence[Between] = ()) -> Tally:
        """The totals and facets that `search` gives for the same question, and the hits in each of some closed spans
        of time that do not overlap. Nothing is ranked."""

    def frequency(self, field: str, term: str) -> int:
        """How many documents hold a term."""

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """The same for many terms at once; without those that no document holds."""

    def beginning_with(self, field: str, start: str, limit: int) -> list[tuple[str, int]]:
        """Terms that begin so, with their frequencies, the commonest first."""

    def sharing(self, bands: Collection[int], least: int) -> list[int]:
        """Stories that share at least so many of these bands."""


class IndexMissing(Exception):
    """There is no index, or it was made by another version of the analysis."""


class IndexBusy(Exception):
    """Somebody else has been writing into the index for longer than anyone waits."""


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


def generation() -> Hashable:
    """Something else whenever the index has changed. Raises IndexMissing."""
    return engine().generation()
