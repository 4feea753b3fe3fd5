"""A logo: a small picture, told by its bytes and not by its name."""

import hashlib
from dataclasses import dataclass, field

from lxml import etree

LARGEST_LOGO = 256 * 1024


@dataclass(frozen=True, slots=True)
class Logo:
    content_type: str
    content: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def kind_of(content: bytes) -> str:
    """The type of a PNG, a WebP or an SVG; empty for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "image/png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if _is_svg(content) else ""


def _is_svg(content: bytes) -> bool:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return False
    return root.tag == "{http://www.w3.org/2000/svg}svg"
