"""The replay origin on a port of its own: whatever name it is called by, this is the replay origin and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from archive.wsgi import application as whole

from .tickets import replay_host


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    return whole({**environ, "HTTP_HOST": replay_host()}, start_response)
