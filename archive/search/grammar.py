"""What an editor types → what is meant. Any text has a nearest sensible reading; nothing is an error.

    قطار الساحل            any of the words, the nearest story first
    «قطار الساحل»          side by side; any quotation marks; "قطار الساحل"~5 with up to five words between
    =إيران                 just these letters; +word must be there; -word or ليس must not
    قطار و سفينة · AND     both; أو · OR · | either; brackets group
    قطا*                   words that begin so
    عنوان: كاتب: مكان: قسم: مصدر:    headline: author: place: section: source:
    من:2015 إلى:2016-03 منذ:"12 مارس 2015" سنة:2014    from: to: since: year:

Pure: names of writers, places and papers are looked up by who resolves the reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from archive.arabic import Terms, analyse, fold
from archive.taste import in_digits

from .engine import AllOf, AnyOf, Node, Not, Phrase, Prefer, Prefix, Word
from .items import DATES, LONGEST_QUERY, NAMES, TEXT_FIELDS, Item, items_of, read_span
from .marks import Marks, marks_of

DEEPEST = 12
"""Brackets in brackets."""
MOST_WORDS = 64
_SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A writer, a place, a section or a paper by its name; who has the rows puts their numbers in its place."""

    kind: str
    text: str


@dataclass(slots=True)
class Reading:
    """A query as it was understood."""

    node: Node | None = None
    """null: nothing but names and dates, or nothing at all"""
    names: list[Named] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    notes: list[str] = field(default_factory=list)
    """phrases that say how it was read"""
    marks: Marks = field(default_factory=Marks)
    words: list[Terms] = field(default_factory=list)
    """the plain words, for suggestions and spelling"""

    @property
    def is_empty(self) -> bool:
        return self.node is None and not self.names and self.since is None and self.until is None


def read_query(text: str, *, literally: bool = False) -> Reading:
    """The nearest sensible reading of any text. `literally`: every word in just its letters."""
    reading = Reading()
    text = text.replace("\x00", " ")
    if len(text) > LONGEST_QUERY:
        text = text[:LONGEST_QUERY]
        reading.notes.append(_("قرأنا أول السؤال فقط لطوله"))
    items = items_of(text)
    parser = _Parser(items, reading, literally)
    node = parser.either(0)
    while parser.at < len(items):  # a bracket that closes nothing
        parser.at += 1
        node = _join(AnyOf, [node, parser.either(0)])
    reading.node = node if node is not None and _asks(node) else None
    reading.marks = marks_of(reading.node)
    return reading


class _Parser:
    """Recursive descent: either → all → one."""

    def __init__(self, items: list[Item], reading: Reading, literally: bool) -> None:
        self.items, self.reading, self.literally, self.at, self.count = items, reading, literally, 0, 0

    def peek(self) -> str:
        return self.items[self.at].kind if self.at < len(self.items) else ""

    def either(self, depth: int) -> Node | None:
        parts = [self.sequence(depth)]
        while self.peek() == "or":
            self.at += 1
            parts.append(self.sequence(depth))
        return _join(AnyOf, parts)

    def sequence(self, depth: int) -> Node | None:
        """Words and more side by side: what must be, what must not, and what would be welcome."""
        must: list[Node] = []
        must_not: list[Node] = []
        may: list[Node] = []
        joined = False
        while (kind := self.peek()) and kind not in ("or", "close"):
            if kind == "and":
                self.at += 1
                if may and not joined:
                    must.append(may.pop())
                joined = True
                continue
            refused = kind == "not"
            if refused:
                self.at += 1
                if not self.peek() or self.peek() in ("or", "and", "close", "not"):
                    continue
            item = self.items[self.at]
            node = self.one(depth)
            if node is None:
                continue
            if refused or item.sign in ("-", "−", "–"):
                must_not.append(node)
                self.note(_("من دون: %(words)s") % {"words": item.text.strip("*")})
            elif item.sign == "+" or joined or not isinstance(node, Word | AnyOf) or _is_literal(node, self.literally):
                must.append(node)
            else:
                may.append(node)
            joined = False
        if len(must) > 1 and all(isinstance(node, Word) for node in must):
            together = (node.terms.surface for node in must if isinstance(node, Word))
            self.note(_("كلها معا: %(words)s") % {"words": _("، ").join(together)})
        may = _telling(may)
        if must and may:
            must.append(Prefer(tuple(may)))
        elif may:
            must.append(_join(AnyOf, list(may)) or may[0])
        parts = [*must, *(Not(node) for node in must_not)]
        return None if not parts else parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def one(self, depth: int) -> Node | None:
        item = self.items[self.at]
        self.at += 1
        if item.kind == "open":
            if depth >= DEEPEST:
                return None
            node = self.either(depth + 1)
            if self.peek() == "close":
                self.at += 1
            return node
        if item.kind == "field":
            return self.field(item)
        if item.kind == "phrase":
            return self.phrase(item, False)
        if item.kind == "word":
            return self.word(item, False)
        return None

    def word(self, item: Item, in_headline: bool) -> Node | None:
        """A word with its sign; something like «a-b» is several side by side."""
        if (
            item.text.rstrip("؟?!.،,؛;").endswith("*")
            and len(start := fold(item.text).strip("*؟?!.،,؛; ")) >= _SHORTEST_PREFIX
        ):
            if forms := analyse(start):
                self.note(_("تبدأ بـ: %(letters)s") % {"letters": item.text.strip("*")})
                return Prefix(forms[-1].exact, in_headline)
        tokens = [token.terms for token in analyse(item.text)]
        if not tokens or self.count >= MOST_WORDS:
            return None
        self.count += len(tokens)
        if self.peek() == "near" and self.at + 1 < len(self.items) and self.items[self.at + 1].kind == "word":
            return self.near(tokens, in_headline)
        if item.sign == "=":
            self.note(_("اللفظ نفسه: %(word)s") % {"word": item.text})
            return _literal(tokens, in_headline)
        if self.literally:
            return _literal(tokens, in_headline)
        self.reading.words += tokens
        if len(tokens) == 1:
            return Word(tokens[0], in_headline=in_headline)
        return AnyOf(tuple(Word(forms, in_headline=in_headline) for forms in tokens))

    def near(self, first: list[Terms], in_headline: bool) -> Node:
        slop = self.items[self.at].slop
        second = [token.terms for token in analyse(self.items[self.at + 1].text)]
        self.at += 2
        words = (*first, *second)
        self.note_near(_("، ").join(forms.surface for forms in words), slop)
        return Phrase(words, slop, in_headline)

    def phrase(self, item: Item, in_headline: bool) -> Node | None:
        words = tuple(token.terms for token in analyse(item.text))[:MOST_WORDS]
        if not words:
            return None
        shown = item.text.strip()
        if item.slop:
            self.note_near(_("«%(words)s»") % {"words": shown}, item.slop)
        elif not item.sign.startswith(("-", "−", "–")):
            self.note(_("بالضبط: «%(words)s»") % {"words": shown})
        return Phrase(words, item.slop, in_headline, as_written=item.sign == "=" or self.literally)

    def field(self, item: Item) -> Node | None:
        name = item.text
        if name in TEXT_FIELDS:
            return self.headline()
        if name in NAMES:
            if value := self.value(1):
                self.reading.names.append(Named(NAMES[name], value))
            return None
        self.dates(DATES[name])
        return None

    def headline(self) -> Node | None:
        """«عنوان:قطار», «عنوان:"قطار الساحل"», «عنوان:(قطار أو سفينة)»."""
        if self.peek() == "open":
            self.at += 1
            node = self.either(1)
            if self.peek() == "close":
                self.at += 1
            node = _in_headline(node)
        elif self.peek() == "phrase":
            self.at += 1
            node = self.phrase(self.items[self.at - 1], True)
        elif self.peek() == "word":
            self.at += 1
            node = self.word(self.items[self.at - 1], True)
        else:
            return None
        if node is not None:
            self.note(_("في العنوان وحده"))
        return AllOf((node,)) if isinstance(node, Word | AnyOf) else node

    def value(self, most: int) -> str:
        """The text after a field's name: a phrase, or so many words."""
        if self.peek() == "phrase":
            self.at += 1
            return self.items[self.at - 1].text.strip()
        words: list[str] = []
        while self.peek() == "word" and len(words) < most:
            words.append(self.items[self.at].text)
            self.at += 1
        return " ".join(words)

    def dates(self, which: str) -> None:
        for most in (3, 2, 1):  # «12 مارس 2015», «مارس 2015», «2015»
            here = self.at
            text = self.value(most)
            span = read_span(text) if text else None
            if span:
                first, last = span
                if which in ("from", "in"):
                    self.reading.since = first
                if which in ("to", "in"):
                    self.reading.until = last
                return
            self.at = here
        text = self.items[self.at].text if self.at < len(self.items) else ""
        if any(letter.isdigit() for letter in text):
            self.note(_("لم نفهم التاريخ «%(text)s»") % {"text": text})

    def note_near(self, words: str, slop: int) -> None:
        said = {"words": words, "number": in_digits(slop)}
        self.note(_("متقاربة: %(words)s (بينها من الكلمات %(number)s على الأكثر)") % said)

    def note(self, text: str) -> None:
        if text not in self.reading.notes:
            self.reading.notes.append(text)


def _literal(tokens: list[Terms], in_headline: bool) -> Node:
    if len(tokens) == 1:
        return Word(tokens[0], "surface", in_headline)
    return Phrase(tuple(tokens), 0, in_headline, as_written=True)


def _is_literal(node: Node, literally: bool) -> bool:
    """Whether a word was asked for with «=», and so must be there."""
    return isinstance(node, Word) and node.form == "surface" and not literally


def _in_headline(node: Node | None) -> Node | None:
    match node:
        case Word(terms, form, _):
            return Word(terms, form, True)
        case Phrase(words, slop, _, as_written):
            return Phrase(words, slop, True, as_written)
        case Prefix(start, _):
            return Prefix(start, True)
        case Not(part):
            inner = _in_headline(part)
            return Not(inner) if inner is not None else None
        case AllOf(nodes) | AnyOf(nodes) | Prefer(nodes):
            return type(node)(tuple(one for one in map(_in_headline, nodes) if one is not None))
    return node


def _telling(nodes: list[Node]) -> list[Node]:
    """Without words that tell nothing, unless there are no others."""
    flat = [one for node in nodes for one in (node.nodes if isinstance(node, AnyOf) else (node,))]
    telling = [one for one in flat if not isinstance(one, Word) or one.terms.tells]
    return telling or flat


def _join(make: Callable[[tuple[Node, ...]], Node], parts: list[Node | None]) -> Node | None:
    """Parts as one node; those that are of the same make give their own parts."""
    flat: dict[Node, None] = {}
    for part in parts:
        for node in part.nodes if isinstance(part, AnyOf) and make is AnyOf else (part,):
            if node is not None:
                flat.setdefault(node)
    return None if not flat else next(iter(flat)) if len(flat) == 1 else make(tuple(flat))


def _asks(node: Node) -> bool:
    """Whether a node asks for any word at all, if only to leave it out."""
    match node:
        case Not(part):
            return _asks(part)
        case AllOf(nodes) | AnyOf(nodes) | Prefer(nodes):
            return any(map(_asks, nodes))
    return True
