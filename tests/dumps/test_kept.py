"""Records that an archive like this one wrote: they say what plain WARC has no word for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from archive.dumps import HEADER, Companion, Kept, Page, Rejection, read_whole_dump

PAGE = b"<html><title>a</title></html>"


def written(path: Path, line: str, address: str = "urn:sha256:00", kind: str = "resource") -> list[object]:
    import io

    with path.open("wb") as stream:
        writer = WARCWriter(stream, warc_version="WARC/1.1")
        told = {HEADER: line, "WARC-Date": "2020-01-02T03:04:05.678901Z", "Content-Type": "text/html"}
        writer.write_record(writer.create_warc_record(address, kind, io.BytesIO(PAGE), len(PAGE), "", told))
    return list(read_whole_dump(path))


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = Kept("http://a.example/خبر >", place="b/1.html", status=404, content_type="text/plain; x=«", guessed=True)
    (page,) = written(tmp_path / "a.warc.gz", kept.line())
    assert isinstance(page, Page)
    assert (page.url, page.status, page.content_type, page.url_guessed) == (kept.name, 404, kept.content_type, True)
    assert (page.content, page.captured_at.isoformat()) == (PAGE, "2020-01-02T03:04:05.678901+00:00")
    assert page.locator.member == "b/1.html"


def test_a_refused_page_stays_refused(tmp_path: Path) -> None:
    (found,) = written(tmp_path / "a.warc.gz", Kept("", code="broken-container", detail="the file ends").line())
    assert isinstance(found, Rejection)
    assert (found.code, found.detail) == ("broken-container", "the file ends")
    assert found.page is not None and (found.page.content, found.page.url) == (PAGE, "")


def test_a_companion_lies_beside_the_pages_of_its_file(tmp_path: Path) -> None:
    line = Kept("b/1_files/a.css", is_page=False, content_type="text/css").line()
    (found,) = written(tmp_path / "a.warc.gz", line)
    assert not isinstance(found, Page)
    assert not isinstance(found, Companion) or found.name == f"{tmp_path}/a.warc.gz!b/1_files/a.css"


@pytest.mark.parametrize(
    "line",
    [
        "", "{", "[]", "3", "null", '{"name": 3}', '{"name": "a", "more": 1}', '{"name": "", "status": -1}', "[" * 5000,
        json.dumps({"name": "", "code": "../../x"}), json.dumps({"name": "", "code": "a" * 50}), '{"place": "x"}',
        json.dumps({"name": "", "guessed": "yes"}), json.dumps({"name": "", "status": True}),
        json.dumps({"name": "http://a.example/\ud800"}), json.dumps({"name": "", "content_type": "text/html\0"}),
    ],
)  # fmt: skip
def test_a_mark_that_is_none_is_no_mark(tmp_path: Path, line: str) -> None:
    assert Kept.read(line) is None
    (page,) = written(tmp_path / "a.warc.gz", line, "http://a.example/1")
    assert isinstance(page, Page) and page.url == "http://a.example/1"
