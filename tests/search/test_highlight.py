from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.search import Fragment, highlight
from archive.search.grammar import read_query
from archive.search.highlight import snippet


def marked(text: str, query: str) -> list[str]:
    return [piece.text for piece in highlight(text, read_query(query).marks) if piece.marked]


def test_the_original_spelling_is_marked_signs_and_all() -> None:
    assert marked("زار الوزيرُ المَدْرَسَةَ أمس", "مدرسه") == ["المَدْرَسَةَ"]


def test_a_word_is_marked_whole_or_not_at_all() -> None:
    assert marked("المكتبات والكتب في المكتب", "مكتبة") == ["المكتبات", "المكتب"]
    assert marked("المدينة", "ألم") == []


def test_a_snippet_shows_the_best_passage() -> None:
    text = "كلام " * 100 + "وصل القطار السريع إلى المحطة " + "كلام " * 100
    pieces = snippet(text, read_query("القطار السريع").marks)
    assert [piece.text for piece in pieces if piece.marked] == ["القطار", "السريع"]
    assert pieces[0].text == "… " and pieces[-1].text == " …"


def test_without_a_match_a_snippet_is_the_beginning() -> None:
    assert snippet("أول الخبر ثم آخره", read_query("قطار").marks) == [Fragment("أول الخبر ثم آخره", False)]


@given(st.text(max_size=300), st.text(max_size=30))
def test_the_pieces_are_the_text(text: str, query: str) -> None:
    assert "".join(piece.text for piece in highlight(text, read_query(query).marks)) == text
