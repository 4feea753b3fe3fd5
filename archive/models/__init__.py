"""The rows: stories and what surrounds them, captures and where they came from."""

from .captures import Capture, ImportRun, Outcome, Teaser
from .desk import Correction
from .digests import digests_of, known_digests, still_known
from .preservation import FixityCheck, FixityFinding
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
    "Correction",
    "Dateline",
    "FixityCheck",
    "FixityFinding",
    "ImportRun",
    "Outcome",
    "Picture",
    "Place",
    "Publisher",
    "RelatedLink",
    "Section",
    "Story",
    "Teaser",
    "digests_of",
    "known_digests",
    "still_known",
]
