"""What stands around the text: section, lead, tags, pictures with captions, related links."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from urllib.parse import quote, unquote, urlsplit

from archive.arabic import key, squeeze

from .address import url_key
from .article import Link, Picture
from .blocks import Block
from .credits import read_credit
from .identity import HOME
from .lines import LEAD_NAMES, MARKS, is_caption, is_dense, links_of
from .sheet import Sheet
from .tree import Element, text_of

_NO_PICTURE = re.compile(r"logo|icon|avatar|pixel|/fb\.|share|spacer|blank|\.gif(?:$|\?)", re.I)
_PHOTO_CREDIT = re.compile(r"(?:تصوير|عدسة|الصورة|صورة|المصدر|photo)\s*[:：/-]\s*(.+)$", re.I)
_ELSEWHERE = ("aside", "nav", "footer")
_MOST = 20
_MOST_LOOKED_AT = 200
_LONGEST_LEAD = 700
_SHORTEST_LEAD = 40
_LEADS = re.compile(rf"{LEAD_NAMES}|intro|description", re.I)
_LONGEST_TAG = 60
_TAG_BREAK = re.compile(r"[,،;؛|]+")


def find_section(sheet: Sheet) -> str:
    """What the layout names or the page says; else the last breadcrumb; else the menu entry its address begins with."""
    for element in sheet.named("section"):
        if 1 < len(name := text_of(element)) <= 60:
            sheet.say("section", sheet.voice, element)
            return name
    for said in sheet.structured.all("section"):
        if isinstance(said.value, str) and 1 < len(said.value) <= 60:
            sheet.say("section", said.voice, said.name)
            return said.value
    title = key(sheet.headline.text) if sheet.headline else ""
    links = (link for crumbs in sheet.classed("crumb") for link in crumbs.iter("a"))
    names = [text_of(link) for link in islice(links, _MOST_LOOKED_AT)]
    names = [name for name in names if 1 < len(name) <= 40 and key(name) not in HOME | sheet.papers | {title}]
    if names:
        sheet.say("section", "breadcrumb")
        return names[-1]
    return _section_by_path_line(sheet) or _section_by_address(sheet)


def _section_by_path_line(sheet: Sheet) -> str:
    """The last link of a line above the headline that leads from the home page: «الرئيسية » ثقافة»."""
    for block in reversed(sheet.blocks[max(0, sheet.headline_at - 8) : max(0, sheet.headline_at)]):
        if 2 <= len(block.links) <= 4 and key(block.links[0][1]) in HOME:
            sheet.say("section", "path-line", block.element)
            return block.links[-1][1]
    return ""


def _section_by_address(sheet: Sheet) -> str:
    first, slash, _ = unquote(urlsplit(sheet.url).path).strip("/").partition("/")
    if not first or not slash:
        return ""
    encoded = quote(first).lower()
    for link in sheet.document.survey.of("a"):
        href = link.get("href") or ""
        if first not in href and encoded not in href.lower():
            continue
        path = unquote(urlsplit(sheet.document.link(href)).path).strip("/")
        if path == first or (first.isdigit() and path.startswith(f"{first}-") and "/" not in path):
            name = text_of(link)
            if 1 < len(name) <= 60:
                sheet.say("section", "menu", link)
                return name
    return ""


def find_lead(sheet: Sheet) -> str:
    """A dense line between headline and text that neither of them repeats."""
    body, headline = sheet.body, sheet.headline
    if body is None or headline is None or headline.at < 0 or body.first < 0:
        return ""
    named: list[tuple[str, str, Element]] = [(text_of(one), sheet.voice, one) for one in sheet.named("lead")]
    between = [
        (block.text, "before-body", block.element)
        for block in sheet.blocks[headline.at + 1 : body.first]
        if _may_lead(block) and not block.links and not is_caption(block) and len(block.text) < _LONGEST_LEAD
    ]
    start = key(" ".join(body.paragraphs[:2])[:_LONGEST_LEAD]) if named or between else ""
    for text, voice, where in named + between:
        if text and key(text)[:60] not in start and key(text) != key(headline.text):
            sheet.say("lead", voice, where)
            return text
    return ""


def _may_lead(block: Block) -> bool:
    """A paragraph, a lower heading as long as a sentence, or a line that its class calls a summary."""
    if is_dense(block) or (block.heading > 1 and len(block.text) >= _SHORTEST_LEAD):
        return True
    return len(block.text) >= _SHORTEST_LEAD and bool(_LEADS.search(block.element.get("class") or ""))


def find_tags(sheet: Sheet) -> tuple[str, ...]:
    """Subjects that the page names: the layout's, links with rel=tag, what machines are told; else none."""
    linked = [link for link in sheet.document.survey.of("a") if "tag" in (link.get("rel") or "").split()]
    shown: list[tuple[str, str, Element | str]] = [(text_of(one), sheet.voice, one) for one in sheet.named("tags")]
    shown = (shown or [(text_of(link), "rel-tag", link) for link in linked[:_MOST_LOOKED_AT]])[:_MOST_LOOKED_AT]
    told = [
        (word, said.voice, said.name) for said in sheet.structured.all("tags") for word in _TAG_BREAK.split(said.value)
    ]
    rows = [
        (tag, rule, where) for words, rule, where in shown or told[:_MOST_LOOKED_AT] if (tag := words.strip(" #,،:|"))
    ]
    rows = [row for row in rows if len(row[0]) <= _LONGEST_TAG and key(row[0]) not in sheet.papers]
    if rows:
        sheet.say("tags", *rows[0][1:])
    return tuple({key(tag): tag.replace("_", " ") for tag, _, _ in reversed(rows)}.values())[::-1][:_MOST]


def find_pictures(sheet: Sheet) -> tuple[Picture, ...]:
    """The page's main picture with its caption, then those in the text."""
    main = sheet.document.link(sheet.structured.first("image"))
    addresses = [main] if main else []
    text = sheet.body.element if sheet.body else None
    boxes = [*sheet.document.survey.of("figure"), *sheet.classed("mainimage"), *([text] if text is not None else [])]
    for image in islice((image for box in boxes for image in box.iter("img")), _MOST_LOOKED_AT):
        url = sheet.document.link(image.get("data-src") or image.get("src") or "")
        if url and not _NO_PICTURE.search(url) and not any(a.tag in _ELSEWHERE for a in image.iterancestors()):
            addresses.append(url)
    pictures = [Picture(url) for url in dict.fromkeys(addresses)][:_MOST]
    for at, caption in enumerate(captions(sheet)[: len(pictures)]):
        pictures[at] = _captioned(pictures[at].url, caption)
    if pictures:
        sheet.say("pictures", "opengraph" if main else "page")
    return tuple(pictures)


def captions(sheet: Sheet) -> list[str]:
    """Lines under pictures between the headline and the end of the text."""
    last = sheet.body.last if sheet.body and sheet.body.last >= 0 else len(sheet.blocks) - 1
    found = []
    for block in sheet.blocks[sheet.headline_at + 1 : last + 1]:
        if (is_caption(block) or sheet.is_named("caption", block)) and len(block.text) <= 300 and not block.is_link:
            if not read_credit(block.text, sheet.papers):
                found.append(block.text)
    return list(dict.fromkeys(found))


def _captioned(url: str, caption: str) -> Picture:
    credit = _PHOTO_CREDIT.search(caption)
    if not credit:
        return Picture(url, caption)
    return Picture(url, caption[: credit.start()].strip(" -–|(."), squeeze(credit[1]).strip(" )."))


def _after_text(sheet: Sheet) -> list[Link]:
    """Links below a line such as «موضوعات متعلقة» soon after the text."""
    last = sheet.body.last if sheet.body else -1
    if last < 0:
        return []
    for at, block in enumerate(sheet.blocks[last + 1 : last + 9], last + 1):
        marked = MARKS.match(block.folded) if len(block.text) < 60 else None
        if marked and marked.lastgroup == "related":
            below = takewhile(lambda one: one.links or len(one.text) < 4, sheet.blocks[at + 1 : at + 1 + _MOST])
            links = [link for one in (block, *below) for link in links_of(one)]
            return [Link(link.text, sheet.document.link(link.url)) for link in links if len(link.text) >= 15]
    return []


def find_related(sheet: Sheet) -> tuple[Link, ...]:
    """Links that the page itself calls related: in the text, or in a box beside it."""
    body = sheet.body
    if body is None:
        return ()
    found = {key(link.text): Link(link.text, sheet.document.link(link.url)) for link in body.related}
    if body.element is not None:
        beside: Element = parent if (parent := body.element.getparent()) is not None else body.element
        zones = [zone for zone in sheet.classed("related") if beside in zone.iterancestors()]
        for anchor in islice((anchor for zone in zones for anchor in zone.iter("a")), _MOST_LOOKED_AT):
            if len(text := text_of(anchor)) > 12:
                found.setdefault(key(text), Link(text, sheet.document.link(anchor.get("href") or "")))
    for link in () if found else _after_text(sheet):
        found.setdefault(key(link.text), link)
    own = url_key(sheet.url)
    return tuple(link for link in found.values() if link.text and (not link.url or url_key(link.url) != own))[:_MOST]
