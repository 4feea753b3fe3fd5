"""Dates as Arab newspapers print them.

A date that cannot be true (31/02, a weekday that is not that day's, a year outside 1900-2035) is refused: an empty date
is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal

from dateutil.parser import isoparse
from hijridate import Hijri

from .months import HIJRI_MONTHS, MONTHS, WEEKDAYS
from .orthography import fold

Precision = Literal["minute", "day", "month"]
YEARS = range(1900, 2036)
_FARTHEST_ZONE = 14 * 60


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as a page states it: no more than what is printed. The day is the day in the page's own zone."""

    year: int
    month: int
    day: int | None = None
    hour: int | None = None
    minute: int = 0
    second: int = 0
    utc_offset: int | None = None
    """minutes east of Greenwich, null when the page does not say"""

    @property
    def precision(self) -> Precision:
        if self.day is None:
            return "month"
        return "day" if self.hour is None else "minute"

    @property
    def on(self) -> date:
        """The day; the first of the month when only the month is known."""
        return date(self.year, self.month, self.day or 1)

    def at(self, zone: tzinfo | None = None) -> datetime | None:
        """The moment, in `zone` where the page names none; null when no time is printed or no zone is known."""
        tz = timezone(timedelta(minutes=self.utc_offset)) if self.utc_offset is not None else zone
        if self.hour is None or self.day is None or tz is None:
            return None
        return datetime(self.year, self.month, self.day, self.hour, self.minute, self.second, tzinfo=tz)

    def iso(self) -> str:
        """ISO 8601: with an offset where one is known, a bare date or month where no more is known."""
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        if self.hour is None:
            return self.on.isoformat()
        moment = datetime(self.year, self.month, self.day, self.hour, self.minute, self.second)
        return (moment if self.utc_offset is None else self.at() or moment).isoformat()

    @classmethod
    def from_iso(cls, text: str) -> PrintedDate:
        """The inverse of `iso`. Raises ValueError for any other text."""
        if len(text) == 7:
            return cls(int(text[:4]), int(text[5:]))
        if len(text) == 10:
            day = date.fromisoformat(text)
            return cls(day.year, day.month, day.day)
        return cls.from_datetime(datetime.fromisoformat(text))

    @classmethod
    def from_datetime(cls, moment: datetime) -> PrintedDate:
        offset = moment.utcoffset()
        minutes = None if offset is None else round(offset.total_seconds() / 60)
        return cls(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, utc_offset=minutes)


_UNITS = {
    "دقيق": timedelta(minutes=1),
    "ساع": timedelta(hours=1),
    "يوم": timedelta(days=1),
    "ايام": timedelta(days=1),
    "اسبوع": timedelta(weeks=1),
    "اسابيع": timedelta(weeks=1),
}


def _any(names: dict[str, int]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(name.replace(' ', r' ?') for name in longest_first)})(?!\w)"


_MONTH = rf"(?:{_any(MONTHS)})"
_MONTHS = rf"(?P<month>{_MONTH})(?: ?[/\-–|(] ?(?P<twin>{_MONTH}) ?\)?)?"
_DAY, _YEAR = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)", r"(?<!\d)(?P<year>\d{4})(?!\d)"
_GAP = r"[ ,،.\-–|/]{0,4}"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # 2024-03-12T10:20:00+03:00: year first, before any day-first form can mistake it
        r"(?P<iso>(?<!\d)\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?: ?(?:z|utc|[+-]\d\d:?\d\d))?)(?![\d:])",
        # GMT 22:44 2023 الأربعاء ,13 كانون الأول / ديسمبر
        rf"{_YEAR} (?P<weekday>{_any(WEEKDAYS)}) ?[,،]? ?{_DAY} ?{_MONTHS}",
        # 24 أغسطس 2020 · 24 نيسان / أبريل 2020 · 07 من أكتوبر 2020
        rf"{_DAY}{_GAP}(?:من )?(?:شهر )?{_MONTHS}{_GAP}(?:ل?سنه |ل?عام )?{_YEAR}",
        # ديسمبر 25, 2020
        rf"{_MONTHS} {_DAY} ?[,،] ?{_YEAR}",
        # 2020/12/25
        rf"{_YEAR} ?(?P<sep>[/.\-]) ?(?P<month_number>\d{{1,2}}) ?(?P=sep) ?{_DAY}",
        # 25/12/2020 · 1 / 12 / 2020 · 17.03.2020
        rf"{_DAY} ?(?P<sep>[/.\-]) ?(?P<month_number>\d{{1,2}}) ?(?P=sep) ?{_YEAR}",
        # ديسمبر 2020
        rf"{_MONTHS}{_GAP}{_YEAR}",
    )
)
_HIJRI_NUMERIC = re.compile(
    r"(?<!\d)(?:(?P<year>1[34]\d\d) ?(?P<a>[/.\-]) ?(?P<month>\d{1,2}) ?(?P=a) ?(?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2}) ?(?P<b>[/.\-]) ?(?P<month2>\d{1,2}) ?(?P=b) ?(?P<year2>1[34]\d\d))(?!\d) ?(?:هـ|ه(?!\w))"
)
_HIJRI = re.compile(rf"{_DAY}{_GAP}(?P<month>{_any(HIJRI_MONTHS)}){_GAP}(?P<year>1[34]\d\d)(?!\d) ?(?:هـ|ه)?")
_WEEKDAY = re.compile(rf"{_any(WEEKDAYS)}|(?<!\w)(?:اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت|احد)(?= ?[,،])")
_TIME = re.compile(
    r"(?<![\d:/.])(?P<hour>\d{1,2}) ?: ?(?P<minute>\d\d)(?: ?: ?(?P<second>\d\d))?(?![\d:])"
    r" ?(?P<half>صباحا|مساءا?|ظهرا|ص|م|am|pm)?(?!\w)"
    r"(?: ?(?P<zone>gmt|utc|بتوقيت (?:غرينتش|جرينتش|غرينيتش|جرينيتش)|ت غ)(?:(?P<shift>[+-]\d{1,2})(?!\d))?)?"
)
_GMT_BEFORE = re.compile(r"(?:gmt|utc) ?$")
_RELATIVE = re.compile(
    r"(?:قبل|منذ) (?:حوالي |نحو )?(?P<count>\d+ )?"
    r"(?P<unit>دقيقتين|دقيقه|دقائق|دقايق|ساعتين|ساعه|ساعات|يومين|يوم|ايام|اسبوعين|اسبوع|اسابيع)(?!\w)"
)
_NOISE = re.compile(r"[ \t\r\n\u00a0]+")
_TOO_LONG = 300


def parse_date(text: str, captured_at: datetime | None = None) -> PrintedDate | None:
    """The first true date in a short text; null when there is none or it cannot be true.

    «قبل 4 ساعات» is read only against `captured_at`, the moment the page was saved.
    """
    found = find_date(text, captured_at)
    return found[0] if found else None


def find_date(text: str, captured_at: datetime | None = None) -> tuple[PrintedDate, str] | None:
    """The first true date in a short text, and the text with it and its weekday and time taken out."""
    if len(text) > _TOO_LONG:
        return None
    return _find(text, captured_at if "قبل" in text or "منذ" in text else None)


@lru_cache(maxsize=20_000)
def _find(text: str, captured_at: datetime | None) -> tuple[PrintedDate, str] | None:
    plain = _NOISE.sub(" ", fold(text)).strip()
    if numeric := _HIJRI_NUMERIC.search(plain):
        rest = f"{plain[: numeric.start()]} {plain[numeric.end() :]}"
        if beside := _find(rest, captured_at):  # the Gregorian day printed with it
            return beside
        day = _hijri_day(*(numeric[name] or numeric[f"{name}2"] for name in ("year", "month", "day")))
        return (day, rest) if day else None
    for start, end, found, weekday in _candidates(plain):
        rest = f"{plain[:start]} {plain[end:]}"
        if weekday is None and (printed := _WEEKDAY.search(_near(plain, start, end))):
            weekday = WEEKDAYS.get(_spaced(printed[0]), WEEKDAYS.get(f"ال{printed[0]}"))
        if weekday is not None and found.day is not None and found.on.weekday() != weekday:
            turned = _turned(found) if _is_numeric(plain[start:end]) else None
            if turned is None or turned.on.weekday() != weekday:
                return None
            found = turned  # «أربعاء, 07/10/2019» is the tenth of July
        if _may_be_american(plain, start):
            return None
        if found.day is not None and found.hour is None:
            found, rest = _with_time(found, plain, start, end)
        return found, rest
    if captured_at and (match := _RELATIVE.search(plain)) and (moment := _before(captured_at, match)):
        return moment, plain.replace(match[0], "")
    return None


_AMERICAN = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/\d{4} \d{1,2}:\d\d(?::\d\d)? [ap]m")


def _may_be_american(plain: str, start: int) -> bool:
    """«8/4/2020 9:23:12 PM»: written by an American program, so that day and month cannot be told apart."""
    found = _AMERICAN.match(plain, start)
    return bool(found and int(found["month"]) <= 12 and int(found["day"]) <= 12 and found["month"] != found["day"])


def _is_numeric(printed: str) -> bool:
    return re.fullmatch(r"\d{1,2} ?/ ?\d{1,2} ?/ ?\d{4}", printed.strip()) is not None


def _turned(found: PrintedDate) -> PrintedDate | None:
    """The date with day and month the other way round; null where there is none."""
    if found.day is None or found.day > 12:
        return None
    return PrintedDate(found.year, found.day, found.month, found.hour, found.minute, found.second, found.utc_offset)


def _near(plain: str, start: int, end: int) -> str:
    """The date with what stands right beside it: where its weekday is printed."""
    return plain[max(0, start - 14) : end + 12]


def _spaced(name: str) -> str:
    return " ".join(name.split())


def _candidates(plain: str) -> Iterator[tuple[int, int, PrintedDate, int | None]]:
    """Dates in order of trust in their form; a form that is there but impossible ends the search."""
    for form in _FORMS:
        for match in form.finditer(plain):
            parts = match.groupdict()
            if parts.get("iso"):
                found = _from_iso(parts["iso"])
            else:
                found = _from_parts(parts)
            if found is None:
                return
            weekday = WEEKDAYS[_spaced(parts["weekday"])] if parts.get("weekday") else None
            yield match.start(), match.end(), found, weekday
    for match in _HIJRI.finditer(plain):
        if (found := _from_hijri(match)) is not None:
            yield match.start(), match.end(), found, None


def _from_iso(text: str) -> PrintedDate | None:
    try:
        moment = isoparse(text.replace(" utc", "z").replace(" ", "t", 1).replace(" ", "").upper())
    except ValueError:
        return None
    return PrintedDate.from_datetime(moment) if moment.year in YEARS else None


def _month_number(name: str) -> int:
    spaced = _spaced(name)
    return MONTHS[spaced] if spaced in MONTHS else {k.replace(" ", ""): v for k, v in MONTHS.items()}[spaced]


def _from_parts(parts: dict[str, str | None]) -> PrintedDate | None:
    year, day = int(parts["year"] or 0), int(printed) if (printed := parts.get("day")) else None
    if parts.get("month"):
        month = _month_number(parts["month"] or "")
        if parts.get("twin") and _month_number(parts["twin"] or "") != month:
            return None
    else:
        month = int(parts["month_number"] or 0)
        if day is not None and month > 12 >= day and parts.get("sep") == "/":
            day, month = month, day  # 12/25/2020 can only be American
    if year not in YEARS:
        return None
    try:
        date(year, month, 1 if day is None else day)
    except ValueError:
        return None
    return PrintedDate(year, month, day)


def _from_hijri(match: re.Match[str]) -> PrintedDate | None:
    return _hijri_day(match["year"], HIJRI_MONTHS.get(_spaced(match["month"]), 0), match["day"])


def _hijri_day(year: str, month: str | int, day: str) -> PrintedDate | None:
    try:
        found = Hijri(int(year), int(month), int(day)).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return PrintedDate(found.year, found.month, found.day)


def _with_time(found: PrintedDate, plain: str, start: int, end: int) -> tuple[PrintedDate, str]:
    """The date with the time printed beside it, after it first."""
    before, after = plain[:start], plain[end:]
    match = _TIME.search(after) or _TIME.search(before)
    if not match:
        return found, f"{before} {after}"
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = match["half"]
    if half in ("م", "مساء", "مساءا", "ظهرا", "pm") and hour < 12:
        hour += 12
    elif half in ("ص", "صباحا", "am") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return found, f"{before} {after}"
    offset = int(match["shift"] or 0) * 60 if match["zone"] else None
    if offset is not None and abs(offset) > _FARTHEST_ZONE:
        offset = None
    around = before if match.string is before else after
    if offset is None and (
        _GMT_BEFORE.search(around[: match.start()]) or re.match(r"(?:gmt|utc)(?![+\-\w])", after.strip())
    ):
        offset = 0
    timed = PrintedDate(found.year, found.month, found.day, hour, minute, second, offset)
    rest = around[: match.start()] + around[match.end() :]
    return timed, f"{rest} {after}" if around is before else f"{before} {rest}"


def _before(captured_at: datetime, match: re.Match[str]) -> PrintedDate | None:
    unit = match["unit"]
    count = int(match["count"] or (2 if unit.endswith("ين") else 1))
    step = next(step for name, step in _UNITS.items() if unit.startswith(name) or (name == "دقيق" and unit[0] == "د"))
    try:
        moment = captured_at.astimezone(captured_at.tzinfo or UTC) - count * step
    except OverflowError:
        return None
    if moment.year not in YEARS:
        return None
    day = PrintedDate(moment.year, moment.month, moment.day)
    return PrintedDate.from_datetime(moment.replace(second=0)) if step < timedelta(days=1) else day
