"""Who may read."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from .conftest import Read

OPEN = ["/login/", "/favicon.ico", "/healthz"]
CLOSED = ["/", "/search/", "/batch/", "/dates/", "/publishers/", "/about/", "/undated/", "/captures/1/", "/stories/1/"]


@pytest.mark.parametrize("address", CLOSED)
def test_a_private_archive_asks_for_an_account(db: None, client: Client, settings: Settings, address: str) -> None:
    settings.PUBLIC = False
    assert client.get(address)["Location"] == f"/login/?next={address}"


@pytest.mark.parametrize("address", OPEN)
def test_the_way_in_stays_open(db: None, client: Client, settings: Settings, address: str) -> None:
    settings.PUBLIC = False
    assert "/login/" not in client.get(address).get("Location", "")


def test_programs_are_told_so_in_their_language(db: None, client: Client, settings: Settings) -> None:
    settings.PUBLIC = False
    response = client.get("/api/search")
    assert (response.status_code, response["Content-Type"]) == (401, "application/json")


def test_a_reader_who_is_no_editor_can_come_in_and_leave(
    client: Client, settings: Settings, people: dict[str, User]
) -> None:
    settings.PUBLIC = False
    people["reader"].set_password("secret")
    people["reader"].save()
    response = client.post("/login/", {"username": "reader", "password": "secret", "next": "/about/"})
    assert response["Location"] == "/about/"
    assert client.get("/about/").status_code == 200
    assert client.get("/admin/", follow=True).status_code == 403
    client.post("/logout/")
    assert client.get("/about/").status_code == 302


def test_a_wrong_password_is_said_in_arabic(db: None, read: Read, client: Client) -> None:
    response = client.post("/login/", {"username": "reader", "password": "wrong"})
    assert "كلمة المرور غير صحيحة" in response.content.decode()


def test_nobody_is_sent_to_another_site(db: None, client: Client, django_user_model: type[User]) -> None:
    django_user_model.objects.create_user("reader", password="secret")
    response = client.post("/login/", {"username": "reader", "password": "secret", "next": "https://evil.example/"})
    assert response["Location"] == "/"


def test_a_public_archive_asks_nobody(db: None, client: Client, settings: Settings) -> None:
    settings.PUBLIC = True
    assert client.get("/about/").status_code == 200
