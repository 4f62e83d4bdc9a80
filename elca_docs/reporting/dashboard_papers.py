"""Links of the dashboard: only to files of the project, relative to where the page lies, and only to those that exist.

A name becomes an address by percent-encoding everything that is not plain, so that nothing in it can be read as a
scheme, a host, a query or a way out of the project folder. May not look at the disk: the caller answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from elca_docs.model.lives import LifeStep

_PLAIN: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/")
_UP: Final = "../../"
"""From output/dashboard/ to the project folder."""
_WORDS: Final = {".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file that a reader can open: its relative address, and what it is in a word."""

    href: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Answers which papers there are.

    `readable` gives the names below register/ of a file by its SHA-256, `present` whether a name relative to the
    project folder is there.
    """

    readable: Callable[[str], tuple[str, ...]]
    present: Callable[[str], bool]

    def of(self, names: Iterable[str]) -> tuple[Paper, ...]:
        """Return the papers of these names, relative to the project folder, that are there."""
        return tuple(Paper(href=address(each), word=_word(each)) for each in names if self.present(each))

    def of_step(self, step: LifeStep) -> tuple[Paper, ...]:
        """Return the papers of a step: what it names, or the signed copy behind it."""
        return (*self.of(step.paths), *(self.of_file(step.evidence) if step.evidence else ()))

    def of_file(self, digest: str) -> tuple[Paper, ...]:
        """Return the paper of a file by its SHA-256: the readable copy, or else the file as it came in."""
        names = [f"register/{name}" for name in self.readable(digest)]
        return self.of([*names, f"register/evidence/{digest[:2]}/{digest}.pdf"])[:1]


def address(name: str) -> str:
    """Return the address of a file of the project, relative to the page; ValueError where a name leads elsewhere."""
    if name.startswith("/") or ".." in name.split("/"):
        message = f"'{name}' does not lie in the project folder"
        raise ValueError(message)
    return _UP + "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in name.encode())


def _word(name: str) -> str:
    return next((word for ending, word in _WORDS.items() if name.lower().endswith(ending)), "file")
