"""How often one may try a password."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from archive.models import SignIn
from archive.web.throttling import TooManyAttempts, address_of, begin

from .conftest import Words

Try = Callable[..., Any]


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("Mudira", password="right-one")


@pytest.fixture
def attempt(client: Client) -> Try:
    """Someone tries to come in."""

    def attempt(password: str = "wrong", account: str = "mudira", address: str = "192.0.2.1") -> Any:
        return client.post("/login/", {"username": account, "password": password}, REMOTE_ADDR=address)

    return attempt


@pytest.fixture(autouse=True)
def cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def hours_pass(hours: float) -> None:
    for row in SignIn.objects.all():
        row.at -= timedelta(hours=hours)
        row.save()


def test_the_sixth_attempt_waits_and_is_told_how_long(user: User, attempt: Try, words: Words) -> None:
    assert [attempt().status_code for _ in range(5)] == [200] * 5
    refused = attempt()
    assert refused.status_code == 429
    assert 14 * 60 < int(refused["Retry-After"]) <= 15 * 60
    assert "أعد المحاولة بعد 15 دقيقة" in refused.content.decode()


def test_the_right_password_waits_too_and_opens_afterwards(user: User, attempt: Try) -> None:
    for _ in range(5):
        attempt(account="Mudira")
    assert attempt("right-one", "Mudira").status_code == 429
    hours_pass(0.3)
    assert attempt("right-one", "Mudira").status_code == 302
    assert not SignIn.objects.filter(succeeded=False).exists()


def test_each_further_failure_waits_longer_up_to_an_end(user: User, attempt: Try) -> None:
    for _ in range(5):
        attempt()
    waits = []
    for _ in range(6):
        waits.append(int(attempt()["Retry-After"]) / 60)
        hours_pass(waits[-1] / 60)
        assert attempt().status_code == 200
    assert [round(wait) for wait in waits] == [15, 30, 60, 120, 240, 240]


def test_what_is_refused_is_not_counted(user: User, attempt: Try) -> None:
    for _ in range(30):
        attempt()
    assert SignIn.objects.count() == 5


def test_spellings_of_one_account_are_counted_together(user: User, attempt: Try) -> None:
    for account in ("mudira", "MUDIRA", " Mudira ", "ｍudira", "mudi\0ra"):
        attempt(account=account)
    assert attempt().status_code == 429


def test_an_unknown_account_is_treated_alike(user: User, attempt: Try) -> None:
    for account in ("mudira", "nobody"):
        assert [attempt(account=account).status_code for _ in range(6)] == [200] * 5 + [429]
    assert attempt(account="mudira").content == attempt(account="nobody").content


def test_an_address_may_not_try_many_accounts(user: User, attempt: Try) -> None:
    assert [attempt(account=f"name{n}").status_code for n in range(21)] == [200] * 20 + [429]
    assert attempt("right-one", "Mudira", address="192.0.2.2").status_code == 302


def test_an_account_is_guarded_against_many_addresses(user: User, attempt: Try) -> None:
    found = [attempt(address=f"198.51.100.{n}").status_code for n in range(102)]
    assert found == [200] * 100 + [429, 429]


def test_its_owner_comes_in_from_where_he_came_in_before_whoever_attacks(user: User, attempt: Try) -> None:
    attempt("right-one", "Mudira", address="192.0.2.9")
    for n in range(130):
        attempt(account="Mudira", address=f"198.51.100.{n}")
    assert attempt("right-one", "Mudira", address="203.0.113.5").status_code == 429
    assert attempt("right-one", "Mudira", address="192.0.2.9").status_code == 302


def test_nobody_elses_failures_keep_an_account_closed_for_longer_than_a_quarter_of_an_hour(
    user: User, attempt: Try
) -> None:
    for n in range(130):
        attempt(account="Mudira", address=f"198.51.100.{n}")
    hours_pass(0.26)
    assert attempt("right-one", "Mudira", address="203.0.113.5").status_code == 302


def test_failures_are_forgotten_after_a_day(user: User, attempt: Try) -> None:
    for _ in range(5):
        attempt()
    hours_pass(24.1)
    assert attempt().status_code == 200
    assert SignIn.objects.count() == 1


def test_an_admin_lets_someone_try_again_at_once(user: User, attempt: Try, admin_client: Client) -> None:
    for _ in range(5):
        attempt()
    rows = list(SignIn.objects.values_list("pk", flat=True))
    chosen = {"action": "delete_selected", "_selected_action": rows, "post": "yes"}
    admin_client.post("/admin/archive/signin/", chosen)
    assert attempt().status_code == 200


def test_a_login_takes_the_same_few_queries(
    user: User, attempt: Try, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(50):
        SignIn.objects.create(account="mudira", address=f"198.51.100.{n}", at=timezone.now())
    with django_assert_max_num_queries(7):
        attempt()


@pytest.mark.django_db(transaction=True)
def test_attempts_at_once_get_no_more_than_one_after_the_other() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lies in memory, which threads share only in turns")

    def passes(_: int) -> bool:
        try:
            begin("mudira", "192.0.2.1")
        except TooManyAttempts:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert 1 <= sum(pool.map(passes, range(40))) <= 5 + 8


def test_an_unknown_account_takes_as_long_as_a_known_one(settings: Settings, user: User, client: Client) -> None:
    """Django hashes the password for nobody, too; we must not answer before it does."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    user.set_password("right-one")
    user.save()

    def seconds(account: str, address: str) -> float:
        started = time.process_time()
        client.post("/login/", {"username": account, "password": "wrong"}, REMOTE_ADDR=address)
        return time.process_time() - started

    known = min(seconds("Mudira", f"192.0.2.{n}") for n in range(3))
    unknown = min(seconds("nobody", f"192.0.2.{n}") for n in range(3))
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "192.0.2.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "192.0.2.1"),
        (1, "rubbish\r\n", ""),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_only_proxies_of_ours_say_who_asks(
    rf: RequestFactory, settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.PROXIES = proxies
    assert address_of(rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)) == address
