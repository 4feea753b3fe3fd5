"""From dumps to rows: read, parse, store, date, index."""

from .run import Interrupted, Report, import_dumps

__all__ = ["Interrupted", "Report", "import_dumps"]
