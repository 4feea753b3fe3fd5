"""A story and its parts, as printed; and the names that lead from one story to others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

_address = lru_cache(10_000)(reverse)
"""Of what a list names again and again: `reverse` tries every address of the house each time."""


class Publisher(models.Model):
    """A newspaper or news site."""

    slug = models.SlugField(_("المعرّف"), unique=True, allow_unicode=True, max_length=100)
    name = models.CharField(_("الاسم"), max_length=200)
    host = models.CharField(_("الموقع"), max_length=253, blank=True)
    place_first = models.PositiveIntegerField(default=0, editable=False)
    """credit lines seen that name the place before the writer"""
    name_first = models.PositiveIntegerField(default=0, editable=False)
    """credit lines seen that name the writer before the place"""

    class Meta:
        verbose_name = _("مصدر")
        verbose_name_plural = pgettext_lazy("plural", "المصادر")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return _address("publisher", args=(self.slug,))


class Name(models.Model):
    """Something that stories share by name; `key` is the folded name, so spellings of one name meet."""

    name = models.CharField(_("الاسم"), max_length=300)
    key = models.CharField(_("المفتاح"), max_length=300, editable=False)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Section(Name):
    """A section (rubric) of one publisher."""

    publisher = models.ForeignKey(Publisher, models.CASCADE, verbose_name=_("المصدر"), related_name="sections")

    class Meta(Name.Meta):
        verbose_name = _("قسم")
        verbose_name_plural = pgettext_lazy("plural", "الأقسام")
        constraints = [models.UniqueConstraint(fields=["publisher", "key"], name="one_section_a_name")]

    def get_absolute_url(self) -> str:
        return _address("section", args=(self.pk,))


class Author(Name):
    """A person or an agency that signs stories; a variant of a name points at the one it was merged into."""

    class Kind(models.TextChoices):
        PERSON = "person", _("كاتب")
        AGENCY = "agency", _("وكالة")

    kind = models.CharField(_("النوع"), max_length=10, choices=Kind, default=Kind.PERSON)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("مدموج في"), null=True, blank=True, related_name="variants"
    )

    class Meta(Name.Meta):
        verbose_name = _("كاتب")
        verbose_name_plural = pgettext_lazy("plural", "الكتّاب")
        constraints = [models.UniqueConstraint(fields=["key", "kind"], name="one_author_a_name")]

    def get_absolute_url(self) -> str:
        return _address("author", args=(self.pk,))


class Place(Name):
    """A place that datelines name."""

    class Meta(Name.Meta):
        verbose_name = _("مكان")
        verbose_name_plural = pgettext_lazy("plural", "الأماكن")
        constraints = [models.UniqueConstraint(fields=["key"], name="one_place_a_name")]

    def get_absolute_url(self) -> str:
        return _address("place", args=(self.pk,))


NEWEST = (
    models.F("published_on").desc(nulls_last=True),
    models.F("published_at").desc(nulls_last=True),
    models.F("id").desc(),
)
_NEWEST_FIRST = ["-published_on", "-published_at", "-id"]
_VISIBLE = Q(hidden=False)


class NewestIndex(models.Index):
    """An index in the order of NEWEST: undated stories last, as SQLite sorts anyway and PostgreSQL must be told."""

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return super().create_sql(model, schema_editor, using, **kwargs)
        orders = [
            models.F(name).desc(nulls_last=True) if order == "DESC" else models.F(name)
            for name, order in self.fields_orders
        ]
        index = models.Index(*orders, name=self.name, condition=self.condition)
        return index.create_sql(model, schema_editor, using, **kwargs)


class StoryQuerySet(models.QuerySet["Story"]):
    def visible(self) -> StoryQuerySet:
        return self.filter(hidden=False)

    def signed_by(self, authors: Iterable[int]) -> StoryQuerySet:
        return self.filter(pk__in=Byline.objects.filter(author__in=authors).values("story"))

    def written_in(self, place: Place) -> StoryQuerySet:
        return self.filter(pk__in=Dateline.objects.filter(place=place).values("story"))

    def listed(self) -> StoryQuerySet:
        """Visible stories with all that a list shows of each, newest first, undated last."""
        return (
            self.visible()
            .select_related("publisher", "section")
            .prefetch_related(
                models.Prefetch("bylines", Byline.objects.select_related("author")),
                models.Prefetch("datelines", Dateline.objects.select_related("place")),
            )
            .newest()
        )

    def newest(self) -> StoryQuerySet:
        return self.order_by(*NEWEST)


class Story(models.Model):
    """One news story, however often it was captured."""

    class Precision(models.TextChoices):
        MINUTE = "minute", _("دقيقة")
        DAY = "day", _("يوم")
        MONTH = "month", _("شهر")

    publisher = models.ForeignKey(Publisher, models.PROTECT, verbose_name=_("المصدر"), related_name="stories")
    section = models.ForeignKey(
        Section, models.SET_NULL, verbose_name=_("القسم"), null=True, blank=True, related_name="stories"
    )
    headline = models.TextField(_("العنوان"))
    headline_key = models.CharField(max_length=300, editable=False, blank=True)
    lead = models.TextField(_("المقدمة"), blank=True)
    canonical_url = models.TextField(_("العنوان الأصلي"), blank=True)
    url_key = models.CharField(max_length=500, editable=False, blank=True)
    published_at = models.DateTimeField(_("تاريخ النشر"), null=True, blank=True)
    published_on = models.DateField(_("يوم النشر"), null=True, blank=True)
    utc_offset = models.SmallIntegerField(_("فارق التوقيت بالدقائق"), null=True, blank=True)
    date_precision = models.CharField(_("دقة التاريخ"), max_length=10, choices=Precision, blank=True)
    date_source = models.CharField(_("مصدر التاريخ"), max_length=60, blank=True)
    date_printed = models.CharField(_("التاريخ كما طُبع"), max_length=300, blank=True)
    modified_at = models.DateTimeField(_("تاريخ التعديل"), null=True, blank=True)
    language = models.CharField(_("اللغة"), max_length=10, blank=True)
    tags = models.JSONField(_("الوسوم"), default=list, blank=True)
    """subjects that the page itself names, as printed"""
    captured_at = models.DateTimeField(_("وقت الحفظ"), editable=False)
    """when the page was saved that the fields come from: an older capture never overwrites a newer one"""
    fingerprint = models.CharField(max_length=64, editable=False)
    indexed = models.BooleanField(_("مفهرس"), default=False, editable=False)
    hidden = models.BooleanField(_("مخفي"), default=False)
    created_at = models.DateTimeField(_("أُضيف"), auto_now_add=True)
    updated_at = models.DateTimeField(_("عُدّل"), auto_now=True)
    copy_of = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("نسخة من"), null=True, blank=True, editable=False, related_name="copies"
    )
    """the story whose near-copy this is; the first that was kept has none. Never a chain"""
    authors = models.ManyToManyField(Author, through="Byline", related_name="stories")
    places = models.ManyToManyField(Place, through="Dateline", related_name="stories")

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("خبر")
        verbose_name_plural = pgettext_lazy("plural", "الأخبار")
        permissions = [
            ("read_archive", gettext_noop("قراءة الأرشيف الخاص")),
            ("enter_desk", gettext_noop("دخول مكتب التحرير")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "url_key"], condition=~Q(url_key=""), name="one_story_an_address"
            ),
            models.UniqueConstraint(
                fields=["publisher", "fingerprint"], condition=Q(url_key=""), name="one_story_a_fingerprint"
            ),
        ]
        indexes = [
            NewestIndex(fields=_NEWEST_FIRST, name="story_newest", condition=_VISIBLE),
            NewestIndex(fields=["publisher", *_NEWEST_FIRST], name="story_publisher_newest", condition=_VISIBLE),
            NewestIndex(fields=["section", *_NEWEST_FIRST], name="story_section_newest", condition=_VISIBLE),
            models.Index(fields=["id"], name="story_hidden", condition=Q(hidden=True)),
            models.Index(fields=["publisher", "headline_key"], name="story_headline"),
            models.Index(fields=["url_key"], name="story_address"),
            models.Index(fields=["id"], condition=Q(indexed=False), name="story_not_indexed"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """The readable end of the permalink; the id alone finds the story."""
        return slugify(self.headline, allow_unicode=True)[:80].strip("-") or "story"


class Part(models.Model):
    """One of the ordered parts of a story."""

    position = models.PositiveSmallIntegerField(pgettext_lazy("of a part", "الترتيب"))

    class Meta:
        abstract = True
        ordering = ["position"]


class Byline(Part):
    """Who signs a story."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, verbose_name=_("الكاتب"), related_name="bylines")
    as_printed = models.CharField(_("كما طُبع"), max_length=300)

    class Meta(Part.Meta):
        verbose_name = _("توقيع")
        verbose_name_plural = pgettext_lazy("plural", "التواقيع")
        constraints = [models.UniqueConstraint(fields=["story", "position"], name="one_byline_a_position")]

    def __str__(self) -> str:
        return self.as_printed


class Dateline(Part):
    """Where a story was written."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="datelines")
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("المكان"), related_name="datelines")
    as_printed = models.CharField(_("كما طُبع"), max_length=300)

    class Meta(Part.Meta):
        verbose_name = _("مكان الخبر")
        verbose_name_plural = pgettext_lazy("plural", "أماكن الخبر")
        constraints = [models.UniqueConstraint(fields=["story", "position"], name="one_dateline_a_position")]

    def __str__(self) -> str:
        return self.as_printed


class Body(models.Model):
    """The text of a story: plain, one paragraph a line."""

    story = models.OneToOneField(Story, models.CASCADE, primary_key=True, related_name="body")
    text = models.TextField(_("النص"))
    word_count = models.PositiveIntegerField(_("عدد الكلمات"))

    class Meta:
        verbose_name = _("نص")
        verbose_name_plural = pgettext_lazy("plural", "النصوص")

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n")


class Picture(Part):
    """A picture of a story, by its address on the paper's site."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="pictures")
    url = models.TextField(pgettext_lazy("address", "العنوان"))
    caption = models.TextField(_("الشرح"), blank=True)
    credit = models.CharField(pgettext_lazy("of a picture", "المصدر"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("صورة")
        verbose_name_plural = pgettext_lazy("plural", "الصور")
        constraints = [models.UniqueConstraint(fields=["story", "position"], name="one_picture_a_position")]

    def __str__(self) -> str:
        return self.caption or self.url


class RelatedLink(Part):
    """A link to another story, printed in the page; `target` is that story once the archive has it."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="related_links")
    text = models.TextField(_("النص"))
    url = models.TextField(pgettext_lazy("address", "العنوان"), blank=True)
    url_key = models.CharField(max_length=500, editable=False, blank=True)
    target = models.ForeignKey(
        Story, models.SET_NULL, verbose_name=_("الخبر المقصود"), null=True, blank=True, related_name="linked_from"
    )

    class Meta(Part.Meta):
        verbose_name = _("رابط ذو صلة")
        verbose_name_plural = pgettext_lazy("plural", "روابط ذات صلة")
        constraints = [models.UniqueConstraint(fields=["story", "position"], name="one_link_a_position")]
        indexes = [models.Index(fields=["url_key"], condition=Q(target=None), name="link_waiting_address")]

    def __str__(self) -> str:
        return self.text
