"""Where one agreement stands as of a day, before anything is counted: who signed, when, with what, how it ended.

Decisions held here and nowhere else:
- The day of an agreement is the day on which the last party had signed for the first time; a further copy that a party
  signs later changes nothing. Until all have signed there is no day.
- An agreement is *replaced* when the register says so (`ended`), or when another record `replaces` it and not all
  parties have signed it: the plan may drop a line that proves nothing, but nobody takes back a signed agreement by
  writing a record. A signed one counts until the register ends it; the two never count twice in one indicator.
- An agreement is *over* when it was declined, withdrawn, replaced or void, or expired before all had signed: it is no
  longer planned, named, pending or counted, and its line stays visible. One that ran its term after all had signed has
  the status "expired" and still counts: it was an agreement.
- An agreement runs out by its own dates where its terms say for how many months, say nothing of a renewal, and leave it
  in force from the last signature: its last day is the day of the same number in the last of those months, or that
  month's end (Regulation 1182/71, article 3: the day of the signature itself is not counted). One with an amendment in
  force does not run out by itself: the amendment may have prolonged it.
- An amendment has a standing like any other, with the parties of its agreement; it is in force from the day on which
  the last of them had signed it.

May not look at indicators.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from elca_docs.model.figures import Status
from elca_docs.model.log_events import Ended, Signed
from elca_docs.model.plan import Agreement, Terms
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import MONTHS_OF_YEAR
from elca_docs.model.register import AgreementHistory
from elca_docs.tracking.naming import natural
from elca_docs.tracking.seen import Seen, logged_day

TWO: Final = 2
"""An agreement has at least two parties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one agreement stands as of a day; `signed` and `later` give the first signature of each party."""

    agreement: Agreement
    parties: tuple[str, ...]
    history: AgreementHistory
    signed: Mapping[str, date]
    later: Mapping[str, date]
    """Signatures after the day of the report, of parties that had not signed by then."""
    number: str
    given_on: date | None
    """The day on which the register number was given."""
    completed: int | None
    """The place in the log at which all had signed and the number was given."""
    replaced_by: str
    as_of: date
    amended: tuple[tuple[str, date], ...] = ()
    """The references of the amendments in force, each with its day, in that order."""

    @property
    def complete(self) -> bool:
        """Whether every party of at least two has signed."""
        return len(self.parties) >= TWO and len(self.signed) == len(self.parties)

    @property
    def signed_on(self) -> date | None:
        """The day on which the last party had signed; None until then."""
        return max(self.signed.values()) if self.complete else None

    @property
    def evidence(self) -> tuple[str, ...]:
        """The digests of all signed copies, in order of signature."""
        copies = sorted((each for each in self._copies if each.evidence), key=lambda each: (each.on, each.evidence))
        return tuple(dict.fromkeys(each.evidence for each in copies))

    @property
    def unproven(self) -> tuple[str, ...]:
        """The parties with a signature for which no signed copy is named."""
        return tuple(dict.fromkeys(each.party for each in self._copies if not each.evidence))

    @property
    def _copies(self) -> tuple[Signed, ...]:
        return tuple(each for each in self.history.signatures if each.party in self.parties)

    @property
    def confirmed(self) -> bool:
        """Whether a signature rests on a person's word about the signed copy."""
        return any(each.basis == "confirmed" for each in self._copies)

    @property
    def ended(self) -> Ended | None:
        """How the register says it ended, by the day of the report."""
        return self.history.ended

    @property
    def exit(self) -> Status | None:
        """The exit it took, None while it is on the road."""
        if self.ended:
            return self.ended.exit
        if self.replaced_by and not self.complete:
            return "replaced"
        return "expired" if self.last_day and self.last_day < self.as_of and not self.amended else None

    @property
    def last_day(self) -> date | None:
        """The last day of its own term; None where all have not signed, or its terms do not say it in numbers."""
        terms = self.agreement.terms
        if self.signed_on is None or not self.agreement.counterparts:
            return None
        if terms.duration_months is None or terms.duration_months < 1 or terms.renewal or terms.starts:
            return None
        return _months_after(self.signed_on, terms.duration_months)

    @property
    def over(self) -> bool:
        """Whether it is neither planned nor counted any more."""
        return self.exit is not None and not (self.exit == "expired" and self.complete)

    @property
    def status(self) -> Status:
        """The furthest state reached, short of "counted", or the exit taken."""
        history = self.history
        road: tuple[tuple[object, Status], ...] = (
            (self.exit, self.exit or "void"),
            (not self.agreement.counterparts, "slot"),
            (self.complete and self.number, "registered"),
            (self.complete, "signed"),
            (self.signed, "partly signed"),
            (history.sent, "sent"),
            (history.drafts, "drafted"),
            (history.contacted or history.negotiating, "contacted"),
        )
        return next((status for reached, status in road if reached), "identified")


def standing_of(portfolio: Portfolio, seen: Seen, agreement: Agreement) -> Standing:
    """Return where an agreement stands as of the day; the register need not know it."""
    history = seen.then.history(agreement.id)
    parties = tuple(dict.fromkeys(str(party.id) for party in portfolio.parties_of(agreement)))
    signed = _first_days(history.signatures, parties)
    later = _first_days(seen.ever.history(agreement.id).signatures, parties)
    given_on = logged_day(history.registered_on, seen.project) if history.registered else None
    complete = len(parties) >= TWO and len(signed) == len(parties)
    shown = given_on is not None and (complete or given_on <= seen.as_of)
    return Standing(
        agreement=agreement,
        parties=parties,
        history=history,
        signed=signed,
        later={party: day for party, day in later.items() if party not in signed},
        number=history.registered.number if history.registered and shown else "",
        given_on=given_on,
        completed=_completed(seen, history, parties) if complete and history.registered else None,
        replaced_by=replacing(portfolio, agreement.id),
        as_of=seen.as_of,
        amended=_amended(portfolio, seen, history),
    )


def amendments_of(portfolio: Portfolio, seen: Seen, history: AgreementHistory) -> Iterator[Standing]:
    """Yield where each amendment of an agreement stands as of the day, in the order in which they were begun."""
    for reference in history.amendments:
        agreement = portfolio.agreement(seen.then.by_reference.get(reference, ""))
        if agreement and agreement.id.startswith(f"{history.agreement}/"):
            # The terms and the date in the record are those of the agreement, as it was before.
            yield standing_of(portfolio, seen, replace(agreement, terms=Terms(), expected=None))


def _amended(portfolio: Portfolio, seen: Seen, history: AgreementHistory) -> tuple[tuple[str, date], ...]:
    every = amendments_of(portfolio, seen, history)
    found = ((each.history.reference, each.signed_on) for each in every if not each.ended)
    return tuple(sorted(((reference, on) for reference, on in found if on), key=lambda each: (each[1], each[0])))


def _months_after(day: date, months: int) -> date | None:
    """Return the day of the same number so many months later, or that month's end; None beyond the calendar."""
    year, month = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 + months, MONTHS_OF_YEAR)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _first_days(signatures: tuple[Signed, ...], parties: tuple[str, ...]) -> dict[str, date]:
    """Return the day of each party's first signature, in the order of the parties."""
    days = {party: min((each.on for each in signatures if each.party == party), default=None) for party in parties}
    return {party: day for party, day in days.items() if day}


def _completed(seen: Seen, history: AgreementHistory, parties: tuple[str, ...]) -> int:
    """Return the place in the log at which the last of the signatures and the register number stood."""
    firsts = [min(seen.first[each] for each in history.signatures if each.party == party) for party in parties]
    return max([*firsts, *([seen.first[history.registered]] if history.registered else [])])


def replacing(portfolio: Portfolio, identifier: str) -> str:
    """Return the id of the record that replaces an agreement, empty where none does; of several the first by id."""
    replacements = (each.id for each in portfolio.agreements if each.replaces == identifier != each.id)
    return min(replacements, key=natural, default="")


def kin_of(portfolio: Portfolio, seen: Seen) -> dict[str, frozenset[str]]:
    """Return, by agreement id, the ids of all that it replaces or amends and of all that replace or amend it."""
    older: dict[str, set[str]] = {each.id: {each.replaces} for each in portfolio.agreements if each.replaces}
    for history in seen.ever.agreements.values():
        for child in history.amendments:
            older.setdefault(seen.ever.by_reference.get(child, child), set()).add(history.agreement)
    kin: dict[str, set[str]] = {}
    for identifier in older:
        for ancestor in _ancestors(identifier, older):
            kin.setdefault(identifier, set()).add(ancestor)
            kin.setdefault(ancestor, set()).add(identifier)
    return {identifier: frozenset(relatives) for identifier, relatives in kin.items()}


def _ancestors(identifier: str, older: Mapping[str, set[str]]) -> set[str]:
    """Return everything that a thing stands for, directly or through others; a circle of records ends by itself."""
    found: set[str] = set()
    waiting = [identifier]
    while waiting:
        for each in older.get(waiting.pop(), set()) - found - {identifier}:
            found.add(each)
            waiting.append(each)
    return found
