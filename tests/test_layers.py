"""The import rule, once more without import-linter: the pure rooms know no Django and no network."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ARCHIVE = Path(__file__).resolve().parent.parent / "archive"
PURE = sorted(
    path
    for room in ("arabic", "dumps", "parsing", "taste")
    for path in (ARCHIVE / room).rglob("*.py")
    if "formats" not in path.parts
)
FORBIDDEN = ("django", "socket", "http", "urllib.request", "archive.models", "archive.settings", "requests")


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(ARCHIVE)))
def test_pure_rooms_import_neither_django_nor_sockets(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported.add(node.module or "")
    assert not [name for name in imported for no in FORBIDDEN if name == no or name.startswith(f"{no}.")]


@pytest.mark.parametrize("room", ["arabic", "dumps", "parsing", "search", "ingest", "preservation", "models", "taste"])
def test_every_face_names_what_it_shows(room: str) -> None:
    module = __import__(f"archive.{room}", fromlist=["__all__"])
    assert len(set(module.__all__)) == len(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)


def test_pictures_are_never_decoded_and_xml_is_read_in_one_place() -> None:
    """S9, S10: what is not opened cannot grow. Of pictures the first bytes are looked at; XML is read for logos."""
    sources = {path: path.read_text(encoding="utf-8") for path in ARCHIVE.rglob("*.py")}
    decoders = re.compile(r"^\s*(?:import|from) (?:PIL|cv2|imageio|wand|pyvips|cairosvg)\b", re.M)
    assert not [path for path, text in sources.items() if decoders.search(text)]
    readers = re.compile(r"\b(?:XMLParser|XMLPullParser|iterparse|minidom|expat|ElementTree|xml\.sax\.make_parser)\b")
    assert [path.name for path, text in sources.items() if readers.search(text)] == ["logo.py"]
