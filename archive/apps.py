from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "الأرشيف"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from archive.ingest import publishers  # noqa: F401  # its system check
        from archive.replay import tickets  # noqa: F401  # its system check
