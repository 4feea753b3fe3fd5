"""What browsers and robots are told of the archive."""

import json
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.auth.models import User
from django.test import Client
from lxml import etree
from pytest_django.fixtures import Settings

from archive.models import Story
from archive.search import Suggestion

from .conftest import MakeStory, Read

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
STATIC = Path(project.BASE_DIR) / "static"


def test_robots_are_led_to_the_sitemap_and_kept_from_what_has_no_end(db: None, client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {f"Disallow: /{path}/" for path in ("search", "api", "batch", "admin", "captures")} <= set(lines)
    assert "Disallow: /" not in lines


def test_a_browser_learns_to_search_here(db: None, client: Client) -> None:
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    description = etree.fromstring(response.content)
    assert 0 < len(description.findtext(f"{OPENSEARCH}ShortName")) <= 16
    assert description.findtext(f"{OPENSEARCH}Language") == "ar"
    templates = {url.get("type"): url.get("template") for url in description.iterfind(f"{OPENSEARCH}Url")}
    assert templates["text/html"] == "http://testserver/search/?q={searchTerms}"
    assert (
        templates["application/x-suggestions+json"] == "http://testserver/api/suggest?q={searchTerms}&format=opensearch"
    )
    for template in templates.values():
        assert client.get(template.replace("{searchTerms}", "")).status_code in (200, 503)


def test_a_browser_is_given_suggestions_in_its_own_form(
    make_story: MakeStory, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = make_story("افتتاح الجسر")
    found = [Suggestion("story", story.headline, story.get_absolute_url(), story=story)]
    monkeypatch.setattr("archive.web.suggest.suggestions", lambda text: found)
    response = client.get("/api/suggest", {"q": "افت", "format": "opensearch"})
    assert response["Content-Type"] == "application/x-suggestions+json"
    address = f"http://testserver{story.get_absolute_url()}"
    assert response.json() == ["افت", ["افتتاح الجسر"], ["المغرب اليوم · 12 مارس 2016"], [address]]


def test_a_telephone_is_told_name_side_and_icons(client: Client) -> None:
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert (manifest["short_name"], manifest["lang"], manifest["dir"]) == ("ورّاق", "ar", "rtl")
    assert [icon["sizes"] for icon in manifest["icons"]] == ["any", "192x192", "512x512"]
    for icon in manifest["icons"]:
        assert (STATIC / icon["src"].removeprefix("/static/")).is_file()


@pytest.mark.parametrize(
    ("name", "side"), [("icon-192.png", 192), ("icon-512.png", 512), ("apple-touch-icon.png", 180)]
)
def test_icons_are_as_large_as_they_say(name: str, side: int) -> None:
    header = (STATIC / name).read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (side, side)


def test_the_favicon_is_found_at_its_old_address(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"] == "/static/favicon.ico"
    assert (STATIC / "favicon.ico").read_bytes()[:4] == b"\0\0\1\0"


def test_every_page_leads_to_them(db: None, read: Read) -> None:
    page = read("/about/")
    links = {link["rel"][0]: link["href"] for link in page.select("head link")}
    assert links["search"] == "/opensearch.xml"
    assert links["manifest"] == "/manifest.webmanifest"
    assert links["apple-touch-icon"] == "/static/apple-touch-icon.png"
    assert not page.select("meta[name=robots]")


class TestPrivate:
    """With PUBLIC=off, strangers learn nothing."""

    @pytest.fixture(autouse=True)
    def private(self, settings: Settings, make_story: MakeStory) -> Story:
        settings.PUBLIC = False
        return make_story(authors=("سعاد",), section="اقتصاد", places=("الرباط",))

    def test_robots_are_sent_away(self, client: Client) -> None:
        assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"

    @pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-stories.xml", "/sitemap-pages.xml"])
    def test_there_is_no_sitemap_whoever_asks(self, client: Client, admin_user: User, address: str) -> None:
        assert client.get(address).status_code == 404
        client.force_login(admin_user)
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize(
        "kind", ["latest", "publishers/almaghrib", "sections/1", "authors/1", "places/1", "search"]
    )
    def test_feed_readers_are_told_so_in_their_language(self, client: Client, kind: str) -> None:
        response = client.get(f"/feeds/{kind}/")
        assert (response.status_code, response["Content-Type"]) == (401, "text/plain; charset=utf-8")

    def test_a_reader_with_an_account_has_the_feeds(self, client: Client, admin_user: User) -> None:
        client.force_login(admin_user)
        assert b"<entry>" in client.get("/feeds/latest/").content

    def test_what_tells_of_stories_needs_an_account(self, client: Client, private: Story) -> None:
        ends = [f"stories/{private.pk}/{end}" for end in ("", "cite.bib", "cite.ris", "cite.json", f"{private.slug}/")]
        for address in [*ends, "url/", "opensearch.xml"]:
            assert client.get(f"/{address}")["Location"].startswith("/login/?next=/"), address

    def test_names_and_icons_stay_open(self, client: Client) -> None:
        assert client.get("/manifest.webmanifest").status_code == 200
        assert client.get("/favicon.ico")["Location"] == "/static/favicon.ico"

    def test_pages_ask_not_to_be_kept_by_robots(self, read: Read, client: Client, admin_user: User) -> None:
        page = read("/login/")
        assert page.select_one("meta[name=robots]")["content"] == "noindex"
        assert not page.select("link[rel=search]")
        client.force_login(admin_user)
        page = read("/about/")
        assert page.select_one("meta[name=robots]")["content"] == "noindex"
        assert page.select_one("link[rel=search]")["href"] == "/opensearch.xml"
