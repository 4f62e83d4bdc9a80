"""Blocks become a Word document inside a template that supplies the look.

Here is only what a document is as a whole; the order of its blocks is `word_writer`'s matter, what each becomes that of
the other `word_` modules, and where they come from `reporting`'s. The template's own body, where it has one, stays in
front.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from elca_docs.model.blocks import Block, Control, Paragraph
from elca_docs.opc import restamped
from elca_docs.rendering.word_marks import anchored
from elca_docs.rendering.word_settings import set_language, set_properties
from elca_docs.rendering.word_styles import styles_of
from elca_docs.rendering.word_template import StyleSheet, opened
from elca_docs.rendering.word_writer import Writer

if TYPE_CHECKING:
    from docx.document import Document


def compile_document(  # noqa: PLR0913 - keywords only: what a document says about itself
    blocks: Sequence[Block],
    template: bytes,
    *,
    title: str,
    subject: str,
    language: str,
    pages: Mapping[str, int] | None = None,
    furniture: bool = True,
    template_name: str = "templates/deliverables",
) -> bytes:
    """Return the blocks as a Word document (.docx) in the look of the template; same input, same bytes.

    Args:
        blocks: What the document says. Headings and captions without an anchor get one, as by `anchored`.
        template: A Word file whose styles, page, header and footer are used.
        title: Document property, and what the TITLE fields of headers and footers show.
        subject: As the title, for the SUBJECT fields.
        language: An ISO 639-1 code.
        pages: The page of each heading and caption by its anchor. With them contents and lists stand as they are;
            where one is missing, the entries have none, and Word asks whether it may compute them.
        furniture: Whether the template's headers and footers are shown.
        template_name: What problems call the template.

    Raises:
        TemplateError: the template cannot be read, may not be trusted, or lacks styles that the blocks need (all are
            listed).
        RecordsError: link-refused, a link of a span is not http, https or mailto; picture-refused, a picture is no
            sound PNG or JPEG.
    """
    document = opened(template, name=template_name)
    sheet = StyleSheet(document, template=template_name)
    sheet.require(styles_of(blocks))
    Writer(document, sheet, anchored(blocks), language=language, pages=pages).write()
    if not furniture:
        _strip(document)
    if not any(_is_cover(block) for block in blocks):
        document.sections[0].different_first_page_header_footer = False
    set_language(document, language)
    set_properties(document, title=title, subject=subject)
    stream = io.BytesIO()
    document.save(stream)
    return restamped(stream.getvalue())


def _strip(document: Document) -> None:
    """Take out what stands at the head and foot of all pages."""
    for section in document.element.body.iter(qn("w:sectPr")):
        for reference in [*section.iterchildren(qn("w:headerReference"), qn("w:footerReference"))]:
            section.remove(reference)


def _is_cover(block: Block) -> bool:
    """Whether a block belongs on a cover: without one, the first page looks like the others."""
    return isinstance(block, Control) or (isinstance(block, Paragraph) and block.style in {"title", "foot"})
