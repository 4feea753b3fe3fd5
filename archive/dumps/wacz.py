"""WACZ: a crawl in a zip file, with a list of its parts and their digests."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import IO

from .members import DAMAGED, MORE_DAMAGE, Member
from .page import Locator, Rejection, legible
from .warc import CRAWL_ENDINGS
from .zips import not_whole, open_zip, rescued, zip_offset, zip_time

_LONGEST_LIST = 64 * 2**20


def in_wacz(path: Path) -> Iterator[Member | Rejection]:
    """The WARC files of a crawl. One whose bytes are not those that the list names is told, and read all the same."""
    dump = legible(str(path))
    try:
        archive = open_zip(path)
    except (*DAMAGED, *MORE_DAMAGE) as error:
        count = sum(1 for _ in rescued(path))
        yield Rejection("broken-container", not_whole("WACZ", error, count), Locator(dump))
        yield from (_crawl(dump, info, opened) for info, opened in rescued(path) if _is_crawl(info.filename))
        return
    try:
        with archive:
            digests = _digests(archive)
            for info in archive.infolist():
                if not _is_crawl(info.filename):
                    continue
                crawl = _crawl(dump, info, partial(archive.open, info))
                named = digests.pop(info.filename, "")
                if named and _digest(archive, info, named) != named:
                    yield Rejection("bad-digest", "not the bytes that datapackage.json names", crawl.locator)
                yield crawl
            for name in filter(_is_crawl, digests):
                yield Rejection("missing", "named in datapackage.json, and not there", Locator(dump, name))
    except (*DAMAGED, *MORE_DAMAGE) as error:
        yield Rejection("broken-container", not_whole("WACZ", error, 0), Locator(dump))


def _is_crawl(name: str) -> bool:
    return name.lower().endswith(CRAWL_ENDINGS)


def _crawl(dump: str, info: zipfile.ZipInfo, opened: Callable[[], AbstractContextManager[IO[bytes]]]) -> Member:
    return Member(info.filename, zip_time(info), Locator(dump, info.filename, zip_offset(info)), opened)


def _digests(archive: zipfile.ZipFile) -> dict[str, str]:
    """Path → «sha256:…» of the crawl's parts; none where the list is missing or broken."""
    try:
        with archive.open("datapackage.json") as stream:
            package = json.loads(stream.read(_LONGEST_LIST))
        rows = [row for row in package["resources"] if isinstance(row, dict)]
        return {_whole(row["path"]): str(row["hash"]) for row in rows if "path" in row and "hash" in row}
    except (KeyError, TypeError, ValueError, RecursionError):
        return {}


def _whole(name: object) -> str:
    """A name without halves of letters, which JSON may hold and nothing else takes."""
    return str(name).encode("utf-8", "replace").decode()


def _digest(archive: zipfile.ZipFile, info: zipfile.ZipInfo, named: str) -> str:
    """The digest of a part, by the method that the list used; the list's own where the method is unknown."""
    method = named.partition(":")[0]
    if method not in hashlib.algorithms_guaranteed or method.startswith("shake"):
        return named
    total = hashlib.new(method)
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(1 << 20):
                total.update(chunk)
    except (*DAMAGED, *MORE_DAMAGE) as error:
        return f"{error}"
    return f"{method}:{total.hexdigest()}"
