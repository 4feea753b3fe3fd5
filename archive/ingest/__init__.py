"""From dumps to rows: read, parse, store, date, index."""

from .publishers import known_publishers
from .run import NOT_TAKEN, Interrupted, Report, Stopped, import_dumps

__all__ = ["NOT_TAKEN", "Interrupted", "Report", "Stopped", "import_dumps", "known_publishers"]
