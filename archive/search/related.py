"""Stories that belong to a story: those its page links to, then those about the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from archive.arabic import analyse
from archive.models import Story

from .engine import IndexMissing, Question, engine

PRINTED = "مذكور في الصفحة"
_SHARED_WORDS = 3


@dataclass(frozen=True)
class Related:
    headline: str
    url: str
    """a path in the archive, or the original address where the story is not archived; may be empty"""
    story: Story | None
    reason: str
    printed: bool


def related_stories(story: Story, limit: int = 6) -> list[Related]:
    """Printed links first, in the page's order; then likeness, by the words that tell this story from others."""
    links = list(story.related_links.select_related("target__publisher", "target__section"))
    found = [_printed(link.text, link.url, link.target) for link in links]
    known = {story.pk} | {link.target_id for link in links if link.target_id}
    wanted = max(0, limit - len(found))
    return found + (_alike(story, known, wanted) if wanted else [])


def _printed(text: str, url: str, target: Story | None) -> Related:
    if target is not None and not target.hidden:
        return Related(target.headline, target.get_absolute_url(), target, PRINTED, True)
    return Related(text, "" if target is not None else url, None, PRINTED, True)


def _alike(story: Story, known: set[int], limit: int) -> list[Related]:
    text = f"{story.headline} {story.lead} {_body(story)}"
    tokens = analyse(text)
    counts = Counter(token.stem for token in tokens) + Counter(token.stem for token in analyse(story.headline))
    try:
        answer = engine().search(Question(like=counts, not_ids=known, limit=limit))
    except IndexMissing:
        return []
    stories = Story.objects.visible().select_related("publisher", "section", "body").in_bulk(answer.ids)
    rows = [stories[pk] for pk in answer.ids if pk in stories]
    printed = {token.stem: text[token.start : token.end] for token in reversed(tokens)}
    return [
        Related(row.headline, row.get_absolute_url(), row, _reason(answer.like, printed, row), False) for row in rows
    ]


def _body(story: Story) -> str:
    return story.body.text if hasattr(story, "body") else ""


def _reason(telling: tuple[str, ...], printed: dict[str, str], row: Story) -> str:
    """«يشترك معه في: …», by the strongest words that both have, as this story prints them."""
    other = {token.stem for token in analyse(f"{row.headline} {_body(row)}")}
    shared = [printed[stem] for stem in telling if stem in other and stem in printed][:_SHARED_WORDS]
    return "يشترك معه في: " + "، ".join(shared) if shared else "قريب منه"
