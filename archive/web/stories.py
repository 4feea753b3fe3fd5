"""One story, with all that leads to it and away from it."""

import json
from typing import Any, NamedTuple

from django.db.models import Case, Prefetch, Q, Subquery, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.views.generic import DetailView

from archive.exports import citation, footnote, news_article, one_line
from archive.models import Byline, Dateline, Story
from archive.models.stories import NEWEST, StoryQuerySet
from archive.search import related_stories

from .cite import ENDINGS, permanent
from .pages import OLDEST_FIRST, newer_than, older_than

CAPTURES_SHOWN = 20
COPIES_SHOWN = 30
DESCRIPTION = 200
JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


class StoryPage(DetailView):
    template_name = "story.html"
    context_object_name = "story"

    def get_queryset(self) -> StoryQuerySet:
        return (
            Story.objects.visible()
            .select_related("publisher", "section", "body")
            .prefetch_related(
                Prefetch("bylines", Byline.objects.select_related("author")),
                Prefetch("datelines", Dateline.objects.select_related("place")),
                "pictures",
            )
        )

    def get_object(self, queryset: Any = None) -> Story:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = story = self.get_object()
        if kwargs["slug"] != story.slug:
            return redirect(story)
        return self.render_to_response(self.get_context_data(object=story))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        story: Story = self.object
        body = getattr(story, "body", None)
        captures = list(story.captures.all()[: CAPTURES_SHOWN + 1])
        beside, address = around(story), permanent(self.request, story.pk)
        return super().get_context_data(**kwargs) | {
            "body": body,
            "captures": captures[:CAPTURES_SHOWN],
            "copies": beside.copies,
            "more_captures": len(captures) > CAPTURES_SHOWN,
            "newer": beside.newer,
            "older": beside.older,
            "related": related_stories(story),
            "permalink": address,
            "description": described(story.lead or (body.text if body else "")),
            "formats": ENDINGS,
            "citation": footnote(citation(story, address)),
            "json_ld": json_ld(story, address),
        }


class Around(NamedTuple):
    """The stories just newer and just older in the same section (or paper, where it has no section); the near-copies,
    in order of time."""

    newer: Story | None
    older: Story | None
    copies: list[Story]


def around(story: Story) -> Around:
    """What lies beside a story, in one query."""
    visible = Story.objects.visible()
    beside = visible.filter(publisher=story.publisher)
    if story.section_id:
        beside = beside.filter(section=story.section_id)
    newer = beside.filter(newer_than(story)).order_by(*OLDEST_FIRST).values("pk")[:1]
    older = beside.filter(older_than(story)).order_by(*NEWEST).values("pk")[:1]
    root = story.copy_of_id or story.pk
    side = Case(When(pk=Subquery(newer), then=Value(1)), When(pk=Subquery(older), then=Value(-1)), default=Value(0))
    copied = visible.filter(Q(pk=root) | Q(copy_of=root)).exclude(pk=story.pk).order_by(*OLDEST_FIRST).values("pk")
    wanted = Q(pk=Subquery(newer)) | Q(pk=Subquery(older)) | Q(pk__in=copied[:COPIES_SHOWN])
    rows: Any = visible.filter(wanted).select_related("publisher").annotate(side=side)
    found = list(rows.order_by(*OLDEST_FIRST))
    sides = {row.side: row for row in found}
    copies = [row for row in found if root in (row.pk, row.copy_of_id)]
    return Around(sides.get(1), sides.get(-1), copies)


def described(text: str) -> str:
    return Truncator(one_line(text[: DESCRIPTION * 2])).chars(DESCRIPTION)


def json_ld(story: Story, address: str) -> SafeString:
    """Linked data, escaped so that no text can end the element."""
    return mark_safe(json.dumps(news_article(story, address), ensure_ascii=False).translate(JSON_ESCAPES))
