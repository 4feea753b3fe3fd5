"""How often one may try a password. Counted in the database, so that it holds for all processes of a server.

A few failures of an account from an address, or more from one address whatever the accounts, make that address wait,
longer after each further failure. Very many failures of an account from anywhere make it wait, too, but never where it
came in before, and never longer: nobody else's failures keep its owner out. What is refused is not counted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from archive.models import SignIn

COUNTED, KNOWN = timedelta(days=1), timedelta(days=90)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=4)
BY_ACCOUNT_AND_ADDRESS, BY_ADDRESS, BY_ACCOUNT = 5, 20, 100


class TooManyAttempts(Exception):
    def __init__(self, wait: timedelta) -> None:
        self.wait = wait


def begin(account: str, address: str) -> SignIn:
    """Counts an attempt as failed before the password is looked at, so that attempts at once are counted too."""
    now = timezone.now()
    SignIn.objects.filter(Q(at__lt=now - KNOWN) | Q(at__lt=now - COUNTED, succeeded=False)).delete()
    attempt = SignIn.objects.create(account=_folded(account), address=address, at=now)
    if (until := max(_waits(attempt))) > now:
        attempt.delete()
        raise TooManyAttempts(until - now)
    return attempt


def succeed(attempt: SignIn) -> None:
    """Forgives the failures of an account from its address, and remembers that it came in from there."""
    SignIn.objects.filter(account=attempt.account, address=attempt.address).exclude(pk=attempt.pk).delete()
    attempt.succeeded = True
    attempt.save(update_fields=["succeeded"])


def _waits(attempt: SignIn) -> Iterator[datetime]:
    earlier = SignIn.objects.filter(pk__lt=attempt.pk, at__gt=attempt.at - KNOWN)
    own = earlier.filter(account=attempt.account)
    here = own.filter(address=attempt.address)
    yield _until(here, BY_ACCOUNT_AND_ADDRESS, LONGEST_WAIT)
    yield _until(earlier.filter(address=attempt.address), BY_ADDRESS, LONGEST_WAIT)
    if not here.filter(succeeded=True).exists():
        yield _until(own, BY_ACCOUNT, FIRST_WAIT)


def _until(attempts: QuerySet[SignIn], limit: int, longest: timedelta) -> datetime:
    """The moment at which the next attempt is free: twice as far off after each failure over the limit."""
    failures = attempts.filter(succeeded=False).aggregate(count=Count("pk"), last=Max("at"))
    if failures["count"] < limit:
        return datetime.min.replace(tzinfo=timezone.get_default_timezone())
    wait: timedelta = min(FIRST_WAIT * 2 ** min(failures["count"] - limit, 10), longest)
    last: datetime = failures["last"]
    return last + wait


def address_of(request: HttpRequest) -> str:
    """Who asks: as the nearest trusted proxy saw it. Of IPv6 the network: a home has many addresses in it."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.PROXIES and len(hops) >= settings.PROXIES:
        address = hops[-settings.PROXIES].strip()
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((known, 64), strict=False).network_address)
    return str(known)


def _folded(account: str) -> str:
    return unicodedata.normalize("NFKC", account).casefold().replace("\0", "").strip()[:150]
