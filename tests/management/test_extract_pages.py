from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import Answer, Run, WritePage

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
KEYS = {
    "file", "is_article", "code", "publisher", "url", "headline", "byline", "dateline", "published_at", "modified_at",
    "section", "lead", "body", "pictures", "related", "teasers", "language", "encoding", "field_sources",
}  # fmt: skip


def records(answer: Answer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.out.splitlines()]


def test_every_page_is_one_line_with_all_keys_and_no_database_is_asked(run: Run, dumps: Path) -> None:
    """Without the `db` mark any query is an error."""
    answer = run("extract_pages", dumps)
    assert answer.code == 0 and answer.err == ""
    rows = records(answer)
    assert len(rows) == 62
    assert all(row.keys() >= KEYS for row in rows)
    assert all(row.keys() == rows[0].keys() for row in rows)


def test_it_runs_where_no_database_can_be_reached(tmp_path: Path, write_page: WritePage) -> None:
    environment = os.environ | {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing",
        "DATA_DIR": str(tmp_path / "d"),
    }
    done = subprocess.run(
        [sys.executable, str(MANAGE), "extract_pages", str(write_page())],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["headline"] == "القطار الساحلي يقطع أولى رحلاته"


def test_an_article_says_what_the_page_says(run: Run, write_page: WritePage) -> None:
    path = write_page()
    (row,) = records(run("extract_pages", path))
    assert row["file"] == str(path)
    assert (row["is_article"], row["code"]) == (True, None)
    assert row["url"] == "https://www.example.com/1"  # the ending may be the saving tool's
    assert row["body"].count("\n") == 1
    assert (row["byline"], row["dateline"], row["published_at"]) == ([], None, None)
    assert row["field_sources"]["headline"]


def test_a_rejection_has_its_code_and_empty_fields(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"")
    (row,) = records(run("extract_pages", tmp_path / "a.html"))
    assert (row["is_article"], row["code"]) == (False, "empty")
    lists = {"byline", "pictures", "related", "teasers"}
    assert all(
        row[key] == ([] if key in lists else None) for key in KEYS - {"file", "is_article", "code", "field_sources"}
    )
    assert row["field_sources"] == {}


def test_moments_bear_the_offset_that_the_page_names_and_no_other(run: Run, dumps: Path) -> None:
    """ISO 8601; «12:40» of a page that names no zone stays without one, a bare day stays a day."""
    rows = [row for row in records(run("extract_pages", dumps)) if row["published_at"] and "T" in row["published_at"]]
    without = {row["publisher"] for row in rows if row["published_at"][-6] not in "+-"}
    assert len(rows) > 20 and without == {"annakhla"}


def test_a_container_is_opened(run: Run, dumps: Path) -> None:
    rows = records(run("extract_pages", dumps / "annakhla.zip"))
    assert len(rows) == 10
    assert all(row["file"].startswith(f"{dumps / 'annakhla.zip'}!") for row in rows)


def test_files_are_taken_from_a_list(run: Run, write_page: WritePage, tmp_path: Path) -> None:
    first, second = write_page("1.html", "القطار الأول يصل"), write_page("خبر.html", "القطار الثاني يصل")
    (tmp_path / "list").write_text(f"{first}\n\n{second}\n", encoding="utf-8")
    rows = records(run("extract_pages", "--files-from", tmp_path / "list"))
    assert [row["file"] for row in rows] == [str(first), str(second)]


def test_a_list_may_come_from_standard_input(run: Run, write_page: WritePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{write_page()}\n"))
    assert len(records(run("extract_pages", "--files-from", "-"))) == 1


def test_a_missing_file_is_said_and_the_others_read(run: Run, write_page: WritePage, tmp_path: Path) -> None:
    answer = run("extract_pages", tmp_path / "nothing.html", write_page())
    assert answer.code == 1
    assert len(records(answer)) == 1
    (line,) = answer.err.splitlines()
    assert "nothing.html" in line


def test_a_name_longer_than_any_file_is_said_and_the_others_read(run: Run, write_page: WritePage) -> None:
    answer = run("extract_pages", "n" * 300, write_page())
    assert answer.code == 1 and len(records(answer)) == 1


def test_a_container_that_cannot_be_read_is_exit_1(run: Run, tmp_path: Path) -> None:
    """Some input could not be taken."""
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    answer = run("extract_pages", tmp_path / "bad.zip")
    assert [row["code"] for row in records(answer)] == ["broken-container"]
    assert answer.code == 1


@pytest.mark.parametrize("content", [None, b"\xce\xc8\xd1.html\n"])
def test_a_list_that_cannot_be_read_is_said_in_one_line(run: Run, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "list").write_bytes(content)
    answer = run("extract_pages", "--files-from", tmp_path / "list")
    assert answer.code in (1, 2)
    assert len(answer.err.splitlines()) == 1


def test_nothing_to_read_is_wrong_usage(run: Run) -> None:
    answer = run("extract_pages")
    assert answer.code == 2 and answer.out == "" and answer.err


def test_a_reader_that_goes_away_is_no_traceback(dumps: Path, tmp_path: Path) -> None:
    """`extract_pages … | head -1`"""
    with subprocess.Popen(
        [sys.executable, MANAGE, "extract_pages", dumps, dumps, dumps],
        env=os.environ | {"DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
    assert b"Traceback" not in err


def test_names_that_are_not_utf8_are_printed(tmp_path: Path, write_page: WritePage) -> None:
    path = write_page()
    os.rename(path, os.fsencode(path.parent) + b"/\xce\xc8\xd1.html")
    done = subprocess.run(
        [sys.executable, str(MANAGE), "extract_pages", str(path.parent)],
        env=os.environ | {"DATA_DIR": str(tmp_path / "d"), "PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode("utf-8"))["is_article"]


@pytest.mark.parametrize("tag", ["div", "font", "b"])
def test_text_below_thousands_of_open_elements_is_kept_or_reported(run: Run, write_page: WritePage, tag: str) -> None:
    """The parser gives up below some depth without a word; the story must not end there without one."""
    path = write_page()
    first, last = path.read_text(encoding="utf-8").rsplit("<p>", 1)
    path.write_text(f"{first}{f'<{tag}>' * 5000}<p>وفي الختام، {last}", encoding="utf-8")
    (row,) = records(run("extract_pages", path))
    assert not row["is_article"] or "وفي الختام" in row["body"]


def test_it_explains_every_line_of_a_page(run: Run, write_page: WritePage) -> None:
    shown = run("extract_pages", "--explain", write_page()).out
    head, *lines, total, _ = shown.split("\n")
    assert head.endswith(": article")
    assert any(line.startswith("  headline: ") for line in lines)
    kept = sum(len(line.partition("\t")[2].split()) for line in lines if line.startswith("+ "))
    left = sum(len(line.partition("\t")[2].split()) for line in lines if line.startswith("- "))
    assert total == f"{kept + left} words on the page = {kept} of text + {left} left out" and kept and left
    assert all(line.split("\t")[0] != "- " for line in lines)
