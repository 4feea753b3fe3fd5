"""What an address asks of the search. A value that makes no sense is left out, and a note says so."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal, cast
from urllib.parse import quote_plus

from django.db.models import Model, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Author, Place, Publisher, Section, Story
from archive.search import SearchRequest
from archive.taste import in_digits
from archive.templatetags.dates import day

LONGEST_TEXT = 1000
LAST_PAGE = 10_000
SORTS = {
    "relevance": gettext_lazy("الأقرب إلى البحث"),
    "newest": gettext_lazy("الأحدث"),
    "oldest": gettext_lazy("الأقدم"),
}
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Filter:
    """A narrowing that the reader can take back by dropping these parameters."""

    title: str
    label: str
    parameters: tuple[str, ...]


@dataclass
class Asked:
    request: SearchRequest
    filters: list[Filter] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Reader:
    """Reads one parameter after the other and gathers what it used and what it could not."""

    def __init__(self, parameters: QueryDict) -> None:
        self.parameters = parameters
        self.filters: list[Filter] = []
        self.notes: list[str] = []

    def value(self, name: str) -> str:
        return CONTROL.sub(" ", self.parameters.get(name, "")).strip()

    def ignored(self, what: str) -> None:
        self.notes.append(_("تجاهلنا %(what)s لأن قيمته غير صالحة.") % {"what": what})

    def text(self) -> str:
        text = self.value("q")
        if len(text) > LONGEST_TEXT:
            longest = {"letters": in_digits(LONGEST_TEXT)}
            self.notes.append(_("نص البحث طويل، فبحثنا عن أول %(letters)s حرف منه.") % longest)
        return text[:LONGEST_TEXT]

    def number(self, name: str, what: str, largest: int, default: int) -> int:
        value = self.value(name)
        if not value:
            return default
        if value.isdecimal() and len(value) < 10 and 0 < int(value) <= largest:
            return int(value)
        self.ignored(what)
        return default

    def row(self, name: str, what: str, find: Callable[[str], Model | None]) -> Any:
        value = self.value(name)
        if not value:
            return None
        found = find(value)
        if found is None or not shown(found):
            self.ignored(what)
            return None
        self.filters.append(Filter(what, str(found), (name,)))
        return found

    def switch(self, name: str, what: str, on: tuple[str, ...], off: tuple[str, ...], default: bool) -> bool:
        value = self.value(name).lower()
        if not value:
            return default
        if value in on or value in off:
            return value in on
        self.ignored(what)
        return default

    def copies(self) -> bool:
        """Near-copies one by one."""
        return self.switch("copies", _("النسخ"), ("all", "on", "1"), ("off", "0"), False)

    def one_date(self, name: str, what: str, last: bool) -> date | None:
        """`2016-03-01`, and also `2016-03` and `2016`, which mean their first or last day."""
        value = self.value(name)
        if not value:
            return None
        if match := DATE.fullmatch(value):
            year, month, on = (int(part) if part else None for part in match.groups())
            month = month or (12 if last else 1)
            try:
                on = on or (calendar.monthrange(year or 0, month)[1] if last else 1)
                return date(year or 0, month, on)
            except ValueError:
                pass
        self.ignored(what)
        return None

    def dates(self) -> tuple[date | None, date | None]:
        start, end = self.one_date("from", _("بداية التاريخ"), False), self.one_date("to", _("نهاية التاريخ"), True)
        if start and end and start > end:
            self.notes.append(_("تاريخ البداية بعد تاريخ النهاية، فبدّلنا بينهما."))
            start, end = end, start
        if start or end:
            self.filters.append(Filter(_("التاريخ"), span_label(start, end), ("from", "to")))
        return start, end


def shown(name: Model) -> bool:
    """Whether a visible story bears a name; one that hidden stories alone bear is not told by its number either."""
    bearing = {
        Publisher: Q(publisher=name.pk),
        Section: Q(section=name.pk),
        Author: Q(authors__in=Author.objects.filter(Q(pk=name.pk) | Q(merged_into=name.pk)).values("pk")),
        Place: Q(places=name.pk),
    }
    return Story.objects.visible().filter(bearing[type(name)]).exists()


def by_id(model: type[Section] | type[Author] | type[Place]) -> Callable[[str], Any]:
    def find(value: str) -> Any:
        if not (value.isdecimal() and len(value) < 19):
            return None
        return model._default_manager.filter(pk=int(value)).first()

    return find


def find_author(value: str) -> Author | None:
    """A merged writer is searched under the name it was merged into."""
    author = by_id(Author)(value)
    return author.merged_into or author if author else None


def find_publisher(value: str) -> Publisher | None:
    return Publisher.objects.filter(slug=value[:100]).first()


def span_label(start: date | None, end: date | None) -> str:
    if start and end:
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            first, last = in_digits(start.year), in_digits(end.year)
        else:
            first, last = day(start), day(end)
        return first if first == last else _("من %(first)s إلى %(last)s") % {"first": first, "last": last}
    if start:
        return _("منذ %(date)s") % {"date": day(start)}
    return _("حتى %(date)s") % {"date": day(end)} if end else ""


def read_parameters(parameters: QueryDict, largest_size: int = 20) -> Asked:
    reader = Reader(parameters)
    publisher = reader.row("publisher", _("المصدر"), find_publisher)
    section = reader.row("section", _("القسم"), by_id(Section))
    author = reader.row("author", _("الكاتب"), find_author)
    place = reader.row("place", _("المكان"), by_id(Place))
    date_from, date_to = reader.dates()
    sort = reader.value("sort") or "relevance"
    if sort not in SORTS:
        reader.ignored(_("الترتيب"))
        sort = "relevance"
    request = SearchRequest(
        text=reader.text(),
        publisher=publisher.slug if publisher else "",
        section=section.pk if section else None,
        author=author.pk if author else None,
        place=place.pk if place else None,
        date_from=date_from,
        date_to=date_to,
        sort=cast(Literal["relevance", "newest", "oldest"], sort),
        copies=reader.copies(),
        literally=reader.switch("exact", _("المطابقة"), ("on", "1"), ("off", "0"), False),
        fresh=reader.switch("fresh", _("تفضيل الأحدث"), ("on", "1"), ("off", "0"), True),
        after=reader.number("after", _("موضع الصفحة"), 10**9, 0) or None,
        page=reader.number("page", _("رقم الصفحة"), LAST_PAGE, 1),
        size=reader.number("size", _("عدد النتائج"), largest_size, 20),
    )
    return Asked(request, reader.filters, reader.notes)


def query(parameters: QueryDict, **changes: str | None) -> str:
    """The same search with something changed (None drops it), from its first page: `?q=…`."""
    changed = {name.rstrip("_"): value for name, value in changes.items()}
    pairs = [
        (name, value)
        for name, values in parameters.lists()
        if name not in ("page", "after") and name not in changed
        for value in values
    ]
    pairs += [(name, value) for name, value in changed.items() if value]
    return "?" + "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


_quoted = lru_cache(1_000)(quote_plus)  # a page of results has a hundred links that share their question
