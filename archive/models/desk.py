"""The editors' own work: on stories, and on how the archive looks."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

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
        HEADLINE = "headline", _("العنوان")
        BYLINE = "byline", _("الكاتب")
        DATELINE = "dateline", _("المكان")
        PUBLISHED = "published_at", _("تاريخ النشر")
        MODIFIED = "modified_at", _("تاريخ التعديل")
        SECTION = "section", _("القسم")
        LEAD = "lead", _("المقدمة")
        BODY = "body", _("النص")
        PICTURES = "pictures", _("الصور")
        RELATED = "related", _("الروابط ذات الصلة")
        TAGS = "tags", _("الوسوم")
        LANGUAGE = "language", _("اللغة")
        PUBLISHER = "publisher", _("المصدر")

    story = models.ForeignKey(Story, models.CASCADE, verbose_name=_("الخبر"), related_name="corrections")
    field = models.CharField(_("الحقل"), max_length=20, choices=Field)
    extracted = models.JSONField(_("كما في الصفحة"), null=True)
    """what the page says, after the latest reading"""
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("المحرر"), null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField(_("صُحح"), auto_now=True)

    class Meta:
        verbose_name = _("تصحيح")
        verbose_name_plural = pgettext_lazy("plural", "التصحيحات")
        ordering = ["-corrected_at"]
        constraints = [models.UniqueConstraint(fields=["story", "field"], name="one_correction_a_field")]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.story}"


def check_line(text: str) -> None:
    if not is_one_line(text):
        raise ValidationError(_("في النص محارف تحكّم لا تُطبع. اكتبه من جديد."))


def check_colour(colour: str, ground: Ground) -> None:
    if not is_colour(colour):
        raise ValidationError(_("اكتب اللون بستة أرقام ستة عشرية بعد #، مثل #0b5d3b."))
    if (found := lowest_contrast(colour, ground)) < ENOUGH:
        told, needed = number(round(found, 1)), number(ENOUGH)
        raise ValidationError(
            _("اللون باهت على هذه الخلفية: تباينه %(told)s، والمطلوب %(needed)s على الأقل كي يُقرأ."),
            params={"told": told, "needed": needed},
        )


def check_light(colour: str) -> None:
    check_colour(colour, LIGHT)


def check_dark(colour: str) -> None:
    check_colour(colour, DARK)


class HouseStyle(models.Model):
    """What the desk has set of the archive's style, in one row. Where it is not empty it wins over the environment."""

    class Months(models.TextChoices):
        EGYPTIAN = "egyptian", _("يناير، فبراير، مارس… (مصر والخليج والسودان)")
        LEVANTINE = "levantine", _("كانون الثاني، شباط، آذار… (الشام والعراق)")
        MOROCCAN = "moroccan", _("يناير… ماي، يوليوز، غشت، شتنبر… (المغرب)")
        TUNISIAN = "tunisian", _("جانفي، فيفري، مارس… (تونس والجزائر)")
        BOTH = "both", _("كانون الثاني / يناير، شباط / فبراير…")

    class Digits(models.TextChoices):
        WESTERN = "western", "0123456789"
        ARABIC_INDIC = "arabic-indic", "٠١٢٣٤٥٦٧٨٩"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(
        _("اسم الأرشيف"),
        max_length=60,
        blank=True,
        validators=[check_line],
        help_text=_("يظهر في رأس كل صفحة وعنوانها."),
    )
    motto = models.CharField(
        _("العبارة التعريفية"),
        max_length=120,
        blank=True,
        validators=[check_line],
        help_text=_("سطر قصير بجانب الاسم."),
    )
    months = models.CharField(_("أسماء الشهور"), max_length=12, choices=Months, blank=True)
    digits = models.CharField(
        _("الأرقام"), max_length=12, choices=Digits, blank=True,
        help_text=_("في الأعداد والتواريخ التي يكتبها الموقع؛ أما نص الأخبار فيبقى كما طُبع."),
    )  # fmt: skip
    accent = models.CharField(
        _("لون الإبراز"), max_length=7, blank=True, validators=[check_light],
        help_text=_("مثل ‎#0b5d3b، على الورق الفاتح. إن تركته هو واللون التالي فارغين بقي لون إعدادات الخادم."),
    )  # fmt: skip
    accent_dark = models.CharField(
        _("لون الإبراز في الوضع الداكن"), max_length=7, blank=True, validators=[check_dark],
        help_text=_("على الخلفية الداكنة. إن تركته فارغا اشتُق من اللون السابق."),
    )  # fmt: skip
    logo = models.BinaryField(_("الشعار"), default=b"", editable=False)
    logo_type = models.CharField(max_length=20, blank=True, editable=False)
    logo_digest = models.CharField(max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField(_("عُدّل"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("مظهر الأرشيف")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_house_style")]

    def __str__(self) -> str:
        return gettext("مظهر الأرشيف")

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
