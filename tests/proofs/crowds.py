"""S7: fifty clients at once ask the server what costs it most."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from .machines import REPOSITORY, machine
from .pages import write_pages

CLIENTS, EACH = 50, 4
QUERIES = (
    "ا* ب* ت* ث* ج* ح* خ* د* ذ* ر*",
    " أو ".join(f"({'قال ' * 8})~50" for _ in range(12)),
    "(" * 300 + "القطار" + ")" * 300,
    "«" + "قال الوزير إن " * 60 + "»",
    " ".join(f"-كلمة{number}" for number in range(120)),
    "و" * 990,
    "*",
    "%00" * 300,
)


def crowd(folder: Path) -> Iterator[tuple[str, object, object]]:
    """S7"""
    with machine(folder / "s7") as one:
        one.run("collectstatic", "--noinput", "-v0")
        one.run("import_pages", write_pages(folder / "s7.zip", 1000), "--json")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        words = "-m granian --interface wsgi --log-level warning --blocking-threads 4 --host 127.0.0.1 --port".split()
        server = subprocess.Popen(
            [sys.executable, *words, str(port), "archive.wsgi:application"], cwd=REPOSITORY, env=one.environment
        )
        try:
            for _ in range(300):
                with suppress(OSError):
                    if _ask(port, "/healthz")[0] == 200:
                        break
                time.sleep(0.2)
            with ThreadPoolExecutor(CLIENTS) as clients:
                paths = [
                    f"/{page}?{urllib.parse.urlencode({'q': QUERIES[number % len(QUERIES)], 'copies': 'all'})}"
                    for number in range(CLIENTS * EACH)
                    for page in (("search/", "api/search")[number % 2],)
                ]
                answers = list(clients.map(lambda path: _ask(port, path), paths))
            statuses = Counter(status for status, _ in answers)
            yield (
                f"answers to {len(paths)} expensive queries of {CLIENTS} clients at once",
                {200: len(paths)},
                dict(statuses),
            )
            times = sorted(seconds for _, seconds in answers)
            print(f"| half of them within, the slowest | | {times[len(times) // 2]:.1f} s, {times[-1]:.1f} s | |")
            yield "the server answers afterwards", 200, _ask(port, "/")[0]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def _ask(port: int, path: str) -> tuple[int, float]:
    started = time.monotonic()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=300) as answer:
            answer.read()
            return answer.status, time.monotonic() - started
    except urllib.error.HTTPError as error:
        return error.code, time.monotonic() - started
