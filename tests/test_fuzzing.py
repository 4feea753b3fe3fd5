"""A few items of every trial; `python -m tests.benchmarks.fuzz --what …` tries them by the hour."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.containers import BREAKS, FORMS, broken_dump
from tests.benchmarks.gold import PAIRS
from tests.benchmarks.inertness import faults, sheet_faults
from tests.benchmarks.trials import TRIALS

HOSTILE = Path(__file__).resolve().parents[1] / "fixtures" / "hostile" / "page.html"
FEW = [PAIRS / "almaghribtoday", PAIRS / "forms" / "body"]


@pytest.mark.filterwarnings("ignore:Duplicate name")  # a zip file may hold one twice
@pytest.mark.parametrize("what", ["dumps", "dates", "bylines", "replay"])
def test_nothing_broken_breaks_its_reader(what: str, tmp_path: Path) -> None:
    trial = TRIALS[what](FEW, tmp_path)
    for number in range(40):
        if look := trial.run(trial.item(f"test:{number}")):
            look()


def test_the_same_seed_makes_the_same_dump() -> None:
    assert broken_dump([b"<html>"], "x") == broken_dump([b"<html>"], "x") != broken_dump([b"<html>"], "y")
    assert len(BREAKS) == len(set(BREAKS)) and all(broken_dump([b"<html>"], str(n))[0] in FORMS for n in range(9))


def test_the_look_at_written_pages_finds_what_may_not_be_there() -> None:
    found = "\n".join(faults(HOSTILE.read_text(encoding="utf-8")))
    for one in ("<script>", "<iframe>", "<base>", "onerror", "http-equiv", "url ELSEWHERE", "formaction"):
        assert one in found, one


@pytest.mark.parametrize(
    "sheet",
    [
        "a{b:url(//far)}", "a{b:URL( '//far' )}", "a{b:u\\72l(//far)}", "@import '//far';", "@\\69mport url(//far)",
        "a{b:image-set('//far' 1x)}", "/**/a{b:/**/url(//far)", "a{b:'x\n;c:url(//far)}", "a{b:-webkit-cross-fade(x)}",
    ],
)  # fmt: skip
def test_an_address_elsewhere_in_a_sheet_is_found(sheet: str) -> None:
    assert list(sheet_faults(sheet))


@pytest.mark.parametrize(
    "sheet", ["a{b:'url(//far)'}", "/*url(//far)*/", "a{b:url(#x)}", "a{b:url('/companion/7/')}", "a{b:xurl(//far)}"]
)
def test_a_harmless_sheet_is_let_pass(sheet: str) -> None:
    assert not list(sheet_faults(sheet))
