"""Arabic as it is written in newspapers: spelling, words, stems and dates. Pure: no Django, no files but its data."""

from .analysis import ANALYSIS_VERSION, Token, analyse
from .dates import PrintedDate, find_date, parse_date
from .orthography import bare, fold, key, squeeze
from .places import is_place

__all__ = [
    "ANALYSIS_VERSION",
    "PrintedDate",
    "Token",
    "analyse",
    "bare",
    "find_date",
    "fold",
    "is_place",
    "key",
    "parse_date",
    "squeeze",
]
