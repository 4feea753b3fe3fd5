"""A store with pages and the rows that know them, and whole archives that commands work on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive import payloads
from archive.models import Capture
from tests.conftest import FIXTURES
from tests.proofs.machines import Machine, machine

Keep = Callable[..., list[str]]


@pytest.fixture
def keep(db: None) -> Keep:
    """Keeps invented pages with their rows; gives their digests."""

    def keep(count: int, start: int = 0) -> list[str]:
        rows = []
        for number in range(start, start + count):
            content = f"<h1>صفحة رقم {number}</h1>{'سطر من نصها. ' * (number % 50)}{number * 7919}".encode()
            digest = payloads.digest_of(content)
            payloads.put(content, digest)
            rows.append(
                Capture(
                    key=f"{number:064}", digest=digest, size=len(content), captured_at="2024-01-01T00:00Z",
                    outcome="rejected", code="no-body",
                )
            )  # fmt: skip
        Capture.objects.bulk_create(rows)
        return [row.digest for row in rows]

    return keep


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """An archive on a machine of its own, with one sample dump."""
    with machine(tmp_path_factory.mktemp("machine") / "data") as one:
        answer = one.run("import_pages", FIXTURES / "dumps" / "annakhla.zip", "--workers", 1)
        assert answer.returncode == 0, answer.stderr
        yield one


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Machine]:
    """Another machine, with nothing on it."""
    with machine(tmp_path / "elsewhere", migrated=False) as one:
        yield one
