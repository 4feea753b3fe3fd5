"""What an article becomes: the values of a story's own fields, and of its parts in order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from django.db import models

from archive.arabic import key
from archive.dumps import Page
from archive.models import Author, Byline, Dateline, Picture, RelatedLink, Story
from archive.parsing import Article, url_key

from .dating import DATE_FIELDS, date_fields, moment_of
from .names import Names

EMPTY: tuple[Any, ...] = ("", None, [])
FIELDS = ("section", "headline", "lead", "canonical_url", "language", "modified_at", "tags")
PARTS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "byline": (Byline, ("author_id", "as_printed")),
    "dateline": (Dateline, ("place_id", "as_printed")),
    "pictures": (Picture, ("url", "caption", "credit")),
    "related": (RelatedLink, ("text", "url", "url_key")),
}
"""Parts by the name of the field they are: model and the columns that come from the page."""


@dataclass(slots=True)
class Draft:
    fields: dict[str, Any]
    body: str
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def identity(self) -> tuple[int, str]:
        """The publisher, and the address or what stands for it."""
        return self.fields["publisher"].pk, self.fields["url_key"] or f"#{self.fields['fingerprint']}"


def draft_of(article: Article, page: Page, names: Names) -> Draft:
    publisher = names.publisher(article.publisher)
    source = article.field_sources.get("published_at", "")
    fields: dict[str, Any] = {
        "publisher": publisher,
        "section": names.section(publisher, article.section),
        "headline": article.headline,
        "headline_key": key(article.headline)[:300],
        "lead": article.lead,
        "canonical_url": article.url,
        "url_key": url_key(article.url),
        "modified_at": moment_of(article.modified),
        "language": article.language,
        "tags": list(article.tags),
        "captured_at": page.captured_at,
        "fingerprint": fingerprint(article),
        **date_fields(article.published, source, article.published_printed),
    }
    people = [(name, Author.Kind.PERSON) for name in article.bylines]
    agencies = [(name, Author.Kind.AGENCY) for name in article.agencies]
    parts: dict[str, list[dict[str, Any]]] = {
        "byline": [{"author_id": names.author(n, k).pk, "as_printed": n[:300]} for n, k in people + agencies],
        "dateline": [{"place_id": names.place(n).pk, "as_printed": n[:300]} for n in article.datelines if key(n)],
        "pictures": [{"url": p.url, "caption": p.caption, "credit": p.credit[:300]} for p in article.pictures],
        "related": [{"text": link.text, "url": link.url, "url_key": url_key(link.url)} for link in article.related],
    }
    return Draft(fields, "\n".join(article.body), parts)


def merged(drafts: Iterable[Draft]) -> Draft:
    """One draft of several captures of a story: the one saved last speaks, older ones fill what it leaves empty."""
    newest, *older = sorted(drafts, key=lambda draft: draft.fields["captured_at"], reverse=True)
    result = Draft(dict(newest.fields), newest.body, dict(newest.parts))
    for draft in older:
        for name in FIELDS:
            if result.fields[name] in EMPTY:
                result.fields[name] = draft.fields[name]
        if result.fields["published_on"] is None and draft.fields["published_on"] is not None:
            result.fields |= {name: draft.fields[name] for name in DATE_FIELDS}
        for name, rows in draft.parts.items():
            result.parts[name] = result.parts[name] or rows
    return result


def fingerprint(article: Article) -> str:
    """What makes a story without an address itself: its headline and how its text begins."""
    start = key(" ".join(article.body))[:200]
    return hashlib.sha256(f"{key(article.headline)}\n{start}".encode()).hexdigest()


# -- the same values as plain JSON: to compare, to show, to keep beside a correction ------------------------------


def values_of_story(story: Story) -> dict[str, Any]:
    """field → value of a story's row and parts."""
    parts = {
        name: list(model._default_manager.filter(story=story).order_by("position").values(*columns))
        for name, (model, columns) in PARTS.items()
    }
    own = {name: getattr(story, name) for name in ("publisher", *FIELDS, *DATE_FIELDS)}
    return _values(own, story.body.text, parts)


def values_of_draft(draft: Draft) -> dict[str, Any]:
    return _values(draft.fields, draft.body, draft.parts)


def _values(fields: Mapping[str, Any], body: str, parts: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    modified: datetime | None = fields["modified_at"]
    return {
        "headline": fields["headline"],
        "byline": [row["as_printed"] for row in parts["byline"]],
        "dateline": [row["as_printed"] for row in parts["dateline"]],
        "published_at": _date(fields),
        "modified_at": modified.astimezone(UTC).isoformat() if modified else None,
        "section": fields["section"].name if fields["section"] else "",
        "lead": fields["lead"],
        "body": body,
        "tags": fields["tags"],
        "pictures": [{name: row[name] for name in ("url", "caption", "credit")} for row in parts["pictures"]],
        "related": [{name: row[name] for name in ("text", "url")} for row in parts["related"]],
        "language": fields["language"],
        "publisher": fields["publisher"].slug,
        "canonical_url": fields["canonical_url"],
    }


def _date(fields: Mapping[str, Any]) -> str | None:
    moment, offset = fields["published_at"], fields["utc_offset"]
    if moment is not None:
        return str(moment.astimezone(timezone(timedelta(minutes=offset)) if offset is not None else UTC).isoformat())
    return fields["published_on"].isoformat() if fields["published_on"] else None
