"""A story as linked data: schema.org's NewsArticle, as far as the story is known."""

from __future__ import annotations

from typing import Any

from archive.models import Author, Story
from archive.templatetags.dates import iso, own_clock, published_iso
from archive.templatetags.writing import linkable


def news_article(story: Story, url: str) -> dict[str, Any]:
    """`url` is the story's permanent address in the archive."""
    original = story.canonical_url if linkable(story.canonical_url) else ""
    publisher = {"@type": "NewsMediaOrganization", "name": story.publisher.name}
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "description": story.lead,
        "inLanguage": story.language or "ar",
        "datePublished": published_iso(story),
        "dateModified": iso(own_clock(story.modified_at, story.utc_offset)) if story.modified_at else "",
        "author": [
            {"@type": "Organization" if line.author.kind == Author.Kind.AGENCY else "Person", "name": line.author.name}
            for line in story.bylines.all()
        ],
        "publisher": publisher,
        "articleSection": story.section.name if story.section else "",
        "contentLocation": [{"@type": "Place", "name": line.place.name} for line in story.datelines.all()],
        "mainEntityOfPage": url,
        "archivedAt": url,
        "isBasedOn": original,
        "url": original,
    }
    return {name: value for name, value in fields.items() if value}
