from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archive.models import Story
from archive.search import SearchRequest, index_status, search_stories

from .conftest import Run, WritePage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stories(run: Run, write_page: WritePage, tmp_path: Path) -> list[Story]:
    for number, word in enumerate(("دقلة", "زعفران", "أركان")):
        write_page(f"www.example.com/{number}.html", f"{word} في سوق الرباط القديم")
    run("import_pages", tmp_path / "pages", "--workers", "1")
    return list(Story.objects.order_by("pk"))


def found(text: str) -> int:
    return search_stories(SearchRequest(text)).total


def test_it_says_how_many_stories_it_indexed(run: Run, stories: list[Story]) -> None:
    answer = run("rebuild_index")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.split()[0] == str(len(stories)) == "3"


@pytest.mark.parametrize("loss", ["folder", "pointer", "pointer is junk", "another format"])
def test_it_brings_a_lost_index_back(run: Run, own_archive: Path, loss: str) -> None:
    pointer = own_archive / "index/current.json"
    if loss == "folder":
        shutil.rmtree(own_archive / "index")
    elif loss == "pointer":
        pointer.unlink()
    elif loss == "pointer is junk":
        pointer.write_text("{")
    else:
        pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"format": "0.0"}))
    assert not search_stories(SearchRequest("دقلة")).available
    run("rebuild_index")
    assert found("دقلة") == 1
    assert index_status().state == "ready"


def test_hidden_and_deleted_stories_are_not_in_it(run: Run) -> None:
    Story.objects.filter(headline__contains="دقلة").update(hidden=True)
    Story.objects.filter(headline__contains="زعفران").delete()
    assert run("rebuild_index").out.split()[0] == "1"
    assert (found("دقلة"), found("زعفران"), found("أركان")) == (0, 0, 1)
    assert index_status().documents == 1


def test_what_changed_is_found_by_its_new_words(run: Run) -> None:
    Story.objects.filter(headline__contains="دقلة").update(headline="نعناع على السطوح", indexed=False)
    assert index_status().state == "stale"
    run("rebuild_index")
    assert (found("دقلة"), found("نعناع")) == (0, 1)
    assert index_status().state == "ready"


def test_an_empty_archive_has_an_empty_index(run: Run) -> None:
    Story.objects.all().delete()
    assert run("rebuild_index").out.split()[0] == "0"
    assert index_status().state == "ready" and index_status().documents == 0


def test_an_index_that_could_not_be_made_leaves_the_old_one_in_use(
    run: Run, own_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (own_archive / "index/current.json").read_bytes()

    def full(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("archive.search.embedded.engine.row", full)
        answer = run("rebuild_index")
    assert answer.code == 1 and "No space left" in answer.err and "على ما كان" in answer.err
    assert (own_archive / "index/current.json").read_bytes() == before
    assert len(list((own_archive / "index").glob("index-*"))) == 1
    assert found("دقلة") == 1


def test_nothing_is_left_beside_the_index_in_use(run: Run, own_archive: Path) -> None:
    for _ in range(3):
        run("rebuild_index")
    left = sorted(path.name[:6] for path in (own_archive / "index").iterdir() if path.name != ".lock")
    assert left == ["curren", "index-"]
