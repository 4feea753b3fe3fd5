from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _

from archive.taste import remember


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = _("الأرشيف")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from archive.ingest import publishers  # noqa: F401  # its system check
        from archive.replay import tickets  # noqa: F401  # its system check

        remember(settings.TASTE)


class DeskConfig(AdminConfig):
    default_site = "archive.desk.Desk"
