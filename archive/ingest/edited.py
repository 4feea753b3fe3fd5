"""What editors' hands have touched: no undoing takes it away."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from archive.models import Body, Byline, Capture, Dateline, Picture, RelatedLink, Story

_READ_FROM_PAGES = (Body, Byline, Capture, Dateline, Picture, RelatedLink, Story)
"""Tables that point at stories and are filled by readings; any other that does is editors' work."""


def edited_stories(stories: list[int]) -> dict[int, str]:
    """Those among some stories that an editor has worked on, each with what was done."""
    found: dict[int, str] = {}
    for story in logged(Story, stories):
        found[story] = _("عدّله محرر")
    for hidden in Story.objects.filter(pk__in=stories, hidden=True).values_list("pk", flat=True):
        found[hidden] = _("أخفاه محرر")
    for table, name in _tables_of_editors():
        rows = table._base_manager.filter(**{f"{name}__in": stories})
        for story in rows.values_list(name, flat=True).distinct():
            found[story] = str(table._meta.verbose_name)
    return found


def logged(model: type[models.Model], numbers: list[int]) -> set[int]:
    """Those among some rows whose change the admin's log names."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=[str(number) for number in numbers])
    return {int(number) for number in entries.values_list("object_id", flat=True) if number}


def _tables_of_editors() -> Iterator[tuple[type[models.Model], str]]:
    for relation in Story._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in _READ_FROM_PAGES:
            yield relation.related_model, relation.field.name
