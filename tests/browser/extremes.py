"""Stories that no designer thought of. All of it is invented."""

from datetime import date, datetime
from itertools import count
from typing import Any

from archive.models import Author, Body, Byline, Dateline, Picture, Place, Publisher, Section, Story
from archive.search import Related

SENTENCE = "قال متحدث باسم الوزارة إن الخطة الجديدة تشمل بناء أكثر من مئتي مدرسة خلال السنوات الثلاث المقبلة. "
MARKUP = '</title><script>alert("خبر")</script> & &lt;b&gt; <b>عريض</b>'
IMAGE = '"><img src=x onerror=alert(1)>'
# Right-to-left override and an embedding that are never closed, isolates in both directions.
TURNED = "خبر \u202eمقلوب عن \u2066CNN\u2069 و\u2067الجزيرة 24\u2069 \u202bبلا إغلاق (2016)"

EXTREMES: dict[str, dict[str, Any]] = {
    "400 letters in one word": {"headline": "شكرا" * 100},
    "400 letters in words": {"headline": (SENTENCE * 5)[:400]},
    "400 latin letters in one word": {"headline": "Donaudampfschiff" * 25},
    "200 words of lead": {"lead": " ".join((SENTENCE * 20).split()[:200])},
    "latin names and telephones": {
        "headline": "United Nations Educational, Scientific and Cultural Organization تفتتح مكتبا",
        "authors": ["Jean-Baptiste O'Neill-Świętochowski", "محمد بن عبد الله"],
        "places": ["Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"],
        "text": "للاستفسار: ‎+212 5 37 12 34 56 أو 0537-123-456، أو على العنوان press@example.ma (من 9:00 إلى 17:30).",
    },
    "marks of direction": {"headline": TURNED, "lead": TURNED, "authors": [TURNED[:20]], "text": f"{TURNED}\nفقرة."},
    "emoji": {"headline": "🎉🇲🇦 المنتخب يفوز ❤️‍🔥👩‍👩‍👧‍👦 3️⃣ × 0", "lead": "👏🏽" * 120, "text": "⚽" * 300},
    "nothing but a headline": {"headline": "؟", "text": "", "on": None, "address": ""},
    "500 paragraphs": {"text": "\n".join([SENTENCE] * 500)},
    "40 bylines": {"authors": [f"فاطمة الزهراء بنعيسى {number}" for number in range(40)]},
    "100 related stories": {},
    "an address of 1500 letters": {"address": "https://www.example.ma/" + "%D8%AE" * 100 + "x" * 877},
    "names like markup": {
        "headline": MARKUP,
        "lead": MARKUP,
        "text": f"{MARKUP}\n{IMAGE}",
        "authors": ["<script>alert(1)</script>"],
        "places": [IMAGE],
        "paper": "<b>جريدة</b> & أخبار",
        "section": IMAGE,
        "caption": MARKUP,
    },
}
numbers = count(1)


def write_extremes(publisher: Publisher) -> dict[str, Story]:
    return {name: written(publisher, **fields) for name, fields in EXTREMES.items()}


def written(publisher: Publisher, **fields: Any) -> Story:
    """One story; what is not named stays empty."""
    number = next(numbers)
    if paper := fields.get("paper"):
        publisher = Publisher.objects.create(slug=f"paper-{number}", name=paper)
    on = fields.get("on", date(2015, 6, 1))
    story = Story.objects.create(
        publisher=publisher,
        section=named(Section, fields["section"], publisher=publisher) if "section" in fields else None,
        headline=fields.get("headline", "عنوان من كلمات قليلة"),
        lead=fields.get("lead", ""),
        canonical_url=fields.get("address", f"https://www.example.ma/extreme/{number}.html"),
        url_key=f"extreme/{number}",
        published_on=on,
        date_precision="day" if on else "",
        captured_at=datetime.fromisoformat("2017-01-03T04:05:00+00:00"),
        fingerprint=f"extreme {number}",
    )
    if text := fields.get("text", "فقرة واحدة."):
        Body.objects.create(story=story, text=text, word_count=len(text.split()))
    for at, name in enumerate(fields.get("authors", [])):
        Byline.objects.create(story=story, position=at, author=named(Author, name), as_printed=name)
    for at, name in enumerate(fields.get("places", [])):
        Dateline.objects.create(story=story, position=at, place=named(Place, name), as_printed=name)
    if caption := fields.get("caption"):
        Picture.objects.create(story=story, position=0, url="javascript:alert(1)", caption=caption, credit=caption)
    return story


def named(model: Any, name: str, **fields: Any) -> Any:
    return model.objects.create(name=name, key=name, **fields)


def many_related(story: Story) -> list[Related]:
    """A hundred for the story that has them, those kept here and those that are not."""
    if story.headline != "عنوان من كلمات قليلة":
        return [Related(MARKUP, "javascript:alert(1)", None, "مطبوع في الصفحة", True)]
    printed = [Related(SENTENCE, f"https://www.example.ma/{n}", None, "مطبوع في الصفحة", True) for n in range(50)]
    return [*printed, *(Related(SENTENCE, story.get_absolute_url(), story, "الموضوع نفسه", False) for n in range(50))]
