"""What lies in the index, and a document as tantivy takes it."""

from __future__ import annotations

from typing import Any

import tantivy

from archive.arabic import ANALYSIS_VERSION

from ..engine import FACETS, Document

FORMAT = f"3.{ANALYSIS_VERSION}"
"""Schema and analysis: an index of another format is not asked."""

_TEXT = {
    "surface": "freq", "exact": "position", "stem": "freq", "pair": "freq",
    "head": "freq", "head_exact": "position",
}  # fmt: skip
ALONE, COPY, GROUP = 1, 2, 3
"""Kinds of document: a story without copies, one that has some, a group of them as one hit."""
OWN, HIT = "", "hit_"
"""Facets and clocks are kept twice: as of the story, and as of the hit that stands for it and its copies."""
_UNDATED_LAST = 2**31 - 1
_CLOCK = 32


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("kind", "group", "story", "hit"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_integer_field("bands", indexed=True)
    for name, index_option in _TEXT.items():
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=index_option)
    for side in (OWN, HIT):
        for name in FACETS:
            builder.add_integer_field(side + name, indexed=True, fast=True)
        for name in ("newest", "oldest"):
            builder.add_integer_field(side + name, fast=True)
    return builder.build()


SCHEMA = _schema()


def clock(moment: int, number: int = 0) -> int:
    """A moment with a story's id as its fraction: no two stories stand at the same time."""
    return moment << _CLOCK | number


def row(document: Document) -> tantivy.Document:
    kind = GROUP if document.story is None else COPY if document.hit is None else ALONE
    values: dict[str, Any] = {"kind": kind, "group": document.group, "bands": list(document.bands)}
    values.update(document.text)
    for side, number in ((OWN, document.story), (HIT, document.hit)):
        if number is None:
            continue
        values["hit" if side else "story"] = number
        for name, facet in document.facets.items():
            values[side + name] = list(facet)
        moment = document.moment
        values[side + "newest"] = clock(0 if moment is None else moment, number)
        values[side + "oldest"] = clock(_UNDATED_LAST if moment is None else moment, number)
    return tantivy.Document.from_dict(values, SCHEMA)
