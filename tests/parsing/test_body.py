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
