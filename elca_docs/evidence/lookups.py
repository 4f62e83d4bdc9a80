"""Questions to the register and to a file's text that both rows of rules ask. Pure; it decides nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from elca_docs.model.log_events import Received
from elca_docs.model.project import Project
from elca_docs.model.register import RegisterView

if TYPE_CHECKING:
    from collections.abc import Iterator

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-") | {ord("\u00ad"): None}


def subjects_of(view: RegisterView, sha256: str) -> tuple[str, ...]:
    """Return what the file is evidence of by now: references and ids of what was held, in a stable order."""
    found = {view.evidence[sha256].subject} if sha256 in view.evidence else set[str]()
    for history in view.agreements.values():
        found |= {each.subject for each in history.received if each.sha256 == sha256}
    for subject, held in view.held.items():
        found |= {subject for each in held if sha256 in each.evidence}
    return tuple(sorted(found))


def receipt_of(view: RegisterView, sha256: str, subject: str) -> str:
    """Return the address in the log at which the file was received for that subject; empty where it never was."""
    for entry in reversed(view.entries):
        event = entry.event
        if isinstance(event, Received) and event.sha256 == sha256 and event.subject == subject:
            return entry.address
    return ""


def draft_with(view: RegisterView, sha256: str) -> str:
    """Return the reference of the draft that was sent out as exactly this PDF; empty where none was."""
    references = (each.reference for history in view.agreements.values() for each in history.sent if each.pdf == sha256)
    return min(references, default="")


def references_in(text: str, view: RegisterView) -> tuple[str, ...]:
    """Return the references given so far that stand in a PDF's text, however its lines are broken."""
    flat = text.translate(_DASHES)
    return tuple(sorted(reference for reference in view.by_reference if _pattern(reference).search(flat)))


def _pattern(reference: str) -> re.Pattern[str]:
    """Return the pattern of a reference as a whole word, in which a PDF may have put spaces and line ends."""
    body = r"\s*".join(map(re.escape, reference))
    return re.compile(rf"(?<![^\W_]){body}(?![^\W_])", re.IGNORECASE)


def outside_window(project: Project, day: date) -> Iterator[str]:
    """Yield the remark that a day does not count, where it lies outside the days that count."""
    first, last = project.window
    if not first <= day <= last:
        yield f"{day} lies outside the days that count ({first} to {last}), so it moves no figure"


def reading_remarks(unread_pages: int, pages: int, text: str) -> Iterator[str]:
    """Yield what a reader should know where the file could not be read as text."""
    if unread_pages:
        yield f"{unread_pages} of {pages} pages could not be read as text"
    elif not text.strip():
        yield "the file has no text (a scan), so its content was not compared"
