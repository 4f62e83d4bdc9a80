"""Evidence: the bytes of a PDF become facts, and facts with a person's claim become a verdict, rule by rule.

Nothing here opens a file, asks the time or writes an event: bytes and values come in, a trusted value or a refusal
goes out. What follows from a verdict is for the workflow to write.
"""

from elca_docs.evidence.agreement_rules import judge_manual
from elca_docs.evidence.case import Claim
from elca_docs.evidence.envelope import SIZE_LIMIT
from elca_docs.evidence.facts import PAGE_LIMIT, TEXT_LIMIT, facts_of
from elca_docs.evidence.held_rules import HeldClaim, judge_held
from elca_docs.evidence.verdicts import Accepted, AlreadyRegistered, HeldAccepted, Refused

__all__ = [
    "PAGE_LIMIT",
    "SIZE_LIMIT",
    "TEXT_LIMIT",
    "Accepted",
    "AlreadyRegistered",
    "Claim",
    "HeldAccepted",
    "HeldClaim",
    "Refused",
    "facts_of",
    "judge_held",
    "judge_manual",
]
