"""Byline and dateline lines in the forms of Arab newspapers; the names are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.arabic import key
from archive.parsing import Article
from archive.parsing.credits import Credit, read_credit

from .conftest import SENTENCES

PAPERS = frozenset({key("المغرب اليوم"), key("الوئام"), key("البيان")})

FORMS = [
    ("دمشق ـ سليم الفارس", ["سليم الفارس"], [], ["دمشق"]),
    ("لندن: رنيم حنون", ["رنيم حنون"], [], ["لندن"]),
    ("الدار البيضاء- جميلة عمران", ["جميلة عمران"], [], ["الدار البيضاء"]),
    ("عدن، صنعاء: محمد عبد الكريم، الوكالات", ["محمد عبد الكريم"], ["الوكالات"], ["عدن", "صنعاء"]),
    ("بريدة - عبدالرحمن التميمي:", ["عبدالرحمن التميمي"], [], ["بريدة"]),
    ("عفيف - الوئام - عبدالله العامري :", ["عبدالله العامري"], [], ["عفيف"]),
    ("محمد عليوان - ينبع", ["محمد عليوان"], [], ["ينبع"]),
    ("علي ضبعان ـ الحد الجنوبي", ["علي ضبعان"], [], ["الحد الجنوبي"]),
    ("نادر العنبري (تبوك) محمد علي السبعي (الخرمة)", ["نادر العنبري", "محمد علي السبعي"], [], ["تبوك", "الخرمة"]),
    ("الرباط - المغرب اليوم", [], [], ["الرباط"]),
    ("(أبوظبي - البيان)", [], [], ["أبوظبي"]),
    ("جنيف : (رويترز)", [], ["رويترز"], ["جنيف"]),
    ("(أ ف ب)", [], ["أ ف ب"], []),
    ("(د ب أ)", [], ["د ب أ"], []),
    ("واس (جدة)", [], ["واس"], ["جدة"]),
    ("--(بترا)", [], ["بترا"], []),
    ("كتب: أحمد سليمان", ["أحمد سليمان"], [], []),
    ("كتبت أسماء نصير", ["أسماء نصير"], [], []),
    ("بقلم / هالة منصور", ["هالة منصور"], [], []),
    ("حوار: آسيا العطار", ["آسيا العطار"], [], []),
    ("بواسطة : وليد حسن", ["وليد حسن"], [], []),
    ("الرياض: عماد المفوض وأحمد الرواس", ["عماد المفوض", "أحمد الرواس"], [], ["الرياض"]),
    ("القاهرة: سارة وليد", ["سارة وليد"], [], ["القاهرة"]),
    ("كتب الخبر أحمد سليمان", ["أحمد سليمان"], [], []),
    ("كتبت التقرير: أسماء نصير", ["أسماء نصير"], [], []),
    ("Author, سليم الفارس", ["سليم الفارس"], [], []),
    ("Role, البيان - القاهرة", [], [], ["القاهرة"]),
    ("الوعيلة - أ ش أ", [], ["أ ش أ"], ["الوعيلة"]),
    ("بيروت - ضفاف نت", [], [], ["بيروت"]),
    ("القاهرة - مرافئ نيوز", [], [], ["القاهرة"]),
    ("Marafi News - القاهرة", [], [], ["القاهرة"]),
]


@pytest.mark.parametrize(("line", "people", "agencies", "places"), FORMS)
def test_a_credit_line_is_read(line: str, people: list[str], agencies: list[str], places: list[str]) -> None:
    credit = read_credit(line, PAPERS)
    assert credit and (list(credit.people), list(credit.agencies), list(credit.places)) == (people, agencies, places)


@pytest.mark.parametrize(
    "line",
    [
        "عدسة: سليم الفارس",
        "تصوير / سليم الفارس",
        "قابس: انتشال جثة شاب بشاطئ ليماوة",
        "أحمد سليمان",
        "آخر تحديث 12:30",
        "اقرأ المزيد",
        "وقال المتحدث إن الخطة ناجحة",
        "",
        "منوعات",
    ],
)
def test_other_lines_are_no_credit(line: str) -> None:
    assert read_credit(line, PAPERS) is None


@pytest.mark.parametrize(
    "line", ["admin", "المحرر", "هيئة التحرير", "المغرب اليوم", "ضفاف نت", "مرافئ نيوز", "Marafi News", "شبكة الضحى"]
)
def test_desks_and_the_paper_itself_are_nobody(line: str) -> None:
    assert not (read_credit(line, PAPERS, trusted=True) or Credit()).people


def test_an_unknown_place_counts_where_the_papers_order_says_so() -> None:
    credit = read_credit("وادي الحجل - سامي رزق", PAPERS, "place-first", True)
    assert credit and credit.places == ("وادي الحجل",) and credit.people == ("سامي رزق",)


@pytest.mark.parametrize(
    ("start", "place", "agency"),
    [
        ("توزر (أ ف ب) -- ", "توزر", ("أ ف ب",)),
        ("تونس – (رويترز) ", "تونس", ("رويترز",)),
        ("عنابة: ", "عنابة", ()),
        ("دمشق، سوريا (CNN) -- ", "دمشق", ("CNN",)),
    ],
)
def test_a_dateline_inside_the_text_is_read_and_stays_there(
    read: Callable[..., Article], story: Callable[..., str], start: str, place: str, agency: tuple[str, ...]
) -> None:
    first = f"{start}شهدت المدينة صباح اليوم افتتاح حديقة جديدة يقصدها الأهالي من كل الأحياء."
    article = read(
        story(paragraphs=(first, *("وتمتد الحديقة على ثلاثة هكتارات وتضم أشجارا من كل نوع." for _ in range(5))))
    )
    assert article.datelines[0] == place and article.agencies == agency
    assert article.body[0] == first.strip()


def test_writer_and_place_may_stand_on_two_lines(read: Callable[..., Article], story: Callable[..., str]) -> None:
    meta = '<span class="post-meta-author">وكالات</span> <span>12 يوليوز 2021</span>'
    above = f'<div class="post-meta">{meta}</div><p>المغرب اليوم – ميدلت</p>'
    html = story(above=above, head='<meta property="og:site_name" content="المغرب اليوم">')
    article = read(html)
    assert (article.bylines, article.agencies, article.datelines) == ((), ("وكالات",), ("ميدلت",))


def test_the_last_of_several_names_signs_nothing(read: Callable[..., Article], story: Callable[..., str]) -> None:
    names = ("سليم الفارس", "رنيم حنون", "جميلة عمران")
    article = read(story(paragraphs=(*SENTENCES, "وهذه أسماء الفائزين في المسابقة هذا العام:", *names)))
    assert article.bylines == () and article.body[-3:] == names


def test_the_papers_name_below_a_signature_is_no_text(read: Callable[..., Article], story: Callable[..., str]) -> None:
    article = read(story(paragraphs=(*SENTENCES, "الخرطوم: هالة منصور", "صحيفة الورق")))
    assert (article.bylines, article.datelines, article.body) == (("هالة منصور",), ("الخرطوم",), SENTENCES)


@pytest.mark.parametrize(
    "menu",
    [
        "<ul><li><a href='/r/1'>دمشق</a></li></ul>",
        "<table><tr><th>الرياض</th><td>4:21</td><td>11:50</td></tr></table>",
        "<div><a href='/r/1'>الخرطوم</a></div>",
    ],
    ids=["menu", "table", "link"],
)
def test_a_city_in_a_menu_or_a_table_is_no_dateline(
    read: Callable[..., Article], story: Callable[..., str], menu: str
) -> None:
    assert read(story(above=menu)).datelines == ()
