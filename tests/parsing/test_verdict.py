from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.dumps import Rejection
from archive.parsing import Refusal

from .conftest import SENTENCES, document

Refuse = Callable[..., Rejection]
LINKS = "".join(
    f'<li><h3><a href="/news/{n}">عنوان خبر من أخبار المدينة رقم {n} اليوم</a></h3></li>' for n in range(30)
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\x00\x00", "empty"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), "not-html"),
        (b"%PDF-1.7 ...", "not-html"),
        (b"\xff" * 1000, "not-html"),
        ("كلام بلا وسوم", "not-html"),
    ],
)
def test_what_is_no_page_is_refused(refuse: Refuse, content: bytes | str, code: str) -> None:
    assert refuse(content).code == code


def test_a_list_is_no_article(refuse: Refuse) -> None:
    assert (
        refuse(document(f"<h1>أخبار المدينة</h1><ul>{LINKS}</ul>", "<title>أخبار المدينة</title>")).code == "index-page"
    )


def test_headlines_with_excerpts_are_a_list(refuse: Refuse) -> None:
    rows = "".join(
        f'<h3><a href="/{n}">عنوان خبر من أخبار المدينة رقم {n}</a></h3><p>{SENTENCES[n % 4]}</p>' for n in range(9)
    )
    assert (
        refuse(document(f"<h1>أخبار المدينة</h1><div>{rows}</div>", "<title>أخبار المدينة</title>")).code
        == "index-page"
    )


def test_the_address_of_a_home_page_is_no_article(refuse: Refuse, story: Callable[..., str]) -> None:
    assert refuse(story(), url="https://www.paper.example/").code == "index-page"


def test_an_error_page_is_known_by_its_status_or_its_words(refuse: Refuse, story: Callable[..., str]) -> None:
    assert refuse(story(), status=404).code == "error-page"
    html = document("<h1>الصفحة غير موجودة</h1><p>عذراً، الصفحة التي تبحث عنها غير موجودة.</p>", "<title>404</title>")
    assert refuse(html).code == "error-page"


def test_a_heading_without_text_is_no_article(refuse: Refuse) -> None:
    assert (
        refuse(document("<h1>حديقة جديدة على ضفة النهر</h1>", "<title>حديقة جديدة على ضفة النهر</title>")).code
        == "no-body"
    )


def test_a_page_cut_before_its_text_is_no_article(refuse: Refuse) -> None:
    assert refuse(document("", "<title>حديقة</title>").partition("<body>")[0] + "<body><div>").code == "truncated"


def test_a_refused_list_still_tells_of_its_stories(refuse: Refuse) -> None:
    rows = "".join(
        f'<li><a href="/news/{n}">عنوان خبر من أخبار المدينة رقم {n}</a> <small>0{n}/05/2019</small></li>'
        for n in range(1, 10)
    )
    refused = refuse(document(f"<h1>أخبار المدينة</h1><ul>{rows}</ul>", "<title>أخبار المدينة</title>"))
    assert isinstance(refused, Refusal)
    assert [teaser.published.iso() for teaser in refused.teasers if teaser.published] == [
        f"2019-05-0{n}" for n in range(1, 10)
    ]
