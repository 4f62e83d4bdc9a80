"""The text of a Word document, paragraph by paragraph, as a reader sees it; and how two texts differ.

The document may come from outside: it is opened within the limits of a template and refused for what no template may
contain. A document whose tracked changes are still open has two texts, so it is refused too.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from elca_docs.errors import Location, Problem, TemplateError
from elca_docs.rendering.package import W, opened
from elca_docs.rendering.parts import KINDS
from elca_docs.rendering.threats import trusted

if TYPE_CHECKING:
    from lxml import etree

_TRACKED: Final = tuple(f"{{{W}}}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_BREAKS: Final = {f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n", f"{{{W}}}cr": "\n", f"{{{W}}}noBreakHyphen": "-"}


def document_text(data: bytes, *, name: str) -> tuple[str, ...]:
    """Return the paragraphs that have text: body, headers, footers and notes, in that order, blanks joined.

    TemplateError: what `compile_template` refuses in a file (template-unreadable, template-not-word, …), and
    text-has-tracked-changes.
    """
    package = trusted(opened(data, name=name))
    found: list[str] = []
    order = list(KINDS)
    parts = [part for part in package.trees if package.types[part] in KINDS and KINDS[package.types[part]].is_word]
    for part in sorted(parts, key=lambda part: (order.index(package.types[part]), len(part), part)):
        tree = package.trees[part]
        if next(tree.iter(*_TRACKED), None) is not None:
            message = "the text still has tracked changes, so it reads in two ways"
            fix = "accept or reject them in Word (Review), save, and send it again"
            raise TemplateError(Problem("text-has-tracked-changes", message, Location(name), fix))
        found += _paragraphs_of(tree)
    return tuple(found)


def text_changes(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return how two texts differ: "- …" for each paragraph that is gone, "+ …" for each that is new, in order."""
    changes = list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]  # behind the two lines that name the texts
    return tuple(f"{line[0]} {line[1:]}" for line in changes if not line.startswith("@@"))


def _paragraphs_of(tree: etree._Element) -> list[str]:
    """Return the paragraphs of one part that have text; one inside another (a text box) stands for itself."""
    found = []
    for paragraph in tree.iter(f"{{{W}}}p"):
        pieces = [
            _BREAKS.get(str(node.tag)) or node.text or ""
            for node in paragraph.iter(f"{{{W}}}t", *_BREAKS)
            if next(node.iterancestors(f"{{{W}}}p")) is paragraph
        ]
        if text := " ".join("".join(pieces).split()):
            found.append(text)
    return found
