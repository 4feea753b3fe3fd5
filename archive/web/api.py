"""The search for programs. The shape of the answer is a contract; see docs/architecture.md."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.search import Hit, search_stories
from archive.templatetags.dates import published_iso

from .parameters import read_parameters

LARGEST_SIZE = 100


@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """Answers 503 while the index is missing, never a part of the results as if it were all."""
    asked = read_parameters(request.GET, LARGEST_SIZE)
    results = search_stories(asked.request)
    answer: dict[str, Any] = {
        "total": results.total,
        "results": [result(request, hit) for hit in results.hits],
        "facets": {
            name: [{"value": v.value, "label": v.label, "count": v.count, "selected": v.selected} for v in values]
            for name, values in results.facets.items()
        },
    }
    notes = asked.notes if results.available else [*asked.notes, _("يعاد بناء الفهرس")]
    if notes:
        answer["notes"] = notes
    response = JsonResponse(answer, status=200 if results.available else 503, json_dumps_params={"ensure_ascii": False})
    if not results.available:
        response["Retry-After"] = "60"
    return response


def result(request: HttpRequest, hit: Hit) -> dict[str, Any]:
    story = hit.story
    return {
        "id": story.pk,
        "url": request.build_absolute_uri(story.get_absolute_url()),
        "source_url": story.canonical_url,
        "headline": story.headline,
        "published_at": published_iso(story) or None,
        "publisher": story.publisher.slug,
        "snippet": "".join(fragment.text for fragment in hit.snippet),
    }
