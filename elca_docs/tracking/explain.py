"""From a figure to the file it stands on, and from anything else to the rules it passed and failed.

`explain` answers `status --why`: for an indicator its target, its rule, what counts (each with its register number,
digest and place in the archive) and what does not, with the rules that fail; for an agreement or something held its
history in the order of the log, its rules and its evidence; for a file what it proves. Lines of text, no layout beyond
two blanks of indent. May not compute a status: it retells the report and the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from elca_docs.model.figures import AgreementStatus, Figure, HeldStatus, Reason, StatusReport
from elca_docs.model.indicators import CountingRule
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.model.rows import agreements_of, held_of
from elca_docs.tracking.chronicle import chronicle
from elca_docs.tracking.credit import credit_words
from elca_docs.tracking.lookup import meaning_of
from elca_docs.tracking.naming import archive_path, listed, natural, party_label

Row = AgreementStatus | HeldStatus
_FOLLOW: Final = {"C1": ("C2", "C3", "C4"), "H1": ("H2", "H3", "H5")}
"""The rules that can only fail where nobody has signed, or nothing was held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why something stands where it stands: what it is about, and lines to print as they are."""

    about: str
    lines: tuple[str, ...]


def explain(report: StatusReport, portfolio: Portfolio, view: RegisterView, text: str) -> Explanation:
    """Return the explanation of an id, reference, register number, indicator or beginning of a digest.

    RequestError (unknown-id, ambiguous-id) where the text means nothing here, or more than one thing.
    """
    teller = _Teller(report=report, portfolio=portfolio, view=view)
    meaning = meaning_of(report, portfolio, view, text)
    match meaning.kind:
        case "indicator":
            lines = teller.indicator(meaning.id)
        case "agreement":
            lines = teller.agreement(meaning.id)
        case "slots":
            lines = teller.slots(meaning.id)
        case "holding":
            lines = teller.holding(meaning.id)
        case "activity":
            lines = teller.activity(meaning.id)
        case "evidence":
            lines = teller.evidence(meaning.id)
    return Explanation(about=meaning.id, lines=tuple(lines))


def rule_text(rule: CountingRule) -> str:
    """Return a counting rule in words: its own sentence, or one made of its fields."""
    if rule.meaning:
        return rule.meaning
    of = f" of class {listed(rule.classes, 'or')}" if rule.classes else ""
    of += f" of kind {listed(rule.kinds, 'or')}" if rule.kinds else ""
    once = "" if rule.distinct_by == "record" else f", each {rule.distinct_by} once"
    proof = f", with {listed(rule.proof, 'or')} as proof" if rule.proof else ""
    return f"Counts {rule.counts}{of}{once}{proof}."


def amendment_state(row: AgreementStatus) -> str:
    """Return in words how far an amendment got."""
    if row.in_force:
        return f"in force from {row.signed_on}"
    if row.status == "partly signed":
        return f"partly signed, by {listed(row.signed_parties)}"
    return "not sent yet" if row.status in {"identified", "contacted", "drafted"} else row.status


def amendment_lines(report: StatusReport, identifier: str) -> Iterator[str]:
    """Yield each amendment of an agreement with how far it got."""
    for each in report.amendments:
        if each.amends == identifier:
            number = f" · {each.register_number}" if each.register_number else ""
            yield f"{each.reference}{number}: {amendment_state(each)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """The report, the records and the log, retold line by line."""

    report: StatusReport
    portfolio: Portfolio
    view: RegisterView

    def called(self, identifier: str) -> str:
        return party_label(self.portfolio, identifier)

    def indicator(self, identifier: str) -> Iterator[str]:
        """Yield a figure with its rule, what counts on which evidence, and what does not count."""
        figure = next(each for each in self.report.figures if each.id == identifier)
        indicator = self.portfolio.indicator_by_id[identifier]
        rows: tuple[Row, ...] = (
            *agreements_of(indicator, self.report.agreements),
            *held_of(indicator, self.portfolio, self.report.held),
        )
        yield f"{figure.id}: {figure.title}"
        yield f"{self._as_of()}: {figure.counted} of {figure.target} counted, {figure.gap} to go"
        yield f"rule: {rule_text(indicator.rule)}"
        if words := credit_words(indicator.rule):
            yield f"credit: {words}"
        yield _road(figure)
        by_id = {row.id: row for row in rows}
        yield "counted:" if figure.counted_ids else "counted: nothing"
        for place, each in enumerate(figure.counted_ids, start=1):
            yield f"  {place}. {_headline(by_id[each])}"
            yield from self._files(by_id[each].evidence)
        yield from _not_counted([row for row in rows if row.id not in figure.counted_ids])

    def agreement(self, identifier: str) -> Iterator[str]:
        """Yield an agreement with its history, its rules and its evidence."""
        row = next((each for each in (*self.report.agreements, *self.report.amendments) if each.id == identifier), None)
        if row is None:
            yield f"{identifier}: the register knows it, and no record of the plan has this id, so it counts nowhere"
        elif row.amends:
            original = next(each for each in self.report.agreements if each.id == row.amends)
            yield f"{_headline(row)} · {amendment_state(row)}"
            yield f"{self._as_of()}: it amends {original.reference}, and never counts by itself"
            yield from (f"  note: {mark}" for mark in row.marks)
        else:
            yield f"{_headline(row)} · {row.status}"
            yield f"{self._as_of()}: {_counts_in(row)}"
            yield from (f"  note: {mark}" for mark in row.marks)
            amendments = tuple(amendment_lines(self.report, identifier))
            yield from (*(("amendments:",) if amendments else ()), *(f"  {each}" for each in amendments))
        yield from self._history(identifier)
        if row:
            yield from _rules(row.because)
            yield from self._evidence(row.evidence)

    def slots(self, identifier: str) -> Iterator[str]:
        """Yield a slot record with its free places and what has taken the others."""
        rows: tuple[Row, ...] = (*self.report.agreements, *self.report.held)
        free = [row.id for row in rows if row.id.startswith(f"{identifier}#")]
        fillers = [each.id for each in self.portfolio.agreements if each.fills == identifier]
        fillers += [each.id for each in self.portfolio.events if each.fills == identifier]
        yield f"{identifier}: places planned without a name"
        yield f"open: {listed(free) or 'none'}"
        yield f"taken by: {listed(sorted(fillers, key=natural)) or 'none'}"
        yield from self._history(identifier)

    def holding(self, identifier: str) -> Iterator[str]:
        """Yield something that can be held with its history, its rules and its evidence."""
        row = next(each for each in self.report.held if each.id == identifier)
        yield _headline(row)
        yield f"{self._as_of()}: {_counts_in(row)}"
        yield from self._history(identifier.partition("#")[0])
        yield from _rules(row.because)
        yield from self._evidence(row.evidence)

    def activity(self, identifier: str) -> Iterator[str]:
        """Yield an activity of the timeline with its state and what shows it."""
        row = next(each for each in self.report.timeline if each.id == identifier)
        yield f"{row.id}: {row.what}"
        yield f"{self._as_of()}: {row.state}, due by {row.due} (M{row.month})"
        yield f"because: {row.because}"
        yield from self._history(identifier)
        yield from self._evidence(row.proof)

    def evidence(self, digest: str) -> Iterator[str]:
        """Yield a file with its receipt, its place in the archive and what it proves."""
        received = self.view.evidence[digest]
        rows: tuple[Row, ...] = (*self.report.agreements, *self.report.held)
        yield f"{digest}"
        yield f"received as '{received.name}' for {received.subject}: {received.size} bytes, {received.pages} pages"
        yield f"kept at {archive_path(digest)}"
        proves = [row for row in rows if digest in row.evidence]
        yield "evidence of:" if proves else "evidence of: nothing that counts or could count"
        yield from (f"  {_headline(row)}: {_counts_in(row)}" for row in proves)

    def _as_of(self) -> str:
        note = f" ({self.report.as_of_note})" if self.report.as_of_note else ""
        return f"as of {self.report.as_of}{note}"

    def _history(self, subject: str) -> Iterator[str]:
        entries = chronicle(self.view, subject, self.called)
        yield "history:" if entries else "history: the register has no entry about it"
        yield from (f"  {line}" for line in entries)

    def _evidence(self, digests: tuple[str, ...]) -> Iterator[str]:
        yield "evidence:" if digests else "evidence: none"
        yield from self._files(digests)

    def _files(self, digests: Iterable[str]) -> Iterator[str]:
        for digest in digests:
            received = self.view.evidence.get(digest)
            yield f"     sha256 {digest}"
            yield f"     {archive_path(digest)}{f' (received as {received.name!r})' if received else ''}"


def _road(figure: Figure) -> str:
    """Return how far a figure got, state by state."""
    states = ("planned", "named", "drafted", "sent", "signed", "overdue")
    every = ((state, getattr(figure, state)) for state in states)
    return ", ".join(f"{state} {count}" for state, count in every if count is not None)


def _headline(row: Row) -> str:
    """Return what a row is, in one line."""
    if isinstance(row, AgreementStatus):
        day = f"signed on {row.signed_on}" if row.signed_on else ""
        parts = (row.register_number, row.reference, row.id, row.counterpart, day)
    else:
        parts = (row.id, row.kind, row.title, listed(row.responsible), f"held on {row.held_on}" if row.held_on else "")
    return " · ".join(part for part in parts if part)


def _counts_in(row: Row) -> str:
    return f"counts in {listed(row.counted_in)}" if row.counted else "does not count"


def _rules(because: tuple[Reason, ...]) -> Iterator[str]:
    yield "rules:"
    yield from (f"  {each.rule} {'holds' if each.ok else 'FAILS'}: {each.text}" for each in because)


def _failing(row: Row) -> Iterator[str]:
    """Yield the rules that fail; where nothing was signed or held at all, those that fail for it in the same line."""
    failing = [each for each in row.because if not each.ok]
    nothing = not row.evidence and not (isinstance(row, AgreementStatus) and row.signed_parties)
    follow = [each for each in failing if nothing and each.rule in _FOLLOW.get(failing[0].rule, ())]
    for each in failing:
        if each not in follow:
            so = f" (and so {listed(reason.rule for reason in follow)})" if follow and each is failing[0] else ""
            yield f"     {each.rule}{so}: {each.text}"


def _not_counted(rows: list[Row]) -> Iterator[str]:
    """Yield what does not count with the rules that fail; free places in one line, for they fail alike."""
    free = [row.id for row in rows if (row.is_slot if isinstance(row, HeldStatus) else row.status == "slot")]
    others = [row for row in rows if row.id not in free]
    if not rows:
        return
    yield "not counted:"
    for row in others:
        yield f"  {_headline(row)}"
        yield from _failing(row)
    if free:
        yield f"  {len(free)} places without a name: {listed(free)}"
