"""CSL-JSON, which citation styles are set from."""

from __future__ import annotations

import json
from typing import Any

from .citation import Citation


def csl_json(cited: Citation) -> str:
    """A list of one, as reference managers import it."""
    return json.dumps([csl_item(cited)], ensure_ascii=False, indent=2) + "\n"


def csl_item(cited: Citation) -> dict[str, Any]:
    saved = cited.saved_on
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": cited.headline,
        "author": [
            {"family": writer.family, "given": writer.given} if writer.family else {"literal": writer.name}
            for writer in cited.writers
        ],
        "container-title": cited.publisher,
        "section": cited.section,
        "issued": {"date-parts": [list(cited.published)]} if cited.published else None,
        "abstract": cited.summary,
        "language": cited.language,
        "URL": cited.url,
        "accessed": {"date-parts": [[saved.year, saved.month, saved.day]]},
        "archive": cited.archive,
        "note": cited.original,
    }
    return {name: value for name, value in item.items() if value}
