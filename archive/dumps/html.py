"""A saved page in a file: its address and the time of saving, from the marks that saving tools leave."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from urllib.parse import quote, unquote

from dateutil.parser import ParserError
from dateutil.parser import parse as parse_english_date

from .page import Locator, Page

PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".cfm")
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(\S+) -->")
_SINGLE_FILE = re.compile(rb"Page saved with SingleFile\s+url: (\S+)\s+saved date: ([^\r\n]+)")
_HOST = re.compile(r"(?:[a-z0-9\u0600-\u06ff](?:[a-z0-9\u0600-\u06ff-]*[a-z0-9\u0600-\u06ff])?\.)+[a-z]{2,24}", re.I)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.I)
_MARKS_WITHIN = 8192


def looks_like_page(name: str) -> bool:
    """Whether a file name says that the file is a page; «news.php@id=7» too."""
    plain = name.lower().removesuffix(".gz")
    return plain.endswith(PAGE_ENDINGS) or any(
        f"{ending}@" in plain or f"{ending}?" in plain for ending in PAGE_ENDINGS
    )


def looks_like_html(content: bytes) -> bool:
    """Whether bytes begin like a page, whatever their name."""
    return bool(_HTML.search(content[:1024].replace(b"\x00", b"")))


def page_from_file(content: bytes, modified_at: datetime, locator: Locator) -> Page:
    """A page read from a file or from a member of a container."""
    name = locator.member or locator.dump
    head = content[:_MARKS_WITHIN]
    captured_at, guessed = _capture_time(name, modified_at), False
    if single := _SINGLE_FILE.search(head):
        url = single[1].decode("utf-8", "replace")
        captured_at = _printed_time(single[2].decode("utf-8", "replace")) or captured_at
    elif saved := _SAVED_FROM.search(head):
        url = saved[1].decode("utf-8", "replace")
    else:
        url = url_from_path(name)
        guessed = bool(url)
    if not url.startswith(("http://", "https://")):
        url = ""
    return Page(url, captured_at, content, "", locator, url_guessed=guessed)


def url_from_path(name: str) -> str:
    """The address that a mirroring tool (wget, HTTrack) turned into this path; empty when no part is a host.

    The query lies behind `?` or `@`, a file `index.html` stands for its folder.
    """
    *folders, file = name.replace("\\", "/").split("/")
    hosts = [place for place, folder in enumerate(folders) if _HOST.fullmatch(folder)]
    if not hosts:
        return ""
    file = file.removesuffix(".gz")
    path, mark, query = file.replace("?", "@", 1).partition("@")
    if mark:
        query = re.sub(r"\.html?$", "", query)
    elif path in ("index.html", "index.htm"):
        path = ""
    parts = [*folders[hosts[0] + 1 :], path]
    whole = "/".join(quote(unquote(part), safe="!$&'()*+,;=:@~-._") for part in parts)
    return f"https://{folders[hosts[0]].lower()}/{whole}" + (
        f"?{quote(unquote(query), safe='=&+;:/%-._~')}" if mark else ""
    )


def _capture_time(name: str, modified_at: datetime) -> datetime:
    """The file's own time, unless the path names another day: copying a dump changes the one, not the other."""
    for year, month, day in _DAY.findall(re.split(r"[^/]*\.[a-z]{2,24}/", name, maxsplit=1, flags=re.I)[0]):
        try:
            named = datetime(int(year), int(month), int(day), tzinfo=UTC)
        except ValueError:
            continue
        return modified_at if modified_at.date() == named.date() else datetime.combine(named.date(), time(), UTC)
    return modified_at


def _printed_time(text: str) -> datetime | None:
    """The date as a browser prints it: «Mon Jan 06 2025 10:00:00 GMT+0100 (GMT+01:00)»."""
    try:
        moment = parse_english_date(re.sub(r"GMT([+-]\d{4}).*", r"\1", text.strip()))
    except (ParserError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
