"""The English catalogue is in step with the Arabic texts, and no text of the interface escapes it."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path

import django
import pytest
from babel.messages.mofile import read_mo

from tests.catalogue import KEYWORDS, MO, OF_DJANGO, ROOT, compiled, known, read, texts

ARABIC = re.compile("[\u0621-\u064a]")
PLACES = re.compile(r"%\(\w+\)s|<[^>]+>")
SPEAKING = [
    *(ROOT / "archive" / "web").glob("*.py"),
    *(ROOT / "archive" / "models").glob("*.py"),
    *(ROOT / "archive" / "management" / "commands").glob("*.py"),
    *(ROOT / "archive" / "replay").glob("*.py"),
    *(ROOT / "archive" / "preservation").glob("*.py"),
    *(ROOT / "archive" / "ingest").glob("*.py"),
    ROOT / "archive" / "accounts.py",
    ROOT / "archive" / "admin.py",
    ROOT / "archive" / "apps.py",
    ROOT / "archive" / "records.py",
    ROOT / "archive" / "roles.py",
]


def test_every_text_has_its_english_and_no_english_is_left_over() -> None:
    english = known(read())
    assert set(english) == set(texts()), "run: make texts"
    assert not [arabic for arabic, said in english.items() if not said.strip()]


def test_what_is_compiled_is_what_can_be_read() -> None:
    with MO.open("rb") as mo:
        assert known(read_mo(mo)) == known(read()), "run: make texts"


@pytest.mark.parametrize("path", OF_DJANGO, ids=lambda path: path.name)
def test_what_django_lacks_in_arabic_is_compiled_and_still_its_own(path: Path) -> None:
    ours = read(path)
    with path.with_suffix(".mo").open("rb") as mo:
        assert known(read_mo(mo)) == known(read_mo(BytesIO(compiled(ours)))), "run: make texts"
    theirs = {
        (str(one.id), one.context)
        for app in ("admin", "auth")
        for po in (Path(django.__file__).parent / "contrib" / app / "locale/en/LC_MESSAGES").glob(path.name)
        for one in read(po)
    }
    due = (one for one in ours if django.VERSION >= (6,) or "from Django 6 on" not in one.user_comments)
    assert {(str(one.id), one.context) for one in due if one.id} <= theirs


def test_english_has_the_same_places_and_elements() -> None:
    differ = [
        arabic
        for (arabic, _), said in known(read()).items()
        if sorted(PLACES.findall(arabic)) != sorted(PLACES.findall(said))
    ]
    assert not differ


def test_english_has_no_arabic_in_it() -> None:
    assert not [said for said in known(read()).values() if re.search("[\u0600-\u06ff«»]", said)]


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: str(path.relative_to(ROOT)))
def test_code_says_nothing_in_arabic_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marked = {
        id(text)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        for text in call.args
    }
    marked |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    alone = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ARABIC.search(node.value)
        if id(node) not in marked and " · " not in node.value  # in both languages
    ]
    assert not alone


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*.*ml")), ids=lambda path: path.name)
def test_templates_say_nothing_in_arabic_alone(path: Path) -> None:
    marked = r"\{% blocktranslate.*?endblocktranslate %\}|\{% translate .*?%\}|_\(\".*?\"\)|\{#.*?#\}"
    assert not ARABIC.search(re.sub(marked, "", path.read_text(encoding="utf-8"), flags=re.S))


@pytest.mark.parametrize("name", ["archive.js", "archive.css", "desk.css"])
def test_scripts_and_styles_take_their_words_from_the_page(name: str) -> None:
    assert not ARABIC.search((ROOT / "static" / name).read_text(encoding="utf-8"))
