"""Records → the cells of their rows: the text of every field, and which cells a workbook could not bring back.

A row says nothing that its record, or the register's status of it, does not say. May not decide whose row it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from elca_docs.exchange.cell_texts import SEPARATOR, survives
from elca_docs.model.figures import AgreementStatus, HeldStatus, StatusReport
from elca_docs.model.parties import Organisation, Partner
from elca_docs.model.plan import Contact, Event, Step
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.record import Record
from elca_docs.model.sheets import SheetColumn, SheetRow

_DIGITS = re.compile("([0-9]+)")


def natural(identifier: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Return the sort key under which T2-9 stands before T2-10."""
    parts = _DIGITS.split(identifier.casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts), identifier


def row_of(
    record: Record, identifier: str, columns: Sequence[SheetColumn], seen: Mapping[str, str], *, editable: bool
) -> SheetRow:
    """Return the row of a record: its fields as texts, and `seen` in the columns that only show something."""
    cells: dict[str, str] = {}
    locked: set[str] = set()
    for column in columns:
        if not column.path:
            cells[column.heading] = seen.get(column.heading, "")
            continue
        value = value_at(record, column.path)
        cells[column.heading] = SEPARATOR.join(value) if isinstance(value, tuple) else value
        if not survives(column.kind, value):
            locked.add(column.heading)
    return SheetRow(record=identifier, cells=cells, editable=editable, locked=frozenset(locked))


def value_at(record: Record, path: Sequence[str]) -> str | tuple[str, ...]:
    """Return the text, or the texts of a list, of a field; empty where something on the path is not known."""
    value: Any = record
    for key in path:
        if value is None:
            return ""
        value = getattr(value, "class_" if key == "class" else key)
    return tuple(str(each) for each in value) if isinstance(value, tuple) else text_of(value)


def text_of(value: object) -> str:
    """Return a value as a cell shows it: yes and no in words, dates in ISO form, nothing where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def agreement_seen(portfolio: Portfolio, status: AgreementStatus, report: StatusReport) -> dict[str, str]:
    """Return what the register says of an agreement, by heading."""
    late = (report.as_of - status.expected.last_day).days if status.overdue and status.expected else ""
    return {
        "Counterpart": status.counterpart,
        "Class": class_title(portfolio, status.class_),
        "Responsible": SEPARATOR.join(status.responsible),
        "Reference": status.reference,
        "Status": status.status,
        "Register number": status.register_number,
        "Days overdue": str(late),
        "Signed by": SEPARATOR.join(label(portfolio, each) for each in status.signed_parties),
        "Planned for": text_of(status.expected),
    }


def held_seen(portfolio: Portfolio, record: Contact | Event, status: HeldStatus | None) -> dict[str, str]:
    """Return what is only shown of a contact or an event, by heading."""
    organisations = (record.organisation,) if isinstance(record, Contact) else record.organisations
    names = SEPARATOR.join(label(portfolio, each) for each in organisations)
    return {
        "Organisation": names,
        "Organisations": names,
        "Kind": "" if isinstance(record, Contact) else record.kind,
        "Responsible": SEPARATOR.join(record.responsible),
        "Held": text_of(status.held_on) if status else "",
        "Steps": SEPARATOR.join(filter(None, map(_step, record.steps))),
    }


def class_title(portfolio: Portfolio, identifier: str) -> str:
    """Return the title of an agreement class on paper; the code where it has none."""
    known = portfolio.class_by_id.get(identifier)
    return known.title if known else identifier


def label(portfolio: Portfolio, identifier: str) -> str:
    """Return the shortest name that a reader recognises; the id where there is no record of it."""
    party: Partner | Organisation | None = portfolio.partner_by_id.get(identifier) or portfolio.organisation_by_id.get(
        identifier
    )
    return party.label if isinstance(party, Organisation) else identifier


def _step(step: Step) -> str:
    """Return a step in one line: when, what, where."""
    return ", ".join(filter(None, (text_of(step.date), step.what, step.place)))
