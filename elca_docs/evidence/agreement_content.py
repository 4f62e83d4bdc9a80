"""What a file's content says against a person's claim: R8 to R11 of the manual road."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.errors import Problem
from elca_docs.evidence.case import Case
from elca_docs.evidence.differences import counted, looks_scanned, taken_out
from elca_docs.evidence.lookups import by_hand, draft_with, references_in


def r8_text_of_another(case: Case) -> Iterator[Problem]:
    """Yield what the text says against this agreement."""
    named = references_in(case.facts.text, case.view)
    if named and case.claim.reference not in named:
        yield Problem(
            "reference-of-another",
            f"the text of this file carries the reference {', '.join(named)}, not {case.claim.reference}",
            case.file,
            f"register it for {named[0]}, or hand in the signed copy of {case.claim.reference}",
        )


def r9_our_draft(case: Case) -> Iterator[Problem]:
    """Yield that nobody signed this copy."""
    reference = draft_with(case.view, case.facts.sha256)
    if reference:
        yield Problem(
            "pdf-is-our-draft",
            f"this file is the draft of {reference} exactly as it was sent out, without any signature",
            case.file,
            "hand in the copy that came back signed",
        )


def r10_content_differs(case: Case) -> Iterator[Problem]:
    """Yield what was issued and is gone, unless a person lets the file supersede that text."""
    found = case.comparison
    if found is None or case.claim.supersede or not taken_out(found) or looks_scanned(found):
        return
    yield Problem(
        "content-differs",
        f"this file is not {case.claim.reference} as it was issued: {counted(found)}",
        case.file,
        f"look at the differences; where this text is what was agreed: {by_hand(case.claim.reference)}",
    )


def r11_other_version(case: Case) -> Iterator[Problem]:
    """Yield the parties whose signature stands on another version: an agreement is one text."""
    claimed = {party for party, _ in case.new} if case.claim.supersede else set()
    others = {
        each.party: each.version
        for each in case.history.signatures
        if each.version and case.claim.version and each.version != case.claim.version and each.party not in claimed
    }
    for party, version in others.items():
        yield Problem(
            "versions-differ",
            f"{party} signed version {version} of {case.claim.reference}, and this file shows version"
            f" {case.claim.version}: all parties sign one text",
            case.file,
            f"hand in what was signed of version {version}, or let {party} sign version {case.claim.version} too and"
            f" put that in its place: {by_hand(case.claim.reference)}",
        )
