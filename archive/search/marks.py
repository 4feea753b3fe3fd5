"""Which words of a text a query has found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from archive.arabic import Terms, terms

from .engine import AllOf, AnyOf, Node, Phrase, Prefer, Prefix, Word


class _Stems(dict[str, str]):
    """Kept, as most words of a page of results come again and again."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks

    def __missing__(self, word: str) -> str:
        forms = terms(word)
        stem = self[word] = forms.stem if forms.exact and self.marks.match(forms) else ""
        return stem


@dataclass(frozen=True, slots=True)
class Marks:
    """Which words of a text a query has found: by each form of a word, as the query asked for it."""

    exact: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    surfaces: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    _stems: _Stems = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stems", _Stems(self))

    @property
    def stem_of(self) -> Callable[[str], str]:
        """The stem of a word as written, if it matches; else nothing."""
        return self._stems.__getitem__

    def match(self, word: Terms) -> bool:
        return (
            word.stem in self.stems
            or word.exact in self.exact
            or (bool(self.surfaces) and word.surface in self.surfaces)
            or (bool(self.starts) and word.exact.startswith(self.starts))
        )


def marks_of(node: Node | None) -> Marks:
    exact: set[str] = set()
    stems: set[str] = set()
    surfaces: set[str] = set()
    starts: list[str] = []

    def gather(part: Node | None) -> None:
        match part:
            case Word(terms, form, _):
                if form == "surface":
                    surfaces.add(terms.surface)
                elif form == "exact":
                    exact.add(terms.exact)
                else:
                    stems.add(terms.stem)
            case Phrase(words, _, _, as_written):
                for forms in words:
                    (surfaces if as_written else exact).add(forms.surface if as_written else forms.exact)
                if not as_written:
                    exact.update(letter + words[0].exact for letter in "وفبلك")
                    exact.add("لل" + words[0].exact.removeprefix("ال"))
            case Prefix():
                starts.extend(part.starts)
            case AllOf(nodes) | AnyOf(nodes) | Prefer(nodes):
                for one in nodes:
                    gather(one)

    gather(node)
    return Marks(frozenset(exact), frozenset(stems), frozenset(surfaces), tuple(starts))
