"""The archive's own colour and logo, and the moment at which a process looks what the desk has chosen."""

import time
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from archive.models import HouseStyle, follow_house_style
from archive.taste import Logo, accent_sheet, taste

EVERY = 5.0
"""Seconds after which another process's change is seen."""
A_YEAR = 31_536_000
next_look = 0.0


class TasteMiddleware:
    """Looks at the desk's row now and then; without a database the last known taste stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        global next_look
        if time.monotonic() >= next_look:
            next_look = time.monotonic() + EVERY
            with suppress(Error):
                follow_house_style()
        return self.get_response(request)


@login_not_required
@require_safe
def sheet(request: HttpRequest) -> HttpResponseBase:
    version = taste().sheet_version
    if not version:
        raise Http404
    response = HttpResponse(accent_sheet(*taste().accents), content_type="text/css; charset=utf-8")
    return kept(request, response, version)


@login_not_required
@require_safe
def logo(request: HttpRequest) -> HttpResponseBase:
    """Only ever shown by `<img>`, where nothing in it runs; opened by itself, its policy forbids the same."""
    shown = chosen_logo()
    if shown is None:
        raise Http404
    response = HttpResponse(shown.content, content_type=shown.content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return kept(request, response, shown.digest)


def chosen_logo() -> Logo | None:
    row = HouseStyle.objects.exclude(logo_digest="").first()
    return Logo(row.logo_type, bytes(row.logo)) if row else settings.LOGO


def kept(request: HttpRequest, response: HttpResponse, version: str) -> HttpResponseBase:
    """Under the address with its version for a year, otherwise asked for again."""
    response["ETag"] = etag = f'"{version}"'
    if request.GET.get("v") == version:
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response) or response
