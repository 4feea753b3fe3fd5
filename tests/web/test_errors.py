"""What a reader sees when something went wrong."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, permission_denied, server_error


def test_a_page_that_does_not_exist_says_so_in_arabic(db: None, client: Client) -> None:
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "لم نجد هذه الصفحة" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "said"), [(bad_request, "لم نفهم هذا الطلب"), (permission_denied, "لا إذن لك بهذه الصفحة")]
)
def test_other_errors_too(rf: RequestFactory, view: Callable[..., HttpResponse], said: str) -> None:
    response = view(rf.get("/"), Exception("inner secret"))
    assert said in response.content.decode()
    assert "inner secret" not in response.content.decode()


def test_an_error_of_ours_is_told_without_the_database(rf: RequestFactory) -> None:
    assert "عطل في الخادم" in server_error(rf.get("/")).content.decode()


def test_a_form_without_its_token_is_explained(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/login/", {"username": "x"})
    assert response.status_code == 403
    assert "انتهت صلاحية النموذج" in response.content.decode()


def test_an_error_inside_a_view_shows_that_page(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("archive.web.search.search_stories", fail)
    response = Client(raise_request_exception=False).get("/search/", {"q": "x"})
    assert response.status_code == 500
    assert "عطل في الخادم" in response.content.decode()
