"""The rows: stories and what surrounds them, captures and where they came from."""

from .captures import Capture, Companion, ImportRun, Outcome, Teaser
from .desk import Correction
from .stories import (
    Author,
    Body,
    Byline,
    Dateline,
    Picture,
    Place,
    Publisher,
    RelatedLink,
    Section,
    Story,
)

__all__ = [
    "Author",
    "Body",
    "Byline",
    "Capture",
    "Companion",
    "Correction",
    "Dateline",
    "ImportRun",
    "Outcome",
    "Picture",
    "Place",
    "Publisher",
    "RelatedLink",
    "Section",
    "Story",
    "Teaser",
]
