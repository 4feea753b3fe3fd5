"""The rows of an archive as hashes, table by table: equal hashes are equal archives.

Rows are told by what they say, not by their numbers; moments of our own clock are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from archive.models import (
    Author,
    Body,
    Byline,
    Capture,
    Dateline,
    Picture,
    Place,
    Publisher,
    RelatedLink,
    Section,
    Story,
    Teaser,
)  # fmt: skip

_OURS = {"id", "created_at", "updated_at", "run", "indexed"}
_TOLD_BY: dict[str, str] = {
    "publisher": "publisher__slug",
    "section": "section__key",
    "story": "story__fingerprint",
    "author": "author__key",
    "place": "place__key",
    "target": "target__fingerprint",
    "copy_of": "copy_of__fingerprint",
    "merged_into": "merged_into__key",
}
_TABLES = (Author, Body, Byline, Capture, Dateline, Picture, Place, Publisher, RelatedLink, Section, Story, Teaser)


def hashes(*but: str) -> dict[str, str]:
    """Of each table, by its name; some columns left out."""
    return {model.__name__: _hash(_lines(model, _OURS.union(but))) for model in _TABLES}


def _lines(model: Any, but: set[str]) -> Iterator[str]:
    columns = [_TOLD_BY.get(field.name, field.name) for field in model._meta.fields if field.name not in but]
    rows = model._base_manager.order_by()
    if model is Capture:  # a page that could not be read at all has no moment but that of the import
        rows = rows.exclude(digest="")
        yield from sorted(json.dumps(row) for row in Capture.objects.filter(digest="").values_list("key", "code"))
    yield from sorted(json.dumps(row, default=str, ensure_ascii=False) for row in rows.values_list(*columns))


def _hash(lines: Iterator[str]) -> str:
    whole = hashlib.sha256()
    for line in lines:
        whole.update(f"{line}\n".encode())
    return whole.hexdigest()
