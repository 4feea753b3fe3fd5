"""What editors set by hand: noted field by field, so that no later reading changes it."""

from __future__ import annotations

from typing import Any

from archive.models import Correction, Story

from .draft import values_of_story


def note_corrections(story: Story, before: dict[str, Any], editor: Any = None) -> list[str]:
    """Notes every field of a story that is not what it was before an edit; returns their names.

    What the page said is kept beside a first correction; a second one leaves it as it is.
    """
    after = values_of_story(Story.objects.select_related("publisher", "section", "body").get(pk=story.pk))
    changed = [field for field in Correction.Field.values if before[field] != after[field]]
    for field in changed:
        Correction.objects.update_or_create(
            story=story,
            field=field,
            defaults={"editor": editor},
            create_defaults={"editor": editor, "extracted": before[field]},
        )
    return changed
