"""The mark on records of a WARC that an archive like this one wrote of its own pages: what plain WARC has no word for.

Without it a page would come back with an address that was only guessed as one that is known, and a page that could not
be read to its end as a whole one.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime

from .page import Locator, Page, Rejection

HEADER = "Warraq-Kept"
_CODE = re.compile(r"[a-z][a-z-]{0,38}")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""What JSON may hold and no row does."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an archive knew of a record beside its bytes, its moment and its type."""

    name: str
    """its address, exactly as it was; empty where none was known. Of a companion it may be a place"""
    is_page: bool = True
    """no companion"""
    place: str = ""
    """where a page lay in the dump that it came from: its companions are found from there"""
    status: int = 200
    content_type: str = ""
    guessed: bool = False
    code: str = ""
    """why the page was refused before a parser saw it"""
    detail: str = ""

    def line(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, line: str | None) -> Kept | None:
        """The mark of a record; null where it has none, or one that was not written here."""
        try:
            kept = cls(**json.loads(line or ""))
        except (ValueError, TypeError, RecursionError):
            return None
        kinds = {name: type(value) for name, value in asdict(cls("")).items()}
        is_whole = all(type(getattr(kept, name)) is kind for name, kind in kinds.items())
        texts = kept.name, kept.place, kept.content_type, kept.detail
        is_whole = is_whole and not any(map(_UNWRITABLE.search, texts))
        return kept if is_whole and 0 <= kept.status < 1000 and (not kept.code or _CODE.fullmatch(kept.code)) else None

    def page(self, content: bytes, captured_at: datetime, record: Locator) -> Page | Rejection:
        locator = Locator(record.dump, self.place or record.member, record.offset)
        page = Page(
            self.name if self.has_address else "",
            captured_at,
            content,
            self.content_type,
            locator,
            self.status,
            self.guessed,
        )
        return Rejection(self.code, self.detail, locator, page) if self.code else page

    def companion_name(self, dump: str) -> str:
        return self.name if self.has_address else f"{dump}!{self.name}"

    @property
    def has_address(self) -> bool:
        return self.name.startswith(("http://", "https://"))
