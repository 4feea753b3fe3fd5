"""What warcio does not unpack: bodies in br and zstd, and WARC files of one zstd frame a record."""

from __future__ import annotations

import io
from typing import IO, cast

import brotli
import zstandard
from zstandard import ZstdError

from .members import MAX_MEMBER_BYTES

__all__ = ["UNPACKED_HERE", "ZSTD_STARTS", "ZstdError", "unpack", "unzstd"]

UNPACKED_HERE = ("br", "zstd")

_FRAME, _DICTIONARY = b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"
ZSTD_STARTS = (_FRAME, _DICTIONARY)
_LARGEST_DICTIONARY = 16 * 2**20


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
    reader = zstandard.ZstdDecompressor(dict_data=shared).stream_reader(stream, read_across_frames=True)
    return cast("io.RawIOBase", reader)


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
