"""A page as it was saved, and the plain refusal of what is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

_YEARS = range(1970, 2300)


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a page lay: the dump, the member in it, the byte at which its record begins."""

    dump: str
    member: str = ""
    offset: int | None = None

    def __str__(self) -> str:
        return f"{self.dump}!{self.member}" if self.member else self.dump


@dataclass(frozen=True, slots=True)
class Page:
    """One saved response."""

    url: str
    """absolute, percent-encoded; empty when nothing in the dump tells it"""
    captured_at: datetime
    """when the page was saved (aware)"""
    content: bytes
    """the body as it came, without transfer or content encoding"""
    content_type: str
    """the Content-Type the server sent; empty when unknown"""
    locator: Locator
    status: int = 200
    url_guessed: bool = False
    """the address was put together from folder and file names, so its ending may be the saving tool's"""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why something in a dump is no article. `code` is stable; `detail` is for people."""

    code: str
    detail: str
    locator: Locator
    page: Page | None = None
    """the page itself where its bytes could be read; null for what could not be read at all"""


def plausible(moment: datetime) -> datetime | None:
    """A moment of saving; null for one at an end of time, which no clock of another zone can show."""
    return moment.astimezone(UTC) if moment.year in _YEARS else None


def legible(name: str) -> str:
    """A name as text: bytes that are no UTF-8 are Arabic of Windows."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("cp1256", "replace")
    return name
