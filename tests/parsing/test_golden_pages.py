"""A pair of files in fixtures/pages is a test: every key of the JSON must be what `extract_pages` says of the page."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from archive.dumps import Page, read_dump
from archive.management.commands.extract_pages import as_record
from archive.parsing import parse_page
from tests.conftest import FIXTURES

PAIRS = sorted((FIXTURES / "pages").rglob("*.json"))


def page_beside(path: Path) -> Page:
    """The page of a pair, as if saved from the address its JSON names."""
    page = next(read_dump(path.with_suffix(".html.gz")))
    assert isinstance(page, Page)
    url = json.loads(path.read_text(encoding="utf-8")).get("url", "")
    return Page(url, page.captured_at, page.content, "", page.locator)


def subset(said: Any, gold: Any) -> Any:
    """What is said of the keys that the gold names."""
    if isinstance(gold, dict):
        return {name: subset(said[name], value) for name, value in gold.items()}
    if isinstance(gold, list) and len(gold) == len(said):
        return [subset(one, other) for one, other in zip(said, gold, strict=True)]
    return said


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_the_page_says_what_its_pair_says(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    record = as_record(parse_page(page_beside(path)), "")
    record["caption"] = record["pictures"][0]["caption"] if record["pictures"] else None
    record["related"] = [link["text"] for link in record["related"]]
    assert subset(record, gold) == gold


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_the_article_crosses_processes_unchanged(path: Path) -> None:
    article = parse_page(page_beside(path))
    assert pickle.loads(pickle.dumps(article)) == article
