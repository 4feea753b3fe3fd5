"""The embedded engine: a tantivy index in a folder, no server.

The folder holds one index a build and a small file that names the one in use, so that a rebuild is put in place at
once and readers of the old one finish undisturbed.
"""

from __future__ import annotations

import ctypes
import json
import math
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from archive.arabic import ANALYSIS_VERSION

from .engine import FACETS, TEXT_FIELDS, Answer, Document, IndexMissing, Question, Status

FORMAT = f"1.{ANALYSIS_VERSION}"
"""Schema and analysis: an index of another format is not asked."""

BOOSTS = {
    "headline_exact": 3.0, "headline_stem": 6.0,
    "lead_exact": 1.5, "lead_stem": 3.0, "body_exact": 1.0, "body_stem": 2.0,
}  # fmt: skip
"""Exact form 1 : stem 2; headline over lead over body."""

_WRITER_MEMORY = 48_000_000  # bytes; the engine writes a segment when they are full
_WAIT_FOR_WRITER = 60.0  # seconds
_LIKENESS_TERMS = 25
_MOST_WORDS = 64
_FACET_VALUES = 60


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    for name in TEXT_FIELDS:
        builder.add_text_field(f"{name}_exact", tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(f"{name}_stem", tokenizer_name="whitespace", index_option="freq")
    for name in (*FACETS, "newest", "oldest"):
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


class EmbeddedEngine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._opened: tuple[str, tantivy.Index] | None = None
        self._generation: tuple[int, int] = (0, 0)

    # -- writing -------------------------------------------------------------------------------------------------

    def add(self, documents: Iterable[Document]) -> None:
        if not self._current():
            self._swap(self._new_folder())
        self._write(self._index(), documents, replace=True)

    def remove(self, ids: Collection[int]) -> None:
        if ids and self._current():
            writer = self._writer(self._index())
            for number in ids:
                writer.delete_documents_by_term("id", number)
            self._commit(writer)

    def rebuild(self, documents: Iterable[Document]) -> int:
        name = self._new_folder()
        try:
            count = self._write(tantivy.Index.open(str(self.folder / name)), documents, replace=False)
        except BaseException:
            shutil.rmtree(self.folder / name, ignore_errors=True)
            raise
        self._swap(name)
        return count

    def _write(self, index: tantivy.Index, documents: Iterable[Document], *, replace: bool) -> int:
        """Documents as they come, one in memory at a time; all of them are seen at once, after the commit."""
        writer, count = self._writer(index), 0
        for document in documents:
            if replace:
                writer.delete_documents_by_term("id", document.id)
            writer.add_document(_row(document))
            count += 1
        self._commit(writer)
        return count

    @staticmethod
    def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
        """The one writer an index can have; waits for another process to finish with it. A dead one holds nothing."""
        deadline = time.monotonic() + _WAIT_FOR_WRITER
        while True:
            try:
                return index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
            except ValueError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    @staticmethod
    def _commit(writer: tantivy.IndexWriter) -> None:
        writer.commit()
        writer.wait_merging_threads()
        del writer
        # a writer's freed tens of megabytes would stay with the process, more of them at each commit
        with suppress(OSError, AttributeError):  # not every C library has it
            ctypes.CDLL(None).malloc_trim(0)

    def _new_folder(self) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = tempfile.mkdtemp(dir=self.folder, prefix="index-")
        tantivy.Index(_schema(), path=path)
        return Path(path).name

    def _swap(self, name: str) -> None:
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".current-")
        with os.fdopen(handle, "w") as stream:
            json.dump({"index": name, "format": FORMAT}, stream)
        os.replace(temporary, self.folder / "current.json")
        for path in self.folder.glob("index-*"):
            if path.name != name:
                shutil.rmtree(path, ignore_errors=True)

    # -- reading -------------------------------------------------------------------------------------------------

    def search(self, question: Question) -> Answer:
        searcher = self._searcher()
        like = _telling_terms(searcher, question.like)
        query = _query(question, like)
        if question.sort == "newest":
            found = searcher.search(query, question.limit, True, "newest", question.offset)
        elif question.sort == "oldest":
            found = searcher.search(query, question.limit, True, "oldest", question.offset, tantivy.Order.Asc)
        else:
            found = searcher.search(query, question.limit, True, offset=question.offset)
        ids = [searcher.doc(address)["id"][0] for _, address in found.hits]
        facets = _count_facets(searcher, query, question.facets)
        total: int = found.count or 0  # type: ignore[attr-defined]
        return Answer(total, ids, facets, tuple(term for term, _ in like))

    def status(self) -> Status:
        current = self._current()
        if not current or current["format"] != FORMAT:
            return Status(0, current["format"] if current else "")
        return Status(self._searcher().num_docs, current["format"])

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

    def _searcher(self) -> tantivy.Searcher:
        with self._lock:
            index = self._index()
            assert self._opened is not None
            try:
                stat = os.stat(self.folder / self._opened[0] / "meta.json")
            except OSError as error:
                raise IndexMissing from error
            if (stat.st_mtime_ns, stat.st_ino) != self._generation:
                index.reload()
                self._generation = stat.st_mtime_ns, stat.st_ino
            return index.searcher()


_UNDATED_LAST = 2**62


def _row(document: Document) -> tantivy.Document:
    row: dict[str, Any] = {"id": document.id}
    for name, words in document.words.items():
        row[f"{name}_exact"] = " ".join([exact for exact, _ in words])
        row[f"{name}_stem"] = " ".join([stem for _, stem in words])
    for name, values in document.facets.items():
        row[name] = values
    row["newest"] = -1 if document.moment is None else document.moment
    row["oldest"] = _UNDATED_LAST if document.moment is None else document.moment
    return tantivy.Document.from_dict(row, _schema())


def _term(field: str, value: Any) -> Query:
    return Query.term_query(_schema(), field, value)


def _word(exact: str, stem: str) -> Query:
    terms = [(f"{name}_exact", exact) for name in TEXT_FIELDS] + [(f"{name}_stem", stem) for name in TEXT_FIELDS]
    return Query.boolean_query(
        [(Occur.Should, Query.boost_query(_term(field, value), BOOSTS[field])) for field, value in terms]
    )


def _phrase(words: tuple[str, ...]) -> Query:
    if len(words) == 1:
        queries = [_term(f"{name}_exact", words[0]) for name in TEXT_FIELDS]
    else:
        queries = [Query.phrase_query(_schema(), f"{name}_exact", list(words)) for name in TEXT_FIELDS]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _query(question: Question, like: list[tuple[str, float]]) -> Query:
    must: list[Query] = [_phrase(words) for words in question.phrases]
    if question.words:
        must.append(Query.boolean_query([(Occur.Should, _word(*word)) for word in question.words[:_MOST_WORDS]]))
    if like:
        weighted = [
            Query.boost_query(_term(f"{name}_stem", term), weight * BOOSTS[f"{name}_stem"])
            for term, weight in like
            for name in ("headline", "body")
        ]
        must.append(Query.boolean_query([(Occur.Should, query) for query in weighted]))
    if not must:
        must.append(Query.all_query())
    limits = [_term(name, value) for name, value in question.filters.items()]
    if question.since is not None or question.until is not None:
        low, high = question.since or 0, question.until if question.until is not None else _UNDATED_LAST - 1
        limits.append(Query.range_query(_schema(), "newest", tantivy.FieldType.Integer, low, high))
    clauses = [(Occur.Must, query) for query in must]
    clauses += [(Occur.Must, Query.const_score_query(query, 0.0)) for query in limits]
    clauses += [(Occur.MustNot, _term(f"{name}_stem", stem)) for stem in question.without for name in TEXT_FIELDS]
    clauses += [(Occur.MustNot, _term("id", number)) for number in question.not_ids]
    return Query.boolean_query(clauses)


def _telling_terms(searcher: tantivy.Searcher, counts: Mapping[str, int]) -> list[tuple[str, float]]:
    """The stems that tell a text from others, by TF-IDF, with their weights."""
    if not counts:
        return []
    total = max(1, searcher.num_docs)
    weighted = []
    for term, count in counts.items():
        frequency = searcher.doc_freq("body_stem", term)
        if 1 < frequency < 0.2 * total + 2 and len(term) > 1:
            weighted.append((term, (1 + math.log(count)) * math.log(1 + total / frequency)))
    weighted.sort(key=lambda row: -row[1])
    return weighted[:_LIKENESS_TERMS]


def _count_facets(searcher: tantivy.Searcher, query: Query, names: tuple[str, ...]) -> dict[str, dict[int, int]]:
    if not names:
        return {}
    wanted = {name: {"terms": {"field": name, "size": _FACET_VALUES}} for name in names}
    found = searcher.aggregate(query, wanted)
    return {name: {int(b["key"]): int(b["doc_count"]) for b in found[name]["buckets"]} for name in names}
