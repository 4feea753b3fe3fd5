"""Members of a zip file whose directory is missing or damaged, found by the headers that stand before each of them.

Nothing is walked through twice but what was walked through in vain, and that only while there is patience left: a walk
costs a few times the length of the file, whatever lies in it.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from .bombs import RATIO
from .members import MAX_MEMBER_BYTES
from .zipheaders import (
    BEHIND,
    HEADER,
    HEADER_BYTES,
    LONGEST_DESCRIPTOR,
    SIGNATURES,
    Found,
    described_before,
    is_descriptor,
    read_header,
)

_FARTHEST_START = 64 * 2**20
"""How much may lie before the first header: a program that unpacks itself, or damage."""
_CHUNK = 1 << 16
_CUT = "the file ends inside it"
_TOO_MUCH = "more than it could hold"


def found_by_headers(path: Path) -> Iterator[Found]:
    """Every member that has a header, in the order in which they lie; none where the file cannot be read."""
    with suppress(OSError), open(path, "rb") as stream:
        walk = _Walk(stream)
        at = walk.search(HEADER, 0, _FARTHEST_START)
        while at is not None:
            goes_on = at + 4
            if found := read_header(stream, at):
                goes_on = walk.settle(found)
                yield found
            at = walk.search(HEADER, goes_on)


class _Walk:
    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.size = os.fstat(stream.fileno()).st_size
        self.patience = 4 * self.size + 2**20  # bytes that may be walked through in vain

    def read(self, at: int, count: int) -> bytes:
        self.stream.seek(at)
        return self.stream.read(count)

    def search(self, pattern: re.Pattern[bytes], at: int, most: int = 2**63) -> int | None:
        """Where something next begins, at most so many bytes on."""
        step, until = 1 << 10, min(self.size, at + most)
        while at < until:
            if match := pattern.search(self.read(at, step + HEADER_BYTES - 1)):
                return at + match.start()
            at += step
            step = min(2 * step, 1 << 20)
        return None

    def settle(self, found: Found) -> int:
        """Finds out where a member ends and what is wrong with it; gives the place at which the walk goes on."""
        if (found.info.compress_size or not found.is_described_behind) and self._ends_at(found.end):
            return found.end
        if found.is_encrypted or found.info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return self._give_up(found, "nothing tells where it ends")
        if found.info.compress_type == zipfile.ZIP_DEFLATED:
            return self._settle_deflated(found)
        return self._settle_described(found) if found.is_described_behind else self._settle_stored(found)

    def _ends_at(self, end: int) -> bool:
        """Whether a member may end here: something else begins, or the file ends, too."""
        if end > self.size:
            return False
        behind = self.read(end, 4)
        return any(signature.startswith(behind) for signature in SIGNATURES)

    def _give_up(self, found: Found, trouble: str, packed: int = 0, plain: int = 0) -> int:
        """What could not be read may have swallowed others: they are looked for inside it."""
        header = found.info.header_offset
        found.trouble = trouble
        found.reaches(packed)
        self.patience -= found.data - header + packed + plain // 8
        return header + HEADER_BYTES if self.patience > 0 else found.end

    def _settle_deflated(self, found: Found) -> int:
        packed, plain, crc, trouble = self._inflated(found.data)
        if trouble == _TOO_MUCH:  # whoever reads it counts for himself
            found.reaches(packed)
            return found.end
        if trouble:
            return self._give_up(found, trouble, packed, plain)
        behind = self.read(found.data + packed, LONGEST_DESCRIPTOR)
        is_told = (plain, crc) == (found.info.file_size, found.info.CRC)
        if is_told or (found.is_described_behind and is_descriptor(behind, packed, plain, crc)):
            found.proves(packed, plain, crc)
        else:
            found.trouble = _CUT if found.is_described_behind and len(behind) < 12 else "Bad CRC-32 or sizes"
            found.reaches(packed)
        return found.end

    def _inflated(self, at: int) -> tuple[int, int, int, str]:
        """(packed, plain, checksum, trouble) of what is deflated from a place on, to where it says that it ends."""
        inflater, packed, plain, crc, step = zlib.decompressobj(-zlib.MAX_WBITS), 0, 0, 0, 1 << 10
        self.stream.seek(at)
        while not inflater.eof:
            waiting = inflater.unconsumed_tail or self.stream.read(step)
            if not waiting:
                return packed, plain, crc, _CUT
            try:
                part = inflater.decompress(waiting, 16 * _CHUNK)
            except zlib.error as error:
                return packed + len(waiting), plain, crc, str(error)
            packed += len(waiting) - len(inflater.unconsumed_tail) - len(inflater.unused_data)
            plain, crc = plain + len(part), zlib.crc32(part, crc)
            if plain > max(MAX_MEMBER_BYTES, RATIO * packed):
                return packed, plain, crc, _TOO_MUCH
            step = min(2 * step, _CHUNK)
        return packed, plain, crc, ""

    def _settle_stored(self, found: Found) -> int:
        """A stored member behind which nothing begins: its checksum tells whether its length is right."""
        left, crc = found.info.compress_size, 0
        self.stream.seek(found.data)
        while left and (part := self.stream.read(min(left, _CHUNK))):
            left, crc = left - len(part), zlib.crc32(part, crc)
        if not left and crc == found.info.CRC:
            return found.end
        packed, trouble = found.info.compress_size - left, _CUT if left else "Bad CRC-32"
        if not self._is_container(found):
            return self._give_up(found, trouble, packed)
        found.trouble = trouble
        found.reaches(packed)
        return found.end

    def _settle_described(self, found: Found) -> int:
        """A stored member whose length stands behind it: it ends where a descriptor fits, before whatever begins next
        (and is not its own, where it is a zip file itself)."""
        upto = found.data
        while upto < self.size:
            upto = self.search(BEHIND, upto) or self.size
            start = max(found.data, upto - LONGEST_DESCRIPTOR)
            if told := described_before(self.read(start, upto - start), upto - found.data):
                found.proves(told[0], told[0], told[1])
                return upto
            if not self._is_container(found):
                break
            upto += 4
        found.trouble = _CUT if upto >= self.size else "nothing tells where it ends"
        found.reaches(min(upto, self.size) - found.data)
        return found.end

    def _is_container(self, found: Found) -> bool:
        """What begins inside it is not looked for: a container in a container is not opened."""
        return found.info.compress_size == found.info.file_size and self.read(found.data, 4) == SIGNATURES[0]
