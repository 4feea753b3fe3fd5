from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.dumps import Rejection
from archive.parsing import Article, Refusal, parse_page

from .conftest import SENTENCES, document, page

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


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("تسجيل الدخول | صحيفة الورق", "أدخل اسم المستخدم وكلمة المرور للمتابعة.", "login-page"),
        ("حديقة جديدة على ضفة النهر", "هذا المحتوى للمشتركين فقط. اشترك الآن لقراءة المقال.", "login-page"),
        ("صحيفة الورق", "نستخدم ملفات تعريف الارتباط لتحسين تجربتك، هل توافق على ذلك؟", "consent-page"),
        ("Just a moment...", "Checking your browser before accessing paper.example", "error-page"),
        ("403 Forbidden", "nginx", "error-page"),
        ("الموقع تحت الصيانة", "نعود إليكم قريبا بعد أن نفرغ من أعمال الصيانة الدورية.", "error-page"),
    ],
    ids=["login", "subscription", "consent", "challenge", "forbidden", "maintenance"],
)
def test_a_page_that_speaks_of_itself_is_known(refuse: Refuse, title: str, text: str, code: str) -> None:
    assert refuse(document(f"<h1>{title}</h1><p>{text}</p>", f"<title>{title}</title>")).code == code


def test_an_app_without_its_scripts_is_an_empty_shell(refuse: Refuse) -> None:
    html = document('<div id="root"></div><script src="/app.js"></script>', "<title>صحيفة الورق</title>") + "</html>"
    assert refuse(html).code == "empty-shell"


@pytest.mark.parametrize(("path", "code"), [("videos/1", "video-page"), ("gallery-916/1", "gallery-page")])
def test_a_story_in_another_medium_without_a_text_is_no_article(refuse: Refuse, path: str, code: str) -> None:
    html = document("<h1>حديقة جديدة على ضفة النهر</h1><p>شاهد.</p>", "<title>حديقة جديدة على ضفة النهر</title>")
    assert refuse(html, url=f"https://www.paper.example/{path}").code == code


@pytest.mark.parametrize("path", ["search/?q=x", "tag/x", "author/ali", "category/sport/page/2"])
def test_the_addresses_of_lists_are_known(refuse: Refuse, path: str) -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    html = document(f"<h1>أخبار المدينة هذا الشهر</h1>{text}<ul>{LINKS}</ul>", "<title>أخبار المدينة</title>")
    assert refuse(html, url=f"https://www.paper.example/{path}").code == "index-page"


@pytest.mark.parametrize("number", [404, 500, 503])
def test_a_story_may_begin_with_the_number_of_an_error(story: Callable[..., str], number: int) -> None:
    html = story(paragraphs=(f"وصل {number} زائر إلى الحديقة في يومها الأول.", *SENTENCES[1:]))
    assert isinstance(parse_page(page(html)), Article)
