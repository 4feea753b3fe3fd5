"""How many stories the archive holds a day, a month, a year.

Counted by day in the database (an index serves it, and no function runs on each row), summed up here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count

from archive.models import Story
from archive.models.stories import StoryQuerySet

LONGEST_SPAN = 150


def by_day(stories: StoryQuerySet) -> dict[date, int]:
    """Stories a day; one of which only the month is known counts on that month's first day."""
    dated = stories.filter(published_on__isnull=False).order_by()
    return dict(dated.values_list("published_on").annotate(Count("pk")))


def day_known(stories: StoryQuerySet) -> StoryQuerySet:
    """Without those of which only the month is known: they belong to no day."""
    return stories.exclude(date_precision=Story.Precision.MONTH)


def by_month(days: Mapping[date, int]) -> Counter[tuple[int, int]]:
    months: Counter[tuple[int, int]] = Counter()
    for on, count in days.items():
        months[on.year, on.month] += count
    return months


def by_year(days: Mapping[date, int]) -> Counter[int]:
    years: Counter[int] = Counter()
    for on, count in days.items():
        years[on.year] += count
    return years


def span(years: Iterable[int]) -> list[int]:
    """All years from the first to the last, also the empty ones between (unless a false date is centuries away)."""
    known = sorted(set(years))
    if not known or known[-1] - known[0] > LONGEST_SPAN:
        return known
    return list(range(known[0], known[-1] + 1))


def gaps(years: Iterable[int]) -> list[str]:
    """The empty years between the first and the last, runs of them joined: «2011», «2013-2015»."""
    known = set(years)
    runs: list[list[int]] = []
    for year in span(known):
        if year in known:
            continue
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
