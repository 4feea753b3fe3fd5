from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from archive.parsing import Article, explain_page
from archive.parsing.explain import KEPT

from .conftest import SENTENCES, document, page

Read = Callable[..., Article]
Story = Callable[..., str]
TITLE = "<title>حديقة جديدة على ضفة النهر</title>"
HEADING = "<h1>حديقة جديدة على ضفة النهر</h1>"
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def test_line_breaks_part_paragraphs(read: Read) -> None:
    html = document(f"{HEADING}<div>{'<br><br>'.join(SENTENCES)}</div>", TITLE)
    assert read(html).body == SENTENCES


def test_tables_of_the_last_century_are_read(read: Read) -> None:
    text = "<br /><br />".join(SENTENCES)
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in (HEADING, text, "طباعة | أرسل لصديق"))
    side = "".join(f'<tr><td><a href="/{n}">خبر آخر من المدينة رقم {n}</a></td></tr>' for n in range(20))
    html = document(f"<table><tr><td><table>{rows}</table></td><td><table>{side}</table></td></tr></table>", TITLE)
    assert read(html).body == SENTENCES


def test_the_last_paragraph_lies_below_three_hundred_elements(read: Read) -> None:
    deep = "<div>" * 300 + f"<p>{SENTENCES[3]}</p>" + "</div>" * 300
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:3])
    assert read(document(f"{HEADING}<div>{text}{deep}</div>", TITLE)).body == SENTENCES


@pytest.mark.parametrize(
    "box",
    [
        '<p><strong>قـــد يهمــــــــك أيضــــــاُ :</strong></p><p><a href="/2">خبر آخر يهم أهل المدينة</a></p>',
        '<p>إقرأ أيضاً: <a href="/2">خبر آخر يهم أهل المدينة</a></p>',
        '<div class="related-posts"><h4>مواضيع ذات صلة</h4><a href="/2">خبر آخر يهم أهل المدينة</a></div>',
    ],
)
def test_related_stories_are_links_and_no_text(read: Read, story: Story, box: str) -> None:
    article = read(story(below=box))
    assert article.body == SENTENCES
    assert [(link.text, link.url) for link in article.related] == [
        ("خبر آخر يهم أهل المدينة", "https://www.paper.example/2")
    ]


def test_a_related_box_inside_the_text_does_not_end_it(read: Read) -> None:
    box = '<p>اقرأ أيضا</p><p><a href="/2">خبر آخر يهم أهل المدينة</a></p>'
    text = "".join(f"<p>{sentence}</p>{box if at == 1 else ''}" for at, sentence in enumerate(SENTENCES))
    assert read(document(f"{HEADING}<div>{text}</div>", TITLE)).body == SENTENCES


@pytest.mark.parametrize(
    "noise",
    [
        "<p>تابعوا أخبار الورق عبر غوغل نيوز</p>",
        '<div class="share">فيسبوك تويتر واتساب</div>',
        '<div class="sharedaddy"><a href="#">فيسبوك</a></div>',
        "<p>جميع الحقوق محفوظة لصحيفة الورق 2023 ©</p>",
        "<form><p>الاسم *</p><p>شروط النشر: عدم الإساءة للكاتب أو للأشخاص أو للمقدسات أو مهاجمة الأديان.</p></form>",
        "<figure><img src='/a.jpg'><figcaption>جانب من الحديقة</figcaption></figure>",
        '<span style="display:none">نص لا يراه القارئ أبدا لكنه طويل بما يكفي ليكون فقرة كاملة.</span>',
    ],
)
def test_what_is_no_text_of_the_story_is_left_out(read: Read, story: Story, noise: str) -> None:
    assert read(story(below=noise)).body == SENTENCES


def test_short_and_repeated_paragraphs_stay(read: Read, story: Story) -> None:
    paragraphs = (SENTENCES[0], "لماذا؟", SENTENCES[1], "لماذا؟", SENTENCES[2], SENTENCES[3])
    assert read(story(paragraphs=paragraphs)).body == paragraphs


def test_a_poem_without_one_long_line_is_text(read: Read, story: Story) -> None:
    lines = tuple(f"يا نهر قل لي أين يمضي الماء يا نهر {n}" for n in "أبجدهوزحطيك")
    assert read(story(paragraphs=lines)).body == lines


def test_a_standfirst_outside_the_text_is_the_lead(read: Read, story: Story) -> None:
    lead = "بعد عامين من العمل صار لأهل المدينة مكان يلتقون فيه عند الماء."
    article = read(story(above=f'<div class="intro">{lead}</div>'))
    assert (article.lead, article.body) == (lead, SENTENCES)


def test_text_that_only_machines_are_told_is_read(read: Read) -> None:
    body = "\\n".join(SENTENCES)
    told = f'"@type":"NewsArticle","headline":"حديقة جديدة على ضفة النهر","articleBody":"{body}"'
    head = f'{TITLE}<script type="application/ld+json">{{{told}}}</script>'
    article = read(document(f"{HEADING}<div id='app'></div>", head))
    assert article.body == SENTENCES and article.field_sources["body"] == "json-ld"


def test_every_line_that_is_left_out_of_the_text_has_its_reason() -> None:
    lines = [
        "<p>تابعوا أخبار الورق عبر غوغل نيوز</p>",
        '<p>اقرأ أيضا: <a href="/2">خبر آخر يهم أهل المدينة</a></p>',
        "<p>جميع الحقوق محفوظة لصحيفة الورق</p>",
    ]
    menu, side = "<nav>الرئيسية رياضة</nav>", '<aside class="side">الأكثر قراءة</aside>'
    html = document(f"{menu}{HEADING}<div>{TEXT}{''.join(lines)}</div>{side}<p hidden>خفي</p>")
    article, shown = explain_page(page(html))
    assert isinstance(article, Article) and article.body == SENTENCES
    assert [line.fate for line in shown] == [
        "zone nav", "headline", *[KEPT] * 4, "call", "related", "end", "zone aside.side", "zone p",
    ]  # fmt: skip
    told = " ".join(line.text for line in shown).split()
    visible = re.sub(r"<[^>]+>", " ", html.partition("<body>")[2]).split()
    assert told == visible


@pytest.mark.parametrize(
    "notice",
    [
        "الآراء الواردة في المقال تعبر عن رأي صاحبها ولا تعبر عن رأي الصحيفة.",
        "جميع الآراء المنشورة تمثل أصحابها.",
        "* هذا المقال يعبر عن رأي كاتبه فقط.",
        "المقالات المنشورة تعبر عن آراء أصحابها.",
        "إخلاء مسؤولية: ما ينشر هنا منقول عن مصادره.",
        "(النهاية)",
        "ر.ط/ ر.ح",
        "www.paper.example/8412",
        "writer@paper.example",
    ],
)
def test_what_stands_below_a_story_is_no_text_of_it(read: Read, story: Story, notice: str) -> None:
    assert read(story(paragraphs=(*SENTENCES, notice))).body == SENTENCES


@pytest.mark.parametrize(
    "line",
    [
        "الآراء الواردة في دفتر الزوار كثيرة، أطرفها لطفل كتب أن النهر شارع مبلل.",
        "الرأي السائد بين الزوار يعبر عن رأي أهل المدينة كلها في الحدائق والأشجار.",
        "أما المهندس فقال إن ر.ط/ ر.ح حرفان من اسمين على باب الحديقة.",
    ],
)
def test_prose_that_begins_like_a_notice_stays(read: Read, story: Story, line: str) -> None:
    paragraphs = (*SENTENCES[:2], line, *SENTENCES[2:])
    assert read(story(paragraphs=paragraphs)).body == paragraphs


def test_a_table_between_two_paragraphs_is_a_line_for_each_row(read: Read) -> None:
    table = "<table><tr><td>النخيل</td><td>120</td></tr><tr><td>السدر</td><td><b>48</b></td></tr></table>"
    body = read(document(f"{HEADING}<div>{TEXT}{table}{TEXT}</div>", TITLE)).body
    assert body == (*SENTENCES, "النخيل 120", "السدر 48", *SENTENCES)


def test_a_table_beside_the_text_is_none_of_it(read: Read) -> None:
    table = "<table><tr><td>الدولار</td><td>14.20</td></tr><tr><td>اليورو</td><td>15.80</td></tr></table>"
    assert read(document(f"{HEADING}<div>{table}{TEXT}{table}</div>", TITLE)).body == SENTENCES


def test_the_first_paragraph_may_stand_outside_the_box_of_the_others(read: Read) -> None:
    others = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[1:])
    html = document(f"{HEADING}<p>{SENTENCES[0]}</p><div class='rest'>{others * 2}</div>", TITLE)
    assert read(html).body == (SENTENCES[0], *SENTENCES[1:], *SENTENCES[1:])


def test_a_story_has_its_own_box_among_answers_of_one_make(read: Read) -> None:
    answers = "".join(f"<div class='post'><p>{sentence * 4}</p><p>{sentence * 3}</p></div>" for sentence in SENTENCES)
    html = document(f"<div><div class='post'>{HEADING}{TEXT}</div>{answers}</div>", TITLE)
    assert read(html).body == SENTENCES


def test_scores_below_a_report_stay(read: Read, story: Story) -> None:
    scores = ("الميناء 0 - 0 الضفة", "الجسر 3 - 2 الوادي", "البريد 1 - 0 السكك")
    assert read(story(paragraphs=(*SENTENCES, *scores))).body == (*SENTENCES, *scores)
