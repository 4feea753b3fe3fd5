"""Every address of the house."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path, register_converter

from archive.web import (
    about,
    api,
    batch,
    browse,
    captures,
    dates,
    errors,
    exports,
    feeds,
    front,
    names,
    search,
    stories,
    suggest,
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


register_converter(Year, "yyyy")
register_converter(TwoDigits, "mm")

urlpatterns = [
    path("", front.Front.as_view(), name="front"),
    path("search/", search.search, name="search"),
    path("search/results.csv", exports.search_csv, name="search-csv"),
    path("search/results.json", exports.search_json, name="search-json"),
    path("feeds/search/", feeds.SearchFeed(), name="feed-search"),
    path("batch/", batch.batch, name="batch"),
    path("stories/<int:pk>/", stories.permalink, name="story-permalink"),
    path("stories/<int:pk>/<str:slug>/", stories.StoryPage.as_view(), name="story"),
    path("dates/", dates.Years.as_view(), name="dates"),
    path("dates/<yyyy:year>/", dates.Year.as_view(), name="year"),
    path("dates/<yyyy:year>/<mm:month>/", dates.Month.as_view(), name="month"),
    path("dates/<yyyy:year>/<mm:month>/<mm:day>/", dates.Day.as_view(), name="day"),
    path("undated/", dates.Undated.as_view(), name="undated"),
    path("publishers/", names.Publishers.as_view(), name="publishers"),
    path("publishers/<str:slug>/", browse.PublisherStories.as_view(), name="publisher"),
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
    path("login/", login_not_required(LoginView.as_view(template_name="login.html", next_page="front")), name="login"),
    path("logout/", login_not_required(LogoutView.as_view(next_page="front")), name="logout"),
    path("favicon.ico", errors.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]
