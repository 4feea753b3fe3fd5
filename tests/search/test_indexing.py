from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from archive.arabic import Terms, index_text, terms
from archive.models import Story
from archive.search import SearchRequest, index_pending, index_status, indexing, rebuild_index, search_stories
from archive.search.embedded import EmbeddedEngine
from archive.search.engine import FACETS, Document, Question, Word, engine

Tell = Callable[..., Story]


def total(text: str) -> int:
    return search_stories(SearchRequest(text=text)).total


def test_an_edited_story_is_found_by_its_new_words_only(tell: Tell) -> None:
    story = tell("قطار الساحل")
    story.headline, story.indexed = "سفينة الجبل", False
    story.save()
    assert index_pending() == 1
    assert (total("قطار"), total("سفينة")) == (0, 1)


def test_a_story_that_is_hidden_is_forgotten(tell: Tell) -> None:
    story = tell("قطار الساحل")
    story.hidden, story.indexed = True, False
    story.save()
    index_pending()
    assert total("قطار") == 0


def test_a_story_that_changes_while_it_is_indexed_keeps_its_flag(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    story = tell("قطار الساحل")
    story.indexed = False
    story.save()
    written = EmbeddedEngine.add

    def change_meanwhile(*args: object, **kwargs: object) -> None:
        written(*args, **kwargs)  # type: ignore[arg-type]
        monkeypatch.setattr(EmbeddedEngine, "add", written)
        changed = Story.objects.get(pk=story.pk)
        changed.headline = "سفينة الجبل"
        changed.save()

    monkeypatch.setattr(EmbeddedEngine, "add", change_meanwhile)
    index_pending()
    assert index_pending() == 1 or total("سفينة") == 1
    assert (total("قطار"), total("سفينة")) == (0, 1)


def test_a_rebuild_holds_every_visible_story_and_replaces_the_old(tell: Tell, own_archive: Path) -> None:
    tell("قطار الساحل")
    tell("قطار الجبل", hidden=True)
    before = {path.name for path in (own_archive / "index").glob("index-*")}
    assert rebuild_index() == 1
    after = {path.name for path in (own_archive / "index").glob("index-*")}
    assert total("قطار") == 1 and len(after) == 1 and not before & after


def test_a_rebuild_that_fails_leaves_the_old_index(
    tell: Tell, monkeypatch: pytest.MonkeyPatch, own_archive: Path
) -> None:
    tell("قطار الساحل")
    monkeypatch.setattr("archive.search.embedded.engine.row", lambda document: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rebuild_index()
    assert total("قطار") == 1
    assert len(list((own_archive / "index").glob("index-*"))) == 1


def test_an_index_of_another_analysis_is_not_asked(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    tell("قطار الساحل")
    monkeypatch.setattr("archive.search.embedded.engine.FORMAT", "another")
    monkeypatch.setattr("archive.search.indexing.FORMAT", "another")
    assert index_status().state == "missing"
    assert not search_stories(SearchRequest(text="قطار")).available
    tell("قطار الجبل")  # an import or an editor does not wait for who rebuilds it
    assert index_status().pending == 1
    rebuild_index()
    assert total("قطار") == 2


def test_status_counts_what_waits(tell: Tell) -> None:
    story = tell("قطار الساحل")
    assert index_status().state == "ready"
    Story.objects.filter(pk=story.pk).update(indexed=False)
    assert (index_status().state, index_status().pending, index_status().documents) == ("stale", 1, 1)


def test_a_count_that_an_import_overtook_is_not_kept(tell: Tell) -> None:
    """The story comes in between the moment that the index is opened and the moment that its matches are counted."""
    tell("قطار الساحل")

    class Slow(Terms):
        @property
        def stem(self) -> str:  # type: ignore[override]
            if Story.objects.count() == 1:
                tell("قطار الجبل")
                engine().count(None)
            return self[2]

    search = engine().search
    word = terms("قطار")
    assert search(Question(Word(Slow(*word)))).total == 1
    assert search(Question(Word(word))).total == 2


def test_what_is_committed_while_a_rebuild_reads_is_not_lost(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import's transaction sets `updated_at` some moments before others see its rows."""
    story, began = tell("قطار الساحل"), timezone.now()
    read = indexing._all_batches

    def commit_meanwhile() -> Iterator[Any]:
        yield from read()
        Story.objects.filter(pk=story.pk).update(headline="سفينة الجبل", indexed=False, updated_at=began)

    monkeypatch.setattr(indexing, "_all_batches", commit_meanwhile)
    rebuild_index()
    assert (total("قطار"), total("سفينة")) == (0, 1)


def documents(*headlines: str) -> list[Document]:
    texts = [index_text((headline, "", "", (), "")).fields for headline in headlines]
    return [Document(pk, pk, pk, fields, dict.fromkeys(FACETS, ()), None) for pk, fields in enumerate(texts, 1)]


def test_what_is_written_while_a_rebuild_ends_is_written_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    one.add(documents("قطار"), [1])
    commit = EmbeddedEngine._commit

    def rebuild_meanwhile(self: EmbeddedEngine, writer: Any, name: str) -> None:
        monkeypatch.setattr(EmbeddedEngine, "_commit", commit)
        other.rebuild(documents("قطار"))
        commit(self, writer, name)

    monkeypatch.setattr(EmbeddedEngine, "_commit", rebuild_meanwhile)
    one.add(documents("قطار", "سفينة")[1:], [2])
    assert one.stories() == {1, 2}


def test_two_rebuilds_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    one, other = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    with ThreadPoolExecutor(1) as aside:

        def slowly() -> Iterator[Document]:
            yield from documents("قطار")
            second.append(aside.submit(other.rebuild, documents("قطار", "سفينة")))
            wait(second, timeout=0.5)

        second: list[Future[int]] = []
        assert one.rebuild(slowly()) == 1
        assert second[0].result() == 2
    assert one.stories() == {1, 2}
