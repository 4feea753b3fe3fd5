"""The log of the store's keeping: each check of its bytes, and what it found wrong."""

from __future__ import annotations

from django.db import models


class FixityCheck(models.Model):
    """One reading of all kept bytes; `shelf` and `counts` always tell what has been read and committed."""

    class State(models.TextChoices):
        RUNNING = "running", "جارٍ"
        INTERRUPTED = "interrupted", "متوقف"
        DONE = "done", "تم"
        ABANDONED = "abandoned", "متروك"

    state = models.CharField("الحالة", max_length=12, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField("بدأ", auto_now_add=True)
    finished_at = models.DateTimeField("انتهى", null=True, blank=True)
    since = models.DateTimeField("ما أُضيف منذ", null=True, blank=True)
    """only payloads of rows added since"""
    shelf = models.CharField(max_length=4, blank=True, editable=False)
    """the beginning of the digests that were read last"""
    counts = models.JSONField("الأعداد", default=dict)
    """`read`, `bytes`, and of each kind of finding how many"""

    class Meta:
        verbose_name = "فحص سلامة"
        verbose_name_plural = "فحوص السلامة"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def wrong(self) -> int:
        """How many files or pages are not as they should be."""
        return sum(self.counts.get(kind, 0) for kind in FixityFinding.Kind.values)


class FixityFinding(models.Model):
    """Something in the store that is not as it should be."""

    class Kind(models.TextChoices):
        DAMAGED = "damaged", "تالفة"
        MISSING = "missing", "مفقودة"
        SWAPPED = "swapped", "فيها صفحة أخرى"
        STRAY = "stray", "ملف لا يعرفه السجل"

    check_run = models.ForeignKey(FixityCheck, models.CASCADE, verbose_name="الفحص", related_name="findings")
    kind = models.CharField("النوع", max_length=10, choices=Kind)
    path = models.TextField("الموضع")
    """within the store"""
    digest = models.CharField("البصمة", max_length=64, blank=True)
    detail = models.TextField("التفصيل", blank=True)
    """of a swapped page the digest of the bytes that lie there; of a damaged one the reason"""
    repaired_at = models.DateTimeField("أُصلحت", null=True, blank=True)

    class Meta:
        verbose_name = "خلل في المخزن"
        verbose_name_plural = "ما وُجد من خلل في المخزن"
        ordering = ["path"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.path}"
