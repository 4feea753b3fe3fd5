"""Stories that belong to a story: those its page links to, then the same event, then the same subject.

A text is known by the words that tell it from others (TF-IDF of stems, headline and beginning counted more). What it
shares of them with another story, weighed by how near the two lie in time, makes the order; near-copies of the story
are never shown.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from archive.arabic import analyse
from archive.models import Story

from .engine import In, IndexMissing, Question, SearchEngine, engine

PRINTED = "مذكور في الصفحة"
_TELLING = 30
"""Words that a story is known by."""
_LOOKED_AT = 24
_SHARED_WORDS = 3
_RARE = 0.2  # share of stories that a telling word may stand in
_FEW = 10  # stories in which a word may stand in any archive, however small
_HEADLINE, _BEGINNING = 2, 1  # counts that a word's place in headline or beginning adds
_BEGINNING_LETTERS = 300
_SAME_EVENT = 0.35
"""Share of a story's telling words, by weight, that another must have to be about the same event…"""
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
    if target is not None:
        return Related(target.headline, target.get_absolute_url(), target, PRINTED, True)
    return Related(text, url, None, PRINTED, True)


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
    rows = Story.objects.visible().select_related("publisher", "section", "body").in_bulk(ids)
    printed = {token.stem: text[token.start : token.end] for token in reversed(tokens)}
    ranked = []
    for at, row in enumerate(rows[pk] for pk in ids if pk in rows and pk not in known):
        share, shared = _shared(telling, row)
        same_event = share >= _SAME_EVENT and _days_between(story, row) <= _EVENT_DAYS
        ranked.append(((not same_event, at), row, shared, same_event))
    ranked.sort(key=lambda one: one[0])
    return [
        Related(row.headline, row.get_absolute_url(), row, _reason(shared, printed, same_event), False)
        for _, row, shared, same_event in ranked[:limit]
    ]


def telling_words(counts: Mapping[str, int], index: SearchEngine) -> dict[str, float]:
    """The stems that tell a text from others, by TF-IDF, the strongest first."""
    total = max(1, index.status().documents)
    weights = {}
    for stem, count in counts.items():
        if len(stem) > 1 and 1 < (frequency := index.frequency("stem", stem)) < _RARE * total + _FEW:
            weights[stem] = (1 + math.log(count)) * math.log(1 + total / frequency)
    return dict(sorted(weights.items(), key=lambda row: -row[1])[:_TELLING])


def _shared(telling: Mapping[str, float], row: Story) -> tuple[float, list[str]]:
    """The share of a story's telling words, by weight, that another has; and these words, the strongest first."""
    other = {token.stem for token in analyse(f"{row.headline} {row.lead} {_body(row)}")}
    shared = [stem for stem in telling if stem in other]
    return sum(telling[stem] for stem in shared) / (sum(telling.values()) or 1), shared


def _days_between(one: Story, other: Story) -> int:
    if one.published_on is None or other.published_on is None:
        return _EVENT_DAYS + 1
    return abs((one.published_on - other.published_on).days)


def _body(story: Story) -> str:
    return story.body.text if hasattr(story, "body") else ""


def _reason(shared: list[str], printed: Mapping[str, str], same_event: bool) -> str:
    """«الحدث نفسه: …» or «يشترك معه في: …», by the strongest words that both have, as this story prints them."""
    words = [printed[stem] for stem in shared if stem in printed][:_SHARED_WORDS]
    if not words:
        return "قريب منه"
    return ("الحدث نفسه: " if same_event else "يشترك معه في: ") + "، ".join(words)
