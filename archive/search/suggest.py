"""What may be meant while it is typed: writers, places, papers and sections by name, stories by headline.

A fixed number of questions, whatever is typed: four of names, one of their stories, one of headlines, one of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.urls import reverse

from archive.arabic import Terms, analyse, key, other_layout, terms
from archive.models import Author, Place, Publisher, Section, Story

from .engine import AllOf, AnyOf, In, IndexMissing, Node, Question, Word, engine

Kind = Literal["story", "author", "place", "publisher", "section"]
SHORTEST = 2
LONGEST = 100
_MOST_NAMES = 4
"""Names among the suggestions: the others are stories."""
_CANDIDATES = 250
"""Names that are ranked by their stories, the shortest of those that fit."""
_EXPANSIONS = 16
_LOOKED_AT = 24
"""Newest stories among which those are put first whose headline begins as typed."""
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: Kind
    label: str
    url: str
    count: int | None = None
    """stories that bear a name; null where they are not counted"""
    story: Story | None = None


def suggestions(text: str, limit: int = 8) -> list[Suggestion]:
    """Names and headlines with a word that begins as what is typed; none for less than two letters or no index."""
    typed = text[:LONGEST].replace("\x00", " ")
    try:
        found = _suggestions(typed, limit)
        if not found and (meant := other_layout(typed)):
            found = _suggestions(meant, limit)
    except IndexMissing:
        return []
    return found


def _suggestions(text: str, limit: int) -> list[Suggestion]:
    start = key(text)
    if len(start.replace(" ", "")) < SHORTEST:
        return []
    names = _names(start)[: min(_MOST_NAMES, limit)]
    return names + _stories(text, start, limit - len(names))


# -- names ---------------------------------------------------------------------------------------------------------


def _names(start: str) -> list[Suggestion]:
    authors = {
        merged or pk: merged_name or name
        for pk, name, merged, merged_name in _beginning(Author.objects.all(), start).values_list(
            "pk", "name", "merged_into_id", "merged_into__name"
        )
    }
    places = dict(_beginning(Place.objects.all(), start).values_list("pk", "name"))
    sections = {row.pk: row for row in _beginning(Section.objects.select_related("publisher"), start)}
    labels: dict[Kind, dict[int, str]] = {
        "author": authors,
        "place": places,
        "section": {pk: f"{row.name} ({row.publisher.name})" for pk, row in sections.items()},
    }
    counts = _counts(labels)
    ranked = sorted(
        counts, key=lambda one: (not _begins(key(labels[one[0]][one[1]]), start), -counts[one], labels[one[0]][one[1]])
    )
    papers = _papers(start)
    return papers + [
        Suggestion(kind, labels[kind][pk], reverse(kind, args=[pk]), counts[kind, pk])
        for kind, pk in ranked[: _MOST_NAMES - len(papers)]
    ]


def _beginning(rows: QuerySet[Any], start: str) -> QuerySet[Any]:
    """Rows whose folded name has a word that begins so, with or without its article. What most names lack is asked
    first, and of the index of the names alone: so fifty thousand are read in milliseconds."""
    starts = [start] if start.startswith(_ARTICLE) else [start, _ARTICLE + start]
    begins = Q()
    for one in starts:
        begins |= Q(key__startswith=one) | Q(key__contains=f" {one}")
    fitting = rows.model._default_manager.filter(Q(key__contains=start) & begins).order_by(Length("key"))
    return rows.filter(pk__in=fitting.values("pk")[:_CANDIDATES]).order_by()


def _begins(name: str, start: str) -> bool:
    return name.startswith((start, _ARTICLE + start))


def _counts(names: dict[Kind, dict[int, str]]) -> dict[tuple[Kind, int], int]:
    """(kind, id) → stories, of the names that have the most of them."""
    asked = {kind: In(kind, tuple(some)) for kind, some in names.items() if some}
    if not asked:
        return {}
    question = Question(
        node=AnyOf(tuple(asked.values())), copies=True, limit=1, sort="newest", facets=tuple(asked)
    )  # fmt: skip
    facets = engine().search(question).facets
    return {(kind, pk): count for kind in asked for pk, count in facets[kind].items() if pk in names[kind]}


def _papers(start: str) -> list[Suggestion]:
    """Papers are few: their names are folded here."""
    shown = Exists(Story.objects.visible().filter(publisher=OuterRef("pk")).order_by())
    rows = [row for row in Publisher.objects.filter(shown) if any(_begins(word, start) for word in _ends(row.name))]
    return [Suggestion("publisher", row.name, row.get_absolute_url()) for row in rows[:2]]


def _ends(name: str) -> list[str]:
    """The folded name from each of its words on."""
    words = key(name).split()
    return [" ".join(words[at:]) for at in range(len(words))]


# -- headlines -----------------------------------------------------------------------------------------------------


def _stories(text: str, start: str, limit: int) -> list[Suggestion]:
    node = _in_headlines(text)
    if node is None or limit < 1:
        return []
    # copies one by one: each may bear a headline of its own
    ids = engine().search(Question(node=node, copies=True, sort="newest", limit=_LOOKED_AT)).ids
    rows = Story.objects.visible().select_related("publisher").in_bulk(ids)
    stories = list({key(rows[pk].headline): rows[pk] for pk in reversed(ids) if pk in rows}.values())[::-1]
    stories.sort(key=lambda story: not _begins(key(story.headline), start))  # the others stay newest first
    return [Suggestion("story", one.headline, one.get_absolute_url(), story=one) for one in stories[:limit]]


def _in_headlines(text: str) -> Node | None:
    """All telling words in the headline, the last one perhaps not yet typed to its end."""
    words = [token.terms for token in analyse(text)]
    if not words:
        return None
    last = None if text[-1].isspace() else words.pop()
    nodes: list[Node] = [Word(word, in_headline=True) for word in words if word.tells]
    if last is not None and len(last.exact) >= SHORTEST and last.exact != _ARTICLE:
        if not (ends := _expanded(last)):
            return None
        nodes.append(AnyOf(ends))
    return AllOf(tuple(nodes)) if nodes else None


def _expanded(word: Terms) -> tuple[Node, ...]:
    """The commonest words of headlines that begin so, with or without their article."""
    starts = [word.exact] if word.exact.startswith(_ARTICLE) else [word.exact, _ARTICLE + word.exact]
    found = [term for start in starts for term, _ in engine().beginning_with("head_exact", start, _EXPANSIONS)]
    return tuple(Word(Terms(term, term, terms(term).stem, True), "exact", True) for term in found)
