"""The separator pages in front of a report's annexes: which paper follows, and where its signatures can be proven."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Block, Control, Heading, PageBreak, Paragraph, line

_ENGLISH: Final = {
    "annexes": "Annexes",
    "annex": "Annex {number}",
    "reference": "Reference",
    "register_number": "Register number",
    "pages": "Pages",
    "digest": "SHA-256 of the original",
    "signatures": "The following pages show the agreement as it was signed. Its signatures can be verified only in the "
    "original file, which is attached to this PDF unchanged.",
    "withheld": "Left out of this edition: {reason}",
}
_SPANISH: Final = {
    "annexes": "Anexos",
    "annex": "Anexo {number}",
    "reference": "Referencia",
    "register_number": "Número de registro",
    "pages": "Páginas",
    "digest": "SHA-256 del original",
    "signatures": "Las páginas siguientes muestran el acuerdo tal como se firmó. Sus firmas solo pueden verificarse en "
    "el archivo original, que va adjunto a este PDF sin cambios.",
    "withheld": "No se incluye en esta edición: {reason}",
}
_LANGUAGES: Final = {"en": _ENGLISH, "es": _SPANISH}


def separators_heading(language: str) -> str:
    """Return what the annexes are called together, in a language; in English where it is not known."""
    return _LANGUAGES.get(language, _ENGLISH)["annexes"]


def separator_blocks(annexes: Sequence[Annex], *, language: str) -> tuple[Block, ...]:
    """Return a separator page for each annex; the heading of each has the annex's number as its anchor."""
    words = _LANGUAGES.get(language, _ENGLISH)
    blocks: list[Block] = []
    for annex in annexes:
        blocks += [*([PageBreak()] if blocks else []), *_page(annex, words)]
    return tuple(blocks)


def _page(annex: Annex, words: dict[str, str]) -> Iterator[Block]:
    yield Heading(text=words["annex"].format(number=annex.number), numbered=False, anchor=annex.number)
    yield Paragraph(spans=line(annex.title), style="subtitle")
    rows = [("reference", annex.reference), ("register_number", annex.register_number)]
    if not annex.withheld:
        rows += [("pages", str(annex.pages)), ("digest", annex.sha256)]
    yield Control(rows=tuple((words[name], value) for name, value in rows if value))
    if annex.withheld:
        yield Paragraph(spans=line(words["withheld"].format(reason=annex.withheld)), style="body")
    else:
        yield Paragraph(spans=line(words["signatures"]), style="body")
