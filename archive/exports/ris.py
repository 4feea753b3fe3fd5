"""RIS, which reference managers read: a tag a line, lines ended as in the days of its making."""

from __future__ import annotations

from collections.abc import Iterator

from .citation import Citation


def ris(cited: Citation) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _tags(cited) if value or tag == "ER")


def _tags(cited: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", cited.key
    for writer in cited.writers:
        yield "AU", f"{writer.family}, {writer.given}" if writer.family else writer.name
    yield "TI", cited.headline
    yield "T2", cited.publisher
    yield "SE", cited.section
    if cited.published:
        yield "PY", f"{cited.published[0]:04}"
        yield "DA", _date(*cited.published)
    yield "AB", cited.summary
    yield "LA", cited.language
    yield "UR", cited.url
    yield "Y2", _date(cited.saved_on.year, cited.saved_on.month, cited.saved_on.day)
    yield "DB", cited.archive
    yield "N1", cited.original
    yield "ER", ""


def _date(year: int, month: int, day: int | None = None) -> str:
    """`2016/03/12/`, or `2016/03//`: the slashes stay where a part is not known."""
    return f"{year:04}/{month:02}/{'' if day is None else f'{day:02}'}/"
