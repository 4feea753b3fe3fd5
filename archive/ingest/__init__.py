"""From dumps to rows: read, parse, store, date, index."""

from .run import NOT_TAKEN, Interrupted, Report, Stopped, import_dumps

__all__ = ["NOT_TAKEN", "Interrupted", "Report", "Stopped", "import_dumps"]
