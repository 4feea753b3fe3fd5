"""Every trait of an Almaghrib Today page, on a look-alike with invented text."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.dumps import Locator, Page
from archive.parsing import Article, parse_page
from tests.conftest import FIXTURES

PAIR = FIXTURES / "pages" / "almaghribtoday" / "seed-look-alike"


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    return json.loads(Path(f"{PAIR}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def article(gold: dict[str, Any]) -> Article:
    content = gzip.decompress(Path(f"{PAIR}.html.gz").read_bytes())
    result = parse_page(Page(gold["url"], datetime(2025, 10, 16, tzinfo=UTC), content, "", Locator("seed")))
    assert isinstance(result, Article)
    return result


def everything(article: Article) -> str:
    related = " ".join(link.text for link in article.related)
    return "\n".join([article.headline, article.lead, *article.body, *article.bylines, *article.datelines, related])


def test_the_headline_is_the_heading_with_its_quotation_marks_and_without_the_site(
    article: Article, gold: dict[str, Any]
) -> None:
    assert article.headline == gold["headline"]
    assert '"' in article.headline and "المغرب اليوم" not in article.headline


def test_the_page_clock_is_no_date(article: Article) -> None:
    assert article.published is None and article.modified is None


def test_broken_alt_attributes_leave_no_debris(article: Article) -> None:
    assert "width=" not in everything(article) and "المغرب اليوم -" not in everything(article)


def test_the_line_under_the_picture_is_its_caption_and_no_text(article: Article, gold: dict[str, Any]) -> None:
    assert article.pictures[0].caption == gold["caption"]
    assert gold["caption"] not in article.body


def test_a_tatweel_parts_place_and_writer(article: Article, gold: dict[str, Any]) -> None:
    assert article.datelines == (gold["dateline"],)
    assert article.bylines == tuple(gold["byline"])


def test_all_paragraphs_stand_in_order_with_single_spaces(article: Article, gold: dict[str, Any]) -> None:
    assert "\n".join(article.body) == gold["body"]
    assert len(article.body) == 19
    assert not any("  " in paragraph for paragraph in article.body)


def test_two_related_links_follow_the_stretched_words(article: Article, gold: dict[str, Any]) -> None:
    assert [link.text for link in article.related] == gold["related"]


@pytest.mark.parametrize(
    "words", ["Security Code", "Characters Left", "شروط النشر", "الإسم", "يهمــــــــك", "2023 ©", "CASABLANCA"]
)
def test_forms_terms_and_footers_are_dropped(article: Article, words: str) -> None:
    assert words not in everything(article)


def test_the_headline_does_not_come_again(article: Article) -> None:
    assert "\n".join(article.body).count(article.headline.replace('"', "")) == 0


def test_another_storys_teaser_has_its_place_and_no_person(article: Article) -> None:
    teaser = article.teasers[0]
    assert (teaser.place, teaser.published) == ("باريس", None)
    assert article.bylines != ("المغرب اليوم",)


def test_twelve_teasers_of_other_stories_are_dated(article: Article, gold: dict[str, Any]) -> None:
    read = [(t.headline, t.published.iso() if t.published else None) for t in article.teasers]
    assert read == [(row["headline"], row["published_at"]) for row in gold["teasers"]]
    assert sum(date is not None for _, date in read) == 12


def test_the_story_has_no_date_of_its_own(article: Article) -> None:
    assert article.published is None
    assert "published_at" not in article.field_sources
