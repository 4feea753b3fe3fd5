"""The publishers that this archive knows: those that come with Warraq, and its own in DATA_DIR/publishers/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from archive.parsing import SHIPPED, BadPublisher, Catalogue, read_catalogue


def known_publishers() -> Catalogue:
    """All of them; the archive's own speak before Warraq's. Raises BadPublisher, which names the file."""
    catalogue = SHIPPED
    for path in _own_files():
        try:
            catalogue += read_catalogue(path.read_text(encoding="utf-8"))
        except (BadPublisher, OSError, UnicodeDecodeError) as error:
            raise BadPublisher(f"{path}: {error}") from error
    return catalogue


def _own_files() -> list[Path]:
    return sorted((settings.DATA_DIR / "publishers").glob("*.toml"))


@register
def check_publishers(**_: Any) -> list[Error]:
    """For `manage.py check`: publisher files that cannot be used."""
    try:
        known_publishers()
    except BadPublisher as error:
        return [Error(str(error), hint="docs/adding.md tells what a publisher file holds.", id="archive.E001")]
    return []
