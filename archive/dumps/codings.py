"""What warcio does not unpack: bodies in br and zstd, and WARC files of one zstd frame a record."""

from __future__ import annotations

import io
from typing import IO, Any

import brotli
import zstandard
from zstandard import ZstdError

from .bombs import BOMB, most_unpacked
from .members import MAX_MEMBER_BYTES

__all__ = ["UNPACKED_HERE", "ZSTD_STARTS", "ZstdError", "unpack", "unzstd"]

UNPACKED_HERE = ("br", "zstd")

_FRAME, _DICTIONARY = b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"
ZSTD_STARTS = (_FRAME, _DICTIONARY)
_LARGEST_DICTIONARY = 16 * 2**20
_PACKED_AT_ONCE = 2048
"""Bytes unpacked at a time: a block of zstd can stand for thirty thousand times as much."""


class _Unzstd(io.RawIOBase):
    """Frames of zstd as one plain stream. One that is cut raises ZstdError: the library's own reader is silent."""

    def __init__(self, stream: IO[bytes], shared: zstandard.ZstdCompressionDict | None) -> None:
        self.stream, self.shared = stream, shared
        self.frame = self._next_frame()
        self.is_inside = False
        self.taken = self.given = 0
        self.waiting = b""
        self.plain = memoryview(b"")

    def _next_frame(self) -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(dict_data=self.shared).decompressobj()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.plain:
            if not self.waiting:
                self.waiting = self.stream.read(_PACKED_AT_ONCE)
                self.taken += len(self.waiting)
            if not self.waiting:
                if self.is_inside:
                    raise ZstdError("the file ends inside a zstd frame")
                return 0
            self.plain = memoryview(self.frame.decompress(self.waiting))
            self.is_inside, self.waiting = not self.frame.eof, self.frame.unused_data
            if self.frame.eof:
                self.frame = self._next_frame()
        count = min(len(buffer), len(self.plain))
        buffer[:count], self.plain = self.plain[:count], self.plain[count:]
        self.given += count
        if self.given > most_unpacked(self.taken):
            raise ZstdError(BOMB)
        return count


def unzstd(stream: IO[bytes]) -> io.RawIOBase:
    """The plain text of a stream of frames. Raises ZstdError, then or while it is read."""
    shared = None
    if stream.read(4) == _DICTIONARY:  # https://iipc.github.io/warc-specifications/specifications/warc-zstd/
        size = int.from_bytes(stream.read(4), "little")
        content = stream.read(min(size, _LARGEST_DICTIONARY))
        if content.startswith(_FRAME):
            content = zstandard.ZstdDecompressor().decompress(content, max_output_size=_LARGEST_DICTIONARY)
        shared = zstandard.ZstdCompressionDict(content)
    else:
        stream.seek(0)
    return _Unzstd(stream, shared)


def unpack(content: bytes, coding: str) -> bytes:
    """A body as it was before; of one that is too long, a little more than a page may have. Raises ValueError."""
    try:
        if coding == "br":
            return _unbrotli(content)
        with zstandard.ZstdDecompressor().stream_reader(content) as reader:
            return bytes(reader.read(MAX_MEMBER_BYTES + 1))
    except (ZstdError, brotli.error) as error:
        raise ValueError(f"{coding}: {error}") from error


def _unbrotli(content: bytes) -> bytes:
    decoder, parts, length = brotli.Decompressor(), [], 0
    waiting = content
    while not decoder.is_finished() and length <= MAX_MEMBER_BYTES:
        part = decoder.process(waiting, output_buffer_limit=1 << 20)
        waiting = b""
        if not part and decoder.can_accept_more_data():
            raise ValueError("br: it ends too early")
        parts.append(part)
        length += len(part)
    return b"".join(parts)
