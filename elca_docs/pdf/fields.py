"""Signature fields: empty, one per party, so that the usual tools sign by appending and never rewrite the file.

They are written as PDF says (ISO 32000-1, 12.7.4.5), in the same go as the stamps: a file whose first bytes are what
was issued then carries signatures and nothing else. Names are plain ASCII, as some tools take them on a command line.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from elca_docs.pdf.opening import field_names
from elca_docs.pdf.parts import added, array, dictionary, form_drawing, members_of, number, put, row, text, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pypdf import PageObject, PdfWriter
    from pypdf.generic import DictionaryObject, PdfObject

    from elca_docs.pdf.spots import SignatureSpot

_PREFIX: Final = "Signature-"
_ODD: Final = re.compile(r"[^0-9A-Za-z-]+")
_PRINTED_LOCKED: Final = 132  # a widget that is printed and whose place stays (ISO 32000-1, 12.5.3)
_SIGNATURES_EXIST: Final = 1


def names_of(parties: Iterable[str], used: frozenset[str]) -> dict[str, str]:
    """Return a field name per party id: ASCII, without dots, none twice, none that is used already."""
    names: dict[str, str] = {}
    for party in parties:
        plain = unicodedata.normalize("NFKD", party).encode("ascii", "ignore").decode()
        base = _PREFIX + (_ODD.sub("-", plain).strip("-") or "party")
        name, count = base, 1
        while name in used or name in names.values():
            count += 1
            name = f"{base}-{count}"
        names[party] = name
    return names


def put_fields(writer: PdfWriter, spots: Sequence[SignatureSpot], parties: Mapping[str, str]) -> dict[str, str]:
    """Add an empty signature field per spot; return the party of each field name."""
    form = _form(writer)
    names = names_of((spot.party for spot in spots), field_names(form))
    fields = members_of(value_of(form, "/Fields"))
    for spot in spots:
        page = writer.pages[spot.page - 1]
        field = added(writer, _field(writer, page, spot, names[spot.party], parties[spot.party]))
        put(page, "/Annots", array([*members_of(value_of(page, "/Annots")), field]))
        fields.append(field)
    put(form, "/Fields", array(fields))
    put(form, "/SigFlags", number(_SIGNATURES_EXIST | int(str(value_of(form, "/SigFlags") or 0))))
    return {names[spot.party]: spot.party for spot in spots}


def _form(writer: PdfWriter) -> DictionaryObject:
    """Return the form of the file, which has one from now on."""
    from pypdf.generic import DictionaryObject

    form = value_of(writer.root_object, "/AcroForm")
    if isinstance(form, DictionaryObject):
        return form
    new = dictionary({})
    put(writer.root_object, "/AcroForm", added(writer, new))
    return new


def _field(writer: PdfWriter, page: PageObject, spot: SignatureSpot, name: str, party: str) -> DictionaryObject:
    """Return an empty field and its place on the page; a field without a place has a box without an area.

    Nothing is drawn in it, so that a printed page has room for a pen.
    """
    left, bottom, right, top = spot.box or (0, 0, 0, 0)
    facts: dict[str, PdfObject | str] = {"/Type": "/Annot", "/Subtype": "/Widget", "/FT": "/Sig"}
    facts |= {"/T": text(name), "/TU": text(f"Signature of {party}"), "/F": number(_PRINTED_LOCKED)}
    facts |= {"/P": page.indirect_reference or dictionary({}), "/Rect": row((left, bottom, right, top))}
    if page.rotation:
        facts["/MK"] = dictionary({"/R": number(page.rotation)})
    if spot.box:
        looks = form_drawing(b"", right - left, top - bottom)
        facts["/AP"] = dictionary({"/N": added(writer, looks)})
    return dictionary(facts)
