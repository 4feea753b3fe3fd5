"""Lucene with its ArabicAnalyzer, installed apart, for the same documents and questions."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Lucene(NamedTuple):
    program: Path
    folder: Path

    @classmethod
    def make(
        cls, folder: Path, documents: Iterable[Sequence[object]], lib: Path, fields: str = "body"
    ) -> tuple[Lucene, str]:
        """An index of rows (id, headline, body, publisher, year), and what Lucene says of making it. Raises
        CalledProcessError where it cannot be installed (no JDK of version 21)."""
        made = subprocess.run([HERE / "install.sh", lib], check=True, capture_output=True, text=True)
        program = Path(made.stdout.split()[-1])
        rows = folder / "docs.tsv"
        with rows.open("w", encoding="utf-8") as out:
            for document in documents:
                out.write("\t".join(" ".join(str(value).split()) for value in document) + "\n")
        index = folder / "lucene"
        said = subprocess.run(
            [program, "index", rows, index, "--fields", "headline,body"], check=True, capture_output=True, text=True
        )
        rows.unlink()
        return cls(program, index), said.stdout

    def search(self, questions: list[str], *options: str) -> list[tuple[float, list[int]]]:
        """(milliseconds, ids) of each question."""
        asked = self.folder.parent / "questions.txt"
        asked.write_text("".join(f"{question}\n" for question in questions), encoding="utf-8")
        command = [self.program, "search", self.folder, asked, "--warm", "--repeat", "3", *options]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        rows = [line.split("\t") for line in told.splitlines()]
        return [(float(row[0]), [int(one) for one in row[2].split(",") if one]) for row in rows]
