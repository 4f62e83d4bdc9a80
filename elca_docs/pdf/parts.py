"""The parts of a PDF, read and made with the types that the library wants; nothing here knows what they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pypdf import PdfWriter
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        EncodedStreamObject,
        IndirectObject,
        PdfObject,
    )


def value_of(within: object, key: str) -> PdfObject | None:
    """Return a value of a PDF dictionary, the object itself where only a reference to it is written there."""
    from pypdf.generic import DictionaryObject

    found = within.get(key) if isinstance(within, DictionaryObject) else None
    return found.get_object() if found is not None else None


def members_of(array: object) -> list[PdfObject]:
    """Return the members of a PDF array, references as references; nothing where it is no array."""
    from pypdf.generic import ArrayObject

    return list(array) if isinstance(array, ArrayObject) else []


def dictionaries_of(array: object) -> list[DictionaryObject]:
    """Return the dictionaries that an array holds or refers to."""
    from pypdf.generic import DictionaryObject

    return [
        each for each in (member.get_object() for member in members_of(array)) if isinstance(each, DictionaryObject)
    ]


def numbers_of(array: object) -> list[float]:
    """Return the numbers of an array; nothing where one of its members is no number."""
    try:
        return [float(member.get_object()) for member in members_of(array)]  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return []


def dictionary(entries: Mapping[str, PdfObject | str]) -> DictionaryObject:
    """Return a dictionary; entries that are plain text become names."""
    from pypdf.generic import DictionaryObject, NameObject

    return DictionaryObject(
        {NameObject(key): NameObject(each) if type(each) is str else each for key, each in entries.items()}
    )


def put(into: DictionaryObject, key: str, value: PdfObject) -> None:
    """Set an entry of a dictionary."""
    from pypdf.generic import NameObject

    into[NameObject(key)] = value


def number(value: int) -> PdfObject:
    """Return a whole number as a part."""
    from pypdf.generic import NumberObject

    return NumberObject(value)


def text(value: str) -> PdfObject:
    """Return text as a part."""
    from pypdf.generic import TextStringObject

    return TextStringObject(value)


def array(members: Iterable[PdfObject]) -> ArrayObject:
    """Return an array of parts."""
    from pypdf.generic import ArrayObject

    return ArrayObject(members)


def row(numbers: Iterable[float]) -> ArrayObject:
    """Return an array of numbers with four places at most."""
    from pypdf.generic import FloatObject

    return array(FloatObject(written(each)) for each in numbers)


def stream(content: bytes, entries: Mapping[str, PdfObject | str] | None = None) -> DecodedStreamObject:
    """Return a stream with this content, not compressed yet."""
    from pypdf.generic import DecodedStreamObject

    made = DecodedStreamObject()
    made.set_data(content)
    made.update(dictionary(entries or {}))
    return made


def compressed(content: bytes, entries: Mapping[str, PdfObject | str] | None = None) -> EncodedStreamObject:
    """Return a compressed stream with this content."""
    return stream(content, entries).flate_encode()


def form_drawing(content: bytes, width: float, height: float) -> EncodedStreamObject:
    """Return a drawing of this size that pages can show (a form XObject, ISO 32000-1, 8.10)."""
    return compressed(content, {"/Type": "/XObject", "/Subtype": "/Form", "/BBox": row((0, 0, width, height))})


def added(writer: PdfWriter, part: PdfObject) -> IndirectObject:
    """Return the reference of a part that is in the file from now on."""
    return writer._add_object(part)  # noqa: SLF001 - the library has no public way to add a part


def written(value: float) -> str:
    """Return a number as a PDF writes it, with four places at most."""
    plain = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain
