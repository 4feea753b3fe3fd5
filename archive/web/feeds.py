"""Atom feeds. An entry's id is a `tag:` address (RFC 4151) that stays when the archive moves to another host."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from archive.models import Story
from archive.search import SearchResults, search_stories
from archive.taste import taste

from .parameters import read_parameters

STORIES = 100
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"


def story_tag(story: Story) -> str:
    return f"tag:warraq,{story.created_at:%Y}:story/{story.pk}"


class ArchiveFeed(Atom1Feed):
    """Atom with the language of its content and, for a search, the number of all results."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:opensearch": OPENSEARCH}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if self.feed["total"] is not None:
            handler.addQuickElement("opensearch:totalResults", str(self.feed["total"]))


class SearchFeed(Feed):
    """The newest stories of a search, whatever its text and filters; readers ask again and see what is new."""

    feed_type = ArchiveFeed
    language = "ar"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SearchResults:
        asked = replace(read_parameters(request.GET).request, sort="newest", page=1, after=None, size=STORIES)
        self.query = request.GET.urlencode()
        return search_stories(asked, facets=())

    def title(self, results: SearchResults) -> str:
        text = results.request.text
        return f"{taste().name}: جديد البحث عن {text}" if text else f"{taste().name}: جديد البحث"

    def link(self, results: SearchResults) -> str:
        return f"{reverse('search')}?{self.query}"

    def feed_extra_kwargs(self, results: SearchResults) -> dict[str, Any]:
        return {"total": results.total}

    def items(self, results: SearchResults) -> list[Story]:
        return [hit.story for hit in results.hits]

    def item_title(self, item: Any) -> str:
        return str(item.headline)

    def item_description(self, item: Any) -> str:
        return str(item.lead or item.body.text[:300])

    def item_guid(self, item: Story) -> str:
        return story_tag(item)

    def item_pubdate(self, item: Story) -> datetime | None:
        if item.published_at or item.published_on is None:
            return item.published_at
        return datetime.combine(item.published_on, time(), UTC)

    def item_updateddate(self, item: Story) -> datetime:
        return item.updated_at

    def item_author_name(self, item: Story) -> str:
        names = [line.as_printed for line in item.bylines.all()]
        return "، ".join(names) or item.publisher.name
