"""What can be fuzzed: each trial makes an item from a seed, and tries it; whatever it raises is a fault."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

from archive.dumps import Companion, Locator, Page, Rejection, read_dump, read_whole_dump
from archive.parsing import Article, open_document, parse_page
from archive.replay.inert import inert_page, references
from archive.replay.styles import inert_styles

from .containers import any_bytes, broken_dump
from .corpus import SAMPLES, samples
from .hostile import hostile_page, sheet
from .inertness import OURS, faults, sheet_faults
from .lines import CAPTURED, credit_line, date_line, read_byline, read_date
from .mutations import mutate
from .queries import answer_to, broken_request


class Item(NamedTuple):
    ending: str
    """of the name under which it is kept"""
    content: bytes


class Trial(Protocol):
    def item(self, seed: str) -> Item: ...

    def run(self, item: Item) -> Callable[[], None] | None:
        """Raises where the item broke something; so may the look at what came of it, if there is one to take."""


def seeds_of(paths: list[Path]) -> list[bytes]:
    found = (page for path in paths for page in read_dump(path) if isinstance(page, Page))
    return [page.content for page in found if 0 < len(page.content) < 2**20]


def page_of(content: bytes) -> Page:
    return Page("https://www.paper.example/news/1", datetime(2025, 1, 6, tzinfo=UTC), content, "", Locator("fuzz"))


def read_page(page: Page) -> None:
    """Reads a page; all that it says can be written down."""
    found = parse_page(page)
    told = asdict(found) if isinstance(found, Article) else {"detail": found.detail}
    written = json.dumps(told, default=str).replace("\\\\", "")  # a page may say «\\u0000» in letters
    assert "\\u0000" not in written
    json.dumps(told, default=str, ensure_ascii=False).encode()


class Pages:
    """Pages through the parser."""

    def __init__(self, paths: list[Path], folder: Path) -> None:
        self.seeds, self.folder = seeds_of(paths), folder

    def item(self, seed: str) -> Item:
        return Item(".html", mutate(self.seeds, seed))

    def run(self, item: Item) -> None:
        read_page(page_of(item.content))


class Dumps(Pages):
    """Dumps through their readers: pages, rejections and companions come out, each of them sound."""

    def item(self, seed: str) -> Item:
        return Item(*broken_dump([page for page in self.seeds if len(page) < 2**16], seed))

    def run(self, item: Item) -> None:
        path = self.folder / f"dump{item.ending}"
        path.write_bytes(item.content)
        for found in read_whole_dump(path):
            assert isinstance(found, Page | Rejection | Companion)
            assert -1 < (found.locator.offset or 0) < 2**63
            for text in (found.locator.dump, found.locator.member):
                text.encode()
            if isinstance(found, Companion):
                found.read()
            if isinstance(found, Page | Companion):
                assert found.captured_at.astimezone(UTC).tzinfo
            if isinstance(found, Page):
                assert not found.url or found.url.startswith(("http://", "https://"))
                assert "\x00" not in found.url
                found.url.encode()


class Dates:
    """Lines through the readers of dates, one in ten on a page that has it in every place for a date."""

    _PAGE = (
        '<html><head><meta property="article:published_time" content="{0}"></head><body><h1>قطار الساحل يقطع رحلة</h1>'
        '<div class="date">{0}</div><time datetime="{0}">{0}</time><div>آخر تحديث: {0}</div><p>{1}</p>'
        "<p>نشر في: {0}</p></body></html>"
    )
    _make, _read = staticmethod(date_line), staticmethod(read_date)

    def __init__(self, paths: list[Path], folder: Path) -> None:
        pass

    def item(self, seed: str) -> Item:
        return Item(".txt", self._make(seed).encode("utf-8", "surrogatepass"))

    def run(self, item: Item) -> None:
        line = item.content.decode("utf-8", "surrogatepass")
        self._read(line)
        if len(item.content) % 10 == 0:
            html = self._PAGE.format(line.replace('"', "”"), "يتحدث نص الخبر عن أمور كثيرة لا صلة لها بالسؤال. " * 9)
            for captured_at in CAPTURED:
                page = page_of(html.encode("utf-8", "replace"))
                read_page(Page(page.url, captured_at, page.content, "", page.locator))


class Bylines(Dates):
    """The same for bylines and datelines."""

    _PAGE = (
        '<html><head><meta name="author" content="{0}"></head><body><h1>قطار الساحل يقطع أولى رحلاته</h1>'
        '<div class="author">{0}</div><p>{0}</p><div><a rel="author">{0}</a> <b>{0}</b></div><p>{0} - {1} ({0})</p>'
        "<p>{0}</p></body></html>"
    )
    _make, _read = staticmethod(credit_line), staticmethod(read_byline)


class Replay(Pages):
    """Pages and sheets written anew: nothing in them acts or asks for something elsewhere."""

    def __init__(self, paths: list[Path], folder: Path) -> None:
        super().__init__(paths, folder)
        set_up(folder)  # what stands for a missing picture is said in the archive's language

    def item(self, seed: str) -> Item:
        rng = random.Random(seed)
        return (
            Item(".css", sheet(rng).encode()) if rng.random() < 0.3 else Item(".html", hostile_page(self.seeds, seed))
        )

    def run(self, item: Item) -> Callable[[], None] | None:
        if item.ending == ".css":
            sheet = inert_styles(item.content.decode(), _kept)
            return lambda: _none(sheet_faults(sheet))
        document = open_document(page_of(item.content))
        if isinstance(document, Rejection):
            return None
        references(document)
        page = inert_page(document, _kept)
        return lambda: _none(faults(page))


def _none(found: Iterable[str]) -> None:
    wrong = list(islice(found, 3))
    assert not wrong, wrong


def _kept(reference: str, kinds: tuple[str, ...]) -> str:
    return f"{OURS}{len(reference)}/" if reference.endswith((".png", ".css")) else ""


class Queries:
    """Queries and filters to every address that takes any, on an archive of the sample stories."""

    def __init__(self, paths: list[Path], folder: Path) -> None:
        self.words = sorted({word for article in samples() for text in article.body for word in text.split()})
        open_archive(folder)
        from archive.ingest import import_dumps

        import_dumps([SAMPLES], workers=1)

    def item(self, seed: str) -> Item:
        return Item(".json", json.dumps(broken_request(self.words, seed)).encode())

    def run(self, item: Item) -> None:
        status = answer_to(*json.loads(item.content))
        assert status in (200, 301, 302, 400, 404), status


class Bytes(Pages):
    """Files of any bytes into an archive: the balance holds, what is read twice is known, nothing is our fault."""

    def __init__(self, paths: list[Path], folder: Path) -> None:
        super().__init__(paths, folder)
        open_archive(folder)

    def item(self, seed: str) -> Item:
        return Item(*any_bytes([page for page in self.seeds if len(page) < 2**16], seed))

    def run(self, item: Item) -> None:
        from archive.ingest import import_dumps

        path = self.folder / f"dump{item.ending}"
        path.write_bytes(item.content)
        os.utime(path, (1_700_000_000, 1_700_000_000))
        first, again = import_dumps([path], workers=1), import_dumps([path], workers=1)
        for report in (first, again):
            assert report.seen == report.created + report.updated + report.unchanged + report.rejected, report
            assert report.rejected == sum(report.reasons.values()), report
            assert not {"parser-error", "too-heavy"} & report.reasons.keys(), report
        assert (again.seen, again.created, again.updated) == (first.seen, 0, 0), (first, again)
        self._look_at(first.run)

    def _look_at(self, run: int | None) -> None:
        """What a reader and an admin see of some pages that came in."""
        from archive.models import Capture

        for capture in Capture.objects.filter(run=run).order_by("-pk")[:2]:
            for address in (f"/captures/{capture.pk}/", f"/stories/{capture.story_id or 0}/x/"):
                status = answer_to(address, {})
                assert status in (200, 301, 302, 404), (address, status)


def set_up(folder: Path) -> None:
    """Django, with settings for an archive in a folder, whatever archive the environment names."""
    os.environ.update(
        DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="archive.settings",
        DATABASE_URL=f"sqlite:///{folder}/archive.sqlite3", SEARCH_URL=f"file://{folder}/index",
    )  # fmt: skip
    import django

    django.setup()


def open_archive(folder: Path) -> None:
    """An empty archive in a folder."""
    set_up(folder)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


TRIALS: dict[str, Callable[[list[Path], Path], Trial]] = {
    "pages": Pages, "dumps": Dumps, "bytes": Bytes, "dates": Dates, "bylines": Bylines, "queries": Queries,
    "replay": Replay,
}  # fmt: skip
