"""The columns of a partner's workbook: which fields an officer sees and may write, under which heading.

What may stand in a cell, and most of its comment, is read off the model's own annotations, so that no field is
described twice. A table; it looks at no record.
"""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from elca_docs.model.parties import Organisation, Partner, Person
from elca_docs.model.plan import Agreement, Contact, Event
from elca_docs.model.record import Record, record_key
from elca_docs.model.sheets import CellKind, SheetColumn
from elca_docs.model.values import COUNTRIES, LANGUAGES, Country, Day, Expected, Language

YES_NO: Final = ("yes", "no")
_HINTS: Final[dict[CellKind, str]] = {
    "date": "Write the day as 2021-10-25.",
    "month or day": "Write a month as 2021-10 or a day as 2021-10-25.",
    "number": "Write a whole number.",
    "list": "Put a semicolon between two entries.",
    "choice": "Choose from the list.",
    "yes or no": "Choose yes or no.",
    "text": "",
}
NARROW, WIDE, BROAD = 13, 28, 44


@dataclass(frozen=True, slots=True)
class _Field:
    """A field at the end of a path: its type, what it means, and whether a record has to have it."""

    kind: Any
    meaning: str
    required: bool
    default: object


def shown(heading: str, comment: str, width: int = NARROW) -> SheetColumn:
    """Return a column that only shows something."""
    return SheetColumn(path=(), heading=heading, comment=comment, width=width)


def written(  # noqa: PLR0913 - one argument per property of a column
    record: type[Record], path: str, heading: str, width: int = NARROW, *, choices: Sequence[str] = (), of: str = ""
) -> SheetColumn:
    """Return a column for a field of a record, its path written with dots: legal.address.city."""
    found = _field_at(record, path.split("."))
    kind, known = _kind_of(found.kind)
    if choices:
        kind = "choice"
    mandatory = found.required and "." not in path
    hints = (found.meaning, _HINTS[kind], "May not be empty." if mandatory else "")
    return SheetColumn(
        path=tuple(path.split(".")),
        heading=heading,
        comment=" ".join(each for each in hints if each),
        kind=kind,
        choices=tuple(choices) or known,
        width=width,
        mandatory=mandatory,
        empty="no" if found.default is False else "",
        of=of,
    )


def legal_columns(record: type[Record]) -> tuple[SheetColumn, ...]:
    """Return the columns of the parties block, in the order in which a form asks for them."""
    return (
        written(record, "legal.name", "Legal name", WIDE),
        written(record, "legal.form", "Legal form", WIDE - 6),
        written(record, "legal.registration_number", "Registration number", 18),
        written(record, "legal.register", "Public register", WIDE - 4),
        written(record, "legal.vat", "VAT number", 16),
        written(record, "legal.legal_person", "Legal person"),
        written(record, "legal.address.lines", "Street", WIDE),
        written(record, "legal.address.postcode", "Postcode"),
        written(record, "legal.address.city", "City", 18),
        written(record, "legal.address.country", "Country of address"),
    )


def partner_columns() -> tuple[SheetColumn, ...]:
    """Return the columns of a member's own record."""
    return (
        written(Partner, "name", "Name", WIDE),
        *legal_columns(Partner),
        written(Partner, "country", "Country"),
        written(Partner, "language", "Language"),
        written(Partner, "description", "Description", BROAD),
    )


def organisation_columns() -> tuple[SheetColumn, ...]:
    """Return the columns of counterparts."""
    return (
        written(Organisation, "name", "Name", WIDE),
        shown("Edited by", "The partner in whose workbook this organisation can be changed."),
        shown("Stands in", "Agreements, contacts and events that name it.", 18),
        *legal_columns(Organisation),
        written(Organisation, "short_name", "Short name", 18),
        written(Organisation, "kind", "Kind", 14),
        written(Organisation, "country", "Country"),
        written(Organisation, "country_inferred", "Country guessed"),
        written(Organisation, "region", "Region", 18),
        written(Organisation, "sectors", "Sectors", WIDE),
        written(Organisation, "language", "Language"),
        written(Organisation, "description", "Description", BROAD),
    )


def agreement_columns(missions: Sequence[str]) -> tuple[SheetColumn, ...]:
    """Return the columns of named agreements: what the register says first, then what can be planned."""
    return (
        shown("Counterpart", "Who signs on the other side; change its data on the sheet Organisations.", WIDE),
        shown("Class", "What kind of agreement it is.", 18),
        shown("Responsible", "The partners responsible; the first one may edit the row."),
        shown("Reference", "Given when the first draft was made.", 20),
        shown("Status", "How far it got, read from the register."),
        shown("Register number", "Given when everybody has signed.", 14),
        shown("Days overdue", "Days since the expected date passed without all signatures.", 10),
        shown("Signed by", "Who has signed so far.", 18),
        written(Agreement, "expected", "Expected"),
        written(Agreement, "mission", "Mission", 14, choices=missions),
        written(Agreement, "language", "Language"),
        written(Agreement, "areas", "Areas of cooperation", BROAD),
        written(Agreement, "description", "Description", BROAD),
        written(Agreement, "terms.subject", "Subject", WIDE),
        written(Agreement, "terms.starts", "Starts", 20),
        written(Agreement, "terms.duration_months", "Months"),
        written(Agreement, "terms.notice_days", "Days of notice"),
        written(Agreement, "terms.confidentiality_years", "Years confidential"),
        written(Agreement, "terms.law", "Law", 20),
        written(Agreement, "terms.venue", "Venue", 20),
        written(Agreement, "terms.originals", "Originals"),
        written(Agreement, "terms.prevailing_language", "Prevailing language"),
    )


def place_columns(missions: Sequence[str], parties: int) -> tuple[SheetColumn, ...]:
    """Return the columns of free places: the new counterparts (one or two), then the new agreement."""
    return (
        shown("Class", "What kind of agreement is planned here.", 18),
        shown("Responsible", "The partners responsible; the first one may fill the place."),
        shown("Planned for", "When it is planned; leave Expected empty to keep it."),
        *_newcomer("organisations", ""),
        *(_newcomer("organisations 2", "Second ") if parties > 1 else ()),
        written(Agreement, "expected", "Expected"),
        written(Agreement, "mission", "Mission", 14, choices=missions),
        written(Agreement, "language", "Language of agreement"),
        written(Agreement, "areas", "Areas of cooperation", BROAD),
    )


def _newcomer(of: str, prefix: str) -> tuple[SheetColumn, ...]:
    """Return the columns of a counterpart that becomes known."""
    asked = (
        ("name", "counterpart", WIDE),
        ("short_name", "short name", 18),
        ("kind", "kind", 14),
        ("country", "country", NARROW),
        ("legal.name", "legal name", WIDE),
        ("legal.form", "legal form", WIDE - 6),
        ("legal.registration_number", "registration number", 18),
        ("legal.address.lines", "street", WIDE),
        ("legal.address.postcode", "postcode", NARROW),
        ("legal.address.city", "city", 18),
    )
    return tuple(
        written(Organisation, path, f"{prefix}{heading}".capitalize(), width, of=of) for path, heading, width in asked
    )


def event_columns(missions: Sequence[str]) -> tuple[SheetColumn, ...]:
    """Return the columns of events, named ones and free places."""
    return (
        written(Event, "title", "Title", WIDE + 6),
        shown("Kind", "What kind of event it is.", 20),
        shown("Responsible", "The partners responsible; the first one may edit the row."),
        shown("Organisations", "Who is met or involved.", WIDE),
        shown("Held", "The day it was held, read from the register."),
        shown("Steps", "Planned and reported steps; they are changed in the records.", BROAD),
        written(Event, "expected", "Expected"),
        written(Event, "place", "Place", 20),
        written(Event, "mission", "Mission", 14, choices=missions),
        written(Event, "description", "Description", BROAD),
        written(Event, "expectations", "Expectations", BROAD),
    )


def contact_columns() -> tuple[SheetColumn, ...]:
    """Return the columns of contacts with networks."""
    return (
        shown("Organisation", "Who is contacted; change its data on the sheet Organisations.", WIDE),
        shown("Responsible", "The partners responsible; the first one may edit the row."),
        shown("Held", "The day of the contact, read from the register."),
        shown("Steps", "Planned and reported steps; they are changed in the records.", BROAD + 10),
        written(Contact, "description", "Description", BROAD),
    )


def person_columns() -> tuple[SheetColumn, ...]:
    """Return the columns of signatories and contact points."""
    return (
        shown("Acts for", "The partner or organisation.", WIDE),
        written(Person, "name", "Name", WIDE),
        written(Person, "title", "Title"),
        written(Person, "function", "Function", WIDE),
        written(Person, "email", "E-mail", WIDE),
        written(Person, "phone", "Telephone", 18),
        written(Person, "signs", "Signs"),
        written(Person, "contact", "Contact point"),
        written(Person, "until", "Until"),
    )


def _kind_of(kind: object) -> tuple[CellKind, tuple[str, ...]]:
    """Return what may stand in a cell of a field of this type, and the choices where they are fixed."""
    if get_origin(kind) is tuple:
        return "list", ()
    by_type: dict[object, tuple[CellKind, tuple[str, ...]]] = {
        bool: ("yes or no", YES_NO),
        int: ("number", ()),
        Day: ("date", ()),
        Expected: ("month or day", ()),
        Country: ("choice", COUNTRIES),
        Language: ("choice", LANGUAGES),
    }
    return by_type.get(kind, ("text", ()))


@cache
def _fields_of(record: type[Record]) -> dict[str, tuple[Field[Any], Any]]:
    """Return the fields of a record by key, each with its annotated type."""
    hints = get_type_hints(record, include_extras=True)
    # Every Record is a dataclass; its base cannot say so.
    return {record_key(each.name): (each, hints[each.name]) for each in fields(record)}  # type: ignore[arg-type]


def _field_at(record: type[Record], path: Sequence[str]) -> _Field:
    """Return the field at the end of a path of keys; KeyError where the model has none."""
    each, annotated = _fields_of(record)[path[0]]  # type: ignore[arg-type]  # a class is hashable
    kind, meaning = get_args(annotated)[:2] if get_origin(annotated) is Annotated else (annotated, "")
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(one for one in get_args(kind) if one is not types.NoneType)
    if len(path) > 1:
        return _field_at(kind, path[1:])
    return _Field(kind, str(meaning), each.default is MISSING and each.default_factory is MISSING, each.default)
