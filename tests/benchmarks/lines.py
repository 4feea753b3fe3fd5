"""Short lines made to break the readers of dates and of credits, and what such a reader may never say."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone

from archive.arabic import PrintedDate, find_date, parse_date
from archive.arabic.dates import HIJRI_MONTHS, MONTHS, WEEKDAYS
from archive.parsing import credits, signature

CAPTURED = (
    datetime(2025, 1, 6, 4, tzinfo=UTC),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-12))),
)
_DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = (
    "",
    " ",
    "  ",
    "/",
    "-",
    "–",
    ".",
    ":",
    "،",
    ", ",
    "ـ",
    "\u200f",
    "\u202b",
    "\u00a0",
    "\n",
    "|",
    "(",
    ")",
    "+",
)
_CLOCK = (
    "10:40", "24:00", "23:59:60", "00:00:00", "12:30 م", "12:30 ص", "7:5 pm", "GMT", "gmt+3", "utc-12", "GMT+99",
    "بتوقيت غرينتش", "ت غ", "t", "Z", "+03:00", "-99:99", "+24:00", ".5",
)  # fmt: skip
_AGO = ("قبل", "منذ", "حوالي", "نحو", "دقيقة", "دقائق", "ساعتين", "ساعات", "يوم", "أيام", "اسبوع", "اسابيع")
_WHOLE = (
    "2024-03-12T10:20:00+03:00", "24 نيسان / أبريل 2020", "GMT 22:44 2023 الأربعاء ,13 كانون الأول / ديسمبر",
    "07 من أكتوبر 2020", "ديسمبر 25, 2020", "1441/10/11 هـ", "11 ذو القعدة 1441 هـ", "31/02/2020",
    "8/4/2020 9:23:12 PM", "أربعاء, 07/10/2019", "قبل 4 ساعات", "2020-13-41", "0000-00-00T00:00:00Z",
    "9999-12-31T23:59:59-12:00",
)  # fmt: skip
_CREDITS = (
    "بقلم", "كتب", "كتبت:", "إعداد -", "تقرير", "ترجمة", "عدسة:", "مراسلنا", "by", "author:", "د.", "أ. د.", "م.",
    "وكالات", "رويترز", "(أ ف ب)", "واس", "بترا", "خاص", "متابعات", "الرباط", "القاهرة", "توزر", "الحد الجنوبي", "بن",
    "ولد", "آل", "عبد", "محمد علي", "سارة وليد", "عماد المفوز وأحمد الرويس", "و", " و ", "المغرب اليوم", "@", "http://",
    "«", "»", "[", "]", "؛", "*", "•", "…", "--", "::", "'", "’", "É", "في 14 مارس", "الموافق", "GMT", "قراءة", "12",
    "عدد المشاهدات: 7",
)  # fmt: skip


def _number(rng: random.Random) -> str:
    value = rng.choice((rng.randrange(40), rng.randrange(1300, 2100), rng.randrange(10 ** rng.randrange(1, 30))))
    return "".join(rng.choice(_DIGITS)[int(digit)] for digit in str(value)) if rng.random() < 0.1 else str(value)


def _noise(rng: random.Random) -> str:
    return "".join(chr(rng.randrange(1, 0x2FFF)) for _ in range(rng.randrange(1, 12)))


def date_line(seed: str) -> str:
    rng = random.Random(seed)
    pieces = (
        lambda: rng.choice(tuple(MONTHS)), lambda: rng.choice(tuple(HIJRI_MONTHS)), lambda: rng.choice(tuple(WEEKDAYS)),
        lambda: rng.choice(_CLOCK), lambda: rng.choice(_AGO), lambda: rng.choice(_WHOLE), lambda: _noise(rng),
        lambda: _number(rng), lambda: _number(rng), lambda: _number(rng),
        lambda: rng.choice(("هـ", "م", "سنة", "عام", "من")),
    )  # fmt: skip
    separator = rng.choice(_MARKS)
    line = separator.join(rng.choice(pieces)() for _ in range(rng.randrange(1, 9)))
    return line if rng.random() < 0.5 else _broken(line, rng)


def credit_line(seed: str) -> str:
    rng = random.Random(seed)
    parts = [rng.choice(_CREDITS) if rng.random() < 0.9 else _noise(rng) for _ in range(rng.randrange(1, 9))]
    line = rng.choice((" ", " ", " - ", " ـ ", "،", "")).join(parts) * rng.choice((1, 1, 1, 1, 3, 100))
    return line if rng.random() < 0.5 else _broken(line, rng)


def _broken(line: str, rng: random.Random) -> str:
    """A line with letters taken out, doubled and changed."""
    letters = list(line)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(letters) + 1)
        letters[at : at + rng.randrange(2)] = [
            rng.choice((rng.choice(_MARKS), rng.choice(line or " ") * 2, _number(rng)))
        ]
    return "".join(letters)


def read_date(line: str) -> None:
    """Reads a line as a date, and uses what was read in every way. Raises AssertionError for what cannot be."""
    for captured_at in (None, *CAPTURED):
        found, rest = parse_date(line, captured_at), find_date(line, captured_at)
        assert found == (rest[0] if rest else None)
        if found is None:
            continue
        found.on.isoformat()
        found.at(UTC)
        assert PrintedDate.from_iso(found.iso()).iso() == found.iso(), found
        assert len(line) <= 300 and 1 <= found.year <= 9999


def read_byline(line: str) -> None:
    """Reads a line as a credit in every way that the parser does."""
    papers = frozenset(("المغرب اليوم",))
    orders: tuple[credits.Order, ...] = ("", "place-first", "name-first")
    for order in orders:
        for trusted in (False, True):
            credit = credits.read_credit(line, papers, order, trusted)
            for name in (*credit.people, *credit.agencies, *credit.places) if credit else ():
                assert name.strip() and len(name) <= credits.LONGEST_CREDIT, credit
    for read in (
        credits.is_agency, credits.is_nobody, credits.is_person, credits.is_bare_name, credits.people_in,
        credits.begins_like_a_person, credits.may_name_writer_and_place, signature._undated,
    ):  # fmt: skip
        read(line)  # type: ignore[operator]
