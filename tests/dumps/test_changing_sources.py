"""K5 and C13: dumps that change while they are read, and folders of very many files."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

from archive.dumps import Page, Rejection, read_dump

from .conftest import MakeDump, MakePage, codes


def test_a_file_that_vanishes_while_its_folder_is_read_is_told(make_folder: MakeDump, make_page: MakePage) -> None:
    folder = make_folder({f"{n}.html": make_page(f"خبر {n}") for n in range(4)})
    found = read_dump(folder)
    assert isinstance(next(found), Page)
    (folder / "1.html").unlink()
    rest = list(found)
    assert [one.locator.dump for one in rest] == [str(folder / f"{n}.html") for n in (1, 2, 3)]
    assert codes([one for one in rest if isinstance(one, Rejection)]) == ["unreadable"]


def test_a_folder_that_vanishes_is_told(make_folder: MakeDump, make_page: MakePage) -> None:
    folder = make_folder({"a.html": make_page(), "b/1.html": make_page(), "c.html": make_page()})
    found = read_dump(folder)
    next(found)
    (folder / "b/1.html").unlink()
    (folder / "b").rmdir()
    rest = list(found)
    assert codes([one for one in rest if isinstance(one, Rejection)]) == ["unreadable"]
    assert isinstance(rest[-1], Page)


def test_a_zip_cut_while_it_is_read_tells_of_every_member_that_is_gone(make_zip: MakeDump, make_page: MakePage) -> None:
    path = make_zip({f"{n}.html": make_page(f"خبر {n}") + os.urandom(20_000) for n in range(5)})
    found = read_dump(path)
    assert isinstance(next(found), Page)
    os.truncate(path, 2_000)
    rest = list(found)
    assert len(rest) == 4 and codes([one for one in rest if isinstance(one, Rejection)]) == ["unreadable"] * 4


def test_a_tar_cut_while_it_is_read_says_so(make_tar: MakeDump, make_page: MakePage) -> None:
    path = make_tar({f"{n}.html": make_page(f"خبر {n}") + os.urandom(20_000) for n in range(5)})
    found = read_dump(path)
    assert isinstance(next(found), Page)
    os.truncate(path, 30_000)
    assert any(isinstance(one, Rejection) for one in found)


def test_a_zip_that_another_takes_the_place_of_is_read_to_its_end(make_zip: MakeDump, make_page: MakePage) -> None:
    path = make_zip({f"{n}.html": make_page(f"خبر {n}") for n in range(3)})
    found = read_dump(path)
    next(found)
    os.replace(make_zip({"other.html": make_page("آخر")}, "other.zip"), path)
    assert [one.locator.member for one in found] == ["1.html", "2.html"]


def test_of_a_folder_of_very_many_files_only_the_names_are_held(tmp_path: Path) -> None:
    """Ten thousand here; by its measure a million take a hundred megabytes."""
    count = 10_000
    for number in range(count):
        os.close(os.open(tmp_path / f"{number:07}.jpg", os.O_CREAT))
    tracemalloc.start()
    try:
        assert list(read_dump(tmp_path)) == []
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak / count < 120
