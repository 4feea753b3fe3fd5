"""Dumps of saved pages: a file, a folder, a container in; pages out. Pure: nothing is written, nothing is fetched."""

from .companions import STYLE, Companion, companion_key, kind_of
from .html import inner_path, url_from_path
from .kept import HEADER, Kept
from .page import Locator, Page, Rejection, legible
from .read import read_dump, read_whole_dump

__all__ = [
    "HEADER",
    "STYLE",
    "Companion",
    "Kept",
    "Locator",
    "Page",
    "Rejection",
    "companion_key",
    "inner_path",
    "kind_of",
    "legible",
    "read_dump",
    "read_whole_dump",
    "url_from_path",
]
