"""Addresses that lead to a story for as long as it is there: its id, and the address at which the paper had it.

Both redirect for now (302) and not for good (301): a headline may be corrected, and corrected back. A browser that
keeps both redirects for good would run in a circle.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive.models import Capture, Story
from archive.models.stories import StoryQuerySet
from archive.parsing import url_key


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect(get_object_or_404(Story.objects.visible(), pk=pk))


@require_safe
def original(request: HttpRequest) -> HttpResponse:
    """`?u=` is an address as the paper had it, or a page saved of it; it leads to the newest story of that address."""
    address = request.GET.get("u", "").strip()
    key = url_key(address) or url_key(f"http://{address}")
    story = at_address(key).newest().first() if key else None
    if story is None:
        return render(request, "unknown_address.html", {"address": address}, status=404)
    return redirect(story)


def at_address(key: str) -> StoryQuerySet:
    """Two indexes, one after the other: as one condition they would be a walk through all stories."""
    own = Story.objects.filter(url_key=key).order_by().values("pk")
    saved = Capture.objects.filter(url_key=key, story__isnull=False).order_by().values("story")
    return Story.objects.visible().filter(pk__in=own.union(saved))
