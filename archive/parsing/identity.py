"""Whose page it is: its address, the paper, the design in force, and the names that the paper prints for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.arabic import key

from .address import host_of
from .article import PublisherName
from .credits import Order
from .document import Document
from .publisher import Catalogue, Layout, layout_at
from .structured import Structured
from .tree import start_of

HOME = {key(name) for name in ("الرئيسية", "الصفحة الرئيسية", "home", "البداية")}
_MOST_NAMES = 4
_LONGEST_HEADING = 400
_MOST_HEADINGS = 60
_HOME_WITHIN = 40  # links from the top, among which the home page is
_LONGEST_NAME = 60
_AROUND_A_NAME = " -–—|»«:"
_STRONG_SEPARATOR = re.compile(r"\s*(?:\||::)\s*")
TITLE_SEPARATOR = re.compile(r"\s+[-–—|»«•:]{1,2}\s+|\s*\|\s*|\s*::\s*")


@dataclass(frozen=True, slots=True)
class Identity:
    publisher: PublisherName
    layout: Layout | None
    papers: frozenset[str]
    """folded names under which the site speaks of itself"""
    order: Order = ""
    """the order of its credit lines, where it was learnt"""


def identify(document: Document, structured: Structured, url: str, catalogue: Catalogue) -> Identity:
    """The publisher by host, the network by its marks, else a publisher made of what the page says of its site."""
    page = document.page
    host = host_of(url) or host_of(page.url)
    if publisher := catalogue.at(host):
        names = {key(name) for name in (publisher.name, *publisher.also, *_site_names(structured), host)}
        named = PublisherName(publisher.slug, publisher.name, publisher.hosts[0])
        order = catalogue.orders.get(publisher.slug, "")
        return Identity(named, publisher.layout(page.captured_at), frozenset(names - {""}), order)
    network = catalogue.network(document.source)
    printed = _site_names(structured) + _on_home_links(document)
    name = printed[0] if printed else _name_in_title(document, structured) or host or "غير معروف"
    slug = re.sub(r"[^a-z0-9\u0621-\u064a]+", "-", _site(host) or key(name)).strip("-") or "unknown"
    papers = frozenset(key(one) for one in (name, *printed, host, _site(host))) - {""}
    layout = layout_at(network.layouts, page.captured_at) if network else None
    return Identity(PublisherName(slug, name, host), layout, papers, catalogue.orders.get(slug, ""))


def _site(host: str) -> str:
    """The part of a host that names the site: annahda of www.annahda.example, lemonde of lemonde.co.uk."""
    parts = host.split(".")
    if len(parts) > 2 and len(parts[-2]) <= 3:
        parts = parts[:-1]
    return parts[-2] if len(parts) > 1 else host


def _site_names(structured: Structured) -> list[str]:
    return [
        said.value
        for said in structured.all("site")
        if isinstance(said.value, str) and len(said.value) <= _LONGEST_NAME
    ]


def _on_home_links(document: Document) -> list[str]:
    """What links to the home page are called: the site's name, or its logo's."""
    found: list[str] = []
    for link in document.survey.of("a")[:_HOME_WITHIN]:
        if (link.get("href") or "").rstrip("/") in ("", document.origin) and link.get("href"):
            pictures = (image.get("alt") or "" for image in link.iter("img"))
            found += [name for name in (start_of(link, 2 * _LONGEST_NAME), *pictures) if 1 < len(name) <= _LONGEST_NAME]
        if len(found) >= _MOST_NAMES:
            break
    return [name.strip(_AROUND_A_NAME) for name in found if key(name) not in HOME]


def _name_in_title(document: Document, structured: Structured) -> str:
    """The site's name in <title>: the end that is no heading of the page; of two such, the shorter."""
    title = structured.first("title")
    separator = _STRONG_SEPARATOR if re.search(r"\||::", title) else TITLE_SEPARATOR
    parts = [part.strip() for part in separator.split(title) if part.strip()]
    if len(parts) < 2:
        return ""
    headings = {
        key(start_of(one, _LONGEST_HEADING))
        for kind in ("h1", "h2", "h3")
        for one in document.survey.of(kind)[:_MOST_HEADINGS]
    }
    ends = [part for part in (parts[0], parts[-1]) if key(part) not in headings] or [parts[0], parts[-1]]
    name = min(ends, key=len)
    return name if len(name.split()) <= 4 else ""


def find_address(document: Document, structured: Structured) -> tuple[str, str]:
    """The address that the page gives itself, unless it is the home page's or another site's; and who says so."""
    saved = document.page.url
    for said in structured.all("url"):
        url = document.link(said.value) if isinstance(said.value, str) else ""
        same_site = not saved or host_of(url) == host_of(saved)
        if url and same_site and urlsplit(url).path.strip("/") and (said.voice != "json-ld" or not saved):
            return url, said.voice
    return (_guessed_ending(document), "path") if document.page.url_guessed else (saved, "record")


def _guessed_ending(document: Document) -> str:
    """The address a saving tool put into a path: its «.html» is the tool's own unless the site's links end so."""
    url, host = document.page.url, host_of(document.page.url)
    if not url.endswith((".html", ".htm")):
        return url
    links = [document.link(link.get("href") or "") for link in document.survey.of("a")[:400]]
    stories = [path for link in links if host_of(link) == host and len(path := urlsplit(link).path) > 20]
    return (
        url if sum(path.endswith((".html", ".htm")) for path in stories) * 2 > len(stories) else url.rpartition(".")[0]
    )
