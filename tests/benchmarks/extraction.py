"""How right and how fast pages are read, beside other extractors on the same pages in the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from .gold import COLUMNS, Gold, Tally, load, score

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv-bench"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
UV = Path(sys.executable).with_name("uv")
ROUNDS = 5


def measure_extraction(gold_file: Path | None) -> None:
    pages = load(gold_file)
    tallies: dict[str, Tally] = defaultdict(Tally)
    seconds: dict[str, float] = defaultdict(float)
    for page in pages:
        said, ours, bare = _ours(page)
        seconds["Warraq"] += ours
        seconds["bare lxml parse"] += bare
        _add(tallies["Warraq"], page, said)
    for name, at, said in _peers(pages):
        seconds[name] += said.pop("seconds")
        _add(tallies[name], pages[at], said)
    sets = [*dict.fromkeys(page.set for page in pages), "all"]
    for name in sets:
        count = len(pages) if name == "all" else sum(page.set == name for page in pages)
        print(f"| {name}, {count} pages | {' | '.join(COLUMNS)} | × bare lxml |")
        print("|" + "---|" * (len(COLUMNS) + 2))
        for extractor, tally in tallies.items():
            cells = [tally.cell(name, column) for column in COLUMNS]
            ratio = f"{seconds[extractor] / seconds['bare lxml parse']:.1f}" if name == "all" else ""
            print(f"| {extractor} | {' | '.join(cells)} | {ratio} |")
        print()


def _add(tally: Tally, page: Gold, said: dict[str, Any]) -> None:
    scores = score(page.truth, said)
    tally.add(page.set, scores)
    tally.add("all", scores)


def _ours(gold: Gold) -> tuple[dict[str, Any], float, float]:
    """What we say of a page, and the seconds that it and a bare parse of its bytes took, best of some rounds."""
    from archive.management.commands.extract_pages import as_record
    from archive.parsing import parse_page

    page = gold.page()
    ours = bare = 9e9
    for _ in range(ROUNDS):
        bare = min(bare, _seconds(lambda: etree.fromstring(page.content, etree.HTMLParser(huge_tree=True))))
        ours = min(ours, _seconds(lambda: parse_page(page)))
    return as_record(parse_page(page), ""), ours, bare


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peers(pages: list[Gold]) -> list[tuple[str, int, dict[str, Any]]]:
    """(extractor, place of the page, what it says) for every extractor that can be installed apart from the project."""
    python = ENVIRONMENT / "bin" / "python"
    marker = ENVIRONMENT / ".installed"
    if not marker.exists():
        print(f"installing {REQUIREMENTS.name} into {ENVIRONMENT.name}", file=sys.stderr)
        try:
            subprocess.run([UV, "venv", "-q", "--clear", "--python", sys.executable, ENVIRONMENT], check=True)
            subprocess.run([UV, "pip", "install", "-q", "--python", python, "-r", REQUIREMENTS], check=True)
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"other extractors could not be installed, so they are left out: {error}", file=sys.stderr)
            return []
        marker.touch()
    asked = "\n".join(json.dumps({"path": str(p.path), "gzip": p.path.suffix == ".gz"}) for p in pages)
    command = [python, Path(__file__).with_name("peers.py")]
    quiet = {"stderr": subprocess.DEVNULL, "env": os.environ | {"PYTHONWARNINGS": "ignore"}}
    told = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True, **quiet).stdout  # type: ignore[call-overload]
    return [(row.pop("peer"), row.pop("at"), row) for row in map(json.loads, told.splitlines())]
