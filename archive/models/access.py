"""Who tried to come in: what the throttling of logins counts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignIn(models.Model):
    """An attempt to log in. Failures are kept for a day, a success for a season."""

    account = models.CharField(_("الحساب"), max_length=150)
    """as typed, folded; whether or not there is such an account"""
    address = models.CharField(pgettext_lazy("address", "العنوان"), max_length=45)
    succeeded = models.BooleanField(_("نجحت"), default=False)
    at = models.DateTimeField(_("الوقت"), db_index=True)

    class Meta:
        verbose_name = _("محاولة دخول")
        verbose_name_plural = pgettext_lazy("plural", "محاولات الدخول")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["account", "address"], name="sign_in_account"),
            models.Index(fields=["address"], name="sign_in_address"),
        ]

    def __str__(self) -> str:
        return self.account
