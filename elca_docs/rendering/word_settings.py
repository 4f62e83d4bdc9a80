"""What a document says about itself: language, properties, the fields that repeat them, and the wish to be updated.

It changes no text of the body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from babel.core import get_global
from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from elca_docs.rendering.word_text import element, writable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document
    from docx.opc.package import OpcPackage
    from docx.oxml.xmlchemy import BaseOxmlElement
    from lxml import etree

# Children of w:settings that follow w:updateFields in the schema (ISO/IEC 29500-1, 17.15.1.78), in its order.
_AFTER_UPDATE_FIELDS: Final = (
    *("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr"),
    *("w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping", "w:doNotIncludeSubdocsInStats"),
    *("w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions", "w:readModeInkLockDown", "w:smartTagType"),
    *("sl:schemaLibrary", "w:shapeDefaults", "w:doNotEmbedSmartTags", "w:decimalSymbol", "w:listSeparator"),
)
_PROPERTY_LENGTH: Final = 255  # what Word and python-docx accept
# Who made the template, and when, says nothing about the document.
_OF_THE_TEMPLATE: Final = (
    *("creator", "lastModifiedBy", "created", "modified", "lastPrinted", "revision", "description", "keywords"),
)
# Documents of EU projects: British English and European Portuguese, where CLDR's likely region lies overseas.
_EUROPEAN: Final = {"en": "GB", "pt": "PT"}


def set_language(document: Document, language: str) -> None:
    """Tag all styles with the language of the document, so that Word checks the spelling by it."""
    tag = language_tag(language)
    styles = document.styles.element
    if next(styles.iter(qn("w:lang")), None) is None:
        for style in styles.style_lst:
            if style.get(qn("w:default")) == "1" and style.get(qn("w:type")) == "paragraph":
                style.get_or_add_rPr().append(element("lang"))
    for found in (*styles.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))):
        found.set(qn("w:val"), tag)
    document.core_properties.language = tag


def language_tag(language: str) -> str:
    """Return the tag that Word knows a language by: en-GB, es-ES; the language alone where no region is likely."""
    likely = (get_global("likely_subtags").get(language) or "").split("_")
    region = _EUROPEAN.get(language) or (likely[-1] if len(likely) > 1 else "")
    return f"{language}-{region}" if region else language


def set_properties(document: Document, *, title: str, subject: str) -> None:
    """Set title and subject, in the properties and in the fields of headers and footers that repeat them.

    Author, dates and revision of the template are taken out: no date stands in a document that has none of its own.
    """
    known = document.core_properties
    holder = known._element  # noqa: SLF001 - python-docx has no public way to take a property out
    for name in _OF_THE_TEMPLATE:
        for found in tuple(holder.iterchildren("{*}" + name)):
            holder.remove(found)
    known.title = writable(title)[:_PROPERTY_LENGTH]
    known.subject = writable(subject)[:_PROPERTY_LENGTH]
    texts = {"TITLE": writable(title), "SUBJECT": writable(subject)}
    for part in cast("OpcPackage", document.part.package).iter_parts():
        if isinstance(part, XmlPart) and part.content_type in (CONTENT_TYPE.WML_HEADER, CONTENT_TYPE.WML_FOOTER):
            _fill_fields(part.element, texts)


def _fill_fields(story: etree._Element, texts: dict[str, str]) -> None:
    """Write the cached result of TITLE and SUBJECT fields, so that they are right before Word computes them."""
    for simple in story.iter(qn("w:fldSimple")):
        _show(simple.iter(qn("w:t")), _text_for(simple.get(qn("w:instr"), ""), texts))
    instruction, within = "", ""
    shown: list[etree._Element] = []
    for each in story.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        if each.tag == qn("w:fldChar"):
            within = each.get(qn("w:fldCharType"), "")
            if within == "end":
                _show(shown, _text_for(instruction, texts))
            if within != "separate":
                instruction, shown = "", []
        elif each.tag == qn("w:instrText"):
            instruction += each.text or ""
        elif within == "separate":
            shown.append(each)


def _text_for(instruction: str, texts: dict[str, str]) -> str | None:
    """Return the text of a field by its instruction (TITLE, DOCPROPERTY Title …), or None where it is another field."""
    words = re.sub(r"^\s*DOCPROPERTY\s+", "", instruction, flags=re.IGNORECASE).replace('"', " ").split()
    return texts.get(words[0].upper()) if words else None


def _show(pieces: Iterable[etree._Element], text: str | None) -> None:
    """Put a text into the first of the pieces that showed the old one, and empty the others; None leaves them."""
    if text is None:
        return
    for number, piece in enumerate(pieces):
        piece.text = "" if number else text
        piece.set(qn("xml:space"), "preserve")


def ask_to_update(document: Document) -> None:
    """Make Word offer to compute the fields when it opens the document: only Word knows the page numbers."""
    put_setting(document, element("updateFields", val="true"))


def ask_nothing(document: Document) -> None:
    """Take out a template's own wish to be computed: what stands in the document is true as it is."""
    document.settings.element.remove_all("w:updateFields")


def put_setting(document: Document, setting: BaseOxmlElement) -> None:
    """Set a setting of the document (updateFields, footnotePr) at its place, instead of the template's own."""
    settings = document.settings.element
    name = f"w:{setting.tag.rpartition('}')[2]}"
    settings.remove_all(name)
    place = _AFTER_UPDATE_FIELDS.index(name) + 1 if name in _AFTER_UPDATE_FIELDS else 0
    settings.insert_element_before(setting, *_AFTER_UPDATE_FIELDS[place:])
