"""Pages whose truth is known, and how far an extractor comes to it.

A gold file has one JSON object a line: file (beside it), set, is_article, headline, headline_alt, byline (null where
it does not count), dateline, published_day, body (a paragraph a line). Without one, the golden pairs of fixtures/pages
serve; what a pair does not name is not scored.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from statistics import mean
from typing import Any

from archive.dumps import Page, read_dump

PAIRS = Path(__file__).resolve().parents[2] / "fixtures" / "pages"
CAPTURED_AT = "2025-01-06T04:00:00+00:00"
"""When pages of pairs were saved that do not say so."""
SHORTEST_BODY = 250
"""Letters below which a page counts as refused."""
_INVISIBLE = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


@dataclass(frozen=True)
class Gold:
    path: Path
    set: str
    truth: dict[str, Any]
    url: str = ""
    captured_at: datetime | None = None
    content_type: str = ""

    def page(self) -> Page:
        """The page, from the address and the moment that its truth names."""
        found = next(iter(read_dump(self.path)))
        assert isinstance(found, Page), found
        moment = self.captured_at or found.captured_at
        return replace(found, url=self.url or found.url, captured_at=moment, content_type=self.content_type)


def load(path: Path | None) -> list[Gold]:
    return list(_from_file(path) if path else _from_pairs())


def _from_file(path: Path) -> Iterator[Gold]:
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield Gold(path.parent / row["file"], row["set"], row)


def _from_pairs() -> Iterator[Gold]:
    for path in sorted(PAIRS.rglob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        truth = {name: said[name] for name in ("headline", "byline", "dateline", "body") if name in said}
        truth["is_article"] = said.get("is_article", True)
        if "published_at" in said:
            truth["published_day"] = (said["published_at"] or "")[:10] or None
        kind = "forms" if path.parent.parent.name == "forms" else "papers"
        moment = datetime.fromisoformat(said.get("captured_at", CAPTURED_AT))
        yield Gold(path.with_suffix(".html.gz"), kind, truth, said.get("url", ""), moment, said.get("content_type", ""))


def plain(text: str | None) -> str:
    """Text as it is compared: NFKC, without tatweel, vowel and direction signs, spaces single."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text or "")).split())


def overlap(expected: list[str] | set[str], given: list[str] | set[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of two bags."""
    left, right = Counter(expected), Counter(given)
    shared = (left & right).total()
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / right.total(), shared / left.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", plain(text))


def _names(people: list[str] | None) -> set[str]:
    return {plain(name) for name in people or []} - {""}


def score(truth: dict[str, Any], said: dict[str, Any]) -> dict[str, float]:
    """Scores of one page by column; what does not apply is left out."""
    body = said.get("body")
    accepted = said.get("is_article") is not False and bool(plain(body))
    if not truth["is_article"]:
        return {"refused": float(not accepted or len(plain(body)) < SHORTEST_BODY)}
    scores = {"lost": float(not accepted)}
    if "headline" in truth:
        accepted_forms = [plain(text) for text in (truth["headline"], *(truth.get("headline_alt") or ()))]
        scores["headline"] = float(plain(said.get("headline")) in accepted_forms)
    if truth.get("byline"):
        scores["byline"] = overlap(_names(truth["byline"]), _names(said.get("byline")))[2]
    if truth.get("dateline"):
        scores["dateline"] = float(plain(said.get("dateline")) == plain(truth["dateline"]))
    if "published_day" in truth:
        day = (said.get("published_at") or "")[:10] or None
        scores["day"] = float(day == truth["published_day"])
        scores["wrong day"] = float(day is not None and day != truth["published_day"])
    if truth.get("body"):
        scores["P"], scores["R"], scores["F1"] = overlap(words(truth["body"]), words(body))
    return scores


@dataclass
class Tally:
    """Scores of many pages by set."""

    columns: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def add(self, name: str, scores: dict[str, float]) -> None:
        for column, value in scores.items():
            self.columns[name][column].append(value)

    def cell(self, name: str, column: str) -> str:
        values = self.columns[name].get(column)
        if not values:
            return "–"
        return f"{sum(values):.0f}" if column in COUNTED else f"{mean(values):.3f}"


COUNTED = ("lost", "wrong day")
COLUMNS = ("headline", "byline", "dateline", "day", "wrong day", "P", "R", "F1", "refused", "lost")
