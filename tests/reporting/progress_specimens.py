"""A fictitious consortium in the middle of its work: a log, a baseline, and a report that asks for everything."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import get_args

from plan_specimens import deliverable, portfolio

from elca_docs.model import log_events as log
from elca_docs.model.blocks import Control, Paragraph, Table
from elca_docs.model.deliverables import AnnexRule, ChartName, ChartSpec, Section, TableName, TableSpec
from elca_docs.model.indicators import CountingRule
from elca_docs.model.register import Entry, RegisterView, fold
from elca_docs.model.values import Day, Expected, Identifier
from elca_docs.reporting import report_blocks
from elca_docs.tracking import agenda_of, status_report

AS_OF = date(2022, 3, 31)
FIRST, LAST = Day(2021, 10, 1), Day(2022, 3, 31)
TABLES = get_args(TableName)
CHARTS = get_args(ChartName)
EMPTY = RegisterView()


def digest(name):
    return hashlib.sha256(name.encode()).hexdigest()


def view(*entries):
    """Return the register as folded from (time, event) pairs."""
    opened = ("2021-01-01T00:00:00+00:00", log.Opened(register="specimen", project="000000"))
    numbered = enumerate((opened, *entries), 1)
    every = [Entry(address=f"{n}.1", at=at, actor="officer-1", event=event) for n, (at, event) in numbered]
    return fold(every, position=len(every), head="f" * 64)


def signed(identifier, seq, parties, at, *, number=True):
    """Yield what the log says of an agreement that parties signed on given days, logged at one time."""
    reference = f"SAMPLE-{seq:03}"
    file = digest(identifier)
    yield at, log.Referenced(agreement=identifier, reference=reference, series="SAMPLE-{seq:03}", seq=seq)
    yield at, log.Received(subject=reference, sha256=file, name=f"{identifier}.pdf", size=9, pages=3 + seq)
    for party, day in parties.items():
        on = date.fromisoformat(day)
        yield at, log.Signed(reference=reference, party=party, on=on, evidence=file, by="officer-1")
    if number:
        yield at, log.Registered(reference=reference, number=f"R-2021-{seq:03}", series="R-2021-{seq:03}", seq=seq)


def held(subject, day, at, proof="attendance-list"):
    """Yield what the log says of something that took place."""
    file = digest(subject)
    yield at, log.Received(subject=subject, sha256=file, name=f"{subject}.pdf", size=9, pages=1)
    yield at, log.Held(subject=subject, on=date.fromisoformat(day), evidence=(file,), proof=proof, sectors=("quills",))


LIFE = (
    *signed("A-3", 1, {"NORTH": "2021-09-10", "quill-net": "2021-09-20"}, "2021-10-20T08:00:00+00:00"),
    *signed(
        "A-2", 2, {"NORTH": "2021-11-02", "SOUTH": "2021-11-03", "leon-ink": "2021-11-09"}, "2021-11-12T08:00:00+00:00"
    ),
    *signed("B-1", 3, {"silent": "2022-01-10"}, "2022-01-12T08:00:00+00:00", number=False),
    ("2022-01-20T08:00:00+00:00", log.Ended(agreement="B-2", exit="declined", on=date(2022, 1, 19), reason="no ink")),
    *held("E-1", "2021-10-25", "2021-10-26T08:00:00+00:00"),
    *held("E-2", "2021-12-03", "2022-04-05T08:00:00+00:00", "photo"),
    *held("C-1", "2021-09-03", "2021-10-05T08:00:00+00:00", "minutes"),
    *held("D-2", "2021-10-02", "2021-10-05T08:00:00+00:00", "minutes"),
)
"""Late: A-3, C-1 (into the period), E-2 (after it). In the period: A-2, E-1. Signed in part: B-1. Declined: B-2."""


def records(**more):
    """Return the specimens; KPI 2 counts class CO, and B-1 is expected in January 2022."""
    base = portfolio()
    rules = {
        "KPI 2": CountingRule(counts="agreements", classes=(Identifier("CO"),), proof=(Identifier("signed-copy"),))
    }
    indicators = tuple(replace(each, rule=rules.get(each.id, each.rule)) for each in base.indicators)
    dates = {"B-1": Expected(2022, 1), "A-3": Expected(2021, 9)}
    agreements = tuple(replace(each, expected=dates.get(each.id, each.expected)) for each in base.agreements)
    return replace(base, **{"indicators": indicators, "agreements": agreements} | more)


def asked(tables=TABLES, charts=CHARTS, **more):
    """Return a report that asks for the tables and charts, one section each."""
    return deliverable(
        **{
            "id": Identifier("X2"),
            "kind": Identifier("progress"),
            "first_day": FIRST,
            "last_day": LAST,
            "edition": "confidential",
            "annexes": AnnexRule(signed="all"),
            "lists": ("tables", "figures"),
            "sections": (
                *(Section(heading=each, tables=(TableSpec(of=each, caption=f"All {each}"),)) for each in tables),
                *(Section(heading=each, charts=(ChartSpec(of=each, caption=f"Chart {each}"),)) for each in charts),
            ),
        }
        | more
    )


def report(of=None, found=None, register=None, as_of=AS_OF, baseline=None, **more):
    """Return the blocks of a report on the records, with everything that belongs to it."""
    found = found or records()
    register = view(*LIFE) if register is None else register
    status = status_report(found, register, as_of=as_of)
    planned = status_report(baseline, EMPTY, as_of=as_of) if baseline else None
    agendas = [agenda_of(status, found, str(each.id)) for each in found.partners]
    return report_blocks(
        found, of or asked(), status=status, view=register, as_of=as_of, baseline=baseline, planned=planned,
        **{"agendas": agendas} | more,
    )  # fmt: skip


def table(blocks, name):
    """Return the table of that name as rows of text; lines of a cell are joined with a bar."""
    (one,) = (each for each in blocks if isinstance(each, Table) and each.anchor == name)
    return [
        tuple(" | ".join("".join(span.text for span in spans) for spans in cell.lines) for cell in row)
        for row in one.rows
    ]


def flagged(blocks, name):
    """Return the first cells of those rows of a table in which a cell is flagged."""
    (one,) = (each for each in blocks if isinstance(each, Table) and each.anchor == name)
    return ["".join(span.text for span in row[0].lines[0]) for row in one.rows if any(cell.flagged for cell in row)]


def said(blocks, style="body"):
    """Return the paragraphs of a style as text."""
    found = (each for each in blocks if isinstance(each, Paragraph) and each.style == style)
    return ["".join(span.text for span in each.spans) for each in found]


def control(blocks):
    """Return the control block of the cover as text."""
    (found,) = (each for each in blocks if isinstance(each, Control))
    return {
        label: value if isinstance(value, str) else "".join(span.text for span in value) for label, value in found.rows
    }
