"""Finding stories: what the rest of the house may ask of the index."""

from .highlight import Fragment, highlight
from .indexing import IndexGaps, IndexStatus, index_gaps, index_pending, index_status, rebuild_index
from .nothing import Coverage, Nothing, Way, why_nothing
from .related import Related, related_stories
from .spelling import Correction, corrections
from .stories import FacetValue, Hit, SearchRequest, SearchResults, search_stories
from .suggest import Suggestion, suggestions

__all__ = [
    "Correction",
    "Coverage",
    "Nothing",
    "Suggestion",
    "Way",
    "FacetValue",
    "Fragment",
    "Hit",
    "IndexGaps",
    "IndexStatus",
    "Related",
    "SearchRequest",
    "SearchResults",
    "corrections",
    "highlight",
    "index_gaps",
    "index_pending",
    "index_status",
    "rebuild_index",
    "related_stories",
    "search_stories",
    "suggestions",
    "why_nothing",
]
