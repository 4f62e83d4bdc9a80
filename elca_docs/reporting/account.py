"""What every part of a report on progress is made of: the records, where they stand on a day, and for which readers.

It words single values (a status, a proof, a justification) and decides what the public edition may not tell. May not
count anything: every number comes from the status report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from elca_docs.model.agenda import Agenda
from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Cell, Span, line
from elca_docs.model.deliverables import Deliverable, Edition, TableSpec
from elca_docs.model.figures import AgreementStatus, HeldStatus, StatusReport
from elca_docs.model.findings import Finding
from elca_docs.model.periods import Period
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.model.rows import is_event, proven, record_of
from elca_docs.model.values import Expected
from elca_docs.reporting.scene import DASH, EMPTY, Scene, paragraphs, plain

Row = AgreementStatus | HeldStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One report: `planned` is where the plan of its `baseline` would stand if nothing had ever happened."""

    scene: Scene
    deliverable: Deliverable
    status: StatusReport
    view: RegisterView
    as_of: date
    period: Period
    edition: Edition
    baseline: Portfolio | None = None
    planned: StatusReport | None = None
    annexes: Sequence[Annex] = ()
    findings: Sequence[Finding] = ()
    agendas: Sequence[Agenda] = ()

    @property
    def public(self) -> bool:
        """Whether everybody may read it."""
        return self.edition == "public"

    def say(self, phrase: str, **values: object) -> str:
        """Return a fixed phrase with its places filled."""
        return self.scene.say(phrase, **values)

    def day(self, day: date | None) -> str:
        """Return a day as it is printed; a dash where there is none."""
        return self.scene.words.day(day) if day else DASH

    def expected(self, planned: Expected | None) -> str:
        """Return a planned date in the precision in which it is known; empty where there is none."""
        return self.scene.words.planned(planned) if planned else ""

    def hidden(self, identifier: str) -> bool:
        """Whether nothing may be told of the agreement that a row belongs to, but that it is there."""
        return record_of(identifier) in self.scene.withheld

    def called(self, row: AgreementStatus) -> str:
        """Return the names of an agreement's counterparts, or that it is confidential, or that nobody is named yet."""
        if self.hidden(row.id):
            return self.say("confidential_agreement")
        return row.counterpart or self.say("to_be_named", count=1)

    def status_of(self, row: AgreementStatus) -> str:
        """Return how far an agreement got."""
        return self.say(f"status_{row.status}")

    def state_of(self, row: HeldStatus) -> str:
        """Return whether something took place, is proven, is overdue or still planned."""
        if proven(row):
            return self.say("state_held")
        if row.held_on:
            return self.say("state_unproven")
        return self.say("state_overdue" if row.overdue else "state_planned")

    def counts(self, row: Row) -> str:
        """Return the indicators that count a row; of what is done and does not count, the first rule against it."""
        if row.counted_in:
            return ", ".join(row.counted_in)
        done = row.signed_on if isinstance(row, AgreementStatus) else row.held_on
        broken = next((reason.rule for reason in row.because if not reason.ok), "")
        return self.say("not_counted", why=self.say(f"rule_{broken}")) if done and broken else ""

    def files(self, count: int) -> str:
        """Return how many files prove something; empty where none does."""
        return self.say("files_one" if count == 1 else "files_many", count=count) if count else ""

    def in_period(self, day: date | None) -> str:
        """Return whether a day lies in the period; empty where there is no day."""
        return self.say("this_period" if self.period.holds(day) else "earlier") if day else ""

    def justification(self, identifier: str, *, owed: bool) -> Cell:
        """Return the reason that was given for a difference; flagged where one is owed and nobody gave it.

        That of a confidential agreement may name whom it is with: the public edition says only that there is one.
        """
        given = self.deliverable.justifications.get(identifier, "") or self._reason(identifier)
        if given:
            return plain(self.say("justification_withheld") if self.hidden(identifier) else given)
        return self._owed() if owed else EMPTY

    def _owed(self) -> Cell:
        return Cell(lines=((Span(text=f"[{self.say('justification_owed')}]", bold=True),),), flagged=True)

    def _reason(self, identifier: str) -> str:
        """Return why the register says that an agreement ended."""
        ended = self.view.history(identifier).ended
        return ended.reason if ended and ended.on <= self.as_of else ""

    def agreements(self, spec: TableSpec) -> list[AgreementStatus]:
        """Return the agreements of the classes that a table asks for, all where it asks for none."""
        return [row for row in self.status.agreements if not spec.classes or row.class_ in spec.classes]

    def events(self, spec: TableSpec) -> list[HeldStatus]:
        """Return the events of the kinds that a table asks for, all where it asks for none."""
        rows = (row for row in self.status.held if is_event(self.scene.portfolio, row))
        return [row for row in rows if not spec.kinds or row.kind in spec.kinds]

    def organisations(self, row: HeldStatus) -> str:
        """Return the organisations of what was or will be held, by name."""
        return ", ".join(self.scene.name(each, record_of(row.id)) for each in row.organisations)


def withheld_from(portfolios: Sequence[Portfolio], edition: Edition) -> frozenset[str]:
    """Return the ids of the agreements of which the edition may tell nothing."""
    if edition != "public":
        return frozenset()
    return frozenset(str(each.id) for every in portfolios for each in every.agreements if each.confidential)


def headed(text: str, *more: str) -> Cell:
    """Return a cell with a bold line and plain ones below it."""
    return paragraphs(line(text, bold=True), *(line(each) for each in more))
