"""Where a saved page came from, what became of it, and which rule spoke each field."""

from pathlib import PurePath
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from archive.models import Capture
from archive.replay import replay_address, replay_origin
from archive.templatetags.reasons import reason

from .access import SAVED_PAGES, captures_for
from .words import FIELDS, voice


@require_safe
def as_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as it was, in a frame: it comes from the replay origin and can do nothing here."""
    captures = captures_for(request.user).select_related("story__publisher", "run")
    capture = get_object_or_404(captures.exclude(digest=""), pk=pk)
    addresses = {kind: replay_address(kind, capture.pk, request) for kind in ("page", "file")}
    response = render(request, "as_saved.html", {"capture": capture, "addresses": addresses})
    response._csp_update = {"frame-src": [replay_origin()]}  # type: ignore[attr-defined]  # as django-csp's decorator
    response["Cache-Control"] = "private, no-store"  # the addresses are good for some minutes
    return response


class CapturePage(DetailView):
    """The record of one saved page; see `captures_for`."""

    template_name = "capture.html"
    context_object_name = "capture"

    def get_queryset(self) -> QuerySet[Capture]:
        return captures_for(self.request.user).select_related("story__publisher", "run")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        capture: Capture = self.object
        order = list(FIELDS)  # PostgreSQL keeps the keys of a JSON object in an order of its own
        in_order = sorted(
            capture.evidence.items(), key=lambda row: order.index(row[0]) if row[0] in order else len(order)
        )
        return super().get_context_data(**kwargs) | {
            "reason": reason(capture.code) if capture.code else "",
            "fields": [
                {"name": FIELDS.get(name, name), "voice": voice(said["rule"]), **said} for name, said in in_order
            ],
            "dump": capture.dump if self.request.user.has_perm(SAVED_PAGES) else PurePath(capture.dump).name,
        }
