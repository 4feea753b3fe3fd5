"""Which of writer and place a site's credit lines name first, learnt from those of its lines that leave no doubt."""

from __future__ import annotations

from collections import Counter

from .article import Article
from .credits import Order

ENOUGH = 3
"""Lines that show an order."""
AGREEING = 0.9
"""Share of them that must agree."""


def order_by(place_first: int, name_first: int) -> Order:
    """The order that so many lines of either kind show; empty where they are too few or do not agree."""
    total = place_first + name_first
    if total < ENOUGH or max(place_first, name_first) < AGREEING * total:
        return ""
    return "place-first" if place_first > name_first else "name-first"


class Orders:
    """Lines seen, by publisher."""

    def __init__(self) -> None:
        self._seen: dict[str, Counter[Order]] = {}

    def note(self, article: Article) -> None:
        if article.credit_order:
            self._seen.setdefault(article.publisher.slug, Counter())[article.credit_order] += 1

    def learnt(self) -> dict[str, Order]:
        """Publisher's slug → order, where one is shown."""
        orders = {slug: order_by(seen["place-first"], seen["name-first"]) for slug, seen in self._seen.items()}
        return {slug: order for slug, order in orders.items() if order}
