"""People and their roles, at the editors' desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_KNOWN_BY = (_("الحساب"), {"fields": ("username", "password")})
_PERSON = (_("صاحبه"), {"fields": ("first_name", "last_name", "email")})
_ROLE = (_("ما يحق له"), {"fields": ("is_active", "groups")})
_EVERYTHING = (_("ما يحق له"), {"fields": ("is_active", "groups", "is_superuser", "user_permissions")})
_DATES = (_("التواريخ"), {"fields": ("last_login", "date_joined")})


class LongEnough(MinimumLengthValidator):
    """Ten letters at least, and said in the archive's own words, for Django's are not in Arabic."""

    def __init__(self) -> None:
        super().__init__(min_length=10)

    def get_error_message(self) -> str:
        return gettext("كلمة المرور قصيرة: عشرة أحرف على الأقل.")

    def get_help_text(self) -> str:
        return gettext("عشرة أحرف على الأقل.")


_ACTIONS = {"add": _("إضافة"), "change": _("تعديل"), "delete": _("حذف"), "view": _("عرض")}


class RoleField(ModelMultipleChoiceField):
    def label_from_instance(self, obj: Group) -> str:
        return gettext(obj.name)


class PermissionField(ModelMultipleChoiceField):
    """Django keeps «Can change خبر» in the rows."""

    def label_from_instance(self, obj: Permission) -> str:
        action, _, name = obj.codename.partition("_")
        if action in _ACTIONS and name == obj.content_type.model:
            return f"{obj.content_type.name}: {_ACTIONS[action]}"
        return gettext(obj.name)


class RoleFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return [(key, gettext(str(name))) for key, name in super().field_choices(field, request, model_admin)]


class RoleAdmin(GroupAdmin):
    list_display = ["role"]
    actions = None

    @admin.display(description=_("الدور"), ordering="name")
    def role(self, group: Group) -> str:
        return gettext(group.name)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, form_class=PermissionField, **kwargs)


class PasswordForm(AdminPasswordChangeForm):
    usable_password = None  # nobody comes in here without one


class AccountAdmin(UserAdmin):
    """Only who may everything makes others like himself, or touches their accounts."""

    list_display = ["username", "first_name", "last_name", "is_active", "last_login"]
    list_filter = ["is_active", ("groups", RoleFilter)]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["user_permissions"]
    add_form = UserCreationForm
    change_password_form = PasswordForm
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "password1", "password2", "groups")}),)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        return (_KNOWN_BY, _PERSON, _EVERYTHING if request.user.is_superuser else _ROLE, _DATES)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":  # few enough to see them all
            kwargs |= {"widget": CheckboxSelectMultiple(), "form_class": RoleField}
        if db_field.name == "user_permissions":
            kwargs["form_class"] = PermissionField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return not _is_mightier(obj, request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return not _is_mightier(obj, request) and super().has_delete_permission(request, obj)


def _is_mightier(person: User | None, request: HttpRequest) -> bool:
    return person is not None and person.is_superuser and not request.user.is_superuser
