"""Stories in the index, made from rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from archive.arabic import key
from archive.models import Author, Body, Byline, Dateline, Place, Publisher, Section, Story
from archive.search import index_pending

BODY = "نص الخبر يتحدث عن أمور أخرى لا صلة لها بالسؤال."


@pytest.fixture
def tell(db: None) -> Callable[..., Story]:
    """Writes a story and indexes it."""

    def _tell(
        headline: str,
        body: str = BODY,
        *,
        on: date | None = None,
        publisher: str = "ورق",
        section: str = "",
        author: str = "",
        place: str = "",
        hidden: bool = False,
    ) -> Story:
        paper, _ = Publisher.objects.get_or_create(slug=publisher, defaults={"name": publisher})
        rubric = (
            Section.objects.get_or_create(publisher=paper, key=key(section), defaults={"name": section})[0]
            if section
            else None
        )
        story = Story.objects.create(
            publisher=paper, section=rubric, headline=headline, published_on=on, hidden=hidden,
            fingerprint=key(f"{headline} {body}")[:64],
            captured_at=datetime(2024, 1, 1, tzinfo=UTC), date_precision="day" if on else "",
        )  # fmt: skip
        Body.objects.create(story=story, text=body, word_count=len(body.split()))
        if author:
            Byline.objects.create(
                story=story,
                position=0,
                as_printed=author,
                author=Author.objects.get_or_create(key=key(author), kind="person", defaults={"name": author})[0],
            )
        if place:
            Dateline.objects.create(
                story=story,
                position=0,
                as_printed=place,
                place=Place.objects.get_or_create(key=key(place), defaults={"name": place})[0],
            )
        index_pending()
        return story

    return _tell
