"""A story as programs take it away: all that the archive knows of it, one object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from archive.models import Capture, Story
from archive.templatetags.dates import iso, published_iso

STORIES_A_STEP = 200
_PARTS = ("bylines__author", "datelines", "pictures", "related_links", "captures", "corrections")


def walk(stories: QuerySet[Story]) -> Iterator[Story]:
    """Stories with all their parts in the order of their numbers, some hundreds at a time: no cursor is held open,
    and a million take no more memory than a few."""
    step, after = stories.select_related("publisher", "section", "body").prefetch_related(*_PARTS).order_by("pk"), 0
    while page := list(step.filter(pk__gt=after)[:STORIES_A_STEP]):
        yield from page
        after = page[-1].pk


def full_record(story: Story) -> dict[str, Any]:
    """The keys of `extract_pages`, as far as a story has them, with its number, permalink and saved pages."""
    captures = sorted(story.captures.all(), key=lambda capture: (capture.captured_at, capture.pk))
    latest = captures[-1] if captures else None
    return {
        "id": story.pk,
        "permalink": story.get_absolute_url(),
        "publisher": story.publisher.slug,
        "url": story.canonical_url or None,
        "headline": story.headline,
        "byline": [line.as_printed for line in story.bylines.all() if line.author.kind == "person"],
        "agency": [line.as_printed for line in story.bylines.all() if line.author.kind != "person"],
        "dateline": "، ".join(line.as_printed for line in story.datelines.all()) or None,
        "published_at": published_iso(story) or None,
        "modified_at": iso(story.modified_at) if story.modified_at else None,
        "section": story.section.name if story.section else None,
        "lead": story.lead or None,
        "body": story.body.text,
        "pictures": [{"url": p.url, "caption": p.caption, "credit": p.credit} for p in story.pictures.all()],
        "related": [{"text": link.text, "url": link.url, "id": link.target_id} for link in story.related_links.all()],
        "tags": story.tags,
        "language": story.language or None,
        "encoding": latest.encoding if latest else None,
        "field_sources": _sources(story, latest),
        "captures": [
            {"digest": one.digest, "url": one.url or None, "captured_at": iso(one.captured_at)} for one in captures
        ],
    }


def _sources(story: Story, latest: Capture | None) -> dict[str, str]:
    """Who spoke each field: a rule of the reading, an editor, another page's list."""
    sources = {name: said["rule"] for name, said in (latest.evidence if latest else {}).items()}
    if story.date_source:
        sources["published_at"] = story.date_source
    return sources | {correction.field: "editor" for correction in story.corrections.all()}
