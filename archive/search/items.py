"""What an editor typed, cut into words, quotations, signs and names of fields; and the days that a text names."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from archive.arabic import analyse, find_date, fold

LONGEST_QUERY = 2_000
_SHORT = 6
"""Words up to which و and ليس are taken for operators: in a headline they are words."""
_HEADLINE = 4
"""Words outside of quotation marks from which a query is a headline that has some."""
_NEAR = 10
"""Words between two that are near each other, where no number is given."""

TEXT_FIELDS = {"عنوان": "headline", "العنوان": "headline", "headline": "headline", "title": "headline"}
NAMES = {
    "كاتب": "author", "الكاتب": "author", "بقلم": "author", "author": "author", "by": "author",
    "مكان": "place", "المكان": "place", "place": "place",
    "قسم": "section", "القسم": "section", "section": "section",
    "مصدر": "publisher", "المصدر": "publisher", "صحيفة": "publisher", "source": "publisher", "publisher": "publisher",
}  # fmt: skip
DATES = {
    "من": "from", "منذ": "from", "from": "from", "since": "from", "بعد": "from", "after": "from",
    "الى": "to", "إلى": "to", "حتى": "to", "حتي": "to", "to": "to", "until": "to", "قبل": "to", "before": "to",
    "سنة": "in", "عام": "in", "تاريخ": "in", "year": "in", "date": "in",
}  # fmt: skip
_FIELDS = TEXT_FIELDS | NAMES | DATES
TOKEN = re.compile(
    rf"""(?P<field>{"|".join(sorted(_FIELDS, key=len, reverse=True))})\s*[:：]\s*(?=\S)
    | (?P<sign>[-−–+=]?)(?:[«“”„"](?P<quoted>[^«»“”„"]{{1,400}})[»“”„"]|''(?P<quoted2>[^']{{1,400}})'')
      (?:~(?P<slop>\d{{1,2}}))?
    | (?P<open>\() | (?P<close>\))
    | (?P<or>\|\|?|(?<!\S)(?:OR|أو|او)(?!\S)) | (?P<and>&&?|(?<!\S)(?:AND|و)(?!\S)) | (?P<not>(?<!\S)(?:NOT|ليس)(?!\S))
    | (?P<near>(?<!\S)(?:NEAR|قرب)(?:/(?P<within>\d{{1,2}}))?(?!\S))
    | (?P<sign2>(?:(?<=[\s(])|^)[-−–+=](?=[^\s\-−–+=]))?(?P<word>(?:[وفبلك]?عبد\s+(?=ال))?[^\s()«»“”„"|&]+)
    """,
    re.X | re.I,
)
_DAY = re.compile(r"(?P<y>\d{4})(?:[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(?P<d>\d{1,2})[-/.])?(?P<m>\d{1,2})[-/.](?P<y>\d{4})")


@dataclass(slots=True)
class Item:
    kind: str
    text: str
    sign: str = ""
    slop: int = 0


def items_of(text: str) -> list[Item]:
    found: list[Item] = []
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if match["field"]:
            found.append(Item("field", match["field"].lower()))
        elif match["quoted"] or match["quoted2"]:
            found.append(Item("phrase", match["quoted"] or match["quoted2"], match["sign"], int(match["slop"] or 0)))
        elif match["near"]:
            found.append(Item("near", "", slop=int(match["within"] or _NEAR)))
        elif match["word"]:
            found.append(Item("word", match["word"], match["sign2"] or ""))
        elif kind in ("open", "close", "or", "and", "not"):
            found.append(Item(kind, match[0]))
    words = sum(len(analyse(item.text)) for item in found if item.kind == "word")
    if all(item.kind in ("and", "or", "not", "near") for item in found):
        for item in found:  # nothing to join: «و», «OR»
            item.kind = "word"
    if words > _SHORT and not any(item.text in ("AND", "NOT", "&", "&&") for item in found):
        for item in found:  # in a headline these are words
            if item.kind in ("and", "not"):
                item.kind = "word"
    quoted = [item for item in found if item.kind == "phrase" and not item.sign and not item.slop]
    if words >= _HEADLINE and sum(len(analyse(item.text)) for item in quoted) < words:
        for item in quoted:  # marks in a headline set a word off, they do not ask for it
            item.kind = "word"
    return found


def read_span(text: str) -> tuple[date, date] | None:
    """The first and the last day of a year, a month or a day, however it is written; null for no date."""
    plain = fold(text).strip(" .،,")
    match = _DAY.fullmatch(plain) or _DAY_FIRST.fullmatch(plain)
    if match:
        year, month, day = (int(match[part]) if match[part] else None for part in "ymd")
    else:
        dated = find_date(text)
        if dated is None or any(letter.isalpha() for letter in dated[1]):
            return None
        found = dated[0]
        year, month, day = found.year, found.month, found.day
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        return first, date(year or 0, last_month, day or calendar.monthrange(year or 0, last_month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
