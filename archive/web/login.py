"""The one door: readers, editors and admins come in here."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator

from .throttling import TooManyAttempts, address_of, begin, succeed


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    template_name = "login.html"
    next_page = "front"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            attempt = begin(request.POST.get("username", ""), address_of(request))
        except TooManyAttempts as refused:
            return wait(request, int(refused.wait.total_seconds()) + 1)
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        succeed(attempt)
        return self.form_valid(form)


def wait(request: HttpRequest, seconds: int) -> HttpResponse:
    """Says nothing of whether there is such an account: it is said of any."""
    minutes = -(-seconds // 60)
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(seconds)
    return response
