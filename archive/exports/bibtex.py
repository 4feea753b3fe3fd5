"""BibTeX and BibLaTeX: one entry a story."""

from __future__ import annotations

from urllib.parse import quote

from .citation import Citation, Writer

_SPECIAL = str.maketrans(
    {letter: f"\\{letter}" for letter in "&%$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    # BibTeX counts braces, also those after a backslash.
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def bibtex(cited: Citation) -> str:
    """A month is a macro, which each style spells in its own way; the day has no field but `date`."""
    published = cited.published
    fields = {
        "author": " and ".join(_name(writer) for writer in cited.writers),
        "title": f"{{{_text(cited.headline)}}}",
        "journal": _text(cited.publisher),
        "entrysubtype": "newspaper",
        "year": f"{published[0]:04}" if published else "",
        "month": published[1] if published else 0,
        "date": _iso(*published) if published else "",
        "language": _text(cited.language),
        "url": _address(cited.url),
        "urldate": cited.saved_on.isoformat(),
        "note": rf"\url{{{_address(cited.original)}}}" if cited.original else "",
    }
    lines = [
        f"  {name} = {_MONTHS[value - 1] if isinstance(value, int) else f'{{{value}}}'}"
        for name, value in fields.items()
        if value
    ]
    return f"@article{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def _name(writer: Writer) -> str:
    """«بنعيسى, فاطمة الزهراء»; a name that is no person's in braces, so that no style takes it to pieces."""
    if not writer.family:
        return f"{{{_text(writer.name)}}}"
    return f"{_text(writer.family)}, {_text(writer.given)}"


def _iso(year: int, *rest: int) -> str:
    return "-".join((f"{year:04}", *(f"{part:02}" for part in rest)))


def _text(text: str) -> str:
    return text.translate(_SPECIAL)


def _address(url: str) -> str:
    r"""An address as `\url` takes it: without letters that would end the field."""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")
