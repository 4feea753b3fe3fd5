"""How what a page says meets a story that is there already. An editor's correction is never touched."""

from __future__ import annotations

from typing import Any

from archive.arabic import key
from archive.models import Body, Correction, Story

from .dating import DATE_FIELDS
from .draft import EMPTY, FIELDS, PARTS, Draft, values_of_draft


def update(story: Story, draft: Draft) -> bool:
    """Merges a capture into its story; whether anything changed.

    The page saved last speaks: an older capture only fills what is empty, and nothing that is empty overwrites what
    is not.
    """
    newer = draft.fields["captured_at"] >= story.captured_at
    held = _held(story)
    fields = {
        name: draft.fields[name]
        for name in FIELDS
        if draft.fields[name] not in EMPTY and (newer or getattr(story, name) in EMPTY)
    }
    has_date = draft.fields["published_on"] is not None
    if has_date and (newer or story.published_on is None or story.date_source == "teaser"):
        fields |= {name: draft.fields[name] for name in DATE_FIELDS}
    kept = {name: _rows(story, name) for name in PARTS} if not newer else {}
    parts = {name: rows for name, rows in draft.parts.items() if rows and not kept.get(name)}
    changed = _write(story, fields, draft.body if newer else None, parts, held)
    if newer:
        story.captured_at = draft.fields["captured_at"]
        _say_beside(held, draft)
    if changed or newer:
        story.save()
    return changed


def settle(story: Story, draft: Draft) -> bool:
    """Makes a story what today's reading of all its captures says, empty fields too; whether anything changed."""
    held = _held(story)
    names = ["publisher", "canonical_url", "url_key", "fingerprint", *FIELDS]
    fields = {name: draft.fields[name] for name in names}
    if draft.fields["published_on"] is not None or story.date_source != "teaser":
        fields |= {name: draft.fields[name] for name in DATE_FIELDS}
    changed = _write(story, fields, draft.body, draft.parts, held)
    story.captured_at = draft.fields["captured_at"]
    _say_beside(held, draft)
    story.save()
    return changed


def _write(
    story: Story,
    fields: dict[str, Any],
    body: str | None,
    parts: dict[str, list[dict[str, Any]]],
    held: dict[str, Correction],
) -> bool:
    changed = False
    for name, value in fields.items():
        field = "published_at" if name in DATE_FIELDS else name
        if field not in held and getattr(story, name) != value:
            setattr(story, name, value)
            changed = True
    if body is not None and "body" not in held and body != story.body.text:
        story.body.text, story.body.word_count = body, len(body.split())
        Body.objects.filter(story=story).update(text=body, word_count=story.body.word_count)
        changed = True
    for name, rows in parts.items():
        if name not in held and rows != _rows(story, name):
            model, _ = PARTS[name]
            model._default_manager.filter(story=story).delete()
            model._default_manager.bulk_create([model(story=story, position=n, **row) for n, row in enumerate(rows)])
            changed = True
    if changed:
        story.headline_key, story.indexed = key(story.headline)[:300], False
    return changed


def _rows(story: Story, name: str) -> list[dict[str, Any]]:
    model, columns = PARTS[name]
    return list(model._default_manager.filter(story=story).order_by("position").values(*columns))


def _held(story: Story) -> dict[str, Correction]:
    """Corrections by field."""
    return {correction.field: correction for correction in story.corrections.all()}


def _say_beside(held: dict[str, Correction], draft: Draft) -> None:
    """Keeps what the page says beside what the editor set."""
    values = values_of_draft(draft) if held else {}
    for field, correction in held.items():
        if correction.extracted != values[field]:
            correction.extracted = values[field]
            Correction.objects.filter(pk=correction.pk).update(extracted=values[field])
