"""The editors' desk."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from archive.models import Author, Capture, Correction, ImportRun, Story
from archive.taste import Taste, remember
from archive.templatetags.dates import moment

from .conftest import MakeCapture, MakeStory

LISTED = [model for model in apps.get_app_config("archive").get_models() if admin.site.is_registered(model)]


def test_every_row_can_be_reached() -> None:
    inside = {inline.model for model in LISTED for inline in admin.site.get_model_admin(model).inlines}
    assert set(apps.get_app_config("archive").get_models()) == inside | set(LISTED)


@pytest.mark.parametrize("model", LISTED)
def test_each_list_searches_in_arabic_from_right_to_left(
    make_story: MakeStory, make_capture: MakeCapture, admin_client: Client, model: type[Model]
) -> None:
    make_capture(make_story(section="اقتصاد", authors=("أكرم علي",), places=("الرباط",)))
    query = {"q": "خبر"} if admin.site.get_model_admin(model).search_fields else {}
    response = admin_client.get(reverse(f"admin:archive_{model._meta.model_name}_changelist"), query)
    assert response.status_code == 200
    assert 'lang="ar"' in response.content.decode()
    assert 'dir="rtl"' in response.content.decode()


@pytest.mark.parametrize("model", LISTED)
def test_a_list_takes_the_same_queries_however_long(
    make_story: MakeStory,
    make_capture: MakeCapture,
    admin_client: Client,
    model: type[Model],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(20):
        make_capture(make_story(section=f"قسم {number}", authors=(f"كاتب {number}",), places=(f"مكان {number}",)))
        ImportRun.objects.create()
    with django_assert_max_num_queries(8):
        admin_client.get(reverse(f"admin:archive_{model._meta.model_name}_changelist"))


def test_a_story_opens_with_all_its_parts(make_story: MakeStory, admin_client: Client) -> None:
    story = make_story(section="اقتصاد", authors=("أكرم علي",), places=("الرباط",))
    response = admin_client.get(reverse("admin:archive_story_change", args=[story.pk]))
    assert response.status_code == 200
    assert "فقرة أولى." in response.content.decode()


def act(client: Client, action: str, *stories: Story) -> Any:
    data = {"action": action, "_selected_action": [story.pk for story in stories]}
    return client.post(reverse("admin:archive_story_changelist"), data)


def test_hiding_a_story_makes_the_index_follow(
    make_story: MakeStory,
    admin_client: Client,
    index: SimpleNamespace,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    story = make_story(indexed=True)
    with django_capture_on_commit_callbacks(execute=True):
        act(admin_client, "hide", story)
    story.refresh_from_db()
    assert (story.hidden, story.indexed, index.follows) == (True, False, 1)
    with django_capture_on_commit_callbacks(execute=True):
        act(admin_client, "show", story)
    story.refresh_from_db()
    assert (story.hidden, index.follows) == (False, 2)


def test_correcting_a_story_makes_the_index_follow(
    make_story: MakeStory,
    admin_client: Client,
    index: SimpleNamespace,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    story = make_story(indexed=True, authors=("أكرم علي",))
    address = reverse("admin:archive_story_change", args=[story.pk])
    forms = [admin_client.get(address).context["adminform"].form]
    forms += [inline.formset for inline in admin_client.get(address).context["inline_admin_formsets"]]
    data = filled(forms[0])
    for formset in forms[1:]:
        data |= filled(formset.management_form)
        for form in formset.forms:
            data |= filled(form)
    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(address, data | {"headline": "عنوان مصحح", "body-0-text": "نص مصحح"})
    assert response.status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.body.text, story.indexed) == ("عنوان مصحح", "نص مصحح", False)
    assert index.follows == 1
    noted = Correction.objects.order_by("field").values_list("field", "editor__username")
    assert list(noted) == [("body", "admin"), ("headline", "admin")]


def filled(form: Any) -> dict[str, Any]:
    """What a browser would send for a form that nobody touched."""
    values = {form.add_prefix(name): form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def test_a_story_cannot_be_added_by_hand(admin_client: Client) -> None:
    assert admin_client.get(reverse("admin:archive_story_add")).status_code == 403


def test_a_story_is_never_deleted(make_story: MakeStory, admin_client: Client) -> None:
    story = make_story()
    act(admin_client, "delete_selected", story)
    assert admin_client.post(reverse("admin:archive_story_delete", args=[story.pk]), {"post": "yes"}).status_code == 403
    assert Story.objects.filter(pk=story.pk).exists()


def test_merging_a_writer_indexes_the_stories_anew(
    make_story: MakeStory,
    admin_client: Client,
    index: SimpleNamespace,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    story = make_story(authors=("أكرم على",), indexed=True)
    make_story(authors=("أكرم علي",))
    kept, variant = Author.objects.get(name="أكرم علي"), Author.objects.get(name="أكرم على")
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(
            reverse("admin:archive_author_change", args=[variant.pk]),
            {"name": variant.name, "kind": "person", "merged_into": kept.pk},
        )
    story.refresh_from_db()
    variant.refresh_from_db()
    assert variant.merged_into == kept
    assert not story.indexed
    assert index.follows == 1


@pytest.mark.parametrize("model", [Capture, ImportRun])
def test_records_are_read_and_not_changed(make_capture: MakeCapture, admin_client: Client, model: type[Model]) -> None:
    run = ImportRun.objects.create()
    row = make_capture(run=run) if model is Capture else run
    name = f"admin:archive_{model._meta.model_name}"
    assert admin_client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    assert admin_client.get(reverse(f"{name}_add")).status_code == 403
    assert admin_client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
    assert admin_client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("into", ["himself", "a variant"])
def test_no_writer_is_merged_into_himself_or_into_a_variant(
    make_story: MakeStory, admin_client: Client, into: str
) -> None:
    make_story(authors=("أكرم على", "أكرم علي", "سلمى علي"))
    variant, kept, other = Author.objects.order_by("pk")
    Author.objects.filter(pk=variant.pk).update(merged_into=kept)
    wrong = {"himself": (other, other), "a variant": (other, variant)}[into]
    for author, target in (wrong, (kept, other)):  # who has variants himself would make a chain, too
        response = admin_client.post(
            reverse("admin:archive_author_change", args=[author.pk]),
            {"name": author.name, "kind": "person", "merged_into": target.pk},
        )
        assert "لا يُدمج كاتب في نفسه" in response.content.decode()
        author.refresh_from_db()
        assert author.merged_into is None


@pytest.mark.parametrize(("months", "day"), [("levantine", "12 آذار 2016"), ("moroccan", "12 مارس 2016")])
def test_the_desk_writes_dates_as_the_archive_does(
    make_story: MakeStory, admin_client: Client, months: str, day: str
) -> None:
    remember(Taste(months=months))
    make_story()
    assert day in admin_client.get(reverse("admin:archive_story_changelist")).content.decode()


def test_dates_that_are_read_follow_the_digits_and_those_that_are_typed_do_not(
    make_story: MakeStory, make_capture: MakeCapture, admin_client: Client
) -> None:
    remember(Taste(digits="arabic-indic", months="tunisian"))
    story = make_story()
    capture = make_capture(story)
    form = admin_client.get(reverse("admin:archive_story_change", args=[story.pk])).content.decode()
    assert 'value="2016-03-12"' in form
    assert moment(story.created_at) in form
    record = admin_client.get(reverse("admin:archive_capture_change", args=[capture.pk])).content.decode()
    assert moment(capture.captured_at) in record
    assert "جانفي ٢٠١٧" in record


def test_a_run_shows_its_balance_sheet_in_words(admin_client: Client) -> None:
    counts = {"seen": 14, "created": 11, "updated": 0, "rejected": 3, "reasons": {"no-body": 2, "empty": 1}}
    run = ImportRun.objects.create(counts=counts, paths=["/srv/<b>.zip"])
    page = admin_client.get(reverse("admin:archive_importrun_change", args=[run.pk])).content.decode()
    for line in (
        "14 صفحة",
        "خبر جديد: 11",
        "مرفوض: 3",
        "لم يوجد فيها نص خبر (no-body): 2",
        "فارغة (empty): 1",
        "/srv/&lt;b&gt;.zip",
    ):
        assert f'<div dir="auto">{line}</div>' in page
    assert moment(run.started_at) in page


def test_a_refused_input_is_listed_by_its_place_and_leads_to_its_record(
    make_capture: MakeCapture, admin_client: Client
) -> None:
    capture = make_capture(url="", member="", dump="/srv/cut.zip", code="broken-container")
    assert "/srv/cut.zip" in admin_client.get(reverse("admin:archive_capture_changelist")).content.decode()
    page = admin_client.get(reverse("admin:archive_capture_change", args=[capture.pk])).content.decode()
    assert f'href="/captures/{capture.pk}/"' in page
