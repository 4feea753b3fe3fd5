"""Workers that a page can end or hold up as no alarm can help; without Django, which a worker never loads."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection

from archive.parsing import Catalogue
from archive.parsing.safely import parse_safely


def bad_serve(pipe: Connection, catalogue: Catalogue) -> None:
    pipe.send(None)
    while True:
        pages = pipe.recv()
        for page in pages:
            if "يقتل".encode() in page.content:
                os.kill(os.getpid(), signal.SIGKILL)
            if "يعلق".encode() in page.content:
                time.sleep(60)
        pipe.send([parse_safely(page, catalogue) for page in pages])


def absent_serve(pipe: Connection, catalogue: Catalogue) -> None:
    """A worker that ends before it can say that it is there."""
