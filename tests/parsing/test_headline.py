from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.parsing import Article

from .conftest import SENTENCES, document

TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
Read = Callable[..., Article]


@pytest.mark.parametrize(
    "title",
    ["{} | الورق", "الورق :: {}", "{} - الورق", "الورق - {}", "{}"],
)
def test_the_sites_name_is_on_neither_side(read: Read, title: str) -> None:
    headline = "بلدية المدينة تفتح حديقة على النهر"
    main = f'<div class="main"><h2>{headline}</h2>{TEXT}</div><h4>الورق</h4>'
    html = document(main, f'<title>{title.format(headline)}</title><meta property="og:site_name" content="الورق">')
    assert read(html).headline == headline


def test_the_heading_wins_over_a_title_without_its_quotation_marks(read: Read) -> None:
    html = document(f'<h1>افتتاح "حديقة النهر" في المدينة</h1>{TEXT}', "<title>افتتاح حديقة النهر في المدينة</title>")
    assert read(html).headline == 'افتتاح "حديقة النهر" في المدينة'


def test_of_several_first_headings_the_one_the_title_names_is_taken(read: Read) -> None:
    html = document(
        f"<h1>أخبار المدينة</h1><h1>حديقة جديدة على ضفة النهر</h1>{TEXT}<h1>الأكثر قراءة</h1>",
        "<title>حديقة جديدة على ضفة النهر - الورق</title>",
    )
    assert read(html).headline == "حديقة جديدة على ضفة النهر"


def test_a_dash_in_the_headline_stays(read: Read) -> None:
    headline = "رحلة الألف ميل – الجزء الثاني"
    html = document(f"<h1>{headline}</h1>{TEXT}", f"<title>{headline} | الورق</title>")
    assert read(html).headline == headline
