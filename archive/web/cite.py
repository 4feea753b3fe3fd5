"""A story to cite: files for reference managers, the same as the page's own citation."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.exports import Citation, bibtex, citation, csl_json, ris
from archive.models import Story

FORMATS: dict[str, tuple[str, Callable[[Citation], str]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", ris),
    "json": ("application/vnd.citationstyles.csl+json", csl_json),
}
ENDINGS = (("bib", "BibTeX"), ("ris", "RIS"), ("json", "CSL-JSON"))


@require_safe
def cite(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    if ending not in FORMATS:
        raise Http404
    stories = Story.objects.visible().select_related("publisher", "section").prefetch_related("bylines__author")
    cited = citation(get_object_or_404(stories, pk=pk), permanent(request, pk))
    content_type, write = FORMATS[ending]
    file_name = f'attachment; filename="{cited.key}.{ending}"'
    return HttpResponse(write(cited), content_type=content_type, headers={"Content-Disposition": file_name})


def permanent(request: HttpRequest, pk: int) -> str:
    """The address that a story keeps, whatever becomes of its headline."""
    return request.build_absolute_uri(reverse("story-permalink", args=[pk]))
