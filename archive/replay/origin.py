"""The replay origin: three kinds of addresses, each a ticket; everything else is not there."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from archive import payloads
from archive.dumps import STYLE, Locator, Page, Rejection
from archive.models import Capture, Companion
from archive.parsing import open_document

from .finding import Finder
from .inert import inert_page, references
from .styles import inert_styles
from .tickets import KINDS, Expired, Kind, Ticket, read_ticket, replay_host
from .walls import walls

MOST_TAGS = 300_000
MOST_BYTES = 8 * 2**20
"""Without pictures that lie in the page itself."""
_INLINE = re.compile(rb"base64,[A-Za-z0-9+/=%]+")
_ADDRESS = re.compile(rf"/(?P<kind>{'|'.join(KINDS)})/(?P<token>[\w:.-]+)/")
_NOTE = (
    '<!DOCTYPE html><html lang="{1}" dir="{2}"><head><meta charset="utf-8"><title>{0}</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<style>body{{font-family:sans-serif;padding:2rem;line-height:1.75}}</style></head>"
    "<body><p>{0}</p></body></html>"
)
EXPIRED = _("انتهت مدة هذا الرابط. أعد فتح الصفحة من الأرشيف.")
ABSENT = _("لا شيء في هذا العنوان.")
DAMAGED = _("بايتات هذه الصفحة ليست في المخزن، أو لم تعد كما حُفظت.")
NOT_SHOWN = _("هذه الصفحة لا تُعرض: ليست صفحة مقروءة، أو هي أثقل من أن تُعرض. يمكن تنزيلها كما وصلت.")


class ReplayOrigin:
    """Answers all that is asked of the replay origin, before any other middleware: no session, no cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.get_host().lower() == replay_host():
            return answer(request)
        return self.get_response(request)


def answer(request: HttpRequest) -> HttpResponse:
    found = _ADDRESS.fullmatch(request.path_info)
    if request.method not in ("GET", "HEAD"):
        return _note(ABSENT, 405)
    if found is None or "Service-Worker" in request.headers:
        return _note(ABSENT, 404)
    kind: Kind = found["kind"]  # type: ignore[assignment]
    try:
        ticket = read_ticket(kind, found["token"])
        capture = Capture.objects.get(pk=ticket.capture)
        return _SHOWN[kind](capture, ticket)
    except Expired as error:
        return _note(EXPIRED, 410, error.ticket.room)
    except (BadSignature, Capture.DoesNotExist, Companion.DoesNotExist):
        return _note(ABSENT, 404)
    except (OSError, payloads.DamagedPayload):
        return _note(DAMAGED, 404, ticket.room)


def _page(capture: Capture, ticket: Ticket) -> HttpResponse:
    """The page made inert, in the charset that its reader found, shown with what is kept of its dump."""
    content = payloads.get(capture.digest)
    locator = Locator(capture.dump, capture.member, capture.offset)
    if capture.code == "too-heavy" or _is_heavy(content):
        return _note(NOT_SHOWN, 200, ticket.room)
    document = open_document(Page(capture.url, capture.captured_at, content, capture.content_type, locator))
    if isinstance(document, Rejection):
        return _note(NOT_SHOWN, 200, ticket.room)
    finder = Finder(capture, document.base, str(locator))
    finder.look_up(references(document))
    shown = inert_page(document, finder.resolve).encode("utf-8", "replace")
    return HttpResponse(shown, content_type="text/html; charset=utf-8", headers=walls(ticket.room))


def _is_heavy(content: bytes) -> bool:
    if content.count(b"<") > MOST_TAGS:
        return True
    return len(content) > MOST_BYTES and len(_INLINE.sub(b"", content)) > MOST_BYTES


def _file(capture: Capture, ticket: Ticket) -> HttpResponse:
    """The very bytes, to be kept and not to be shown."""
    headers = walls() | {
        "Content-Disposition": disposition(capture),
        "Repr-Digest": f"sha-256=:{b64encode(bytes.fromhex(capture.digest)).decode()}:",
    }
    return HttpResponse(payloads.get(capture.digest), content_type="application/octet-stream", headers=headers)


def _companion(capture: Capture, ticket: Ticket) -> HttpResponse:
    """A picture, style or font, under the type that its bytes were found to have."""
    row = Companion.objects.get(pk=ticket.companion or 0)
    content, content_type = payloads.get(row.digest), row.content_type
    if content_type == STYLE:
        content, content_type = _style(content, capture, row), f"{STYLE}; charset=utf-8"
    return HttpResponse(content, content_type=content_type, headers=walls(for_companion=True))


def _style(content: bytes, capture: Capture, row: Companion) -> bytes:
    """A sheet whose addresses are relative to itself."""
    text, wanted = _text(content), []

    def note(reference: str, kinds: tuple[str, ...]) -> str:
        wanted.append(reference)
        return ""

    inert_styles(text, note)
    finder = Finder(capture, row.name, row.name)
    finder.look_up(wanted)
    return inert_styles(text, finder.resolve).encode("utf-8", "replace")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1256", "replace")


_SHOWN: dict[Kind, Callable[[Capture, Ticket], HttpResponse]] = {
    "page": _page, "file": _file, "companion": _companion,
}  # fmt: skip


def _note(text: str | Promise, status: int, room: str = "") -> HttpResponse:
    said = _NOTE.format(text, get_language(), "rtl" if get_language_bidi() else "ltr")
    return HttpResponse(said, status=status, headers=walls(room))


def disposition(capture: Capture) -> str:
    """An attachment's name, plain and in full: the last word of the address, without what could end a header."""
    try:
        last = unquote(urlsplit(capture.url).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        last = ""
    name = re.sub(r"[^\w .،()-]+", "-", last)[:80].strip(" .-")
    full = f"{re.sub(r'[.](?:x?html?|php|aspx?|jsp)$', '', name) or 'page'}-{capture.pk}.html"
    return f"attachment; filename=\"page-{capture.pk}.html\"; filename*=UTF-8''{quote(full, safe='')}"
