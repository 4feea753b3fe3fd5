"""The editors' own work: on stories, and on how the archive looks."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from archive.taste import (
    DARK,
    ENOUGH,
    LIGHT,
    Ground,
    Logo,
    Taste,
    is_colour,
    is_one_line,
    lowest_contrast,
    number,
    remember,
)

from .stories import Story


class Correction(models.Model):
    """A field of a story that an editor set: no later reading changes it, and what the page says stays beside it."""

    class Field(models.TextChoices):
        HEADLINE = "headline", "العنوان"
        BYLINE = "byline", "الكاتب"
        DATELINE = "dateline", "المكان"
        PUBLISHED = "published_at", "تاريخ النشر"
        MODIFIED = "modified_at", "تاريخ التعديل"
        SECTION = "section", "القسم"
        LEAD = "lead", "المقدمة"
        BODY = "body", "النص"
        PICTURES = "pictures", "الصور"
        RELATED = "related", "الروابط ذات الصلة"
        TAGS = "tags", "الوسوم"
        LANGUAGE = "language", "اللغة"
        PUBLISHER = "publisher", "المصدر"

    story = models.ForeignKey(Story, models.CASCADE, verbose_name="الخبر", related_name="corrections")
    field = models.CharField("الحقل", max_length=20, choices=Field)
    extracted = models.JSONField("كما في الصفحة", null=True)
    """what the page says, after the latest reading"""
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="المحرر", null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField("صُحح", auto_now=True)

    class Meta:
        verbose_name = "تصحيح"
        verbose_name_plural = "التصحيحات"
        ordering = ["-corrected_at"]
        constraints = [models.UniqueConstraint(fields=["story", "field"], name="one_correction_a_field")]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.story}"


def check_line(text: str) -> None:
    if not is_one_line(text):
        raise ValidationError("في النص محارف تحكّم لا تُطبع. اكتبه من جديد.")


def check_colour(colour: str, ground: Ground) -> None:
    if not is_colour(colour):
        raise ValidationError("اكتب اللون بستة أرقام ستة عشرية بعد #، مثل #0b5d3b.")
    if (found := lowest_contrast(colour, ground)) < ENOUGH:
        told, needed = number(round(found, 1)), number(ENOUGH)
        raise ValidationError(f"اللون باهت على هذه الخلفية: تباينه {told}، والمطلوب {needed} على الأقل كي يُقرأ.")


def check_light(colour: str) -> None:
    check_colour(colour, LIGHT)


def check_dark(colour: str) -> None:
    check_colour(colour, DARK)


class HouseStyle(models.Model):
    """What the desk has set of the archive's style, in one row. Where it is not empty it wins over the environment."""

    class Months(models.TextChoices):
        EGYPTIAN = "egyptian", "يناير، فبراير، مارس… (مصر والخليج والسودان)"
        LEVANTINE = "levantine", "كانون الثاني، شباط، آذار… (الشام والعراق)"
        MOROCCAN = "moroccan", "يناير… ماي، يوليوز، غشت، شتنبر… (المغرب)"
        TUNISIAN = "tunisian", "جانفي، فيفري، مارس… (تونس والجزائر)"
        BOTH = "both", "كانون الثاني / يناير، شباط / فبراير…"

    class Digits(models.TextChoices):
        WESTERN = "western", "0123456789"
        ARABIC_INDIC = "arabic-indic", "٠١٢٣٤٥٦٧٨٩"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(
        "اسم الأرشيف", max_length=60, blank=True, validators=[check_line], help_text="يظهر في رأس كل صفحة وعنوانها."
    )
    motto = models.CharField(
        "العبارة التعريفية", max_length=120, blank=True, validators=[check_line], help_text="سطر قصير بجانب الاسم."
    )
    months = models.CharField("أسماء الشهور", max_length=12, choices=Months, blank=True)
    digits = models.CharField(
        "الأرقام", max_length=12, choices=Digits, blank=True,
        help_text="في الأعداد والتواريخ التي يكتبها الموقع؛ أما نص الأخبار فيبقى كما طُبع.",
    )  # fmt: skip
    accent = models.CharField(
        "لون الإبراز", max_length=7, blank=True, validators=[check_light],
        help_text="مثل ‎#0b5d3b، على الورق الفاتح. إن تركته هو واللون التالي فارغين بقي لون إعدادات الخادم.",
    )  # fmt: skip
    accent_dark = models.CharField(
        "لون الإبراز في الوضع الداكن", max_length=7, blank=True, validators=[check_dark],
        help_text="على الخلفية الداكنة. إن تركته فارغا اشتُق من اللون السابق.",
    )  # fmt: skip
    logo = models.BinaryField("الشعار", default=b"", editable=False)
    logo_type = models.CharField(max_length=20, blank=True, editable=False)
    logo_digest = models.CharField(max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField("عُدّل", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "مظهر الأرشيف"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_house_style")]

    def __str__(self) -> str:
        return "مظهر الأرشيف"

    def put_logo(self, logo: Logo | None) -> None:
        self.logo = logo.content if logo else b""
        self.logo_type = logo.content_type if logo else ""
        self.logo_digest = logo.digest if logo else ""

    def over(self, below: Taste) -> Taste:
        """The two accents are one choice: a colour of the desk never stands beside the environment's."""
        own = {"name": self.name, "motto": self.motto, "months": self.months, "digits": self.digits}
        own |= {"logo": self.logo_digest}
        colours = {"accent": self.accent, "accent_dark": self.accent_dark}
        return replace(
            below,
            **{name: value for name, value in own.items() if value},
            **(colours if any(colours.values()) else {}),
        )


def follow_house_style() -> None:
    """From now on this process has the taste of the environment with the desk's over it."""
    row = HouseStyle.objects.defer("logo").first()
    remember(row.over(settings.TASTE) if row else settings.TASTE)
