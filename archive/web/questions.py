"""What the form of batch questions says: its lines as questions, its filters, and all of it as a link."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.search import LONGEST_PHRASE, MOST_QUESTIONS, BatchTable, Split, as_phrase, ask_many
from archive.taste import in_digits
from archive.templatetags.counts import counted

from .parameters import CONTROL, LONGEST_TEXT, Reader, find_publisher

LONGEST_LINK = 1_200
"""Letters of a list that a link can carry: an Arabic one takes six bytes there, and nginx takes 8 kB."""
SPLITS: dict[Split, Any] = {"year": gettext_lazy("بالسنة"), "publisher": gettext_lazy("بالمصدر")}
PARAMETERS = ("questions", "phrases", "copies", "publisher", "from", "to", "by")


@dataclass(frozen=True)
class Line:
    text: str
    """as typed"""
    question: str
    """as the search page would be asked"""


@dataclass(frozen=True)
class Skipped:
    text: str
    reason: str


@dataclass
class Questions:
    text: str
    lines: list[Line] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    refusal: str = ""
    notes: list[str] = field(default_factory=list)
    phrases: bool = False
    copies: bool = False
    by: Split = "year"
    publisher: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_short(self) -> bool:
        return len(self.text) <= LONGEST_LINK

    def answer(self) -> BatchTable:
        """An empty list is asked, too: so it is known whether there is an index."""
        lines = [] if self.refusal else self.lines
        table = ask_many(
            [line.question for line in lines],
            self.by,
            publisher=self.publisher,
            date_from=self.first,
            date_to=self.last,
            copies=self.copies,
        )
        empty = set(table.skipped)
        self.skipped += [Skipped(line.text, _("ليس فيه ما يُبحث عنه")) for line in lines if line.question in empty]
        self.lines = [line for line in lines if line.question not in empty]
        return table


def read_questions(parameters: QueryDict) -> Questions:
    reader = Reader(parameters)
    by = reader.value("by") or "year"
    if by not in SPLITS:
        reader.ignored(_("تقسيم الأعمدة"))
        by = "year"
    publisher = reader.row("publisher", _("المصدر"), find_publisher)
    first, last = reader.dates()
    asked = Questions(
        text="\n".join(parameters.get("questions", "").splitlines()).strip(),
        phrases=reader.switch("phrases", _("طريقة قراءة الأسطر"), ("on", "1"), ("off", "0"), False),
        copies=reader.copies(),
        by="publisher" if by == "publisher" else "year",
        publisher=publisher.slug if publisher else "",
        first=first,
        last=last,
        notes=reader.notes,
    )
    texts = [text for line in asked.text.split("\n") if (text := CONTROL.sub(" ", line).strip())]
    if len(texts) > MOST_QUESTIONS:
        asked.refusal = _("في القائمة %(lines)s، وأقصى ما نجيب عنه مرة واحدة %(most)s. قسّمها وأرسل كل قسم وحده.") % {
            "lines": counted(len(texts), "line"),
            "most": counted(MOST_QUESTIONS, "line"),
        }
        return asked
    longest = LONGEST_PHRASE if asked.phrases else LONGEST_TEXT
    for text in texts:
        question = as_phrase(text) if asked.phrases else text
        if len(question) - 2 * asked.phrases > longest:
            asked.skipped.append(Skipped(text, _("أطول من %(letters)s حرف") % {"letters": in_digits(longest)}))
        else:
            asked.lines.append(Line(text, question))
    if asked.text and not texts:
        asked.refusal = _("لا سؤال في القائمة: اكتب في كل سطر كلمة أو اسما أو عبارة.")
    return asked


def link(parameters: QueryDict, **more: Any) -> str:
    """The address at which the same form is filled in the same way."""
    given = {name: parameters.get(name, "") for name in PARAMETERS}
    given["questions"] = "\n".join(given["questions"].splitlines()).strip()
    return f"{reverse('batch')}?{urlencode({name: value for name, value in {**given, **more}.items() if value})}"
