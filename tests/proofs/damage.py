"""Harm done to a store on purpose: bits flipped, files deleted, swapped and added."""

from __future__ import annotations

import hashlib
import os
import random
from dataclasses import dataclass, field
from pathlib import Path

import zstandard


@dataclass
class Harm:
    damaged: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    swapped: set[str] = field(default_factory=set)
    stray: set[str] = field(default_factory=set)

    def as_dict(self) -> dict[str, set[str]]:
        """kind → paths within the store"""
        return {kind: getattr(self, kind) for kind in ("damaged", "missing", "swapped", "stray")}


def harm(store: Path, *, flips: int = 50, deletions: int = 5, swaps: int = 2, strays: int = 3, seed: int = 1) -> Harm:
    """Does it, and tells what was done. `swaps` counts files: two of them have each other's bytes."""
    rng, done = random.Random(seed), Harm()
    files = sorted(store.rglob("*.zst"))
    chosen = iter(rng.sample(files, flips + deletions + swaps))

    def name(path: Path) -> str:
        return path.relative_to(store).as_posix()

    for _ in range(flips):
        path = next(chosen)
        _flip_a_bit(path, rng)
        done.damaged.add(name(path))
    for _ in range(deletions):
        path = next(chosen)
        path.unlink()
        done.missing.add(name(path))
    for _ in range(swaps // 2):
        one, other = next(chosen), next(chosen)
        aside = one.with_suffix(".aside")
        os.rename(one, aside)
        os.rename(other, one)
        os.rename(aside, other)
        done.swapped |= {name(one), name(other)}
    for number in range(strays):
        path = _stray(store, number)
        done.stray.add(name(path))
    return done


def _flip_a_bit(path: Path, rng: random.Random) -> None:
    """One that the page shows. One in a thousand changes no byte of it: zstd has spare bits, and other ways to say
    the same."""
    before = path.read_bytes()
    content = zstandard.decompress(before)
    while True:
        after, at = bytearray(before), rng.randrange(len(before) * 8)
        after[at // 8] ^= 1 << at % 8
        try:
            changed = zstandard.ZstdDecompressor().decompressobj().decompress(bytes(after)) != content
        except (zstandard.ZstdError, MemoryError):
            changed = True
        if changed:
            path.write_bytes(after)
            return


def _stray(store: Path, number: int) -> Path:
    """A leftover of a writer that died, a page that no row knows, a file of somebody's."""
    digest = hashlib.sha256(f"stray {number}".encode()).hexdigest()
    path = (
        store / digest[:2] / digest[2:4] / f"{digest}.zst",
        store / digest[:2] / f".new-{number}",
        store / f"notes {number}.txt",
    )[number % 3]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zstandard.compress(f"stray {number}".encode()))
    return path
