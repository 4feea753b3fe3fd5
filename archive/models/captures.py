"""Every page that was ever taken in: the kept record, the run that took it, and what it says of other stories."""

from __future__ import annotations

from django.db import models

from .stories import Publisher, Story


class Outcome(models.TextChoices):
    """What became of a page: exactly one of these."""

    CREATED = "created", "خبر جديد"
    UPDATED = "updated", "خبر محدَّث"
    UNCHANGED = "unchanged", "بلا تغيير"
    REJECTED = "rejected", "مرفوض"


class ImportRun(models.Model):
    """One run of the importer; `counts` and `checkpoint` always tell what is committed, no more and no less."""

    class State(models.TextChoices):
        RUNNING = "running", "جارٍ"
        DONE = "done", "تم"
        INTERRUPTED = "interrupted", "متوقف"
        FAILED = "failed", "فشل"
        UNDONE = "undone", "أُلغي"

    state = models.CharField("الحالة", max_length=12, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField("بدأ", auto_now_add=True)
    finished_at = models.DateTimeField("انتهى", null=True, blank=True)
    paths = models.JSONField("المسارات", default=list)
    counts = models.JSONField("الأعداد", default=dict)
    checkpoint = models.JSONField("آخر موضع", default=dict)
    orders = models.JSONField(default=dict, editable=False)
    """publisher → order of its credit lines → how many lines of this run showed it"""

    class Meta:
        verbose_name = "استيراد"
        verbose_name_plural = "عمليات الاستيراد"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Capture(models.Model):
    """One saved page, kept byte for byte under its digest, whether or not it became a story."""

    key = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of digest, url, captured_at
    digest = models.CharField("البصمة SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("الحجم بالبايت")
    url = models.TextField("العنوان", blank=True)
    url_key = models.CharField(max_length=500, editable=False, blank=True)
    url_guessed = models.BooleanField(default=False, editable=False)
    """put together from folder and file names"""
    status = models.PositiveSmallIntegerField("رد الخادم", default=200)
    captured_at = models.DateTimeField("وقت الحفظ")
    content_type = models.CharField("النوع", max_length=200, blank=True)
    encoding = models.CharField("الترميز", max_length=80, blank=True)
    dump = models.TextField("الملف المستورد", blank=True)
    member = models.TextField("الموضع", blank=True)
    offset = models.PositiveBigIntegerField("الإزاحة", null=True, blank=True)
    outcome = models.CharField("النتيجة", max_length=10, choices=Outcome)
    code = models.CharField("رمز الرفض", max_length=40, blank=True, db_index=True)
    detail = models.TextField("التفصيل", blank=True)
    parser_version = models.CharField("إصدار القارئ", max_length=20, blank=True)
    """empty where the page was refused before the parser saw it"""
    evidence = models.JSONField("مصادر الحقول", default=dict)
    """field → {rule, where, confidence}"""
    unsure = models.BooleanField(default=False, editable=False)
    """its credit line can be read once the order of its site is known"""
    story = models.ForeignKey(
        Story, models.SET_NULL, verbose_name="الخبر", null=True, blank=True, related_name="captures"
    )
    run = models.ForeignKey(
        ImportRun, models.SET_NULL, verbose_name="الاستيراد", null=True, blank=True, related_name="captures"
    )
    created_at = models.DateTimeField("أُضيفت", auto_now_add=True)

    class Meta:
        verbose_name = "صفحة محفوظة"
        verbose_name_plural = "الصفحات المحفوظة"
        ordering = ["-captured_at", "-pk"]
        indexes = [
            models.Index(fields=["story"], condition=models.Q(unsure=True), name="capture_unsure"),
            models.Index(fields=["url_key"], name="capture_address"),
        ]

    def __str__(self) -> str:
        return self.url or self.member


class Companion(models.Model):
    """A picture, style or font that saved pages are shown with, kept by digest like them."""

    key = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of root, name, captured_at, digest
    name = models.TextField("العنوان أو الموضع")
    name_key = models.CharField(max_length=40, db_index=True, editable=False)
    root = models.TextField("الملف المستورد")
    """the dump that was named to the import: only pages from it are shown with this"""
    digest = models.CharField("البصمة SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("الحجم بالبايت")
    content_type = models.CharField("النوع", max_length=40)
    captured_at = models.DateTimeField("وقت الحفظ")
    run = models.ForeignKey(
        ImportRun, models.SET_NULL, verbose_name="الاستيراد", null=True, blank=True, related_name="companions"
    )
    created_at = models.DateTimeField("أُضيفت", auto_now_add=True)

    class Meta:
        verbose_name = "مرفق صفحة محفوظة"
        verbose_name_plural = "مرفقات الصفحات المحفوظة"

    def __str__(self) -> str:
        return self.name


class Teaser(models.Model):
    """A dated story as another page lists it: how an undated story learns its date."""

    publisher = models.ForeignKey(Publisher, models.CASCADE, verbose_name="المصدر", related_name="teasers")
    url = models.TextField("العنوان", blank=True)
    url_key = models.CharField(max_length=500, blank=True)
    headline = models.TextField("العنوان")
    headline_key = models.CharField(max_length=300)
    published = models.CharField("التاريخ", max_length=32)
    printed = models.CharField("كما طُبع", max_length=300, blank=True)
    run = models.ForeignKey(ImportRun, models.SET_NULL, null=True, db_index=False, editable=False, related_name="+")
    """the run that first met it"""

    class Meta:
        verbose_name = "إشارة إلى خبر"
        verbose_name_plural = "إشارات إلى أخبار"
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "url_key", "headline_key", "published"], name="one_teaser_a_date"
            ),
        ]
        indexes = [models.Index(fields=["publisher", "headline_key"], name="teaser_headline")]

    def __str__(self) -> str:
        return self.headline
