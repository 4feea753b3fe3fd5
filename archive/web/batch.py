"""Batch questions: a list pasted, a table of counts back. Nothing of it is kept; a short list is a link."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.models import Publisher, Story
from archive.search import MOST_QUESTIONS, BatchTable

from .questions import SPLITS, Questions, link, read_questions
from .sheets import as_csv, as_json
from .tables import table_rows

FILES = {"csv": "CSV", "json": "JSON"}


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest) -> HttpResponseBase:
    """Answers 503 while the index is missing, and 400 to a list that it does not take."""
    parameters = request.POST if request.method == "POST" else request.GET
    asked = read_questions(parameters)
    file = parameters.get("format", "")
    if request.method == "POST" and asked.is_short and not file:
        return redirect(link(parameters))
    table = asked.answer()
    status = 503 if not table.available else 400 if asked.refusal else 200
    if file in FILES and status != 200:
        response: HttpResponseBase = JsonResponse(
            {"error": asked.refusal or _("يعاد بناء الفهرس")}, status=status, json_dumps_params={"ensure_ascii": False}
        )
    elif file == "csv":
        response = as_csv(table, asked)
    elif file == "json":
        response = as_json(table, asked, request)
    else:
        response = page(request, asked, table, status)
    if status == 503:
        response["Retry-After"] = "60"
    return response


def page(request: HttpRequest, asked: Questions, table: BatchTable, status: int) -> HttpResponse:
    parameters = request.POST if request.method == "POST" else request.GET
    rows = table_rows(table, asked) if table.available else []
    with_stories = Story.objects.visible().filter(publisher=OuterRef("pk"))
    files = [(name, label, link(parameters, format=name)) for name, label in FILES.items()]
    context: dict[str, Any] = {
        "asked": asked,
        "table": table,
        "rows": rows,
        "nothing": [row.text for row in rows if not row.total.count],
        "files": files,
        "splits": [(name, label, name == asked.by) for name, label in SPLITS.items()],
        "publishers": Publisher.objects.filter(Exists(with_stories)).order_by("name", "pk").only("slug", "name"),
        "most": MOST_QUESTIONS,
    }
    return render(request, "batch.html", context, status=status)
