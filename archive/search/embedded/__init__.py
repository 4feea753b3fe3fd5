"""The embedded engine: a tantivy index in a folder, no server."""

from .engine import EmbeddedEngine
from .schema import FORMAT

__all__ = ["FORMAT", "EmbeddedEngine"]
