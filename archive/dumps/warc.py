"""WARC (ISO 28500) and ARC files: every response that is a page, streamed record by record."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import quote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from .html import looks_like_html
from .members import DAMAGED, MAX_MEMBER_BYTES, Member
from .page import Locator, Page, Rejection

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_CODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
_CARRYING = ("response", "resource", "revisit")


def read_warc(member: Member) -> Iterator[Page | Rejection]:
    """Pages of a WARC. A file that ends in the middle of a record says so: readers stop there without a word."""
    dump, offset, end, size = str(member.locator), 0, 0, None
    try:
        with member.open() as stream:
            size = stream.seek(0, 2) if stream.seekable() else None
            if size is not None:
                stream.seek(0)
            records = ArchiveIterator(stream, arc2warc=True)
            for record in records:
                offset = records.offset
                if record.rec_headers.get_header("Content-Length") is None:
                    raise ArchiveLoadFailed("a record without its length")
                found = _page(record, Locator(dump, _name(record), offset)) if record.rec_type in _CARRYING else None
                if found:
                    yield found
                records.read_to_end()
                end = records.offset
                if record.raw_stream.limit > 0 and not found:
                    yield Rejection("broken-container", "the file ends inside a record", Locator(dump, offset=offset))
    except (ArchiveLoadFailed, *DAMAGED, AttributeError, KeyError) as error:
        yield Rejection("broken-container", f"unreadable record: {error}", Locator(dump, offset=max(offset, end)))
        return
    if size is not None and end < size and not _only_padding(member, end):
        yield Rejection("broken-container", "the file ends inside a record", Locator(dump, offset=end))


def _name(record: Any) -> str:
    return record.rec_headers.get_header("WARC-Record-ID") or ""


def _page(record: Any, locator: Locator) -> Page | Rejection | None:
    """The page of a record; None for pictures, styles, DNS answers and what else is no page."""
    target = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
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
    try:
        content = record.content_stream().read(MAX_MEMBER_BYTES + 1)
    except (zlib.error, OSError, ValueError) as error:
        return Rejection("unreadable", str(error), locator)
    if len(content) > MAX_MEMBER_BYTES:
        return Rejection("too-large", f"more than {MAX_MEMBER_BYTES // 2**20} MiB", locator)
    coding = (headers.get_header("Content-Encoding") or "").strip().lower() if headers else ""
    if coding not in _CODINGS:
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
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime(1980, 1, 1, tzinfo=UTC)
    return moment


def _only_padding(member: Member, end: int) -> bool:
    """Whether nothing but empty gzip members and line ends follows the last record."""
    with member.open() as stream:
        stream.seek(end)
        rest = stream.read(1024)
        if rest[:2] == b"\x1f\x8b":
            try:
                return not _gunzip(stream, end).strip()
            except (OSError, EOFError, zlib.error):
                return False
        return not rest.strip()


def _gunzip(stream: IO[bytes], start: int) -> bytes:
    stream.seek(start)
    with gzip.GzipFile(fileobj=stream) as members:
        return members.read(1024)
