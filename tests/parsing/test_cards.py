"""Cards are other stories: known by their number and their make; a story with links in it has none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.parsing import Article, explain_page

from .conftest import SENTENCES, document, page

Read = Callable[..., Article]
TITLE = "<title>حديقة جديدة على ضفة النهر</title>"
HEADING = "<h1>حديقة جديدة على ضفة النهر</h1><div>12 أيار 2020</div>"
OTHERS = (
    ("سوق السمك يعود إلى رصيفه القديم", "عاد باعة السمك إلى رصيفهم القديم بعد غياب ثلاثة مواسم."),
    ("مدرسة ليلية للطباخين عند الميناء", "يجلس أربعون طباخا كل ليلة أمام لوح أسود، ويكتبون وصفات جداتهم بالموازين."),
    ("ساعي بريد يحفظ ألف عنوان", "لا يحمل ساعي البريد دفترا ولا خريطة، ويعرف البيوت من ألوان أبوابها."),
    ("مكتبة في عربة قطار مهجورة", "رتب عمال السكك الكتب على رفوف كانت للحقائب، ومن ركب العربة قرأ فيها ولم يصل."),
)
CARD = '<div class="c"><a href="/{n}">{head}</a><p>{text}</p></div>'


def cards(form: str = CARD) -> str:
    return "".join(form.format(n=n, head=head, text=text) for n, (head, text) in enumerate(OTHERS, 1))


def around_text(box: str, text: tuple[str, ...] = SENTENCES[:2]) -> str:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in text)
    return document(f'{HEADING}<div class="text">{paragraphs}</div><div class="more">{box}</div>', TITLE)


@pytest.mark.parametrize(
    "card",
    [
        '<div class="card"><h3><a href="/{n}">{head}</a></h3><p>{text}</p></div>',
        '<div class="card"><a href="/{n}">{head}</a><span>0{n}/05/2019</span><p>{text}</p></div>',
        '<li><a href="/{n}">{head}</a><br>{text}</li>',
        '<section><p><a href="/{n}">{head}</a></p><div><div>{text}</div></div></section>',
        '<a href="/{n}">{head}</a><br>{text}<br>',
        '<p><a href="/{n}">{head}</a></p><p class="excerpt">{text}</p>',
    ],
    ids=["headings", "dates", "list-items", "deep", "breaks", "flat"],
)
def test_excerpts_of_other_stories_below_a_short_story_are_no_text(read: Read, card: str) -> None:
    assert read(around_text(cards(card))).body == SENTENCES[:2]


def test_two_boxes_are_no_cards(read: Read) -> None:
    box = "".join(f'<div class="par"><a href="/{n}">{SENTENCES[n]}</a> {SENTENCES[n + 1]}</div>' for n in (0, 2))
    html = document(f"{HEADING}<div>{box}<p>{SENTENCES[1]}</p></div>", TITLE)
    assert len(read(html).body) == 3


def test_a_paragraph_that_is_a_link_and_a_sentence_heads_no_card(read: Read) -> None:
    text = "".join(f'<p><a href="/{n}">{OTHERS[n][1]}</a></p><p>{SENTENCES[n]}</p>' for n in range(4))
    assert len(read(document(f"{HEADING}<div>{text}</div>", TITLE)).body) == 8


def test_a_text_goes_on_below_the_last_card(read: Read) -> None:
    text = f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>{cards()}<p>{SENTENCES[2]}</p><p>{SENTENCES[3]}</p>"
    assert read(document(f"{HEADING}<div>{text}</div>", TITLE)).body == SENTENCES


def test_a_box_of_a_whole_story_is_no_card(read: Read) -> None:
    """The story's own box is of the make of the answers to it, and has a link: it is longer than a card may be."""
    own = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES * 2)
    box = f'<div class="post">{HEADING}{own}<a href="/user/1">ملف صاحب المشاركة الأولى</a></div>'
    assert read(document(box + cards(CARD.replace('"c"', '"post"')), TITLE)).body == SENTENCES * 2


def test_a_card_is_shown_with_its_reason() -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    _, lines = explain_page(page(document(f"{HEADING}<div>{text}{cards()}{text}</div>", TITLE)))
    assert [line.fate for line in lines if line.text in dict(OTHERS).values()] == ["teaser"] * 4
