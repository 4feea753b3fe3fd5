"""The door of the editors' desk. Who enters has the permission to; `is_staff` says nothing."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


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
