"""Atom feeds: what is newest of all, of a name, of a search.

The ids of feeds and entries are `tag:` addresses (RFC 4151): they stay when the archive moves to another host.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.contrib.syndication.views import Feed
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from archive.exports import one_line
from archive.models import Author, Place, Publisher, Section, Story
from archive.models.stories import StoryQuerySet
from archive.search import IndexMissing, search_stories
from archive.taste import taste
from archive.templatetags.dates import own_clock

from .exports import not_now
from .parameters import read_parameters

STORIES = 100
BEGINNING = 300
SINCE = 2026  # part of every id, so it never changes
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Channel:
    """What a feed is of: the name it keeps, its title, the page it stands for, its stories."""

    tag: str
    title: str
    link: str
    ids: list[int]
    address: str = ""
    total: int | None = None


class ArchiveFeed(Atom1Feed):
    """Atom as it is meant: every writer an author, changed when a story of it changed."""

    def latest_post_date(self) -> datetime:
        """A date of publication may be wrong and lie in the future: then no reader would ever see a change."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:opensearch": OPENSEARCH}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if self.feed["total"] is not None:
            handler.addQuickElement("opensearch:totalResults", str(self.feed["total"]))

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["writers"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")


class StoriesFeed(Feed):
    """The base of all feeds: answers nothing anew to who has it already."""

    feed_type = ArchiveFeed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        raise NotImplementedError

    def title(self, channel: Channel) -> str:
        return f"{taste().name}: {one_line(channel.title)}"

    def author_name(self, channel: Channel) -> str:
        return taste().name

    def link(self, channel: Channel) -> str:
        return channel.link

    def feed_url(self, channel: Channel) -> str:
        return channel.address

    def feed_guid(self, channel: Channel) -> str:
        return f"tag:warraq,{SINCE}:feed/{channel.tag}"

    def feed_extra_kwargs(self, channel: Channel) -> dict[str, Any]:
        return {"total": channel.total}

    def items(self, channel: Channel) -> Iterator[Story]:
        rows = Story.objects.listed().filter(pk__in=channel.ids).annotate(beginning=Substr("body__text", 1, BEGINNING))
        found = {story.pk: story for story in rows}
        return (found[pk] for pk in channel.ids if pk in found)

    def item_title(self, item: Any) -> str:
        return one_line(item.headline)

    def item_description(self, item: Any) -> str:
        """The lead, or the first words of the text. Escaped: Atom takes a summary for HTML."""
        beginning = item.beginning or ""
        if len(beginning) == BEGINNING:
            beginning = beginning.rpartition(" ")[0] + "…"
        return str(escape(one_line(item.lead or beginning)))

    def item_guid(self, item: Story) -> str:
        return f"tag:warraq,{item.created_at:%Y}:story/{item.pk}"

    def item_pubdate(self, item: Story) -> datetime | None:
        """Atom knows moments only: a day is its first, a month would be an invention."""
        if item.published_on is None or item.date_precision == Story.Precision.MONTH:
            return None
        if item.published_at and item.date_precision != Story.Precision.DAY:
            return own_clock(item.published_at, item.utc_offset)
        return datetime.combine(item.published_on, time(), UTC)

    def item_updateddate(self, item: Story) -> datetime:
        return item.updated_at

    def item_categories(self, item: Story) -> tuple[str, ...]:
        return (one_line(item.section.name),) if item.section else ()

    def item_extra_kwargs(self, item: Story) -> dict[str, Any]:
        names = [one_line(line.as_printed) for line in item.bylines.all()]
        return {"writers": names or [one_line(item.publisher.name)]}


class LatestFeed(StoriesFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        return Channel("latest", _("آخر الأخبار"), reverse("front"), newest(Story.objects.visible()))


class PublisherFeed(StoriesFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        publisher = get_object_or_404(Publisher, slug=kwargs["slug"])
        return of_name("publishers", publisher, Story.objects.visible().filter(publisher=publisher))


class SectionFeed(StoriesFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        section = get_object_or_404(Section.objects.select_related("publisher"), pk=kwargs["pk"])
        stories = Story.objects.visible().filter(section=section)
        return replace(
            of_name("sections", section, stories), title=_("، ").join((section.name, section.publisher.name))
        )


class AuthorFeed(StoriesFeed):
    """Also what the same writer signed with another spelling of the name; that spelling leads here."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        author = get_object_or_404(Author, pk=kwargs["pk"])
        if author.merged_into_id:
            return redirect("feed-author", author.merged_into_id)
        return super().__call__(request, *args, author=author)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        author: Author = kwargs["author"]
        names = [author.pk, *author.variants.values_list("pk", flat=True)]
        return of_name("authors", author, Story.objects.visible().signed_by(names))


class PlaceFeed(StoriesFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        place = get_object_or_404(Place, pk=kwargs["pk"])
        return of_name("places", place, Story.objects.visible().written_in(place))


class SearchFeed(StoriesFeed):
    """The newest stories of a search, whatever its text and filters; readers ask again and see what is new."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except IndexMissing:
            return not_now()

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        asked = replace(read_parameters(request.GET).request, sort="newest", page=1, after=None, size=STORIES)
        results, query = search_stories(asked, facets=()), request.GET.urlencode()
        if not results.available:
            raise IndexMissing
        return Channel(
            tag=f"search?{query}",
            title=_("جديد البحث عن %(words)s") % {"words": asked.text} if asked.text else _("جديد البحث"),
            link=f"{reverse('search')}?{query}",
            ids=[hit.story.pk for hit in results.hits],
            address=request.get_full_path(),
            total=results.total,
        )


latest, search = require_safe(LatestFeed()), require_safe(SearchFeed())
publisher, section = require_safe(PublisherFeed()), require_safe(SectionFeed())
author, place = require_safe(AuthorFeed()), require_safe(PlaceFeed())


def newest(stories: StoryQuerySet) -> list[int]:
    return list(stories.newest().values_list("pk", flat=True)[:STORIES])


def of_name(kind: str, name: Any, stories: StoryQuerySet) -> Channel:
    return Channel(f"{kind}/{name.pk}", name.name, name.get_absolute_url(), newest(stories))
