"""An archive's own publisher files in DATA_DIR/publishers/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from archive.ingest import import_dumps, known_publishers
from archive.models import Story

PAPER = '[[publishers]]\nslug = "naher"\nname = "صحيفة النهر"\nhosts = ["naher.example"]\n'
LAYOUT = '[[layouts]]\nname = "naher"\nheadline = ".title-of-it"\n'
HTML = """<html><head><title>النهر</title></head><body><div class="title-of-it">عودة القوارب إلى المرسى القديم</div>
<div><p>عادت القوارب الصغيرة صباح اليوم إلى المرسى القديم بعد شهرين من أعمال الترميم التي شملت الأرصفة كلها.</p>
<p>وقال مدير المرسى إن الصيادين سيجدون مكانا لقواربهم كما كانوا يجدونه قبل الترميم، وإن الرسوم لن تتغير.</p>
<p>ومن المنتظر أن يفتح سوق السمك أبوابه قرب المرسى في الأسبوع الأول من الشهر المقبل بعد تهيئته.</p></div>
</body></html>"""


@pytest.fixture
def own(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    (tmp_path / "publishers").mkdir()
    return tmp_path / "publishers"


@pytest.mark.django_db
@pytest.mark.parametrize("workers", [1, 2])
def test_a_publisher_is_added_without_code(own: Path, tmp_path: Path, workers: int) -> None:
    (own / "naher.toml").write_text(PAPER + LAYOUT, encoding="utf-8")
    page = tmp_path / "dump" / "naher.example" / "news" / "12.html"
    page.parent.mkdir(parents=True)
    page.write_text(HTML, encoding="utf-8")
    assert import_dumps([tmp_path / "dump"], workers=workers).created == 1
    story = Story.objects.select_related("publisher").get()
    assert (story.publisher.name, story.headline) == ("صحيفة النهر", "عودة القوارب إلى المرسى القديم")
    assert story.captures.get().evidence["headline"]["rule"] == "naher"


@pytest.mark.django_db
def test_a_bad_file_is_named_before_anything_runs(own: Path) -> None:
    (own / "bad.toml").write_text(PAPER + "[[layouts]]\nnam = 1", encoding="utf-8")
    with pytest.raises(SystemCheckError) as raised:
        call_command("check")
    assert "bad.toml" in str(raised.value) and "needs a name" in str(raised.value)


def test_files_of_other_kinds_are_none(own: Path) -> None:
    (own / "notes.txt").write_text("?", encoding="utf-8")
    assert known_publishers().at("naher.example") is None
