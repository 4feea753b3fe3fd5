"""Why a page was read as it was: every visible line with its fate, for those who debug a layout."""

from __future__ import annotations

from dataclasses import dataclass

from archive.dumps import Page, Rejection

from .article import Article
from .evidence import label
from .lines import is_caption
from .parse import read_page
from .publisher import Catalogue
from .publishers import SHIPPED
from .sheet import Sheet
from .tree import text_of

KEPT = "text"


@dataclass(frozen=True, slots=True)
class Line:
    fate: str
    """`text` for a paragraph of the body; else what it is, or why it is no text"""
    text: str


def explain_page(page: Page, catalogue: Catalogue = SHIPPED) -> tuple[Article | Rejection, list[Line]]:
    """What a page says, and every line that a reader sees on it, in order: kept, or left out with the reason."""
    result, sheet = read_page(page, catalogue)
    return result, _lines(sheet) if sheet else []


def _lines(sheet: Sheet) -> list[Line]:
    found: list[Line] = []
    zones = iter([*sheet.zones, (len(sheet.blocks) + 1, None)])
    at, zone = next(zones)
    for place in range(len(sheet.blocks) + 1):
        while at <= place and zone is not None:
            if text := text_of(zone):
                found.append(Line(f"zone {label(zone)}", text))
            at, zone = next(zones)
        if place < len(sheet.blocks):
            found.append(Line(_fate(sheet, place), sheet.blocks[place].text))
    return found


def _fate(sheet: Sheet, at: int) -> str:
    body, block = sheet.body, sheet.blocks[at]
    if at == sheet.headline_at:
        return "headline"
    if body is None or body.first < 0:
        return "no text found"
    if at in body.places:
        return KEPT
    if at in sheet.taken:
        return "credit or date"
    if at in body.removed:
        return body.removed[at]
    if sheet.evidence.get("lead", ("", ""))[1] is block.element:
        return "lead"
    if is_caption(block):
        return "caption"
    return "before the text" if at < body.first else "after the text" if at > body.last else "beside the text"
