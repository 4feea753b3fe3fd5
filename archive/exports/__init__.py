"""Stories and tables as files to take away: one module a format, all streamed."""

from .sheet import csv_rows
from .stories import COLUMNS, story_record

__all__ = ["COLUMNS", "csv_rows", "story_record"]
