"""What a page says: the value that leaves the parser. Each field's meaning stands here, once."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.arabic import PrintedDate

from .credits import Order
from .evidence import Evidence


@dataclass(frozen=True, slots=True)
class PublisherName:
    """The paper that a page belongs to."""

    slug: str
    name: str
    host: str


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    """absolute address on the paper's site"""
    caption: str = ""
    credit: str = ""
    """who made it, as printed, without «تصوير»"""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another story, printed with this one."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Teaser:
    """Another story as this page lists it."""

    headline: str
    url: str = ""
    published: PrintedDate | None = None
    printed: str = ""
    """the date as printed"""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    publisher: PublisherName
    url: str
    """the address the page gives itself, else the one it was saved from"""
    headline: str
    """as printed in the heading: never altered, no site name on either side"""
    body: tuple[str, ...]
    """paragraphs in order, plain text, spaces single"""
    bylines: tuple[str, ...] = ()
    """names of persons as printed, without «كتب» or «بقلم»"""
    agencies: tuple[str, ...] = ()
    """news agencies that sign, as printed"""
    datelines: tuple[str, ...] = ()
    """places where the story was written, as printed"""
    published: PrintedDate | None = None
    published_printed: str = ""
    """the text the date was read from; also kept when the date in it was refused"""
    modified: PrintedDate | None = None
    section: str = ""
    lead: str = ""
    """the standfirst: a sentence or two set apart between headline and body"""
    pictures: tuple[Picture, ...] = ()
    related: tuple[Link, ...] = ()
    teasers: tuple[Teaser, ...] = ()
    language: str = ""
    """ISO 639-1"""
    encoding: str = ""
    """how the bytes were read: charset and why"""
    credit_order: Order = ""
    """which of writer and place the credit line names first, where it leaves no doubt"""
    unsure: bool = False
    """a credit line names somebody and some place, but not which is which: the order of its site would tell"""
    tags: tuple[str, ...] = ()
    """subjects that the page itself names, as printed"""
    evidence: dict[str, Evidence] = field(default_factory=dict)
    """field → who spoke it"""

    @property
    def field_sources(self) -> dict[str, str]:
        """field → the rule that spoke it"""
        return {name: said.rule for name, said in self.evidence.items()}
