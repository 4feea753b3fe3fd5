"""A publisher as data: where its pages keep what, with layouts dated by capture time.

One TOML file tells of one paper, or of a network of papers that share their designs (see docs/adding.md). The files
of `publishers/` come with Warraq; an archive may have more of its own.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_args

from cssselect import SelectorError

from .credits import Order
from .selecting import compile_selector


class BadPublisher(ValueError):
    """A publisher file that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors of one design of a site; an empty one leaves its field to structured data and generic reading."""

    name: str
    headline: str = ""
    body: str = ""
    """the element that holds the paragraphs"""
    lead: str = ""
    credit: str = ""
    """the line of writer and place"""
    order: Order = ""
    """which of the two the credit line names first"""
    date: str = ""
    section: str = ""
    tags: str = ""
    """the links or words that name the story's subjects"""
    caption: str = ""
    teaser_credit: str = ""
    """the line of writer and place of other stories"""
    drop: str = ""
    """what is no article text although it lies in the body"""
    until: dt.date | None = None
    """the last day on which pages of this design were saved; null for today's"""


_SELECTORS = [one.name for one in fields(Layout) if one.name not in ("name", "order", "until")]


@dataclass(frozen=True, slots=True)
class Publisher:
    slug: str
    name: str
    hosts: tuple[str, ...]
    """without www; the first is the main one"""
    layouts: tuple[Layout, ...] = ()
    """old designs first"""
    also: tuple[str, ...] = ()
    """other names that the site prints for itself"""

    def layout(self, captured_at: dt.datetime) -> Layout | None:
        """The design in force when a page was saved."""
        return layout_at(self.layouts, captured_at)


@dataclass(frozen=True, slots=True)
class Network:
    """Sites that share one design, known by words in the page where the host is not listed."""

    marks: tuple[bytes, ...]
    layouts: tuple[Layout, ...]


@dataclass(frozen=True)
class Catalogue:
    """The publishers that a reader knows by name. Where two share a host, the later one speaks."""

    publishers: tuple[Publisher, ...] = ()
    networks: tuple[Network, ...] = ()
    orders: Mapping[str, Order] = field(default_factory=dict)
    """publisher's slug → the order of its credit lines, as learnt from its pages"""

    def __post_init__(self) -> None:
        by_host = {host: publisher for publisher in self.publishers for host in publisher.hosts}
        object.__setattr__(self, "_by_host", by_host)

    def __add__(self, other: Catalogue) -> Catalogue:
        return Catalogue(
            self.publishers + other.publishers, other.networks + self.networks, {**self.orders, **other.orders}
        )

    def at(self, host: str) -> Publisher | None:
        """The publisher of a host or of a domain above it."""
        by_host: dict[str, Publisher] = self._by_host  # type: ignore[attr-defined]
        parts = host.split(".")
        return next((by_host[rest] for at in range(len(parts) - 1) if (rest := ".".join(parts[at:])) in by_host), None)

    def network(self, content: bytes) -> Network | None:
        """The network whose marks a page bears."""
        return next((one for one in self.networks if any(mark in content for mark in one.marks)), None)


def layout_at(layouts: Iterable[Layout], captured_at: dt.datetime) -> Layout | None:
    return next((one for one in layouts if one.until is None or captured_at.date() <= one.until), None)


def read_catalogue(text: str) -> Catalogue:
    """The publishers of one TOML file. Raises BadPublisher."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPublisher(f"no TOML: {error}") from error
    _only(table, ("publishers", "layouts", "marks"), "the file")
    layouts = tuple(_layout(row) for row in _rows(table, "layouts"))
    publishers = tuple(_publisher(row, layouts) for row in _rows(table, "publishers"))
    if not publishers:
        raise BadPublisher("it names no [[publishers]]")
    marks = tuple(mark.encode() for mark in _words(table, "marks", "the file"))
    return Catalogue(publishers, (Network(marks, layouts),) if marks else ())


def _publisher(row: dict[str, Any], layouts: tuple[Layout, ...]) -> Publisher:
    _only(row, ("slug", "name", "hosts", "also"), "[[publishers]]")
    slug, name = (_word(row, key, "[[publishers]]") for key in ("slug", "name"))
    hosts = _words(row, "hosts", slug)
    if not (slug and name and hosts):
        raise BadPublisher("a publisher needs slug, name and hosts")
    if not re.fullmatch(r"[\w-]+", slug):  # it is a part of addresses
        raise BadPublisher(f"{slug}: a slug is letters, digits and hyphens")
    return Publisher(
        slug, name, tuple(host.lower().removeprefix("www.") for host in hosts), layouts, _words(row, "also", slug)
    )


def _layout(row: dict[str, Any]) -> Layout:
    name = _word(row, "name", "[[layouts]]")
    if not name:
        raise BadPublisher("a layout needs a name")
    _only(row, [one.name for one in fields(Layout)], name)
    if type(row.get("until", dt.date.min)) is not dt.date:
        raise BadPublisher(f"{name}: until is no day such as 2019-05-01")
    if row.get("order", "") not in get_args(Order):
        raise BadPublisher(f"{name}: order is place-first or name-first")
    for key in _SELECTORS:
        try:
            selector = _word(row, key, name)
            selector and compile_selector(selector)
        except SelectorError as error:
            raise BadPublisher(f"{name}: {key} is no CSS selector: {error}") from error
    return Layout(**row)


def _only(row: dict[str, Any], known: Iterable[str], where: str) -> None:
    if strange := sorted(row.keys() - set(known)):
        raise BadPublisher(f"{where}: unknown key {strange[0]!r}")


def _rows(table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = table.get(key, [])
    if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
        raise BadPublisher(f"{key} is written [[{key}]]")
    return rows


def _word(row: dict[str, Any], key: str, where: str) -> str:
    if not isinstance(word := row.get(key, ""), str):
        raise BadPublisher(f"{where}: {key} is no text")
    return word.strip()


def _words(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    words = row.get(key, [])
    if not (isinstance(words, list) and all(isinstance(word, str) and word for word in words)):
        raise BadPublisher(f"{where}: {key} is no list of texts")
    return tuple(words)
