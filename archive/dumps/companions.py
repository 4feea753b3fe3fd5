"""What a saved page is shown with: pictures, styles and fonts, under the address or the place they came from.

Scripts and anything else that runs are none; what a companion is, its first bytes say, never its name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from .html import capture_time, looks_like_page, url_from_path
from .members import Member, read_bytes
from .page import Locator, Rejection

MAX_COMPANION_BYTES = 16 * 2**20
STYLE = "text/css"
_SHOWN = "png jpg jpeg jpe jfif gif webp avif svg ico bmp css woff woff2 ttf otf".split()
_SHOWN_FILE = re.compile(rf"\.(?:{'|'.join(_SHOWN)})(?P<query>[?@][^/]*)?$", re.I)
_STYLE_FILE = re.compile(r"\.css(?:[?@][^/]*)?$", re.I)
_SHOWN_TYPES = re.compile(r"image/|font/|text/css|application/(?:x-)?font|application/(?:vnd\.ms-opentype|font-)", re.I)
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OTTO", "font/otf"),
    (b"\x00\x01\x00\x00", "font/ttf"),
    (b"true", "font/ttf"),
)
_SVG = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]", re.S | re.I
)


@dataclass(frozen=True, slots=True)
class Companion:
    """Something beside a page. `read` may be called once, before the next find of the dump is asked for."""

    name: str
    """its absolute address; where none is known, its place in the dump"""
    captured_at: datetime
    locator: Locator
    read: Callable[[], bytes | None]
    """its bytes; null where they cannot be had or are too many"""
    is_style: bool = False
    """declared as a style sheet, which no first bytes tell"""


def companion_of(member: Member) -> Companion:
    """A file that its name says to be a picture, a style or a font."""

    def read() -> bytes | None:
        content = read_bytes(member, MAX_COMPANION_BYTES)
        return None if isinstance(content, Rejection) else content

    name = url_from_path(member.name) or str(member.locator)
    moment = capture_time(member.name, member.modified_at)
    return Companion(name, moment, member.locator, read, bool(_STYLE_FILE.search(member.name)))


def is_shown_file(name: str, *, with_query: bool = False) -> bool:
    """Whether a name is that of a picture, a style or a font; «a.css?v=2» only where a page was looked for first."""
    found = _SHOWN_FILE.search(name)
    return bool(found and (with_query or not found["query"]) and not looks_like_page(name))


def is_shown_type(content_type: str) -> bool:
    return bool(_SHOWN_TYPES.match(content_type.strip()))


def is_style_type(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == STYLE


def kind_of(content: bytes, *, is_style: bool = False) -> str:
    """The type under which bytes are safely shown; empty for what is no picture, style or font."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    if content[:2] == b"BM" and content[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if _SVG.match(content[:4096]):
        return "image/svg+xml"
    if is_style and b"\x00" not in content and not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return STYLE
    return ""


def companion_key(name: str) -> str:
    """One key for the forms of a name: scheme, fragment and percent signs make no difference."""
    if name.startswith(("http://", "https://")):
        try:
            parts = urlsplit(name)
        except ValueError:
            return ""
        plain = f"{parts.netloc.lower()}{unquote(parts.path)}?{unquote(parts.query)}"
    else:
        plain = f"place:{name}"
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:40]
