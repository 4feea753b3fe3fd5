"""Numbers with their nouns. English has two forms, Arabic six: none, one, two, 3-10, 11-99, and the hundreds."""

from typing import NamedTuple

from django import template
from django.utils.translation import get_language

from archive.taste import in_digits, number
from archive.taste import percent as in_arabic_percent

register = template.Library()
register.filter("number", number)
register.filter("digits", in_digits)


@register.filter
def percent(share: float) -> str:
    return in_digits(f"{share:.0%}") if get_language() == "en" else in_arabic_percent(share)


class Noun(NamedTuple):
    none: str
    one: str
    two: str
    few: str
    many: str
    hundred: str


NOUNS = {
    "story": Noun("لا أخبار", "خبر واحد", "خبران", "أخبار", "خبرا", "خبر"),
    "result": Noun("لا نتائج", "نتيجة واحدة", "نتيجتان", "نتائج", "نتيجة", "نتيجة"),
    "page": Noun("لا صفحات", "صفحة واحدة", "صفحتان", "صفحات", "صفحة", "صفحة"),
    "publisher": Noun("لا مصادر", "مصدر واحد", "مصدران", "مصادر", "مصدرا", "مصدر"),
    "section": Noun("لا أقسام", "قسم واحد", "قسمان", "أقسام", "قسما", "قسم"),
    "author": Noun("لا كتّاب", "كاتب واحد", "كاتبان", "كتّاب", "كاتبا", "كاتب"),
    "place": Noun("لا أماكن", "مكان واحد", "مكانان", "أماكن", "مكانا", "مكان"),
    "copy": Noun("لا نسخ", "نسخة واحدة", "نسختان", "نسخ", "نسخة", "نسخة"),
    "day": Noun("لا أيام", "يوم واحد", "يومان", "أيام", "يوما", "يوم"),
    "year": Noun("لا سنوات", "سنة واحدة", "سنتان", "سنوات", "سنة", "سنة"),
    "word": Noun("لا كلمات", "كلمة واحدة", "كلمتان", "كلمات", "كلمة", "كلمة"),
    "question": Noun("لا أسئلة", "سؤال واحد", "سؤالان", "أسئلة", "سؤالا", "سؤال"),
    "line": Noun("لا أسطر", "سطر واحد", "سطران", "أسطر", "سطرا", "سطر"),
    "minute": Noun("لحظات", "دقيقة واحدة", "دقيقتين", "دقائق", "دقيقة", "دقيقة"),
    "file": Noun("لا ملفات", "ملف واحد", "ملفان", "ملفات", "ملفا", "ملف"),
    "byte": Noun("لا بايتات", "بايت واحد", "بايتان", "بايتات", "بايتا", "بايت"),
}

ENGLISH = {
    "story": ("story", "stories"),
    "result": ("result", "results"),
    "page": ("page", "pages"),
    "publisher": ("publisher", "publishers"),
    "section": ("section", "sections"),
    "author": ("writer", "writers"),
    "place": ("place", "places"),
    "copy": ("copy", "copies"),
    "day": ("day", "days"),
    "year": ("year", "years"),
    "word": ("word", "words"),
    "question": ("question", "questions"),
    "line": ("line", "lines"),
    "byte": ("byte", "bytes"),
    "minute": ("minute", "minutes"),
    "file": ("file", "files"),
}


@register.filter
def counted(n: int | None, noun: str) -> str:
    """`3|counted:"story"` is «3 أخبار», `11|counted:"story"` is «11 خبرا»; in English “3 stories”."""
    return (in_english if get_language() == "en" else in_arabic)(n or 0, noun)


def in_english(n: int, noun: str) -> str:
    one, many = ENGLISH[noun]
    return f"{number(n) if n else 'no'} {one if n == 1 else many}"


def in_arabic(n: int, noun: str) -> str:
    forms = NOUNS[noun]
    if n < 3:
        return (forms.none, forms.one, forms.two)[n]
    rest = n % 100
    word = forms.hundred if rest < 3 else forms.few if rest <= 10 else forms.many
    return f"{number(n)} {word}"
