"""Who may read: everyone, or with PUBLIC=off only people with an account."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _


class ReadersMiddleware(LoginRequiredMiddleware):
    """Asks for an account before every page but those marked `login_not_required`."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if settings.PUBLIC:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def get_login_url(self, view_func: Callable[..., Any]) -> str:
        return "login"

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:
        if request.path.startswith("/api/"):
            return JsonResponse({"error": _("هذا الأرشيف للمسجلين فقط")}, status=401)
        if request.path.startswith("/feeds/"):
            return HttpResponse(_("هذا الأرشيف للمسجلين فقط"), status=401, content_type="text/plain; charset=utf-8")
        return super().handle_no_permission(request, view_func)
