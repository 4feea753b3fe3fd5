"""Finding stories: what the rest of the house may ask of the index."""

from .batch import LONGEST_PHRASE, MOST_QUESTIONS, BatchTable, Column, Row, Split, as_phrase, ask_many
from .engine import IndexMissing, generation
from .highlight import Fragment, highlight
from .indexing import IndexGaps, IndexStatus, forget_stories, index_gaps, index_pending, index_status, rebuild_index
from .nothing import Coverage, Nothing, Way, why_nothing
from .related import Related, related_stories
from .spelling import Correction, corrections
from .stories import DEEPEST, FacetValue, Hit, SearchRequest, SearchResults, search_stories
from .suggest import Suggestion, suggestions

__all__ = [
    "BatchTable",
    "Column",
    "Correction",
    "Coverage",
    "DEEPEST",
    "FacetValue",
    "Fragment",
    "Hit",
    "IndexGaps",
    "IndexMissing",
    "IndexStatus",
    "LONGEST_PHRASE",
    "MOST_QUESTIONS",
    "Nothing",
    "Related",
    "Row",
    "SearchRequest",
    "SearchResults",
    "Split",
    "Suggestion",
    "Way",
    "as_phrase",
    "ask_many",
    "corrections",
    "generation",
    "forget_stories",
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
