"""Every kept page is read, and what is wrong is called by its name."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
import zstandard
from django.utils import timezone

from archive import payloads
from archive.models import Capture, FixityCheck, FixityFinding
from archive.preservation import check_fixity, repair
from tests.proofs.damage import harm
from tests.proofs.machines import Machine

from .conftest import Keep

pytestmark = pytest.mark.django_db


def path_of(digest: str) -> Path:
    return payloads.root() / payloads.path_of(digest)


def named(check: FixityCheck) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for finding in check.findings.all():
        found[finding.kind].add(finding.path)
    return dict(found)


def test_a_store_as_it_was_kept_is_well(keep: Keep) -> None:
    keep(30)
    check = check_fixity()
    assert (check.state, check.counts["read"], check.wrong) == ("done", 30, 0)
    assert not check.findings.exists()


def test_sixty_harms_are_all_named_rightly(keep: Keep) -> None:
    keep(150)
    done = harm(payloads.root())
    check = check_fixity()
    assert named(check) == done.as_dict()
    assert check.wrong == 60 and check.counts["read"] == 150 - 5


def test_of_a_swapped_page_the_other_is_told(keep: Keep) -> None:
    one, other, *_ = keep(5)
    path_of(one).write_bytes(path_of(other).read_bytes())
    (finding,) = check_fixity().findings.all()
    assert (finding.kind, finding.digest, finding.detail) == ("swapped", one, other)


def test_a_page_that_no_row_knows_is_no_swapped_one(keep: Keep) -> None:
    (digest,) = keep(1)
    path_of(digest).write_bytes(zstandard.compress("صفحة غريبة".encode()))
    assert check_fixity().findings.get().kind == "damaged"


@pytest.mark.parametrize("harmed", ["empty", "cut", "junk", "longer"])
def test_what_is_no_whole_frame_is_damaged(keep: Keep, harmed: str) -> None:
    (digest,) = keep(1, start=40)
    path, frame = path_of(digest), path_of(digest).read_bytes()
    path.write_bytes({"empty": b"", "cut": frame[:-3], "junk": b"<html>", "longer": frame + b"x"}[harmed])
    finding = check_fixity().findings.get()
    assert (finding.kind, finding.digest) == ("damaged", digest) and finding.detail


def test_an_empty_page_is_a_page_like_any_other(keep: Keep) -> None:
    keep(1)
    payloads.put(b"", payloads.digest_of(b""))
    Capture.objects.update(digest=payloads.digest_of(b""))
    assert named(check_fixity()).keys() == {"stray"}


def test_links_and_files_on_no_shelf_are_strays(keep: Keep, tmp_path: Path) -> None:
    digest, *_ = keep(3)
    path_of(digest).rename(tmp_path / "moved")
    path_of(digest).symlink_to(tmp_path / "moved")
    strays = ["notes.txt", "ab/notes.txt", "ab/cd/ef/deep.txt", f"00/00/{'f' * 64}.zst", ".new-x"]
    for name in strays:
        (payloads.root() / name).parent.mkdir(parents=True, exist_ok=True)
        (payloads.root() / name).touch()
    assert named(check_fixity()) == {
        "missing": {payloads.path_of(digest)},
        "stray": {*strays, payloads.path_of(digest)},
    }


def test_a_store_that_is_gone_is_all_missing(keep: Keep) -> None:
    keep(3)
    payloads.root().rename(payloads.root().with_name("gone"))
    assert check_fixity().counts == {"read": 0, "bytes": 0, "missing": 3}


def test_what_an_import_or_an_undoing_is_just_at_is_nothing_wrong(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, *_ = keep(4)
    row = Capture.objects.get(digest=first)
    row.delete()  # its page was kept, its row comes in the next moment
    path_of(second).unlink()  # its row goes in the next moment

    def meanwhile(check: FixityCheck) -> None:
        if check.findings.count() == 2:
            row.save(force_insert=True)
            Capture.objects.filter(digest=second).delete()

    check = check_fixity(progress=meanwhile)
    assert check.wrong == 0 and not check.findings.exists()


def test_a_stopped_check_goes_on_and_says_everything_once(keep: Keep) -> None:
    digests = sorted(keep(40))
    (payloads.root() / "notes.txt").touch()
    for digest in (digests[2], digests[-2]):
        path_of(digest).write_bytes(b"junk")
    asked = iter([False] * 10)
    check = check_fixity(stopping=lambda: next(asked, True))
    assert check.state == "interrupted" and 0 < check.counts["read"] < 40
    again = check_fixity()
    assert again.pk == check.pk and again.state == "done"
    assert again.counts["read"] == 40 and FixityFinding.objects.count() == 3 == again.wrong


def test_a_check_may_begin_anew(keep: Keep) -> None:
    keep(5)
    stopped = check_fixity(stopping=lambda: True)
    again = check_fixity(restart=True)
    stopped.refresh_from_db()
    assert stopped.state == "abandoned" and again.pk != stopped.pk and again.counts["read"] == 5


def test_only_what_came_in_lately_is_read_where_that_is_asked(keep: Keep) -> None:
    old = keep(3)
    path_of(old[0]).unlink()
    Capture.objects.update(created_at="2020-01-01T00:00Z")
    new = keep(2, start=10)
    path_of(new[0]).write_bytes(b"junk")
    check = check_fixity(since=timezone.now() - timedelta(days=1))
    assert named(check) == {"damaged": {payloads.path_of(new[0])}} and check.counts["read"] == 2


def test_two_checks_at_once_are_refused(keep: Keep) -> None:
    with payloads.locked(payloads.root().with_suffix(".fixity-lock")), pytest.raises(payloads.StoreBusy):
        check_fixity()


def test_good_copies_mend_what_is_wrong_and_bad_ones_nothing(keep: Keep, tmp_path: Path) -> None:
    digests = keep(8)
    copies = tmp_path / "copies" / "payloads"
    for digest in digests:
        (copies / payloads.path_of(digest)).parent.mkdir(parents=True, exist_ok=True)
        (copies / payloads.path_of(digest)).write_bytes(path_of(digest).read_bytes())
    done = harm(payloads.root(), flips=2, deletions=2, swaps=2, strays=1)
    bad = min(done.damaged)
    (copies / bad).write_bytes(b"junk as well")
    check = check_fixity()
    assert repair(check, tmp_path / "copies") == {"repaired": 5, "unrepaired": 1}
    assert check.wrong == 2 and check.findings.filter(repaired_at=None).count() == 2
    assert named(check_fixity()) == {"damaged": {bad}, "stray": done.stray}


def test_a_check_that_is_killed_goes_on_where_it_was(archive: Machine) -> None:
    kill = (
        "import os\nfrom archive.preservation import fixity\nfixity.SECONDS_BETWEEN_COMMITS = 0\n"
        "fixity.check_fixity(progress=lambda check: check.counts['read'] > 4 and os.kill(os.getpid(), 9))"
    )
    assert archive.python(kill).returncode == -9
    read = "from archive.models import FixityCheck as F\nprint(*F.objects.values_list('state', 'counts__read').first())"
    assert archive.python(read).stdout.split() == ["running", "5"]
    assert archive.run("check_fixity").returncode == 0
    assert archive.python(read).stdout.split() == ["done", str(len(archive.payload_files()))]


def test_a_finding_is_told_by_more_than_its_path(keep: Keep) -> None:
    (digest,) = keep(1)
    os.truncate(path_of(digest), 5)
    assert str(check_fixity().findings.get()) == f"تالفة: {payloads.path_of(digest)}"
