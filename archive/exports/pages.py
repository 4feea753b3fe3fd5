"""All kept pages as one WARC file: what any web archive reads, and what an import here makes the same archive of."""

from __future__ import annotations

import http.client
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

from django.db import models
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive import payloads
from archive.dumps import HEADER, Kept
from archive.files import appearing
from archive.models import Capture, Companion

ROWS_A_STEP = 200


@dataclass(slots=True)
class Written:
    pages: int = 0
    companions: int = 0
    hidden: int = 0
    """pages of hidden stories among them"""
    lacking: list[str] = field(default_factory=list)
    """digests of pages that are missing or damaged in the store"""


def write_pages(path: Path, stopping: Callable[[], bool]) -> Written:
    """Writes every page whose bytes are kept, rejected ones too, and what they are shown with; the file is whole or
    not there. Raises OSError, and KeyboardInterrupt once somebody wants it to stop."""
    written = Written()
    with payloads.held(), appearing(path) as stream:
        warc = WARCWriter(stream, gzip=True, warc_version="WARC/1.1")
        warc.write_record(warc.create_warcinfo_record(path.name, {"software": "Warraq", "format": "WARC file 1.1"}))
        for capture in _rows(Capture.objects.select_related("story", "run").exclude(digest=""), stopping):
            if (content := _content(capture.digest, written)) is not None:
                _write(warc, content, _kept_page(capture), capture)
                written.pages += 1
                written.hidden += bool(capture.story and capture.story.hidden)
        for companion in _rows(Companion.objects.all(), stopping):
            if (content := _content(companion.digest, written)) is not None:
                _write(warc, content, _kept_companion(companion), companion)
                written.companions += 1
    return written


def _rows(rows: models.QuerySet[Any], stopping: Callable[[], bool]) -> Iterator[Any]:
    """In the order in which they came, some hundreds at a time."""
    after = 0
    while page := list(rows.filter(pk__gt=after).order_by("pk")[:ROWS_A_STEP]):
        for row in page:
            if stopping():
                raise KeyboardInterrupt
            yield row
        after = page[-1].pk


def _content(digest: str, written: Written) -> bytes | None:
    try:
        return payloads.get(digest)
    except (FileNotFoundError, payloads.DamagedPayload):
        written.lacking.append(digest)
        return None


def _kept_page(capture: Capture) -> Kept:
    place = f"{capture.dump}!{capture.member}" if capture.member else capture.dump
    refused = not capture.parser_version and capture.code
    return Kept(
        name=capture.url,
        place=_below(place, capture.run.paths if capture.run else []),
        status=capture.status,
        content_type=capture.content_type,
        guessed=capture.url_guessed,
        code=capture.code if refused else "",
        detail=capture.detail if refused else "",
    )


def _kept_companion(companion: Companion) -> Kept:
    kept = Kept(companion.name, is_page=False, content_type=companion.content_type)
    return kept if kept.has_address else replace(kept, name=_below(companion.name, [companion.root]))


def _below(place: str, roots: list[str]) -> str:
    """A place from the name of its dump on: where dumps lie on this machine is nobody's business."""
    inside = [root for root in roots if place == root or place.startswith((f"{root.rstrip('/')}/", f"{root}!"))]
    root = max(inside, key=len, default=place.partition("!")[0])
    return f"{PurePath(root).name}{place[len(root.rstrip('/')) :]}"


def _write(warc: WARCWriter, content: bytes, kept: Kept, row: Capture | Companion) -> None:
    told = {"WARC-Date": _moment(row.captured_at), "WARC-Payload-Digest": f"sha256:{row.digest}", HEADER: kept.line()}
    address, kind, headers = f"urn:sha256:{row.digest}", "resource", None
    if kept.has_address:
        address = "".join(kept.name.split())
        kind, headers = ("response", _answer(kept, len(content))) if kept.is_page else (kind, None)
    record = warc.create_warc_record(
        address,
        kind,
        io.BytesIO(content),
        len(content),
        "" if headers else _line(kept.content_type),
        told,
        http_headers=headers,
    )
    warc.write_record(record)


def _answer(kept: Kept, length: int) -> StatusAndHeaders:
    """The head of a server's answer, as far as it is known."""
    fields = [("Content-Type", _line(kept.content_type))] if kept.content_type else []
    status = f"{kept.status} {http.client.responses.get(kept.status, '')}".strip()
    return StatusAndHeaders(status, [*fields, ("Content-Length", str(length))], protocol="HTTP/1.1")


def _line(text: str) -> str:
    """A type on one line; what would end a header does not."""
    return " ".join(text.split()) or "application/octet-stream"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
