"""Is it an article? A page that is none gets a stable code and a reason."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from archive.arabic import fold, parse_date

from .blocks import Block
from .body import Body
from .cards import is_head
from .credits import is_bare_name
from .headline import LINE_ABOVE
from .lines import is_dense
from .sheet import Sheet

SHORTEST_BODY = 250
"""Letters that make a body by themselves."""
SHORTEST_VOUCHED_BODY = 60
"""Letters that do when the page calls itself an article, or bears a credit or a date."""
LONGEST_MESSAGE = 800
"""Letters of a page that has only something to tell about itself."""

_ARTICLE_TYPES = {"article", "NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting"}
_ERROR = re.compile(
    r"الصفحه (?:المطلوبه |التي .{0,30})?(?:غير موجوده|غير متوفره|غير متاحه|لم يتم العثور)|"
    r"(?:عذرا|عفوا).{0,20}(?:404|الصفحه|غير موجود|حدث خطا)|رابط غير صحيح|المحتوي غير متاح|page not found|"
    r"الموقع (?:الالكتروني )?(?:تحت|قيد) (?:الصيانه|الانشاء|التحديث)|"
    r"just a moment|checking your browser|attention required|enable javascript and cookies"
)
"""What only a page that speaks of itself says."""
_ERROR_TITLE = re.compile(
    r"^(?:error |خطا )?(?:40[034]|50[0-4])(?:\W|$)|\W(?:404|error 50\d)(?:\W|$)|not found|access denied|forbidden|"
    r"service unavailable|لم يتم العثور علي|حدث خطا"
)
"""What else the title of such a page may be; a story may speak of it, too."""
_LOGIN = re.compile(
    r"^(?:تسجيل الدخول|سجل(?:وا)? الدخول|دخول الاعضاء|login|log in|sign in|تسجيل عضويه|انشاء حساب)|"
    r"(?:هذا|هذه) (?:المحتوي|المقال|الماده|الصفحه) (?:متاحه? |مخصصه? |خاصه? )?(?:فقط )?(?:لل|بال)مشتركين|"
    r"(?:لمتابعه|لمواصله|لاستكمال|لقراءه) (?:ال)?قراءه.{0,30}(?:اشترك|سجل)|"
    r"اشترك(?:وا)? (?:الان )?(?:لقراءه|لمتابعه|للاطلاع)"
)
_CONSENT = re.compile(
    r"(?:ملفات|سجلات) (?:تعريف )?الارتباط|الكوكيز|خصوصيتك (?:تهمنا|مهمه)|"
    r"قبل (?:المتابعه|ان تتابع)|before you continue|we value your privacy|your privacy|cookie"
)
_LIST_ADDRESSES = (
    ("search", re.compile(r"/search(?:/|\?|$)|[?&](?:s|q|search|query|keyword)=")),
    ("tag", re.compile(r"/(?:tags?|topics?|keywords?|وسم|وسوم|كلمات)(?:/|\?|$)")),
    ("author", re.compile(r"/(?:authors?|writers?|كاتب|كتاب|الكاتب)(?:/|\?|$)")),
    ("section", re.compile(r"/(?:category|categories|sections?|archives?|page|تصنيف|قسم)(?:/|\?|$)")),
)
_VIDEO = re.compile(r"/(?:videos?|v-\d+|watch|فيديو)(?:[/?-]|$)")
_GALLERY = re.compile(r"/(?:galler(?:y|ies)(?:-\d+)?|photos?|albums?|pictures|صور)(?:[/?-]|$)")
_FRONT_PATHS = ("", "/index.html", "/index.htm", "/index.php", "/default.aspx", "/ar", "/home", "/arabic")
_MANY_LINKS = 8
_LONGEST_OF_A_BOARD = 80  # letters
_CELLS_OF_A_PAGE = 24
_LONGEST_ENTRY = 200
_SCORE = re.compile(r"(?<!\d)\d{1,2}\s?[-–:]\s?\d{1,2}(?!\d)")
_TELEPHONE = re.compile(r"(?<!\d)\d{7,}(?!\d)")
_COUNT = re.compile(r"\d+\s*/\s*\d+")
_POLL = re.compile(r"عدد (?:ال)?(?:مصوتين|اصوات|مشاركين)|نتاءج الاستطلاع|نتايج (?:الاستطلاع|التصويت)|استطلاعات سابقه")
_MANY_DATES = 3
_MANY_PICTURES = 4
_SHELL = 120  # letters that a page shows when its text comes by script

Verdict = tuple[str, str]
"""(code, detail)"""


def judge_kind(sheet: Sheet) -> Verdict | None:
    """Why a page is of another kind than an article: it speaks of itself, or lists stories."""
    letters, is_typed = sheet.body.letters if sheet.body else 0, _is_typed(sheet)
    return _message(sheet, letters, is_typed) or _list(sheet, letters, is_typed)


def judge_text(sheet: Sheet, vouched: bool) -> Verdict | None:
    """Why a page has not what makes an article. `vouched`: it bears a credit or a date of its own."""
    body, headline = sheet.body, sheet.headline
    letters, is_typed = body.letters if body else 0, _is_typed(sheet)
    enough = SHORTEST_VOUCHED_BODY if is_typed or vouched else SHORTEST_BODY
    if not vouched and (listed := _listed(sheet)) >= _MANY_LINKS and letters < SHORTEST_BODY:
        return "index-page", f"{listed} links to stories, {letters} letters of text"
    is_captions = _counted(sheet) >= _MANY_PICTURES
    if (letters < SHORTEST_BODY or (is_captions and letters < LONGEST_MESSAGE)) and (
        other := _other_medium(sheet, letters < enough or is_captions)
    ):
        return other
    is_whole = b"</html" in sheet.document.source[-2000:].lower()
    if sheet.headline_at < 0 and letters < enough and sum(len(block.text) for block in sheet.blocks) < _SHELL:
        if not is_whole:
            return "truncated", "the file ends before the text"
        if sheet.document.survey.of("script"):
            return "empty-shell", "the page shows nothing without its scripts"
    rule = sheet.evidence.get("headline", ("", ""))[0]
    is_alone = rule == "title" and headline is not None and headline.at < 0 and not is_typed
    if headline and not (vouched or is_typed) and _listed(sheet) >= _MANY_LINKS and is_bare_name(headline.text):
        return "index-page", "a writer's page"
    if headline is None or is_alone or (rule == LINE_ABOVE and not vouched):
        return "no-headline", "no heading that the title vouches for"
    if letters < enough:
        return "no-body", f"{letters} letters of text"
    if body and (_is_table(sheet, body) or _is_scores(body) or (not (vouched or is_typed) and _is_board(body))):
        return "no-body", "figures, not sentences"
    if body and body.element is None and not is_whole:
        return "truncated", "the file ends before the text"
    return None


def _is_typed(sheet: Sheet) -> bool:
    return bool(sheet.structured.types & _ARTICLE_TYPES)


def _listed(sheet: Sheet) -> int:
    """Lines that are links to stories."""
    return sum(1 for block in sheet.blocks if block.is_link and len(block.text) >= 25)


def _message(sheet: Sheet, letters: int, is_typed: bool) -> Verdict | None:
    """A page that speaks of itself: an error, a gate."""
    if letters >= LONGEST_MESSAGE:
        return None
    titles = fold(sheet.title), fold(sheet.structured.first("title"))
    start = fold(sheet.body.paragraphs[0][:300]) if sheet.body and sheet.body.paragraphs else ""
    shown = start or " ".join(block.folded for block in sheet.blocks[:6])[:300]
    is_error = any(_ERROR.search(text) for text in (*titles, shown[:200]))
    is_titled_so = letters < SHORTEST_BODY and any(_ERROR_TITLE.search(title) for title in titles)
    if (is_error or is_titled_so) and not (is_typed and letters >= SHORTEST_BODY):
        return "error-page", "the page says that there is nothing here"
    if any(_LOGIN.search(text) for text in titles) or (letters < SHORTEST_BODY and _says(_LOGIN, sheet)):
        return "login-page", "the page asks for an account"
    if not is_typed and any(_CONSENT.search(text) for text in (titles[0], shown)):
        return "consent-page", "the page asks for consent"
    return None


def _says(pattern: re.Pattern[str], sheet: Sheet) -> bool:
    return any(len(block.text) < 300 and pattern.search(block.folded) for block in sheet.blocks)


def _list(sheet: Sheet, letters: int, is_typed: bool) -> Verdict | None:
    """A page that lists stories: a front, a section, a subject's, a writer's, what a search found."""
    listed = _listed(sheet)
    if is_front(sheet.url) and not is_typed:
        return "index-page", "the address of a home page"
    if listed >= _MANY_LINKS and letters < SHORTEST_BODY and not is_typed:
        return "index-page", f"{listed} links to stories, {letters} letters of text"
    if sheet.body and _is_list_of_excerpts(sheet.body, sheet.blocks):
        if not (is_typed and letters > 4 * SHORTEST_BODY):
            return "index-page", "headlines with excerpts"
    if (
        letters < LONGEST_MESSAGE
        and sum(1 for block in sheet.blocks if _POLL.search(block.folded[:_LONGEST_OF_A_BOARD])) > 1
    ):
        return "index-page", "a poll and others before it"
    if not is_typed and listed >= _MANY_LINKS // 2:
        parts = urlsplit(sheet.url)
        address = unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path).lower()
        if kind := next((name for name, pattern in _LIST_ADDRESSES if pattern.search(address)), ""):
            return "index-page", f"the address of a {kind} list"
    return None


def _other_medium(sheet: Sheet, has_no_text: bool) -> Verdict | None:
    """A story that is told in pictures, moving or not, with no text of its own."""
    path, types = unquote(urlsplit(sheet.url).path).lower(), {kind.lower() for kind in sheet.structured.types}
    if _VIDEO.search(path) or any(kind.startswith("video") for kind in types):
        return "video-page", "a video without a text"
    pictures = len(sheet.document.survey.of("figure")) + _counted(sheet)
    if (
        _GALLERY.search(path)
        or types & {"imagegallery", "mediagallery"}
        or (has_no_text and pictures >= _MANY_PICTURES)
    ):
        return "gallery-page", "pictures without a text"
    return None


def _counted(sheet: Sheet) -> int:
    """Pictures that are counted in the text: «3 / 14»."""
    lines = {*sheet.body.places, *sheet.body.removed} if sheet.body else ()
    return sum(1 for at in lines if _COUNT.fullmatch(sheet.blocks[at].text))


def is_front(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.netloc) and parts.path.rstrip("/").lower() in _FRONT_PATHS and not parts.query


def _is_board(body: Body) -> bool:
    """Whether the text is a board of scores, rates or times: many short lines with figures and no paragraph."""
    lines = body.paragraphs
    with_figures = sum(1 for line in lines if any(letter.isdigit() for letter in line))
    return len(lines) >= _MANY_LINKS and max(map(len, lines)) < _LONGEST_OF_A_BOARD and with_figures > 0.5 * len(lines)


def _is_table(sheet: Sheet, body: Body) -> bool:
    """Whether a table is what the page shows, with a notice below it."""
    cells = sum(1 for reason in body.removed.values() if reason == "table")
    return cells >= _CELLS_OF_A_PAGE and sum(1 for at in body.places if is_dense(sheet.blocks[at])) <= 1


def _is_scores(body: Body) -> bool:
    """Whether most lines are scores, times of prayer or entries with a telephone number."""
    lines = [line for line in body.paragraphs if len(line) < _LONGEST_ENTRY]
    return len(lines) >= _MANY_LINKS and sum(map(_is_entry, lines)) > 0.6 * len(body.paragraphs)


def _is_entry(line: str) -> bool:
    """A score or an hour with a word or two, not with a sentence (a day told hour by hour); a telephone number."""
    is_told = len(line) >= _LONGEST_OF_A_BOARD // 2 and line.endswith((".", "!", "؟", "»"))
    return bool(_TELEPHONE.search(line) or (not is_told and _SCORE.search(line)))


def _is_list_of_excerpts(body: Body, blocks: list[Block]) -> bool:
    """Whether the text is headlines in links, each with a few lines below it."""
    inside = [block for block in blocks[max(0, body.first - 2) : body.last + 1] if not block.in_card]
    if sum(1 for block in inside if len(block.text) < 60 and parse_date(block.text)) >= _MANY_DATES:
        return True
    heads = sum(1 for block in inside if block.is_link and len(block.text) >= 20 and is_head(block))
    dense = sum(1 for block in inside if is_dense(block))
    return heads >= 4 and heads >= 0.5 * dense
