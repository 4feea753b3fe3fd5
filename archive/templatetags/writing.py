"""How text is set on the page: its direction, its marked words, and addresses that are safe to follow."""

import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_bidi

from archive.models import Story
from archive.search import Fragment
from archive.templatetags.telephones import left_to_right

register = template.Library()


@register.filter
def direction(text: str) -> str:
    """The side most of the letters are on: «CNN بالعربية تفوز» is right to left, whatever it begins with."""
    rtl = ltr = 0
    for letter in text[:400]:
        side = unicodedata.bidirectional(letter)
        rtl += side in ("R", "AL")
        ltr += side == "L"
    return "ltr" if ltr > rtl else "rtl"


@register.filter
def tongue(story: Story | None) -> SafeString | str:
    """The `lang` of a story's words, where the page around them speaks another language."""
    language = (story.language if story else "") or "ar"
    return "" if language == get_language() else format_html(' lang="{}"', language)


@register.filter
def sided(headline: str) -> SafeString | str:
    """The `dir` of all that is said of an Arabic story on a page that runs from left to right: one block, one edge."""
    return format_html(' dir="{}"', "rtl") if direction(headline) == "rtl" and not get_language_bidi() else ""


@register.filter
def beginning(text: str, words: int) -> str:
    """The first words; the sign that more follows stays with the last of them, and is no line of its own."""
    return Truncator(text).words(words, truncate="…")


@register.filter
def side(fragments: Iterable[Fragment]) -> str:
    return direction("".join(fragment.text for fragment in fragments))


@register.filter
def marked(fragments: Iterable[Fragment]) -> SafeString:
    """A text with the words that matched, its telephone numbers from left to right."""
    pieces, at = list(fragments), 0
    text = "".join(piece.text for piece in pieces)
    laid = []
    for start, end in left_to_right(text):
        number = format_html('<bdo dir="ltr">{}</bdo>', _with_marks(pieces, start, end))
        laid += [_with_marks(pieces, at, start), number]
        at = end
    return format_html_join("", "{}", ((part,) for part in (*laid, _with_marks(pieces, at, len(text)))))


@register.filter
def typeset(text: str) -> SafeString:
    return marked([Fragment(text, False)])


def _with_marks(pieces: Iterable[Fragment], start: int, end: int) -> SafeString:
    """The part of a text between two places."""
    cut, at = list[tuple[SafeString | str]](), 0
    for piece in pieces:
        part = piece.text[max(start - at, 0) : max(end - at, 0)]
        at += len(piece.text)
        if part:
            cut.append((format_html("<mark>{}</mark>", part) if piece.marked else part,))
    return format_html_join("", "{}", cut)


@register.filter
def linkable(address: str) -> bool:
    """Only a web address may become a link: a saved page can hold `javascript:` and worse."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@register.filter
def readable(address: str) -> str:
    """An address with its Arabic letters as letters."""
    return unquote(address, errors="replace") if len(address) < 2000 else address[:2000]
