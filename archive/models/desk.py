"""The editors' own work on stories."""

from __future__ import annotations

from django.conf import settings
from django.db import models

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
