"""MHTML (RFC 2557): a page that a browser saved with all its parts as one mail message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from .companions import MAX_COMPANION_BYTES, Companion, is_shown_type, is_style_type
from .html import looks_like_html, original
from .members import Member, read_bytes
from .page import Page, Rejection, plausible


def read_mhtml(member: Member) -> Iterator[Page | Rejection | Companion]:
    """The page that the message is about; frames, pictures and styles in it are parts of that page."""
    content = read_bytes(member)
    if isinstance(content, Rejection):
        yield content
        return
    try:
        message = BytesParser().parsebytes(content)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except RecursionError:
        yield Rejection("broken-container", "parts within parts, deeper than in any page", member.locator)
        return
    root = _root(message, parts)
    body = root.get_payload(decode=True) if root is not None else None
    if root is None or not isinstance(body, bytes):
        yield Rejection("broken-container", "a saved page without a part that is one", member.locator)
        return
    said = message.get("Snapshot-Content-Location") or root.get("Content-Location") or root.get("Content-Base") or ""
    url, captured_at = original("".join(str(said).split()), _moment(message) or member.modified_at)
    yield Page(url, captured_at, body, str(root.get("Content-Type") or ""), member.locator)
    for part in parts:
        if part is not root and is_shown_type(part.get_content_type()):
            yield from _companions(part, captured_at, member)


def _companions(part: Message, captured_at: datetime, member: Member) -> Iterator[Companion]:
    """A part under its address, and under the number by which the page may call it («cid:…»)."""

    def read() -> bytes | None:
        content = part.get_payload(decode=True)
        return content if isinstance(content, bytes) and len(content) <= MAX_COMPANION_BYTES else None

    is_style = is_style_type(part.get_content_type())
    address = "".join(str(part.get("Content-Location") or "").split())
    number = str(part.get("Content-ID") or "").strip("<> ")
    for name in (address, f"{member.locator}!cid:{number}" if number else ""):
        if name.startswith(("http://", "https://")):
            yield Companion(original(name, captured_at)[0], captured_at, member.locator, read, is_style)
        elif name:
            place = name if "!" in name else f"{member.locator}!{name}"
            yield Companion(place, captured_at, member.locator, read, is_style)


def _root(message: Message, parts: list[Message]) -> Message | None:
    """The part named as the start, else the first that is HTML."""
    start = str(message.get_param("start") or "").strip("<> ")
    pages = [part for part in parts if _is_page(part)]
    named = (part for part in pages if start and str(part.get("Content-ID") or "").strip("<> ") == start)
    return next(named, pages[0] if pages else None)


def _is_page(part: Message) -> bool:
    if part.get_content_type() in ("text/html", "application/xhtml+xml"):
        return True
    body = part.get_payload(decode=True) if part.get_content_type() == "text/plain" else None
    return isinstance(body, bytes) and looks_like_html(body)


def _moment(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(message.get("Date") or ""))
    except (ValueError, TypeError, OverflowError):
        return None
    return plausible(found if found.tzinfo else found.replace(tzinfo=UTC))
