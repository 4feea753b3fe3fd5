"""A page written anew: what it shows, and nothing that acts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from archive.dumps import Locator, Page
from archive.parsing import Document, open_document
from archive.replay.inert import inert_page, references

HOSTILE = Path(__file__).resolve().parents[2] / "fixtures" / "hostile" / "page.html"
ACTING = "script iframe frame object embed applet form base template noscript video audio source template math".split()
KEPT = {"kept.png": "/companion/1/", "style.css": "/companion/2/", "cid:3": "/companion/3/"}


def opened(html: str | bytes, content_type: str = "") -> Document:
    content = html.encode() if isinstance(html, str) else html
    page = Page("https://www.example.com/1.html", datetime(2020, 1, 1, tzinfo=UTC), content, content_type, Locator("x"))
    document = open_document(page)
    assert isinstance(document, Document)
    return document


def kept(reference: str, kinds: tuple[str, ...]) -> str:
    return KEPT.get(reference, "") if reference.endswith(".css") == (kinds == ("text/css",)) else ""


def written(html: str | bytes) -> str:
    return inert_page(opened(html), kept)


def read(html: str | bytes) -> BeautifulSoup:
    return BeautifulSoup(written(html), "lxml")


def body(html: str) -> str:
    found = re.search(r"<body>(.*)</body>", written(f"<html><body>{html}</body></html>"), re.S)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def hostile() -> BeautifulSoup:
    """A page that tries all it can, written anew."""
    text = HOSTILE.read_text(encoding="utf-8")
    for name, address in (
        ("ROOM", "http://room.example"),
        ("ELSEWHERE", "http://far.example"),
        ("OTHER", "http://o/1"),
    ):
        text = text.replace(name, address)
    return read(text)


def test_nothing_of_the_hostile_page_acts(hostile: BeautifulSoup) -> None:
    assert not hostile.find_all(ACTING)
    acting = re.compile(r"on|formaction|action|ping|target|autofocus|srcset|srcdoc|poster|data|background|http-equiv")
    assert not [tag for tag in hostile.find_all(True) for name in tag.attrs if acting.match(name)]


def test_every_address_of_the_hostile_page_is_our_own_or_a_place_on_it(hostile: BeautifulSoup) -> None:
    led = [tag[name] for tag in hostile.find_all(True) for name in ("href", "src", "xlink:href") if tag.has_attr(name)]
    assert set(led) == {"#end", "data:,"}  # the latter is the empty icon
    styles = "".join(one.string or "" for one in hostile.find_all("style")) + "".join(
        str(tag["style"]) for tag in hostile.find_all(style=True)
    )
    assert "far.example" not in re.sub(r"\"[^\"]*\"|'[^']*'", "", styles)


def test_the_hostile_page_still_reads(hostile: BeautifulSoup) -> None:
    text = hostile.get_text(" ", strip=True)
    assert "نص الخبر الذي يبقى مقروءا رغم كل ما حوله." in text and "آخر الصفحة." in text
    assert hostile.title and hostile.title.string == "خبر لا يهدأ"


@pytest.mark.parametrize(
    "html",
    [
        "<svg><style><img src=x onerror=1></style></svg>",
        "<svg></p><style><a id='</style><img src=1 onerror=1>'>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=1&gt;'>",
        "<noscript><p title='</noscript><img src=x onerror=1>'>",
        "<textarea><img src=x onerror=1></textarea>",
        "<title><img src=x onerror=1></title>",
        "<xmp><img src=x onerror=1></xmp>",
        "<noembed><img src=x onerror=1></noembed>",
        "<!--><img src=x onerror=1>-->",
        "<!-- --!><img src=x onerror=1> -->",
        "<![CDATA[<img src=x onerror=1>]]>",
        "<?php <img src=x onerror=1> ?>",
        "<p title='\"><img src=x onerror=1>'>",
        '<p id=`x` class="`><img src=x onerror=1>">',
        "<img/src=x/onerror=1>",
        "<a:b onclick=1>x</a:b><x-y onclick=1>x</x-y>",
        "<plaintext><img src=x onerror=1>",
        "<style></style/><img src=x onerror=1></style>",
        "<svg><title><style></title><img src=x onerror=1>",
        "<svg><desc><noscript><img src=x onerror=1>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=1>",
    ],
)
def test_no_trick_of_markup_outlives_the_writing(html: str) -> None:
    """Read once more by another parser, there is no handler and no address, and nothing that only looked like text."""
    again = BeautifulSoup(written(f"<html><body>{html}<p>x</p></body></html>"), "html.parser")
    assert not [tag for tag in again.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert not again.find_all(ACTING)
    assert not again.find_all(src=True) and not again.find_all("svg style")


def test_a_sheet_inside_a_drawing_is_left_out() -> None:
    """There a browser reads entities in it, which no reader of styles does."""
    assert "far" not in body("<svg><g><style>a{b:&#117;rl(//far)}</style></g></svg><p>x</p>")
    assert "c:d" in body("<svg><g></g></svg><style>a{c:d}</style>")


def test_links_tell_where_they_led() -> None:
    assert body('<a href="/2.html">خبر</a>') == '<a title="يؤدي إلى: /2.html">خبر</a>'
    assert body('<a href="https://x.example/" title="هنا">خبر</a>') == '<a title="هنا">خبر</a>'
    assert body('<a href=" javascript:1">خبر</a>') == "<a>خبر</a>"
    assert body('<a href="#end">خبر</a>') == '<a href="#end">خبر</a>'


def test_kept_pictures_and_styles_are_shown() -> None:
    page = read(
        '<html><head><link rel=stylesheet href=style.css media=screen></head><body background="kept.png">'
        '<img src="kept.png" alt="صورة"><p style="background:url(kept.png)">x</p></body></html>'
    )
    assert page.select_one("link[rel=stylesheet]")["href"] == "/companion/2/"  # type: ignore[index]
    assert page.img and page.img["src"] == "/companion/1/" and page.img["alt"] == "صورة"
    assert page.body and page.body["background"] == "/companion/1/"
    assert page.p and page.p["style"] == 'background:url("/companion/1/")'


@pytest.mark.parametrize(
    "img",
    [
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="kept.png">',
        '<img src="blank.gif" data-original="kept.png">',
        '<img srcset="small.png 1x, kept.png 2x">',
        '<picture><source srcset="kept.png"><img src="far.png"></picture>',
        '<img src="blank.gif" data-src="kept.png"><noscript><img src="kept.png"></noscript>',
    ],
)
def test_a_picture_that_a_script_would_have_put_in_is_shown_once(img: str) -> None:
    assert re.findall(r'src="([^"]*)"', body(img)) == ["/companion/1/"]


def test_a_picture_that_is_not_kept_leaves_its_place() -> None:
    page = BeautifulSoup(body('<img class="wide" src="far.png" alt="الميناء" width="320" height="50%">'), "lxml")
    assert page.img and not page.img.has_attr("src")
    assert (page.img["alt"], page.img["class"]) == ("الميناء", ["wide", "warraq-absent"])
    assert page.img["style"] == "width:320px;height:50%"
    assert 'class="warraq-absent" style="width:560px;height:315px"' in body('<iframe width=560 height=315 src="//x">')


def test_text_behind_elements_that_the_parser_leaves_open_stays() -> None:
    html = "<p>أ<wbr>ب<picture><source srcset=x></picture>ج<embed src=x>د<b>ه</b></p><p>و</p>"
    assert BeautifulSoup(body(html), "lxml").get_text() == "أبجدهو"


def test_inline_pictures_stay_and_inline_pages_do_not() -> None:
    assert 'src="data:image/png;base64,AAAA"' in body('<img src="data:image/png;base64,AAAA">')
    assert "src=" not in body('<img src="data:text/html,x">')


def test_a_page_of_one_file_keeps_its_thirty_megabytes_of_pictures() -> None:
    picture = "data:image/jpeg;base64," + "A" * 15_000_000
    assert (
        written(f'<html><body><img src="{picture}"><div style="background:url({picture})">x').count("A" * 15_000_000)
        == 2
    )


@pytest.mark.parametrize(
    ("doctype", "kept_doctype"),
    [
        ("", ""),
        ("<!DOCTYPE html>", "<!DOCTYPE html>"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">',) * 2,
        ('<!DOCTYPE html PUBLIC "x><script>1</script>">', "<!DOCTYPE html>"),
    ],
)
def test_the_page_is_laid_out_in_its_own_mode(doctype: str, kept_doctype: str) -> None:
    assert written(f"{doctype}<html><body><p>x</p></body></html>").startswith(f"{kept_doctype}<html>")


def test_the_charset_is_what_the_reader_found() -> None:
    text = "قال الوزير إن الميناء الجديد يفتح أبوابه في الربيع المقبل، وإن العمل فيه بلغ المرحلة الأخيرة."
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{text}</p></body></html>'.encode("cp1256")
    assert text in inert_page(opened(page), kept)


def test_five_thousand_nested_elements_are_written() -> None:
    assert "النهاية" in written("<html><body>" + "<div>" * 5_000 + "النهاية")


def test_it_asks_for_what_the_page_shows() -> None:
    asked = references(opened('<html><body style="background:url(a.png)"><img src="b.png"><a href="c.html">x</a>'))
    assert asked == ["a.png", "b.png"]
