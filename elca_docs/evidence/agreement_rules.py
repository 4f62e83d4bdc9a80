"""May this file prove these signatures? The numbered rules of the manual road of `register`.

The pattern is python-tuf's trusted set: values in, a trusted value or a named refusal out, one small function per rule
and one test per rule. Nothing here writes; what follows from the verdict is the workflow's. The rules:

    R1  a file that is evidence of another subject is not evidence of this agreement
    R2  the same file for the same agreement with nothing new to say is already registered
    R3  somebody has signed, and whoever signed is a party of the agreement
    R4  nobody signs in the future
    R5  nobody signs our paper before the project began
    R6  an ended agreement is not signed
    R7  a party that has signed does not sign again, unless this file is to supersede the earlier one
    R8  a file whose text carries only another agreement's reference is that agreement's
    R9  a draft as we sent it is no signed copy
    R10 a text that lacks words of the issued version needs a person who lets it supersede that version
    R11 all parties sign one version

A problem of the file has the file as its place; a problem of what was claimed (a flag of the task) has none.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from elca_docs.errors import Problem
from elca_docs.evidence.agreement_content import (
    r8_text_of_another,
    r9_our_draft,
    r10_content_differs,
    r11_other_version,
)
from elca_docs.evidence.case import Case, Claim
from elca_docs.evidence.envelope import file_place, printable
from elca_docs.evidence.lookups import (
    by_hand,
    outside_window,
    reading_remarks,
    receipt_of,
    references_in,
    subjects_of,
    waits_still,
)
from elca_docs.evidence.verdicts import Accepted, AlreadyRegistered, Refused
from elca_docs.model.facts import Comparison, PdfFacts
from elca_docs.model.log_events import Signed
from elca_docs.model.project import Project
from elca_docs.model.register import RegisterView


def judge_manual(  # noqa: PLR0913 - everything that a verdict depends on
    facts: PdfFacts,
    claim: Claim,
    *,
    view: RegisterView,
    project: Project,
    today: date,
    comparison: Comparison | None = None,
) -> Accepted | AlreadyRegistered | Refused:
    """Return whether the file proves the claimed signatures; a refusal names every broken rule at once.

    Args:
        facts: What was read off the file.
        claim: The agreement, its parties, and who is said to have signed when.
        view: The register as it stands; ask again when it has moved on.
        project: For its first day, and for the days that count.
        today: The current day in the project's time zone.
        comparison: How the file differs from the issued version, where both are at hand.
    """
    case = Case(
        facts=facts,
        claim=claim,
        file=file_place(claim.file),
        view=view,
        project=project,
        today=today,
        comparison=comparison,
    )
    if _nothing_new(case):
        return _already_registered(case)
    problems = tuple(problem for rule in _RULES for problem in rule(case))
    if problems:
        return Refused(problems=problems)
    signed = case.history.signed_parties | {party for party, _ in case.new}
    return Accepted(
        reference=claim.reference,
        signatures=case.new,
        waiting_for=tuple(party for party in claim.parties if party not in signed),
        file_is_new=case.file_is_new,
        remarks=tuple(_remarks(case)),
    )


def _nothing_new(case: Case) -> bool:
    """R2: the agreement has this file, and every claimed signature stands."""
    return not case.file_is_new and all(case.stands(party, day) for party, day in case.claim.signed.items())


def _already_registered(case: Case) -> AlreadyRegistered:
    number = case.history.registered.number if case.history.registered else ""
    waiting = not case.claim.signed and waits_still(case.history, case.facts.sha256)
    open_still = "it waits for a person to look at it" if waiting else "not all parties have signed yet"
    state = f"it is registered as {number}" if number else open_still
    return AlreadyRegistered(
        subject=case.claim.reference,
        sha256=case.facts.sha256,
        number=number,
        sentence=f"{case.file} is already registered for {case.claim.reference}; {state}",
    )


def _r1_of_another(case: Case) -> Iterator[Problem]:
    if not case.file_is_new:
        return
    for subject in subjects_of(case.view, case.facts.sha256):
        address = receipt_of(case.view, case.facts.sha256, subject)
        yield Problem(
            "evidence-of-another",
            f"this very file is already the evidence of {subject}; one file proves one agreement",
            case.file,
            f"hand in the signed copy of {case.claim.reference}; if {subject} was the mistake, first undo entry"
            f" {address or 'that received it'} of the register",
        )


def _r3_parties(case: Case) -> Iterator[Problem]:
    parties = case.claim.parties
    if not case.claim.signed:
        yield Problem(
            "signature-not-claimed",
            f"nobody is said to have signed {case.claim.reference}",
            fix=f"say who signed and when, as in {next(iter(parties), 'PARTY')}={case.today}",
        )
    for claimed in case.claim.signed:
        if claimed not in parties:
            yield Problem(
                "party-unknown",
                f"'{printable(claimed)}' is no party of {case.claim.reference}",
                fix=_meant(claimed, parties) + "the parties are " + ", ".join(f"{i} ({n})" for i, n in parties.items()),
            )


def _meant(claimed: str, parties: Mapping[str, str]) -> str:
    """Return the guess at what was meant, by id or by name; empty where nothing is near."""
    spelled = {text.casefold(): party for party, name in parties.items() for text in (name, party)}
    near = difflib.get_close_matches(claimed.casefold(), spelled, n=1, cutoff=0.5)
    return f"did you mean '{spelled[near[0]]}'? " if near else ""


def _r4_future(case: Case) -> Iterator[Problem]:
    for party, day in case.claim.signed.items():
        if day > case.today:
            yield Problem(
                "signed-in-future",
                f"{printable(party)} is said to sign on {day}, and today is {case.today}",
                fix="give the day that stands beside the signature",
            )


def _r5_before_start(case: Case) -> Iterator[Problem]:
    for party, day in case.claim.signed.items():
        if day < case.project.start and case.claim.origin == "ours":
            yield Problem(
                "signed-before-start",
                f"{printable(party)} is said to have signed on {day}, before the project began on {case.project.start}",
                fix="check the year; where the agreement is older than the project, say that its origin is external",
            )


def _r6_ended(case: Case) -> Iterator[Problem]:
    ended = case.history.ended
    if ended:
        yield Problem(
            "agreement-ended",
            f"{case.claim.reference} ended on {ended.on} ({ended.exit}: {ended.reason})",
            fix="plan a new agreement that replaces it, or undo that entry of the register if it was a mistake",
        )


def _r7_signed_again(case: Case) -> Iterator[Problem]:
    for each in case.history.signatures:
        claimed = case.claim.signed.get(each.party)
        if claimed is not None and claimed != each.on and not _put_aside(case, each):
            yield Problem(
                "signed-already",
                f"{each.party} signed {case.claim.reference} on {each.on} already; the day claimed now is {claimed}",
                fix="leave that party out, or undo the earlier entry of the register if its day was wrong",
            )
    if case.claim.signed and all(case.stands(party, day) for party, day in case.claim.signed.items()):
        yield Problem(
            "second-evidence",
            f"every one of these signatures of {case.claim.reference} is proven by another file already",
            case.file,
            f"keep the first copy, which stays; to put this one in its place: {by_hand(case.claim.reference)}",
        )


def _put_aside(case: Case, signature: Signed) -> bool:
    """Whether this file is to take the place of the one that proved a signature."""
    return case.claim.supersede and signature.evidence != case.facts.sha256


_RULES: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    _r1_of_another,
    _r3_parties,
    _r4_future,
    _r5_before_start,
    _r6_ended,
    _r7_signed_again,
    r8_text_of_another,
    r9_our_draft,
    r10_content_differs,
    r11_other_version,
)


def _remarks(case: Case) -> Iterator[str]:
    """Yield what a person should know of an accepted file."""
    yield from reading_remarks(case.facts.unread_pages, case.facts.pages, case.facts.text)
    named = references_in(case.facts.text, case.view)
    others = [reference for reference in named if reference != case.claim.reference]
    if others:
        yield f"the text also names {', '.join(others)}; a file proves one agreement only"
    if case.facts.text.strip() and not named and case.claim.origin == "ours":
        yield f"the reference {case.claim.reference} does not stand in the file's text"
    sent = max((each.on for each in case.history.sent if each.on and each.origin == "ours"), default=None)
    for party, day in case.new:
        yield from outside_window(case.project, day)
        if sent and day < sent:
            yield f"{party} signed on {day}, before the last version was sent on {sent}"
