"""A query asked less strictly: without its dates, its names, its quotation marks, or all that binds its words."""

from __future__ import annotations

import re
from typing import Literal

from .items import DATES, LONGEST_QUERY, TEXT_FIELDS, TOKEN, read_span


def without(text: str, kind: Literal["dates", "names"]) -> str:
    """A query without its dates («من:2015»), or without its names of writers, places, sections and papers."""
    for match in reversed(_fields(text)):
        is_date = match["field"].lower() in DATES
        if is_date == (kind == "dates"):
            text = text[: match.start()] + text[match.end() + _value_length(text[match.end() :], is_date) :]
    return " ".join(text.split())


def plainly(text: str, *, only_quotes: bool = False) -> str:
    """The words of a query without what binds them: marks, signs, operators, brackets. `only_quotes`: without
    quotation marks alone."""
    kept: list[str] = []
    end, gap, named = 0, "", False
    for match in TOKEN.finditer(text):
        gap = " " if match.start() > end else gap
        end = match.end()
        quoted = match["quoted"] or match["quoted2"]
        refused = (match["sign"] or match["sign2"] or "") in ("-", "−", "–") if quoted or match["word"] else False
        if quoted and not named and not refused:
            piece = quoted
        elif only_quotes or named or (match["field"] and match["field"].lower() not in TEXT_FIELDS):
            piece = match[0]
        elif match["word"] and not refused:
            piece = match["word"].rstrip("*")
        else:
            piece = ""
        named = bool(match["field"]) and match["field"].lower() not in TEXT_FIELDS
        if piece:
            kept.append(gap + piece)
            gap = ""
    return " ".join("".join(kept).split())


def _fields(text: str) -> list[re.Match[str]]:
    return [match for match in TOKEN.finditer(text) if match["field"] and match["field"].lower() not in TEXT_FIELDS]


def _value_length(text: str, is_date: bool) -> int:
    """Letters that the value of a field takes of the text after it."""
    matches = [match for match in TOKEN.finditer(text[:LONGEST_QUERY]) if match[0].strip()]
    if not matches:
        return 0
    if matches[0]["quoted"] or matches[0]["quoted2"] or not is_date:
        return matches[0].end()
    for most in (3, 2, 1):
        some = matches[:most]
        if all(match["word"] for match in some) and read_span(" ".join(match["word"] for match in some)):
            return some[-1].end()
    return 0
