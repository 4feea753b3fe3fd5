"""A saved page written anew: what it shows, and nothing that acts.

The page is parsed as the importer parses it and written from nothing, element by element, from a list of what is
allowed; so no trick of markup outlives it. Links say where they led and lead nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import Any

from django.utils.translation import gettext

from archive.parsing import Document

from .allowed import ATTRIBUTES, BOXES, DROPPED, ELEMENTS, INPUTS, OPENED, PAINTS, RENAMED, VOID
from .styles import PICTURES, SHEETS, Resolve, inert_styles

_ABSENT = "warraq-absent"
_OWN_STYLE = (
    f".{_ABSENT}{{background:repeating-linear-gradient(45deg,#8882 0 6px,#8881 6px 12px)!important;"
    "outline:1px dashed #888!important;outline-offset:-1px}"
    f":where(.{_ABSENT}){{display:inline-block;max-width:100%}}"
)
_ADDRESSES_OF_PICTURES = ("data-src", "data-original", "data-lazy-src", "data-lazy", "src")
_NEAR = 10
"""How far around a picture its other sources are looked for; the parser may take it for their content."""
_LISTS_OF_PICTURES = ("data-srcset", "srcset")
_INLINE_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|svg\+xml)[;,]", re.I)
_NAME = re.compile(r"aria-[a-z]{1,30}\Z")
_LENGTH = re.compile(r"\d{1,4}(?:\.\d+)?(?:px|%)?\Z")
_DOCTYPE = re.compile(
    r'<!DOCTYPE html(?: PUBLIC "[\w/ .+:-]*"(?: "[\w/.:-]*")?| SYSTEM "about:legacy-compat")?>\Z', re.I
)
_VIEWPORT = re.compile(r"[\w\s,=.;-]{1,200}\Z")


def inert_page(document: Document, resolve: Resolve) -> str:
    """The page as HTML in UTF-8; `resolve` gives the addresses of what it is shown with."""
    root = document.root
    parts = [_doctype(document.source)]
    parts += [f"<html{_attributes(root, 'html', resolve)}><head>", '<meta charset="utf-8">', *_head(root, resolve)]
    parts.append(f'<link rel="icon" href="data:,"><style>{_OWN_STYLE}</style></head>')
    body = root.find("body")
    parts += _element(root if body is None else body, resolve)
    return "".join([*parts, "</html>"])


def references(document: Document) -> list[str]:
    """What the page wants to be shown with, as it is written there."""
    wanted: list[str] = []

    def note(reference: str, kinds: tuple[str, ...]) -> str:
        wanted.append(reference)
        return ""

    inert_page(document, note)
    return wanted


def _doctype(source: bytes) -> str:
    """The page's own where it is one of the known, for browsers lay old pages out by old rules."""
    found = re.search(rb"<!doctype[^>]*>", source[:4096], re.I)
    if not found:
        return ""
    plain = " ".join(found[0].decode("utf-8", "replace").split())
    return plain if _DOCTYPE.match(plain) else "<!DOCTYPE html>"


def _head(root: Any, resolve: Resolve) -> Iterator[str]:
    title = root.find(".//title")
    if title is not None:
        yield f"<title>{escape(''.join(title.itertext()))}</title>"
    head = root.find("head")
    for element in head.iter("meta", "link", "style") if head is not None else ():
        yield from _style(element, resolve)


def _style(element: Any, resolve: Resolve) -> Iterator[str]:
    """A style sheet, a link to one that is kept, the width of the page; empty for all other of their kind."""
    media = f' media="{escape(element.get("media"))}"' if element.get("media") else ""
    content = element.get("content") or ""
    if element.tag == "style":
        yield f"<style{media}>{inert_styles(''.join(element.itertext()), resolve)}</style>"
    elif element.tag == "link" and "stylesheet" in _words(element, "rel") and "alternate" not in _words(element, "rel"):
        if kept := resolve(element.get("href") or "", SHEETS):
            # one that waits for a script to be switched on names a medium that it is not for
            media = "" if element.get("onload") else media
            yield f'<link rel="stylesheet" href="{escape(kept)}"{media}>'
    elif element.tag == "meta" and (element.get("name") or "").lower() == "viewport" and _VIEWPORT.match(content):
        yield f'<meta name="viewport" content="{escape(content)}">'


def _words(element: Any, attribute: str) -> list[str]:
    return (element.get(attribute) or "").lower().split()


def _element(top: Any, resolve: Resolve) -> Iterator[str]:
    """An element with all below it, without recursion: pages nest deeper than Python."""
    waiting: list[Any] = [top]
    drawings = 0  # that are open: in them a style sheet is no plain text
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            drawings -= element.startswith("</svg>")
            yield element
            continue
        tail = escape(element.tail, quote=False) if element.tail and element is not top else ""
        name = element.tag if isinstance(element.tag, str) else ""
        if not name or name in DROPPED or (name == "noscript" and _repeats_a_picture(element)):
            yield from _style(element, resolve) if name in ("style", "link") and not drawings else ()
            yield tail
        elif name in OPENED:
            yield ("<wbr>" if name == "wbr" else "") + escape(element.text or "", quote=False)
            waiting += [tail, *reversed(element)]
        elif name in BOXES:
            yield f"<span{_attributes(element, 'span', resolve, is_absent=True)}></span>{tail}"
        elif name == "img" or (name == "input" and element.get("type", "").lower() == "image"):
            source = _picture(element, resolve)
            yield f"<img{source}{_attributes(element, 'img', resolve, is_absent=not source)}>{tail}"
        elif name == "input" and (element.get("type") or "text").lower() not in INPUTS:
            yield tail
        else:
            written = RENAMED.get(name, name if name in ELEMENTS else "span")
            drawings += written == "svg"
            yield f"<{written}{_attributes(element, written, resolve)}>"
            if written in VOID:
                yield tail
                continue
            if element.text:
                yield escape(element.text, quote=False)
            waiting += [f"</{written}>{tail}", *reversed(element)]


def _attributes(element: Any, name: str, resolve: Resolve, is_absent: bool = False) -> str:
    found = _absent(element) if is_absent else []
    for attribute, value in element.attrib.items():
        if attribute in dict(found):
            continue
        elif attribute == "style":
            found.append((attribute, inert_styles(value, resolve)))
        elif attribute in PAINTS:
            found.append((attribute, inert_styles(value, lambda reference, kinds: "")))
        elif attribute == "background" and (kept := resolve(value, PICTURES)):
            found.append((attribute, kept))
        elif name == "use" and attribute in ("href", "xlink:href") and value.startswith("#"):
            found.append(("href", value))
        elif name == "a" and attribute == "href":
            found += _link(value, bool(element.get("title")))
        elif attribute in ATTRIBUTES or _NAME.match(attribute):
            if not (attribute == "type" and name == "button"):
                found.append((attribute, value))
    if name in ("input", "select", "textarea", "button"):
        found.append(("disabled", ""))
    return "".join(f' {attribute}="{escape(value)}"' for attribute, value in found)


def _link(href: str, has_title: bool) -> list[tuple[str, str]]:
    """A place on the page stays one; any other link only tells where it led."""
    href = href.strip()
    if re.match(r"#[^\x00-\x20]+\Z", href):
        return [("href", href)]
    if has_title or not href.startswith(("http:", "https:", "/")):
        return []
    return [("title", gettext("يؤدي إلى: %(address)s") % {"address": href})]


def _picture(element: Any, resolve: Resolve) -> str:
    """The source of a picture that is kept, lazy ones included; else nothing."""
    inline = ""
    for reference in _sources(element):
        if _INLINE_PICTURE.match(reference):
            inline = inline or reference
        elif kept := resolve(reference, PICTURES):
            return f' src="{escape(kept)}"'
    return f' src="{escape(inline)}"' if inline else ""


def _sources(element: Any) -> Iterator[str]:
    """The addresses of a picture: those that a script would have put in first, then the printed, then the lists."""
    near = (*islice(element.iterancestors(), _NEAR), *islice(element.itersiblings(preceding=True), _NEAR))
    all_of_it = (element, *(one for one in near if one.tag == "source"))
    for one in all_of_it:
        yield from (one.get(name).strip() for name in _ADDRESSES_OF_PICTURES if one.get(name))
    for one in all_of_it:
        for name in _LISTS_OF_PICTURES:
            for candidate in re.split(r",\s+", one.get(name) or ""):
                if candidate.strip():
                    yield candidate.split()[0]


def _absent(element: Any) -> list[tuple[str, str]]:
    """The class of an empty place, and its size, which an element without a source would not have."""
    marked = [("class", f"{element.get('class') or ''} {_ABSENT}".strip())]
    sides = [(side, (element.get(side) or "").strip()) for side in ("width", "height")]
    size = [f"{side}:{value}{'' if value[-1] in 'x%' else 'px'}" for side, value in sides if _LENGTH.match(value)]
    return [*marked, ("style", ";".join(size))] if size and not element.get("style") else marked


def _repeats_a_picture(element: Any) -> bool:
    """A picture for readers without scripts, beside the lazy one that is shown in its place."""
    previous = element.getprevious()
    return previous is not None and previous.tag == "img" and element.find(".//img") is not None
