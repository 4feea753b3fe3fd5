"""Story ↔ engine: an editor's request in, stories with marked passages, exact totals and facets out.

The one path of page, API, feed, export and batch: the same request gives the same stories and the same total.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from archive.models import Author, Place, Publisher, Section, Story
from archive.taste import in_digits, number

from .engine import FACETS, AllOf, Answer, AnyOf, Between, In, IndexMissing, Node, Prefer, Question, Word, engine
from .grammar import Reading, read_query
from .highlight import Fragment, highlight, snippet
from .indexing import MINUTES_A_DAY
from .marks import Marks
from .names import IdsOf, ids_of

DEEPEST = 10_000
"""Hits that can be paged through; totals and facets count all."""
_SNIPPET_FROM = 4_000
"""Letters of a text in which the best passage is looked for."""


@dataclass(frozen=True)
class SearchRequest:
    """What is asked: a text in any shape and filters; an empty text lists all that the filters leave."""

    text: str = ""
    publisher: str = ""
    """slug"""
    section: int | None = None
    author: int | None = None
    place: int | None = None
    date_from: date | None = None
    date_to: date | None = None
    sort: Literal["relevance", "newest", "oldest"] = "relevance"
    copies: bool = False
    """near-copies one by one, instead of as one hit"""
    literally: bool = False
    """every word in just its letters"""
    fresh: bool = True
    """of stories that match as well as each other, the newer ones first"""
    page: int = 1
    size: int = 20
    after: int | None = None
    """the last story of the page before: keeps pages in step while an import runs"""


@dataclass(frozen=True)
class Hit:
    story: Story
    headline: list[Fragment]
    snippet: list[Fragment]
    copies: int = 0
    """other stories that are near-copies of it"""


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class SearchResults:
    request: SearchRequest
    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    reading: list[str] = field(default_factory=list)
    last: int | None = None
    """what the next page comes after: the hit's own number, whichever copy of it is shown"""
    available: bool = True
    """false while there is no index of today's analysis"""


@dataclass(frozen=True)
class Resolved:
    """A request ready for the engine. `node` null and `nothing` true: nothing can match."""

    node: Node | None
    filters: tuple[In | Between, ...]
    marks: Marks
    notes: list[str]
    reading: Reading
    nothing: bool = False


def search_stories(request: SearchRequest, *, facets: tuple[str, ...] = FACETS) -> SearchResults:
    """One path for count, list and facets. Never raises for any text."""
    asked = resolve(request)
    if asked.nothing:
        return SearchResults(request, reading=asked.notes)
    offset = max(0, request.page - 1) * request.size
    if too_deep := offset >= DEEPEST and request.sort == "relevance" and request.after is None:
        asked.notes.append(
            _("تُعرض أول %(number)s نتيجة بهذا الترتيب؛ ضيّق البحث أو رتّب بالتاريخ لتصل إلى ما بعدها")
            % {"number": number(DEEPEST)}
        )
    question = Question(
        node=asked.node,
        filters=asked.filters,
        copies=request.copies,
        sort="newest" if asked.node is None and request.sort == "relevance" else request.sort,
        fresh=request.fresh,
        after=request.after,
        offset=0 if too_deep else offset,
        limit=max(1, request.size),
        facets=facets,
    )
    try:
        answer = engine().search(question)
    except IndexMissing:
        return SearchResults(request, reading=asked.notes, available=False)
    ids = [] if too_deep else answer.ids
    hits, found = _hits(ids, request, asked), _facets(request, answer)
    return SearchResults(request, answer.total, hits, found, asked.notes, ids[-1] if ids else None)


def resolve(request: SearchRequest, find: IdsOf = ids_of) -> Resolved:
    """A request with the names in it looked up and its dates as moments."""
    reading = read_query(request.text, literally=request.literally)
    notes, node = list(reading.notes), reading.node
    filters: list[In | Between] = []
    nothing = bool(request.text.strip()) and reading.is_empty
    for named in reading.names:
        ids = find(named)
        if ids:
            filters.append(In(named.kind, ids))
            notes.append(f"{capfirst(str(_KINDS[named.kind]))}: {named.text}")
        else:  # «مصدر: سنعلن غدا» is a headline, not a paper
            node = _with_words(node, named.text)
            said = {"kind": _KINDS[named.kind], "name": named.text}
            notes.append(_("لا %(kind)s باسم «%(name)s» في الأرشيف، فبحثنا عنه في النصوص") % said)
    if request.publisher:
        slug = request.publisher.encode("utf-8", "replace").decode().replace("\x00", "")
        publisher = Publisher.objects.filter(slug=slug).values_list("pk", flat=True).first()
        nothing |= publisher is None
        filters.append(In("publisher", (publisher,) if publisher else ()))
    for name in ("section", "author", "place"):
        if (value := getattr(request, name)) is not None:
            filters.append(In(name, (max(0, min(value, 2**62)),)))
    since = max((day for day in (request.date_from, reading.since) if day), default=None)
    until = min((day for day in (request.date_to, reading.until) if day), default=None)
    if since or until:
        filters.append(
            Between(
                since.toordinal() * MINUTES_A_DAY if since else None,
                (until.toordinal() + 1) * MINUTES_A_DAY - 1 if until else None,
            )
        )
        if reading.since or reading.until:
            notes.append(_("التاريخ: %(span)s") % {"span": " ".join(_span_words(reading.since, reading.until))})
    return Resolved(node, tuple(filters), reading.marks, notes, reading, nothing)


_KINDS = {
    "author": gettext_lazy("كاتب"),
    "place": gettext_lazy("مكان"),
    "section": gettext_lazy("قسم"),
    "publisher": gettext_lazy("مصدر"),
}


def _span_words(since: date | None, until: date | None) -> list[str]:
    ends = ((pgettext("in a reading", "من"), since), (pgettext("in a reading", "إلى"), until))
    return [f"{word} {in_digits(day.isoformat())}" for word, day in ends if day]


def _with_words(node: Node | None, text: str) -> Node | None:
    found = read_query(text).node
    if node is None or found is None:
        return found if node is None else node
    parts = tuple(part for one in (node, found) for part in (one.nodes if isinstance(one, AnyOf) else (one,)))
    return AnyOf(parts) if all(isinstance(part, Word) for part in parts) else AllOf((node, Prefer((found,))))


def _hits(ids: list[int], request: SearchRequest, asked: Resolved) -> list[Hit]:
    """The stories of some hits. Of near-copies the one that the filters ask for is shown, else the one they follow."""
    listed = Story.objects.listed().select_related("body")
    stories = listed.in_bulk(ids)
    roots = [] if request.copies else [story.copy_of_id or pk for pk, story in stories.items()]
    members: dict[int | None, list[int]] = defaultdict(list)
    for pk, root in Story.objects.visible().filter(copy_of__in=roots).values_list("pk", "copy_of_id"):
        members[root].append(pk)
    copies = listed.in_bulk([pk for pks in members.values() for pk in pks]) if asked.filters and members else {}
    found = []
    for pk in ids:
        if (lead := stories.get(pk)) is not None:
            others = [one for one in members.get(lead.copy_of_id or pk, ()) if one != pk]
            rows = (lead, *(copies[one] for one in others if one in copies))
            shown = next((row for row in rows if _fits(row, asked.filters)), lead)
            found.append(_hit(shown, asked.marks, len(others)))
    return found


def _fits(story: Story, filters: Iterable[In | Between]) -> bool:
    """Whether a story itself passes the filters that its group passed."""
    for one in filters:
        if isinstance(one, Between):
            moment = story.published_on.toordinal() * MINUTES_A_DAY if story.published_on else None
            last = None if moment is None else moment + MINUTES_A_DAY - 1
            if moment is None or (one.since or 0) > (last or 0) or (one.until is not None and one.until < moment):
                return False
        elif (
            one.facet == "publisher"
            and story.publisher_id not in one.values
            or one.facet == "section"
            and story.section_id not in one.values
        ):
            return False
        elif one.facet == "author":
            names = {line.author.merged_into_id or line.author_id for line in story.bylines.all()}
            if not names.intersection(one.values):
                return False
        elif one.facet == "place" and not {line.place_id for line in story.datelines.all()}.intersection(one.values):
            return False
    return True


def _hit(story: Story, marks: Marks, copies: int) -> Hit:
    text = story.body.text[:_SNIPPET_FROM].replace("\n", " ")
    return Hit(story, highlight(story.headline, marks), snippet(text, marks), copies)


def _facets(request: SearchRequest, answer: Answer) -> dict[str, list[FacetValue]]:
    labels: dict[str, Callable[[list[int]], dict[int, tuple[str, str]]]] = {
        "publisher": lambda ids: {row.pk: (row.slug, row.name) for row in Publisher.objects.filter(pk__in=ids)},
        "section": _section_labels,
        "author": lambda ids: _names(Author, ids),
        "place": lambda ids: _names(Place, ids),
        "year": lambda ids: {year: (str(year), str(year)) for year in ids},
        "month": lambda ids: {one: (f"{one // 100}-{one % 100:02}", f"{one // 100}-{one % 100:02}") for one in ids},
    }
    facets: dict[str, list[FacetValue]] = {}
    for name, counts in answer.facets.items():
        named = labels[name](list(counts))
        chosen = _chosen(request, name)
        values = [FacetValue(*named[pk], count, named[pk][0] == chosen) for pk, count in counts.items() if pk in named]
        by_time = name in ("year", "month")
        facets[name] = sorted(values, key=lambda v: (v.value,) if by_time else (-v.count, v.label), reverse=by_time)
    return facets


def _names(model: type[Author] | type[Place], ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = model._default_manager.filter(pk__in=ids).values_list("pk", "name")
    return {pk: (str(pk), name) for pk, name in rows}


def _section_labels(ids: list[int]) -> dict[int, tuple[str, str]]:
    """Sections by name; where papers share a name, with the paper's."""
    rows = list(Section.objects.filter(pk__in=ids).select_related("publisher"))
    often = Counter(row.key for row in rows)
    return {r.pk: (str(r.pk), f"{r.name} ({r.publisher.name})" if often[r.key] > 1 else r.name) for r in rows}


def _chosen(request: SearchRequest, name: str) -> str:
    if name in ("year", "month"):
        first, last = request.date_from, request.date_to
        if not (first and last and first.year == last.year and first.day == 1):
            return ""
        if name == "year":
            return str(first.year) if (first.month, last.month, last.day) == (1, 12, 31) else ""
        return f"{first.year}-{first.month:02}" if first.month == last.month and last.day >= 28 else ""
    value = getattr(request, name)
    return "" if value is None else str(value)
