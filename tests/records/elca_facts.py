"""What the ELCA tests share: facts taken from the documents by hand, and the shipped records as the program reads them.

The facts know nothing of the records' shape, so the tests bring both sides to the same plain values and compare whole.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from elca_docs.records import read_portfolio

ROOT = Path(__file__).parents[2]
FACTS = json.loads((ROOT / "tests" / "data" / "facts.json").read_text(encoding="utf-8"))
TABLES = {name: table["rows"] for name, table in FACTS["tables"].items()}
PARTNERS = ("AMZ", "BIC", "MAV", "MECH", "POL")


@cache
def elca_portfolio():
    """Return all shipped records, read as the program reads them."""
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in sorted((ROOT / "records").rglob("*"))
        if path.suffix in {".yaml", ".md"}
    }
    reading = read_portfolio(files)
    assert reading.problems == ()
    return reading.portfolio


def by_id(records):
    return {record.id: record for record in records}


def without_note(text):
    """Cut what the fact finder wrote behind a printed word: "Saxony (in the name)"."""
    return (text or "").split(" (")[0]


def slug(mission):
    return mission.casefold().replace(" ", "-")


def record_of(portfolio, identifier):
    return by_id([*portfolio.contacts, *portfolio.agreements, *portfolio.events])[identifier]


def organisation_of(record):
    """Return the one organisation that a record of a table is about."""
    if hasattr(record, "organisation"):
        return record.organisation
    (organisation,) = getattr(record, "counterparts", None) or record.organisations
    return organisation
