"""Dates in words, told only as exactly as they are known."""

from datetime import date, datetime, timedelta, timezone

from django import template
from django.urls import reverse
from django.utils import timezone as zones
from django.utils.translation import get_language, gettext

from archive.models import Story
from archive.taste import in_digits, taste

register = template.Library()

MONTHS: dict[str, tuple[str, ...]] = {
    "egyptian": (
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
        "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ),
    "levantine": (
        "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
        "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
    ),
    "moroccan": (
        "يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو",
        "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر",
    ),
    "tunisian": (
        "جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان",
        "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ),
}  # fmt: skip
MONTHS["both"] = tuple(map(" / ".join, zip(MONTHS["levantine"], MONTHS["egyptian"], strict=True)))
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_english() -> bool:
    return get_language() == "en"


@register.filter
def month_name(month: date | int) -> str:
    names = ENGLISH_MONTHS if in_english() else MONTHS[taste().months]
    return names[(month if isinstance(month, int) else month.month) - 1]


def month_label(month: date) -> str:
    """A short name, for where there is no room: the first of two, the beginning of an English one."""
    return month_name(month)[:3] if in_english() else month_name(month).split(" / ")[0]


@register.filter
def month_year(day: date) -> str:
    return f"{month_name(day)} {in_digits(day.year)}"


@register.filter
def day(day: date) -> str:
    return f"{in_digits(day.day)} {month_year(day)}"


@register.filter
def weekday(day: date) -> str:
    return (ENGLISH_WEEKDAYS if in_english() else WEEKDAYS)[day.weekday()]


def clock(at: datetime) -> str:
    return in_digits(f"{at:%H:%M}")


@register.filter
def moment(at: datetime) -> str:
    """A moment of ours (saved, imported), in the archive's time zone."""
    return clocked(zones.localtime(at))


def clocked(local: datetime) -> str:
    """The day and the time as a clock there showed them."""
    return gettext("%(day)s، %(time)s") % {"day": day(local), "time": clock(local)}


@register.filter
def iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def own_clock(at: datetime, utc_offset: int | None) -> datetime:
    """The moment as the paper's clock showed it, where the page tells its offset."""
    try:
        their_clock = zones.get_current_timezone() if utc_offset is None else timezone(timedelta(minutes=utc_offset))
        return at.astimezone(their_clock)
    except (OverflowError, ValueError):  # a false date at the end of time, an offset of more than a day
        return at


def zone(utc_offset: int | None) -> str:
    if utc_offset is None:
        return ""
    sign, (hours, minutes) = "-" if utc_offset < 0 else "+", divmod(abs(utc_offset), 60)
    ahead = f"{sign}{hours}" + (f":{minutes:02}" if minutes else "") if utc_offset else ""
    return gettext(" بتوقيت غرينتش%(ahead)s") % {"ahead": in_digits(ahead)}


def paper_time(at: datetime, utc_offset: int | None) -> str:
    local = own_clock(at, utc_offset)
    return f"{weekday(local)} {clocked(local)}{zone(utc_offset)}"


@register.filter
def published(story: Story) -> str:
    """When a story appeared, in full: to the minute, the day or the month, or not at all."""
    if story.published_at and story.date_precision in ("", Story.Precision.MINUTE):
        return paper_time(story.published_at, story.utc_offset)
    if story.published_on is None:
        return gettext("غير مؤرخ")
    if story.date_precision == Story.Precision.MONTH:
        return month_year(story.published_on)
    return f"{weekday(story.published_on)} {day(story.published_on)}"


@register.filter
def modified(story: Story) -> str:
    return paper_time(story.modified_at, story.utc_offset) if story.modified_at else ""


@register.filter
def published_day(story: Story) -> str:
    """The same for a list: no weekday and no clock."""
    if story.published_on is None:
        return gettext("غير مؤرخ")
    return (month_year if story.date_precision == Story.Precision.MONTH else day)(story.published_on)


@register.filter
def published_iso(story: Story) -> str:
    """For machines, with no more than is known: `2024-03-12T09:15:00+01:00`, `2024-03-12`, `2024-03` or nothing."""
    if story.published_at and story.date_precision in ("", Story.Precision.MINUTE):
        return iso(own_clock(story.published_at, story.utc_offset))
    if story.published_on is None:
        return ""
    on = story.published_on.isoformat()
    return on[:7] if story.date_precision == Story.Precision.MONTH else on


@register.filter
def published_url(story: Story) -> str:
    """The list of the story's day, or month where no more is known; of the undated for a story without a date."""
    on = story.published_on
    if on is None:
        return reverse("undated")
    if story.date_precision == Story.Precision.MONTH:
        return reverse("month", kwargs={"year": on.year, "month": on.month})
    return reverse("day", kwargs={"year": on.year, "month": on.month, "day": on.day})
