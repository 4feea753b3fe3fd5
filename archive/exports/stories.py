"""A story as one flat record."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.models import Story
from archive.templatetags.dates import published_iso

COLUMNS = (
    "id", "headline", "published_at", "publisher", "section", "byline", "dateline", "lead", "url", "source_url",
    "copies",
)  # fmt: skip

HEADS = {
    "id": _("الرقم"),
    "headline": _("العنوان"),
    "published_at": _("تاريخ النشر"),
    "publisher": _("المصدر"),
    "section": _("القسم"),
    "byline": _("الكاتب"),
    "dateline": _("المكان"),
    "lead": _("المقدمة"),
    "url": _("الرابط"),
    "source_url": _("العنوان الأصلي"),
    "copies": _("نسخ أخرى"),
    "body": _("النص"),
}
"""What the columns are called in a table for people."""


def story_record(story: Story, absolute: Callable[[str], str], copies: int = 0) -> dict[str, object]:
    """A story under COLUMNS; `absolute` makes an address of a path. Names are joined by «؛»."""
    return {
        "id": story.pk,
        "headline": story.headline,
        "published_at": published_iso(story) or None,
        "publisher": story.publisher.name,
        "section": story.section.name if story.section else "",
        "byline": gettext("؛ ").join(line.as_printed for line in story.bylines.all()),
        "dateline": gettext("؛ ").join(line.as_printed for line in story.datelines.all()),
        "lead": story.lead,
        "url": absolute(story.get_absolute_url()),
        "source_url": story.canonical_url,
        "copies": copies,
    }
