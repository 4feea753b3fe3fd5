"""The order of credit lines is a fact about each site: where no file tells it, the site's other pages do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from archive.ingest import import_dumps
from archive.models import Byline, Capture, Dateline, Publisher

CLEAR = ("ثامر الينبعي - ينبع", "سعيد الناصري - جدة", "خالد المنصوري - تبوك")
DOUBTFUL = "ضيدان المريح ـ سهل الغاف"
TEXT = """<p>عادت القوارب الصغيرة صباح اليوم إلى المرسى القديم بعد شهرين من أعمال الترميم التي شملت الأرصفة كلها.</p>
<p>وقال مدير المرسى إن الصيادين سيجدون مكانا لقواربهم كما كانوا يجدونه قبل الترميم، وإن الرسوم لن تتغير.</p>
<p>ومن المنتظر أن يفتح سوق السمك أبوابه قرب المرسى في الأسبوع الأول من الشهر المقبل بعد تهيئته.</p>"""


def write(folder: Path, number: int, credit: str) -> Path:
    page = folder / "waha.example" / "news" / f"{number}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    headline = f"عودة القوارب الصغيرة إلى المرسى رقم {number}"
    page.write_text(
        f'<html><meta charset="utf-8"><title>{headline} | الواحة</title><h1>{headline}</h1>'
        f"<div>{credit}</div><div>{TEXT}</div></html>",
        encoding="utf-8",
    )
    return page


@pytest.mark.django_db
@pytest.mark.parametrize("doubtful_first", [True, False])
def test_an_import_learns_the_order_from_the_pages_of_the_site(tmp_path: Path, doubtful_first: bool) -> None:
    credits = [DOUBTFUL, *CLEAR] if doubtful_first else [*CLEAR, DOUBTFUL]
    for number, credit in enumerate(credits, 1):
        write(tmp_path, number, credit)
    assert import_dumps([tmp_path], workers=1).created == 4
    assert Publisher.objects.values_list("name_first", "place_first").get() == (3, 0)
    assert Byline.objects.filter(as_printed="ضيدان المريح").exists()
    assert Dateline.objects.filter(as_printed="سهل الغاف").exists()
    assert not Capture.objects.filter(unsure=True).exists()
    told = Capture.objects.get(story__bylines__as_printed="ضيدان المريح").evidence["byline"]["rule"]
    assert told == "learnt-order"


@pytest.mark.django_db
def test_a_later_import_settles_what_an_earlier_one_had_to_leave(tmp_path: Path) -> None:
    import_dumps([write(tmp_path / "a", 1, DOUBTFUL).parents[2]], workers=1)
    assert Capture.objects.get().unsure and not Byline.objects.exists()
    for number, credit in enumerate(CLEAR, 2):
        write(tmp_path / "b", number, credit)
    import_dumps([tmp_path / "b"], workers=1)
    assert Byline.objects.filter(as_printed="ضيدان المريح").exists()


@pytest.mark.django_db
def test_lines_that_do_not_agree_teach_nothing(tmp_path: Path) -> None:
    for number, credit in enumerate([DOUBTFUL, *CLEAR, "تبوك - ماجد العنزي", "جدة - فهد الحربي"], 1):
        write(tmp_path, number, credit)
    import_dumps([tmp_path], workers=1)
    assert Capture.objects.filter(unsure=True).count() == 1


def test_extracting_learns_from_the_pages_it_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = [write(tmp_path, number, credit) for number, credit in enumerate([DOUBTFUL, *CLEAR], 1)]
    call_command("extract_pages", *pages)
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["byline"], first["dateline"]) == (["ضيدان المريح"], "سهل الغاف")
    assert first["field_sources"]["byline"] == "learnt-order"
    call_command("extract_pages", pages[0])
    assert json.loads(capsys.readouterr().out)["byline"] == []
