"""A story to take along into a footnote or a reference manager."""

import json

import pytest
from django.test import Client

from archive.models import Author, Byline

from .conftest import MakeStory, Read, Words


@pytest.mark.parametrize(
    ("ending", "content_type", "start"),
    [
        ("bib", "application/x-bibtex; charset=utf-8", "@article{warraq-"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "TY  - NEWS\r\n"),
        ("json", "application/vnd.citationstyles.csl+json", "[\n"),
    ],
)
def test_each_format_is_a_file(
    make_story: MakeStory, client: Client, ending: str, content_type: str, start: str
) -> None:
    story = make_story()
    response = client.get(f"/stories/{story.pk}/cite.{ending}")
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="warraq-{story.pk}.{ending}"'
    assert response.content.decode().startswith(start)


def test_a_file_says_what_the_rows_say(make_story: MakeStory, client: Client) -> None:
    story = make_story("سطر\nثان", authors=("سعاد الإدريسي",), section="اقتصاد", date_precision="month")
    agency = Author.objects.create(name="وكالة الضفاف", key="وكالة", kind="agency")
    Byline.objects.create(story=story, position=1, author=agency, as_printed="وكالة الضفاف")
    item = json.loads(client.get(f"/stories/{story.pk}/cite.json").content)[0]
    assert item["title"] == "سطر ثان"
    assert item["author"] == [{"family": "الإدريسي", "given": "سعاد"}, {"literal": "وكالة الضفاف"}]
    assert item["issued"] == {"date-parts": [[2016, 3]]}
    assert item["URL"] == f"http://testserver/stories/{story.pk}/"


def test_the_page_shows_the_citation_and_leads_to_the_files(make_story: MakeStory, read: Read, words: Words) -> None:
    story = make_story("عنوان الخبر", authors=("سعاد الإدريسي",))
    page = read(story.get_absolute_url())
    assert words(page.select_one(".citation")) == (
        f"سعاد الإدريسي، «عنوان الخبر»، المغرب اليوم، 12 مارس 2016، http://testserver/stories/{story.pk}/"
    )
    files = [link["href"] for link in page.select(".formats a")]
    assert files == [f"/stories/{story.pk}/cite.{ending}" for ending in ("bib", "ris", "json")]
    assert f"/stories/{story.pk}/" in [link["href"] for link in page.select(".record a")]


@pytest.mark.parametrize("ending", ["bib", "ris", "json"])
def test_a_hidden_story_is_not_cited(make_story: MakeStory, client: Client, ending: str) -> None:
    assert client.get(f"/stories/{make_story(hidden=True).pk}/cite.{ending}").status_code == 404


def test_there_are_no_other_formats(make_story: MakeStory, client: Client) -> None:
    assert client.get(f"/stories/{make_story().pk}/cite.exe").status_code == 404
