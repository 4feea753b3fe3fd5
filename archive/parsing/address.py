"""Addresses: one key for the many forms in which a page's address is written."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|yclid|ref|ref_src|_ga|amp")
_ENDING = re.compile(r"(?:/index)?\.(?:html?|shtml)$|/index$")
_LONGEST_KEY = 400


@lru_cache(maxsize=10_000)
def url_key(url: str) -> str:
    """What two forms of one address have in common: no scheme, no www, no tracking, no ending, letters decoded.

    Empty for what is no web address. Long addresses end in a digest of the whole.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    host = re.sub(r"^(?:www|m|amp)\.|:\d+$", "", parts.netloc.rpartition("@")[2].lower())
    path = _ENDING.sub("", re.sub(r"/{2,}", "/", unquote(parts.path)).rstrip("/"))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = "&".join(f"{name}={value}" for name, value in pairs if not _TRACKING.fullmatch(name.lower()))
    whole = f"{host}{path}?{query}" if query else f"{host}{path}"
    whole = re.sub(r"[\x00-\x20\u200e\u200f]+", "-", whole.encode("utf-8", "replace").decode())
    if len(whole) <= _LONGEST_KEY:
        return whole
    return f"{whole[: _LONGEST_KEY - 65]}#{hashlib.sha256(whole.encode()).hexdigest()}"


def host_of(url: str) -> str:
    """The host without www; empty when there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@lru_cache(maxsize=1_000)
def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""


def absolute(base: str, href: str) -> str:
    """The address that a link on a page leads to; empty for scripts, mail and fragments."""
    href = href.strip()
    if href[:1] == "/" and href[1:2] != "/" and "/." not in href:  # most links of most sites; urljoin is slow
        return f"{origin}{href}" if (origin := _origin(base)) else ""
    if not href or href.startswith("#") or re.match(r"(?!https?:)[a-zA-Z][\w+.-]*:", href):
        return ""
    try:
        joined = urljoin(base, href)
    except ValueError:
        return ""
    return joined if joined.startswith(("http://", "https://")) else ""
