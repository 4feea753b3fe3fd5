"""Search at ten thousand, a hundred thousand and a million stories, beside Lucene on the same texts in the same run.

    make bench-million BENCH_ARGS="--articles ARTICLES.jsonl.gz [--sizes 10000 100000 1000000] [--keep FOLDER]"

An archive of rows is made (stories put together from sentences of the articles, one writer and place each), its
index built by `rebuild_index`, then asked: the engine alone, whole pages through Django, suggestions, and 500 questions
at once. Lucene has bodies, headlines, two facets; ours seven fields, six facets. A million take 12 GB and half an hour.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=Path, help="JSON Lines with title, content, source (default: the samples)")
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--keep", type=Path, help="where the archives are made and left")
    options.add_argument("--lucene", type=Path, help="where Lucene is put (default: a temporary folder)")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-million-") as scratch:
        folder = chosen.keep or Path(scratch)
        for size in chosen.sizes:
            home = folder / str(size)
            home.mkdir(parents=True, exist_ok=True)
            lib = chosen.lucene or folder / "lib"
            command = [
                sys.executable,
                "-m",
                "tests.benchmarks.million_size",
                str(size),
                str(chosen.articles or ""),
                lib,
            ]
            subprocess.run(command, check=True, env=os.environ | {"DATA_DIR": str(home)})


if __name__ == "__main__":
    main()
