"""What each role finds at the editors' desk."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from archive.models import Story
from archive.roles import GROUPS

from .conftest import MakeCapture, MakeStory

Enter = Any


@pytest.fixture
def enter(people: dict[str, User], client: Client) -> Enter:
    def enter(role: str) -> Client:
        client.force_login(people[role])
        return client

    return enter


@pytest.mark.parametrize(
    ("role", "models"),
    [
        ("editor", "author correction place publisher section story"),
        ("importer", "capture companion fixitycheck fixityfinding importrun publisher teaser"),
        (
            "admin",
            "author capture companion correction fixitycheck fixityfinding group housestyle importrun place publisher"
            " section signin story teaser user",
        ),
    ],
)
def test_the_desk_shows_each_what_is_his(enter: Enter, role: str, models: str) -> None:
    page = BeautifulSoup(enter(role).get("/admin/").content, "lxml")
    found = {str(row["class"][0]).removeprefix("model-") for row in page.select("tr[class^=model-], [class^=model-]")}
    assert sorted(found) == models.split()


@pytest.mark.parametrize(
    ("role", "offered"), [("reader", False), ("editor", True), ("importer", True), ("admin", True)]
)
def test_the_way_to_the_desk_is_shown_to_who_may_go_it(enter: Enter, role: str, offered: bool) -> None:
    assert ("مكتب التحرير" in enter(role).get("/about/").content.decode()) is offered


def test_an_editor_hides_a_story(make_story: MakeStory, enter: Enter) -> None:
    story = make_story()
    chosen = {"action": "hide", "_selected_action": [story.pk]}
    enter("importer").post(reverse("admin:archive_story_changelist"), chosen)
    assert Story.objects.visible().exists()
    enter("editor").post(reverse("admin:archive_story_changelist"), chosen)
    assert not Story.objects.visible().exists()


def test_an_editor_may_change_every_part_of_a_story(make_story: MakeStory, enter: Enter) -> None:
    story = make_story(authors=("أكرم علي",), places=("الرباط",))
    page = enter("editor").get(reverse("admin:archive_story_change", args=[story.pk]))
    parts = page.context["inline_admin_formsets"]
    assert len(parts) == 5
    assert all(part.has_change_permission for part in parts)
    assert "headline" in page.context["adminform"].form.fields


def test_quarantine_is_for_importers(make_capture: MakeCapture, enter: Enter) -> None:
    address = f"/captures/{make_capture(code='no-body').pk}/"
    answers = {role: enter(role).get(address).status_code for role in GROUPS}
    assert answers == {"reader": 404, "editor": 404, "importer": 200, "admin": 200}


def test_an_admin_makes_accounts_with_a_role(enter: Enter) -> None:
    group = Group.objects.get(name=GROUPS["editor"])
    chosen = {"username": "jadid", "password1": "Xk29-vvlq-7", "password2": "Xk29-vvlq-7"}
    enter("admin").post(reverse("admin:auth_user_add"), chosen | {"groups": [group.pk]})
    assert User.objects.get(username="jadid").has_perm("archive.change_story")


@pytest.mark.parametrize("password", ["short-1", "1234567890", "jadid-jadid"])
def test_an_easy_password_is_refused_in_arabic(enter: Enter, password: str) -> None:
    chosen = {"username": "jadid-jadid", "password1": password, "password2": password}
    page = enter("admin").post(reverse("admin:auth_user_add"), chosen)
    assert "كلمة المرور" in str(page.context["adminform"].form.errors)
    assert not User.objects.filter(username="jadid-jadid").exists()


def test_an_admin_makes_nobody_mightier_than_himself(enter: Enter, people: dict[str, User]) -> None:
    address = reverse("admin:auth_user_change", args=[people["admin"].pk])
    form = enter("admin").get(address).context["adminform"].form
    assert not {"is_superuser", "user_permissions", "is_staff"} & set(form.fields)
    enter("admin").post(
        address, {"username": "admin", "is_active": "on", "is_superuser": "on", "user_permissions": ["1"]}
    )
    people["admin"].refresh_from_db()
    assert not people["admin"].is_superuser


def test_an_admin_cannot_take_the_account_of_someone_mightier(enter: Enter, db: None) -> None:
    owner = User.objects.create_superuser("owner", password="right-one")
    passwords = {"password1": "Xk29-vvlq-7", "password2": "Xk29-vvlq-7"}
    assert (
        enter("admin").post(reverse("admin:auth_user_password_change", args=[owner.pk]), passwords).status_code == 403
    )
    assert enter("admin").post(reverse("admin:auth_user_change", args=[owner.pk]), {}).status_code == 403


def test_who_may_delete_accounts_deletes_nobody_mightier(enter: Enter, people: dict[str, User]) -> None:
    owner = User.objects.create_superuser("owner", password="right-one")
    people["admin"].user_permissions.add(Permission.objects.get(codename="delete_user"))
    client = enter("admin")
    assert client.get(reverse("admin:auth_user_delete", args=[people["reader"].pk])).status_code == 200
    assert client.post(reverse("admin:auth_user_delete", args=[owner.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=owner.pk).exists()


def test_a_member_of_staff_by_the_old_flag_alone_does_not_enter(db: None, client: Client) -> None:
    client.force_login(User.objects.create_user("old", is_staff=True))
    assert client.get("/admin/", follow=True).status_code == 403


def test_roles_have_arabic_names(people: dict[str, User]) -> None:
    assert set(GROUPS.values()) <= set(Group.objects.values_list("name", flat=True))


def test_no_english_is_left_at_the_desk_where_roles_and_accounts_are_kept(admin_client: Client) -> None:
    group = Group.objects.get(name=GROUPS["editor"])
    account = User.objects.create_user("jadid", password="Xk29-vvlq-7")
    for address in (
        reverse("admin:auth_group_changelist"),
        reverse("admin:auth_group_change", args=[group.pk]),
        reverse("admin:auth_user_change", args=[account.pk]),
    ):
        page = BeautifulSoup(admin_client.get(address).content, "lxml")
        for piece in page.select("script, style, #header, .breadcrumbs, strong, bdi"):
            piece.decompose()
        text = page.select_one("main").get_text(" ").replace("pbkdf2_sha256", "")  # type: ignore[union-attr]
        words = set(re.findall("[A-Za-z]{3,}", text)) - {"jadid", "Command", "Control", "salt", "hash", "md"}
        assert not words, address


def test_the_desks_scripts_speak_arabic(admin_client: Client) -> None:
    script = admin_client.get(reverse("admin:jsi18n")).content.decode()
    for word in ("الثلاثاء", "اختر كل %s"):
        assert json.dumps(word) in script
