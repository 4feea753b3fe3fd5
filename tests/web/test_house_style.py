"""The desk's form for the archive's own style."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from archive.models import HouseStyle
from archive.taste import LARGEST_LOGO, Taste, taste

from .test_taste import PNG, SVG

ADD = "admin:archive_housestyle_add"
BLANK = {"name": "", "motto": "", "months": "", "digits": "", "accent": "", "accent_dark": ""}


def send(client: Client, **fields: Any) -> Any:
    """Fills the form: of the row, if there is one."""
    row = HouseStyle.objects.first()
    address = reverse("admin:archive_housestyle_change", args=[row.pk]) if row else reverse(ADD)
    return client.post(address, BLANK | fields)


def refusals(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200, "it was taken"
    return dict(response.context["adminform"].form.errors)


def picture(content: bytes, name: str = "logo.svg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_what_is_saved_is_followed_at_once(
    admin_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    fields = {"name": "أرشيف الضفاف", "months": "both", "digits": "arabic-indic", "accent": "#0b5d3b"}
    with django_capture_on_commit_callbacks(execute=True):
        assert send(admin_client, **fields).status_code == 302
    assert taste() == Taste(**fields)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(admin_client).status_code == 302
    assert taste() == Taste()


def test_there_is_one_row_and_it_stays(admin_client: Client) -> None:
    assert admin_client.get(reverse(ADD)).status_code == 200
    send(admin_client, name="أرشيف الضفاف")
    assert admin_client.get(reverse(ADD)).status_code == 403
    assert admin_client.post(reverse(ADD), BLANK).status_code == 403
    gone = reverse("admin:archive_housestyle_delete", args=[1])
    assert admin_client.post(gone, {"post": "yes"}).status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseStyle.objects.create(pk=2)
    assert HouseStyle.objects.get().name == "أرشيف الضفاف"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("accent", "#f29a8e", "اللون باهت على هذه الخلفية: تباينه 1.9، والمطلوب 4.5 على الأقل كي يُقرأ."),
        ("accent_dark", "#9b1c1c", "اللون باهت على هذه الخلفية: تباينه 2.0، والمطلوب 4.5 على الأقل كي يُقرأ."),
        ("accent", "red", "اكتب اللون بستة أرقام ستة عشرية بعد #، مثل #0b5d3b."),
        ("accent", "}</sty>", "اكتب اللون بستة أرقام ستة عشرية بعد #، مثل #0b5d3b."),
        ("name", "ور\x08اق", "في النص محارف تحكّم لا تُطبع. اكتبه من جديد."),
        ("name", "ا" * 61, None),
        ("months", "persian", None),
        ("digits", "persian", None),
    ],
)
def test_a_value_that_cannot_be_followed_is_refused(
    admin_client: Client, field: str, value: str, said: str | None
) -> None:
    errors = refusals(send(admin_client, **{field: value}))
    assert list(errors) == [field]
    if said:
        assert errors[field] == [said]
    assert not HouseStyle.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><script>alert(1)</script></html>", "ليست هذه صورة SVG أو PNG أو WebP."),
        (b"GIF89a", "ليست هذه صورة SVG أو PNG أو WebP."),
        (PNG + b"\0" * LARGEST_LOGO, "الصورة أكبر من 256 كيلوبايت."),
    ],
)
def test_a_file_that_is_no_small_picture_is_refused(admin_client: Client, content: bytes, said: str) -> None:
    assert refusals(send(admin_client, picture=picture(content)))["picture"] == [said]


def test_a_logo_is_kept_in_the_row_until_it_is_taken_away(admin_client: Client) -> None:
    send(admin_client, picture=picture(SVG))
    assert admin_client.get("/logo").content == SVG
    send(admin_client, name="أرشيف الضفاف")
    assert admin_client.get("/logo").content == SVG
    send(admin_client, picture=picture(PNG))
    assert admin_client.get("/logo")["Content-Type"] == "image/png"
    send(admin_client, no_picture="on")
    assert admin_client.get("/logo").status_code == 404


def test_its_form_speaks_arabic(admin_client: Client) -> None:
    text = admin_client.get(reverse(ADD)).content.decode()
    assert "كل حقل تتركه فارغا يبقى كما في إعدادات الخادم." in text
    assert "كانون الثاني / يناير" in text
    assert "لا شعار" in text
    assert "_addanother" not in text


def test_it_shows_the_logo_that_the_pages_have(
    admin_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(admin_client, picture=picture(SVG))
    text = admin_client.get(reverse("admin:archive_housestyle_change", args=[1])).content.decode()
    assert f'<img src="/logo?v={taste().logo}"' in text
