"""What one line of a page is by itself, before one knows which story it belongs to: a paragraph, a caption, a mark.

It knows words and the look of a line, nothing of what stands above or below it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .article import Link
from .blocks import Block
from .tree import upwards

DENSE_FROM = 60  # letters from which a run of text counts as a paragraph
_SENTENCE_FROM = 30  # letters from which a finished sentence does
_STAMPS = ("تاريخ النشر", "نشر في", "نُشر في", "آخر تحديث", "اخر تحديث", "نشر بتاريخ")
ENDS_SENTENCE = re.compile(r"[.!؟?…»\"”:]\s*$")
_CAPTIONS = re.compile(r"caption|(?:image|img|photo|picture)[-_]?(?:desc\w*|title|credit|text)", re.I)
LEAD_NAMES = r"lead|summary|excerpt|standfirst|subtitle|sub-title|deck|brief|abstract"
"""Words that call an element a lead. What leaves leads out of the text and what looks for one each add their own."""
_RELATED = (
    r"(?:و?قد )?يهم(?:ك|كم)(?: ايضا)?",
    r"(?:مواضيع|اخبار|مقالات|قصص) قد تهم(?:ك|كم)",
    r"(?:تخطي? )?(?:مواضيع|اخبار|مقالات|قصص) مقترحه",
    r"list \d+ of \d+",
    r"اقرا(?:و)?ا? (?:ايضا|المزيد|كذلك)",
    r"لقراءه المزيد",
    r"(?:طالع|شاهد|انظر|تابع) ايضا",
    r"(?:ال)?(?:مواضيع|اخبار|مقالات|موضوعات|روابط|ملفات|قصص) (?:ال)?(?:ذات|متعلقه|مرتبطه|مشابهه)",
    r"ذات صله",
    r"للمزيد",
    r"المزيد (?:من|حول|عن)",
    r"اخترنا (?:لك|لكم)",
    r"(?:وقد )?يعجبك ايضا",
    r"يمكنك ايضا قراءه",
    r"نرشح (?:لك|لكم)",
    r"read more|see also|related",
)
_CALL = (
    r"تابعو?ا? (?:اخر|اخبار|احدث|قناه|صفحتنا|حساب|كل)",
    r"تابعونا|تابعنا",
    r"للاشتراك|اشترك (?:في|الان|لتصلك)|انضم الي|حمل(?:وا)? تطبيق|(?:ال)?نشر(?:تنا|ه) البريديه",
    r"لمتابعه (?:اخر|احدث|اخبار)",
    r"شارك(?:ها|ه|وا)?(?: (?:الخبر|المقال|علي|هذا))?\W*$",
    r"مشاركه\W*$",
    r"طباعه\W*$|طباعه \|? ?ارسل|ارسل (?:لصديق|الي صديق)|نسخ الرابط|حجم الخط",
    r"المصدر ?:.{0,40}$|(?:ال)?وسوم\W*|(?:ال)?كلمات (?:ال)?(?:مفتاحيه|دلاليه|داله)|التصنيفات?\W*:",
    r"(?:اضغط|انقر) هنا|الخبر كما ورد|رابط (?:الخبر|المصدر)\W*(?:http|$)",
    r"end of list$",
    r"(?:facebook|twitter|whatsapp).{0,30}$|فيسبوك\W*(?:تويتر|$)|google news",
    r"اعلان\W*$|اعلانات\W*$|advertisement",
)
_END = (
    r"(?:ال)?نهايه\W*$|انتهي\W*$|\W*انتهي\W*$",
    r"جميع الحقوق|حقوق (?:النشر|الطبع)|شروط (?:النشر|الاستخدام|التعليق)",
    r"(?:اترك|اضف|اكتب|ارسل) (?:تعليقا?|تعليقك|ردا)",
    r"(?:ال)?تعليقات?\W*\d*\W*$|تعليقات القراء|الاسم \*|لا توجد تعليقات|كن اول من",
    r"الاكثر (?:قراءه|مشاهده|تعليقا|شعبيه|تداولا|رواجا)",
    r"copyright|©|all rights",
)
MARKS = re.compile(rf"\W*(?:(?P<related>{'|'.join(_RELATED)})|(?P<end>{'|'.join(_END)})|(?P<call>{'|'.join(_CALL)}))")
"""How folded lines begin that are no text: links to other stories, what follows the end, calls to share or follow."""


def is_dense(block: Block) -> bool:
    length = len(block.text)
    if block.linked > 0.4 * length or block.heading or block.in_card or block.text.startswith(_STAMPS):
        return False
    return length >= DENSE_FROM or (length >= _SENTENCE_FROM and bool(ENDS_SENTENCE.search(block.text)))


@lru_cache(maxsize=10_000)
def _names_caption(names: str) -> bool:
    return bool(_CAPTIONS.search(names))


def is_caption(block: Block) -> bool:
    for element in upwards(block.element, 2):
        if element.tag == "figcaption" or ((names := element.get("class")) and _names_caption(names)):
            return True
    return False


def is_line(block: Block) -> bool:
    """A line of a poem, or of a list: too short for a paragraph, but no link and no heading."""
    return len(block.text) >= 20 and not block.links and not block.heading and not block.in_card


def style(block: Block) -> tuple[str, str]:
    """How a block is set: paragraphs of one text are set alike."""
    return str(block.element.tag), block.element.get("class") or ""


def links_of(block: Block) -> list[Link]:
    return [Link(text, href) for href, text in block.links if len(text) > 8]
