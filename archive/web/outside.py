"""What the archive tells browsers and robots of itself."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.taste import taste

CLOSED = ("admin/", "api/", "batch/", "captures/", "feeds/search/", "login/", "search/", "url/")
"""Nothing here for robots: no end of pages, or none that is not elsewhere."""
PAPER, ACCENT = "#fdfcf9", "#9b1c1c"  # as in archive.css
A_DAY = 24 * 60 * 60


def audience(request: HttpRequest) -> dict[str, Any]:
    """For all templates: whether the archive is for people with an account only."""
    return {"private": not settings.PUBLIC}


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    if settings.PUBLIC:
        lines = [*(f"Disallow: /{path}" for path in CLOSED), "", f"Sitemap: {absolute(request, 'sitemap-index')}"]
    else:
        lines = ["Disallow: /"]
    return HttpResponse("\n".join(["User-agent: *", *lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=A_DAY)
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description with which a browser searches here from its own address bar."""
    addresses = {
        "page": absolute(request, "search"),
        "feed": absolute(request, "feed-search"),
        "suggest": absolute(request, "api-suggest"),
        "this": absolute(request, "opensearch"),
        "icon": request.build_absolute_uri(static("favicon.svg")),
    }
    said = {"name": taste().name, "motto": taste().motto, "addresses": addresses}
    return render(request, "opensearch.xml", said, content_type="application/opensearchdescription+xml")


@login_not_required
@require_safe
@cache_control(max_age=A_DAY)
def manifest(request: HttpRequest) -> JsonResponse:
    """With which a telephone keeps the archive among its programs."""
    icons = [{"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}]
    icons += [
        {"src": static(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)
    ]
    said = {
        "name": ": ".join(filter(None, (taste().name, taste().motto))),
        "short_name": taste().name,
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("front"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Browsers and feed readers ask for this address whatever the page says."""
    return redirect(static("favicon.ico"))


def absolute(request: HttpRequest, name: str) -> str:
    return request.build_absolute_uri(reverse(name))
