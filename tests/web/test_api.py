"""The search for programs."""

from datetime import datetime
from types import SimpleNamespace

from django.test import Client

from archive.search import FacetValue, Fragment, Hit

from .conftest import MakeResults, MakeStory


def test_the_answer_has_the_shape_of_the_contract(
    make_story: MakeStory, make_results: MakeResults, index: SimpleNamespace, client: Client
) -> None:
    story = make_story(
        "خطة", published_at=datetime.fromisoformat("2016-03-12T08:00:00+00:00"), date_precision="minute", utc_offset=60
    )
    index.results = make_results(
        (Hit(story, [Fragment("خطة", True)], [Fragment("نص ", False), Fragment("الخطة", True)]),),
        facets={"year": [FacetValue("2016", "2016", 1, False)]},
    )
    response = client.get("/api/search", {"q": "خطة", "copies": "all"})
    assert response["Content-Type"] == "application/json"
    assert response.json() == {
        "total": 1,
        "results": [
            {
                "id": story.pk,
                "url": f"http://testserver{story.get_absolute_url()}",
                "source_url": story.canonical_url,
                "headline": "خطة",
                "published_at": "2016-03-12T09:00:00+01:00",
                "publisher": "almaghrib",
                "snippet": "نص الخطة",
            }
        ],
        "facets": {"year": [{"value": "2016", "label": "2016", "count": 1, "selected": False}]},
    }


def test_a_date_is_no_finer_than_known(
    make_story: MakeStory, make_results: MakeResults, index: SimpleNamespace, client: Client
) -> None:
    stories = [make_story(), make_story(date_precision="month"), make_story(on=None)]
    index.results = make_results(tuple(Hit(story, [], []) for story in stories))
    dates = [result["published_at"] for result in client.get("/api/search").json()["results"]]
    assert dates == ["2016-03-12", "2016-03", None]


def test_up_to_a_hundred_results_can_be_asked_for(db: None, index: SimpleNamespace, client: Client) -> None:
    client.get("/api/search", {"size": "100"})
    assert index.asked[0].size == 100
    answer = client.get("/api/search", {"size": "101"}).json()
    assert index.asked[1].size == 20
    assert "تجاهلنا" in answer["notes"][0]


def test_a_missing_index_is_no_empty_answer(
    db: None, index: SimpleNamespace, make_results: MakeResults, client: Client
) -> None:
    index.results = make_results(available=False)
    response = client.get("/api/search", {"q": "x"})
    assert response.status_code == 503
    assert response.json()["notes"] == ["يعاد بناء الفهرس"]


def test_it_only_answers_get(db: None, client: Client) -> None:
    assert client.post("/api/search").status_code == 405
