"""A citation as a footnote of an Arabic newspaper or study has it."""

from __future__ import annotations

from archive.templatetags.dates import day, month_year

from .citation import Citation, date_of

_INNER = str.maketrans("«»", "“”")


def footnote(cited: Citation) -> str:
    """«كاتب، «عنوان»، صحيفة، 12 مارس 2016», without the address, which a page sets apart."""
    writers = "، ".join(writer.name for writer in cited.writers)
    published = ""
    if cited.published:
        published = (day if len(cited.published) == 3 else month_year)(date_of(cited.published))
    parts = (writers, f"«{cited.headline.translate(_INNER)}»", cited.publisher, published)
    return "، ".join(part for part in parts if part)
