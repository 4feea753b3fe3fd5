"""Pages for tests: written where they are read, no files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from archive.dumps import Locator, Page, Rejection
from archive.parsing import Article, parse_page

SENTENCES = (
    "افتتح المجلس البلدي صباح اليوم حديقة جديدة على ضفة النهر بعد عامين من أعمال التهيئة والغرس.",
    "وتضم الحديقة مسارات للمشي وملاعب للأطفال ومكتبة صغيرة تعير الكتب لرواد المكان بلا مقابل.",
    "وقال مهندس المشروع إن الأشجار كلها من أنواع المنطقة التي لا تحتاج إلا إلى قليل من الماء.",
    "ومن المنتظر أن تستقبل الحديقة تلاميذ المدارس في أيام مخصصة للتعرف على النباتات والطيور.",
)


def page(content: str | bytes, url: str = "https://www.paper.example/news/1", **values: object) -> Page:
    body = content if isinstance(content, bytes) else content.encode()
    captured_at = datetime(2025, 1, 6, 4, 0, tzinfo=UTC)
    return Page(
        url, captured_at, body, str(values.get("content_type", "")), Locator("test"), int(values.get("status", 200))
    )  # type: ignore[call-overload]


def document(main: str, head: str = "", around: str = "") -> str:
    return f'<!doctype html><html lang="ar"><head><meta charset="utf-8">{head}</head><body>{main}{around}</body></html>'


@pytest.fixture
def read() -> Callable[..., Article]:
    """Reads HTML as an article."""

    def _read(content: str | bytes, **values: object) -> Article:
        result = parse_page(page(content, **values))  # type: ignore[arg-type]
        assert isinstance(result, Article), result
        return result

    return _read


@pytest.fixture
def refuse() -> Callable[..., Rejection]:
    """Reads HTML as what is no article."""

    def _refuse(content: str | bytes, **values: object) -> Rejection:
        result = parse_page(page(content, **values))  # type: ignore[arg-type]
        assert isinstance(result, Rejection), result.headline
        return result

    return _refuse


@pytest.fixture
def story() -> Callable[..., str]:
    """A page with one story; its parts can be replaced."""

    def _story(
        headline: str = "حديقة جديدة على ضفة النهر",
        above: str = "",
        below: str = "",
        head: str = "",
        paragraphs: tuple[str, ...] = SENTENCES,
        around: str = "",
    ) -> str:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        main = f'<article><h1>{headline}</h1>{above}<div class="text">{text}{below}</div></article>'
        return document(main, f"<title>{headline} | صحيفة الورق</title>{head}", around)

    return _story
