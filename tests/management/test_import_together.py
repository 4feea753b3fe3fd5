"""K6: two importers at the same dump at once are as good as one."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import FIXTURES
from tests.proofs.machines import machine


def test_two_imports_of_one_dump_at_once_leave_what_one_leaves(tmp_path: Path) -> None:
    dump = FIXTURES / "dumps"
    with machine(tmp_path / "alone") as alone, machine(tmp_path / "data") as one:
        alone.run("import_pages", dump, "--workers", 1)
        both = [one.start("import_pages", dump, "--workers", 1, "--json") for _ in range(2)]
        answers = [process.communicate(timeout=300) for process in both]
        assert [process.returncode for process in both] == [0, 0], answers
        balances = [json.loads(out) for out, _ in answers]
        assert {balance["seen"] for balance in balances} == {62}
        assert one.row_hashes() == alone.row_hashes() and one.store_hashes() == alone.store_hashes()
        assert one.run("check_fixity").returncode == one.run("doctor").returncode == 0
