from __future__ import annotations

from datetime import UTC, datetime

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from archive.arabic import PrintedDate, fold, parse_date
from archive.arabic.dates import MONTHS

CAPTURED = datetime(2025, 1, 6, 4, 0, tzinfo=UTC)

READ = {
    "الإثنين، 24 أغسطس 2020 09:23 ص": "2020-08-24T09:23:00",
    "07 أكتوبر 2020 - 12:09 م": "2020-10-07T12:09:00",
    "07 أكتوبر 2020 - 12:09 ص": "2020-10-07T00:09:00",
    "25 ديسمبر 2020 | 2:01 ص": "2020-12-25T02:01:00",
    "ديسمبر 25, 2020": "2020-12-25",
    "17:27 17.03.2020 GMT": "2020-03-17T17:27:00+00:00",
    "٠٢:٠٠ الثلاثاء ١ / ١٢ / ٢٠٢٠": "2020-12-01T02:00:00",
    "2020/12/25 - 1:59 صباحًا": "2020-12-25T01:59:00",
    "2020/12/25 - 1:59 مساء": "2020-12-25T13:59:00",
    "12 مارس 2024 الساعة 10:20 مساءً": "2024-03-12T22:20:00",
    "11 شوال 1441هـ - 03 يونيو 2020م": "2020-06-03",
    "14 رمضان 1445": "2024-03-24",
    "GMT 22:44 2023 الأربعاء ,13 كانون الأول / ديسمبر": "2023-12-13T22:44:00+00:00",
    "GMT 19:12 2020 الثلاثاء ,07 إبريل / نيسان": "2020-04-07T19:12:00+00:00",
    "GMT 02:05 2025 الأربعاء ,15 تشرين الأول / أكتوبر": "2025-10-15T02:05:00+00:00",
    "24 نيسان / أبريل 2020": "2020-04-24",
    "٥ نيسان/أبريل ٢٠٢٤": "2024-04-05",
    "آذار/مارس 2018": "2018-03",
    "12 كانون الثاني 2024": "2024-01-12",
    "12 كانون 2 2024": "2024-01-12",
    "9 تشرين الأول/أكتوبر 2023": "2023-10-09",
    "٢١ جانفي ٢٠٢٤": "2024-01-21",
    "الجمعة 8 فيفري 2019": "2019-02-08",
    "12 ماي 2024": "2024-05-12",
    "3 غشت 2021": "2021-08-03",
    "19 دجنبر 2013": "2013-12-19",
    "7 يوليوز 2019": "2019-07-07",
    "2 أوت 2016": "2016-08-02",
    "30 اغسطس 2015": "2015-08-30",
    "25 Dec 2020": "2020-12-25",
    "December 25, 2020": "2020-12-25",
    "25/12/2020": "2020-12-25",
    "2024-03-12": "2024-03-12",
    "2024-03-12T10:20:00+03:00": "2024-03-12T10:20:00+03:00",
    "2020-06-03T03:01+0400": "2020-06-03T03:01:00+04:00",
    "2020-12-24T23:59:50+00:00": "2020-12-24T23:59:50+00:00",
    "2024/03/12 10:20 م": "2024-03-12T22:20:00",
    "نشر في: الثلاثاء، 01 يناير 2013 13:05": "2013-01-01T13:05:00",
    "12 مارس 2024 10:20 GMT+99": "2024-03-12T10:20:00",
    "قبل 4 ساعات": "2025-01-06T00:00:00+00:00",
    "منذ ساعتين": "2025-01-06T02:00:00+00:00",
    "منذ يومين": "2025-01-04",
}
REFUSED = [
    "31/02/2020", "1/1/1018", "12/03/2041", "الأربعاء 12 مارس 2024", "24 نيسان / مارس 2020", "آخر تحديث GMT 02:25:18",
    "استسلام 550 إرهابيا", "", "99/99/2020", "32 ديسمبر 2020", "GMT 22:44 2023 الخميس ,13 كانون الأول / ديسمبر",
    "0/10/2019", "أربعاء, 0 /10/2019", "قبل 9999999 يوم", f"منذ {'9' * 40} دقيقة", "قبل 7000 أسبوع",
]  # fmt: skip


@pytest.mark.parametrize(("printed", "iso"), READ.items())
def test_a_printed_date_is_read(printed: str, iso: str) -> None:
    found = parse_date(printed, CAPTURED)
    assert found and found.iso() == iso


@pytest.mark.parametrize("printed", REFUSED)
def test_what_cannot_be_true_is_no_date(printed: str) -> None:
    assert parse_date(printed, CAPTURED) is None


def test_a_relative_date_needs_the_moment_of_saving() -> None:
    assert parse_date("قبل 4 ساعات") is None


@pytest.mark.parametrize("territory", "EG SA AE SY LB IQ JO PS DZ TN MA MR".split())
def test_every_month_name_of_the_countries_is_known(territory: str) -> None:
    for number, name in Locale("ar", territory).months["format"]["wide"].items():
        assert MONTHS[fold(name)] == number, name


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2035, 12, 31)))
def test_iso_comes_back_as_it_went(moment: datetime) -> None:
    date = PrintedDate.from_datetime(moment.replace(microsecond=0, tzinfo=UTC))
    assert PrintedDate.from_iso(date.iso()) == date == parse_date(date.iso())


@given(st.text(alphabet="0123456789/-.: صم٠١٢٣أكتوبرنيسان،GMT\n", max_size=80))
def test_no_text_raises(text: str) -> None:
    parse_date(text, CAPTURED)
