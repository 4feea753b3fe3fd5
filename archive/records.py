"""The part of the editors' desk that is read and not changed: what the importer and the checks wrote down."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from archive.desk import Dated
from archive.models import (
    Capture,
    Companion,
    Correction,
    FixityCheck,
    FixityFinding,
    ImportRun,
    Outcome,
    SignIn,
    Teaser,
)
from archive.taste import number
from archive.templatetags.counts import counted
from archive.templatetags.reasons import reason
from archive.templatetags.writing import readable


def told(counts: Iterable[tuple[str, int]]) -> list[tuple[str, str]]:
    return [(name, f": {number(count)}") for name, count in counts if count]


def listed(lines: Iterable[tuple[str, str]]) -> str:
    """One a line, each from the side that its first letter is on."""
    return format_html_join("", '<div dir="auto">{}{}</div>', lines)


class RecordAdmin(Dated):
    """What the importer wrote down: to be read, not changed."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Capture)
class CaptureAdmin(RecordAdmin):
    list_display = ["place", "outcome", "code", "captured_at", "size"]
    list_filter = ["outcome", "code"]
    search_fields = ["url", "digest", "member"]

    @admin.display(description=_("العنوان أو الموضع"), ordering="url")
    def place(self, capture: Capture) -> str:
        return readable(str(capture))

    def view_on_site(self, capture: Capture) -> str:
        return reverse("capture", args=[capture.pk])


@admin.register(Companion)
class CompanionAdmin(RecordAdmin):
    list_display = ["name", "content_type", "size"]
    list_filter = ["content_type"]
    search_fields = ["name", "digest"]


@admin.register(Correction)
class CorrectionAdmin(RecordAdmin):
    list_display = ["story", "field", "editor", "corrected_at"]
    list_filter = ["field"]
    list_select_related = ["story", "editor"]


@admin.register(ImportRun)
class ImportRunAdmin(RecordAdmin):
    list_display = ["__str__", "state", "started_at", "finished_at", "balance"]
    list_filter = ["state"]
    fields = ["state", "started_at", "finished_at", "balance", "refusals", "inputs"]
    readonly_fields = ["balance", "refusals", "inputs"]

    @admin.display(description=_("الحصيلة"))
    def balance(self, run: ImportRun) -> str:
        """The balance sheet of `import_pages`: every page seen has become one of these."""
        outcomes = [(str(name), run.counts.get(key, 0)) for key, name in Outcome.choices]
        return listed([(counted(run.counts.get("seen", 0), "page"), ""), *told(outcomes)])

    @admin.display(description=_("أسباب الرفض"))
    def refusals(self, run: ImportRun) -> str:
        counts: dict[str, int] = run.counts.get("reasons", {})
        return listed(told((f"{reason(code)} ({code})", count) for code, count in counts.items()))

    @admin.display(description=_("المسارات"))
    def inputs(self, run: ImportRun) -> str:
        return listed((path, "") for path in run.paths)


@admin.register(FixityCheck)
class FixityCheckAdmin(RecordAdmin):
    list_display = ["__str__", "state", "wrong", "started_at", "finished_at"]
    list_filter = ["state"]


@admin.register(FixityFinding)
class FixityFindingAdmin(RecordAdmin):
    list_display = ["path", "kind", "check_run", "repaired_at"]
    list_filter = ["kind"]
    list_select_related = ["check_run"]
    search_fields = ["digest"]


@admin.register(Teaser)
class TeaserAdmin(RecordAdmin):
    list_display = ["headline", "publisher", "published"]
    list_filter = ["publisher"]
    list_select_related = ["publisher"]
    search_fields = ["headline", "url"]


@admin.register(SignIn)
class SignInAdmin(RecordAdmin):
    """Deleting the failures of an account or an address lets it try again at once."""

    list_display = ["account", "address", "succeeded", "at"]
    list_filter = ["succeeded"]
    search_fields = ["account", "address"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
