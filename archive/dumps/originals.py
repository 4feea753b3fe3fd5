"""What revisit records of a WARC repeat: earlier responses, found again by digest or by address and moment."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from .members import DAMAGED, Member
from .page import Locator

_MOST = 500_000


class Originals:
    """Where the responses met so far begin; the last half a million of them, at some hundred bytes each."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._places: OrderedDict[bytes, int] = OrderedDict()

    def note(self, record: Any, place: Locator) -> None:
        header = record.rec_headers.get_header
        for name in (header("WARC-Payload-Digest"), _address(header("WARC-Target-URI"), header("WARC-Date"))):
            if name and place.offset is not None:
                self._places[_short(name)] = place.offset
        while len(self._places) > _MOST:
            self._places.popitem(last=False)

    def of(self, record: Any) -> Iterator[Any]:
        """The records that a revisit may repeat, each to be read before the next is asked for."""
        header = record.rec_headers.get_header
        digest = header("WARC-Payload-Digest")
        address = _address(header("WARC-Refers-To-Target-URI"), header("WARC-Refers-To-Date"))
        for name in (address, digest):
            offset = self._places.get(_short(name)) if name else None
            if offset is not None:
                yield from self._read(offset, name, digest)

    def _read(self, offset: int, name: str, digest: str | None) -> Iterator[Any]:
        try:
            with self._member.open() as stream:
                stream.seek(offset)
                for record in ArchiveIterator(stream, arc2warc=True):
                    header = record.rec_headers.get_header
                    own = _address(header("WARC-Target-URI"), header("WARC-Date"))
                    if name == own or (digest and digest == header("WARC-Payload-Digest")):
                        yield record
                    return
        except (ArchiveLoadFailed, *DAMAGED, AttributeError, KeyError):
            return


def _short(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()


def _address(target: str | None, moment: str | None) -> str:
    return f"{target.strip('<> ')} {moment}" if target and moment else ""
