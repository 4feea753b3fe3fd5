"""Is it an article? A page that is none gets a stable code and a reason."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.arabic import fold, parse_date

from .blocks import Block
from .body import Body, is_dense
from .headline import Headline
from .structured import Structured

SHORTEST_BODY = 250
"""Letters that make a body by themselves."""
SHORTEST_VOUCHED_BODY = 100
"""Letters that do when the page calls itself an article, or bears a credit or a date."""

_ERROR = re.compile(
    r"الصفحه (?:المطلوبه |التي .{0,30})?(?:غير موجوده|غير متوفره|لم يتم العثور)|"
    r"(?:عذرا|خطا).{0,20}(?:404|الصفحه|غير موجود)|"
    r"(?:^|\W)404(?:\W|$)|page not found|not found|لم يتم العثور علي|رابط غير صحيح|error 50\d"
)
_LOGIN = re.compile(r"^(?:تسجيل الدخول|دخول الاعضاء|login|sign in|تسجيل عضويه)")
_LIST_ADDRESS = re.compile(
    r"/(?:tags?|category|categories|search|author|authors|section|sections|archive|page)(?:/|\?|$)|[?&](?:s|q|search)=",
    re.I,
)
_MANY_LINKS = 8
_MANY_DATES = 3


def judge(
    headline: Headline | None, body: Body | None, blocks: list[Block], structured: Structured, url: str, vouched: bool
) -> tuple[str, str] | None:
    """(code, detail) of what is no article; null for an article. `vouched`: the page bears a credit or a date."""
    letters = sum(len(paragraph) for paragraph in body.paragraphs) if body else 0
    title = fold(headline.text if headline else structured.first("title"))
    start = fold(body.paragraphs[0][:300]) if body and body.paragraphs else ""
    listed = sum(1 for block in blocks if block.is_link and len(block.text) >= 25)
    is_typed = bool(structured.types & {"article", "NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting"})
    if letters < 800 and (
        _ERROR.search(title) or _ERROR.search(fold(structured.first("title"))) or _ERROR.search(start[:200])
    ):
        return "error-page", "the page says that there is nothing here"
    if letters < 800 and _LOGIN.match(title):
        return "login-page", "the page asks for an account"
    if is_front(url) and not is_typed:
        return "index-page", "the address of a home page"
    if listed >= _MANY_LINKS and letters < SHORTEST_BODY and not (is_typed and vouched):
        return "index-page", f"{listed} links to stories, {letters} letters of text"
    if body and _is_list_of_excerpts(body, blocks) and not (is_typed and letters > 4 * SHORTEST_BODY):
        return "index-page", "headlines with excerpts"
    if (
        _LIST_ADDRESS.search(urlsplit(url).path + "?" + urlsplit(url).query)
        and not is_typed
        and listed >= _MANY_LINKS // 2
    ):
        return "index-page", "the address of a list"
    if headline is None or (headline.at < 0 and headline.source == "title" and not is_typed):
        return "no-headline", "no heading that the title vouches for"
    if letters < (SHORTEST_VOUCHED_BODY if is_typed or vouched else SHORTEST_BODY):
        return "no-body", f"{letters} letters of text"
    return None


def is_front(url: str) -> bool:
    parts = urlsplit(url)
    return (
        bool(parts.netloc)
        and parts.path.rstrip("/") in ("", "/index.html", "/index.php", "/ar", "/home")
        and not parts.query
    )


def _is_list_of_excerpts(body: Body, blocks: list[Block]) -> bool:
    """Whether the text is headlines in links, each with a few lines below it."""
    inside = blocks[max(0, body.first - 2) : body.last + 1]
    if sum(1 for block in inside if len(block.text) < 60 and parse_date(block.text)) >= _MANY_DATES:
        return True
    heads = sum(1 for block in inside if block.links and block.is_link and len(block.text) >= 20)
    dense = sum(1 for block in inside if is_dense(block))
    return heads >= 4 and heads >= 0.5 * dense
