"""`register` without a file: the post in register/inbox/ is opened, judged file by file, and put where it belongs.

Order for each file: claim by rename → read and judge → keep the evidence → append → readable names → remove the claim
once the evidence of its digest is whole. Nothing is removed before; one bad file never stops the rest; a run that is
killed leaves claims that the next one takes back, and files it has registered are then "already registered": evidence
that was lost meanwhile is there again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from elca_docs.errors import DocsError, Problem
from elca_docs.evidence import (
    SIZE_LIMIT,
    AlreadyRegistered,
    Proven,
    Refused,
    Waits,
    anchors_of,
    judge_incoming,
)
from elca_docs.inbox import Claimed, Inbox
from elca_docs.model.log_events import LogEvent, Received, Signed
from elca_docs.model.register import RegisterView
from elca_docs.workers import Workers
from elca_docs.workflows import archive
from elca_docs.workflows.console import progressing
from elca_docs.workflows.desk import Desk, announced
from elca_docs.workflows.handing import Handed, moved, plain_name, report_on
from elca_docs.workflows.naming import agreement_of
from elca_docs.workflows.numbering import Numbers
from elca_docs.workflows.opinion import opinion_of, reason_of
from elca_docs.workflows.reading import Paper, apart, compare, identify, read
from elca_docs.workflows.summary import Summary

_BATCH: Final = 100
"""How many files are judged, and written into the log, at a time."""
_BATCH_BYTES: Final = 128 * 1024 * 1024
_Verdict = Proven | Waits | AlreadyRegistered | Refused


def receive(desk: Desk, *, dry_run: bool = False) -> Summary:
    """Open the inbox, and say what became of each file and which indicator moved."""
    before = desk.register.view()
    run = _Run(desk, dry_run=dry_run)
    run.open_all()
    return run.told(before)


@dataclass
class _Run:
    """One opening of the inbox; what became of each file gathers here."""

    desk: Desk
    dry_run: bool
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    waiting: int = 0
    seen: int = 0
    kept: dict[str, tuple[_Verdict, str]] = field(default_factory=dict)
    """The verdicts with which files are kept as evidence already, and the note of each, by the names of the files."""
    noted: set[tuple[str, str]] = field(default_factory=set)
    """The notes written, by the digest of the file and their own."""
    anchors: tuple[bytes, ...] = ()

    def open_all(self) -> None:
        """Take every file that is whole, a batch at a time, until none is left."""
        files = self.desk.workspace.anchors()
        self.anchors, flaws = anchors_of(files)
        self.problems += flaws
        distrust = bool(files) and not self.anchors  # a folder that says whom to trust, and cannot be read
        taken: list[tuple[Claimed, str]] = []
        with Inbox(self.desk.workspace.root) as inbox, Workers() as workers:
            post = inbox.waiting()
            self.problems += post.left
            shown = progressing(post.names, what="files")
            for batch in self._batches(inbox, shown):
                view, moment = self.desk.register.view(), self.desk.moment
                reading = read(batch, workers, anchors=self.anchors, moment=moment, view=view, distrust=distrust)
                papers = list(reading)
                while papers:
                    view = self.desk.register.view()
                    now, papers = apart(identify(papers, view, key=self.desk.portfolio.project.grant_number))
                    found = compare(now, workers, issued=self.desk.issued, view=view)
                    taken += self._settle(inbox, [each for each in found if not self._in_trouble(inbox, each)])
            if not self.dry_run:  # with nothing in the inbox too: a killed run may have left it behind
                self.problems += archive.refresh(self.desk).problems
            for claimed, digest in taken:
                if self.desk.proof.whole(digest):
                    inbox.remove(claimed, archived=digest)

    def told(self, before: RegisterView) -> Summary:
        """Return what a person reads: the indicators that moved, then the files, then what is to do."""
        view = self.desk.register.view()
        moves = list(moved(report_on(self.desk, before), report_on(self.desk, view), because="from the inbox"))
        if not self.seen and not self.problems:
            return Summary(lines=("the inbox is empty: put what came back into register/inbox/",))
        steps = []
        if self.waiting:
            steps.append(f"next: {self.waiting} to look at: invoke confirm")
        if self.refused:
            steps.append("refused files lie in register/inbox/refused/, each with its reason beside it")
        return Summary(lines=(*moves, *self.lines, *steps), problems=tuple(self.problems), your_turn=bool(self.refused))

    def _batches(self, inbox: Inbox, names: Iterable[str]) -> Iterator[list[Paper]]:
        """Yield the files claimed and read into memory, a bounded number at a time."""
        batch: list[Paper] = []
        for name in names:
            claimed = inbox.claim(name)
            if isinstance(claimed, Problem):
                self.problems.append(claimed)
            elif claimed:
                try:
                    batch.append(Paper(claimed=claimed, data=claimed.read(SIZE_LIMIT)))
                except DocsError as error:
                    self.problems += error.problems
                    inbox.give_back(claimed)
            if len(batch) >= _BATCH or sum(len(each.data) for each in batch) > _BATCH_BYTES:
                yield batch
                batch = []
        if batch:
            yield batch

    def _in_trouble(self, inbox: Inbox, paper: Paper) -> bool:
        """Give a file back that cannot be judged for reasons of our own, such as a damaged version that went out."""
        if not paper.trouble:
            return False
        self.seen += 1
        self.problems += paper.trouble
        self.lines.append(f"{plain_name(paper.claimed.name)}: stays in the inbox until the trouble below is mended")
        inbox.give_back(paper.claimed)
        return True

    def _settle(self, inbox: Inbox, papers: Sequence[Paper]) -> list[tuple[Claimed, str]]:
        """Judge papers of different agreements in one segment; return those that are archived, with their digests."""
        verdicts: dict[str, _Verdict] = {}
        troubled: dict[str, Paper] = {}

        def decide(view: RegisterView) -> list[LogEvent]:
            numbers = Numbers(self.desk, view)
            events: list[LogEvent] = []
            verdicts.clear()
            for paper in papers:
                verdict = self._verdict(paper, view)
                kept = self._kept(paper, verdict)
                if kept.trouble:
                    troubled[paper.claimed.name] = kept
                    continue
                verdicts[paper.claimed.name] = verdict
                if isinstance(verdict, Proven | Waits):
                    events += self._events_of(paper, verdict, view, numbers)
            return [] if self.dry_run else events

        appended = self.desk.register.append(decide)
        self._forget(appended.view)
        self.lines += announced(appended)
        archived = []
        for paper in papers:
            if paper.claimed.name not in verdicts:
                self._in_trouble(inbox, troubled[paper.claimed.name])
                continue
            verdict = verdicts[paper.claimed.name]
            self.seen += 1
            self.lines += self._line_of(paper, verdict, appended.view)
            if isinstance(verdict, Refused):
                self._refuse(inbox, paper, verdict)
            elif not self.dry_run and paper.facts:
                archived.append((paper.claimed, paper.facts.sha256))
        return archived

    def _verdict(self, paper: Paper, view: RegisterView) -> _Verdict:
        if paper.problems or paper.facts is None:
            return Refused(problems=paper.problems)
        if paper.known or paper.identity is None:
            return paper.known or Refused(problems=())
        return judge_incoming(
            paper.facts,
            identity=paper.identity,
            comparison=paper.comparison,
            file=paper.shown,
            view=view,
            portfolio=self.desk.portfolio,
            today=self.desk.today,
            zone=self.desk.portfolio.project.time_zone,
        )

    def _events_of(
        self, paper: Paper, verdict: Proven | Waits, view: RegisterView, numbers: Numbers
    ) -> Iterator[LogEvent]:
        if paper.facts is None:
            return
        yield _received(paper, verdict, note=self.kept.get(paper.claimed.name, (verdict, ""))[1])
        if isinstance(verdict, Waits):
            return
        for each in verdict.signatures:
            yield Signed(
                reference=verdict.reference,
                party=each.party,
                on=each.on,
                evidence=paper.facts.sha256,
                method=each.method,
                basis="proven",
                version=verdict.version,
            )
        agreement = agreement_of(self.desk.portfolio, view, verdict.reference)
        if verdict.complete and view.history(agreement.id).registered is None:
            yield numbers.give(agreement, verdict.reference)

    def _kept(self, paper: Paper, verdict: _Verdict) -> Paper:
        """Keep the evidence durably, and what was read off it on this day beside it, before the log speaks of it.

        Of a file that is registered already the evidence is kept again, in case it was lost. Where the drive does not
        let us, the paper comes back with that trouble.
        """
        if self.dry_run or paper.facts is None or isinstance(verdict, Refused) or paper.trouble:
            return paper
        if self.kept.get(paper.claimed.name, (None, ""))[0] == verdict:
            return paper
        try:
            digest, noted = self.desk.proof.keep(paper.data), ""
            if isinstance(verdict, Proven | Waits):
                opinion = opinion_of(paper, verdict, on=self.desk.today, anchors=self.anchors)
                noted = self.desk.proof.note(digest, opinion)
                self.noted.add((digest, noted))
        except DocsError as error:
            return replace(paper, trouble=error.problems)
        self.kept[paper.claimed.name] = verdict, noted
        return paper

    def _forget(self, view: RegisterView) -> None:
        """Remove the notes of this run that the log does not name, as where another run was faster."""
        events = (entry.event for entry in view.entries)
        named = {(each.sha256, each.note) for each in events if isinstance(each, Received)}
        for digest, noted in self.noted - named:
            self.desk.proof.forget(digest, noted)
        self.noted.clear()

    def _line_of(self, paper: Paper, verdict: _Verdict, view: RegisterView) -> Iterator[str]:
        """Yield what became of one file."""
        name = plain_name(paper.claimed.name)
        match verdict:
            case Proven():
                yield f"{name}: {verdict.reference} {_state_of(verdict, view)}"
                yield from (f"  {each}" for each in (*verdict.told, *verdict.remarks))
                self.waiting += bool(verdict.waits)
            case Waits():
                self.waiting += 1
                yield f"{name}: {verdict.reference} waits for a person: {verdict.reason}"
                yield from (f"  {each}" for each in (*verdict.told, *verdict.remarks))
            case AlreadyRegistered():
                yield verdict.sentence
            case Refused():
                yield f"{name}: refused"

    def _refuse(self, inbox: Inbox, paper: Paper, verdict: Refused) -> None:
        """Move a refused file to refused/ with its reason beside it."""
        self.refused += 1
        self.problems += verdict.problems
        if self.dry_run:
            return
        try:
            inbox.refuse(paper.claimed, reason_of(paper, verdict.problems, on=self.desk.today))
        except DocsError as error:
            self.problems += error.problems
            inbox.give_back(paper.claimed)


def _state_of(verdict: Proven, view: RegisterView) -> str:
    """Return where the agreement stands in words; without a number where nothing is written."""
    registered = view.history(view.by_reference[verdict.reference]).registered
    if registered:
        return f"registered as {registered.number}"
    if verdict.waiting_for:
        return f"partly signed, waits for {_some(verdict.waiting_for)}"
    return "would be registered: all parties have signed"


def _received(paper: Paper, verdict: Proven | Waits, *, note: str) -> Received:
    """Return the event that a file came in, as evidence of the agreement that its pages name."""
    if paper.facts is None:
        message = "a paper without facts has no verdict"
        raise ValueError(message)
    handed = Handed(name=plain_name(paper.claimed.name), data=paper.data, facts=paper.facts)
    event = handed.received(
        verdict.reference,
        verdict.verdict,
        waits=isinstance(verdict, Waits) or bool(verdict.waits),
        version=verdict.version,
    )
    return replace(event, note=note)


def _some(names: Iterable[str]) -> str:
    return ", ".join(names)
