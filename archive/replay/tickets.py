"""Signed addresses on the replay origin: what the reading room lets somebody see, and for some minutes only.

No cookie reaches the replay origin, so that the address is the permit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.checks import Error, register
from django.http import HttpRequest

Kind = Literal["page", "file", "companion"]
KINDS: tuple[Kind, ...] = ("page", "file", "companion")
SECONDS_VALID = 600


@register
def check_replay_url(**_: Any) -> list[Error]:
    """For `manage.py check`: a replay origin that is none."""
    if re.fullmatch(r"https?://[\w.-]+(?::\d+)?", replay_origin()):
        return []
    return [Error(f"REPLAY_URL is no origin: {settings.REPLAY_URL}", hint="https://saved.example", id="archive.E010")]


class Expired(Exception):
    """The ticket was good once."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__()
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class Ticket:
    capture: int
    room: str = ""
    """the origin that may frame what is shown"""
    companion: int | None = None


def replay_origin() -> str:
    """Scheme, host and port of the replay origin, without a slash at its end."""
    return str(settings.REPLAY_URL).rstrip("/")


def replay_host() -> str:
    """The replay origin as browsers name it in the Host header."""
    parts = urlsplit(replay_origin())
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return parts.netloc.lower().removesuffix(usual)


def replay_address(kind: Kind, capture: int, request: HttpRequest) -> str:
    """The address of a saved page (`page`) or of its very bytes (`file`), for whoever asked the reading room for it."""
    room = f"{request.scheme}://{request.get_host()}"
    return f"{replay_origin()}{path_of(kind, Ticket(capture, room))}"


def path_of(kind: Kind, ticket: Ticket) -> str:
    said = [ticket.capture, ticket.room, ticket.companion]
    return f"/{kind}/{signing.dumps(said, salt=_salt(kind))}/"


def read_ticket(kind: Kind, token: str) -> Ticket:
    """What a token permits. Raises Expired, or BadSignature where the reading room never gave it out."""
    try:
        return Ticket(*signing.loads(token, salt=_salt(kind), max_age=SECONDS_VALID))
    except signing.SignatureExpired as error:
        raise Expired(Ticket(*signing.loads(token, salt=_salt(kind)))) from error


def _salt(kind: Kind) -> str:
    return f"archive.replay.{kind}"
