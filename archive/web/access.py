"""Who may read: everyone, or with PUBLIC=off only people whose role lets them; and which saved pages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from archive.models import Capture

SAVED_PAGES = "archive.view_capture"
STORIES = "archive.change_story"


class ReadersMiddleware(LoginRequiredMiddleware):
    """Asks for an account that may read before every page but those marked `login_not_required`; keeps private pages
    out of caches that are shared."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if settings.PUBLIC or not getattr(view_func, "login_required", True):
            return None
        if request.user.is_authenticated and not request.user.has_perm("archive.read_archive"):
            raise PermissionDenied
        return super().process_view(request, view_func, view_args, view_kwargs)

    def get_login_url(self, view_func: Callable[..., Any]) -> str:
        return "login"

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:
        if request.path.startswith("/api/"):
            return JsonResponse({"error": _("هذا الأرشيف للمسجلين فقط")}, status=401)
        if request.path.startswith("/feeds/"):
            return HttpResponse(_("هذا الأرشيف للمسجلين فقط"), status=401, content_type="text/plain; charset=utf-8")
        return super().handle_no_permission(request, view_func)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not settings.PUBLIC:
            patch_cache_control(response, private=True)
            patch_vary_headers(response, ["Cookie"])
        return response


def captures_for(user: PermissionsMixin | AbstractBaseUser | AnonymousUser) -> QuerySet[Capture]:
    """The saved pages that someone may look at: of visible stories; for editors of hidden ones too; for importers
    also those in quarantine."""
    captures = Capture.objects.all()
    if user.has_perm(SAVED_PAGES):  # type: ignore[union-attr]
        return captures
    return captures.filter(story__isnull=False) if user.has_perm(STORIES) else captures.filter(story__hidden=False)  # type: ignore[union-attr]
