"""A saved page in a file: its address and the time of saving, from the marks that saving tools leave."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from pathlib import PurePath
from urllib.parse import quote, unquote, urlsplit

from dateutil.parser import ParserError
from dateutil.parser import parse as parse_english_date

from .page import Locator, Page, legible, plausible

PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".cfm")
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(\S+) -->")
_HTTRACK = re.compile(rb"<!-- Mirrored from (\S+) by HTTrack Website Copier[^,>]*, ([^>]+?) -->")
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?:/.+)")
_WAYBACK_MARK = re.compile(rb"FILE ARCHIVED ON (\d\d:\d\d:\d\d \w{3} \d\d, \d{4})")
_SINGLE_FILE = re.compile(rb"Page saved with SingleFile\s+url: (\S+)\s+saved date: ([^\r\n]+)")
_HOST = re.compile(r"(?:[a-z0-9\u0600-\u06ff](?:[a-z0-9\u0600-\u06ff-]*[a-z0-9\u0600-\u06ff])?\.)+[a-z]{2,24}", re.I)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.I)
_MARKS_WITHIN = 8192
_DEFAULTS = (datetime(2001, 1, 1), datetime(2002, 2, 2))


def looks_like_page(name: str) -> bool:
    """Whether a file name says that the file is a page; «news.php@id=7» too."""
    plain = name.lower().removesuffix(".gz")
    return plain.endswith(PAGE_ENDINGS) or any(
        f"{ending}@" in plain or f"{ending}?" in plain for ending in PAGE_ENDINGS
    )


def looks_like_html(content: bytes) -> bool:
    """Whether bytes begin like a page, whatever their name."""
    return bool(_HTML.search(content[:1024].replace(b"\x00", b"")))


def page_from_file(
    content: bytes, modified_at: datetime, locator: Locator, name: str = "", around: bytes = b""
) -> Page:
    """A page read from a file or from a member of a container; `name` is its path inside the dump, `around` the file
    that it was packed in, whose marks are its own."""
    name = name or locator.member or locator.dump
    captured_at, guessed = capture_time(name, modified_at), False
    head = around[:_MARKS_WITHIN] + content[:_MARKS_WITHIN]
    if single := _SINGLE_FILE.search(head):
        url = single[1].decode("utf-8", "replace")
        captured_at = _printed_time(single[2].decode("utf-8", "replace")) or captured_at
    elif mirrored := _HTTRACK.search(head):
        url = f"https://{mirrored[1].decode('utf-8', 'replace')}"
        captured_at = _printed_time(mirrored[2].decode("utf-8", "replace")) or captured_at
    elif saved := _SAVED_FROM.search(head):
        url = saved[1].decode("utf-8", "replace")
    else:
        url = url_from_path(name)
        guessed = bool(url)
    if archived := _WAYBACK_MARK.search(content, max(0, len(content) - _MARKS_WITHIN)):
        captured_at = _printed_time(archived[1].decode() + " GMT") or captured_at
    url, captured_at = original(url, captured_at)
    return Page(url, captured_at, content, "", locator, url_guessed=guessed)


def original(url: str, captured_at: datetime) -> tuple[str, datetime]:
    """The paper's own address and the moment of the capture, where a page was saved from the Wayback Machine; no
    address where it is none of the web."""
    url = url.replace("\x00", "")
    if archived := _WAYBACK.match(url):
        url = re.sub(r"^(https?:)/+", r"\1//", archived[2])
        with suppress(ValueError):
            told = datetime.strptime(archived[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            captured_at = plausible(told) or captured_at
    try:
        urlsplit(url)
    except ValueError:  # «http://[»
        url = ""
    return (url if url.startswith(("http://", "https://")) else ""), captured_at


def inner_path(path: PurePath) -> str:
    """What of a single file's path may tell its address: from the innermost host on, and the folder above it."""
    parts = path.parts
    hosts = [at for at, part in enumerate(parts[:-1]) if _HOST.fullmatch(part)]
    return "/".join(parts[max(0, hosts[-1] - 1) :]) if hosts else path.name


def url_from_path(name: str) -> str:
    """The address that a mirroring tool (wget, HTTrack) turned into this path; empty when no part is a host.

    The query lies behind `?` or `@`, a file `index.html` stands for its folder.
    """
    *folders, file = legible(name).replace("\\", "/").split("/")
    hosts = [place for place, folder in enumerate(folders) if _HOST.fullmatch(folder)]
    if not hosts:
        return ""
    file = file.removesuffix(".gz")
    path, mark, query = file.replace("?", "@", 1).partition("@")
    if mark:
        query = re.sub(r"\.html?$", "", query)
    if path in ("index.html", "index.htm"):
        path = ""
    parts = [*folders[hosts[0] + 1 :], path]
    whole = "/".join(quote(unquote(part), safe="!$&'()*+,;=:@~-._") for part in parts)
    return f"https://{folders[hosts[0]].lower()}/{whole}" + (
        f"?{quote(unquote(query), safe='=&+;:/%-._~')}" if mark else ""
    )


def capture_time(name: str, modified_at: datetime) -> datetime:
    """The file's own time, unless the path names another day: copying a dump changes the one, not the other."""
    for year, month, day in _DAY.findall(re.split(r"[^/]*\.[a-z]{2,24}/", name, maxsplit=1, flags=re.I)[0]):
        try:
            named = datetime(int(year), int(month), int(day), tzinfo=UTC)
        except ValueError:
            continue
        return modified_at if modified_at.date() == named.date() else datetime.combine(named.date(), time(), UTC)
    return modified_at


def _printed_time(text: str) -> datetime | None:
    """The date as a browser prints it: «Mon Jan 06 2025 10:00:00 GMT+0100 (GMT+01:00)»; null unless it is whole."""
    text = re.sub(r"GMT([+-]\d{4}).*", r"\1", text.strip())
    try:
        # what is missing would be filled from a default: two defaults show it
        one, other = (parse_english_date(text, default=day, tzinfos=_zone) for day in _DEFAULTS)
        if one != other:
            return None
        return plausible(one if one.tzinfo else one.replace(tzinfo=UTC))
    except (ParserError, OverflowError, ValueError):
        return None


def _zone(name: str | None, offset: int | None) -> tzinfo:
    """Zones by their offset; one that is only a name is taken for UTC."""
    return timezone(timedelta(seconds=offset)) if offset is not None else UTC
