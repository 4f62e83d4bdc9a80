"""The register's log: numbered segments, appended one per run, each put only where its number does not exist yet.

A hand: this room touches the disk (`stores`), but decides nothing. What a run wants to say is decided by a pure
function that it is given; what the log adds up to is folded by `model.register`.
"""

from elca_docs.register.chain import Chain, Link, chain_of, heads_beginning, view_of
from elca_docs.register.log import Appended, Register
from elca_docs.register.stores import FolderStore, SegmentStore

__all__ = [
    "Appended",
    "Chain",
    "FolderStore",
    "Link",
    "Register",
    "SegmentStore",
    "chain_of",
    "heads_beginning",
    "view_of",
]
