"""The addresses of the house, and pages that show each kind of failure."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, page_not_found, permission_denied, server_error

from archive.urls import urlpatterns as of_the_house

FAILURES: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "400": lambda request: bad_request(request, ValueError()),
    "403": lambda request: permission_denied(request, ValueError()),
    "403-csrf": lambda request: csrf_failure(request),
    "404": lambda request: page_not_found(request, ValueError()),
    "429": lambda request: render(request, "429.html", {"minutes": 15}, status=429),
    "500": server_error,
}


def shown(name: str) -> URLPattern:
    return path(f"errors/{name}/", login_not_required(FAILURES[name]), name=f"error-{name}")


urlpatterns = [*of_the_house, *map(shown, FAILURES)]
