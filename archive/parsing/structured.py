"""What a page says of itself to machines: JSON-LD, OpenGraph, microdata and meta tags, as one record."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.arabic import squeeze

from .document import Document
from .tree import Element, text_of

_ARTICLE_TYPES = {
    "NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BlogPosting",
    "BackgroundNewsArticle", "ReviewNewsArticle", "Report", "LiveBlogPosting", "SocialMediaPosting",
}  # fmt: skip
_MACROS = re.compile(r"<[^>]+>")
_SIMPLE = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"]+)"')
_CONTROL = re.compile(r"[\x00-\x1f]")
_HALF_A_LETTER = re.compile(
    r"\\u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..\\u[dD])[c-fC-F][0-9a-fA-F]{2})"
)
"""One of the two escapes that make a letter; alone it is nothing that can be written down."""


@dataclass(slots=True)
class Said:
    """One machine-readable statement: the value and the vocabulary that made it."""

    value: Any
    voice: str
    name: str = ""
    """what the vocabulary calls it: «og:title», «datePublished»"""
    where: Element | None = None
    """the visible element that says it"""


@dataclass(slots=True)
class Structured:
    """Statements by field, the most trusted vocabulary first."""

    said: dict[str, list[Said]] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)
    """schema.org and OpenGraph types that the page claims"""

    def add(self, field: str, value: Any, voice: str, name: str = "", where: Element | None = None) -> None:
        if value not in ("", None, [], {}):
            self.said.setdefault(field, []).append(Said(value, voice, name, where))

    def first(self, name: str) -> str:
        return next((said.value for said in self.said.get(name, ()) if isinstance(said.value, str)), "")

    def all(self, name: str) -> list[Said]:
        return self.said.get(name, [])


_META = {
    "og:title": "headline", "twitter:title": "headline", "og:site_name": "site", "og:url": "url", "og:image": "image",
    "article:published_time": "published", "article:modified_time": "modified", "article:section": "section",
    "og:type": "type", "og:updated_time": "modified",
    "datePublished": "published", "dateModified": "modified", "article:author": "author", "author": "author",
    "article:tag": "tags", "news_keywords": "tags",
    "DC.date.issued": "published", "dc.date": "published", "pubdate": "published", "publish_date": "published",
    "parsely-pub-date": "published", "cXenseParse:recs:publishtime": "published", "sailthru.date": "published",
}  # fmt: skip
_PROPERTIES = {"published": "datePublished", "modified": "dateModified", "section": "articleSection"}
_ITEMS = {
    "headline": "headline", "datePublished": "published", "dateModified": "modified", "articleSection": "section",
    "author": "author", "image": "image",
}  # fmt: skip


def read_structured(document: Document) -> Structured:
    """All statements of a page. Broken JSON-LD is mended where it can be, else passed over."""
    found, survey, source = Structured(), document.survey, document.source
    for script in survey.of("script") if b"ld+json" in source else ():
        if "ld+json" in (script.get("type") or ""):
            text = script.text or ""
            loaded = _load(text)
            nodes = list(_nodes(loaded)) or [_salvaged(text)]
            known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
            for node in nodes:
                _read_node(node, found, known)
    for item in document.root.iter() if b"itemprop" in source else ():
        if names := item.get("itemprop"):
            _read_item(item, names.split(), found)
    authors = survey.of("a") if b"author" in source else ()
    for link in [link for link in authors if "author" in (link.get("rel") or "").split()][:5]:
        found.add("author", text_of(link), "rel-author", "a rel=author", link)
    for meta in survey.of("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name in _META:
            content = squeeze(html.unescape(meta.get("content") or ""))
            voice = "opengraph" if name.startswith(("og:", "article:")) else "meta"
            found.add(_META[name], content, voice, name)
            if name == "og:type":
                found.types.add(content.lower())
    canonical = next((link.get("href") for link in survey.of("link") if link.get("rel") == "canonical"), None)
    if canonical:
        found.said.setdefault("url", []).insert(0, Said(canonical, "canonical", "link rel=canonical"))
    found.add("title", next((text_of(title) for title in survey.of("title")), ""), "title")
    return found


def _load(text: str) -> Any:
    text = _HALF_A_LETTER.sub(r"\\ufffd", text)
    for attempt in (text, _CONTROL.sub(" ", text), re.sub(r",\s*([}\]])", r"\1", _CONTROL.sub(" ", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _salvaged(text: str) -> dict[str, Any]:
    """What can still be read of JSON that is broken beyond mending: the simple texts of an article."""
    kind = re.search(r'"@type"\s*:\s*"(\w+)"', text)
    found = dict(_SIMPLE.findall(text))
    return {"@type": kind[1], **found} if kind else {}


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 5:
        return
    if isinstance(data, list):
        for part in data:
            yield from _nodes(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"), depth + 1)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url") or ""
    return squeeze(_MACROS.sub("", html.unescape(value))) if isinstance(value, str) else ""


def _read_node(node: dict[str, Any], found: Structured, known: dict[str, dict[str, Any]]) -> None:
    kinds = node.get("@type")
    types = {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}
    if "WebSite" in types:
        found.add("site", _text(node.get("name")), "json-ld")
    found.types |= types
    if not types & _ARTICLE_TYPES:
        return
    found.add("headline", _text(node.get("headline")) or _text(node.get("name")), "json-ld", "headline")
    for meaning, name in _PROPERTIES.items():
        found.add(meaning, _text(node.get(name)), "json-ld", name)
    keywords = node.get("keywords")
    for word in keywords if isinstance(keywords, list) else [keywords]:
        found.add("tags", _text(word), "json-ld", "keywords")
    found.add("url", _text(node.get("mainEntityOfPage")) or _text(node.get("url")), "json-ld")
    found.add("site", _text(node.get("publisher")), "json-ld")
    image = node.get("image")
    image = image[0] if isinstance(image, list) and image else image
    found.add("image", _text(image.get("url") if isinstance(image, dict) else image), "json-ld")
    body = node.get("articleBody")
    if isinstance(body, str):
        found.add("body", html.unescape(body), "json-ld", "articleBody")
    authors = node.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, dict):
            author = author if author.get("name") else known.get(str(author.get("@id")), author)
            kind = "agency" if author.get("@type") in ("Organization", "NewsMediaOrganization") else "author"
            found.add(kind, _text(author), "json-ld", "author")
        else:
            found.add("author", _text(author), "json-ld", "author")


def _read_item(item: Element, names: list[str], found: Structured) -> None:
    for name in names:
        if name == "articleBody":
            found.add("body_element", item, "microdata", "articleBody")
        elif name in _ITEMS and item.tag != "meta":
            value = item.get("datetime") or item.get("content") or item.get("src")
            found.add(_ITEMS[name], squeeze(value) if value else text_of(item), "microdata", name, item)
