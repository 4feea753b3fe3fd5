"""The editors' desk under our policy: whatever Django's admin would do inline is an error of the console, and fails."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from playwright.sync_api import Page

from archive.models import Author, Capture, ImportRun, Place, Publisher, Section, SignIn, Story
from archive.roles import GROUPS

from .conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(library: dict[str, str], open_page: OpenPage, settings: Any) -> Page:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    User.objects.create_superuser("mudira", password="right-one")
    page = open_page()
    page.goto("/admin/")
    page.fill("input[name=username]", "mudira")
    page.fill("input[name=password]", "right-one")
    page.click("main button")
    assert page.url.endswith("/admin/")
    return page


@pytest.mark.parametrize("model", [Story, Publisher, Section, Author, Place, Capture, ImportRun, SignIn, User])
def test_lists_and_forms_break_no_rule_of_the_policy(desk: Page, model: Any) -> None:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    desk.goto(reverse(f"{name}_changelist"), wait_until="load")
    assert desk.locator("html[dir=rtl] h1").count() >= 1
    row = model._default_manager.order_by("pk").first()
    desk.goto(reverse(f"{name}_change", args=[row.pk]), wait_until="load")
    assert desk.locator("#content h1").count() == 1
    desk.goto(reverse(f"{name}_history", args=[row.pk]), wait_until="load")


def test_the_search_of_a_name_and_the_calendar_work(desk: Page) -> None:
    """Both are scripts of the admin, and the first asks the server."""
    story = Story.objects.filter(bylines__isnull=False).order_by("pk").first()
    assert story is not None
    desk.goto(reverse("admin:archive_story_change", args=[story.pk]), wait_until="load")
    desk.click(".field-publisher .select2-selection")
    desk.fill(".select2-search__field", "CNN")
    desk.click(".select2-results__option:has-text('CNN')")
    desk.locator(".field-published_on .date-icon").first.click()
    assert desk.locator(".calendarbox:visible").count() == 1


def test_an_account_is_made_with_its_role(desk: Page) -> None:
    Group.objects.get_or_create(name=GROUPS["editor"])
    desk.goto(reverse("admin:auth_user_add"), wait_until="load")
    desk.fill("#id_username", "jadid")
    desk.fill("#id_password1", "Xk29-vvlq-7")
    desk.fill("#id_password2", "Xk29-vvlq-7")
    desk.get_by_label(GROUPS["editor"]).check()
    desk.click("input[name=_save]")
    assert User.objects.get(username="jadid").groups.count() == 1
