"""A picture is told by its bytes."""

import pytest

from archive.taste import kind_of

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (WEBP, "image/webp"),
        (SVG.encode(), "image/svg+xml"),
        (f'<?xml version="1.0" encoding="UTF-16"?>\n<!-- logo -->\n{SVG}'.encode("utf-16"), "image/svg+xml"),
        (b"", ""),
        (b"GIF89a", ""),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", ""),
        (b"<svg><path/></svg>", ""),
        (b"<html><svg xmlns='http://www.w3.org/2000/svg'/></html>", ""),
        (SVG.encode()[:-1], ""),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", ""),
    ],
)
def test_its_kind_is_told(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def test_one_that_grows_without_end_is_refused() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    bomb += "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert kind_of(f'{bomb}]><svg xmlns="http://www.w3.org/2000/svg" id="&i;"/>'.encode()) == ""


def test_it_reads_no_file_of_the_machine() -> None:
    stolen = (
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    )
    assert kind_of(stolen.encode()) == "image/svg+xml"  # as a picture: what it names is never fetched
