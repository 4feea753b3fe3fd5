"""A story as one flat record."""

from __future__ import annotations

from collections.abc import Callable

from archive.models import Story
from archive.templatetags.dates import published_iso

COLUMNS = (
    "id", "headline", "published_at", "publisher", "section", "byline", "dateline", "lead", "url", "source_url",
    "copies",
)  # fmt: skip

HEADS = {
    "id": "الرقم", "headline": "العنوان", "published_at": "تاريخ النشر", "publisher": "المصدر", "section": "القسم",
    "byline": "الكاتب", "dateline": "المكان", "lead": "المقدمة", "url": "الرابط", "source_url": "العنوان الأصلي",
    "copies": "نسخ أخرى", "body": "النص",
}  # fmt: skip
"""What the columns are called in a table for people."""


def story_record(story: Story, absolute: Callable[[str], str], copies: int = 0) -> dict[str, object]:
    """A story under COLUMNS; `absolute` makes an address of a path. Names are joined by «؛»."""
    return {
        "id": story.pk,
        "headline": story.headline,
        "published_at": published_iso(story) or None,
        "publisher": story.publisher.name,
        "section": story.section.name if story.section else "",
        "byline": "؛ ".join(line.as_printed for line in story.bylines.all()),
        "dateline": "؛ ".join(line.as_printed for line in story.datelines.all()),
        "lead": story.lead,
        "url": absolute(story.get_absolute_url()),
        "source_url": story.canonical_url,
        "copies": copies,
    }
