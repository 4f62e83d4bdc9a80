"""What the register alone says of a file: received before, our own issue, never sent, ended. I1, I2, I6 and I7.

Asked when a file is identified, and again when it is judged: the register may have moved on in between.
"""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.errors import Location, Problem
from elca_docs.evidence.envelope import printable
from elca_docs.evidence.lookups import draft_with, sent_version, subjects_of, waits_still
from elca_docs.evidence.verdicts import AlreadyRegistered
from elca_docs.model.register import AgreementHistory, RegisterView


def received_before(sha256: str, view: RegisterView, place: Location | None) -> AlreadyRegistered | None:
    """I1: return what became of a file that the register holds, for an agreement or for anything held."""
    subject = next(iter(subjects_of(view, sha256)), "")
    if not subject:
        return None
    history = view.history(view.by_reference.get(subject, ""))
    return AlreadyRegistered(
        subject=subject,
        sha256=sha256,
        number=history.registered.number if history.registered else "",
        sentence=f"{place or 'this file'} is already registered for {subject}; "
        + ("it is proof of what was held" if subject in view.held else _state(history, sha256)),
    )


def _state(history: AgreementHistory, sha256: str) -> str:
    """Return in words where the agreement stands, and whether this file waits."""
    if not history.reference:
        return (
            "what it proved was undone (see invoke register.log); undo its receipt too, and it can be handed in again"
        )
    if history.ended:
        return f"{history.reference} has ended ({history.ended.exit})"
    if history.registered:
        return f"it is registered as {history.registered.number}"
    if waits_still(history, sha256):
        return f"it waits for a person to look at it (invoke confirm --ref {history.reference} …)"
    return "not all parties have signed yet"


def our_issue(sha256: str, view: RegisterView, place: Location | None) -> Iterator[Problem]:
    """I2."""
    reference = draft_with(view, sha256)
    if reference:
        yield Problem(
            "pdf-is-our-draft",
            f"this file is {reference} exactly as it was sent out, without any signature",
            place,
            "hand in the copy that came back signed; a signed file that was cut off on its way can look like this too",
        )


def reference_given(named: str, reference: str, place: Location | None) -> Iterator[Problem]:
    """I6: the reference was given."""
    if not reference:
        yield Problem(
            "reference-unknown",
            f"the register never gave the reference {printable(named)} that this file carries, or its entry was undone",
            place,
            "look whether this is the folder of the project that sent it, and whether its register is up to date",
        )


def standing(
    reference: str, version: int, view: RegisterView, place: Location | None, *, pages: int = 0
) -> Iterator[Problem]:
    """I6 and I7: yield what speaks against a version of an agreement, as the register stands now."""
    history = view.history(view.by_reference.get(reference, ""))
    sent = sent_version(history, version)
    if not history.reference:
        yield from reference_given(reference, "", place)
    elif not history.sent:
        yield Problem(
            "never-sent",
            f"{reference} was never sent for signature, so no copy of it can have come back",
            place,
            f"send it (invoke send --ref {reference}), or register it by hand:"
            f" invoke register --file F --ref {reference} …",
        )
    elif sent is None or (pages and sent.pages and pages != sent.pages):
        yield Problem(
            "version-not-sent",
            f"the file says that it is version {version} of {reference}"
            + (f" with {pages} pages; it was sent with {sent.pages}" if sent else ", which was never sent"),
            place,
            "look whether the register is up to date; else ask the sender where the file comes from",
        )
    if history.ended:
        yield Problem(
            "agreement-ended",
            f"{reference} ended on {history.ended.on} ({history.ended.exit}: {history.ended.reason})",
            place,
            "plan a new agreement that replaces it, or undo that entry of the register if it was a mistake",
        )
