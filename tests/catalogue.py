"""The texts of the interface and their English: `python -m tests.catalogue` brings the catalogue in step with them.

Arabic texts in templates and code are the source. Babel reads and compiles them, so that nobody needs GNU gettext.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "archive" / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
OF_DJANGO = sorted((ROOT / "archive" / "locale" / "ar" / "LC_MESSAGES").glob("*.po"))
"""What Django's own Arabic lacks, written by hand"""
FROM_CONTEXT = ((1, "c"), 2)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext": FROM_CONTEXT,
    "pgettext_lazy": FROM_CONTEXT,
}
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""So that what is compiled twice is the same"""
Text = tuple[str, str]
"""Arabic, and its context or nothing"""


class English(Catalog):
    """With a head that says nothing of when and by which program it was written."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "en"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ]


def sources() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.*ml"))
    yield from sorted(path for path in (ROOT / "archive").rglob("*.py") if "migrations" not in path.parts)


def texts() -> dict[Text, list[str]]:
    """Every text that templates and code have translated, and the files that have it."""
    found: dict[Text, list[str]] = {}
    for path in sources():
        code = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            code = as_code(code)
        for _, message, _, context in extract("python", BytesIO(code.encode()), KEYWORDS):
            files = found.setdefault((str(message), context or ""), [])
            name = str(path.relative_to(ROOT))
            if name not in files:
                files.append(name)
    return found


def as_code(template: str) -> str:
    """A template's calls of gettext, a line each."""
    calls = re.findall(r"""\bp?gettext\(.*?\)(?= |$)|\b_\(".*?"\)""", templatize(template), re.M)
    return "\n".join(calls)


def read(path: Path = PO) -> Catalog:
    with path.open("rb") as po:
        return read_po(po, locale=path.parts[-3])


def in_step(english: dict[Text, str]) -> Catalog:
    """The catalogue of all texts, with the English that is known of them."""
    catalogue = English(locale="en", header_comment="# The English interface of Warraq.", fuzzy=False)
    for (arabic, context), files in texts().items():
        where = [(name, 0) for name in files]
        catalogue.add(arabic, english.get((arabic, context), ""), locations=where, context=context or None)
    return catalogue


def known(catalogue: Catalog) -> dict[Text, str]:
    """Of a compiled catalogue Babel gives contexts as bytes."""
    return {(str(one.id), _text(one.context)): str(one.string) for one in catalogue if one.id}


def _text(context: str | bytes | None) -> str:
    return context.decode() if isinstance(context, bytes) else context or ""


def compiled(catalogue: Catalog) -> bytes:
    catalogue.creation_date = catalogue.revision_date = NEVER
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def write(catalogue: Catalog) -> None:
    with PO.open("wb") as po:
        write_po(po, catalogue, width=110, include_lineno=False)
    MO.write_bytes(compiled(catalogue))


if __name__ == "__main__":
    write(in_step(known(read())))
    for path in OF_DJANGO:
        path.with_suffix(".mo").write_bytes(compiled(read(path)))
    missing = [arabic for (arabic, _), english in known(read()).items() if not english]
    print(f"{len(texts())} texts, {len(missing)} without English", *missing, sep="\n  ")
    sys.exit(bool(missing))
