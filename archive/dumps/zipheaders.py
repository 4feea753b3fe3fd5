"""The headers that stand in a zip file before each member, and what stands behind it."""

from __future__ import annotations

import re
import struct
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from .warc import CRAWL_ENDINGS

HEADER = re.compile(rb"PK\x03\x04[\x00-\x3f][\x00-\x13].[\x00-\x3f][\x00-\x63]\x00.{16}.[\x00-\x10]..", re.S)
"""A header, as far as its look tells: a version, flags and a method that there are, a name of some length."""
BEHIND = re.compile(HEADER.pattern + rb"|PK(?:\x01\x02|\x05\x06|\x06\x06|\x06\x08)", re.S)
"""What may follow a member: the next header, or the directory."""
_DESCRIPTOR = b"PK\7\x08"
SIGNATURES = (b"PK\3\4", b"PK\1\2", b"PK\5\6", b"PK\6\6", b"PK\6\7", b"PK\6\x08", _DESCRIPTOR)
LONGEST_DESCRIPTOR = 24
_FIXED = struct.Struct("<4s5H3L2H")
HEADER_BYTES = _FIXED.size
_SIZES = (struct.Struct("<LL"), struct.Struct("<QQ"))
_SAID_ELSEWHERE = 2**32 - 1
_ENCRYPTED, _DESCRIBED_BEHIND, _UTF8 = 0x1, 0x8, 0x800


@dataclass(slots=True)
class Found:
    """A member as its own header tells of it, its sizes as they have proved to be."""

    info: zipfile.ZipInfo
    data: int
    """where its packed bytes begin"""
    trouble: str = ""
    """why it cannot be read whole; its sizes say then how far it goes"""

    @property
    def end(self) -> int:
        return self.data + self.info.compress_size

    @property
    def is_encrypted(self) -> bool:
        return bool(self.info.flag_bits & _ENCRYPTED)

    @property
    def is_described_behind(self) -> bool:
        """Its sizes stand behind its bytes, as programs write them that cannot go back."""
        return bool(self.info.flag_bits & _DESCRIBED_BEHIND)

    def proves(self, packed: int, plain: int, crc: int) -> None:
        self.info.compress_size, self.info.file_size, self.info.CRC = packed, plain, crc

    def reaches(self, packed: int) -> None:
        """It can be read so far, and nothing says whether that is right."""
        self.info.compress_size, self.info.file_size = packed, 2**62
        self.info.CRC = None  # type: ignore[assignment]  # then zipfile compares nothing

    def open(self, path: Path) -> IO[bytes]:
        """Its bytes. A crawl that is not whole is read as far as it goes: its own reader tells where it ends."""
        if self.is_encrypted:
            raise zipfile.BadZipFile("it is encrypted")
        if self.trouble and not (self.info.compress_size and self.info.filename.lower().endswith(CRAWL_ENDINGS)):
            raise zipfile.BadZipFile(self.trouble)
        with ExitStack() as opened:
            stream = opened.enter_context(open(path, "rb"))
            stream.seek(self.data)
            member = zipfile.ZipExtFile(stream, "r", self.info, None, True)
            opened.pop_all()  # closed with the member
        return cast(IO[bytes], member)


def read_header(stream: IO[bytes], at: int) -> Found | None:
    """What the header at a place says; null where the file ends inside it."""
    stream.seek(at)
    fixed = stream.read(HEADER_BYTES)
    if len(fixed) < HEADER_BYTES:
        return None
    _, _, flags, method, time, day, crc, packed, plain, name_bytes, extra_bytes = _FIXED.unpack(fixed)
    rest = stream.read(name_bytes + extra_bytes)
    if len(rest) < name_bytes + extra_bytes:
        return None
    name = rest[:name_bytes]
    try:
        text = name.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:  # flagged as UTF-8 and none
        text, flags = name.decode("cp437"), flags & ~_UTF8
    moment = ((day >> 9) + 1980, (day >> 5) & 15, day & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2)
    info = zipfile.ZipInfo(text, moment)
    info.flag_bits, info.compress_type, info.header_offset = flags, method, at
    info.CRC, info.compress_size, info.file_size = crc, packed, plain
    if _SAID_ELSEWHERE in (packed, plain):
        _take_long_sizes(info, rest[name_bytes:])
    return Found(info, at + HEADER_BYTES + len(rest))


def _take_long_sizes(info: zipfile.ZipInfo, extra: bytes) -> None:
    """Sizes beyond four gigabytes, from the header's extra field (zip64)."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        if kind == 1 and min(length, len(extra) - 4) >= 16:
            info.file_size, info.compress_size = struct.unpack("<QQ", extra[4:20])
            return
        extra = extra[4 + length :]


def is_descriptor(behind: bytes, packed: int, plain: int, crc: int) -> bool:
    """Whether what stands behind a member says its checksum and sizes."""
    short, long = _SIZES[0].pack(packed & 2**32 - 1, plain & 2**32 - 1), _SIZES[1].pack(packed, plain)
    forms = [mark + struct.pack("<L", crc) + sizes for mark in (_DESCRIPTOR, b"") for sizes in (short, long)]
    return behind.startswith(tuple(forms))


def described_before(tail: bytes, distance: int) -> tuple[int, int] | None:
    """(length, checksum) of a stored member by the descriptor at the end of `tail`, which must fit the distance from
    the member's first byte to there. Null where there is none."""
    for sizes in _SIZES:
        for mark in (_DESCRIPTOR, b""):
            length = distance - len(mark) - 4 - sizes.size
            if 0 <= length < 256 ** (sizes.size // 2):
                descriptor = tail[length - distance :]
                if descriptor.startswith(mark) and descriptor.endswith(sizes.pack(length, length)):
                    return length, int.from_bytes(descriptor[len(mark) : len(mark) + 4], "little")
    return None
