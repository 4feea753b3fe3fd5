"""Stories that belong to a story: those its page links to, then the same event, then the same subject.

A text is known by the words that tell it from others (TF-IDF of stems, headline and beginning counted more). What it
shares of them with another story, weighed by how near the two lie in time, makes the order; near-copies of the story
are never shown.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext

from archive.arabic import analyse, words
from archive.models import Story

from .engine import In, IndexMissing, Question, SearchEngine, engine

_TELLING = 30
"""Words that a story is known by."""
_LOOKED_AT = 24
_SHARED_WORDS = 3
_SAME_SECTION = 1.15  # how much more a share weighs in the story's own section
_RARE = 0.2  # share of stories that a telling word may stand in
_FEW = 10  # stories in which a word may stand in any archive, however small
_HEADLINE, _BEGINNING = 2, 1  # counts that a word's place in headline or beginning adds
_BEGINNING_LETTERS = 300
_SAME_SUBJECT = 0.15
"""Share of a story's telling words, by weight, that another must have to be shown: few are better than wrong."""
_SAME_EVENT = 0.5
"""…to be about the same event…"""
_EVENT_DAYS = 10
"""…if so few days lie between them."""


@dataclass(frozen=True)
class Related:
    headline: str
    url: str
    """a path in the archive, or the original address where the story is not archived; may be empty"""
    story: Story | None
    reason: str
    printed: bool


def related_stories(story: Story, limit: int = 6) -> list[Related]:
    """Printed links first, in the page's order; then likeness."""
    links = [
        link
        for link in story.related_links.select_related("target__publisher", "target__section")
        if link.target is None or not link.target.hidden
    ]
    found = [_printed(link.text, link.url, link.target) for link in links]
    known = {story.pk} | {link.target_id for link in links if link.target_id}
    wanted = max(0, limit - len(found))
    return found + (_alike(story, known, wanted) if wanted else [])


def _printed(text: str, url: str, target: Story | None) -> Related:
    printed = gettext("مذكور في الصفحة")
    if target is not None:
        return Related(target.headline, target.get_absolute_url(), target, printed, True)
    return Related(text, url, None, printed, True)


def _alike(story: Story, known: set[int], limit: int) -> list[Related]:
    text = f"{story.headline}\n{story.lead}\n{_body(story)}"
    tokens = analyse(text)
    counts = Counter(token.stem for token in tokens)
    for token in tokens:
        if token.start < len(story.headline):
            counts[token.stem] += _HEADLINE
        elif token.start < len(story.headline) + _BEGINNING_LETTERS:
            counts[token.stem] += _BEGINNING
    try:
        telling = telling_words(counts, engine())
        own = story.copy_of_id or story.pk
        sections = (In("section", (story.section_id,)),) if story.section_id else ()
        question = Question(
            like=tuple(telling.items()),
            prefer=sections,
            not_groups=frozenset({own}),
            limit=_LOOKED_AT,
        )
        ids = engine().search(question).ids
    except IndexMissing:
        return []
    printed = {token.stem: text[token.start : token.end] for token in reversed(tokens)}
    alike = _likenesses(story, telling, [pk for pk in ids if pk not in known])
    nearest = sorted(alike, key=lambda one: one.rank)[:limit]
    rows = Story.objects.visible().select_related("publisher", "section").in_bulk([one.pk for one in nearest])
    return [
        Related(row.headline, row.get_absolute_url(), row, _reason(one, printed), False)
        for one in nearest
        if (row := rows.get(one.pk)) is not None
    ]


class _Likeness(NamedTuple):
    pk: int
    rank: tuple[bool, float]
    """least first"""
    shared: list[str]
    """stems that both have, the strongest first"""
    same_event: bool


def _likenesses(story: Story, telling: Mapping[str, float], ids: list[int]) -> Iterator[_Likeness]:
    """Those of some stories that are about the same, in the order of the ids where they are alike."""
    columns = ("pk", "headline", "lead", "body__text", "published_on", "section_id")
    found = {row[0]: row for row in Story.objects.visible().filter(pk__in=ids).order_by().values_list(*columns)}
    whole = sum(telling.values()) or 1
    for pk, headline, lead, text, on, section in (found[pk] for pk in ids if pk in found):
        other = {word.stem for word in words(f"{headline} {lead} {text or ''}")}
        shared = [stem for stem in telling if stem in other]
        share = sum(telling[stem] for stem in shared) / whole
        if share >= _SAME_SUBJECT:
            same_event = share >= _SAME_EVENT and _days_between(story.published_on, on) <= _EVENT_DAYS
            nearer = _SAME_SECTION if section is not None and section == story.section_id else 1
            yield _Likeness(pk, (not same_event, -share * nearer), shared, same_event)


def telling_words(counts: Mapping[str, int], index: SearchEngine) -> dict[str, float]:
    """The stems that tell a text from others, by TF-IDF, the strongest first."""
    total = max(1, index.status().documents)
    weights = {
        stem: (1 + math.log(counts[stem])) * math.log(1 + total / frequency)
        for stem, frequency in index.frequencies("stem", (stem for stem in counts if len(stem) > 1)).items()
        if 1 < frequency < _RARE * total + _FEW
    }
    return dict(sorted(weights.items(), key=lambda row: -row[1])[:_TELLING])


def _days_between(one: date | None, other: date | None) -> int:
    return _EVENT_DAYS + 1 if one is None or other is None else abs((one - other).days)


def _body(story: Story) -> str:
    return story.body.text if hasattr(story, "body") else ""


def _reason(likeness: _Likeness, printed: Mapping[str, str]) -> str:
    """«الحدث نفسه: …» or «يشترك معه في: …», by the strongest words that both have, as this story prints them."""
    strongest = [printed[stem] for stem in likeness.shared if stem in printed][:_SHARED_WORDS]
    if not strongest:
        return gettext("قريب منه")
    said = gettext("الحدث نفسه: %(words)s") if likeness.same_event else gettext("يشترك معه في: %(words)s")
    return said % {"words": gettext("، ").join(strongest)}
