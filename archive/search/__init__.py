"""Finding stories: what the rest of the house may ask of the index."""

from .batch import LONGEST_PHRASE, MOST_QUESTIONS, BatchTable, Column, Row, Split, as_phrase, ask_many
from .engine import IndexMissing
from .highlight import Fragment, highlight
from .indexing import IndexGaps, IndexStatus, index_gaps, index_pending, index_status, rebuild_index
from .related import Related, related_stories
from .stories import DEEPEST, FacetValue, Hit, SearchRequest, SearchResults, search_stories

__all__ = [
    "DEEPEST",
    "LONGEST_PHRASE",
    "MOST_QUESTIONS",
    "BatchTable",
    "Column",
    "FacetValue",
    "Fragment",
    "Hit",
    "IndexGaps",
    "IndexMissing",
    "IndexStatus",
    "Related",
    "Row",
    "SearchRequest",
    "SearchResults",
    "Split",
    "as_phrase",
    "ask_many",
    "highlight",
    "index_gaps",
    "index_pending",
    "index_status",
    "rebuild_index",
    "related_stories",
    "search_stories",
]
