"""A saved page in, an article or its refusal out. Pure: no Django, no network, no files."""

from .address import host_of, url_key
from .article import Article, Link, Picture, PublisherName, Teaser
from .document import Document, open_document
from .explain import explain_page
from .orders import Orders, order_by
from .parse import PARSER_VERSION, Refusal, parse_page
from .publisher import BadPublisher, Catalogue, read_catalogue
from .publishers import SHIPPED

__all__ = [
    "PARSER_VERSION",
    "Orders",
    "SHIPPED",
    "Article",
    "BadPublisher",
    "Catalogue",
    "Document",
    "Link",
    "Picture",
    "PublisherName",
    "Refusal",
    "Teaser",
    "explain_page",
    "host_of",
    "open_document",
    "order_by",
    "parse_page",
    "read_catalogue",
    "url_key",
]
