"""What pages are shown with, in every form of dump."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from archive.dumps import Companion, Page, Rejection, companion_key, kind_of, read_dump, read_whole_dump

from .conftest import HOSTILE, HTML, MakeDump, MakePage

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
STYLE = b"body { background: url(a.png) }"


def companions(path: Path) -> dict[str, bytes | None]:
    """Name → bytes, each read before the next is asked for."""
    return {found.name: found.read() for found in read_whole_dump(path) if isinstance(found, Companion)}


@pytest.mark.parametrize("form", ["folder", "zip", "tar", "tar.gz"])
@pytest.mark.parametrize("folder", ["خبر_files", "خبر_ملفات"])
def test_the_folder_of_a_saved_page(
    make_folder: MakeDump, make_zip: MakeDump, make_tar: MakeDump, make_page: MakePage, form: str, folder: str
) -> None:
    members = {
        "خبر.html": make_page(),
        f"{folder}/a.png": PNG,
        f"{folder}/b.css": STYLE,
        f"{folder}/c.css?ver=2": STYLE,
        f"{folder}/d.js": b"1",
        f"{folder}/e.html": make_page("إعلان"),
    }
    path = (
        make_folder(members) if form == "folder" else (make_zip if form == "zip" else make_tar)(members, f"dump.{form}")
    )
    mark = "/" if form == "folder" else "!"
    assert companions(path) == {
        f"{path}{mark}{folder}/a.png": PNG,
        f"{path}{mark}{folder}/b.css": STYLE,
        f"{path}{mark}{folder}/c.css?ver=2": STYLE,
    }


def test_a_page_named_alone_brings_its_folder(make_folder: MakeDump, make_page: MakePage) -> None:
    path = make_folder({"خبر.html": make_page(), "خبر_files/a.png": PNG, "other_files/b.png": PNG})
    assert companions(path / "خبر.html") == {f"{path}/خبر_files/a.png": PNG}


def test_a_mirror_tells_addresses(make_folder: MakeDump, make_page: MakePage) -> None:
    path = make_folder(
        {"www.x.example/1.html": make_page(), "www.x.example/i/a.png": PNG, "www.x.example/a.css?v=2": STYLE}
    )
    assert companions(path) == {"https://www.x.example/i/a.png": PNG, "https://www.x.example/a.css?v=2": STYLE}


def test_a_warc_tells_addresses(make_warc: MakeDump, make_page: MakePage) -> None:
    png, css = [("Content-Type", "image/png")], [("Content-Type", "text/css; charset=utf-8")]
    path = make_warc(
        [
            ("response", "https://x.example/a.png", "200 OK", png, PNG),
            ("response", "https://x.example/1.html", "200 OK", HTML, make_page()),
            ("response", "https://x.example/a.css", "200 OK", css, STYLE),
            ("response", "https://x.example/gone.png", "404 Not Found", png, PNG),
            ("response", "https://x.example/a.js", "200 OK", [("Content-Type", "text/javascript")], b"1"),
        ],
        "dump.warc.gz",
    )
    assert companions(path) == {"https://x.example/a.png": PNG, "https://x.example/a.css": STYLE}


def test_a_message_brings_its_parts(tmp_path: Path, make_page: MakePage) -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://x.example/1.html"
    message.set_content(make_page().decode(), subtype="html", charset="utf-8")
    message.add_related(PNG, "image", "png", cid="<1@x>", headers=["Content-Location: https://x.example/a.png"])
    message.add_related(STYLE, "text", "css", headers=["Content-Location: cid:css-2@x"])
    message.add_related(b"1", "text", "javascript")
    path = tmp_path / "a.mhtml"
    path.write_bytes(message.as_bytes())
    found = companions(path)
    assert found["https://x.example/a.png"] == found[f"{path}!cid:1@x"] == PNG
    assert found[f"{path}!cid:css-2@x"] == STYLE
    assert len(found) == 3


@pytest.mark.parametrize("form", ["folder", "zip", "tar"])
def test_pages_and_rejections_are_those_without_companions(
    make_folder: MakeDump, make_zip: MakeDump, make_tar: MakeDump, make_page: MakePage, form: str
) -> None:
    members = {
        "1.html": make_page(),
        "1_files/a.png": PNG,
        "1_files/x.html": make_page("إعلان"),
        "2.html": make_page("ثان"),
        "a.css": STYLE,
        "logo.png?v=1": make_page("صفحة باسم صورة"),
        "nested.zip": b"PK",
    }
    path = (
        make_folder(members) if form == "folder" else (make_zip if form == "zip" else make_tar)(members, f"dump.{form}")
    )
    counted = list(read_dump(path))
    assert [one for one in read_whole_dump(path) if not isinstance(one, Companion)] == counted
    assert (
        sum(isinstance(one, Page) for one in counted) == 3 and sum(isinstance(one, Rejection) for one in counted) == 1
    )


@pytest.mark.usefixtures("nothing_is_written")
@pytest.mark.parametrize("name", [name.replace(".html", ".png") for name in HOSTILE])
@pytest.mark.parametrize("form", ["zip", "tar"])
def test_no_companion_is_written_by_its_name(make_zip: MakeDump, make_tar: MakeDump, form: str, name: str) -> None:
    path = (make_zip if form == "zip" else make_tar)({name: PNG}, f"dump.{form}")
    assert list(companions(path).values()) in ([PNG], [])


def test_too_large_a_picture_is_left_out(make_zip: MakeDump) -> None:
    path = make_zip({"a.png": PNG + bytes(16 * 2**20), "b.png": PNG})
    assert list(companions(path).values()) == [None, PNG]


@pytest.mark.parametrize(
    ("content", "is_style", "kind"),
    [
        (PNG, False, "image/png"),
        (b"GIF89a/*<script>alert(1)</script>*/", False, "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", False, "image/webp"),
        (b"\x00\x00\x00\x1cftypavif", False, "image/avif"),
        (b"wOF2", False, "font/woff2"),
        (b'<?xml version="1.0"?><!-- x --><svg xmlns="x"/>', False, "image/svg+xml"),
        (b"<html><svg></svg></html>", False, ""),
        (b"<!doctype html><p>404</p>", True, ""),
        (b"<script>1</script>", False, ""),
        (b"%PDF-1.7", False, ""),
        (b"MZ\x90", False, ""),
        (b"a{}", True, "text/css"),
        (b"a{}", False, ""),
        (b"\x00a{}", True, ""),
        (b"", True, "text/css"),
    ],
)
def test_the_first_bytes_say_what_it_is(content: bytes, is_style: bool, kind: str) -> None:
    assert kind_of(content, is_style=is_style) == kind


def test_forms_of_an_address_share_a_key() -> None:
    forms = ["http://X.example/a%20b.png", "https://x.example/a b.png", "https://x.example/a%20b.png#x"]
    assert len({companion_key(form) for form in forms}) == 1
    assert companion_key("https://x.example/a.png?1") != companion_key("https://x.example/a.png?2")
