"""Two at one story: who saves second is told what happened meanwhile, and nothing is written over unseen."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.forms import CharField, HiddenInput, ModelForm, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.models import Story
from archive.templatetags.dates import moment

MEANWHILE = _(
    "تغيّر هذا الخبر بعد أن فتحت الصفحة: %(who)s. لم يُحفظ شيء بعد، وما كتبته باقٍ في الحقول أدناه. افتح الخبر في نافذة "
    "أخرى لترى ما تغيّر؛ فإن حفظت الآن حلّ ما في هذه الصفحة محله."
)


class StoryForm(ModelForm):
    """A story as it was when the form was opened: saved only over the very same."""

    opened = CharField(
        widget=HiddenInput, error_messages={"required": _("أعد فتح الصفحة: لا يُعرف أي حال للخبر كانت أمامك.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened"] = _state(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        now = Story.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if "opened" in cleaned and cleaned["opened"] != _state(now):
            data = cast("QueryDict", self.data).copy()
            data[self.add_prefix("opened")] = _state(now)  # who saves again has read this
            self.data = data
            raise ValidationError(MEANWHILE, params={"who": _who(now)})
        return cleaned


def _state(story: Story) -> str:
    return story.updated_at.isoformat() if story.updated_at else ""


def _who(story: Story) -> str:
    """The editor of the last change, or the import that made it."""
    kind = ContentType.objects.get_for_model(Story)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(story.pk)).select_related("user")
    last = entries.order_by("-action_time").first()
    if last is None or abs((last.action_time - story.updated_at).total_seconds()) > 60:
        return gettext("قراءة جديدة لصفحاته، %(moment)s") % {"moment": moment(story.updated_at)}
    told = {"editor": last.user.get_username(), "moment": moment(story.updated_at)}
    return gettext("عدّله %(editor)s، %(moment)s") % told
