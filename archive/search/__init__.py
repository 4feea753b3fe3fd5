"""Finding stories: what the rest of the house may ask of the index."""

from .engine import IndexMissing
from .highlight import Fragment, highlight
from .indexing import IndexGaps, IndexStatus, index_gaps, index_pending, index_status, rebuild_index
from .related import Related, related_stories
from .stories import DEEPEST, FacetValue, Hit, SearchRequest, SearchResults, search_stories

__all__ = [
    "DEEPEST",
    "FacetValue",
    "Fragment",
    "Hit",
    "IndexGaps",
    "IndexMissing",
    "IndexStatus",
    "Related",
    "SearchRequest",
    "SearchResults",
    "highlight",
    "index_gaps",
    "index_pending",
    "index_status",
    "rebuild_index",
    "related_stories",
    "search_stories",
]
