"""Whether the archive can serve: for load balancers and watchmen. It says nothing else."""

import os
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.models import Story
from archive.search import index_status


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    found = {"database": well(database), "index": well(index), "disk": os.access(settings.DATA_DIR, os.W_OK)}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def well(answers: Callable[[], bool]) -> bool:
    try:
        return answers()
    except (DatabaseError, OSError, ValueError):
        return False


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def index() -> bool:
    """An archive without stories needs none."""
    return index_status().state != "missing" or not Story.objects.exists()
