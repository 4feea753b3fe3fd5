from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import zstandard

from archive import payloads

CONTENT = "صفحة".encode() * 1000


def test_a_page_comes_back_as_it_went() -> None:
    digest = payloads.digest_of(CONTENT)
    payloads.put(CONTENT, digest)
    payloads.put(CONTENT, digest)
    assert payloads.get(digest) == CONTENT


def test_a_payload_is_one_plain_zstd_frame_named_by_its_digest(own_archive: Path) -> None:
    digest = payloads.digest_of(CONTENT)
    payloads.put(CONTENT, digest)
    files = [path for path in (own_archive / "payloads").rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"{digest}.zst"]
    assert zstandard.decompress(files[0].read_bytes()) == CONTENT


def test_two_who_keep_one_page_at_once_keep_one_file(own_archive: Path) -> None:
    digest, together = payloads.digest_of(CONTENT), Barrier(4)

    def keep(_: int) -> None:
        together.wait()
        payloads.put(CONTENT, digest)

    for _ in range(20):
        with ThreadPoolExecutor(4) as four:
            list(four.map(keep, range(4)))
        (kept,) = (path for path in (own_archive / "payloads").rglob("*") if path.is_file())
        kept.unlink()


@pytest.mark.parametrize("damage", [b"", b"junk", zstandard.compress(b"other")], ids=["empty", "junk", "other"])
def test_damage_is_seen(own_archive: Path, damage: bytes) -> None:
    digest = payloads.digest_of(CONTENT)
    payloads.put(CONTENT, digest)
    (own_archive / "payloads" / payloads.path_of(digest)).write_bytes(damage)
    with pytest.raises(payloads.DamagedPayload):
        payloads.get(digest)


def test_a_write_that_fails_leaves_nothing(own_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        payloads.put(CONTENT, payloads.digest_of(CONTENT))
    assert not [path for path in (own_archive / "payloads").rglob("*") if path.is_file()]
