"""A publisher as data: where its pages keep what, with layouts dated by capture time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .credits import Order


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors of one design of a site; an empty one leaves its field to structured data and generic reading."""

    name: str
    headline: str = ""
    body: str = ""
    """the element that holds the paragraphs"""
    lead: str = ""
    credit: str = ""
    """the line of writer and place"""
    order: Order = ""
    """which of the two the credit line names first"""
    date: str = ""
    caption: str = ""
    teaser_credit: str = ""
    """the line of writer and place of other stories"""
    drop: str = ""
    """what is no article text although it lies in the body"""
    until: dt.date | None = None
    """the last day on which pages of this design were saved; null for today's"""


@dataclass(frozen=True, slots=True)
class Publisher:
    slug: str
    name: str
    hosts: tuple[str, ...]
    """without www; the first is the main one"""
    layouts: tuple[Layout, ...] = ()
    """old designs first"""
    also: tuple[str, ...] = ()
    """other names that the site prints for itself"""

    def layout(self, captured_at: dt.datetime) -> Layout | None:
        """The design in force when a page was saved."""
        return next((lay for lay in self.layouts if lay.until is None or captured_at.date() <= lay.until), None)


@dataclass(frozen=True, slots=True)
class Network:
    """Sites that share one design, known by words in the page where the host is not listed."""

    marks: tuple[bytes, ...]
    layouts: tuple[Layout, ...]
