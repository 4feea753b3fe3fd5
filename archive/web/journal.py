"""A line of JSON for each request and message of the log, without query strings: what people search for is theirs."""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NUMBER: ContextVar[str] = ContextVar("request", default="")
FROM_PROXY = re.compile(r"[\w-]{8,64}", re.ASCII)
OWN_NUMBER = "archive.request"
log = logging.getLogger("archive.requests")


class JsonLines(logging.Formatter):
    """One object a line: whatever a message holds, it cannot end the line and begin another."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request": NUMBER.get() or number_of(getattr(record, "request", None)),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False)


class JournalMiddleware:
    """Numbers the requests, as the proxy does where there is one, and writes down how each ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.PROXIES else ""
        number = given if FROM_PROXY.fullmatch(given) else uuid.uuid4().hex
        request.META[OWN_NUMBER] = number
        token, started = NUMBER.set(number), time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = number
            log.info(
                "request", extra={"fields": {
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000),
                "user": known_user(request),
            }})  # fmt: skip
            return response
        finally:
            NUMBER.reset(token)


def number_of(request: HttpRequest | None) -> str | None:
    """Django logs refusals when our middleware is through with them."""
    return getattr(request, "META", {}).get(OWN_NUMBER)


def known_user(request: HttpRequest) -> int | None:
    """The account, where the page asked for it: the log costs no query."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)
