"""Bytes → characters → tree, once a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from archive.dumps import Page, Rejection

from .address import absolute
from .encodings import BOMS, as_utf8
from .survey import Survey, take_survey
from .tree import Element

_BINARY = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00", b"BM")
_HEAVY_FROM = 20_000
_MOST_ATTRIBUTES = 1_000
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What a page may hold and lxml does not take back."""
_NESTING = re.compile(
    rb"</?(?:div|span|font|section|center|b|i|u|em|strong|blockquote|table|tbody|tr|td|ul|li)\b[^<>]*>", re.I
)
_TAG = re.compile(rb"<[!/a-zA-Z]")


@dataclass
class Document:
    """A page with its tree. `encoding` says how the bytes were read and why."""

    page: Page
    root: Element
    source: bytes
    """the page in UTF-8, as it was parsed"""
    encoding: str

    @cached_property
    def survey(self) -> Survey:
        return take_survey(self.root)

    @cached_property
    def base(self) -> str:
        """The address that links are relative to."""
        return (
            absolute(self.page.url, next((one.get("href") or "" for one in self.survey.of("base")), ""))
            or self.page.url
        )

    @cached_property
    def origin(self) -> str:
        """The address of the site's home page, without a slash at its end."""
        return absolute(self.base, "/").rstrip("/")

    def link(self, href: str) -> str:
        return absolute(self.base, href)

    def drop(self, element: Element) -> None:
        """Takes an element out of the tree, leaving the text behind it."""
        parent, previous = element.getparent(), element.getprevious()
        if parent is None:
            return
        tail = element.tail
        if tail and previous is not None:
            previous.tail = _UNWRITABLE.sub(" ", (previous.tail or "") + tail)
        elif tail:
            parent.text = _UNWRITABLE.sub(" ", (parent.text or "") + tail)
        parent.remove(element)
        self.__dict__.pop("survey", None)


def open_document(page: Page) -> Document | Rejection:
    """The tree of a page, or why there is none: `empty`, `not-html`, `undecodable`. Raises MemoryError."""
    content = page.content
    if not content.strip(b"\x00 \t\r\n"):
        return Rejection("empty", "no bytes", page.locator, page)
    if content.startswith(_BINARY) and not content.startswith(BOMS[0][0]):
        return Rejection("not-html", "a binary file", page.locator, page)
    utf8, encoding = as_utf8(content, page.content_type)
    if not _TAG.search(utf8):
        return Rejection("not-html", "no tags", page.locator, page)
    # huge_tree: else libxml2 stops at 256 nested elements without a word
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    utf8 = _lightened(utf8.replace(b"\x00", b""))
    try:
        root = etree.fromstring(utf8, parser)
        if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
            # libxml2 leaves out what lies deeper than 2,048 elements: a flat page keeps all its text
            root, encoding = etree.fromstring(_NESTING.sub(b"<br>", utf8), parser), f"{encoding}, flattened"
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        return Rejection("undecodable", str(error), page.locator, page)
    if root is None or root.find("body") is None:
        return Rejection("not-html", "no body", page.locator, page)
    return Document(page, root, utf8, encoding)


def _lightened(source: bytes) -> bytes:
    """The page with tags of very many attributes without them: libxml2 compares each with all before it."""
    half = _HEAVY_FROM // 2
    windows = range(0, len(source), half)
    # a long tag covers a whole window; most pages have none without a «<», which is seen at once
    starts = {source.rfind(b"<", 0, at) for at in windows if source.find(b"<", at, at + half) < 0} - {-1}
    for start in sorted(starts, reverse=True):
        following = source.find(b"<", start + 1)
        last = len(source) if following < 0 else following
        end = source.find(b">", start, last)
        tag = source[start : end if end >= 0 else last]
        values = source.count(b"='", start, last) + source.count(b'="', start, last)
        attributes = max(tag.count(b" "), values)
        if attributes > _MOST_ATTRIBUTES and last - start > _HEAVY_FROM:
            end = source.rfind(b">", start, last)  # one in an open quotation ends no tag
            name = tag.split(maxsplit=1)[0] if tag[1:2].isalpha() else b""  # nor does a stray «<» begin one
            source = source[:start] + name + source[end if end >= 0 else last :]
    return source
