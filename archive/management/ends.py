"""How commands end before their end: stopped by a signal between two steps of their work, or with a word of why."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from django.core.management.base import BaseCommand

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


class StoppingCommand(BaseCommand):
    def stop(self, code: int, why: str) -> NoReturn:
        """Says why in the archive's language, without a word of Django's, and ends."""
        self.stderr.write(why)
        sys.exit(code)
