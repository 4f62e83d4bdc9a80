"""The record sheet of one agreement, for an auditor: who signed when and in what capacity, on which file, what counts.

Made of the sheet's values, so the page and the screen never differ. In English, as the log and the rules are. Nothing
is cut short: digests stand in full, and the history is all of the log. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from elca_docs.model.blocks import Block, Cell, Column, Heading, Paragraph, Table, line
from elca_docs.model.record_sheet import RecordSheet, SheetFile, SheetParty, SheetSignature
from elca_docs.reporting.scene import DASH, names, plain

Row = tuple[Cell, ...]


def record_blocks(sheet: RecordSheet) -> tuple[Block, ...]:
    """Return the record sheet of one agreement or amendment."""
    return tuple(_blocks(sheet))


def _blocks(sheet: RecordSheet) -> Iterator[Block]:
    row = sheet.row
    yield Heading(text=f"Record sheet {DASH} {row.register_number or row.reference or row.id}", numbered=False)
    note = f" ({sheet.as_of_note})" if sheet.as_of_note else ""
    standing = f"{sheet.project}, grant {sheet.grant}: {sheet.title}. As of {sheet.as_of}{note}."
    yield Paragraph(spans=line(standing), style="note")
    yield _table(("Reference", 25), (row.reference or DASH, 75), rows=_facts(sheet))
    yield _title("Parties")
    yield _table(("Party", 25), ("Legal data", 45), ("Signs for it", 30), rows=map(_party, sheet.parties))
    yield _title("Signatures")
    yield from _signatures(sheet)
    if sheet.amendments:
        yield _title("Amendments")
        yield _table(("Amendment", 100), rows=((plain(each),) for each in sheet.amendments))
    yield _title("Why it counts, or does not")
    yield Paragraph(spans=line(_counts(sheet)))
    yield _table(("Rule", 10), ("Holds", 10), ("What was looked at", 80), rows=_rules(sheet))
    yield _title("Files")
    yield _table(("File", 30), ("SHA-256, and where it is kept", 70), rows=_files(sheet.files))
    yield _title("History")
    yield _table(("Day", 15), ("What happened", 55), ("Where it stands in the log", 30), rows=_history(sheet))
    head = f"Register {sheet.register or DASH}, position {sheet.position}, head {sheet.head}."
    yield Paragraph(spans=line(head), style="note")


def _facts(sheet: RecordSheet) -> Iterator[Row]:
    row = sheet.row
    facts = (
        ("Register number", row.register_number),
        ("Amends", sheet.amends),
        ("Kind", sheet.class_title),
        ("Record", row.id),
        ("With", row.counterpart),
        ("Responsible", ", ".join(row.responsible)),
        ("State", sheet.state),
        ("Signed by all on", str(row.signed_on or "")),
        ("Note", "; ".join(row.marks)),
    )
    for label, text in facts:
        if text:
            yield (plain(label), plain(text))


def _party(party: SheetParty) -> Row:
    legal = (f"{label}: {text}" for label, text in party.legal)
    return (names(party.name), plain(*legal), plain(*(party.signatories or ("nobody is named in the records",))))


def _signatures(sheet: RecordSheet) -> Iterator[Block]:
    if not sheet.signatures:
        yield Paragraph(spans=line(f"No signature stands on {sheet.as_of}."))
        return
    columns = (("Party", 20), ("In what capacity", 30), ("On", 14), ("How, and on whose word", 36))
    yield _table(*columns, rows=map(_signature, sheet.signatures))


def _signature(signed: SheetSignature) -> Row:
    capacity = signed.capacity or ("nobody is named in the records",)
    version = f"version {signed.version}" if signed.version else ""
    file = f"file {signed.file[:12]}…" if signed.file else "no file"
    how = (signed.method if signed.method != "not stated" else "", signed.basis, version, file)
    return (names(signed.party), plain(*capacity), plain(str(signed.on)), plain(*how))


def _counts(sheet: RecordSheet) -> str:
    if sheet.amends:
        return f"An amendment never counts by itself: what counts is {sheet.amends}."
    return f"It counts in {', '.join(sheet.row.counted_in)}." if sheet.row.counted else "It counts nowhere."


def _rules(sheet: RecordSheet) -> Iterator[Row]:
    for each in sheet.row.because:
        yield (plain(each.rule), plain("yes" if each.ok else "no"), plain(each.text))


def _files(files: tuple[SheetFile, ...]) -> Iterator[Row]:
    for each in files:
        pages = f"{each.pages} page{'s' if each.pages > 1 else ''}" if each.pages else ""
        yield (plain(each.what, each.name, pages), _kept(each))


def _kept(file: SheetFile) -> Cell:
    return plain(file.sha256, *file.kept)


def _history(sheet: RecordSheet) -> Iterator[Row]:
    for each in sheet.history:
        undone = f"UNDONE by {each.undone}" if each.undone else ""
        yield (plain(each.day), plain(each.what, undone), plain(each.entry))


def _title(text: str) -> Block:
    return Paragraph(spans=line(text, bold=True))


def _table(*columns: tuple[str, int], rows: Iterable[Row]) -> Table:
    made = tuple(rows) or ((plain(),) * len(columns),)
    return Table(caption="", columns=tuple(Column(heading=text, share=share) for text, share in columns), rows=made)
