"""A close look at a PDF: its facts with the symbols on its pages and its electronic signatures.

It costs more than a glance, so it is for what comes in to be judged. It is still facts only, and ends in facts or in
the one problem of `facts_of`: what cannot be read beyond that is said in the facts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from elca_docs.evidence.codes import codes_in
from elca_docs.evidence.facts import facts_of
from elca_docs.evidence.signatures import signatures_in
from elca_docs.model.facts import PdfFacts


def close_facts(
    data: bytes, *, name: str, anchors: tuple[bytes, ...] = (), moment: datetime, codes: bool = True
) -> PdfFacts:
    """Return all that can be read off a PDF.

    Args:
        data: The whole file.
        name: Its name, for messages only; any text.
        anchors: Trust anchors, DER or PEM (`anchors_of`); without any, trust is not checked.
        moment: When the question is asked, with time zone; certificates are judged as of then.
        codes: Whether to search the pages for symbols; a caller who knows the file's first bytes may do without.

    Raises:
        EvidenceError: As `facts_of`.
    """
    facts = facts_of(data, name=name)
    searched = codes_in(data) if codes else None
    return replace(
        facts,
        codes=searched.codes if searched else (),
        codes_read=bool(searched and searched.whole),
        signatures=signatures_in(data, anchors=anchors, moment=moment) if facts.signature_fields else (),
    )
