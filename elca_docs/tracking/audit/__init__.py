"""The audit: whether register, files and figures still say the same. One module per thing that is looked at; pure."""

from elca_docs.tracking.audit.check import Check, Verdict, verdict_of
from elca_docs.tracking.audit.cuts import cuts
from elca_docs.tracking.audit.numbers import numbers
from elca_docs.tracking.audit.place import place
from elca_docs.tracking.audit.recount import figures, recounted
from elca_docs.tracking.audit.shelves import (
    Shelf,
    evidence,
    evidence_by_name,
    issued,
    issued_files,
    readable,
    received_files,
    sums,
)
from elca_docs.tracking.audit.states import states

__all__ = [
    "Check",
    "Shelf",
    "Verdict",
    "cuts",
    "evidence",
    "evidence_by_name",
    "figures",
    "issued",
    "issued_files",
    "numbers",
    "place",
    "readable",
    "received_files",
    "recounted",
    "states",
    "sums",
    "verdict_of",
]
