"""The door of the editors' desk, and how it writes dates. Who enters has the permission to; `is_staff` says nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import DateField, DateTimeField, Model
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from archive.templatetags.dates import day, moment


class Desk(AdminSite):
    """Django's admin behind the archive's own login, so that there is one door to guard."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.has_perm("archive.enter_desk")

    @login_not_required
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or "/admin/", "login")


class Dated(admin.ModelAdmin):
    """Shows dates as the archive's pages write them, with its own months and digits."""

    def get_list_display(self, request: HttpRequest) -> Any:
        return [written(self.opts, name) for name in super().get_list_display(request)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [written(self.opts, name) for name in super().get_readonly_fields(request, obj)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Dates that can be changed stay as they are typed."""
        names = super().get_readonly_fields(request, obj) if self.has_change_permission(request, obj) else None

        def shown(name: Any) -> Any:
            return written(self.opts, name) if names is None or name in names else name

        fieldsets = super().get_fieldsets(request, obj)
        return [(title, {**parts, "fields": [shown(name) for name in parts["fields"]]}) for title, parts in fieldsets]


@cache
def written(rows: Options[Any], name: Any) -> Any:
    """A date of a row in words, or whatever else the name stands for; the admin compares what it was given before."""
    field = {field.name: field for field in rows.fields}.get(name)
    if not isinstance(field, DateField):
        return name
    in_words: Callable[[Any], str] = moment if isinstance(field, DateTimeField) else day

    @admin.display(description=field.verbose_name, ordering=name)
    def shown(row: Model) -> str:
        value = getattr(row, name)
        return in_words(value) if value else "-"

    shown.__name__ = name
    return shown
