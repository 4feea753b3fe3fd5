"""Which kept companion a reference on a saved page means: by its address, or by the place beside the page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import unquote, urljoin, urlsplit

from archive.dumps import companion_key, inner_path, url_from_path
from archive.models import Capture, Companion

from .tickets import Ticket, path_of

MOST_REFERENCES = 2_000
_KEYS_A_QUERY = 500
_SCHEME = ("http://", "https://")


class Finder:
    """References of one page, or of one style sheet of it, answered together."""

    def __init__(self, capture: Capture, base: str, place: str) -> None:
        self.capture, self.base, self.place = capture, base, place
        self._found: dict[str, Companion] = {}

    def look_up(self, references: Iterable[str]) -> None:
        """Finds all at once: the companion of the same dump that was saved nearest in time."""
        wanted: dict[str, list[str]] = {}
        for reference in list(dict.fromkeys(references))[:MOST_REFERENCES]:
            wanted[reference] = [companion_key(name) for name in self.names(reference)]
        keys = sorted({key for keys in wanted.values() for key in keys})
        rows: dict[str, list[Companion]] = {}
        for at in range(0, len(keys), _KEYS_A_QUERY):
            for row in Companion.objects.filter(name_key__in=keys[at : at + _KEYS_A_QUERY]).order_by("-pk"):
                if _lies_in(self.capture.dump, row.root):
                    rows.setdefault(row.name_key, []).append(row)
        for reference, names in wanted.items():
            known = next((rows[name] for name in names if name in rows), None)
            if known:
                self._found[reference] = min(known, key=lambda row: abs(row.captured_at - self.capture.captured_at))

    def resolve(self, reference: str, kinds: tuple[str, ...]) -> str:
        """The companion's address on the replay origin; empty where none of these kinds is kept."""
        found = self._found.get(reference)
        if found is None or not found.content_type.startswith(kinds):
            return ""
        return path_of("companion", Ticket(self.capture.pk, companion=found.pk))

    def names(self, reference: str) -> list[str]:
        """What a companion may be called: its address, with and without the query; its place; the place's address."""
        plain = reference.partition("#")[0].strip()
        if plain.lower().startswith("cid:"):
            return [f"{self.place}!cid:{unquote(plain[4:])}"]
        try:
            joined, has_host = urljoin(self.base, plain), bool(urlsplit(plain).netloc or urlsplit(plain).scheme)
        except ValueError:
            return []
        names = [joined, joined.partition("?")[0]] if joined.startswith(_SCHEME) else []
        if plain and not has_host and not plain.startswith("/"):
            names.append(f"{self.place}!{plain}")  # a part of a mail message
            for path in (plain, unquote(plain), unquote(plain.partition("?")[0])):
                if beside := _beside(self.place, path):
                    names += [beside, url_from_path(inner_path(PurePath(beside.rpartition("!")[2])))]
        return [name for name in dict.fromkeys(names) if name]


def _beside(place: str, path: str) -> str:
    """The place that a path leads to from another place: inside the same container, or below the same folder."""
    dump, mark, member = place.rpartition("!")
    if mark:
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(member), path))
        return "" if inside.startswith(("..", "/")) else f"{dump}!{inside}"
    folder = posixpath.dirname(place)
    below = posixpath.normpath(posixpath.join(folder, path))
    return below if below.startswith(f"{folder}/" if folder else "") and not below.startswith("..") else ""


def _lies_in(dump: str, root: str) -> bool:
    if root == ".":  # pathlib leaves it out of the names below
        return not dump.startswith(("/", "../"))
    return root == dump or dump.startswith((f"{root.rstrip('/')}/", f"{root}!"))
