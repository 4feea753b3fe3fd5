"""The cascade: one saved page in, an article or its refusal out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from archive.arabic import key, squeeze
from archive.dumps import Page, Rejection

from .address import host_of, url_key
from .around import find_pictures, find_related, find_section
from .article import Article, PublisherName, Teaser
from .blocks import read_blocks
from .body import Body, find_container, is_caption, is_dense, is_line, read_body, style
from .document import Document, open_document
from .headline import find_headline
from .identity import identify
from .published import Published, date_lines, find_published
from .publisher import Catalogue
from .publishers import SHIPPED
from .sheet import Sheet
from .signature import find_credit
from .structured import Structured, read_structured
from .teasers import read_teasers, read_undated
from .tree import Element, text_of
from .verdict import judge

PARSER_VERSION = "1"
"""Raised whenever the same page may read differently; kept with every capture."""

_DATE_LINE = re.compile(r"\d\d? ?: ?\d\d|نشر|تاريخ")
_ENOUGH = 200  # letters that a named or marked element must hold to be the body
_LONGEST_LEAD = 700
_SAMPLE = 600  # letters that show the language


@dataclass(frozen=True)
class Refusal(Rejection):
    """A rejection that still tells of other stories: lists are where undated stories find their dates."""

    publisher: PublisherName | None = None
    teasers: tuple[Teaser, ...] = ()


def parse_page(page: Page, catalogue: Catalogue = SHIPPED) -> Article | Rejection:
    """What a saved page says. Pure and picklable, safe in a worker process."""
    document = open_document(page)
    if isinstance(document, Rejection):
        return document
    structured = read_structured(document)
    url, url_source = _address(document, structured)
    sheet = Sheet(
        document, structured, identify(document, structured, url, catalogue), url, sources={"url": url_source}
    )
    if page.status >= 400:
        return _refuse(sheet, "error-page", f"the server answered {page.status}")
    for element in sheet.named("drop"):
        document.drop(element)
    sheet.blocks = read_blocks(document)
    sheet.headline = find_headline(sheet.blocks, structured, sheet.papers, sheet.named("headline"), sheet.voice)
    title = sheet.headline.text if sheet.headline else ""
    sheet.body = _body(sheet, title)
    credit, taken = find_credit(sheet)
    dates = _dates(sheet)
    taken |= {at for at, _ in dates}
    if sheet.body and sheet.body.element is not None and taken.intersection(sheet.body.places):
        sheet.body = read_body(sheet.blocks, sheet.body.element, title, sheet.headline_at, taken)
    published = _published(sheet, dates)
    verdict = judge(
        sheet.headline, sheet.body, sheet.blocks, structured, url, bool(taken or credit.people or published.date)
    )
    if not verdict and sheet.body and sheet.body.element is None and b"</html" not in page.content[-2000:].lower():
        verdict = "truncated", "the file ends before the text"
    if verdict or sheet.headline is None or sheet.body is None:
        return _refuse(sheet, *(verdict or ("no-body", "no text")))
    sheet.sources["headline"] = sheet.headline.source
    if published.date:
        sheet.sources["published_at"] = published.source
    return Article(
        publisher=sheet.identity.publisher,
        url=url,
        headline=title,
        body=tuple(sheet.body.paragraphs),
        bylines=credit.people,
        agencies=credit.agencies,
        datelines=credit.places,
        published=published.date,
        published_printed=published.printed,
        modified=published.modified,
        section=find_section(sheet),
        lead=_lead(sheet),
        pictures=find_pictures(sheet),
        related=find_related(sheet),
        teasers=_teasers(sheet),
        language=_language(sheet),
        encoding=document.encoding,
        field_sources=sheet.sources,
    )


def _refuse(sheet: Sheet, code: str, detail: str) -> Refusal:
    page = sheet.document.page
    teasers = tuple(read_teasers(sheet.document, None, page.captured_at))
    return Refusal(code, detail, page.locator, page, sheet.identity.publisher, teasers)


def _address(document: Document, structured: Structured) -> tuple[str, str]:
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


def _body(sheet: Sheet, title: str) -> Body | None:
    """By the layout, by itemprop=articleBody, by density; from JSON-LD when the page itself shows no text."""
    blocks, at = sheet.blocks, sheet.headline_at
    marked = cast("list[Element]", [said.value for said in sheet.structured.all("body_element")])
    for element, voice in [(e, sheet.voice) for e in sheet.named("body")] + [(e, "microdata") for e in marked]:
        body = read_body(blocks, element, title, at)
        if sum(map(len, body.paragraphs)) >= _ENOUGH:
            sheet.sources["body"] = voice
            return body
    container = find_container(blocks, at)
    body = read_body(blocks, container, title, at) if container is not None else Body()
    if at >= 0 and body.last <= at and (container := find_container(blocks, at, is_line)) is not None:
        body = read_body(blocks, container, title, at)
    sheet.sources["body"] = "density"
    told = sheet.structured.first("body")
    if len(told) >= _ENOUGH and sum(map(len, body.paragraphs)) < 0.5 * len(told):
        sheet.sources["body"] = "json-ld"
        lines = (squeeze(re.sub(r"<[^>]+>", " ", line)) for line in re.split(r"[\r\n]+|<br\s*/?>|</p>", told))
        body = Body([line for line in lines if line])
    return body if body.paragraphs else None


def _lead(sheet: Sheet) -> str:
    """A dense line between headline and text that neither of them repeats."""
    body, headline = sheet.body, sheet.headline
    if body is None or headline is None or headline.at < 0 or body.first < 0:
        return ""
    named = [(text_of(element), sheet.voice) for element in sheet.named("lead")]
    between = [
        (block.text, "before-body")
        for block in sheet.blocks[headline.at + 1 : body.first]
        if is_dense(block) and not block.links and not is_caption(block) and len(block.text) < _LONGEST_LEAD
    ]
    start = key(" ".join(body.paragraphs[:2])[:_LONGEST_LEAD]) if named or between else ""
    for text, voice in named + between:
        if text and key(text)[:60] not in start and key(text) != key(headline.text):
            sheet.sources["lead"] = voice
            return text
    return ""


def _dates(sheet: Sheet) -> list[tuple[int, str]]:
    """Date lines of the article itself: between headline and text, or right above the headline in its own box."""
    at, first, blocks = sheet.headline_at, sheet.text_at, sheet.blocks
    if at < 0 and first < 0:
        return []
    start = at + 1 if at >= 0 else max(0, first - 6)
    found = date_lines(blocks, range(start, first if first > at else min(at + 4, len(blocks))))
    found = [row for row in found if not (is_caption(blocks[row[0]]) or sheet.is_named("caption", blocks[row[0]]))]
    if first >= 0:
        # a line set as the text is belongs to it («الرياض 26 شوال 1436 هـ … واس»), unless it can be nothing else
        found = [
            row
            for row in found
            if style(blocks[row[0]]) != style(blocks[first]) or _DATE_LINE.search(blocks[row[0]].folded)
        ]
    if at > 0 and not found:
        box: Element | None = blocks[at].element
        for _ in range(3):
            parent = box.getparent() if box is not None else None
            box = parent if parent is not None and parent.tag != "body" else box
        above = [n for n in range(max(0, at - 4), at) if box is not None and box in blocks[n].element.iterancestors()]
        found = date_lines(blocks, range(above[0], at)) if above else []
    return found


def _published(sheet: Sheet, dates: list[tuple[int, str]]) -> Published:
    named = [text for at, text in dates if sheet.is_named("date", sheet.blocks[at])]
    times = [element for element in sheet.document.survey.of("time") if _is_near(element, sheet)]
    captured_at = sheet.document.page.captured_at
    return find_published(sheet.structured, [t for _, t in dates], named, times, sheet.url, captured_at, sheet.voice)


def _is_near(element: Element, sheet: Sheet) -> bool:
    """Whether an element stands in the smallest box around headline and text, and in no list inside it."""
    if sheet.headline_at < 0 or sheet.body is None or sheet.body.element is None:
        return False
    around = set(sheet.body.element.iterancestors())
    box: Element | None = sheet.blocks[sheet.headline_at].element
    while box is not None and box not in around:
        box = box.getparent()
    above = list(element.iterancestors())
    if box is None or box.tag == "body" or box not in above:
        return False
    return not any(one.tag in ("aside", "li", "nav", "footer") for one in above[: above.index(box)])


def _teasers(sheet: Sheet) -> tuple[Teaser, ...]:
    own, title = url_key(sheet.url), sheet.headline.text if sheet.headline else ""
    text = sheet.body.element if sheet.body else None
    found = read_teasers(sheet.document, text, sheet.document.page.captured_at)
    found = [teaser for teaser in found if teaser.headline != title and url_key(teaser.url) != own]
    if sheet.layout and sheet.layout.teaser_credit:
        known = {teaser.headline for teaser in found} | {title}
        headings, credits = sheet.named("headline"), sheet.named("teaser_credit")
        found = read_undated(sheet.document, headings, credits, sheet.papers, known) + found
    return tuple(found)


def _language(sheet: Sheet) -> str:
    """By the letters of the text; what the page declares only for other scripts."""
    text = " ".join(sheet.body.paragraphs[:8])[:_SAMPLE] if sheet.body else ""
    arabic, latin = len(re.findall("[\u0621-\u064a]", text)), len(re.findall("[A-Za-z]", text))
    if arabic > latin:
        return "fa" if len(re.findall("[پچژگ]", text)) > 0.01 * arabic else "ar"
    declared = (sheet.document.root.get("lang") or "")[:2].lower()
    return declared if declared.isalpha() and declared != "ar" else "en" if latin else ""
