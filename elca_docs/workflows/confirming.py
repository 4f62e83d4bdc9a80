"""`confirm`: a person looks at what no program can judge, ink above all, and says whose signature it is, of which day.

Without flags it lists what waits, with pictures of the pages. The file was archived when it came in; confirming adds
the signatures to the register, and the register number when all parties have signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from elca_docs.errors import DocsError, Problem, RequestError
from elca_docs.evidence import facts_of, waits_still
from elca_docs.model.log_events import Received
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.pdf.pictures import pictures
from elca_docs.proof import evidence_name
from elca_docs.workers import Failed, Workers
from elca_docs.workflows import archive
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.handing import Handed
from elca_docs.workflows.naming import agreement_of
from elca_docs.workflows.signing import Signing, sign
from elca_docs.workflows.summary import Summary

_DPI = 80
_PICTURED = 12
"""How many pages of a file are shown as pictures."""
_PREFIX = 6
"""How many characters of a digest must be given at least to name a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A file that waits for a person: the agreement's history, and the event that it came in."""

    history: AgreementHistory
    received: Received


def waiting(view: RegisterView) -> tuple[Wait, ...]:
    """Return what waits, in the order in which it came in; what was confirmed since, ended or undone does not."""
    found = []
    for entry in view.entries:
        event = entry.event
        if not (isinstance(event, Received) and event.waits and event.subject in view.by_reference):
            continue
        history = view.history(view.by_reference[event.subject])
        if event in history.received and waits_still(history, event.sha256):
            found.append(Wait(history=history, received=event))
    return tuple(found)


def confirm(desk: Desk, signing: Signing, *, file: str = "", dry_run: bool = False) -> Summary:
    """Record the signatures that a person has seen in a file that waits; without a reference, list what waits."""
    waits = waiting(desk.register.view())
    if not signing.ref and (signing.signed_by or signing.method or file):
        message = "something is said of a file, and no agreement is named"
        raise RequestError(Problem("flags-unclear", message, fix="add --ref; invoke confirm alone lists what waits"))
    if not signing.ref:
        return _listed(desk, waits)
    if not signing.signed_by:
        message = "nobody is said to have signed"
        fix = "add --signed-by PARTY=YYYY-MM-DD for each signature that you have seen"
        raise RequestError(Problem("signature-not-claimed", message, fix=fix))
    if not signing.by:
        message = "nobody is named who looked at the signatures"
        fix = "add --by with your id, such as --by mav-1 (no full name)"
        raise RequestError(Problem("person-not-named", message, fix=fix))
    try:
        chosen = _chosen(desk, waits, signing.ref, file)
    except RequestError:
        if not dry_run:  # the same call again, after a kill: what it recorded still gets its readable names
            archive.refresh(desk)
        raise
    signing = replace(signing, version=chosen.received.version)
    data = desk.proof.read(chosen.received.sha256)
    paper = Handed(name=chosen.received.name, data=data, facts=facts_of(data, name=chosen.received.name))
    return sign(desk, signing, (paper,), dry_run=dry_run)


def _chosen(desk: Desk, waits: Sequence[Wait], ref: str, file: str) -> Wait:
    """Return the one file of an agreement that is meant; RequestError lists them where that is not clear."""
    agreement = agreement_of(desk.portfolio, desk.register.view(), ref).id
    mine = [each for each in waits if each.history.agreement == agreement] or _looked_at(desk, agreement)
    named = [
        each
        for each in mine
        if not file or file == each.received.name or (len(file) >= _PREFIX and each.received.sha256.startswith(file))
    ]
    if len(named) == 1:
        return named[0]
    if not mine:
        message = f"nothing of {ref} waits for a person"
        raise RequestError(Problem("nothing-waits", message, fix="invoke confirm lists what waits"))
    choice = "; ".join(f"{each.received.name} ({each.received.sha256[:_PREFIX]})" for each in mine)
    message = f"{len(mine)} files of {ref} wait, and it is not clear which one is meant"
    raise RequestError(Problem("flags-unclear", message, fix=f"add --file with its name or digest: {choice}"))


def _looked_at(desk: Desk, agreement: str) -> list[Wait]:
    """Return the files of an agreement that waited and were looked at, while a party has still to sign.

    Another signature may be in them.
    """
    history = desk.register.view().history(agreement)
    if history.registered or history.ended:
        return []
    return [Wait(history=history, received=each) for each in history.received if each.waits]


def _listed(desk: Desk, waits: Sequence[Wait]) -> Summary:
    """Write the pictures, and return the list of what waits with the command that confirms each."""
    if not waits:
        return Summary(lines=("nothing waits for a person",))
    desk.workspace.clear("waiting")
    lines: list[str] = []
    problems: list[Problem] = []
    with Workers() as workers:
        papers = []
        for each in waits:
            try:
                papers.append((each, desk.proof.read(each.received.sha256)))
            except DocsError as error:
                problems += error.problems
        answers = workers.map(pictures, ((data, _DPI, _PICTURED) for _, data in papers))
        for (each, _), answer in zip(papers, answers, strict=True):
            lines += _told(desk, each)
            if isinstance(answer, Failed | DocsError):
                lines.append("  (no pictures: open the file itself)")
                continue
            folder = f"waiting/{each.history.reference.replace('/', '-')}_{each.received.sha256[:8]}"
            for number, picture in enumerate(answer, start=1):
                desk.workspace.create(f"{folder}/page-{number:02}.png", picture)
            lines.append(f"  look: output/{folder}/")
    return Summary(lines=tuple(lines), problems=tuple(problems))


def _told(desk: Desk, wait: Wait) -> Iterator[str]:
    """Yield what waits, why, and how it is confirmed."""
    history, received = wait.history, wait.received
    yield f"{history.reference}: {received.name}, {received.pages} pages, {received.verdict}"
    try:
        agreement = agreement_of(desk.portfolio, desk.register.view(), history.reference)
    except DocsError as error:
        yield f"  {error.problems[0].message}"
        return
    open_parties = [
        str(each.id) for each in desk.portfolio.parties_of(agreement) if each.id not in history.signed_parties
    ]
    sides = " ".join(f"--signed-by {party}=YYYY-MM-DD" for party in open_parties)
    yield f"  when you have seen the signatures: invoke confirm --ref {history.reference} {sides} --by YOU --method wet"
    yield f"  the file: {evidence_name(received.sha256)}"
