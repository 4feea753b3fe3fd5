"""Where a saved page came from, what became of it, and which rule spoke each field."""

from pathlib import PurePath
from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView

from archive.models import Capture

from .access import SAVED_PAGES, captures_for
from .words import FIELDS, reason, voice


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
