"""What a citation says of a story, whatever its format: only what is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from archive.models import Author, Story
from archive.taste import taste

_JOINED = frozenset("عبد عبيد أبو ابو أبي أبا بو أم ام ابن بن بنت ولد آل".split())
"""A last name that begins with one of these has two words: «عبد الله», «بن علي»."""
_ENDS = frozenset("الدين الله الإسلام".split())
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")


def one_line(text: str) -> str:
    """A text as one line, without control characters and what XML forbids: no format takes them."""
    return " ".join(_CONTROL.sub(" ", text).split())


@dataclass(frozen=True, slots=True)
class Writer:
    """`family` and `given` are empty where a name is no person's, or has one word: it stands as it is."""

    name: str
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    key: str
    headline: str
    writers: tuple[Writer, ...]
    publisher: str
    section: str
    published: tuple[int, ...]
    """year, month and day, as far as they are known"""
    saved_on: date
    language: str
    summary: str
    url: str
    """of the story in the archive, which never dies"""
    original: str
    archive: str


def citation(story: Story, url: str) -> Citation:
    """What to say of a story; `url` is its permanent address in the archive."""
    return Citation(
        key=f"warraq-{story.pk}",
        headline=one_line(story.headline),
        writers=tuple(writer(line.as_printed, line.author.kind) for line in story.bylines.all()),
        publisher=one_line(story.publisher.name),
        section=one_line(story.section.name) if story.section else "",
        published=_published(story),
        saved_on=timezone.localdate(story.captured_at),
        language=story.language or "ar",
        summary=one_line(story.lead),
        url=url,
        original=one_line(story.canonical_url),
        archive=taste().name,
    )


def date_of(published: tuple[int, ...]) -> date:
    """The day, or the first of a month of which the day is not known."""
    return date(published[0], published[1], published[2] if len(published) == 3 else 1)


def _published(story: Story) -> tuple[int, ...]:
    on = story.published_on
    if on is None:
        return ()
    return (on.year, on.month) if story.date_precision == Story.Precision.MONTH else (on.year, on.month, on.day)


def writer(printed: str, kind: str) -> Writer:
    """Tells the last name from the others, for lists that are sorted by it."""
    name = one_line(printed)
    words = name.split()
    if kind == Author.Kind.AGENCY or len(words) < 2 or "," in name or " and " in name:
        return Writer(name)
    last = len(words) - 1
    if words[last] in _ENDS or words[last - 1] in _JOINED:
        last -= 1
    return Writer(name, " ".join(words[last:]), " ".join(words[:last])) if last else Writer(name)
