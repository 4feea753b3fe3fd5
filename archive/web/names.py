"""The lists of names: publishers, sections, writers, places, each with its number of stories."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from archive.arabic import key
from archive.models import Author, Place, Publisher, Section

from . import tally


class Names(ListView):
    """Names with stories, the most frequent first; `?q=` keeps those that contain some letters."""

    template_name = "names.html"
    context_object_name = "names"
    paginate_by = 120
    title: str | Promise = ""
    noun = ""
    rows: QuerySet[Any]
    tally: Callable[[], Counter[int]]

    def get_queryset(self) -> Any:
        """Ids only; the rows come for the page that is shown."""
        self.counts = type(self).tally()
        ranked = tally.ranked(self.counts)
        if not self.letters:
            return ranked
        fitting = set(self.rows.filter(**self.fits()).values_list("pk", flat=True))
        return [pk for pk in ranked if pk in fitting]

    def fits(self) -> dict[str, str]:
        """What a name must hold: the folded letters, so that احمد finds أحمد."""
        return {"key__contains": key(self.letters) or "\n"}

    @property
    def letters(self) -> str:
        return self.request.GET.get("q", "").replace("\0", "").strip()[:100]

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """A page number that does not exist shows the nearest one that does."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        names = tally.named(page.object_list, self.counts, self.rows.all())
        return paginator, page, names, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"title": self.title, "noun": self.noun, "letters": self.letters}
        return super().get_context_data(**kwargs) | more


class Publishers(Names):
    title, noun = _("المصادر"), "publisher"
    rows = Publisher.objects.all()
    tally = staticmethod(tally.publishers)

    def fits(self) -> dict[str, str]:
        return {"name__icontains": self.letters}


class Sections(Names):
    title, noun = _("الأقسام"), "section"
    rows = Section.objects.select_related("publisher")
    tally = staticmethod(tally.sections)


class Authors(Names):
    title, noun = _("الكتّاب"), "author"
    rows = Author.objects.all()
    tally = staticmethod(tally.authors)


class Places(Names):
    title, noun = _("الأماكن"), "place"
    rows = Place.objects.all()
    tally = staticmethod(tally.places)
