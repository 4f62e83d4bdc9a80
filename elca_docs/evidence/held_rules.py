"""May this file prove that something was held? The numbered rules for events, contacts, duties and activities.

As the rules for agreements, smaller: one proof may serve several subjects, since an attendance list can show both a
workshop and a contact; that is allowed and said. Which proof an indicator asks for is judged where figures are made.

    H1  nothing is held in the future
    H2  nothing counts as held before the project began
    H3  the same file for the same subject on the same day is already registered, on another day it is refused
    H4  a draft as we sent it proves nothing
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from elca_docs.errors import Location, Problem
from elca_docs.evidence.envelope import file_place
from elca_docs.evidence.lookups import draft_with, outside_window, reading_remarks, receipt_of, subjects_of
from elca_docs.evidence.verdicts import AlreadyRegistered, HeldAccepted, Refused
from elca_docs.model.facts import PdfFacts
from elca_docs.model.log_events import Held
from elca_docs.model.project import Project
from elca_docs.model.register import RegisterView


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldClaim:
    """What a person says of a file: what was held, and when."""

    file: str
    """The file's name, for messages; any text."""
    subject: str
    """Id of the event, contact, duty or activity."""
    on: date


def judge_held(
    facts: PdfFacts, claim: HeldClaim, *, view: RegisterView, project: Project, today: date
) -> HeldAccepted | AlreadyRegistered | Refused:
    """Return whether the file may prove that the subject was held that day; arguments as in `judge_manual`."""
    file = file_place(claim.file)
    earlier = [each for each in view.held.get(claim.subject, ()) if facts.sha256 in each.evidence]
    if any(each.on == claim.on for each in earlier):
        return AlreadyRegistered(
            subject=claim.subject,
            sha256=facts.sha256,
            sentence=f"{file} is already registered for {claim.subject}, held on {claim.on}",
        )
    problems = (
        *_days(claim, project, today),
        *_other_day(claim, earlier, file),
        *_our_draft(facts, view, file),
    )
    if problems:
        return Refused(problems=problems)
    return HeldAccepted(
        subject=claim.subject,
        on=claim.on,
        file_is_new=not receipt_of(view, facts.sha256, claim.subject),
        remarks=tuple(_remarks(facts, claim, view, project)),
    )


def _days(claim: HeldClaim, project: Project, today: date) -> Iterator[Problem]:
    """H1 and H2."""
    if claim.on > today:
        yield Problem(
            "held-in-future",
            f"{claim.subject} is said to be held on {claim.on}, and today is {today}",
            fix="register it once it has taken place",
        )
    if claim.on < project.start:
        yield Problem(
            "held-before-start",
            f"{claim.subject} is said to be held on {claim.on}, before the project began on {project.start}",
            fix="check the year; what took place before the project does not count in it",
        )


def _other_day(claim: HeldClaim, earlier: list[Held], file: Location) -> Iterator[Problem]:
    """H3."""
    if earlier:
        days = ", ".join(sorted(str(each.on) for each in earlier))
        yield Problem(
            "held-on-another-day",
            f"this very file proves already that {claim.subject} was held on {days}, not on {claim.on}",
            file,
            "hand in the proof of the other day; if the day was wrong, first undo the earlier entry of the register",
        )


def _our_draft(facts: PdfFacts, view: RegisterView, file: Location) -> Iterator[Problem]:
    """H4."""
    reference = draft_with(view, facts.sha256)
    if reference:
        yield Problem(
            "pdf-is-our-draft",
            f"this file is the draft of {reference} exactly as it was sent out, and no proof that anything was held",
            file,
            "hand in the attendance list, minutes or other proof",
        )


def _remarks(facts: PdfFacts, claim: HeldClaim, view: RegisterView, project: Project) -> Iterator[str]:
    """Yield what a person should know of an accepted proof."""
    yield from reading_remarks(facts.unread_pages, facts.pages, facts.text)
    yield from outside_window(project, claim.on)
    others = [subject for subject in subjects_of(view, facts.sha256) if subject != claim.subject]
    if others:
        yield f"the same file also proves {', '.join(others)}"
