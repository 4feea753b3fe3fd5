"""Stories and tables as files to take away: one module a format, all streamed."""

from .bibtex import bibtex
from .citation import Citation, citation, one_line
from .csl import csl_json
from .footnote import footnote
from .linked import news_article
from .pages import Written, write_pages
from .records import full_record, walk
from .ris import ris
from .sheet import csv_rows
from .stories import COLUMNS, HEADS, story_record

__all__ = [
    "COLUMNS",
    "HEADS",
    "Citation",
    "Written",
    "bibtex",
    "citation",
    "csl_json",
    "csv_rows",
    "footnote",
    "full_record",
    "news_article",
    "one_line",
    "ris",
    "story_record",
    "walk",
    "write_pages",
]
