"""Who signs the story and from where: which line of the page is its credit."""

from __future__ import annotations

import re

from .blocks import Block
from .body import is_caption
from .credits import Credit, is_agency, is_nobody, is_person, read_credit
from .sheet import Sheet
from .tree import Element, holds_less, text_of

_MARKS = re.compile(r"author|byline|writer|writeby|reporter|journalist|coring|katib|credit|source", re.I)
_INLINE = re.compile(r"^([^.!؟:]{2,45}?\)?)\s*(?:--+|[–—]|\s[-ـ]\s|:)\s*(?:\((?P<agency>[^)]{2,20})\))?")
_AROUND = 4  # blocks after the text, and three before the headline, that may hold the credit
_LONGEST = 100


def find_credit(sheet: Sheet) -> Credit:
    """The credit; its blocks before the text are marked as taken.

    By trust: the layout's line, lines between headline and text (one may name the writer, the next the place), what
    machines are told, how the text begins, a line at its end. The last two stay in the text.
    """
    at, body = sheet.headline_at, sheet.body
    last = body.last if body and body.last >= 0 else at + 12
    first = sheet.text_at if sheet.text_at >= 0 else last
    found, taken = Credit(), sheet.taken
    if sheet.named("credit"):
        order = sheet.layout.order if sheet.layout else ""
        for place in range(max(0, at - 3), min(len(sheet.blocks), last + 1 + _AROUND)):
            block = sheet.blocks[place]
            if sheet.is_named("credit", block) and not block.is_link:
                if (credit := read_credit(block.text, sheet.papers, order, True)) is not None:
                    taken.add(place)
                    return _spoken(sheet, credit, sheet.voice, block.element)
    else:
        for place in [*range(at + 1, first + 2), *range(max(0, at - 3), at)]:
            if credit := _credit_line(sheet, place):
                found = found.completed_by(credit)
                if place <= first:
                    taken.add(place)
    found = _with_machine_names(sheet, found)
    if not found.places:
        found = found.completed_by(_inline_dateline(sheet))
    for place in () if found else range(max(first + 2, last - 1), last + 1 + _AROUND):
        credit = _credit_line(sheet, place)
        if credit and (not credit.people or _is_marked(sheet.blocks[place])):
            return credit
    return _spoken(sheet, found, "")


def _credit_line(sheet: Sheet, place: int) -> Credit | None:
    if not 0 <= place < len(sheet.blocks):
        return None
    block = sheet.blocks[place]
    if len(block.text) > _LONGEST or block.heading == 1 or is_caption(block):
        return None
    marked = _is_marked(block)
    found = read_credit(block.text, sheet.papers, "", marked) or _marked_inside(sheet, block)
    if not found or not (marked or found.sure):
        return None
    return _spoken(sheet, found, "credit-class" if marked else "credit-line", block.element)


def _marked_inside(sheet: Sheet, block: Block) -> Credit | None:
    """The credit in a line that also bears a date and the like: the piece of it that is marked as one."""
    for piece in block.element.iter("span", "a", "b", "strong", "em", "cite"):
        if _MARKS.search(piece.get("class") or "") and (found := read_credit(text_of(piece), sheet.papers, "", True)):
            return found
    return None


def _inline_dateline(sheet: Sheet) -> Credit:
    """What the text begins with: «توزر (أ ف ب) --», «تونس – (رويترز)», «عنابة: »; it stays in the text."""
    if sheet.body is None or not sheet.body.paragraphs:
        return Credit()
    start = _INLINE.match(sheet.body.paragraphs[0])
    found = read_credit(f"{start[1]} - {start['agency'] or ''}", sheet.papers) if start else None
    if not found or found.people or not found.places:
        return Credit()
    sheet.say("dateline", "inline", sheet.where(sheet.body.first))
    return found


def _is_marked(block: Block) -> bool:
    """Whether class, rel or itemprop marks a block as a credit."""
    for link in block.element.iter("a", "span"):
        if link.get("rel") == "author" or link.get("itemprop") == "author":
            return True
    element: Element | None = block.element
    for level in range(3):
        if element is None or element.tag == "body":
            return False
        names = element.get("class"), element.get("id"), element.get("itemprop")
        if any(name and _MARKS.search(name) for name in names):
            return level == 0 or holds_less(element, 2 * _LONGEST)
        element = element.getparent()
    return False


def _with_machine_names(sheet: Sheet, credit: Credit) -> Credit:
    """The credit, with the names that machines are told where the printed line gives none."""
    people, agencies, places = list(credit.people), list(credit.agencies), list(credit.places)
    for said in [*sheet.structured.all("author"), *sheet.structured.all("agency")]:
        name = said.value if isinstance(said.value, str) else ""
        if not name or said.voice == "opengraph" or is_nobody(name, sheet.papers):
            continue
        if is_agency(name):
            agencies += [] if name in agencies else [name]
        elif said.voice in ("json-ld", "microdata", "rel-author") and is_person(name):
            if not credit.people and name not in people:
                people.append(name)
                sheet.say("byline", said.voice, said.name)
        elif (found := read_credit(name, sheet.papers)) and found.sure:
            people += [] if credit.people else [person for person in found.people if person not in people]
            places += [] if places else list(found.places)
            agencies += [agency for agency in found.agencies if agency not in agencies]
    return Credit(tuple(people), tuple(agencies), tuple(places), credit.sure)


def _spoken(sheet: Sheet, credit: Credit, voice: str, where: Element | str = "") -> Credit:
    if credit.people and voice and "byline" not in sheet.evidence:
        sheet.say("byline", voice, where)
    if credit.places and "dateline" not in sheet.evidence:
        sheet.say("dateline", voice or "machine-names", where)
    return credit
