"""The digest that a WARC record names of its own block, compared with the bytes that are there.

The digest of its payload is not: crawlers take it before or after the transfer coding, and no record says which.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecordLoader

_BYTES = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}
_ALPHABETS: tuple[tuple[int, Callable[[str], bytes]], ...] = (
    (4, bytes.fromhex),
    (5, lambda text: base64.b32decode(text + "=" * (-len(text) % 8), casefold=True)),
    (6, lambda text: base64.b64decode(text.translate({45: 43, 95: 47}) + "=" * (-len(text) % 4), validate=True)),
)
"""Bits a letter, and what reads it: hex, base32, base64 (of either alphabet)."""
_TOLD_OF = ("response", "resource")  # warcio wrote wrong ones into revisits


def records_of(stream: Any) -> ArchiveIterator:
    """The records of a WARC or ARC; of each, `is_as_named` can be asked when it was read to its end."""
    records = ArchiveIterator(stream, arc2warc=True, check_digests=True)
    records.loader = _Loader(verify_http=False, arc2warc=True)
    return records


def is_as_named(record: Any) -> bool:
    """Whether the block is the one whose digest the record names; also where it names none that is known here."""
    block = record.raw_stream
    return not isinstance(block, _Block) or block.total.digest() == block.named


class _Block(LimitReader):  # type: ignore[misc]
    """The bytes of a record, added up as they are read."""

    def __init__(self, stream: Any, limit: int, method: str, named: bytes) -> None:
        super().__init__(stream, limit)
        self.total, self.named = hashlib.new(method, usedforsecurity=False), named

    def _update(self, part: bytes) -> bytes:
        self.limit -= len(part)
        self.total.update(part)
        return part


class _Loader(ArcWarcRecordLoader):  # type: ignore[misc]
    """warcio's own comparison takes the payload's digest, too, and ends a file at a digest that is none."""

    def wrap_digest_verifying_stream(
        self, stream: Any, rec_type: str, rec_headers: Any, digest_checker: Any, length: int
    ) -> tuple[Any, bool]:
        named = _digest(rec_headers.get_header("WARC-Block-Digest") or "") if rec_type in _TOLD_OF else None
        return (_Block(stream.stream, length, *named) if named else stream), False


def _digest(text: str) -> tuple[str, bytes] | None:
    """(method, digest) of «sha1:…»; null for a method that is not known here, and for what is no digest."""
    method, _, value = text.partition(":")
    method, value = method.strip().lower().replace("-", ""), value.strip().rstrip("=")
    for bits, read in _ALPHABETS:
        if method in _BYTES and len(value) == -(-8 * _BYTES[method] // bits):
            with suppress(ValueError):
                return method, read(value)
    return None
