"""Reading pages in worker processes: whatever a page does to its reader, it ends in one answer."""

from __future__ import annotations

import resource
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from types import FrameType

from archive.dumps import Page, Rejection

from .article import Article
from .parse import parse_page
from .publisher import Catalogue
from .publishers import SHIPPED

SECONDS_A_PAGE = 20
MEMORY_A_WORKER = 2**30
"""Bytes. The longest page that is read may need as much; only pages of nothing but tags want more."""


class TooHeavy(Exception):
    """A page takes longer than any honest page does."""


def parse_safely(page: Page, catalogue: Catalogue = SHIPPED) -> Article | Rejection:
    """`parse_page` with a limit on time; a fault of ours is a rejection with its name, not the end of an import."""
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGALRM, _too_heavy) if timed else None
    try:
        try:
            if timed:
                signal.setitimer(signal.ITIMER_REAL, SECONDS_A_PAGE)
            return parse_page(page, catalogue)
        finally:
            if timed:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
    except TooHeavy:
        return Rejection("too-heavy", f"more than {SECONDS_A_PAGE} seconds to read", page.locator, page)
    except MemoryError:
        return Rejection("too-heavy", "more memory to read than a page may have", page.locator, page)
    except RecursionError:
        return Rejection("too-heavy", "nested too deeply to read", page.locator, page)
    except Exception as error:
        return Rejection("parser-error", f"{type(error).__name__}: {error}", page.locator, page)


def serve(pipe: Connection, catalogue: Catalogue) -> None:
    """A worker's life: says that it is there, then answers lists of pages in their order until nobody asks any more.

    Ctrl-C goes to every process of a terminal, but the parent decides.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)  # the system's own limit may be lower
    own = MEMORY_A_WORKER if most == resource.RLIM_INFINITY else min(MEMORY_A_WORKER, most)
    resource.setrlimit(resource.RLIMIT_DATA, (own, most))
    with suppress(EOFError, OSError):  # the parent is gone
        pipe.send(None)
        while True:
            pages: list[Page] = pipe.recv()
            pipe.send([parse_safely(page, catalogue) for page in pages])


def _too_heavy(signum: int, frame: FrameType | None) -> None:
    raise TooHeavy
