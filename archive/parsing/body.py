"""The body: which lines of the story's box are its text.

It reads them in the order of the page, short paragraphs too; out go related links, calls to follow or share, captions
and what is printed after the end. Which box it is, the layout or the markup says, else `container` finds it; what a
line is by itself, `lines` knows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.arabic import find_date, key, squeeze

from .article import Link
from .blocks import Block
from .container import ENOUGH, find_container
from .lines import DENSE_FROM, ENDS_SENTENCE, LEAD_NAMES, MARKS, is_caption, is_dense, is_line, links_of, style
from .tree import Element, holds_less, text_of, within

if TYPE_CHECKING:
    from .sheet import Sheet

_MOST_LOOKED_AT = 3_000  # lines: a longer text is some list, and all of it is text
_MARKS_APART = 12  # letters by which two printings of one headline differ: quotation marks, stretching
_LONGEST_NOTICE = 600  # letters of what a paper says of itself below a story
_LONGEST_MARK = 160  # letters of a line that may be something other than text
_MOST_RELATED = 6  # links below one line that announces them
_MOST_COPIES = 5  # printings of the headline below which its story may stand once more
_MANY_WORDS = 3  # single words after the end that are keywords
_CELLS = ("td", "th")
_LONGEST_CELL = 25
_LONGEST_TIME = 12
_TIME = re.compile(r"\d{1,2}:\d\d(?:\s*[صم])?")
_INITIALS = re.compile(r"(?:[\u0621-\u064a]{1,2}\s*[./\s]\s*)+[\u0621-\u064a]{1,2}\.?")
"""Who typed and who edited, below an agency's story: «ر.ط/ ر.ح»."""
_STANDFIRST = re.compile(rf"{LEAD_NAMES}|desc", re.I)
_SAME_ROW = "\x00"
"""In place of a paragraph: a cell whose row stands at its first cell."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_LONGEST_DATE_LINE = 60
_NOTICE = re.compile(
    r"\W*(?:(?:جميع |كل )?الاراء (?:الوارده|المنشوره).{0,80}(?:تعبر|تمثل|تعكس)|الاخبار المنشوره علي|ترحب شبكه|"
    r"التعليقات (?:المنشوره|الوارده) |اخلاء مسووليه|ملحوظه ?:? مضمون|"
    r"(?:هذا |هذه |جميع |كل )?(?:ال)?(?:مقال|راي|ماده|مواد).{0,30}(?:يعبر|تعبر) عن (?:راي|اراء|وجهه نظر) "
    r"(?:ال)?(?:كاتب|كتاب|صاحب|اصحاب))"
)
"""What a paper says of itself below a story."""
_LENS = re.compile(r"\W*(?:عدسه|تصوير) ?[:/]")
"""How a line begins that tells who took the pictures."""
_THE_END = key("النهاية")
_BREAKS = re.compile(r"[\r\n]+|<br\s*/?>|</p>")
_NOTHING: Mapping[int, str] = {}


@dataclass(slots=True)
class Body:
    paragraphs: list[str] = field(default_factory=list)
    first: int = -1
    """place of its first paragraph among the blocks"""
    last: int = -1
    first_dense: int = -1
    """place of its first full paragraph: what stands before it may be credit and date"""
    related: list[Link] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """where its paragraphs stand among the blocks"""
    removed: dict[int, str] = field(default_factory=dict)
    """place → why a block inside it is no text of the story"""
    element: Element | None = None

    @property
    def letters(self) -> int:
        return sum(map(len, self.paragraphs))


def find_body(sheet: Sheet) -> Body | None:
    """By the layout, by itemprop=articleBody, by density; from JSON-LD when the page itself shows no text."""
    told = sheet.structured.all("body")
    marked = [(element, sheet.voice) for element in sheet.named("body")]
    marked += [(said.value, "microdata") for said in sheet.structured.all("body_element")]
    for element, voice in marked:
        body = read_body(sheet, element)
        if body.letters >= ENOUGH:
            sheet.say("body", voice, element)
            return body
    at = sheet.headline_at
    container = find_container(sheet.blocks, at)
    body = read_body(sheet, container) if container is not None else Body()
    if at >= 0 and body.last <= at and (lines := find_container(sheet.blocks, at, is_line)) is not None:
        container, body = lines, read_body(sheet, lines)
    if told and len(told[0].value) >= ENOUGH and body.letters < 0.5 * len(told[0].value):
        sheet.say("body", told[0].voice, told[0].name)
        lines_told = (squeeze(re.sub(r"<[^>]+>", " ", line)) for line in _BREAKS.split(told[0].value))
        return Body([line for line in lines_told if line])
    if container is not None:
        sheet.say("body", "density", container)
        _with_opening(sheet, body)
    return body if body.paragraphs else None


def _with_opening(sheet: Sheet, body: Body) -> None:
    """Puts before the text the paragraphs right above its box that are set as its own are."""
    blocks, styles = sheet.blocks, {style(sheet.blocks[at]) for at in body.places if is_dense(sheet.blocks[at])}
    at = body.first - 1
    while at > sheet.headline_at >= 0 and at not in body.removed:
        if not (_is_opening(blocks[at], styles) or _TIME.fullmatch(blocks[at].text)):
            break
        if not _TIME.fullmatch(blocks[at].text):
            body.places.insert(0, at)
            body.paragraphs.insert(0, blocks[at].text)
            body.first = body.first_dense = at
        at -= 1


def _is_opening(block: Block, styles: Collection[tuple[str, str]]) -> bool:
    box = block.element.getparent()
    named = f"{block.element.get('class') or ''} {(box.get('class') or '') if box is not None else ''}"
    if block.element.tag != "p" or _STANDFIRST.search(named):
        return False
    return style(block) in styles and is_dense(block) and not is_caption(block)


def read_body(sheet: Sheet, container: Element, skip: Mapping[int, str] = _NOTHING) -> Body:
    """The paragraphs in a container. `skip` tells of lines that are something else (credit, date) what they are."""
    blocks, headline_at = sheet.blocks, sheet.headline_at
    body = Body(element=container)
    start = next((at for at, block in enumerate(blocks) if within(block.element, container)), -1)
    if start < 0:
        return body
    end = next(at for at in range(len(blocks) - 1, -1, -1) if within(blocks[at].element, container))
    title, length, awaiting, links_only, again = key(sheet.title), len(sheet.title), 0, False, 0
    kept: list[int] = []
    cells: dict[int, Element] = {}
    for at in range(headline_at + 1 if start <= headline_at <= end else start, end + 1):
        block = blocks[at]
        looked_at = at - start < _MOST_LOOKED_AT
        marked = MARKS.match(block.folded) if looked_at and len(block.text) < _LONGEST_MARK else None
        mark = marked.lastgroup if marked else None
        if mark == "end" and block.key == _THE_END and block.heading and any(map(is_dense, blocks[at + 1 : end + 1])):
            mark = None  # a subheading of the story
        if kept and mark is None and len(block.text) < _LONGEST_NOTICE and _NOTICE.match(block.folded):
            mark = "end"
        if at in skip:
            body.removed[at] = skip[at]
        elif looked_at and abs(len(block.text) - length) < _MARKS_APART and block.key == title:
            body.removed[at] = "headline again"
            again += 1
            if again <= _MOST_COPIES and _is_copy(blocks[at + 1 : end + 1], {blocks[one].text for one in kept}):
                break
        elif mark == "related" and (block.linked or len(block.text) < 60):
            body.removed[at] = "related"
            body.related += links_of(block)
            awaiting, links_only = _MOST_RELATED, bool(body.related)
        elif mark == "end":
            body.removed[at] = "end"
            break
        elif mark == "call":
            body.removed[at] = "call"
        elif block.in_card:
            body.removed[at] = "teaser"
        elif awaiting and (block.is_link or (not links_only and _is_bare_headline(blocks, at, end))):
            body.removed[at] = "related"
            body.related += links_of(block) or [Link(block.text)]
            awaiting -= 1
        elif is_caption(block) or (len(block.text) < _LONGEST_DATE_LINE and _LENS.match(block.folded)):
            body.removed[at] = "caption"
        elif (cell := _cell_around(block)) is not None:
            cells[at] = cell
        elif len(block.text) < _LONGEST_TIME and _TIME.fullmatch(block.text):
            body.removed[at] = "time"
        elif block.is_link and (len(block.text) < 25 or block.heading or _is_headline(block)):
            body.removed[at] = "link"
        elif _ADDRESS.fullmatch(block.text):
            body.removed[at] = "address"
        elif kept and len(block.text) < _LONGEST_CELL and _INITIALS.fullmatch(block.text):
            body.removed[at] = "initials"
        elif any(character.isalnum() for character in block.text):
            awaiting = 0
            body.first = at if body.first < 0 else body.first
            body.last = at
            kept.append(at)
    for at in _standfirst(blocks, kept) or _above_credit(blocks, kept, skip):
        body.removed[at] = "lead"
        kept.remove(at)
    for at in _ragged(blocks, kept):
        body.removed[at] = "label"
        kept.remove(at)
    rows = _rows(cells, kept)
    body.removed |= {at: "table" for at in cells if at not in rows}
    kept = sorted({*kept, *rows})
    body.places, body.paragraphs = kept, [rows.get(at) or blocks[at].text for at in kept]
    body.paragraphs = [line for line in body.paragraphs if line != _SAME_ROW]
    if kept:
        body.first, body.last = kept[0], kept[-1]
        body.first_dense = next((at for at in kept if is_dense(blocks[at])), -1)
    return body


def _rows(cells: Mapping[int, Element], kept: list[int]) -> dict[int, str]:
    """Tables of figures between two paragraphs of the text: a line for each row, at the place of its first cell."""
    inside = {at: cell for at, cell in cells.items() if kept and kept[0] < at < kept[-1]}
    rows: dict[Element, list[int]] = defaultdict(list)
    for at, cell in inside.items():
        if (row := cell.getparent()) is not None:
            rows[row].append(at)
    found: dict[int, str] = {}
    for row, places in rows.items():
        found |= dict.fromkeys(places, _SAME_ROW)  # a cell may hold several lines
        found[places[0]] = " ".join(text_of(cell) for cell in row if cell.tag in _CELLS)
    return found


def _cell_around(block: Block) -> Element | None:
    """The cell of a table of figures that a line fills: hardly a word in it, others beside it."""
    if len(block.text) >= _LONGEST_CELL:
        return None
    cell: Element | None = block.element if block.element.tag in _CELLS else block.element.getparent()
    row = cell.getparent() if cell is not None and cell.tag in _CELLS else None
    return cell if cell is not None and row is not None and len(row) > 1 and holds_less(cell, _LONGEST_CELL) else None


def _is_copy(later: list[Block], seen: Collection[str]) -> bool:
    """Whether the story is printed once more below, for another screen."""
    first = next((block for block in later if is_dense(block)), None)
    return first is not None and first.text in seen


def _standfirst(blocks: list[Block], kept: list[int]) -> list[int]:
    """Places of paragraphs at the beginning after which the date is printed: the text begins below it."""
    for count in (1, 2):
        below = [blocks[at].text for at in kept[count : count + 2]]
        if len(kept) > count + 2 and all(is_dense(blocks[at]) for at in kept[:count]):
            if any(len(text) < _LONGEST_DATE_LINE and _is_date(text) for text in below):
                return kept[:count]
    return []


def _above_credit(blocks: list[Block], kept: list[int], skip: Mapping[int, str]) -> list[int]:
    """Places of a line or two above the credit and the date: the text begins below these."""
    first = min((at for at in skip if at > (kept[0] if kept else 0)), default=-1)
    above = [at for at in kept if at < first]
    below = [at for at in kept if at > first and is_dense(blocks[at])]
    return above if 0 < len(above) <= 2 <= len(below) else []


def _is_headline(block: Block) -> bool:
    """Whether a line that is all link is the headline of another story: no sentence."""
    return len(block.text) < _LONGEST_MARK and not ENDS_SENTENCE.search(block.text)


def _is_date(line: str) -> bool:
    dated = find_date(line) if any(letter.isdigit() for letter in line) else None
    return bool(dated and len(dated[1].strip(" -|،:")) < _LONGEST_DATE_LINE // 2)


def _ragged(blocks: list[Block], kept: list[int]) -> list[int]:
    """Places at either end of the text that are labels («2min», «المصدر:»): short, no sentence, not set as text is."""
    dense = [at for at in kept if is_dense(blocks[at])]
    if not dense:
        return []
    styles = {style(blocks[at]) for at in dense}
    before = [at for at in kept if at < dense[0]]
    after = [at for at in kept if at > dense[-1] and not ENDS_SENTENCE.search(blocks[at].text)]
    is_announced = blocks[dense[-1]].text.endswith(":")  # «وهذه أسماء الفائزات:»
    words = [at for at in after if len(blocks[at].text) < 20 and not is_announced]
    scores = sum(1 for at in words if any(letter.isdigit() for letter in blocks[at].text))
    ragged = words if len(words) >= _MANY_WORDS and 2 * scores < len(words) else []  # keywords, a name to a line
    return ragged + [
        at
        for at in before + after
        if at not in ragged
        and len(blocks[at].text) < DENSE_FROM
        and style(blocks[at]) not in styles
        and not blocks[at].heading
    ]


def _is_bare_headline(blocks: list[Block], at: int, last: int) -> bool:
    """Whether a line below «قد يهمك أيضا» is a headline that lost its link: no sentence, and no text follows it."""
    if len(blocks[at].text) >= 140 or ENDS_SENTENCE.search(blocks[at].text):
        return False
    return not any(is_dense(blocks[later]) for later in range(at, min(last + 1, at + 6)))
