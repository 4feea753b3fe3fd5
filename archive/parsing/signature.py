"""Who signs the story and from where: which line of the page is its credit."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, takewhile

from archive.arabic import find_date, is_place, key

from .blocks import Block
from .credits import (
    Credit,
    begins_like_a_person,
    is_agency,
    is_bare_name,
    is_nobody,
    is_person,
    may_name_writer_and_place,
    people_in,
    read_credit,
)
from .lines import is_caption
from .sheet import Sheet, is_near
from .structured import Said
from .tree import Element, holds_less, start_of, upwards

_MARKS = re.compile(r"author|byline|writer|writeby|reporter|journalist|coring|katib|credit|source", re.I)
_INLINE = (
    re.compile(r"^(?P<place>[^.!؟:()/\d]{2,30}?)\s+في\s+\d{1,2}\s+[^/.:]{3,20}/\s*(?P<agency>[^/]{2,20})/"),
    re.compile(r"^(?P<place>[^.!؟:()«»\-–ـ]{2,30}?)\s*[-–ـ]\s*«(?P<agency>[^»]{2,30})»\s*:"),
    re.compile(r"^(?P<place>[^.!؟:()\-–ـ]{4,40}\s(?:[-–ـ]|من)\s[^.!؟:()\-–ـ]{2,25})(?P<agency>):\s"),
    re.compile(
        r"^(?P<place>[^.!؟:()]{2,45}?)(?:\s+\d{1,2}\s+\S+(?:\s+[^\s(]+){0,2})?\s*\((?P<agency>[^)]{2,20})\)\s*(?:[-–—ـ:]|$)"
    ),
    re.compile(r"^(?P<place>[^.!؟:]{2,45}?\)?)\s*(?:--+|[–—]|\s?[-ـ]\s|:)\s*(?:\((?P<agency>[^)]{2,20})\))?"),
    re.compile(r"^(?P<place>[^.!؟:()\d]{2,30}?)\s+\d{1,2}\s[^.:()]{8,70}\s(?:م|هـ)?\s*(?P<agency>[^\d.:()]{2,20})$"),
)
"""«أبوظبي في 14 مارس / وام / …», «فيصل القرشي - جدة: …», «عمان 12 أيار (بترا)- …», «توزر (أ ف ب) --»,
«تونس – (رويترز)», «عنابة: », «الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس»"""
_AT_END = re.compile(r"[-–—ـ]*\s*\((?P<agency>[^()]{2,20})\)\W*$")
_PIECES = re.compile(r"\s+[-–—ـ|]+\s+|\s*(?:[|•·]|::)\s*")
_WHEN = re.compile(
    r"\s+(?:(?:في|بتاريخ|يوم|الساعة)\s+)?(?:(?:ال[إا]?ثنين|الثلاثاء|ال[أا]ربعاء|الخميس|الجمعة|السبت|ال[أا]حد)[،,]?\s+)?\d.*$"
)
_AROUND = 4  # blocks after the text that may hold the credit
_ABOVE = 4  # blocks before the headline that may: a columnist stands above his column
_LONGEST = 100
_LONGEST_SIGNATURE = 60
_PIECES_OF_A_LINE = 30
_MOST_TOLD = 20
_SMALL = 9  # letters: a weekday


def find_credit(sheet: Sheet) -> Credit:
    """The credit; its blocks before the text are marked as taken.

    By trust: the layout's line, lines between headline and text (one may name the writer, the next the place), what
    machines are told, how the text begins, a line at its end. The last two stay in the text.
    """
    at, body = sheet.headline_at, sheet.body
    last = body.last if body and body.last >= 0 else at + 12
    first = sheet.text_at if sheet.text_at >= 0 else last
    if found := _named_credit(sheet, range(max(0, at - 3), min(len(sheet.blocks), last + 1 + _AROUND))):
        return found
    found = Credit()
    for place in [*sheet.between(at + 1, first + 2), *range(max(0, at - _ABOVE), at)]:
        credit = _credit_line(sheet, place, may_be_bare=at < place < first)
        if credit and found.people and place > at and _is_marked(sheet.blocks[place]):
            others = [name for name in credit.people if begins_like_a_person(name) and name not in found.people]
            found = replace(found, people=(*found.people, *others))
        if credit and (place > at or credit.people):  # above, a place alone is the weather's
            found = found.completed_by(credit)
            if place <= first or _is_below_deck(sheet, place, credit):
                sheet.taken.add(place)
    found = _with_machine_names(sheet, found)
    if not found.places:
        found = found.completed_by(_inline_dateline(sheet))
    if not found.people:
        below = range(max(first + 2, last - 1), min(len(sheet.blocks), last + 1 + _AROUND))
        found = found.completed_by(_at_the_end(sheet, below))
    sheet.unsure = found.unsure or (sheet.unsure and not (found.people or found.places))
    return _spoken(sheet, found.completed_by(_agency_at_end(sheet)), "")


def _named_credit(sheet: Sheet, places: range) -> Credit | None:
    """What the layout's line says, or its part of a line that also bears a date."""
    order = sheet.layout.order if sheet.layout else ""
    lines = {sheet.blocks[at].element: at for at in reversed(places)} if sheet.named("credit") else {}
    for element in sheet.named("credit"):
        at = next((lines[one] for one in upwards(element, 3) if one in lines), -1)
        if at < 0:
            continue
        block = sheet.blocks[at]
        if (block.is_link and block.heading) or len(block.text) > 2 * _LONGEST:
            continue
        credit = read_credit(_undated(start_of(element, 2 * _LONGEST)), sheet.papers, order, True)
        if credit is not None:
            sheet.taken.add(at)
            return _spoken(sheet, credit, sheet.voice, element)
    return None


def _at_the_end(sheet: Sheet, places: range) -> Credit:
    """A signature below the text: an agency, a place, or a person who says «بقلم» or is marked as the writer."""
    for place in places:
        block = sheet.blocks[place]
        if place > (sheet.body.last if sheet.body else -1) and (block.heading or block.is_link):
            break  # other stories begin
        is_last = sheet.body is not None and place == sheet.body.last
        is_last |= sheet.body is not None and sheet.body.removed.get(place) == "label"
        is_listed = is_bare_name(sheet.blocks[place - 2].text)  # the last of several names
        credit = _credit_line(sheet, place, may_be_bare=is_last and not is_listed)
        inside = sheet.body is not None and place <= sheet.body.last
        if credit and (is_last and is_bare_name(block.text) or (inside and _is_signature(block, credit))):
            # a name or a credit alone is no text of the story, nor is the paper's below it
            below = range(place + 1, places.stop)
            sheet.taken |= {place, *(at for at in below if sheet.blocks[at].key in sheet.papers)}
            above = sheet.blocks[place - 1].text
            if is_last and is_bare_name(block.text) and is_bare_name(above):  # two writers, a line for each
                sheet.taken.add(place - 1)
                return replace(credit, people=(*people_in(above), *credit.people))
            return credit
        if credit and (not credit.people or credit.signed or _is_marked(block)):
            return credit
    return Credit()


def _is_below_deck(sheet: Sheet, place: int, credit: Credit) -> bool:
    """Whether a line is the credit below a deck: «القاهرة - سارة وليد» after what seemed the first paragraph."""
    return bool(
        place == sheet.text_at + 1 and credit.people and credit.places and _is_signature(sheet.blocks[place], credit)
    )


def _is_signature(block: Block, credit: Credit) -> bool:
    """Whether a line of the text is a credit and nothing else: «الخرطوم: هالة عبد الماجد», «تقرير: سماح عبد الرازق»."""
    return credit.sure and len(block.text) < _LONGEST_SIGNATURE and not block.text.endswith((".", "!", "؟"))


def _credit_line(sheet: Sheet, place: int, may_be_bare: bool = False) -> Credit | None:
    """What a line says that could be a credit; `may_be_bare` where a name alone is one by its place."""
    if not 0 <= place < len(sheet.blocks):
        return None
    block = sheet.blocks[place]
    if len(block.text) > _LONGEST or block.heading == 1 or block.in_card or is_caption(block):
        return None
    marked, line = _is_marked(block), _undated(block.text)
    found = _marked_inside(sheet, block) if line != block.text else None
    marked |= found is not None
    found = found or read_credit(line, sheet.papers, sheet.order, marked)
    if not found and (inside := _marked_inside(sheet, block)):
        marked, found = True, inside
    if not found and may_be_bare and (is_bare_name(line) or may_name_writer_and_place(line)):
        if sheet.order or is_bare_name(line):
            marked, found = True, read_credit(line, sheet.papers, sheet.order, True)
        else:
            sheet.unsure = True
    if not found or not (marked or found.sure):
        return None
    if not marked and is_place(line) and (block.is_link or block.element.tag in ("th", "td", "li")):
        return None  # a region in a menu, a city in a table
    if marked and len(found.people) < len(block.links) and (linked := _linked_people(block)):
        found = replace(found, people=linked)
    rule = "learnt-order" if sheet.order else "credit-class" if marked else "credit-line"
    return _spoken(sheet, found, rule, block.element)


_TIME = re.compile(
    r"(?:الساعة\s+)?\d{1,2}:\d\d(?::\d\d)?(?:\s*[صم](?!\w)|\s*(?:صباح|مساء)\S*)?(?:\s*\(?GMT[^)\s]*\)?)?", re.I
)
_DAY = re.compile(r"(?<!\d)(?:\d{1,2}([-/.])\d{1,2}\1\d{4}|\d{4}([-/.])\d{1,2}\2\d{1,2})(?!\d)")
_BESIDE_A_DATE = frozenset(
    map(key, "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد الساعة بتاريخ GMT م هـ".split())
)
_COUNTER = re.compile(
    r"\d[\d,.]*\s*(?:قراء\w+|مشاهد\w+|زيار\w+|تعليق\w*|زائر\w*)|"
    r"(?:عدد )?(?:ال)?(?:قراء\w+|مشاهد\w+|زيار\w+|تعليقات)\s*:?\s*\d[\d,.]*"
)
"""What else old templates print in the line of a credit."""


def _linked_people(block: Block) -> tuple[str, ...]:
    """The writers of a line in which each has a link and nothing but a space parts them."""
    names = [words for _, words in block.links]
    return (
        tuple(names) if len(names) > 1 and all(is_person(name) and begins_like_a_person(name) for name in names) else ()
    )


def _undated(text: str) -> str:
    """A credit line without the pieces that are but a date: «جاسم الدوسي - المنامة - 24 أغسطس 2020»."""
    if not any(letter.isdigit() for letter in text):
        return text
    text = _TIME.sub(" | ", _COUNTER.sub(" | ", _DAY.sub(" | ", text)))
    pieces = (_without_date(piece) for piece in _PIECES.split(text))
    pieces = (piece.strip(" ()[],،") for piece in pieces)
    pieces = (piece for piece in pieces if piece and key(piece) not in _BESIDE_A_DATE)
    return " - ".join(piece for piece in pieces if not any(letter.isdigit() for letter in piece))


def _without_date(piece: str) -> str:
    """A piece that ends in a date without it; as it is where more than the date follows («الرياض 26 شوال … واس»)."""
    name, dated = _WHEN.sub("", f" {piece}").strip(), find_date(piece)
    return name if dated and len(key(dated[1])) <= len(key(name)) + _SMALL else piece


def _marked_inside(sheet: Sheet, block: Block) -> Credit | None:
    """The credit in a line that also bears a date and the like: the pieces of it that are marked as one, or that are
    set apart and can be nothing else."""
    found = Credit()
    for piece in islice(block.element.iter("span", "a", "b", "strong"), _PIECES_OF_A_LINE):
        text = start_of(piece, _LONGEST)
        if len(text) < len(block.text) and not any(letter.isdigit() for letter in text):
            credit = read_credit(text, sheet.papers, "", is_bare_name(text))
            if credit and (credit.sure or is_bare_name(text)):
                found = found.completed_by(credit)
    if found.people and found.places:
        return found
    for piece in islice(block.element.iter("span", "a", "b", "strong", "em", "cite"), _PIECES_OF_A_LINE):
        if _MARKS.search(piece.get("class") or ""):
            if marked := read_credit(start_of(piece, 2 * _LONGEST), sheet.papers, "", True):
                return marked
    return None


def _inline_dateline(sheet: Sheet) -> Credit:
    """What the text begins with: «توزر (أ ف ب) --», «تونس – (رويترز)», «عنابة: »; it stays in the text."""
    if sheet.body is None or not sheet.body.paragraphs:
        return Credit()
    for form in _INLINE:
        if start := form.match(sheet.body.paragraphs[0][:120]):
            named = read_credit(f"{start['place']} - {start['agency'] or ''}", sheet.papers)
            found = named or read_credit(start["place"], sheet.papers)  # the brackets may name anybody
            if found and found.places and all(map(begins_like_a_person, found.people)):
                sheet.say("dateline", "inline", sheet.where(sheet.body.first))
                if found.people and "byline" not in sheet.evidence:
                    sheet.say("byline", "inline", sheet.where(sheet.body.first))
                return found
    return Credit()


def _agency_at_end(sheet: Sheet) -> Credit:
    """The agency that the last paragraph names in brackets at its end."""
    end = _AT_END.search(sheet.body.paragraphs[-1][-40:]) if sheet.body and sheet.body.paragraphs else None
    return Credit(agencies=(end["agency"],)) if end and is_agency(end["agency"]) else Credit()


def _is_marked(block: Block) -> bool:
    """Whether class, rel or itemprop marks a block as a credit."""
    for link in islice(block.element.iter("a", "span"), _PIECES_OF_A_LINE):
        if link.get("rel") == "author" or link.get("itemprop") == "author":
            return True
    for element in takewhile(lambda one: one.tag != "body", upwards(block.element, 3)):
        names = element.get("class"), element.get("id"), element.get("itemprop")
        if any(name and _MARKS.search(name) for name in names):
            return element is block.element or holds_less(element, 2 * _LONGEST)
    return False


def _with_machine_names(sheet: Sheet, credit: Credit) -> Credit:
    """The credit, with the names that machines are told where the printed line gives none."""
    people, agencies, places = list(credit.people), list(credit.agencies), list(credit.places)
    told = [*sheet.structured.all("author"), *sheet.structured.all("agency")]
    for said in told[:_MOST_TOLD]:
        name = said.value if isinstance(said.value, str) else ""
        if not 0 < len(name) <= 2 * _LONGEST or is_nobody(name, sheet.papers) or not _is_ours(sheet, said):
            continue
        if is_agency(name):
            agencies += [] if name in agencies else [name]
        elif said.voice in _PERSONAL and (names := people_in(name, _shortest(said))) or _is_somebody(name):
            for person in names if said.voice in _PERSONAL else people_in(name):
                if not credit.people and person not in people:
                    people.append(person)
                    sheet.say("byline", said.voice, said.name if said.where is None else said.where)
        elif (found := read_credit(name, sheet.papers)) and found.sure:
            people += [] if credit.people else [person for person in found.people if person not in people]
            places += [] if places else list(found.places)
            agencies += [agency for agency in found.agencies if agency not in agencies]
    return replace(credit, people=tuple(people), agencies=tuple(agencies), places=tuple(places))


_PERSONAL = ("json-ld", "microdata", "rel-author")
"""Vocabularies in which a writer's place is filled by hand; meta tags often name the site or its developer."""


def _shortest(said: Said) -> int:
    """Words that make a name: a link to the writer's page may bear a pen name."""
    return 1 if said.voice == "rel-author" and re.fullmatch(r"[\u0621-\u064a]+", said.value) else 2


def _is_somebody(name: str) -> bool:
    """Whether a meta tag's author is a person beyond doubt."""
    return begins_like_a_person(name) and is_person(name)


def _is_ours(sheet: Sheet, said: Said) -> bool:
    """Whether a name belongs to this story: not to a columnist in the side column, not to a comment."""
    return said.voice != "opengraph" and (said.where is None or is_near(said.where, sheet))


def _spoken(sheet: Sheet, credit: Credit, voice: str, where: Element | str = "") -> Credit:
    if credit.people and voice and "byline" not in sheet.evidence:
        sheet.say("byline", voice, where)
    if credit.places and "dateline" not in sheet.evidence:
        sheet.say("dateline", voice or "machine-names", where)
    return credit
