from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.dumps import Rejection
from archive.parsing import Article

from .conftest import SENTENCES, document

HEADLINE = "بلدية المدينة تفتح حديقة على النهر"
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
Read = Callable[..., Article]


@pytest.mark.parametrize(
    "title",
    ["{} | الورق", "الورق :: {}", "{} - الورق", "الورق - {}", "{}"],
)
def test_the_sites_name_is_on_neither_side(read: Read, title: str) -> None:
    headline = "بلدية المدينة تفتح حديقة على النهر"
    main = f'<div class="main"><h2>{headline}</h2>{TEXT}</div><h4>الورق</h4>'
    html = document(main, f'<title>{title.format(headline)}</title><meta property="og:site_name" content="الورق">')
    assert read(html).headline == headline


def test_the_heading_wins_over_a_title_without_its_quotation_marks(read: Read) -> None:
    html = document(f'<h1>افتتاح "حديقة النهر" في المدينة</h1>{TEXT}', "<title>افتتاح حديقة النهر في المدينة</title>")
    assert read(html).headline == 'افتتاح "حديقة النهر" في المدينة'


def test_of_several_first_headings_the_one_the_title_names_is_taken(read: Read) -> None:
    html = document(
        f"<h1>أخبار المدينة</h1><h1>حديقة جديدة على ضفة النهر</h1>{TEXT}<h1>الأكثر قراءة</h1>",
        "<title>حديقة جديدة على ضفة النهر - الورق</title>",
    )
    assert read(html).headline == "حديقة جديدة على ضفة النهر"


@pytest.mark.parametrize(
    ("escaped", "read_as"),
    [
        (r"\ud800", "\ufffd"),
        (r"\udc00\uD83D", "\ufffd\ufffd"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d\ud83d\ude00", "\ufffd😀"),
    ],
)
def test_half_a_letter_in_what_machines_are_told_can_be_written(read: Read, escaped: str, read_as: str) -> None:
    told = f'{{"@type": "NewsArticle", "headline": "{HEADLINE} {escaped}", "articleBody": "{" ".join(SENTENCES)}"}}'
    article = read(document("", f'<script type="application/ld+json">{told}</script>'))
    assert article.headline == f"{HEADLINE} {read_as}"


def test_a_dash_in_the_headline_stays(read: Read) -> None:
    headline = "رحلة الألف ميل – الجزء الثاني"
    html = document(f"<h1>{headline}</h1>{TEXT}", f"<title>{headline} | الورق</title>")
    assert read(html).headline == headline


@pytest.mark.parametrize(
    "line",
    [
        "<h2>{}</h2>",
        "<div><b>{}</b></div>",
        "<font size=5><b>{}</b></font>",
        "<div class='title'>{}</div>",
        "<span class='news_title'>{}</span>",
        "<table><tr><td><big>{}</big></td></tr></table>",
    ],
)
@pytest.mark.parametrize("title", ["نسخة للطباعة", "وكالة الورق الإخبارية", ""])
def test_a_line_set_apart_above_the_text_is_the_headline_where_no_title_names_one(
    read: Read, title: str, line: str
) -> None:
    headline = "بلدية المدينة تفتح حديقة على النهر"
    html = document(f"{line.format(headline)}<div>12 أيار 2020</div><div>{TEXT}</div>", f"<title>{title}</title>")
    article = read(html)
    assert (article.headline, article.body) == (headline, SENTENCES)


def test_the_papers_name_in_its_main_heading_is_no_headline(read: Read) -> None:
    headline, name = "بلدية المدينة تفتح حديقة على النهر", "وكالة الورق الإخبارية"
    main = f"<h1>{name}</h1><div><strong>{headline}</strong></div><div>12 أيار 2020</div><div>{TEXT}</div>"
    assert read(document(main, f"<title>{name}</title>")).headline == headline


def test_a_line_above_the_text_is_no_headline_without_credit_or_date(refuse: Callable[..., Rejection]) -> None:
    main = f"<h2>بلدية المدينة تفتح حديقة على النهر</h2><div>{TEXT}</div>"
    assert refuse(document(main, "<title>نسخة للطباعة</title>")).code == "no-headline"


def test_a_headline_of_two_words_is_one_part_of_the_title(read: Read) -> None:
    main = f"<h2>كتاب ومقالات</h2><h1>للسيل ذاكرة</h1><div>{TEXT}</div>"
    assert read(document(main, "<title>الورق - كتاب ومقالات - للسيل ذاكرة</title>")).headline == "للسيل ذاكرة"
