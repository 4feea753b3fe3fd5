"""Coming in and going out."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_superuser("mudira", password="right-one")


def test_the_session_gets_a_new_key_when_someone_comes_in(user: User, client: Client) -> None:
    """Whoever planted a session in a browser must not find himself inside with it."""
    client.session["planted"] = True
    planted = client.session
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    client.post("/login/", {"username": "mudira", "password": "right-one"})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.cookies["sessionid"].value != planted.session_key
    assert not type(planted)().exists(planted.session_key)


def test_going_out_ends_the_session_and_takes_a_form(user: User, client: Client) -> None:
    client.force_login(user)
    old = Client()
    old.cookies["sessionid"] = client.cookies["sessionid"].value
    for address in ("/logout/", "/admin/logout/"):
        assert client.get(address).status_code == 405
    assert client.get("/admin/").status_code == 200
    client.post("/logout/")
    assert old.get("/admin/").status_code == 302


def test_a_new_password_ends_the_sessions_that_knew_the_old_one(user: User, client: Client) -> None:
    client.force_login(user)
    user.set_password("another-one")
    user.save()
    assert client.get("/admin/").status_code == 302


def test_the_desk_has_no_door_of_its_own(user: User, client: Client) -> None:
    response = client.get("/admin/archive/story/", follow=True)
    assert response.redirect_chain[-1][0] == "/login/?next=/admin/archive/story/"
    assert client.post("/admin/login/", {"username": "mudira", "password": "right-one"})["Location"].startswith(
        "/login/"
    )
    assert "sessionid" not in client.cookies
    entered = client.post("/login/", {"username": "mudira", "password": "right-one", "next": "/admin/archive/story/"})
    assert entered["Location"] == "/admin/archive/story/"


def test_the_desk_sends_nobody_to_another_site(user: User, client: Client) -> None:
    page = client.get("/admin/login/", {"next": "https://evil.example/"}, follow=True)
    assert page.context["next"] == ""


def test_a_closed_account_does_not_open(user: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert client.post("/login/", {"username": "mudira", "password": "right-one"}).status_code == 200


def test_the_login_page_is_kept_by_no_cache(user: User, client: Client) -> None:
    assert "no-store" in client.get("/login/")["Cache-Control"]
