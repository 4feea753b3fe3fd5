"""The cascade: one saved page in, an article or its refusal out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archive.dumps import Page, Rejection

from .address import url_key
from .around import find_lead, find_pictures, find_related, find_section, find_tags
from .article import Article, PublisherName, Teaser
from .blocks import read_blocks
from .body import find_body, read_body
from .cards import mark_cards
from .document import open_document
from .evidence import Evidence, confidence, place_of
from .headline import find_headline, find_line_above, is_vouched
from .identity import find_address, identify
from .published import find_date_lines, find_published
from .publisher import Catalogue
from .publishers import SHIPPED
from .sheet import Sheet
from .signature import find_credit
from .structured import read_structured
from .teasers import read_teasers, read_undated
from .verdict import SHORTEST_VOUCHED_BODY, judge_kind, judge_text

PARSER_VERSION = "3"
"""Raised whenever the same page may read differently; kept with every capture."""

_SAMPLE = 600  # letters that show the language


@dataclass(frozen=True)
class Refusal(Rejection):
    """A rejection that still tells of other stories: lists are where undated stories find their dates."""

    publisher: PublisherName | None = None
    teasers: tuple[Teaser, ...] = ()


def parse_page(page: Page, catalogue: Catalogue = SHIPPED) -> Article | Rejection:
    """What a saved page says. Pure and picklable, safe in a worker process."""
    return read_page(page, catalogue)[0]


def read_page(page: Page, catalogue: Catalogue = SHIPPED) -> tuple[Article | Rejection, Sheet | None]:
    """What a saved page says, with the sheet on which it was worked out; null where there was nothing to read."""
    document = open_document(page)
    if isinstance(document, Rejection):
        return document, None
    structured = read_structured(document)
    url, voice = find_address(document, structured)
    sheet = Sheet(document, structured, identify(document, structured, url, catalogue), url)
    sheet.say("url", voice)
    if page.status >= 400:
        return _refuse(sheet, "error-page", f"the server answered {page.status}"), sheet
    for element in sheet.named("drop"):
        document.drop(element)
    for leniently in (False, True):  # a theme may call the box around the text by the name of a menu or a widget
        sheet.blocks, sheet.zones = read_blocks(document, leniently)
        mark_cards(sheet.blocks)
        sheet.headline = find_headline(sheet)
        sheet.body = find_body(sheet)
        if not is_vouched(sheet) and sheet.body and (line := find_line_above(sheet)):
            sheet.headline, sheet.body = line, None
            sheet.body = find_body(sheet)
        if sheet.body and sheet.body.letters >= SHORTEST_VOUCHED_BODY:
            break
    if verdict := judge_kind(sheet):
        return _refuse(sheet, *verdict), sheet
    credit = find_credit(sheet)
    dates = find_date_lines(sheet)
    sheet.taken |= {at for at, _ in dates}
    if sheet.body and sheet.body.element is not None and sheet.taken.intersection(sheet.body.places):
        leads = {at: reason for at, reason in sheet.body.removed.items() if reason == "lead"}
        sheet.body = read_body(sheet, sheet.body.element, leads | dict.fromkeys(sheet.taken, "credit or date"))
    published = find_published(sheet, dates)
    verdict = judge_text(sheet, bool(sheet.taken or credit or published.date))
    if verdict or sheet.headline is None or sheet.body is None:
        return _refuse(sheet, *(verdict or ("no-body", "no text"))), sheet
    article = Article(
        publisher=sheet.identity.publisher,
        url=url,
        headline=sheet.headline.text,
        body=tuple(sheet.body.paragraphs),
        bylines=credit.people,
        agencies=credit.agencies,
        datelines=credit.places,
        credit_order=credit.order,
        unsure=sheet.unsure,
        published=published.date,
        published_printed=published.printed,
        modified=published.modified,
        section=find_section(sheet),
        lead=find_lead(sheet),
        pictures=find_pictures(sheet),
        related=find_related(sheet),
        tags=find_tags(sheet),
        teasers=_teasers(sheet),
        language=_language(sheet),
        encoding=document.encoding,
    )
    return replace(article, evidence=_evidence(sheet)), sheet


def _refuse(sheet: Sheet, code: str, detail: str) -> Refusal:
    page = sheet.document.page
    teasers = tuple(read_teasers(sheet.document, None, page.captured_at))
    return Refusal(code, detail, page.locator, page, sheet.identity.publisher, teasers)


def _teasers(sheet: Sheet) -> tuple[Teaser, ...]:
    own, title = url_key(sheet.url), sheet.title
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


def _evidence(sheet: Sheet) -> dict[str, Evidence]:
    found = {}
    for name, (rule, where) in sheet.evidence.items():
        is_layout = bool(sheet.voice) and rule == sheet.voice
        place = where if isinstance(where, str) else place_of(where)
        found[name] = Evidence(rule, place, confidence(name, rule, is_layout))
    return found
