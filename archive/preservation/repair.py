"""Good copies put in the place of bad ones: out of another store, or a backup. Strays are left where they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from django.utils import timezone

from archive import payloads
from archive.models import FixityCheck, FixityFinding

Kind = FixityFinding.Kind


def store_in(folder: Path) -> Path:
    """The store that a folder is, or that a backup or a DATA_DIR holds."""
    return folder / "payloads" if (folder / "payloads").is_dir() else folder


def repair(check: FixityCheck, source: Path) -> Counter[str]:
    """Mends what a check found, with copies that are good themselves; `repaired`, and of `unrepaired` how many.

    A page that is mended is taken out of the check's counts; the finding stays, with the moment of its repair.
    """
    done: Counter[str] = Counter()
    store, copies = payloads.root(), store_in(source)
    wanted = check.findings.exclude(kind=Kind.STRAY).filter(repaired_at=None)
    for finding in wanted.order_by("pk").iterator(chunk_size=500):
        try:
            payloads.copy_frame(copies / finding.path, store / finding.path, finding.digest)
        except (OSError, payloads.DamagedPayload):
            done["unrepaired"] += 1
            continue
        FixityFinding.objects.filter(pk=finding.pk).update(repaired_at=timezone.now())
        check.counts[finding.kind] -= 1
        done["repaired"] += 1
    check.counts["repaired"] = done["repaired"]
    check.save(update_fields=["counts"])
    return done
