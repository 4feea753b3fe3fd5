"""The log of the store's keeping: each check of its bytes, and what it found wrong."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FixityCheck(models.Model):
    """One reading of all kept bytes; `shelf` and `counts` always tell what has been read and committed."""

    class State(models.TextChoices):
        RUNNING = "running", _("جارٍ")
        INTERRUPTED = "interrupted", _("متوقف")
        DONE = "done", _("تم")
        ABANDONED = "abandoned", _("متروك")

    state = models.CharField(_("الحالة"), max_length=12, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(_("بدأ"), auto_now_add=True)
    finished_at = models.DateTimeField(_("انتهى"), null=True, blank=True)
    since = models.DateTimeField(_("ما أُضيف منذ"), null=True, blank=True)
    """only payloads of rows added since"""
    shelf = models.CharField(max_length=4, blank=True, editable=False)
    """the beginning of the digests that were read last"""
    counts = models.JSONField(_("الأعداد"), default=dict)
    """`read`, `bytes`, and of each kind of finding how many"""

    class Meta:
        verbose_name = _("فحص سلامة")
        verbose_name_plural = pgettext_lazy("plural", "فحوص السلامة")
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
        DAMAGED = "damaged", _("تالفة")
        MISSING = "missing", _("مفقودة")
        SWAPPED = "swapped", _("فيها صفحة أخرى")
        STRAY = "stray", _("ملف لا يعرفه السجل")

    check_run = models.ForeignKey(FixityCheck, models.CASCADE, verbose_name=_("الفحص"), related_name="findings")
    kind = models.CharField(_("النوع"), max_length=10, choices=Kind)
    path = models.TextField(_("الموضع"))
    """within the store"""
    digest = models.CharField(_("البصمة"), max_length=64, blank=True)
    detail = models.TextField(_("التفصيل"), blank=True)
    """of a swapped page the digest of the bytes that lie there; of a damaged one the reason"""
    repaired_at = models.DateTimeField(_("أُصلحت"), null=True, blank=True)

    class Meta:
        verbose_name = _("خلل في المخزن")
        verbose_name_plural = pgettext_lazy("plural", "ما وُجد من خلل في المخزن")
        ordering = ["path"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.path}"
