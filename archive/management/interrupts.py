"""Ctrl-C and SIGTERM as a question that work asks between two steps."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

INTERRUPTED = 130
"""Exit code of a command that was stopped."""


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Whether somebody asked to stop. An exception raised by a handler might be lost in whatever is just going on;
    only who asks twice gets one."""
    asked = False

    def stop(signum: int, frame: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
