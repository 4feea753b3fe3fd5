"""Pages that are made once for all readers without a session.

What a public archive shows changes when its index or its house style does, and both are cheap to ask. So a page that
was made is given again to whoever comes without a session, until one of them changes, or KEEP_PAGES seconds have
passed: for the little that stands in no index (a new run of the importer, another capture of a story).
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from archive.search import IndexMissing, generation
from archive.taste import taste

MOST_BYTES = 64 * 2**20
LARGEST = 2**20


@dataclass(frozen=True, slots=True)
class Kept:
    made: float
    content: bytes
    headers: dict[str, str]


class KeptPages:
    """Stands before sessions and accounts, so that a page that is given again costs neither."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        page = self._pages.get(key)
        if page is not None and time.monotonic() - page.made < settings.KEEP_PAGES:
            return HttpResponse(page.content, headers=page.headers)
        response = self.get_response(request)
        if _is_for_all(response):
            assert isinstance(response, HttpResponse)
            self._keep(key, Kept(time.monotonic(), response.content, dict(response.items())))
        return response

    def _key(self, request: HttpRequest) -> Hashable | None:
        """What the page hangs on; null where it is not for everyone."""
        if request.method != "GET" or not settings.PUBLIC or not settings.KEEP_PAGES or request.COOKIES:
            return None
        try:
            state = generation()
        except IndexMissing:
            return None
        return request.scheme, request.get_host(), request.get_full_path(), state, taste()

    def _keep(self, key: Hashable, page: Kept) -> None:
        with self._lock:
            self._forget(key)
            self._pages[key] = page
            self._bytes += len(page.content)
            while self._bytes > MOST_BYTES:
                self._forget(next(iter(self._pages)))

    def _forget(self, key: Hashable) -> None:
        if old := self._pages.pop(key, None):
            self._bytes -= len(old.content)


def _is_for_all(response: HttpResponseBase) -> bool:
    return (
        response.status_code == 200
        and isinstance(response, HttpResponse)
        and response["Content-Type"].startswith("text/html")
        and not response.cookies
        and not response.has_header("Cache-Control")
        and len(response.content) <= LARGEST
    )
