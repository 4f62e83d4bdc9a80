"""What becomes of a template: the document docxtpl makes, the one rendering makes, and whether it is whole."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docxtpl import DocxTemplate
from lxml import etree
from template_bits import W, contents

from elca_docs.authoring.checking import check_template
from elca_docs.authoring.schema import schema_of
from elca_docs.authoring.trial import full_values
from elca_docs.context import FIELDS
from elca_docs.rendering import compile_template

HOLDERS = ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")
VALUES = full_values(schema_of(FIELDS))


def by_docxtpl(data: bytes, values: Mapping[str, object]) -> bytes:
    """Return what docxtpl alone makes of a template."""
    template = DocxTemplate(io.BytesIO(data))
    template.render({**VALUES, **values})
    written = io.BytesIO()
    template.save(written)
    return written.getvalue()


def by_rendering(data: bytes, values: Mapping[str, object]) -> bytes:
    """Return what rendering makes of it."""
    return compile_template(data, name="t.docx").render({**VALUES, **values})


def trees(data: bytes) -> dict[str, etree._Element]:
    """Return the XML parts; XMLSyntaxError where one is not well-formed."""
    return {
        name: etree.fromstring(content) for name, content in contents(data).items() if name.endswith((".xml", ".rels"))
    }


def is_whole(data: bytes) -> bool:
    """Whether every part is well-formed and every cell, header and note ends with a paragraph, no text stands loose."""
    try:
        parts = trees(data)
    except etree.XMLSyntaxError:
        return False
    for name, tree in parts.items():
        if not name.startswith("word/") or name == "word/settings.xml":
            continue
        for holder in tree.iter(*(f"{{{W}}}{each}" for each in HOLDERS)):
            if len(holder) == 0 or holder[-1].tag != f"{{{W}}}p":
                return False
        for element in tree.iter(f"{{{W}}}p", f"{{{W}}}body", f"{{{W}}}tc", f"{{{W}}}tr", f"{{{W}}}tbl"):
            if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
                return False
    return True


def text_of(data: bytes) -> str:
    """Return all text: that of Word's runs by paragraph, and every other part as it is written."""
    said = []
    for name, content in contents(data).items():
        if not name.endswith(".xml") or b"<w:p" not in content:
            said.append(content.decode("utf-8", "replace"))
            continue
        paragraphs = etree.fromstring(content).iter(f"{{{W}}}p")
        said += ["".join(text.text or "" for text in paragraph.iter(f"{{{W}}}t")) for paragraph in paragraphs]
    return "\n".join(said)


def count_of(data: bytes, name: str) -> int:
    """Return how many w: elements of a name all parts hold together."""
    return sum(len(list(tree.iter(f"{{{W}}}{name}"))) for tree in trees(data).values())


def errors_of(data: bytes) -> list[str]:
    """Return the codes of a template's errors."""
    return [flaw.code for flaw in check_template(data, name="t.docx") if flaw.severity == "error"]
