"""The engine itself: the folder, its one writer, its many readers.

The folder holds one index a build and a small file that names the one in use, so that a rebuild is put in place at
once and readers of the old one finish undisturbed. The writer's lock is the operating system's: a dead writer holds
nothing.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import tantivy
from tantivy import Occur, Query

from archive.files import appearing, sync_folder

from ..engine import Answer, Between, Document, IndexBusy, IndexMissing, Node, Question, Status, Tally
from .matching import all_of, any_of, match, term
from .ranking import BLOCK, alike, clauses, in_blocks, is_plain, prefer, words_of
from .schema import ALONE, COPY, FORMAT, GROUP, HIT, OWN, SCHEMA, row
from .tallying import EVERY_VALUE, tallied

_WRITER_MEMORY = 48_000_000  # bytes; the engine writes a segment when they are full
_REBUILD_MEMORY = min(3_000_000_000, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 8)
"""More memory makes fewer and larger segments, which are asked faster; three gigabytes hold half a million stories."""
_WAIT_FOR_WRITER = 60.0  # seconds
_FACET_VALUES = 60
_SLACK = 1.3  # share of documents that are looked at beyond those wanted: some are no hits of the asked kind
_KEPT_ANSWERS = 256
_TOO_MANY = 20_000
_FEW_DOCUMENTS = 200_000
T = TypeVar("T")


class EmbeddedEngine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._opened: tuple[str, tantivy.Index] | None = None
        self._reader: tantivy.Searcher | None = None
        self._generation: tuple[int, int] = (0, 0)
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._counting = ThreadPoolExecutor(2, "counting")

    # -- writing -------------------------------------------------------------------------------------------------

    def add(self, documents: Sequence[Document], replaced: Collection[int]) -> None:
        while True:
            current = self._current() or self._begin()
            try:
                writer = self._writer(self._index())
                for group in replaced:
                    writer.delete_documents_by_term("group", group)
                for document in documents:
                    writer.add_document(row(document))
                self._commit(writer, current["index"])
                return
            except (ValueError, IndexBusy):
                if self._current() == current:
                    raise
                # a rebuild has put another index in its place: once more, into that one

    def rebuild(self, documents: Iterable[Document]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # one after the other: each clears away all folders but its own
            name, stories = self._new_folder(), 0
            try:
                writer = self._writer(tantivy.Index.open(str(self.folder / name)), _REBUILD_MEMORY)
                for document in documents:  # one in memory at a time; all are seen at once, after the commit
                    writer.add_document(row(document))
                    stories += document.story is not None
                self._commit(writer, name)
            except BaseException:
                shutil.rmtree(self.folder / name, ignore_errors=True)
                raise
            self._swap(name)
            for path in self.folder.glob("index-*"):
                if path.name != name:
                    shutil.rmtree(path, ignore_errors=True)
            return stories

    @staticmethod
    def _writer(index: tantivy.Index, memory: int = _WRITER_MEMORY) -> tantivy.IndexWriter:
        """The one writer an index can have; waits for another process to finish with it. Raises IndexBusy."""
        deadline = time.monotonic() + _WAIT_FOR_WRITER
        while True:
            try:
                return index.writer(heap_size=memory, num_threads=1)
            except ValueError as error:
                if time.monotonic() > deadline:
                    raise IndexBusy(str(error)) from error
                time.sleep(0.05)

    def _commit(self, writer: tantivy.IndexWriter, name: str) -> None:
        writer.commit()
        writer.wait_merging_threads()
        del writer
        # the engine syncs its files, but not the names under which they lie
        with suppress(FileNotFoundError):  # a new index has taken its place
            sync_folder(self.folder / name)
        # a writer's freed tens of megabytes would stay with the process, more of them at each commit
        with suppress(OSError, AttributeError):  # not every C library has it
            ctypes.CDLL(None).malloc_trim(0)

    def _begin(self) -> dict[str, str]:
        """An empty index; of two processes that find none, one makes it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return self._current() or self._swap(self._new_folder())

    def _new_folder(self) -> str:
        path = tempfile.mkdtemp(dir=self.folder, prefix="index-")
        tantivy.Index(SCHEMA, path=path)
        return Path(path).name

    def _swap(self, name: str) -> dict[str, str]:
        current = {"index": name, "format": FORMAT}
        with appearing(self.folder / "current.json") as stream:
            stream.write(json.dumps(current).encode())
        return current

    # -- reading -------------------------------------------------------------------------------------------------

    def search(self, question: Question) -> Answer:
        searcher = self._searcher()
        if question.like:
            return Answer(0, _alike(searcher, question), {})
        whole = replace(question, offset=0, limit=0, after=None, sort="relevance", fresh=False)
        key = "count", whole
        counting = self._aside(searcher, lambda: self._remembered(searcher, key, lambda: _counted(searcher, whole)))
        if question.sort != "relevance":
            return Answer(counting()[0], _in_order_of_time(searcher, question), counting()[1])
        ahead = BLOCK if question.after else 0  # what was seen may have moved down since
        wanted = -(-(question.offset + question.limit + ahead) // BLOCK) * BLOCK
        one = replace(question, offset=0, limit=wanted, after=None, facets=())
        ranked = self._remembered(searcher, ("rank", one), lambda: _ranked(searcher, question, wanted))
        total, facets = counting()
        start = ranked.index(question.after) + 1 if question.after in ranked else question.offset
        return Answer(total, ranked[start : start + question.limit], facets)

    def _aside(self, searcher: tantivy.Searcher, work: Callable[[], T]) -> Callable[[], T]:
        """On the other core, where that is worth the way there: the engine lets go of Python meanwhile."""
        return self._counting.submit(work).result if searcher.num_docs > _FEW_DOCUMENTS else cache(work)

    def count(self, node: Node | None) -> int:
        searcher = self._searcher()
        query = Query.all_query() if node is None else match(node, searcher, OWN)
        found = searcher.aggregate(query, {"total": {"value_count": {"field": "story"}}})
        return int(found["total"]["value"])

    def tally(self, question: Question, spans: Sequence[Between] = ()) -> Tally:
        searcher = self._searcher()
        side, identity = _side(question)
        return tallied(searcher, _matching(searcher, question), side, identity, question.facets, spans)

    def frequency(self, field: str, term: str) -> int:
        return int(self._searcher().doc_freq(field, term))

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        searcher = self._searcher()
        return {term: count for term in dict.fromkeys(terms) if (count := int(searcher.doc_freq(field, term)))}

    def beginning_with(self, field: str, start: str, limit: int) -> list[tuple[str, int]]:
        return list(self._searcher().terms_with_prefix(field, start, None, limit))

    def sharing(self, bands: Collection[int], least: int) -> list[int]:
        if len(bands) < least:
            return []
        searcher = self._searcher()
        query = Query.boolean_query([(Occur.Should, term("bands", band)) for band in bands], least)
        found = _values(searcher, "story", searcher.search(query, 100, False).hits)
        return [number for number in found if number is not None]

    def stories(self) -> set[int]:
        searcher = self._searcher()
        found = searcher.search(any_of([term("kind", ALONE), term("kind", COPY)]), max(1, searcher.num_docs), False)
        return {number for number in _values(searcher, "story", found.hits) if number is not None}

    def status(self) -> Status:
        current = self._current()
        if not current or current["format"] != FORMAT:
            return Status(0, current["format"] if current else "")
        return Status(self.count(None), current["format"])

    def _current(self) -> dict[str, str] | None:
        try:
            return json.loads((self.folder / "current.json").read_text())  # type: ignore[no-any-return]
        except (OSError, ValueError):
            return None

    def _index(self) -> tantivy.Index:
        current = self._current()
        if not current or current["format"] != FORMAT:
            raise IndexMissing
        if self._opened is None or self._opened[0] != current["index"]:
            try:
                self._opened = current["index"], tantivy.Index.open(str(self.folder / current["index"]))
            except ValueError as error:
                raise IndexMissing from error
        return self._opened[1]

    def generation(self) -> tuple[int, int]:
        with self._lock:
            self._index()
            return self._stat()

    def _stat(self) -> tuple[int, int]:
        assert self._opened is not None
        try:
            stat = os.stat(self.folder / self._opened[0] / "meta.json")
        except OSError as error:
            raise IndexMissing from error
        return stat.st_mtime_ns, stat.st_ino

    def _searcher(self) -> tantivy.Searcher:
        """A reader of what is in the index now: another process may have written since the last question."""
        with self._lock:
            index = self._index()
            generation = self._stat()
            if self._reader is None or generation != self._generation:
                index.reload()
                self._reader, self._generation = index.searcher(), generation
                self._kept.clear()
            return self._reader

    def _remembered(self, searcher: tantivy.Searcher, key: Any, make: Any) -> Any:
        """Answers that the next page of the same results asks for again; forgotten as soon as the index changes. What
        an older reader finds is not kept."""
        with self._lock:
            if searcher is self._reader and key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            if searcher is self._reader:
                self._kept[key] = made
            while len(self._kept) > _KEPT_ANSWERS:
                self._kept.popitem(last=False)
        return made


def _side(question: Question) -> tuple[str, str]:
    """(prefix of facets and clocks, field of the identity)."""
    return (OWN, "story") if question.copies else (HIT, "hit")


def _matching(searcher: tantivy.Searcher, question: Question) -> Query:
    side, _ = _side(question)
    parts = [match(node, searcher, side) for node in (question.node, *question.filters) if node is not None]
    return Query.all_query() if not parts else parts[0] if len(parts) == 1 else all_of(parts)


def _counted(searcher: tantivy.Searcher, question: Question) -> tuple[int, dict[str, dict[int, int]]]:
    """Total and facets, of all that matches. Documents of the other kind have no such fields, so they do not count."""
    side, identity = _side(question)
    wanted: dict[str, Any] = {
        name: {"terms": {"field": side + name, "size": _FACET_VALUES, "segment_size": EVERY_VALUE}}
        if name not in ("year", "month")
        else {"terms": {"field": side + name, "size": EVERY_VALUE}}
        for name in question.facets
    }
    wanted["total"] = {"value_count": {"field": identity}}
    found = searcher.aggregate(_matching(searcher, question), wanted)
    facets = {
        name: {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found[name]["buckets"]}
        for name in question.facets
    }
    return int(found["total"]["value"]), facets


def _ranked(searcher: tantivy.Searcher, question: Question, wanted: int) -> list[int]:
    """The best hits, in order."""
    side, identity = _side(question)
    words = words_of(question.node)
    ranking = [(Occur.Should, clause) for clause in clauses(words)]
    if not (is_plain(question.node) and not question.filters and words):
        kind = Query.const_score_query(_matching(searcher, question), 0.0)
        ranking.insert(0, (Occur.Must, kind))
    found = _hits(searcher, Query.boolean_query(ranking), identity, wanted, side if question.fresh else None)
    return in_blocks(found)


def _hits(
    searcher: tantivy.Searcher, query: Query, identity: str, wanted: int, side: str | None
) -> list[tuple[int, float, int | None]]:
    """The best (id, score, clock) of documents that are hits; looks further where too many are of the other kind. The
    clock is null without a `side`."""
    limit = int(wanted * _SLACK) + 10
    while True:
        hits = searcher.search(query, limit, False).hits
        numbers = _values(searcher, identity, hits)
        clocks = [None] * len(hits) if side is None else _values(searcher, side + "newest", hits)
        rows = zip(numbers, hits, clocks, strict=True)
        found = [(number, score, moment) for number, (score, _), moment in rows if number is not None]
        if len(found) >= wanted or len(hits) < limit or limit > _TOO_MANY:
            return found[:wanted]
        limit *= 3


def _in_order_of_time(searcher: tantivy.Searcher, question: Question) -> list[int]:
    """A page of hits by their clock, which no two share: the page after a story is what lies beyond its time."""
    side, identity = _side(question)
    name = side + question.sort
    parts = [_matching(searcher, question)]
    offset = question.offset
    if question.after is not None:
        at = searcher.search(term(identity, question.after), 1, False).hits
        here = next(iter(_values(searcher, name, at)), None)
        if here is not None:
            low, high = (0, here - 1) if question.sort == "newest" else (here + 1, 2**63 - 1)
            parts.append(Query.range_query(SCHEMA, name, tantivy.FieldType.Integer, low, high))
            offset = 0
    other = term("kind", GROUP if question.copies else COPY)
    query = Query.boolean_query([*((Occur.Must, part) for part in parts), (Occur.MustNot, other)])
    order = tantivy.Order.Desc if question.sort == "newest" else tantivy.Order.Asc
    found = searcher.search(query, max(1, question.limit), False, name, offset, order)
    return [number for number in _values(searcher, identity, found.hits) if number is not None]


def _values(searcher: tantivy.Searcher, name: str, hits: Sequence[tuple[Any, Any]]) -> list[int | None]:
    """A field of some hits; null where a document has none."""
    return searcher.fast_field_values(name, [address for _, address in hits])  # type: ignore[return-value]


def _alike(searcher: tantivy.Searcher, question: Question) -> list[int]:
    """Hits about the same as a text, none of them of the groups that are left out."""
    liking = [*alike(question.like), *(prefer(match(one, searcher, HIT), question.like) for one in question.prefer)]
    query = Query.boolean_query([(Occur.Should, clause) for clause in liking])
    hits = searcher.search(query, 3 * question.limit + 10, False).hits
    rows = zip(_values(searcher, "hit", hits), _values(searcher, "group", hits), strict=True)
    found = [hit for hit, group in rows if hit is not None and group not in question.not_groups]
    return found[: question.limit]
