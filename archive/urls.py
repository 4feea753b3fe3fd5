"""Every address of the house."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from archive.web import (
    about,
    api,
    batch,
    browse,
    captures,
    cite,
    dates,
    exports,
    feeds,
    front,
    health,
    links,
    login,
    names,
    outside,
    search,
    sitemaps,
    stories,
    suggest,
    taste,
)


class Year:
    regex = "[0-9]{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04}"


class TwoDigits(Year):
    regex = "[0-9]{1,2}"

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02}"


class Slug(StringConverter):
    """Of a publisher; NUL stands in none, and PostgreSQL cannot be asked for it."""

    regex = r"[^/\0]+"


register_converter(Year, "yyyy")
register_converter(TwoDigits, "mm")
register_converter(Slug, "word")

urlpatterns = [
    path("", front.Front.as_view(), name="front"),
    path("search/", search.search, name="search"),
    path("search/results.csv", exports.search_csv, name="search-csv"),
    path("search/results.json", exports.search_json, name="search-json"),
    path("feeds/search/", feeds.search, name="feed-search"),
    path("feeds/latest/", feeds.latest, name="feed-latest"),
    path("feeds/publishers/<word:slug>/", feeds.publisher, name="feed-publisher"),
    path("feeds/sections/<int:pk>/", feeds.section, name="feed-section"),
    path("feeds/authors/<int:pk>/", feeds.author, name="feed-author"),
    path("feeds/places/<int:pk>/", feeds.place, name="feed-place"),
    path("batch/", batch.batch, name="batch"),
    path("stories/<int:pk>/", links.permalink, name="story-permalink"),
    path("stories/<int:pk>/cite.<slug:ending>", cite.cite, name="cite"),
    path("stories/<int:pk>/<str:slug>/", stories.StoryPage.as_view(), name="story"),
    path("url/", links.original, name="original"),
    path("dates/", dates.Years.as_view(), name="dates"),
    path("dates/<yyyy:year>/", dates.Year.as_view(), name="year"),
    path("dates/<yyyy:year>/<mm:month>/", dates.Month.as_view(), name="month"),
    path("dates/<yyyy:year>/<mm:month>/<mm:day>/", dates.Day.as_view(), name="day"),
    path("undated/", dates.Undated.as_view(), name="undated"),
    path("publishers/", names.Publishers.as_view(), name="publishers"),
    path("publishers/<word:slug>/", browse.PublisherStories.as_view(), name="publisher"),
    path("sections/", names.Sections.as_view(), name="sections"),
    path("sections/<int:pk>/", browse.SectionStories.as_view(), name="section"),
    path("authors/", names.Authors.as_view(), name="authors"),
    path("authors/<int:pk>/", browse.AuthorStories.as_view(), name="author"),
    path("places/", names.Places.as_view(), name="places"),
    path("places/<int:pk>/", browse.PlaceStories.as_view(), name="place"),
    path("captures/<int:pk>/", captures.CapturePage.as_view(), name="capture"),
    path("captures/<int:pk>/page/", captures.as_saved, name="as-saved"),
    path("about/", about.About.as_view(), name="about"),
    path("api/search", api.search, name="api-search"),
    path("api/suggest", suggest.suggest, name="api-suggest"),
    path("healthz", health.healthz, name="healthz"),
    path("login/", login.Login.as_view(), name="login"),
    path("logout/", login_not_required(LogoutView.as_view(next_page="front")), name="logout"),
    path("robots.txt", outside.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap"),
    path("opensearch.xml", outside.opensearch, name="opensearch"),
    path("manifest.webmanifest", outside.manifest, name="manifest"),
    path("favicon.ico", outside.favicon, name="favicon"),
    path("taste.css", taste.sheet, name="taste-css"),
    path("logo", taste.logo, name="logo"),
    path("admin/", admin.site.urls),
]
