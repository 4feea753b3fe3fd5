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


def lines(*texts: str, head: str = "حديقة جديدة على ضفة النهر") -> str:
    text = "".join(f"<p>{text}</p>" for text in texts)
    return document(f"<h1>{head}</h1><div>12 أيار 2020</div><div>{text}</div>", f"<title>{head}</title>")


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("الضفة {n} - 2 الميناء في الأسبوع العاشر", 12),
        ("دمشق: الفجر 4:{n}، الظهر 12:31، العصر 16:08، المغرب 19:22", 10),
        ("الحاج أبو سليم، شيع بعد صلاة العصر، والعزاء في ديوان العائلة، هاتف 07912345{n}.", 9),
        ("{n}:30 حكايات البحر والميناء القديم", 10),
    ],
    ids=["scores", "prayers", "obituaries", "programmes"],
)
def test_a_board_is_no_article_though_it_bears_a_date(refuse: Refuse, line: str, count: int) -> None:
    assert refuse(lines(*(line.format(n=10 + n) for n in range(count)))).code == "no-body"


def test_pictures_that_are_counted_are_a_gallery(refuse: Refuse) -> None:
    captions = (f"<div>{n} / 14</div><p>الحديقة كما ترى من الضفة الأخرى رقم {n}.</p>" for n in range(3, 9))
    head = "صور: حديقة جديدة على ضفة النهر"
    html = document(f"<h1>{head}</h1><div>12 أيار 2020</div><div>{''.join(captions)}</div>", f"<title>{head}</title>")
    assert refuse(html).code == "gallery-page"


def test_polls_are_a_list(refuse: Refuse) -> None:
    polls = ("هل تزور الحديقة في الصباح أم في المساء من أيام الأسبوع؟", "نعم 412", "لا 88", "عدد المصوتين: 500")
    assert refuse(lines(*polls, *polls)).code == "index-page"


def test_a_day_told_hour_by_hour_is_a_story(read: Callable[..., Article]) -> None:
    told = tuple(f"{6 + n:02}:15 - {SENTENCES[n % 4]}" for n in range(10))
    assert read(lines(*told)).body == told


def test_a_numbered_list_that_somebody_signs_is_a_story(read: Callable[..., Article]) -> None:
    films = tuple(f"{n} - فيلم عن الأنهار والجسور من عام {1960 + n}" for n in range(1, 12))
    text = "".join(f"<p>{film}</p>" for film in films)
    head = "أفلام عن الأنهار تستحق السهر"
    html = document(f"<h1>{head}</h1><div>كتبت: نسيمة بوزيان</div><div>{text}</div>", f"<title>{head}</title>")
    article = read(html)
    assert (article.bylines, article.body) == (("نسيمة بوزيان",), films)
