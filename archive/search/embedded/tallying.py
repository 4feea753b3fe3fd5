"""How many documents match, split by facets and spans of time: one pass over the matches, none of them ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Query

from ..engine import Between, Tally
from .schema import clock

EVERY_VALUE = 65_000
"""Buckets that each segment counts: as many as it may have, or counts were estimates."""


def tallied(
    searcher: tantivy.Searcher,
    query: Query,
    side: str,
    identity: str,
    facets: Sequence[str],
    spans: Sequence[Between],
) -> Tally:
    """Documents of the other kind have no such fields, so they do not count."""
    wanted: dict[str, Any] = {name: {"terms": {"field": side + name, "size": EVERY_VALUE}} for name in facets}
    wanted["total"] = {"value_count": {"field": identity}}
    if spans:
        ranges = [_range(str(at), span) for at, span in enumerate(spans)]
        wanted["spans"] = {"range": {"field": side + "newest", "ranges": ranges, "keyed": True}}
    found = searcher.aggregate(query, wanted)
    return Tally(
        int(found["total"]["value"]),
        {name: {int(one["key"]): int(one["doc_count"]) for one in found[name]["buckets"]} for name in facets},
        tuple(int(found["spans"]["buckets"][str(at)]["doc_count"]) for at in range(len(spans))),
    )


def _range(name: str, span: Between) -> dict[str, Any]:
    """The engine takes the ends as floating numbers; those of whole minutes it holds without loss."""
    assert span.since is not None and span.until is not None
    return {"key": name, "from": float(clock(span.since)), "to": float(clock(span.until + 1))}
