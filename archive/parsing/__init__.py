"""A saved page in, an article or its refusal out. Pure: no Django, no network, no files."""

from .address import host_of, url_key
from .article import Article, Link, Picture, PublisherName, Teaser
from .parse import PARSER_VERSION, Refusal, parse_page

__all__ = [
    "PARSER_VERSION",
    "Article",
    "Link",
    "Picture",
    "PublisherName",
    "Refusal",
    "Teaser",
    "host_of",
    "parse_page",
    "url_key",
]
