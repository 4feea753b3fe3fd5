"""Which companion a reference means."""

from datetime import timedelta

import pytest

from archive.models import Companion
from archive.replay.finding import Finder

from .conftest import MOMENT, MakeCapture, MakeCompanion


def found(finder: Finder, reference: str) -> Companion | None:
    finder.look_up([reference])
    return finder._found.get(reference)


@pytest.mark.parametrize(
    "reference",
    [
        "https://www.example.com/img/a.png",
        "http://www.example.com/img/a.png",
        "//www.example.com/img/a.png",
        "/img/a.png",
        "../img/a.png",
        "/img/a.png?v=3",
        " /img/%61.png#x ",
    ],
)
def test_an_address_is_found_in_every_form(
    make_capture: MakeCapture, make_companion: MakeCompanion, reference: str
) -> None:
    companion = make_companion("https://www.example.com/img/a.png")
    finder = Finder(make_capture(b"x"), "https://www.example.com/2020/1.html", "/srv/dump.warc.gz")
    assert found(finder, reference) == companion


@pytest.mark.parametrize(
    ("dump", "member", "root", "name", "reference"),
    [
        ("/srv/d/خبر.html", "", "/srv/d", "/srv/d/خبر_files/ص 1.png", "%D8%AE%D8%A8%D8%B1_files/%D8%B5%201.png"),
        ("/srv/d/a.html", "", "/srv/d/a.html", "/srv/d/a_files/1.png", "./a_files/1.png?x"),
        ("/srv/d.zip", "x/a.html", "/srv/d.zip", "/srv/d.zip!x/a_files/1.png", "a_files/1.png"),
        ("/srv/d.zip", "x/a.html", "/srv/d.zip", "/srv/d.zip!img/1.png", "../img/1.png"),
        ("/srv/d/a.mhtml", "", "/srv/d", "/srv/d/a.mhtml!cid:1@x", "cid:1@x"),
        ("/srv/d.zip", "www.example.com/a.html", "/srv", "https://www.example.com/i/1.png", "i/1.png"),
    ],
)  # fmt: skip
def test_a_place_beside_the_page_is_found(
    make_capture: MakeCapture,
    make_companion: MakeCompanion,
    dump: str,
    member: str,
    root: str,
    name: str,
    reference: str,
) -> None:
    companion = make_companion(name, root=root)
    capture = make_capture(b"x", dump=dump, member=member)
    place = f"{dump}!{member}" if member else dump
    assert found(Finder(capture, "https://saved.example/", place), reference) == companion


@pytest.mark.parametrize(
    "reference", ["../b/1.png", "/srv/b/1.png", "..%2Fb%2F1.png", "a/../../b/1.png", "file:///srv/b/1.png"]
)
def test_a_page_cannot_name_what_lies_beside_another(
    make_capture: MakeCapture, make_companion: MakeCompanion, reference: str
) -> None:
    make_companion("/srv/b/1.png", root="/srv")
    assert found(Finder(make_capture(b"x", dump="/srv/a/x.html"), "", "/srv/a/x.html"), reference) is None


def test_another_dump_never_answers(make_capture: MakeCapture, make_companion: MakeCompanion) -> None:
    """Else a forged dump could put its pictures into honest pages."""
    make_companion("https://www.example.com/a.png", root="/srv/other.warc.gz")
    make_companion("https://www.example.com/a.png", root="/srv/dump")
    assert found(Finder(make_capture(b"x"), "https://www.example.com/", ""), "a.png") is None


def test_the_nearest_in_time_is_shown(make_capture: MakeCapture, make_companion: MakeCompanion) -> None:
    name = "https://www.example.com/a.png"
    for days in (-300, 2, 90):
        make_companion(name, captured_at=MOMENT + timedelta(days=days))
    nearest = found(Finder(make_capture(b"x"), "https://www.example.com/", ""), "a.png")
    assert nearest and nearest.captured_at == MOMENT + timedelta(days=2)


def test_only_what_is_wanted_is_given(make_capture: MakeCapture, make_companion: MakeCompanion) -> None:
    make_companion("https://www.example.com/a.png")
    finder = Finder(make_capture(b"x"), "https://www.example.com/", "")
    finder.look_up(["a.png"])
    assert finder.resolve("a.png", ("image/",)).startswith("/companion/")
    assert finder.resolve("a.png", ("text/css",)) == ""


def test_a_page_of_many_pictures_asks_few_questions(
    make_capture: MakeCapture, django_assert_max_num_queries: object
) -> None:
    finder = Finder(make_capture(b"x"), "https://www.example.com/", "")
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        finder.look_up([f"https://www.example.com/{number}.png" for number in range(100_000)])


@pytest.mark.parametrize(("dump", "is_found"), [("a/1.html", True), ("/srv/other.zip", False), ("../other.zip", False)])
def test_the_folder_one_stands_in_is_no_folder_of_others(
    make_capture: MakeCapture, make_companion: MakeCompanion, dump: str, is_found: bool
) -> None:
    companion = make_companion("https://www.example.com/a.png", root=".")
    capture = make_capture(b"x", dump=dump)
    finder = Finder(capture, "https://www.example.com/1.html", dump)
    assert (found(finder, "/a.png") == companion) is is_found
