"""Arabic as it is written in newspapers: spelling, words, stems and dates. Pure: no Django, no files but its data."""

from .analysis import ANALYSIS_VERSION, WORD, Terms, Token, analyse, terms, words
from .copies import ALIKE, bands_of, likeness
from .dates import PrintedDate, find_date, parse_date
from .indexed import Indexed, Texts, index_text, index_texts, pairs_of
from .keyboard import other_layout
from .orthography import INVISIBLE, bare, fold, key, squeeze
from .places import is_place

__all__ = [
    "ALIKE",
    "Indexed",
    "Texts",
    "bands_of",
    "index_text",
    "index_texts",
    "likeness",
    "ANALYSIS_VERSION",
    "INVISIBLE",
    "WORD",
    "PrintedDate",
    "Terms",
    "Token",
    "analyse",
    "bare",
    "find_date",
    "fold",
    "is_place",
    "key",
    "other_layout",
    "pairs_of",
    "parse_date",
    "squeeze",
    "terms",
    "words",
]
