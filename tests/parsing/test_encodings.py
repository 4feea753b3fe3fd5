from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.parsing import Article
from archive.parsing.document import as_utf8

Read = Callable[..., Article]
Story = Callable[..., str]


@pytest.mark.parametrize("declared", ["", "windows-1256", "utf-8", "iso-8859-1", "x-unknown"])
def test_windows_1256_is_read_whatever_is_declared(read: Read, story: Story, declared: str) -> None:
    html = story().replace("utf-8", declared) if declared else story().replace('<meta charset="utf-8">', "")
    article = read(html.encode("cp1256"))
    assert article.headline == "حديقة جديدة على ضفة النهر"
    assert article.encoding.startswith("cp1256")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-6"])
def test_other_encodings_of_arabic_are_read(read: Read, story: Story, encoding: str) -> None:
    html = story().replace("utf-8", encoding if encoding == "iso-8859-6" else "utf-8")
    assert read(html.encode(encoding, "xmlcharrefreplace")).headline == "حديقة جديدة على ضفة النهر"


def test_utf_8_declared_as_windows_1256_is_utf_8(read: Read, story: Story) -> None:
    article = read(story().replace("utf-8", "windows-1256"))
    assert (article.headline, article.encoding) == ("حديقة جديدة على ضفة النهر", "utf-8")


def test_a_stray_byte_leaves_utf_8_what_it_is_and_is_recorded(read: Read, story: Story) -> None:
    article = read(story().encode().replace("النهر بعد".encode(), b"\xff" + "النهر بعد".encode()))
    assert article.encoding == "utf-8 (damaged)"
    assert article.headline == "حديقة جديدة على ضفة النهر"


def test_utf_7_is_never_honoured() -> None:
    _, how = as_utf8(b"<meta charset=utf-7>+ADw-script+AD4-", "text/html; charset=utf-7")
    assert how == "utf-8"
