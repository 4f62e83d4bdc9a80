"""The field guide for authors of templates, as blocks of a Word document and as one page for a browser.

Both are made of the same content, so they cannot differ. In the Word file tags are plain text, to be copied: the guide
itself is never filled in. The page has no script and asks nobody for anything; its policy allows its own style alone.
"""

from __future__ import annotations

import base64
import hashlib
import pkgutil
from collections.abc import Iterable, Iterator
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from elca_docs.authoring.guide_content import Group, Guide, Row, guide_of, pieces
from elca_docs.authoring.guide_words import GuideWords
from elca_docs.model.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Line,
    Listing,
    PageBreak,
    Paragraph,
    Span,
    Table,
    cell,
    line,
)

_FOLDER: Final = "guide_page"


def field_guide_blocks(language: str) -> tuple[Block, ...]:
    """Return the guide in Spanish ("es") or, for every other language, in English, to be compiled as a document."""
    return tuple(_blocks(guide_of(language)))


def field_guide_page(language: str) -> str:
    """Return the guide as one HTML page, in the languages of `field_guide_blocks`; same language, same text."""
    guide, style = guide_of(language), _source("style.css")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_source),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html").render(
        style=Markup(style),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'",
        guide=guide,
        words=guide.words,
        pieces=pieces,
    )


def _blocks(guide: Guide) -> Iterator[Block]:
    words = guide.words
    yield Heading(text=words.title, numbered=False)
    yield Paragraph(spans=_spans(words.lead), style="note")
    yield Heading(text=words.five)
    yield _list(words.things, ordered=True)
    yield Heading(text=words.becomes, level=2)
    yield _samples(guide)
    yield PageBreak()
    yield Heading(text=words.fields)
    yield Listing(entries=tuple(_legend(words)))
    for group in guide.groups:
        yield from _group(group, words)
    yield Heading(text=words.ready)
    yield Paragraph(spans=_spans(words.ready_lead))
    yield from _all_ready(guide, "text")
    yield Heading(text=words.signing)
    yield _list(words.signing_advice)
    yield from _all_ready(guide, "signing")
    yield Heading(text=words.margins)
    yield _list(words.margins_advice)
    yield from _all_ready(guide, "margins")
    yield Heading(text=words.word)
    yield _list(words.word_advice)
    yield Heading(text=words.never)
    yield _list(words.never_advice)


def _samples(guide: Guide) -> Table:
    words = guide.words
    rows = ((cell(written), _sample(printed, remark)) for written, printed, remark in guide.samples)
    return _table((words.writes, 50), (words.prints, 50), rows=rows)


def _sample(printed: str, remark: str) -> Cell:
    return Cell(lines=(line(printed), *((line(remark, italic=True),) if remark else ())))


def _group(group: Group, words: GuideWords) -> Iterator[Block]:
    yield Heading(text=words.groups[group.key], level=2)
    if note := words.notes.get(group.key):
        yield Paragraph(spans=_spans(note))
    columns = ((words.tag, 39), (words.meaning, 45), (words.kind, 16))
    yield _table(*columns, rows=(_row(row, words) for row in group.rows))


def _row(row: Row, words: GuideWords) -> tuple[Cell, ...]:
    example = (line(f"{words.example}: {row.example}", italic=True),) if row.example else ()
    source = line(f"{words.source}: {row.source}")
    return (
        cell(*row.tags),
        Cell(lines=(line(row.meaning), *example, source)),
        Cell(lines=(line(row.kind), *((_filling(row, words),) if row.filling else ()))),
    )


def _filling(row: Row, words: GuideWords) -> Line:
    return line(words.fillings[row.filling], bold=row.filling == "needed")


def _legend(words: GuideWords) -> Iterator[Line]:
    for filling, text in words.legend.items():
        yield (Span(text=words.fillings[filling], bold=True), Span(text=f": {text}"))


def _all_ready(guide: Guide, part: str) -> Iterator[Block]:
    """Yield what is ready to be copied: paragraphs in a frame below their title, or a table to be taken as it is."""
    for ready in guide.ready_for(part):
        if ready.lines:
            yield _table((ready.title, 100), rows=((cell(*ready.lines),),))
        else:
            yield Paragraph(spans=line(ready.title, bold=True))
            rows = (tuple(cell(*texts) for texts in row) for row in ready.rows)
            yield _table(*((heading, 10) for heading in ready.columns), rows=rows)


def _list(texts: Iterable[str], *, ordered: bool = False) -> Listing:
    return Listing(entries=tuple(_spans(text) for text in texts), ordered=ordered)


def _spans(text: str) -> Line:
    """Return a text as a line; what is to be typed is plain like the rest, so that it can be copied."""
    return tuple(Span(text=piece) for piece, _ in pieces(text))


def _table(*columns: tuple[str, int], rows: Iterable[tuple[Cell, ...]]) -> Table:
    return Table(
        caption="", columns=tuple(Column(heading=text, share=share) for text, share in columns), rows=tuple(rows)
    )


def _digest(text: str) -> str:
    """Return the source expression of an inline style. Source: Content Security Policy Level 3, 2.3.1."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _source(name: str) -> str:
    """Return a file of the page as it ships with the program, with the line ends that browsers hash."""
    data = pkgutil.get_data("elca_docs.authoring", f"{_FOLDER}/{name}")
    return (data or b"").decode().replace("\r\n", "\n")
