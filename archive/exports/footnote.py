"""A citation as a footnote of a newspaper or study has it, in the language of the page around it."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from archive.templatetags.dates import day, month_year

from .citation import Citation, date_of

_INNER = {"ar": str.maketrans("«»", "“”"), "en": str.maketrans("“”", "‘’")}


def footnote(cited: Citation) -> tuple[str, ...]:
    """The parts of «كاتب، «عنوان»، صحيفة، 12 مارس 2016», for on an English page each runs its own way."""
    writers = gettext("، ").join(writer.name for writer in cited.writers)
    published = ""
    if cited.published:
        published = (day if len(cited.published) == 3 else month_year)(date_of(cited.published))
    inner = _INNER.get(get_language() or "ar", {})
    headline = gettext("«%(words)s»") % {"words": cited.headline.translate(inner)}
    parts = (writers, headline, cited.publisher, published)
    return tuple(part for part in parts if part)
