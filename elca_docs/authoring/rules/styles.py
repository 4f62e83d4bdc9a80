"""A rule on styles: each one that the text uses is in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.spots import Flaw, warning
from elca_docs.authoring.study import PartStudy, Study
from elca_docs.rendering.package import OFFICE_TYPES, W

if TYPE_CHECKING:
    from lxml import etree

_STYLES: Final = f"{OFFICE_TYPES}styles+xml"
_USES: Final = tuple(f"{{{W}}}{name}" for name in ("pStyle", "rStyle", "tblStyle"))
_VAL: Final = f"{{{W}}}val"


def missing_styles(study: Study) -> Iterator[Flaw]:
    """Each style that text uses and the file does not have, once for each part."""
    package = study.reading.package
    sheets = [tree for member, tree in package.trees.items() if package.types[member] == _STYLES]
    if not sheets:
        return
    known = {style.get(f"{{{W}}}styleId") for sheet in sheets for style in sheet.iter(f"{{{W}}}style")}
    for each in study.word_parts:
        seen: set[str] = set()
        for use in each.part.tree.iter(*_USES):
            style = use.get(_VAL, "")
            if style and style not in known and style not in seen:
                seen.add(style)
                yield _missing(each, use, style)


def _missing(study: PartStudy, use: etree._Element, style: str) -> Flaw:
    around = next((each for each in use.iterancestors(f"{{{W}}}p", f"{{{W}}}tbl")), None)
    paragraph = None if around is None else next(study.within(around), None)
    message = f"the style '{style}' is used here and is not in the file, so the text looks like ordinary text"
    fix = "choose a style for it in Word, or copy the style from the file it comes from"
    return warning("template-unknown-style", message, paragraph.spot() if paragraph else study.part.spot(), fix)
