"""Every page that was ever taken in: the kept record, the run that took it, and what it says of other stories."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .stories import Publisher, Story


class Outcome(models.TextChoices):
    """What became of a page: exactly one of these."""

    CREATED = "created", _("خبر جديد")
    UPDATED = "updated", _("خبر محدَّث")
    UNCHANGED = "unchanged", _("بلا تغيير")
    REJECTED = "rejected", _("مرفوض")


class ImportRun(models.Model):
    """One run of the importer; `counts` and `checkpoint` always tell what is committed, no more and no less."""

    class State(models.TextChoices):
        RUNNING = "running", _("جارٍ")
        DONE = "done", _("تم")
        INTERRUPTED = "interrupted", _("متوقف")
        FAILED = "failed", _("فشل")
        UNDONE = "undone", _("أُلغي")

    state = models.CharField(_("الحالة"), max_length=12, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(_("بدأ"), auto_now_add=True)
    finished_at = models.DateTimeField(_("انتهى"), null=True, blank=True)
    paths = models.JSONField(_("المسارات"), default=list)
    counts = models.JSONField(_("الأعداد"), default=dict)
    checkpoint = models.JSONField(_("آخر موضع"), default=dict)
    orders = models.JSONField(default=dict, editable=False)
    """publisher → order of its credit lines → how many lines of this run showed it"""

    class Meta:
        verbose_name = _("استيراد")
        verbose_name_plural = pgettext_lazy("plural", "عمليات الاستيراد")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Capture(models.Model):
    """One saved page, kept byte for byte under its digest, whether or not it became a story."""

    key = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of digest, url, captured_at
    digest = models.CharField(_("البصمة SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("الحجم بالبايت"))
    url = models.TextField(pgettext_lazy("address", "العنوان"), blank=True)
    url_key = models.CharField(max_length=500, editable=False, blank=True)
    url_guessed = models.BooleanField(default=False, editable=False)
    """put together from folder and file names"""
    status = models.PositiveSmallIntegerField(_("رد الخادم"), default=200)
    captured_at = models.DateTimeField(_("وقت الحفظ"))
    content_type = models.CharField(_("النوع"), max_length=200, blank=True)
    encoding = models.CharField(_("الترميز"), max_length=80, blank=True)
    dump = models.TextField(_("الملف المستورد"), blank=True)
    member = models.TextField(_("الموضع"), blank=True)
    offset = models.PositiveBigIntegerField(_("الإزاحة"), null=True, blank=True)
    outcome = models.CharField(_("النتيجة"), max_length=10, choices=Outcome)
    code = models.CharField(_("رمز الرفض"), max_length=40, blank=True, db_index=True)
    detail = models.TextField(_("التفصيل"), blank=True)
    parser_version = models.CharField(_("إصدار القارئ"), max_length=20, blank=True)
    """empty where the page was refused before the parser saw it"""
    evidence = models.JSONField(_("مصادر الحقول"), default=dict)
    """field → {rule, where, confidence}"""
    unsure = models.BooleanField(default=False, editable=False)
    """its credit line can be read once the order of its site is known"""
    story = models.ForeignKey(
        Story, models.SET_NULL, verbose_name=_("الخبر"), null=True, blank=True, related_name="captures"
    )
    run = models.ForeignKey(
        ImportRun, models.SET_NULL, verbose_name=_("الاستيراد"), null=True, blank=True, related_name="captures"
    )
    created_at = models.DateTimeField(_("أُضيفت"), auto_now_add=True)

    class Meta:
        verbose_name = _("صفحة محفوظة")
        verbose_name_plural = pgettext_lazy("plural", "الصفحات المحفوظة")
        ordering = ["-captured_at", "-pk"]
        indexes = [
            models.Index(fields=["story"], condition=models.Q(unsure=True), name="capture_unsure"),
            models.Index(fields=["url_key"], name="capture_address"),
        ]

    def __str__(self) -> str:
        return self.url or self.member or self.dump


class Companion(models.Model):
    """A picture, style or font that saved pages are shown with, kept by digest like them."""

    key = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of root, name, captured_at, digest
    name = models.TextField(_("العنوان أو الموضع"))
    name_key = models.CharField(max_length=40, db_index=True, editable=False)
    root = models.TextField(_("الملف المستورد"))
    """the dump that was named to the import: only pages from it are shown with this"""
    digest = models.CharField(_("البصمة SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("الحجم بالبايت"))
    content_type = models.CharField(_("النوع"), max_length=40)
    captured_at = models.DateTimeField(_("وقت الحفظ"))
    run = models.ForeignKey(
        ImportRun, models.SET_NULL, verbose_name=_("الاستيراد"), null=True, blank=True, related_name="companions"
    )
    created_at = models.DateTimeField(_("أُضيفت"), auto_now_add=True)

    class Meta:
        verbose_name = _("مرفق صفحة محفوظة")
        verbose_name_plural = pgettext_lazy("plural", "مرفقات الصفحات المحفوظة")

    def __str__(self) -> str:
        return self.name


class Teaser(models.Model):
    """A dated story as another page lists it: how an undated story learns its date."""

    publisher = models.ForeignKey(Publisher, models.CASCADE, verbose_name=_("المصدر"), related_name="teasers")
    url = models.TextField(pgettext_lazy("address", "العنوان"), blank=True)
    url_key = models.CharField(max_length=500, blank=True)
    headline = models.TextField(_("العنوان"))
    headline_key = models.CharField(max_length=300)
    published = models.CharField(_("التاريخ"), max_length=32)
    printed = models.CharField(_("كما طُبع"), max_length=300, blank=True)
    run = models.ForeignKey(ImportRun, models.SET_NULL, null=True, db_index=False, editable=False, related_name="+")
    """the run that first met it"""

    class Meta:
        verbose_name = _("إشارة إلى خبر")
        verbose_name_plural = pgettext_lazy("plural", "إشارات إلى أخبار")
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "url_key", "headline_key", "published"], name="one_teaser_a_date"
            ),
        ]
        indexes = [models.Index(fields=["publisher", "headline_key"], name="teaser_headline")]

    def __str__(self) -> str:
        return self.headline
