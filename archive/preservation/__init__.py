"""Keeping what came in: fixity, backup and restore, health."""

from .backups import KEPT, Refused, backup, last_backup
from .database import DatabaseTrouble
from .fixity import check_fixity, last_check
from .health import Finding, Level, findings
from .manifest import BadBackup
from .repair import repair, store_in
from .restoring import Backup, NotEmpty, Unfinished, restore, verify

__all__ = [
    "KEPT",
    "BadBackup",
    "Backup",
    "DatabaseTrouble",
    "Finding",
    "Level",
    "NotEmpty",
    "Unfinished",
    "Refused",
    "backup",
    "check_fixity",
    "findings",
    "last_backup",
    "last_check",
    "repair",
    "restore",
    "store_in",
    "verify",
]
