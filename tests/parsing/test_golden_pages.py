"""A pair of files in fixtures/pages is a test: every key of the JSON must be what `extract_pages` says of the page."""

from __future__ import annotations

import gzip
import json
import pickle
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from archive.dumps import Page, read_dump
from archive.management.commands.extract_pages import as_record
from archive.parsing import parse_page
from tests.conftest import FIXTURES

NOW = "2025-01-06T04:00:00+00:00"
PAIRS = sorted((FIXTURES / "pages").rglob("*.json"))


def page_beside(path: Path) -> Page:
    """The page of a pair, as if saved from the address, at the moment and with the content type that its JSON names."""
    page = next(read_dump(path.with_suffix(".html.gz")))
    gold = json.loads(path.read_text(encoding="utf-8"))
    captured_at = datetime.fromisoformat(gold.get("captured_at", NOW))
    content = page.content if isinstance(page, Page) else gzip.decompress(path.with_suffix(".html.gz").read_bytes())
    return Page(gold.get("url", ""), captured_at, content, gold.get("content_type", ""), page.locator)


def name_of(path: Path) -> str:
    """The folder and the name of a pair."""
    return f"{path.parent.name}/{path.stem}"


def subset(said: Any, gold: Any) -> Any:
    """What is said of the keys that the gold names."""
    if isinstance(gold, dict):
        return {name: subset(said[name], value) for name, value in gold.items()}
    if isinstance(gold, list) and len(gold) == len(said):
        return [subset(one, other) for one, other in zip(said, gold, strict=True)]
    return said


@pytest.mark.parametrize("path", PAIRS, ids=name_of)
def test_the_page_says_what_its_pair_says(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    for not_compared in ("captured_at", "content_type", *(("url",) if "code" in gold else ())):
        gold.pop(not_compared, None)
    record = as_record(parse_page(page_beside(path)), "")
    record["caption"] = record["pictures"][0]["caption"] if record["pictures"] else None
    record["published_on"] = (record["published_at"] or "")[:10] or None
    record["encoding"] = (record["encoding"] or "")[: len(gold.get("encoding", ""))]
    record["related"] = [link["text"] for link in record["related"]]
    assert subset(record, gold) == gold


@pytest.mark.parametrize("path", PAIRS, ids=name_of)
def test_the_article_crosses_processes_unchanged(path: Path) -> None:
    article = parse_page(page_beside(path))
    assert pickle.loads(pickle.dumps(article)) == article
