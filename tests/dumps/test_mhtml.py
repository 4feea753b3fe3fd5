"""Pages that browsers saved as one message: the address and the moment are the message's own."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.dumps import Page

from .conftest import MakePage, Read, codes

CHROME = """From: <Saved by Blink>
Snapshot-Content-Location: https://www.paper.example/news/1
Subject: =?utf-8?Q?=D8=AE=D8=A8=D8=B1?=
Date: Mon, 6 Jan 2020 10:00:00 +0300
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----Part"

------Part
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: {coding}
Content-Location: https://www.paper.example/news/1

{body}
------Part
Content-Type: text/html
Content-Transfer-Encoding: 7bit
Content-Location: https://ads.example/frame

<html><p>an advertisement in a frame</p></html>
------Part
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://www.paper.example/1.png

iVBORw0KGgo=
------Part--
"""
SAVED_AT = datetime(2020, 1, 6, 7, tzinfo=UTC)


def write(tmp_path: Path, message: str | bytes, name: str = "saved.mhtml") -> Path:
    path = tmp_path / name
    path.write_bytes(message if isinstance(message, bytes) else message.replace("\n", "\r\n").encode())
    return path


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
def test_the_page_and_its_marks_are_read(tmp_path: Path, read: Read, make_page: MakePage, coding: str) -> None:
    html = make_page()
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(
        coding, lambda content: content
    )
    pages, rejections = read(write(tmp_path, CHROME.format(coding=coding, body=packed(html).decode())))
    assert not rejections and len(pages) == 1
    page = pages[0]
    assert (page.url, page.captured_at) == ("https://www.paper.example/news/1", SAVED_AT)
    assert page.content.replace(b"\r\n", b"\n").strip() == html
    assert page.locator.dump.endswith("saved.mhtml")


def test_the_charset_of_the_part_is_handed_on(tmp_path: Path, read: Read, make_page: MakePage) -> None:
    message = CHROME.format(coding="base64", body=base64.encodebytes(make_page().decode().encode("cp1256")).decode())
    message = message.replace(
        "Content-Type: text/html\nContent-ID", 'Content-Type: text/html; charset="windows-1256"\nContent-ID'
    )
    page = read(write(tmp_path, message))[0][0]
    assert "windows-1256" in page.content_type and "قطار" in page.content.decode("cp1256")


def test_internet_explorer_names_the_address_in_the_part(tmp_path: Path, read: Read, make_page: MakePage) -> None:
    message = CHROME.format(coding="8bit", body=make_page().decode())
    message = message.replace("Snapshot-Content-Location: https://www.paper.example/news/1\n", "")
    assert read(write(tmp_path, message, "saved.mht"))[0][0].url == "https://www.paper.example/news/1"


def test_the_part_named_as_the_start_is_the_page(tmp_path: Path, read: Read, make_page: MakePage) -> None:
    message = CHROME.format(coding="8bit", body="<html>a frame first</html>")
    message = message.replace('type="text/html";', 'type="text/html"; start="<main>";')
    message = message.replace(
        "------Part--",
        f"------Part\nContent-Type: text/html\nContent-ID: <main>\n\n{make_page().decode()}\n------Part--",
    )
    assert "قطار".encode() in read(write(tmp_path, message))[0][0].content


def test_parts_within_parts_are_found(tmp_path: Path, read: Read, make_page: MakePage) -> None:
    html = make_page().decode()
    inner = f"Content-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/html\n\n{html}\n--in--\n"
    message = f"Content-Type: multipart/related; boundary=out\n\n--out\n{inner}\n--out--\n"
    assert len(read(write(tmp_path, message))[0]) == 1


def test_a_message_cut_in_the_page_still_gives_what_is_there(tmp_path: Path, read: Read, make_page: MakePage) -> None:
    message = CHROME.format(coding="8bit", body=make_page().decode()).partition("</body>")[0]
    pages, _ = read(write(tmp_path, message))
    assert len(pages) == 1 and "قطار".encode() in pages[0].content


@pytest.mark.parametrize(
    "message",
    [
        "",
        "no headers at all",
        CHROME.replace("text/html", "image/png"),
        "Content-Type: multipart/related\n\nno boundary",
    ],
    ids=["empty", "no-headers", "no-page", "no-boundary"],
)
def test_a_message_without_a_page_is_one_rejection(tmp_path: Path, read: Read, message: str) -> None:
    pages, rejections = read(write(tmp_path, message))
    assert not pages and codes(rejections) == ["broken-container"]


@pytest.mark.parametrize("date", ["yesterday", "Fri, 31 Dec 9999 23:59:59 +0000"])
def test_a_damaged_date_leaves_the_files_own(tmp_path: Path, read: Read, make_page: MakePage, date: str) -> None:
    message = CHROME.format(coding="8bit", body=make_page().decode()).replace("Mon, 6 Jan 2020 10:00:00 +0300", date)
    page = read(write(tmp_path, message))[0][0]
    assert isinstance(page, Page) and 2026 <= page.captured_at.year < 9999


@pytest.mark.parametrize(
    "message",
    [
        "Content-Type: message/rfc822\n\n" * 3_000,
        "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3_000)),
    ],
    ids=["messages", "parts"],
)
def test_parts_within_parts_without_end_are_one_rejection(tmp_path: Path, read: Read, message: str) -> None:
    pages, rejections = read(write(tmp_path, message))
    assert not pages and codes(rejections) == ["broken-container"]
