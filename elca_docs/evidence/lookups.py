"""Questions to the register and to a file's text that both rows of rules ask. Pure; it decides nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from elca_docs.model.log_events import Received, Sent, Signed
from elca_docs.model.project import Project
from elca_docs.model.register import AgreementHistory, RegisterView, undone_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS: Final = "0123456789"
_LONGEST_COUNT: Final = 18  # digits; no register counts further (the masks of the model)
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
    """Return the references given so far that stand in a PDF's text, however its lines are broken.

    A reference that stands only at the head of its amendment's (REF/A1) does not stand there itself.
    """
    flat = text.translate(_DASHES)
    close = "".join(flat.split()).casefold()
    given, stems = _folded(tuple(view.by_reference))
    near = {given[each] for each in _candidates(close, stems) if each in given}
    return tuple(sorted(reference for reference in near if _pattern(reference).search(flat)))


def versions_in(text: str, reference: str) -> tuple[int, ...]:
    """Return the versions that stand behind a reference in the text, as in the line that each page is stamped with."""
    found = re.findall(rf"{_body(reference)}[\s·]*version\s*([0-9]{{1,2}})\b", text.translate(_DASHES), re.IGNORECASE)
    return tuple(sorted(set(map(int, found))))


def never_given_in(text: str, view: RegisterView) -> str:
    """Return the first text that reads as a reference of the series used so far and was never given; else empty."""
    flat = text.translate(_DASHES)
    stems = {reference.rstrip(_DIGITS) for reference in view.by_reference if reference[-1] in _DIGITS}
    for stem in sorted(stems - {""}):
        found = re.search(rf"(?<![^\W_]){_body(stem)}\s*[0-9]{{1,{_LONGEST_COUNT}}}(?![^\W_])", flat, re.IGNORECASE)
        if found:
            return "".join(found[0].split())
    return ""


@lru_cache(maxsize=4)
def _folded(references: tuple[str, ...]) -> tuple[Mapping[str, str], frozenset[str]]:
    """Return references by how they are looked for, and the heads of their series; the same for all files of a run."""
    given = {reference.casefold(): reference for reference in references}
    return given, frozenset(reference.rstrip(_DIGITS) for reference in given)


def _candidates(close: str, stems: Collection[str]) -> Iterator[str]:
    """Yield what may be a reference in a text without spaces: the head of a known one with any digits behind it.

    A register holds thousands of references of a few series: to look for the heads is a hundred times faster.
    """
    for stem in stems:
        place = close.find(stem)
        while place >= 0:
            begin = place + len(stem)
            yield from (close[place : begin + count] for count in range(_LONGEST_COUNT + 1))
            place = close.find(stem, place + 1)


def _pattern(reference: str) -> re.Pattern[str]:
    """Return the pattern of a reference as a whole word, in which a PDF may have put spaces and line ends."""
    return re.compile(rf"(?<![^\W_]){_body(reference)}(?![^\W_])(?!\s*/\s*A\s*[0-9])", re.IGNORECASE)


def _body(text: str) -> str:
    return r"\s*".join(map(re.escape, text))


def in_capitals(reference: str, view: RegisterView) -> str:
    """Return the reference as the register writes it, capitals left aside; empty where it was never given."""
    return next((each for each in view.by_reference if each.upper() == reference.upper()), "")


def last_version(history: AgreementHistory) -> int:
    """Return the last version that was sent, of our own text where there is one; 0 where none was."""
    ours = [each.version for each in history.sent if each.origin == "ours"]
    return max(ours or [each.version for each in history.sent], default=0)


def sent_version(history: AgreementHistory, version: int) -> Sent | None:
    """Return how that version was sent; None where it never was."""
    return next((each for each in reversed(history.sent) if each.version == version), None)


def waits_still(history: AgreementHistory, sha256: str) -> bool:
    """Whether a person has yet to look at a file that the agreement received.

    Over as soon as a person confirmed a signature from it, every party has signed, or the agreement has ended.
    """
    waiting = any(each.sha256 == sha256 and each.waits for each in history.received)
    looked_at = any(each.evidence == sha256 and each.basis == "confirmed" for each in history.signatures)
    return waiting and not (looked_at or history.registered or history.ended)


def superseded(view: RegisterView, reference: str, parties: Collection[str], sha256: str) -> tuple[str, ...]:
    """Return the addresses of the signatures that a later copy puts aside: of these parties, with other evidence.

    Entries that are undone already are left out; the addresses come in the order of the log.
    """
    undone = undone_addresses(view.entries)
    return tuple(
        entry.address
        for entry in view.entries
        if isinstance(entry.event, Signed)
        and entry.address not in undone
        and (entry.event.reference == reference and entry.event.party in parties and entry.event.evidence != sha256)
    )


def by_hand(reference: str) -> str:
    """Return the command by which a person lets a file take the place of earlier evidence, for a fix."""
    return f'invoke register --file F --supersede {reference} --reason "why" --signed-by PARTY=DATE --by ID'


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
