"""Byline and dateline lines: who, for which agency, from where.

The order (place first or name first) is a fact about each paper; where it is not known, the gazetteer decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from archive.arabic import INVISIBLE, bare, is_place, key, squeeze

Order = Literal["place-first", "name-first", ""]
LONGEST_CREDIT = 120


def _lines(file: str) -> list[str]:
    text = files("archive.parsing").joinpath("data", file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


_AGENCIES = frozenset(map(key, _lines("agencies.txt"))) - {""}
_NOBODY = frozenset(map(key, _lines("desks.txt"))) - {""}
_GIVEN_NAMES = frozenset(key(name) for line in _lines("given_names.txt") for name in line.split())
_ELSEWHERE = frozenset(map(key, ("عواصم", "العواصم", "خاص", "متابعات")))
"""What papers print in a dateline's place when there is none."""
_VERB = re.compile(
    r"^(?:(?:(?:مرسلة|نشر|أرسلت|كتبه?ا?) بواسطة|من قبل|"
    r"كتبت? (?:الخبر|المقال|التقرير|الموضوع|الماده|المادة)|كتبت?|كتبه?ا?|"
    r"بقلم|يكتبها?|حوار|حاورت?ه?ا?|أجر[ىت]ه? الحوار|بواسطة|تحرير|إعداد|أعده?ا?|تقرير|تحقيق|متابعة|"
    r"ترجمة|رسالة|مراسلنا|مراسلتنا|الكاتب|المصدر|أخبار)(?:\s+وتصوير)?\s*(?:[:/\-–—]\s*|\s+)|by\s*:?\s+|(?:author|role|byline|writer)\s*[,:]\s*)",
    re.I,
)
_SEPARATOR = re.compile(r"\s+ـ+\s*|\s*ـ+\s+|\s*[-–—]{1,3}\s*|\s*[:|/•]+\s*|\s*[،,;؛]\s*|\s*[()\[\]«»]\s*")
_SEPARATED = re.compile(r"[-–—ـ:|/]")
_AND = re.compile(r"\s+و\s*(?=\S+\s+\S+)")
_WAW_NAMES = frozenset("ولد وليد وسيم وائل وفاء وداد وجدي وسام وجيه وحيد وردة وديع وصال وهيب وهبي ولاء وسن".split())
_VERB_ALONE = re.compile(
    r"(?:كتبت?|يكتبها?|بقلم|حوار|حاورت?ه?ا?|تحرير|إعداد|تقرير|تحقيق|متابعة|ترجمة|رسالة|عدسة|تصوير)"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_PHOTO = re.compile(r"(?:عدسة|تصوير|صورة?|photo|credit)\s*[:/]|getty|gettyimages", re.I)
_TITLE = re.compile(r"^(?:[دأمن]\.\s?|أ\.\s?د\.\s?|الدكتورة?\s|المهندسة?\s|الأستاذة?\s)+")
_MEDIA = frozenset(
    """
    نت نيوز برس أونلاين اونلاين صحيفة جريدة موقع شبكة قناة بوابة مجلة إذاعة تلفزيون فضائية الإخبارية الاخبارية
    الإخباري الإلكترونية الالكترونية الإلكتروني ميديا الأنباء للأنباء
    news media press agency tv online net web team desk staff channel radio
    """.split()
)
"""Words in the names of papers and channels, and of nobody."""
_INITIAL = re.compile(r"[\u0621-\u064a]\.\s?[\u0621-\u064a]{3,}")
_PARTICLES = frozenset(("بن", "ولد", "ابن", "بنت", "آل", "عبد", "أبو", "أبي", "ابو", "ال"))
_NAME_WORD = re.compile(r"[\u0621-\u064a\u0670-\u06d3'’.]+|[A-Za-zÀ-ÿ'’.\-]+")
# unfolded: folding would make the name علي of the word على
_NO_NAME = frozenset(
    """
    في من على إلى عن أن إن التي الذي هذا هذه بعد قبل مع بين خلال منذ عند كما وقد لا ما لم لن هو هي كل غير قال أكد أعلن
    كشف آخر تحديث نشر تاريخ اليوم أمس الساعة صباحا مساء صحيفة جريدة موقع شبكة قناة الرئيسية أخبار خبر عاجل المزيد اقرأ
    شاهد تعليق تعليقات صورة صور فيديو أرشيفية مشاهدة قراءة طباعة حفظ شارك مشاركة الاثنين الإثنين الثلاثاء الأربعاء
    الخميس الجمعة السبت الأحد حجم الخط مقالات للكاتب أخرى الكاتب كل جميع
    """.split()
)


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit line says; all as printed."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sure: bool = False
    """the line could be nothing but a credit"""
    signed: bool = False
    """a word such as «بقلم» says so"""
    order: Order = ""
    """which the line names first, where the gazetteer knows the place"""
    unsure: bool = False
    """two would-be names, one of which may be a place that no gazetteer has"""

    def completed_by(self, other: Credit) -> Credit:
        """This credit, with what it does not say taken from another."""
        return Credit(
            self.people or other.people,
            self.agencies or other.agencies,
            self.places or other.places,
            self.sure or other.sure,
            self.signed or other.signed,
            self.order or other.order,
            self.unsure or other.unsure,
        )

    def __bool__(self) -> bool:
        return bool(self.people or self.agencies or self.places)


def is_agency(name: str) -> bool:
    folded = key(name)
    return folded in _AGENCIES or folded.startswith("وكاله ")


def is_nobody(name: str, papers: Collection[str] = ()) -> bool:
    """Whether a name in a writer's place is the paper itself, its desk or its software."""
    folded = key(name)
    if not folded or folded in _NOBODY or folded in papers or "@" in name or "http" in name or "www." in name:
        return True
    return any(word.lower() in _MEDIA for word in name.split())


def is_person(name: str, *, shortest: int = 2) -> bool:
    """Whether the words could be somebody's name."""
    words = _TITLE.sub("", name).split()
    if len(words) == 1 and _INITIAL.match(name):
        words = name.split()  # «م. بلقاسم»: no engineer but somebody's first letter
    return (
        shortest <= len(words)
        and sum(bare(word) not in _PARTICLES for word in words) <= 5
        and len(name) <= 60
        and len({word[0].isascii() for word in words}) == 1
        and all(_NAME_WORD.fullmatch(bare(word)) and bare(word) not in _NO_NAME for word in words)
    )


def begins_like_a_person(name: str) -> bool:
    """Whether words begin with a name that is given to people."""
    first, *rest = key(_TITLE.sub("", name)).split() or [""]
    return first in _GIVEN_NAMES or (first == "عبد" and bool(rest))


def may_name_writer_and_place(line: str) -> bool:
    """Whether a line could be a writer and a place, if only one knew which is which."""
    pieces = [piece for piece in (part.strip(" .*") for part in _SEPARATOR.split(squeeze(line))) if piece]
    return (
        len(pieces) == 2
        and bool(_SEPARATED.search(line))
        and all(is_person(piece, shortest=1) for piece in pieces)
        and any(len(piece.split()) > 1 for piece in pieces)
    )


def is_bare_name(line: str) -> bool:
    """Whether a line is nothing but a person's name, or two: two to five words, the first a given name."""
    names = people_in(line.rstrip(" :"), 2) if len(line) <= 60 else []
    return bool(names) and all(_sounds_like_a_person(name) and not is_place(name) for name in names)


def _sounds_like_a_person(name: str) -> bool:
    """Whether words begin with a given name, or two words end with one: «سفيرة إسماعيل»."""
    words = key(_TITLE.sub("", name)).split()
    return begins_like_a_person(name) or (len(words) == 2 and words[1] in _GIVEN_NAMES)


@lru_cache(maxsize=10_000)
def read_credit(
    line: str, papers: frozenset[str] = frozenset(), order: Order = "", trusted: bool = False
) -> Credit | None:
    """What a credit line says; null when it is no credit line.

    `papers` are the folded names of the site. With `trusted` the page itself marks the line as a credit, so that a
    bare name, or one word after «كتب», is enough.
    """
    line = squeeze(_INVISIBLE.sub("", line)).strip(" .*•/")
    if not line or len(line) > LONGEST_CREDIT or re.search(r"\d", line):
        return None
    if _PHOTO.search(bare(line)) or ("»" in line and "«" not in line):
        return None  # who took the picture; the path to a page
    line, verbs = _VERB.subn("", line, count=1)
    pieces = [piece for piece in (part.strip(" .…*") for part in _SEPARATOR.split(line)) if piece]
    people: list[str] = []
    agencies: list[str] = []
    places: list[str] = []
    unknown: list[tuple[int, str]] = []
    strangers: list[str] = []
    papers_named = 0
    shown: list[Order] = []
    for at, piece in enumerate(pieces):
        piece, more = _VERB.subn("", piece, count=1)
        verbs += more
        piece = piece.removeprefix("من ") if len(pieces) > 1 else piece  # «المنصورة - من عطية أبو زيد»
        if _VERB_ALONE.fullmatch(bare(piece)):
            verbs += 1
        elif is_agency(piece) and key(piece) not in papers:
            agencies.append(piece)
        elif key(piece) in _ELSEWHERE and len(pieces) > 1 or key(piece) in papers or is_nobody(piece, papers):
            papers_named += 1
        elif is_place(piece) and not (order == "name-first" and at == 0 and len(pieces) > 1):
            places.append(piece)
            shown.append("place-first")
        elif names := _signers(piece, trusted, bool(verbs)):
            people += names
            shown.append("name-first")
        else:
            unknown.append((at, piece))
    for at, piece in unknown:
        # the paper's own order says that this must be a place, though the gazetteer does not have it
        in_place = at == 0 if order == "place-first" else order == "name-first" and at == len(pieces) - 1 > 0
        if in_place and len(pieces) > 1 and is_person(piece, shortest=1) and len(piece.split()) <= 3:
            places.append(piece)
        elif (papers_named or agencies) and len(piece.split()) <= 2 and is_person(piece, shortest=1):
            strangers.append(piece)
        elif not trusted:
            return None
    if (papers_named or agencies) and len(strangers) == 1 and not places and (not people or strangers[0] == pieces[0]):
        places += strangers  # «منارات الأطلس – تازناخت», «السلوم - أ ش أ»: beside the paper or an agency stands a place
    unsure = False
    if not places and len(people) == len(pieces) > 1 and _SEPARATED.search(line):
        places += _place_among(people, order)
        unsure = not places
    all_places = len(places) + len(agencies) == len(pieces)
    sure = bool(verbs or agencies or papers_named or (places and (people or all_places)))
    if not (sure or trusted):
        return None
    people, agencies, places = (list(dict.fromkeys(names)) for names in (people, agencies, places))
    known_order = shown[0] if len(set(shown)) == 2 else ""
    credit = Credit(tuple(people), tuple(agencies), tuple(places), sure, bool(verbs), known_order, unsure)
    return credit if credit or papers_named else None


def _signers(piece: str, trusted: bool, said: bool) -> list[str]:
    """The persons a piece of a credit names. One word, or four and more, must begin as names do: «قابس: انتشال جثة شاب
    بشاطئ ليماوة» is no credit."""
    names = people_in(piece, 1 if trusted and said else 2)
    for name in names:
        count = len(name.split())
        if not begins_like_a_person(name) and (
            (count == 1 and name.startswith("ال")) or (count >= 4 and not (trusted or said))
        ):
            return []
    return names


def _place_among(people: list[str], order: Order) -> list[str]:
    """The one of two would-be names that is a place no gazetteer has, taken out: by the paper's order, else the one
    that begins like nobody («علي ضباح ـ الحد الجنوبي»)."""
    if order:
        return [people.pop(0 if order == "place-first" else -1)]
    strangers = [name for name in people if not begins_like_a_person(name)]
    if len(people) == 2 and len(strangers) == 1:
        people.remove(strangers[0])
        return strangers
    return []


def people_in(piece: str, shortest: int = 2) -> list[str]:
    """The names in a piece: «عماد المفوز وأحمد الرويس» are two."""
    names: list[str] = []
    start = 0
    for found in _AND.finditer(piece):
        if piece[found.start() :].split()[0] not in _WAW_NAMES and len(piece[start : found.start()].split()) >= 2:
            names.append(piece[start : found.start()])
            start = found.end()
    names.append(piece[start:])
    names = [squeeze(name) for name in names]
    return names if all(is_person(name, shortest=shortest) for name in names) else []
