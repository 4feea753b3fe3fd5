"""SingleFile's pages that are a zip file too: HTML that unpacks itself in a browser."""

from __future__ import annotations

import io
import zipfile

from .members import DAMAGED, MAX_MEMBER_BYTES, MORE_DAMAGE

_END_OF_ZIP = b"PK\x05\x06"
_PAGE = "index.html"


def inner_page(content: bytes) -> bytes | None:
    """The page inside a self-extracting file; null for any other. A page too large to read is left packed."""
    if content.rfind(_END_OF_ZIP, max(0, len(content) - 2**16 - 4096)) < 0:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_PAGE) as stream:
            page = stream.read(MAX_MEMBER_BYTES + 1)
    except (*DAMAGED, *MORE_DAMAGE, KeyError):
        return None
    return page if len(page) <= MAX_MEMBER_BYTES else None
