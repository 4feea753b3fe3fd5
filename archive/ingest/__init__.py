"""From dumps to rows: read, parse, store, date, index."""

from .corrections import note_corrections
from .draft import values_of_story
from .publishers import known_publishers
from .reparse import Change, captures_to_read, reparse
from .run import NOT_TAKEN, Interrupted, Report, Stopped, import_dumps
from .undo import Undone, undo_import

__all__ = [
    "NOT_TAKEN",
    "Change",
    "Interrupted",
    "Report",
    "Stopped",
    "Undone",
    "captures_to_read",
    "import_dumps",
    "known_publishers",
    "note_corrections",
    "reparse",
    "undo_import",
    "values_of_story",
]
