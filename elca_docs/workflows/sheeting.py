"""`sheets.write` and `sheets.read`: workbooks out to the partners, and what they wrote into them back into the records.

Reading only lists what would change. With --apply the record files are written, each only while it still is the file
that was read, and only after the records with the changes in them were read once more without a problem. The files are
written in an order in which each names only records that are there already, so a run that is killed in between leaves
records that can be read, and the same command does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final, NamedTuple

from elca_docs.durable import sha256_of
from elca_docs.errors import DocsError, Location, Problem
from elca_docs.exchange import book_of, differences, workbook_of
from elca_docs.exchange import partner_of as workbook_partner
from elca_docs.model.figures import StatusReport
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.sheets import Change
from elca_docs.model.text_table import TextTable
from elca_docs.records import Edited, edited, read_portfolio
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.layout import table_lines
from elca_docs.workflows.naming import partner_of
from elca_docs.workflows.summary import Summary
from elca_docs.workspace import SHEET_LIMIT

FOLDER: Final = "sheets"
LEAD: Final = "lead"
_COLUMNS: Final = ("record", "field", "old", "new", "who", "cell")


def write(desk: Desk, *, partner: str = "") -> Summary:
    """Write the workbook of each partner and the lead's, or only one; filled-in ones move aside."""
    if partner.casefold() == LEAD:
        wanted = [""]
    else:
        wanted = (
            [partner_of(desk.portfolio, partner)] if partner else [*(each.id for each in desk.portfolio.partners), ""]
        )
    report = report_on(desk, desk.register.view())
    lines: list[str] = []
    problems: list[Problem] = []
    for each in wanted:
        try:
            lines.append(_written(desk, report, each))
        except DocsError as error:
            problems += error.problems
    if lines:
        lines.append("next: send each one to its partner; what comes back: invoke sheets.read --file …")
    return Summary(lines=tuple(lines), problems=tuple(problems))


def read(desk: Desk, *, file: str, apply: bool = False, by: str = "") -> Summary:
    """List what a workbook changes in the records, and write it into them where asked to and where it can stand."""
    data, name = desk.workspace.outside(file, SHEET_LIMIT), PurePath(file.replace("\\", "/")).name
    partner = workbook_partner(data, name=name)
    if isinstance(partner, Problem):
        return _Read(by).summary((partner,), apply=apply)
    files = desk.workspace.records()
    found = differences(data, book_of(desk.portfolio, report_on(desk, desk.register.view()), partner), name=name)
    changes = found.differences.changes
    done = edited(files, changes, desk.portfolio)
    answer = _Read(by, changes, done.added, beside=_printed_beside(desk.portfolio, changes))
    problems = (*found.problems, *done.problems) or read_portfolio({**files, **done.files}).problems
    if apply and not problems:
        problems = answer.apply(desk, files, done)
    return answer.summary(problems, apply=apply)


def _printed_beside(portfolio: Portfolio, changes: Sequence[Change]) -> dict[Change, Printed]:
    """Return the texts under `printed` that belonged to the old values: documents print them instead of the new."""
    kinds = {change.kind for change in changes}
    notes = {(kind, str(each.id)): getattr(each, "printed", {}) for kind in kinds for each in getattr(portfolio, kind)}
    found: dict[Change, Printed] = {}
    for change in changes:
        key = ".".join(change.path)
        if text := notes.get((change.kind, change.record), {}).get(key):
            found[change] = Printed(text, portfolio.place(change.kind, change.record, "printed", key))
    return found


def _written(desk: Desk, report: StatusReport, partner: str) -> str:
    """Write one workbook and return the line that says so."""
    name = f"{FOLDER}/{partner or LEAD}.xlsx"
    renewed = desk.workspace.renew(name, workbook_of(book_of(desk.portfolio, report, partner)))
    state = "written" if renewed.written else "unchanged"
    aside = f" · the one you changed is kept as {renewed.aside}" if renewed.aside else ""
    return f"output/{name:<28} {state}{aside}"


class Printed(NamedTuple):
    """What a record keeps as printed beside a field, and where."""

    text: str
    place: Location | None


@dataclass(slots=True)
class _Read:
    """What was read from a workbook, and which files it was written into."""

    by: str
    changes: tuple[Change, ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    written: list[str] = field(default_factory=list)
    beside: Mapping[Change, Printed] = field(default_factory=dict)

    def apply(self, desk: Desk, files: Mapping[str, bytes], done: Edited) -> tuple[Problem, ...]:
        """Write the changed files, one after the other; a file that somebody saved meanwhile stops the rest."""
        desk.workspace.sweep()
        for name, data in done.files.items():
            expected = sha256_of(files[name]) if name in files else ""
            if not desk.workspace.exchange_record(name, data, expected=expected):
                message = f"'{name}' was saved by somebody else while this ran, so it was left as it is"
                fix = "run the same command again; what is written already is not written twice"
                return (Problem("record-changed-meanwhile", message, Location(name), fix),)
            self.written.append(name)
        return ()

    def summary(self, problems: tuple[Problem, ...], *, apply: bool) -> Summary:
        """Return the list of differences and what came of them."""
        lines = (*self._table(), *self._outcome(apply=apply, whole=not problems))
        return Summary(lines=lines, problems=problems, json=self._json(problems))

    def _table(self) -> Iterator[str]:
        rows = tuple(
            (_record(each), ".".join(each.path), each.old, each.new, self.by or each.who, each.cell)
            for each in self.changes
        )
        if rows:
            yield from table_lines(TextTable(title="What the workbook changes", columns=_COLUMNS, rows=rows))
        for change, (text, place) in self.beside.items():
            field_name = f"{change.record}, {'.'.join(change.path)}"
            yield f"look: {field_name}: documents go on printing '{text}' ({place}, printed); take it out if it is old"

    def _outcome(self, *, apply: bool, whole: bool) -> Iterator[str]:
        """Yield what was written, and the one next step."""
        yield from (f"written: {name}" for name in self.written)
        if not whole:
            none = "" if self.written else "nothing was written; "
            yield f"{none}next: mend what is listed below, or ask whoever filled it in, and read the workbook again"
        elif not self.changes:
            yield "nothing to change: the records say what the workbook says"
        elif not apply:
            yield f"nothing was written; next: --apply writes what is listed ({len(self.changes)}) into the records"
        elif drafts := [identifier for kind, identifier in self.added if kind == "agreements"]:
            yield f"next: invoke draft {' '.join(f'--only {each}' for each in drafts)}"
        else:
            yield "next: invoke build"

    def _json(self, problems: tuple[Problem, ...]) -> dict[str, object]:
        return {
            "written": self.written,
            "added": [{"kind": kind, "id": identifier} for kind, identifier in self.added],
            "changes": [
                {
                    "kind": each.kind,
                    "record": each.record,
                    "field": ".".join(each.path),
                    "old": each.old,
                    "new": each.new,
                    "who": self.by or each.who or None,
                    "cell": each.cell,
                    "new_record": each.new_record,
                    "fills": each.fills or None,
                    "printed": self.beside[each].text if each in self.beside else None,
                }
                for each in self.changes
            ],
            "problems": [
                {"code": each.code, "message": each.message, "location": _place(each), "fix": each.fix}
                for each in problems
            ],
        }


def _record(change: Change) -> str:
    return f"{change.kind} {change.record}{' (new)' if change.new_record else ''}"


def _place(problem: Problem) -> str | None:
    return str(problem.location) if problem.location else None
