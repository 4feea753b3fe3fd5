"""The names of months and weekdays as Arab newspapers print them, folded, each with its number.

Month names by country follow CLDR (a test compares them with Babel's tables); beside them stand misspellings that are
common in print. Monday is 0, as in Python.
"""

from __future__ import annotations

from .orthography import fold

_MONTH_NAMES = """
1  يناير|كانون الثاني|كانون ثاني|كانون ثان|كانون 2|جانفي|ينايير|january|jan
2  فبراير|شباط|فيفري|february|feb
3  مارس|آذار|march|mar
4  أبريل|إبريل|نيسان|أفريل|april|apr
5  مايو|أيار|ماي|may
6  يونيو|يونيه|حزيران|جوان|june|jun
7  يوليو|يوليه|تموز|جويلية|يوليوز|july|jul
8  أغسطس|آب|أوت|غشت|أغشت|august|aug
9  سبتمبر|أيلول|شتنبر|شتمبر|september|sept|sep
10 أكتوبر|أكتوبير|تشرين الأول|تشرين أول|تشرين 1|october|oct
11 نوفمبر|تشرين الثاني|تشرين ثاني|تشرين ثان|تشرين 2|نونبر|november|nov
12 ديسمبر|كانون الأول|كانون أول|كانون 1|دجنبر|دجمبر|december|dec
"""
_HIJRI_MONTH_NAMES = """
1  محرم|المحرم
2  صفر
3  ربيع الأول|ربيع أول
4  ربيع الآخر|ربيع الثاني|ربيع ثاني
5  جمادى الأولى|جمادى الأول|جمادى أولى
6  جمادى الآخرة|جمادى الثانية|جمادى الثاني
7  رجب
8  شعبان
9  رمضان
10 شوال
11 ذو القعدة|ذي القعدة|ذوالقعدة
12 ذو الحجة|ذي الحجة|ذوالحجة
"""
_WEEKDAYS = """
0 الاثنين|monday|mon
1 الثلاثاء|tuesday|tue
2 الأربعاء|الاربعا|wednesday|wed
3 الخميس|thursday|thu
4 الجمعة|friday|fri
5 السبت|saturday|sat
6 الأحد|sunday|sun
"""


def _table(text: str) -> dict[str, int]:
    rows = (line.split(maxsplit=1) for line in text.strip().splitlines())
    return {" ".join(fold(name).split()): int(number) for number, names in rows for name in names.split("|")}


MONTHS, HIJRI_MONTHS, WEEKDAYS = _table(_MONTH_NAMES), _table(_HIJRI_MONTH_NAMES), _table(_WEEKDAYS)
