"""What the rules for agreements look at: a person's claim, and the case it makes with the file and the register.

Values and plain questions to them; no rule stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from elca_docs.errors import Location
from elca_docs.model.facts import Comparison, PdfFacts
from elca_docs.model.log_events import Origin
from elca_docs.model.project import Project
from elca_docs.model.register import AgreementHistory, RegisterView


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a person says of a file: whose agreement it is, and who signed it when."""

    file: str
    """The file's name, for messages; any text."""
    agreement: str
    """Id of the record."""
    reference: str
    parties: Mapping[str, str]
    """The parties of the agreement in the order of the document: id → name."""
    signed: Mapping[str, date] = field(default_factory=dict)
    """Party → day, as claimed; any text may stand for a party."""
    origin: Origin = "ours"
    supersede: bool = False
    """Whether this file takes the place of earlier evidence: a party signs again, or the text is another."""
    version: int = 0
    """The version of our text that the file shows; 0 where the text is not ours, or nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything the rules look at: the facts, the claim, the register, the project, and the day."""

    facts: PdfFacts
    claim: Claim
    file: Location
    view: RegisterView
    project: Project
    today: date
    comparison: Comparison | None = None
    """How the file differs from the version that was issued; None where nobody compared them."""

    @property
    def history(self) -> AgreementHistory:
        """What the register knows of the agreement."""
        return self.view.history(self.claim.agreement)

    @property
    def file_is_new(self) -> bool:
        """Whether the agreement has not received this very file before."""
        return all(each.sha256 != self.facts.sha256 for each in self.history.received)

    @property
    def new(self) -> tuple[tuple[str, date], ...]:
        """The claimed signatures that the register does not hold, in the order of the document.

        Those of parties that have not signed; where the file takes the place of another, also of parties that had.
        """
        signed = {
            each.party
            for each in self.history.signatures
            if not self.claim.supersede or each.evidence == self.facts.sha256
        }
        claimed = self.claim.signed
        return tuple(
            (party, claimed[party]) for party in self.claim.parties if party in claimed and party not in signed
        )

    def stands(self, party: str, day: date) -> bool:
        """Whether the register holds this very signature; where the file takes another's place, by this file."""
        return any(
            each.party == party and each.on == day and (not self.claim.supersede or each.evidence == self.facts.sha256)
            for each in self.history.signatures
        )
