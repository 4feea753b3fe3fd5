"""The rows: stories and what surrounds them, captures and where they came from."""

from .access import SignIn
from .captures import Capture, Companion, ImportRun, Outcome, Teaser
from .desk import Correction, HouseStyle, follow_house_style
from .digests import known_digests, still_known
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
    "Companion",
    "Correction",
    "Dateline",
    "FixityCheck",
    "FixityFinding",
    "HouseStyle",
    "ImportRun",
    "Outcome",
    "Picture",
    "Place",
    "Publisher",
    "RelatedLink",
    "Section",
    "SignIn",
    "Story",
    "Teaser",
    "known_digests",
    "still_known",
    "follow_house_style",
]
