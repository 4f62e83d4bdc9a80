"""Findings on what is printed and empty: descriptions, steps and expectations that others have, and a cover's fields.

A project that describes none of its indicators wants none described: an empty cell is one in a column that others fill.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from elca_docs.model.deliverables import Deliverable
from elca_docs.model.findings import Finding
from elca_docs.model.plan import Agreement, Contact, Event
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.occasions import Row, is_slot, organisations_of, rows_of
from elca_docs.records.findings.printed import printed_texts
from elca_docs.records.findings.words import joined, listed
from elca_docs.records.text import shown


def indicators_are_described(portfolio: Portfolio) -> Iterator[Finding]:
    """Every indicator has a description, where any has one."""
    lacking = [str(each.id) for each in portfolio.indicators if not each.description.strip()]
    yield from _empty(
        portfolio, ("indicators", len(portfolio.indicators), "indicators"), lacking, code="description-empty"
    )


def counterparts_are_described(portfolio: Portfolio) -> Iterator[Finding]:
    """Every organisation that a table of the plan names is described, there or in its own record, where any is."""
    own: dict[str, bool] = {}
    for _, row in rows_of(portfolio):
        for each in organisations_of(row):
            own[each] = own.get(each, False) or bool(row.description.strip())
    named = [each for each in portfolio.organisations if each.id in own]
    lacking = [str(each.id) for each in named if not each.description.strip() and not own[each.id]]
    yield from _empty(
        portfolio, ("organisations", len(named), "organisations of the plan"), lacking, code="description-empty"
    )


def rows_have_steps(portfolio: Portfolio) -> Iterator[Finding]:
    """Every contact, and every named agreement of a class, says what is done, where others of its kind do."""
    for stem, sort, rows in _tables(portfolio):
        lacking = [str(each.id) for each in rows if not any(step.what.strip() for step in each.steps)]
        if stem != "events":
            yield from _empty(portfolio, (stem, len(rows), sort), lacking, code="steps-empty")


def events_have_expectations(portfolio: Portfolio) -> Iterator[Finding]:
    """Every named event of a kind says what is expected of it, where others of its kind do."""
    for stem, sort, rows in _tables(portfolio):
        if stem == "events":
            lacking = [str(each.id) for each in rows if isinstance(each, Event) and not each.expectations]
            yield from _empty(portfolio, (stem, len(rows), sort), lacking, code="expectations-empty")


def covers_are_complete(portfolio: Portfolio) -> Iterator[Finding]:
    """Every deliverable has on its cover what the programme asks for, and a project its funding line."""
    for deliverable in portfolio.deliverables:
        lacking = [*_cover_gaps(deliverable), *([] if portfolio.project.funding_statements else ["funding statement"])]
        if lacking:
            identifier = str(deliverable.id)
            yield Finding(
                code="cover-incomplete",
                severity="error",
                message=f"the cover of {identifier} does not state its {joined(lacking)}",
                ids=(identifier,),
                location=portfolio.place("deliverables", identifier, "cover"),
                fix=f"fill 'cover' and 'versions' in records/deliverables/{identifier}.yaml",
            )


def brackets_are_closed(portfolio: Portfolio) -> Iterator[Finding]:
    """Every bracket that a text opens is closed in it; else something was cut off."""
    told: set[tuple[str, str]] = set()
    for each in printed_texts(portfolio):
        if each.text.count("(") > each.text.count(")") and (each.record, each.text) not in told:
            told.add((each.record, each.text))
            yield Finding(
                code="bracket-open",
                severity="hint",
                message=f"{each.record} opens a bracket that nothing closes: '{shown(each.text, 80)}'",
                ids=(each.record,),
                location=each.location,
                fix="close it, and look whether words are missing",
            )


def _cover_gaps(deliverable: Deliverable) -> list[str]:
    """Return what a cover lacks, in words."""
    cover = deliverable.cover
    gaps = {
        "type": cover.deliverable_type,
        "dissemination level": cover.dissemination,
        "lead beneficiary": cover.lead,
        "due month": cover.due_month,
        "day of submission": cover.submitted_on,
        "version": cover.version,
        "author": cover.author,
        "version history": deliverable.versions,
    }
    return [name for name, value in gaps.items() if not value]


def _tables(portfolio: Portfolio) -> Iterator[tuple[str, str, Sequence[Row]]]:
    """Yield the named rows of each table: all contacts, agreements by class, events by kind."""
    found: dict[tuple[str, str], list[Row]] = {}
    for stem, row in rows_of(portfolio):
        if not is_slot(row):
            found.setdefault((stem, _sort_in_words(row)), []).append(row)
    for (stem, sort), rows in found.items():
        yield stem, sort, rows


def _sort_in_words(row: Row) -> str:
    match row:
        case Agreement():
            return f"agreements of the class {row.class_}"
        case Event():
            return f"events of the kind {row.kind}"
        case Contact():
            return "contacts"


def _empty(portfolio: Portfolio, column: tuple[str, int, str], lacking: list[str], *, code: str) -> Iterator[Finding]:
    """Yield the finding on some cells of a column that are empty while others are filled.

    The column is the stem of the records, how many there are, and what they are called.
    """
    stem, total, sort = column
    if 0 < len(lacking) < total:
        key = code.removesuffix("-empty")
        yield Finding(
            code=code,
            severity="hint",
            message=f"'{key}' is empty in {listed(lacking)}, and filled in {total - len(lacking)} of {total} {sort}",
            ids=tuple(lacking),
            location=portfolio.place(stem, lacking[0]),
            fix=f"fill '{key}', or accept that there is nothing to say",
        )
