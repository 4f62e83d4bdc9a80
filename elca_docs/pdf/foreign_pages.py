"""Pages of another PDF, taken over as they are seen: what is printed and stamped on them, and nothing that acts.

A signature, a form or a link of the other file would mean nothing in the new one. So what is seen of them is kept as a
picture (the appearance of an annotation, ISO 32000-1, 12.5.5), and scripts, actions and structure are left behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from elca_docs.pdf.parts import (
    added,
    array,
    dictionaries_of,
    dictionary,
    members_of,
    number,
    numbers_of,
    put,
    row,
    value_of,
)

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject, PdfObject

_KEPT: Final = frozenset(
    [
        "/Type",
        "/Resources",
        "/Contents",
        "/Group",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/Rotate",
        "/UserUnit",
    ]
)
_A4: Final = (0, 0, 595, 842)
_HIDDEN: Final = 2 | 32
"""Annotations that are not shown (Hidden, NoView)."""
_SHOWN: Final = 4 | 64 | 128 | 512
"""Print, ReadOnly, Locked and LockedContents: seen everywhere, changed nowhere."""


def add_pages(writer: PdfWriter, reader: PdfReader) -> list[PageObject]:
    """Return the pages of a reader as pages at the end of the writer."""
    made = []
    for page in reader.pages:
        if value_of(page, "/MediaBox") is None:
            put(page, "/MediaBox", row(_A4))
        new = writer.add_page(page, excluded_keys=[key for key in page if key not in _KEPT])
        seen = [*_seen(writer, page, new)]
        if seen:
            put(new, "/Annots", array(seen))
        made.append(new)
    _keep_layers(writer, reader)
    # The writer knows copies by the address of their reader, which the next one may have.
    writer._id_translated.pop(id(reader), None)  # noqa: SLF001 - the library has no public way to let a reader go
    return made


def _seen(writer: PdfWriter, page: PageObject, new: PageObject) -> Iterator[IndirectObject]:
    """Yield what is seen of the annotations of a page as stamps on the new one."""
    for note in dictionaries_of(value_of(page, "/Annots")):
        look = value_of(note, "/AP")
        if value_of(look, "/N") is None or value_of(note, "/Rect") is None or _is_hidden(note):
            continue
        stamp = dictionary({"/Type": "/Annot", "/Subtype": "/Stamp", "/F": number(_SHOWN)})
        put(stamp, "/AP", dictionary({"/N": _copy(writer, look, "/N")}))
        for key in ("/Rect", "/AS", "/OC"):
            if key in note:
                put(stamp, key, _copy(writer, note, key))
        if new.indirect_reference is not None:
            put(stamp, "/P", new.indirect_reference)
        yield added(writer, stamp)


def _is_hidden(note: DictionaryObject) -> bool:
    flags = sum(int(each) for each in numbers_of(array([note.raw_get("/F")]))) if "/F" in note else 0
    return bool(flags & _HIDDEN) or str(value_of(note, "/Subtype")) == "/Popup"


def _copy(writer: PdfWriter, holder: PdfObject | None, key: str) -> PdfObject:
    """Return a copy of an entry in the writer, a reference for a reference."""
    from pypdf.generic import DictionaryObject, IndirectObject

    if not isinstance(holder, DictionaryObject):
        raise TypeError(key)
    found = holder.raw_get(key)
    copied: PdfObject = found.clone(writer)
    inner = copied.indirect_reference if isinstance(found, IndirectObject) else None
    return inner or copied


def _keep_layers(writer: PdfWriter, reader: PdfReader) -> None:
    """Keep hidden what a layer of the other file hides (optional content, ISO 32000-1, 8.11)."""
    theirs = value_of(reader.root_object, "/OCProperties")
    layers = members_of(value_of(theirs, "/OCGs"))
    if not layers:
        return
    usual = value_of(theirs, "/D")
    shown = {_key(each) for each in members_of(value_of(usual, "/ON"))}
    hidden = {_key(each) for each in members_of(value_of(usual, "/OFF"))}
    if str(value_of(usual, "/BaseState")) == "/OFF":
        hidden |= {_key(each) for each in layers} - shown
    ours, off = _own_layers(writer)
    for layer in layers:
        copied = layer.clone(writer)
        reference = copied.indirect_reference or copied
        ours.append(reference)
        if _key(layer) in hidden:
            off.append(reference)


def _key(layer: PdfObject) -> object:
    return getattr(layer, "idnum", id(layer))


def _own_layers(writer: PdfWriter) -> tuple[list[PdfObject], list[PdfObject]]:
    """Return the lists of the writer's own layers and of the hidden ones, made where there are none."""
    root = writer.root_object
    own = value_of(root, "/OCProperties")
    if own is None:
        own = dictionary({"/OCGs": array([]), "/D": dictionary({"/OFF": array([])})})
        put(root, "/OCProperties", own)
    return _array(own, "/OCGs"), _array(_dictionary(value_of(own, "/D")), "/OFF")


def _dictionary(value: PdfObject | None) -> DictionaryObject:
    from pypdf.generic import DictionaryObject

    if not isinstance(value, DictionaryObject):
        message = "optional content without a usual state"
        raise TypeError(message)
    return value


def _array(holder: PdfObject, key: str) -> list[PdfObject]:
    """Return an array of a dictionary, made where there is none."""
    from pypdf.generic import ArrayObject

    found = value_of(holder, key)
    if isinstance(found, ArrayObject):
        return found
    made = array([])
    put(_dictionary(holder), key, made)
    return made
