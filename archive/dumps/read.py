"""A dump of any form as one stream of pages."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from .companions import Companion, companion_of, is_shown_file
from .html import looks_like_html, looks_like_page, page_from_file
from .members import Member, beside, from_file, in_folder, read_bytes
from .mhtml import read_mhtml
from .page import Page, Rejection
from .singlefile import inner_page
from .tars import in_tar
from .wacz import in_wacz
from .warc import CRAWL_ENDINGS, read_warc
from .zips import in_zip

Found = Page | Rejection | Companion
Reader = Callable[[Member], Iterator[Found]]
Opener = Callable[[Path], Iterator[Member | Rejection]]

CONTAINERS: tuple[tuple[tuple[str, ...], Opener], ...] = (
    ((".wacz",), in_wacz),
    ((".zip",), in_zip),
    ((".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"), in_tar),
)
"""Files that hold members, by the ending of their names."""


def read_page(member: Member) -> Iterator[Found]:
    """The catch-all reader: a member that is one page, or a companion whose name ends like no file's."""
    content = read_bytes(member)
    if isinstance(content, Rejection):
        yield content
    elif looks_like_page(member.name) or looks_like_html(content):
        page = inner_page(content)
        around = content if page is not None else b""
        yield page_from_file(content if page is None else page, member.modified_at, member.locator, member.name, around)
    elif is_shown_file(member.name, with_query=True):
        yield replace(companion_of(member), read=lambda: content)


READERS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (CRAWL_ENDINGS, read_warc),
    ((".mht", ".mhtml"), read_mhtml),
    ((), read_page),
)
"""Members that hold pages, by the ending of their names: special before general, one page last."""

_NEVER_PAGES = (
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".tif", ".tiff",
    ".css", ".js", ".mjs", ".json", ".jsonl", ".map", ".xml", ".rss", ".txt", ".md", ".csv", ".tsv", ".pdf",
    ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".ogg", ".avi", ".mov", ".swf",
    ".doc", ".docx", ".xls", ".xlsx", ".exe", ".cdx", ".cdxj", ".idx", ".log", ".db", ".sqlite3",
)  # fmt: skip


def read_dump(path: Path) -> Iterator[Page | Rejection]:
    """Pages of a file, a folder or a container, in the order in which they lie there; their companions passed over.

    What cannot be read is a `Rejection` with its place. A file named by the caller is always answered for, whatever
    its name. Raises FileNotFoundError.
    """
    return (found for found in read_whole_dump(path) if not isinstance(found, Companion))


def read_whole_dump(path: Path) -> Iterator[Found]:
    """Pages, and between them the pictures, styles and fonts that they are shown with."""
    try:
        path.stat()
    except OSError as error:  # also a name longer than any file's
        raise FileNotFoundError(path) from error
    if path.is_dir():
        yield from _read_members(in_folder(path))
    elif opener := _opener(path.name):
        yield from _read_members(opener(path))
    else:
        member = from_file(path)
        if isinstance(member, Rejection):
            yield member
            return
        answered = False
        for found in _reader(member.name)(member):
            answered |= not isinstance(found, Companion)
            yield found
        if not answered:
            yield Rejection("not-html", "no page in this file", member.locator)
        yield from _read_members(beside(path))


def _read_members(members: Iterator[Member | Rejection]) -> Iterator[Found]:
    for member in members:
        if isinstance(member, Rejection):
            yield member
        elif is_shown_file(member.name, with_query=member.is_beside):
            yield companion_of(member)
        elif member.is_beside:
            continue
        elif (opener := _opener(member.name)) and member.path is not None:
            yield from _read_members(opener(member.path))
        elif opener:
            yield Rejection("nested-container", "a container inside a container is not opened", member.locator)
        elif not member.name.lower().endswith(_NEVER_PAGES):
            try:
                yield from _reader(member.name)(member)
            except (OSError, EOFError, zlib.error) as error:
                yield Rejection("unreadable", str(error), member.locator)


def _opener(name: str) -> Opener | None:
    return next((opener for endings, opener in CONTAINERS if name.lower().endswith(endings)), None)


def _reader(name: str) -> Reader:
    return next(reader for endings, reader in READERS if not endings or name.lower().endswith(endings))
