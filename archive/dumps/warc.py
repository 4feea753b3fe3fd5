"""WARC (ISO 28500) and ARC files: every response that is a page, streamed record by record."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import quote, urlsplit

from warcio.exceptions import ArchiveLoadFailed

from .bombs import BOMB, code_of, most_unpacked
from .codings import UNPACKED_HERE, ZSTD_STARTS, ZstdError, unpack, unzstd
from .companions import MAX_COMPANION_BYTES, Companion, is_shown_type, is_style_type
from .digests import is_as_named, records_of
from .html import looks_like_html
from .kept import HEADER, Kept
from .members import DAMAGED, MAX_MEMBER_BYTES, MORE_DAMAGE, Member
from .originals import Originals
from .page import Locator, Page, Rejection, plausible

CRAWL_ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_CODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
_DAMAGED_HERE = (ArchiveLoadFailed, ZstdError, *DAMAGED, *MORE_DAMAGE, AttributeError, KeyError)
_CARRYING = ("response", "resource", "revisit")


class _Gunzipped(io.RawIOBase):
    """A gzip file of many members as one plain stream, each member's checksum tested.

    warcio takes a damaged member for text that was never compressed; here the stream ends before it, with `error`.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.member = zlib.decompressobj(wbits=31)
        self.waiting = b""  # compressed bytes read and not yet used
        self.taken = 0  # compressed bytes used
        self.given = 0  # plain bytes given
        self.error = ""
        self.starts = [(0, 0)]  # (plain, compressed) offset at which each member that may still be asked for begins

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.error:
            self.waiting = self.waiting or self.stream.read(1 << 16)
            if self.member.eof:
                rest = self.waiting.lstrip(b"\x00")  # padding between members
                self.taken += len(self.waiting) - len(rest)
                self.waiting = rest or self.stream.read(1 << 16)
                if not self.waiting:
                    return 0
                self.member = zlib.decompressobj(wbits=31)
                self.starts.append((self.given, self.taken))
            elif not self.waiting:
                self.error = "the file ends inside a gzip member"
                return 0
            try:
                plain = self.member.decompress(self.waiting, len(buffer))
            except zlib.error as error:
                self.error = str(error)
                return 0
            rest = self.member.unconsumed_tail or self.member.unused_data
            self.taken += len(self.waiting) - len(rest)
            self.waiting = rest
            if plain:
                buffer[: len(plain)] = plain
                self.given += len(plain)
                if self.given > most_unpacked(self.taken):
                    self.error = BOMB
                return len(plain)
        return 0

    def packed(self, offset: int) -> int:
        """The offset in the file of the member that holds a plain offset."""
        while len(self.starts) > 1 and self.starts[1][0] <= offset:
            self.starts.pop(0)
        return self.starts[0][1]


def read_warc(member: Member) -> Iterator[Page | Rejection | Companion]:
    """Pages of a WARC. A file that ends in the middle of a record says so: readers stop there without a word."""
    dump, offset, end = str(member.locator), 0, 0
    broken: set[int] = set()  # where it was said already
    plain: _Gunzipped | None = None

    def trouble(what: object, at: int) -> Iterator[Rejection]:
        if at not in broken:
            broken.add(at)
            yield Rejection(code_of(what), f"unreadable record: {what}", Locator(dump, offset=at))

    try:
        with member.open() as stream:
            start = stream.read(4)
            stream.seek(0)
            plain = _Gunzipped(stream) if start.startswith(b"\x1f\x8b") else None
            source = unzstd(stream) if start in ZSTD_STARTS else plain
            records = records_of(io.BufferedReader(source, 1 << 16) if source else stream)
            originals = Originals(member) if source is plain else None
            for record in records:
                offset = records.offset
                if record.rec_headers.get_header("Content-Length") is None:
                    raise ArchiveLoadFailed("a record without its length")
                place = Locator(dump, _name(record), plain.packed(offset) if plain else offset)
                found = _page(record, place) if record.rec_type in _CARRYING else None
                if originals and isinstance(found, Page):
                    originals.note(record, place)
                elif originals and isinstance(found, Rejection) and found.code == "revisit":
                    found = _revisited(record, place, originals) or found
                if found:
                    yield found
                elif companion := _companion(record, place):
                    yield companion
                if isinstance(found, Rejection) and found.code == "broken-container":
                    broken.add(place.offset or 0)
                records.read_to_end()
                end = records.offset
                if record.raw_stream.limit > 0:
                    yield from trouble((plain and plain.error) or "the file ends inside it", place.offset or 0)
                elif not is_as_named(record):
                    yield Rejection("bad-digest", "not the bytes that the record's own digest names", place)
    except _DAMAGED_HERE as error:
        what = plain.error or error if plain else error
        yield from trouble(what, plain.packed(max(offset, end)) if plain else max(offset, end))
        return
    if plain and plain.error:
        yield from trouble(plain.error, plain.starts[-1][1])


def _name(record: Any) -> str:
    return record.rec_headers.get_header("WARC-Record-ID") or ""


def _page(record: Any, locator: Locator) -> Page | Rejection | None:
    """The page of a record; None for pictures, styles, DNS answers and what else is no page."""
    if kept := Kept.read(record.rec_headers.get_header(HEADER)):
        return _kept(record, kept, locator) if kept.is_page else None
    target = _target(record)
    if not target.startswith(("http://", "https://")):
        return None
    url = _ascii(target)
    headers = record.http_headers
    status = int(headers.get_statuscode() or 200) if headers and (headers.get_statuscode() or "").isdigit() else 200
    source = headers or record.rec_headers
    content_type = source.get_header("Content-Type") or ""
    if record.rec_type == "revisit":
        return Rejection("revisit", f"repeats an earlier capture of {url}", locator) if _is_html(content_type) else None
    if content_type and not _is_html(content_type):
        return None
    captured_at = _moment(record.rec_headers.get_header("WARC-Date") or "")
    coding = _coding(record)
    try:
        content = _body(record, coding, MAX_MEMBER_BYTES)
    except (zlib.error, OSError, ValueError) as error:
        return Rejection("unreadable", str(error), locator)
    if len(content) > MAX_MEMBER_BYTES:
        return Rejection("too-large", f"more than {MAX_MEMBER_BYTES // 2**20} MiB", locator)
    if coding not in (*_CODINGS, *UNPACKED_HERE):
        page = Page(url, captured_at, content, content_type, locator, status)
        return Rejection("unreadable", f"the content coding {coding} is not known here", locator, page)
    if not content_type and not looks_like_html(content):
        return None
    page = Page(url, captured_at, content, content_type, locator, status)
    if record.raw_stream.limit > 0:
        return Rejection("broken-container", "the file ends inside this record", locator, page)
    if 300 <= status < 400:
        return Rejection("redirect", f"leads to {source.get_header('Location') or 'another address'}", locator, page)
    return page


def _kept(record: Any, kept: Kept, locator: Locator) -> Page | Rejection:
    """A page of another archive like this one, exactly as it was kept there."""
    content: bytes = record.raw_stream.read(MAX_MEMBER_BYTES + 1)
    if len(content) > MAX_MEMBER_BYTES:
        return Rejection("too-large", f"more than {MAX_MEMBER_BYTES // 2**20} MiB", locator)
    page = kept.page(content, _moment(record.rec_headers.get_header("WARC-Date") or ""), locator)
    if record.raw_stream.limit > 0 and isinstance(page, Page):
        return Rejection("broken-container", "the file ends inside this record", locator, page)
    return page


def _target(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")


def _coding(record: Any) -> str:
    headers = record.http_headers
    return (headers.get_header("Content-Encoding") or "").strip().lower() if headers else ""


def _body(record: Any, coding: str, most: int) -> bytes:
    """The body as it was before it was packed; of one that is too long, a little more than `most`."""
    if coding in UNPACKED_HERE:
        record.http_headers.remove_header("Content-Encoding")
    content: bytes = record.content_stream().read(most + 1)
    return unpack(content, coding) if coding in UNPACKED_HERE else content


def _companion(record: Any, locator: Locator) -> Companion | None:
    """The picture, style or font of a record."""
    headers = record.http_headers
    content_type = (headers or record.rec_headers).get_header("Content-Type") or ""
    is_whole = record.rec_type == "resource" or (headers and headers.get_statuscode() == "200")
    if record.rec_type not in ("response", "resource") or not is_whole or not is_shown_type(content_type):
        return None

    def read() -> bytes | None:
        coding = _coding(record)
        try:
            content = _body(record, coding, MAX_COMPANION_BYTES)
        except _DAMAGED_HERE:
            return None
        return content if len(content) <= MAX_COMPANION_BYTES and coding in (*_CODINGS, *UNPACKED_HERE) else None

    captured_at = _moment(record.rec_headers.get_header("WARC-Date") or "")
    kept = Kept.read(record.rec_headers.get_header(HEADER))
    address = kept.companion_name(locator.dump) if kept else _ascii(_target(record))
    return Companion(address, captured_at, locator, read, is_style_type(content_type)) if address else None


def _revisited(record: Any, locator: Locator, originals: Originals) -> Page | None:
    """The page that a revisit repeats: the bytes of the earlier response, the address and moment of this one."""
    for earlier in originals.of(record):
        first = _page(earlier, locator)
        if isinstance(first, Page):
            moment = _moment(record.rec_headers.get_header("WARC-Date") or "")
            return replace(first, url=_ascii(_target(record)), captured_at=moment)
    return None


def _is_html(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() in _PAGE_TYPES


def _ascii(url: str) -> str:
    """The address percent-encoded, as far as the record left letters in it; empty when it is none."""
    url, safe = url.replace("\x00", ""), "/%:@!$&'()*+,;=~?"
    try:
        parts = urlsplit(url)
        return (
            url
            if url.isascii()
            else parts._replace(path=quote(parts.path, safe), query=quote(parts.query, safe)).geturl()
        )
    except ValueError:
        return ""


def _moment(text: str) -> datetime:
    unknown = datetime(1980, 1, 1, tzinfo=UTC)
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return unknown
    return plausible(moment if moment.tzinfo else moment.replace(tzinfo=UTC)) or unknown
