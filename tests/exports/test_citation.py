"""What a citation says, in each format."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from archive.exports import Citation, bibtex, csl_json, footnote, one_line, ris
from archive.exports.citation import Writer, writer

STORY = Citation(
    key="warraq-7",
    headline="افتتاح جسر النهر",
    writers=(Writer("سعاد بن عيسى", "بن عيسى", "سعاد"), Writer("وكالة الضفاف")),
    publisher="صحيفة الضفاف",
    section="اقتصاد",
    published=(2016, 3, 12),
    saved_on=date(2017, 1, 3),
    language="ar",
    summary="مقدمة",
    url="https://archive.example/stories/7/",
    original="https://aldifaf.example/خبر_1.html",
    archive="ورّاق",
)
BARE = replace(STORY, writers=(), section="", published=(), summary="", original="")


def test_a_footnote_reads_as_in_an_arabic_newspaper() -> None:
    assert "، ".join(footnote(STORY)) == "سعاد بن عيسى، وكالة الضفاف، «افتتاح جسر النهر»، صحيفة الضفاف، 12 مارس 2016"


def test_a_footnote_leaves_out_what_is_not_known() -> None:
    assert "، ".join(footnote(BARE)) == "«افتتاح جسر النهر»، صحيفة الضفاف"
    assert footnote(replace(BARE, published=(2016, 3)))[1:] == ("صحيفة الضفاف", "مارس 2016")


def test_quotation_marks_within_quotation_marks_are_others() -> None:
    assert footnote(replace(BARE, headline="قال «نعم» أمس"))[0] == "«قال “نعم” أمس»"


def test_bibtex() -> None:
    assert bibtex(STORY) == (
        "@article{warraq-7,\n"
        "  author = {بن عيسى, سعاد and {وكالة الضفاف}},\n"
        "  title = {{افتتاح جسر النهر}},\n"
        "  journal = {صحيفة الضفاف},\n"
        "  entrysubtype = {newspaper},\n"
        "  year = {2016},\n"
        "  month = mar,\n"
        "  date = {2016-03-12},\n"
        "  language = {ar},\n"
        "  url = {https://archive.example/stories/7/},\n"
        "  urldate = {2017-01-03},\n"
        "  note = {\\url{https://aldifaf.example/%D8%AE%D8%A8%D8%B1_1.html}}\n"
        "}\n"
    )


def test_bibtex_says_no_more_of_a_date_than_is_known() -> None:
    month, never = bibtex(replace(STORY, published=(2016, 3))), bibtex(BARE)
    assert "date = {2016-03}," in month and "month = mar," in month
    assert not re.search(r"\b(author|year|month|date|note) =", never)


def test_bibtex_escapes_what_tex_would_take_for_a_command() -> None:
    entry = bibtex(replace(STORY, headline=r"50% & 3$ #1 a_b {x} \end ~ ^"))
    assert (
        r"title = {{50\% \& 3\$ \#1 a\_b \textbraceleft{}x\textbraceright{} "
        r"\textbackslash{}end \textasciitilde{} \textasciicircum{}}}," in entry
    )


@pytest.mark.parametrize("headline", ["}", "{", "a} @string{b", "\\", "{{{", "%"])
def test_no_headline_ends_a_bibtex_entry(headline: str) -> None:
    """BibTeX counts braces, whatever stands before them."""
    entry = bibtex(replace(STORY, headline=headline, original="https://x.example/}{%\\", publisher=headline))
    depths = [0]
    for letter in entry:
        depths.append(depths[-1] + {"{": 1, "}": -1}.get(letter, 0))
    assert depths[-1] == 0
    assert depths.index(0, entry.index("{") + 1) == len(entry) - 1


def test_bibtex_does_not_part_a_name_at_and() -> None:
    assert "{وكالة Smith and Sons}" in bibtex(replace(STORY, writers=(Writer("وكالة Smith and Sons"),)))
    assert writer("Smith and Sons", "person").family == ""


def test_ris() -> None:
    assert ris(STORY) == (
        "TY  - NEWS\r\n"
        "ID  - warraq-7\r\n"
        "AU  - بن عيسى, سعاد\r\n"
        "AU  - وكالة الضفاف\r\n"
        "TI  - افتتاح جسر النهر\r\n"
        "T2  - صحيفة الضفاف\r\n"
        "SE  - اقتصاد\r\n"
        "PY  - 2016\r\n"
        "DA  - 2016/03/12/\r\n"
        "AB  - مقدمة\r\n"
        "LA  - ar\r\n"
        "UR  - https://archive.example/stories/7/\r\n"
        "Y2  - 2017/01/03/\r\n"
        "DB  - ورّاق\r\n"
        "N1  - https://aldifaf.example/خبر_1.html\r\n"
        "ER  - \r\n"
    )


def test_ris_says_no_more_of_a_date_than_is_known() -> None:
    assert "DA  - 2016/03//\r\n" in ris(replace(STORY, published=(2016, 3)))
    assert not re.search(r"^(AU|PY|DA|N1|SE|AB)", ris(BARE), re.MULTILINE)


def test_csl_json() -> None:
    assert json.loads(csl_json(STORY)) == [
        {
            "id": "warraq-7",
            "type": "article-newspaper",
            "title": "افتتاح جسر النهر",
            "author": [{"family": "بن عيسى", "given": "سعاد"}, {"literal": "وكالة الضفاف"}],
            "container-title": "صحيفة الضفاف",
            "section": "اقتصاد",
            "issued": {"date-parts": [[2016, 3, 12]]},
            "abstract": "مقدمة",
            "language": "ar",
            "URL": "https://archive.example/stories/7/",
            "accessed": {"date-parts": [[2017, 1, 3]]},
            "archive": "ورّاق",
            "note": "https://aldifaf.example/خبر_1.html",
        }
    ]


def test_csl_json_says_no_more_than_is_known() -> None:
    assert json.loads(csl_json(replace(STORY, published=(2016, 3))))[0]["issued"] == {"date-parts": [[2016, 3]]}
    assert not {"author", "issued", "section", "abstract", "note"} & set(json.loads(csl_json(BARE))[0])


@pytest.mark.parametrize(
    ("printed", "family"),
    [
        ("سعاد الإدريسي", "الإدريسي"),
        ("سعاد عبد الله", "عبد الله"),
        ("كريم بن علي", "بن علي"),
        ("منى نور الدين", "نور الدين"),
        ("عبد الله", ""),
        ("سعاد", ""),
        ("Reuters, London", ""),
    ],
)
def test_a_last_name_is_told_where_it_can_be(printed: str, family: str) -> None:
    told = writer(printed, "person")
    assert (told.name, told.family) == (printed, family)
    assert not family or f"{told.given} {told.family}" == printed


def test_an_agency_has_no_last_name() -> None:
    assert writer("وكالة الضفاف للأنباء", "agency") == Writer("وكالة الضفاف للأنباء")


def test_a_line_holds_no_line_break_and_no_control_character() -> None:
    assert one_line(" a\r\nER  - \x00\u2028b\ufffe\tc\ud800 ") == "a ER - b c"
    assert one_line("می\u200cرود") == "می\u200cرود"
