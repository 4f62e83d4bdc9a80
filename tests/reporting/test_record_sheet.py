"""The record sheet as blocks: every value of the sheet stands in it, and what is empty says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from elca_docs.model.blocks import Heading, Table
from elca_docs.model.figures import AgreementStatus, Reason
from elca_docs.model.record_sheet import RecordSheet, SheetFile, SheetParty, SheetSignature, ToldEntry
from elca_docs.reporting import record_blocks

ROW = AgreementStatus(
    id="A-1",
    reference="EXAMPLE-001",
    class_="XA",
    responsible=("NORD",),
    counterpart="Alpha Example Network",
    counterparts=("alpha",),
    mission="",
    expected=None,
    status="counted",
    pending=False,
    overdue=False,
    signed_parties=("NORD", "alpha"),
    signed_on=date(2021, 10, 7),
    register_number="R-2021-001",
    counted=True,
    counted_in=("KPI 2",),
    because=(Reason(rule="C1", ok=True, text="all 2 parties have signed"), Reason(rule="C7", ok=False, text="over")),
    evidence=("a" * 64,),
    marks=("on their text",),
)
SHEET = RecordSheet(
    project="EXAMPLE",
    title="An Example Project",
    grant="000000",
    as_of=date(2022, 8, 31),
    as_of_note="the project has ended",
    register="example-register",
    position=7,
    head="f" * 64,
    class_title="Example Agreement",
    row=ROW,
    state="counted",
    parties=(SheetParty(id="NORD", name="North", legal=(("VAT", "none"),), signatories=("Person One, Chair",)),),
    signatures=(
        SheetSignature(
            party="NORD",
            on=date(2021, 10, 6),
            capacity=("by the records: Person One, Chair",),
            method="wet",
            basis="confirmed by officer-1",
            file="a" * 64,
            version=2,
        ),
    ),
    files=(
        SheetFile(sha256="a" * 64, name="one.pdf", what="signed copy", pages=1, kept=("register/evidence/one",)),
        SheetFile(sha256="b" * 64, name="v1.docx", what="version 1 sent"),
        SheetFile(sha256="c" * 64, name="v1.pdf", what="version 1 sent", pages=3),
    ),
    amendments=("EXAMPLE-001/A1: not sent yet",),
    history=(
        ToldEntry(day="2021-10-06", what="signed by NORD", entry="entry 2.1 by officer-1", undone="entry 3.1: x"),
    ),
)


def text_of(sheet: RecordSheet) -> str:
    """Return everything that the sheet says, piece by piece."""
    pieces: list[str] = []
    for block in record_blocks(sheet):
        match block:
            case Heading(text=text):
                pieces.append(text)
            case Table(columns=columns, rows=rows):
                pieces.extend(each.heading for each in columns)
                pieces.extend(
                    "".join(span.text for span in line) for row in rows for cell in row for line in cell.lines
                )
            case _:
                pieces.append("".join(span.text for span in block.spans))
    return "\n".join(pieces)


def test_every_value_stands_in_the_sheet():
    """Numbers, names, digests in full, addresses in the log, and the head of the register."""
    shown = text_of(SHEET)
    for piece in (
        "Record sheet – R-2021-001",
        "EXAMPLE, grant 000000: An Example Project. As of 2022-08-31 (the project has ended).",
        "EXAMPLE-001",
        "Alpha Example Network",
        "on their text",
        "VAT: none",
        "by the records: Person One, Chair",
        "wet\nconfirmed by officer-1\nversion 2\nfile aaaaaaaaaaaa…",
        "EXAMPLE-001/A1: not sent yet",
        "It counts in KPI 2.",
        "C1\nyes\nall 2 parties have signed\nC7\nno\nover",
        "a" * 64,
        "register/evidence/one",
        "1 page\n",
        "3 pages\n",
        "UNDONE by entry 3.1: x",
        f"Register example-register, position 7, head {'f' * 64}.",
    ):
        assert piece in shown


def test_what_is_not_there_is_said():
    """No signature, nobody named, no number, nothing counted, no history: never a blank."""
    empty = replace(
        SHEET,
        row=replace(ROW, register_number="", counted=False, counted_in=()),
        parties=(SheetParty(id="NORD", name="North"),),
        signatures=(),
        amendments=(),
        files=(),
        history=(),
        as_of_note="",
    )
    shown = text_of(empty)
    for piece in ("Record sheet – EXAMPLE-001", "No signature stands on 2022-08-31.", "nobody is named in the records"):
        assert piece in shown
    assert "It counts nowhere." in shown
    assert "Amendments" not in shown
    assert "Record sheet – A-1" in text_of(replace(empty, row=replace(empty.row, reference="")))
    (signature,) = SHEET.signatures
    bare = text_of(
        replace(SHEET, signatures=(replace(signature, capacity=(), method="not stated", file="", version=0),))
    )
    assert "nobody is named in the records" in bare
    assert "confirmed by officer-1\nno file" in bare


def test_an_amendment_says_what_counts_instead():
    """By itself it never counts."""
    shown = text_of(replace(SHEET, amends="EXAMPLE-000", amendments=()))
    assert "An amendment never counts by itself: what counts is EXAMPLE-000." in shown
