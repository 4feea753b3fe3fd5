"""The rows: stories and what surrounds them, captures and where they came from."""

from .captures import Capture, ImportRun, Outcome, Teaser
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
