"""Who may do what: four groups. What each may is given by migrations, once, so that an admin's own changes stay."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

GROUPS = {
    "reader": gettext_noop("القراء"),
    "editor": gettext_noop("المحررون"),
    "importer": gettext_noop("مسؤولو الاستيراد"),
    "admin": gettext_noop("المديرون"),
}
"""As the rows have them; the desk shows them in the language of the archive."""


def give(apps: Any, role: str, *permissions: str) -> None:
    """Gives a role permissions such as `archive.change_story`; for `RunPython`, in a migration after the models'.

    Django itself makes the rows of permissions only when all migrations are done; what is missing is made here, and
    found there later.
    """
    kinds = apps.get_model("contenttypes", "ContentType").objects
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUPS[role])
    for permission in permissions:
        app, _, codename = permission.partition(".")
        model, name = _meaning(apps, app, codename)
        kind, _ = kinds.get_or_create(app_label=app, model=model)
        row, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        group.permissions.add(row)


def _meaning(apps: Any, app: str, codename: str) -> tuple[str, str]:
    """The model that a permission belongs to, and Django's name for it."""
    for model in apps.get_app_config(app).get_models():
        if name := dict(model._meta.permissions).get(codename):
            return model._meta.model_name, str(name)
    action, _, model_name = codename.partition("_")
    return model_name, f"Can {action} {apps.get_model(app, model_name)._meta.verbose_name}"
