"""Random Arabic articles set into random layouts: the headline is exact and the text comes back."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.parsing import Article, parse_page

from .conftest import document, page

WORDS = (
    "المدينة النهر الحديقة صباح اليوم أعلن المجلس مشروع جديد أهل الحي مدرسة طريق سوق ميناء قطار كتاب معرض فريق مباراة "
    "افتتاح زوار أطفال شجرة ماء شمس بحر جبل قرية فلاح عامل طبيب معلم مهندس وزير رئيس عام شهر سنة نحو بعد قبل خلال"
).split()
words = st.sampled_from(WORDS)
paragraphs = st.lists(
    st.lists(words, min_size=20, max_size=60).map(lambda row: " ".join(row) + "."), min_size=3, max_size=9
)
headlines = st.lists(words, min_size=4, max_size=12).map(" ".join)
wrappers = st.sampled_from(
    [
        "<div>{}</div>",
        '<div class="row"><div class="col-8">{}</div></div>',
        "<table><tr><td>{}</td></tr></table>",
        "<section><span>{}</span></section>",
        "{}",
    ]
)
noise = st.sampled_from(
    [
        "",
        "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/s'>رياضة</a></li></ul></nav>",
        "<div class='share'>فيسبوك تويتر</div>",
        "<aside><h4>الأكثر قراءة</h4><ul>"
        + "".join(f"<li><a href='/{n}'>خبر آخر عن المدينة والنهر {n}</a></li>" for n in range(9))
        + "</ul></aside>",
        "<footer>جميع الحقوق محفوظة 2023</footer>",
        "<div class='ads'><p>اشتر الآن واحصل على هدية كبيرة من متجر المدينة قبل نهاية الشهر.</p></div>",
        "<script>var a = '<p>كلام</p>';</script>",
    ]
)


def overlap(expected: str, given: str) -> float:
    left, right = Counter(expected.split()), Counter(given.split())
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total())


@settings(max_examples=150, deadline=None)
@given(headlines, paragraphs, st.sampled_from(["p", "br", "div"]), wrappers, wrappers, noise, noise, noise)
def test_an_article_comes_back_from_any_layout(
    headline: str, text: list[str], form: str, outer: str, inner: str, before: str, between: str, after: str
) -> None:
    shaped = (
        "<div>" + "<br><br>".join(text) + "</div>"
        if form == "br"
        else "".join(f"<{form}>{one}</{form}>" for one in text)
    )
    main = outer.format(f"<h1>{headline}</h1>{between}{inner.format(shaped)}")
    html = document(f"{before}{main}{after}", f"<title>{headline} | الورق</title>")
    article = parse_page(page(html))
    assert isinstance(article, Article)
    assert article.headline == headline
    assert overlap(" ".join(text), " ".join((article.lead, *article.body))) >= 0.98
