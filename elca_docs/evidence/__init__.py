"""Evidence: the bytes of a PDF become facts, and facts with a person's claim become a verdict, rule by rule.

Nothing here opens a file, asks the time or writes an event: bytes and values come in, a trusted value or a refusal
goes out. What follows from a verdict is for the workflow to write.
"""

from elca_docs.evidence.agreement_rules import judge_manual
from elca_docs.evidence.case import Claim
from elca_docs.evidence.certificates import anchors_of
from elca_docs.evidence.close import close_facts
from elca_docs.evidence.comparing import compared
from elca_docs.evidence.envelope import SIZE_LIMIT
from elca_docs.evidence.facts import PAGE_LIMIT, TEXT_LIMIT, facts_of
from elca_docs.evidence.held_rules import HeldClaim, judge_held
from elca_docs.evidence.identifying import Identity, identified, issue_in
from elca_docs.evidence.incoming_rules import judge_incoming
from elca_docs.evidence.lookups import sent_version, superseded, waits_still
from elca_docs.evidence.verdicts import (
    Accepted,
    AlreadyRegistered,
    HeldAccepted,
    Proven,
    ProvenSignature,
    Refused,
    Waits,
)

__all__ = [
    "PAGE_LIMIT",
    "SIZE_LIMIT",
    "TEXT_LIMIT",
    "Accepted",
    "AlreadyRegistered",
    "Claim",
    "HeldAccepted",
    "HeldClaim",
    "Identity",
    "Proven",
    "ProvenSignature",
    "Refused",
    "Waits",
    "anchors_of",
    "close_facts",
    "compared",
    "facts_of",
    "identified",
    "issue_in",
    "judge_held",
    "judge_incoming",
    "judge_manual",
    "sent_version",
    "superseded",
    "waits_still",
]
