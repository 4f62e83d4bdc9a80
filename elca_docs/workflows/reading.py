"""Files of the inbox on their way to a verdict: read in limited child processes, a few at a time, in order of names.

What is asked of a child is a function of this module and plain values, so that any system can start one. A file that
hangs, bursts or crashes its reader is refused by name, and the next one is read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from elca_docs.durable import sha256_of
from elca_docs.errors import DocsError, Location, Problem
from elca_docs.evidence import AlreadyRegistered, Identity, Refused, close_facts, compared, identified, issue_in
from elca_docs.inbox import FOLDER, Claimed
from elca_docs.issued import Issued
from elca_docs.model.facts import Comparison, PdfFacts
from elca_docs.model.log_events import Sent
from elca_docs.model.register import RegisterView
from elca_docs.workers import Failed, Workers

_WHY = {
    "time": "it took too long to read",
    "memory": "it takes too much memory to read",
    "crash": "its reader gave up on it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One file of the inbox with what is known of it by now; `problems` where it cannot be judged.

    `trouble` is ours, not the file's: what it must be judged by cannot be read, so it waits in the inbox.
    """

    claimed: Claimed
    data: bytes
    facts: PdfFacts | None = None
    identity: Identity | None = None
    comparison: Comparison | None = None
    problems: tuple[Problem, ...] = ()
    known: AlreadyRegistered | None = None
    trouble: tuple[Problem, ...] = ()
    issue: Sent | None = None

    @property
    def shown(self) -> str:
        """Its name in messages."""
        return f"{FOLDER}/{self.claimed.name}"


def close_look(data: bytes, name: str, anchors: tuple[bytes, ...], moment: datetime, *search: bool) -> PdfFacts:
    """Return all facts of a PDF; what a child is asked for. Its pages are searched for codes unless `search` is no."""
    return close_facts(data, name=name, anchors=anchors, moment=moment, codes=all(search))


def read(  # noqa: PLR0913 - all that reading depends on
    papers: Iterable[Paper],
    workers: Workers,
    *,
    anchors: tuple[bytes, ...],
    moment: datetime,
    view: RegisterView,
    distrust: bool = False,
) -> Iterator[Paper]:
    """Yield each paper with its facts, or with the problem of reading it, in order.

    Of a file that begins with a version of ours nobody has to search the pages for codes.
    `distrust`: there are files of trust anchors, and none of them can be read, so no signature is trusted.
    """
    waiting = [replace(each, issue=issue_in(each.data, view)) for each in papers]
    answers = workers.map(close_look, ((each.data, each.shown, anchors, moment, not each.issue) for each in waiting))
    for paper, answer in zip(waiting, answers, strict=True):
        if isinstance(answer, PdfFacts):
            yield replace(paper, facts=_distrusted(answer) if distrust else answer)
        else:
            yield replace(paper, facts=_bare(paper), problems=_problems_of(answer, paper.shown))


def _distrusted(facts: PdfFacts) -> PdfFacts:
    """Return facts in which no signature is trusted."""
    return replace(
        facts,
        signatures=tuple(
            replace(each, trust="not trusted", qualified=False, trouble=each.trouble or "no trust anchor can be read")
            for each in facts.signatures
        ),
    )


def identify(papers: Iterable[Paper], view: RegisterView, *, key: str) -> tuple[Paper, ...]:
    """Return each paper with the agreement it belongs to as of this view; papers with problems stay as they are."""
    return tuple(_identified(each, view, key) for each in papers)


def compare(papers: Sequence[Paper], workers: Workers, *, issued: Issued, view: RegisterView) -> Iterator[Paper]:
    """Yield each paper with its comparison with the version that went out, where there is one, in order.

    The children go on comparing while the caller is busy with a paper.
    """
    looked: deque[tuple[Paper, bytes]] = deque()

    def calls() -> Iterator[tuple[bytes, bytes]]:
        for paper in papers:
            looked.append(_with_issue(paper, issued, view))
            if looked[-1][1]:
                yield paper.data, looked[-1][1]

    for answer in workers.map(compared, calls()):
        while not looked[0][1]:
            yield looked.popleft()[0]
        paper, _ = looked.popleft()
        if isinstance(answer, Comparison):
            yield replace(paper, comparison=answer)
        else:
            placed = (
                replace(each, location=each.location or Location(paper.shown))
                for each in _problems_of(answer, paper.shown)
            )
            yield replace(paper, problems=tuple(placed))
    yield from (paper for paper, _ in looked)


def apart(papers: Sequence[Paper]) -> tuple[list[Paper], list[Paper]]:
    """Return papers that do not concern the same agreement, and the rest, each to be judged on what went before it."""
    now: list[Paper] = []
    later: list[Paper] = []
    taken: set[str] = set()
    for paper in papers:
        marks = {paper.facts.sha256} if paper.facts else set()
        marks |= {paper.identity.reference} if paper.identity else set()
        (later if marks & taken else now).append(paper)
        taken |= marks
    return now, later


def _identified(paper: Paper, view: RegisterView, key: str) -> Paper:
    if paper.problems or paper.facts is None:
        return paper
    found = identified(paper.facts, view=view, key=key, file=paper.shown, issue=paper.issue)
    return replace(
        paper,
        identity=found if isinstance(found, Identity) else None,
        known=found if isinstance(found, AlreadyRegistered) else None,
        problems=found.problems if isinstance(found, Refused) else (),
    )


def _with_issue(paper: Paper, issued: Issued, view: RegisterView) -> tuple[Paper, bytes]:
    """Return a paper with the version that it is to be compared with; no bytes where there is none, or trouble."""
    version = _version_of(view, paper)
    try:
        return paper, issued.read(f"{version.name}.pdf", version.pdf) if version else b""
    except DocsError as error:
        return replace(paper, trouble=error.problems), b""


def _version_of(view: RegisterView, paper: Paper) -> Sent | None:
    """Return the version of ours that a paper should show; None where there is nothing to compare it with."""
    if paper.identity is None:
        return None
    history = view.history(view.by_reference.get(paper.identity.reference, ""))
    versions = (each for each in history.sent if each.version == paper.identity.version and each.name)
    return next(versions, None)


def _problems_of(answer: DocsError | Failed, shown: str) -> tuple[Problem, ...]:
    if isinstance(answer, Failed):
        message = f"the file cannot be read: {_WHY[answer.why]} ({answer.detail})"
        fix = "open it in a PDF viewer, print it to a new PDF, and put that into the inbox"
        return (Problem("pdf-defies-reading", message, Location(shown), fix),)
    return answer.problems


def _bare(paper: Paper) -> PdfFacts:
    """Return what is known of a file that could not be read: its digest and size."""
    return PdfFacts(sha256=sha256_of(paper.data), size=len(paper.data), pages=0, encrypted=False, text="")
