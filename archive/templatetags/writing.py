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
def sided(story: Story) -> SafeString | str:
    """The `dir` of all that is said of an Arabic story on a page that runs from left to right: one block, one edge."""
    is_arabic = direction(story.headline) == "rtl"
    return format_html(' dir="{}"', "rtl") if is_arabic and not get_language_bidi() else ""


@register.filter
def beginning(text: str, words: int) -> str:
    """The first words; the sign that more follows stays with the last of them, and is no line of its own."""
    return Truncator(text).words(words, truncate="…")


@register.filter
def side(fragments: Iterable[Fragment]) -> str:
    return direction("".join(fragment.text for fragment in fragments))


@register.filter
def marked(fragments: Iterable[Fragment]) -> SafeString:
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", f.text) if f.marked else f.text,) for f in fragments)
    )


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
