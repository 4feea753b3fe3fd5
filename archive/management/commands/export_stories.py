"""Writes all visible stories to a file or to stdout: the thin end of `archive.exports`."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from archive.exports import COLUMNS, HEADS, csv_rows, full_record, story_record, walk
from archive.files import appearing
from archive.management.ends import INTERRUPTED, StoppingCommand, interruptible
from archive.models import Publisher, Story

_COLUMNS = (*(name for name in COLUMNS if name != "copies"), "body")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day like 2016-03-12") from None


class Command(StoppingCommand):
    help = (
        "Write all visible stories: one JSON object a line (or CSV), in the order of their numbers, with everything "
        "that the archive knows of each. Exit 0 done, 1 it could not be written, 2 wrong usage, 130 interrupted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("json", "csv"), default="json", help="json: one object a line")
        parser.add_argument("--output", type=Path, metavar="FILE", help="a file, whole or not there (default: stdout)")
        parser.add_argument("--publisher", metavar="SLUG", help="only stories of this publisher")
        parser.add_argument("--from", type=day, dest="since", metavar="DAY", help="published on this day or later")
        parser.add_argument("--to", type=day, metavar="DAY", help="published on this day or before")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["publisher"] and not Publisher.objects.filter(slug=options["publisher"]).exists():
            self.stop(2, _("‎--publisher %(slug)s: لا مصدر بهذا الاسم") % {"slug": options["publisher"]})
        try:
            with interruptible() as stopping, closing(self._lines(options)) as lines:
                self._write(lines, stopping, options["output"])
        except BrokenPipeError:  # `export_stories | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except KeyboardInterrupt:
            self.stop(INTERRUPTED, _("توقف التصدير قبل أن يتم. شغّل الأمر نفسه ليبدأ من جديد."))
        except (OSError, DatabaseError) as error:
            self.stop(1, _("لم يتم التصدير: %(error)s") % {"error": error})

    def _write(self, lines: Iterator[str], stopping: Any, path: Path | None) -> None:
        if path is None:
            for line in lines:
                self._unless(stopping)
                self.stdout.write(line, ending="")
            self.stdout.flush()
            return
        with appearing(path) as stream:
            for line in lines:
                self._unless(stopping)
                stream.write(line.encode("utf-8", "replace"))

    def _lines(self, options: dict[str, Any]) -> Generator[str, None, None]:
        stories = Story.objects.visible()
        asked = {"publisher__slug": "publisher", "published_on__gte": "since", "published_on__lte": "to"}
        stories = stories.filter(**{name: options[of] for name, of in asked.items() if options[of]})
        if options["format"] == "csv":
            yield from csv_rows(self._rows(stories))
            return
        for story in walk(stories):
            yield json.dumps(full_record(story), ensure_ascii=False) + "\n"

    def _rows(self, stories: Any) -> Iterator[list[object]]:
        yield [HEADS[name] for name in _COLUMNS]
        for story in walk(stories):
            record = story_record(story, str) | {"body": story.body.text}
            yield [record[name] for name in _COLUMNS]

    def _unless(self, stopping: Any) -> None:
        if stopping():
            raise KeyboardInterrupt
