"""What a page costs the server, as multiples of a bare Django view in the same run.

    DATA_DIR=… python -m tests.benchmarks.pages        (an archive that is there, as `million --keep` leaves them)
    make bench BENCH_ARGS="--only pages"               (the samples)

The bare view goes through the same middleware and answers four words. Each address is asked in turn with it, some
rounds, and the medians are compared: processor time of the answering thread, and time by the clock.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from functools import partial

ROUNDS = 60


def main() -> None:
    import django

    django.setup()
    measure_pages()


def measure_pages() -> None:
    from django.core.management import call_command
    from django.http import HttpRequest, HttpResponse
    from django.test import Client, override_settings
    from django.urls import path

    from archive.models import Author, Place, Publisher, Section, Story
    from archive.urls import urlpatterns

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse("أربع كلمات لا غير")

    call_command("collectstatic", interactive=False, verbosity=0)
    rng = random.Random(7)
    newest = list(Story.objects.visible().order_by("-pk").values_list("pk", flat=True)[:20_000])
    stories = list(
        Story.objects.select_related("publisher", "section").in_bulk(rng.sample(newest, min(60, len(newest)))).values()
    )
    days = [story.published_on for story in stories if story.published_on]
    words = [word for story in stories for word in story.headline.split() if len(word) > 3]
    pages: dict[str, Callable[[], str]] = {
        "a story": lambda: rng.choice(stories).get_absolute_url(),
        "a day": lambda: f"/dates/{rng.choice(days):%Y/%m/%d}/",
        "a month": lambda: f"/dates/{rng.choice(days):%Y/%m}/",
        "the front page": lambda: "/",
        "a search": lambda: f"/search/?q={rng.choice(words)}+{rng.choice(words)}",
    }

    ids = [story.pk for story in stories]
    borne = {  # by stories that are shown
        "publisher": Publisher.objects.filter(stories__in=ids),
        "section": Section.objects.filter(stories__in=ids),
        "author": Author.objects.filter(bylines__story__in=ids, merged_into=None),
        "place": Place.objects.filter(datelines__story__in=ids),
    }
    for kind, rows in borne.items():
        if addresses := [row.get_absolute_url() for row in rows]:
            pages[f"a {kind}"] = partial(rng.choice, addresses)

    class Urls:
        pass

    Urls.urlpatterns = [*urlpatterns, path("bare/", bare)]  # type: ignore[attr-defined]
    print("| page | processor, ms | by the clock, ms | × bare view |")
    print("|---|---|---|---|")
    with override_settings(ROOT_URLCONF=Urls, KEEP_PAGES=0):
        client = Client(headers={"host": "localhost"})
        for name, address in pages.items():
            taken: dict[str, list[tuple[float, float]]] = {"bare": [], "page": []}
            for turn in range(ROUNDS):
                for kind, where in (("bare", "/bare/"), ("page", address())):
                    started = time.thread_time(), time.perf_counter()
                    response = client.get(where)
                    assert response.status_code == 200, (where, response.status_code)
                    if turn >= ROUNDS // 6:  # warm
                        taken[kind].append((time.thread_time() - started[0], time.perf_counter() - started[1]))
            (bare_cpu, bare_clock), (cpu, clock) = (
                [statistics.median(column) * 1e3 for column in zip(*taken[kind], strict=True)]
                for kind in ("bare", "page")
            )
            print(
                f"| {name} | {cpu:.1f} | {clock:.1f} | {cpu / bare_cpu:.1f} (clock {clock / bare_clock:.1f}) |",
                flush=True,
            )


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    main()
