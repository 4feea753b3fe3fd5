"""S14: two editors at one story."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.models import Story

from .conftest import MakeStory
from .test_admin import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(make_story: MakeStory) -> Story:
    return make_story("عنوان الصحيفة", authors=("أكرم علي",))


@pytest.fixture
def desks(people: dict[str, User]) -> tuple[Client, Client]:
    first, second = Client(), Client()
    first.force_login(people["editor"])
    second.force_login(people["admin"])
    return first, second


def opened(client: Client, story: Story) -> dict[str, Any]:
    """The form as a browser holds it once the page is open."""
    context = client.get(reverse("admin:archive_story_change", args=[story.pk])).context
    data = filled(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= filled(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= filled(form)
    return data


def save(client: Client, story: Story, data: dict[str, Any]) -> Any:
    return client.post(reverse("admin:archive_story_change", args=[story.pk]), data)


def test_the_second_sees_the_conflict_and_nothing_is_lost(story: Story, desks: tuple[Client, Client]) -> None:
    first, second = desks
    mine, theirs = opened(first, story), opened(second, story)
    assert save(first, story, mine | {"headline": "عنوان الأول"}).status_code == 302
    answer = save(second, story, theirs | {"lead": "مقدمة الثاني", "body-0-text": "نص الثاني"})
    text = answer.content.decode()
    assert answer.status_code == 200 and "تغيّر هذا الخبر بعد أن فتحت الصفحة: عدّله editor" in text
    assert "مقدمة الثاني" in text and "نص الثاني" in text
    story.refresh_from_db()
    assert (story.headline, story.lead, story.body.text) == ("عنوان الأول", "", "فقرة أولى.\nفقرة ثانية.")


def test_who_has_read_the_warning_may_save(story: Story, desks: tuple[Client, Client]) -> None:
    first, second = desks
    theirs = opened(second, story) | {"headline": "عنوان الثاني"}
    save(first, story, opened(first, story) | {"headline": "عنوان الأول"})
    again = save(second, story, theirs).context["adminform"].form
    assert save(second, story, theirs | {"opened": again["opened"].value()}).status_code == 302
    story.refresh_from_db()
    assert story.headline == "عنوان الثاني"


def test_a_story_hidden_meanwhile_is_not_shown_again_unseen(story: Story, desks: tuple[Client, Client]) -> None:
    first, second = desks
    theirs = opened(second, story)
    hide = {"action": "hide", "_selected_action": [story.pk]}
    assert first.post(reverse("admin:archive_story_changelist"), hide).status_code == 302
    assert save(second, story, theirs | {"lead": "مقدمة"}).status_code == 200
    story.refresh_from_db()
    assert story.hidden


def test_what_an_import_changed_meanwhile_is_told(story: Story, desks: tuple[Client, Client]) -> None:
    theirs = opened(desks[1], story)
    story.lead = "مقدمة من صفحة أحدث"
    story.save()
    assert "قراءة جديدة لصفحاته" in save(desks[1], story, theirs).content.decode()
    story.refresh_from_db()
    assert story.lead == "مقدمة من صفحة أحدث"


def test_a_form_that_does_not_say_what_it_was_opened_on_saves_nothing(
    story: Story, desks: tuple[Client, Client]
) -> None:
    data = opened(desks[0], story) | {"headline": "بلا علامة"}
    data.pop("opened")
    assert "أعد فتح الصفحة" in save(desks[0], story, data).content.decode()
    story.refresh_from_db()
    assert story.headline == "عنوان الصحيفة"
