"""The publishers that this archive knows: those that come with Warraq, and its own in DATA_DIR/publishers/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.db.models import Q

from archive.models import Publisher
from archive.parsing import SHIPPED, BadPublisher, Catalogue, order_by, read_catalogue
from archive.parsing.orders import ENOUGH


def learnt_publishers() -> Catalogue:
    """All of them, with the order of credit lines that the archive's stories have shown."""
    seen = Publisher.objects.filter(Q(place_first__gte=ENOUGH) | Q(name_first__gte=ENOUGH))
    rows = seen.values_list("slug", "place_first", "name_first")
    orders = {slug: order for slug, *counts in rows if (order := order_by(*counts))}
    return known_publishers() + Catalogue(orders=orders)


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
