"""The editors' desk: Django's own admin."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import QuerySet, TextField
from django.forms import BooleanField, FileField, FileInput, ModelForm, Textarea, TextInput, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive import records  # noqa: F401  # registers what is read and not changed
from archive.accounts import AccountAdmin, RoleAdmin
from archive.conflict import StoryForm
from archive.desk import Dated
from archive.ingest import note_corrections, values_of_story
from archive.models import (
    Author,
    Body,
    Byline,
    Dateline,
    HouseStyle,
    Picture,
    Place,
    Publisher,
    RelatedLink,
    Section,
    Story,
    follow_house_style,
)
from archive.search import index_pending
from archive.taste import LARGEST_LOGO, Logo, kind_of, number, taste
from archive.templatetags.counts import counted

admin.site.site_header = admin.site.site_title = lazy(lambda: taste().name, str)()
admin.site.index_title = _("مكتب التحرير")
admin.site.unregister([Group, User])  # whose own admins came with `accounts`
admin.site.register(Group, RoleAdmin)


@admin.register(User)
class DatedAccountAdmin(Dated, AccountAdmin):
    pass


def reindex(stories: QuerySet[Story], **changes: Any) -> int:
    """Changes the rows and lets the index follow once they are committed."""
    count = stories.update(indexed=False, updated_at=timezone.now(), **changes)
    transaction.on_commit(index_pending)
    return count


def text_box(rows: int, columns: int = 28) -> dict[Any, Any]:
    return {TextField: {"widget": Textarea(attrs={"rows": rows, "cols": columns, "dir": "auto"})}}


class Part(admin.TabularInline):
    extra = 0
    formfield_overrides = text_box(2)


class BylineInline(Part):
    model = Byline
    autocomplete_fields = ["author"]


class DatelineInline(Part):
    model = Dateline
    autocomplete_fields = ["place"]


class BodyInline(admin.StackedInline):
    model = Body
    can_delete = False
    formfield_overrides = text_box(24, 90)


class PictureInline(Part):
    model = Picture


class RelatedLinkInline(Part):
    model = RelatedLink
    fk_name = "story"
    raw_id_fields = ["target"]


@admin.register(Story)
class StoryAdmin(Dated):
    """Stories come from saved pages and go nowhere: one is hidden, never added or deleted by hand."""

    form = StoryForm
    list_display = ["headline", "publisher", "section", "published_on", "hidden"]
    list_filter = ["hidden", "publisher", "date_precision", "date_source"]
    list_select_related = ["publisher", "section"]
    search_fields = ["headline", "canonical_url"]
    show_full_result_count = False
    formfield_overrides = text_box(2, 90)
    ordering = ["-pk"]
    autocomplete_fields = ["publisher", "section"]
    readonly_fields = ["canonical_url", "date_source", "date_printed", "created_at", "indexed"]
    inlines = [BylineInline, DatelineInline, BodyInline, PictureInline, RelatedLinkInline]
    actions = ["hide", "show"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Story, form: Any, change: bool) -> None:
        form.before = values_of_story(Story.objects.select_related("publisher", "section", "body").get(pk=obj.pk))
        obj.indexed = False
        super().save_model(request, obj, form, change)
        transaction.on_commit(index_pending)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        note_corrections(form.instance, form.before, request.user)

    @admin.action(description=_("إخفاء الأخبار المختارة"), permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Story]) -> None:
        self.message_user(
            request, _("أُخفي %(stories)s") % {"stories": counted(reindex(queryset, hidden=True), "story")}
        )

    @admin.action(description=_("إظهار الأخبار المختارة"), permissions=["change"])
    def show(self, request: HttpRequest, queryset: QuerySet[Story]) -> None:
        self.message_user(
            request, _("أُظهر %(stories)s") % {"stories": counted(reindex(queryset, hidden=False), "story")}
        )


class NameAdmin(admin.ModelAdmin):
    """Names come from the pages; here they are corrected, and their stories indexed anew."""

    list_display: Any = ["name"]
    search_fields = ["name", "key"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            reindex(Story.objects.filter(pk__in=obj.stories.values("pk")))


@admin.register(Publisher)
class PublisherAdmin(NameAdmin):
    list_display = ["name", "slug", "host"]
    search_fields = ["name", "slug", "host"]


@admin.register(Section)
class SectionAdmin(NameAdmin):
    list_display = ["name", "publisher"]
    list_filter = ["publisher"]
    list_select_related = ["publisher"]
    autocomplete_fields = ["publisher"]


class AuthorForm(ModelForm):
    def clean_merged_into(self) -> Author | None:
        """No chain, for lists count one step, and no circle, in which a browser would run for ever."""
        into: Author | None = self.cleaned_data["merged_into"]
        if into and (into == self.instance or into.merged_into_id or self.instance.variants.exists()):
            raise ValidationError(
                _(
                    "لا يُدمج كاتب في نفسه، ولا في كاتب مدموج في غيره؛ وإن كانت فيه أسماء مدموجة فادمجها أولا في الكاتب "
                    "الذي تختاره."
                )
            )
        return into


@admin.register(Author)
class AuthorAdmin(NameAdmin):
    form = AuthorForm
    list_display = ["name", "kind", "merged_into"]
    list_filter = ["kind", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["merged_into"]
    autocomplete_fields = ["merged_into"]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Author], search_term: str) -> Any:
        """Merging offers only names that are not merged themselves."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if request.GET.get("field_name") == "merged_into":
            found = found.filter(merged_into=None)
        return found, duplicates


@admin.register(Place)
class PlaceAdmin(NameAdmin):
    pass


EMPTY_FIELDS = _("كل حقل تتركه فارغا يبقى كما في إعدادات الخادم.")


def colour_box() -> TextInput:
    return TextInput(attrs={"dir": "ltr", "size": 9})


class HouseStyleForm(ModelForm):
    class Meta:
        widgets = {"accent": colour_box(), "accent_dark": colour_box()}

    picture = FileField(
        label=_("شعار جديد"),
        required=False,
        widget=FileInput(attrs={"accept": ".svg,.png,.webp"}),
        help_text=_("صورة SVG أو PNG أو WebP، تظهر بجانب الاسم."),
    )
    no_picture = BooleanField(label=_("احذف الشعار المرفوع من قبل"), required=False)

    def clean_picture(self) -> Logo | None:
        file = self.cleaned_data["picture"]
        if file is None:
            return None
        if file.size > LARGEST_LOGO:
            raise ValidationError(
                _("الصورة أكبر من %(kilobytes)s كيلوبايت."), params={"kilobytes": number(LARGEST_LOGO // 1024)}
            )
        content = file.read()
        if not (kind := kind_of(content)):
            raise ValidationError(_("ليست هذه صورة SVG أو PNG أو WebP."))
        return Logo(kind, content)


@admin.register(HouseStyle)
class HouseStyleAdmin(admin.ModelAdmin):
    """One row, which wins over the environment; what is left empty in it is as the environment says."""

    form = HouseStyleForm
    readonly_fields = ["shown_logo"]
    fieldsets = [
        (_("الاسم والكتابة"), {"fields": ["name", "motto", "months", "digits"], "description": EMPTY_FIELDS}),
        (_("اللون"), {"fields": ["accent", "accent_dark"]}),
        (_("الشعار"), {"fields": ["shown_logo", "picture", "no_picture"]}),
    ]

    @admin.display(description=_("الشعار الحالي"))
    def shown_logo(self, obj: HouseStyle) -> str:
        if not taste().logo:
            return gettext("لا شعار")
        return format_html('<img src="{}?v={}" alt="" height="48">', reverse("logo"), taste().logo)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        return super().render_change_form(request, context | {"show_save_and_add_another": False}, *args, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not HouseStyle.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: HouseStyle | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: HouseStyle, form: ModelForm, change: bool) -> None:
        if form.cleaned_data["picture"] or form.cleaned_data["no_picture"]:
            obj.put_logo(form.cleaned_data["picture"])
        super().save_model(request, obj, form, change)
        transaction.on_commit(follow_house_style)
