"""What the rules for the inbox look at: facts, identity, comparison, register and records, and plain questions to them.

Also what one electronic signature is worth, with the doubts that keep it from proving anything. No rule stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from elca_docs.errors import Location
from elca_docs.evidence.differences import looks_scanned, untouched
from elca_docs.evidence.identifying import Identity
from elca_docs.evidence.lookups import last_version, sent_version
from elca_docs.evidence.page_order import PageOrder, our_codes, page_order
from elca_docs.model.facts import Comparison, PdfFacts, SignatureFacts
from elca_docs.model.log_events import Sent
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Party, Portfolio
from elca_docs.model.register import AgreementHistory, RegisterView


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A file from the inbox whose agreement is known. `comparison` is None where nothing is there to compare with."""

    facts: PdfFacts
    identity: Identity
    comparison: Comparison | None
    file: Location
    view: RegisterView
    portfolio: Portfolio
    today: date
    zone: str

    @cached_property
    def history(self) -> AgreementHistory:
        """What the register knows of the agreement."""
        return self.view.history(self.view.by_reference.get(self.identity.reference, ""))

    @cached_property
    def sent(self) -> Sent:
        """How the version went out; an empty event where it never did, which the rules refuse first."""
        identity = self.identity
        unsent = Sent(reference=identity.reference, version=identity.version)
        return sent_version(self.history, identity.version) or unsent

    @cached_property
    def superseded_by(self) -> int:
        """The later version that went out; 0 where this is the last."""
        last = last_version(self.history)
        return last if last > self.identity.version else 0

    @cached_property
    def record(self) -> Agreement | None:
        """The agreement's record, or that of the agreement which it amends; None where there is none."""
        known, agreement = self.portfolio.agreement_by_id, self.history.agreement
        base = self.view.by_reference.get(self.identity.reference.partition("/")[0], "")
        return known.get(agreement) or known.get(agreement.partition("/")[0]) or known.get(base)

    @cached_property
    def parties(self) -> Mapping[str, Party]:
        """Who signs, by id, in the order of the document."""
        parties = self.portfolio.parties_of(self.record) if self.record else ()
        return {str(party.id): party for party in parties}

    @cached_property
    def signed(self) -> frozenset[str]:
        """The parties whose signature stands already."""
        return self.history.signed_parties

    @cached_property
    def pages(self) -> PageOrder:
        """What the codes say of the pages."""
        ours, _ = our_codes(self.facts.codes, self.portfolio.project.grant_number)
        return page_order(ours, self.facts.pages)

    @cached_property
    def untouched(self) -> bool:
        """Whether words, pictures and pages are those that were issued."""
        return self.comparison is not None and untouched(self.comparison)

    @cached_property
    def looks_scanned(self) -> bool:
        """Whether this is a picture of the paper, or may be one for all that is known."""
        return self.comparison is None or looks_scanned(self.comparison)

    def day_of(self, moment: datetime) -> date | None:
        """Return the day of a moment in the project's time zone; None where no calendar has it."""
        try:
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return aware.astimezone(ZoneInfo(self.zone)).date()
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One electronic signature, counted from 1. `doubts` hold no name of a person; `told` may."""

    number: int
    facts: SignatureFacts
    party: str
    """Whose it is; where there are doubts, in whose field it stands; empty where nobody knows."""
    on: date | None
    doubts: tuple[str, ...]
    told: str
