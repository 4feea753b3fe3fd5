"""Which documents match: a node as a query of tantivy. Nothing here ranks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tantivy
from tantivy import Occur, Query

from ..engine import AllOf, AnyOf, Between, In, Node, Not, Phrase, Prefer, Prefix, Word
from .schema import SCHEMA, clock

_END = 2**62
"""Later than any story, and no more than the index can count to."""
_MOST_EXPANSIONS = 5_000
_PROCLITICS = "وفبلك"


def term(name: str, value: Any) -> Query:
    return Query.term_query(SCHEMA, name, value)


def any_of(queries: Iterable[Query]) -> Query:
    parts = list(queries)
    if not parts:
        return Query.empty_query()
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, part) for part in parts])


def all_of(queries: Iterable[Query]) -> Query:
    """An AND; of negations alone, all but them."""
    return Query.boolean_query([(Occur.Must, Query.all_query()), *((Occur.Must, query) for query in queries)])


def match(node: Node, searcher: tantivy.Searcher, side: str) -> Query:
    """The query for a node; `side` is that of the facets: the story's own or its hit's."""

    def match_here(part: Node) -> Query:
        return match(part, searcher, side)

    match node:
        case Word():
            return term(field_of(node), value_of(node))
        case Phrase():
            return _phrase(node, searcher)
        case Prefix():
            name = "head_exact" if node.in_headline else "exact"
            found = [searcher.terms_with_prefix(name, start, None, _MOST_EXPANSIONS) for start in node.starts]
            return Query.term_set_query(SCHEMA, name, [word for terms in found for word, _ in terms])
        case In(facet, values):
            return any_of(term(side + facet, value) for value in values)
        case Between(since, until):
            low = min(clock(since or 1), _END)
            high = min(clock(until + 1) - 1, _END) if until is not None else _END
            return Query.range_query(SCHEMA, side + "newest", tantivy.FieldType.Integer, low, high)
        case Not(part):
            return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, match_here(part))])
        case AllOf(nodes):
            wanted = [(Occur.Must, match_here(one)) for one in nodes if not isinstance(one, Not)]
            unwanted = [(Occur.MustNot, match_here(one.node)) for one in nodes if isinstance(one, Not)]
            return Query.boolean_query([*(wanted or [(Occur.Must, Query.all_query())]), *unwanted])
        case AnyOf(nodes):
            return any_of(match_here(one) for one in nodes)
        case Prefer():
            return Query.all_query()


def field_of(word: Word) -> str:
    if word.in_headline:
        return "head" if word.form == "stem" else "head_exact"
    return word.form


def value_of(word: Word) -> str:
    return (
        word.terms.stem
        if word.form == "stem"
        else word.terms.exact
        if word.in_headline
        else getattr(word.terms, word.form)
    )


def _phrase(phrase: Phrase, searcher: tantivy.Searcher) -> Query:
    name = "head_exact" if phrase.in_headline else "exact"
    first, *others = (forms.exact for forms in phrase.words)
    if phrase.as_written:
        letters = [term("surface", forms.surface) for forms in phrase.words]
        return all_of([*letters, _side_by_side(name, [first, *others], phrase.slop)])
    starts = [first, *(start for start in _with_proclitics(first) if searcher.doc_freq(name, start))]
    found = [_side_by_side(name, [start, *others], phrase.slop) for start in starts]
    if phrase.slop and others:
        found.append(_side_by_side(name, [*reversed(others), first], phrase.slop))
    return any_of(found)


def _side_by_side(name: str, words: list[str], slop: int) -> Query:
    if len(words) == 1:
        return term(name, words[0])
    return Query.phrase_query(SCHEMA, name, list(words), slop=slop)


def _with_proclitics(word: str) -> list[str]:
    """The word as it may stand in a text: «في دمشق» also in «وفي دمشق», «المدينة» also in «للمدينة»."""
    found = [letter + word for letter in _PROCLITICS]
    return [*found, "لل" + word[2:]] if word.startswith("ال") else found
