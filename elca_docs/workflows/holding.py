"""The proof that something took place: an event, a contact, a duty or an activity of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from elca_docs.errors import EvidenceError, Problem, RequestError
from elca_docs.evidence import AlreadyRegistered, HeldAccepted, HeldClaim, Refused, judge_held
from elca_docs.model.figures import HeldStatus, StatusReport
from elca_docs.model.log_events import Held, LogEvent, line_of
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.proof import evidence_name
from elca_docs.workflows import archive
from elca_docs.workflows.desk import Desk, announced, day_of
from elca_docs.workflows.handing import Handed, keep, moved, report_on
from elca_docs.workflows.naming import named
from elca_docs.workflows.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What the flags say of something that took place, as typed."""

    subject: str
    on: str
    proof: str
    organisations: tuple[str, ...]
    sectors: tuple[str, ...]
    by: str


def hold(desk: Desk, holding: Holding, papers: tuple[Handed, ...], *, dry_run: bool) -> Summary:
    """Judge and register the proof, and say which indicators moved."""
    run = _Run(desk, holding, papers)
    if dry_run:
        events = run.judge(desk.register.view())
        forecast = tuple(f"would write to the register: {line_of(event)}" for event in events)
        return Summary(lines=(*run.known, *forecast))
    appended = desk.register.append(run.decide)
    shown = archive.refresh(desk)
    return Summary(lines=(*run.told(appended.view), *announced(appended)), problems=shown.problems)


class _Run:
    """One proof, of one or several files, on its way into the register."""

    def __init__(self, desk: Desk, holding: Holding, papers: tuple[Handed, ...]) -> None:
        self._desk = desk
        self._papers = papers
        self._before = desk.register.view()
        self._remarks: tuple[str, ...] = ()
        self.known: tuple[str, ...] = ()
        if not holding.on:
            message = f"nothing is said of when {holding.subject} took place"
            raise RequestError(Problem("flags-unclear", message, fix="add --held with the day, such as 2021-10-25"))
        portfolio = desk.portfolio
        subject = named(holding.subject, {key: key for key in portfolio.holdable_by_id}, what="event, contact or duty")
        self._held = Held(
            subject=subject,
            on=day_of(holding.on, "held"),
            evidence=tuple(paper.facts.sha256 for paper in papers),
            proof=_proof(portfolio, holding.proof),
            organisations=tuple(_organisations(portfolio, holding.organisations)),
            sectors=tuple(_sectors(portfolio, holding.sectors)),
            by=holding.by,
        )

    def judge(self, view: RegisterView) -> tuple[LogEvent, ...]:
        """Return the events that follow from the files; EvidenceError lists every refusal."""
        self._before = view
        verdicts = [self._verdict(paper, view) for paper in self._papers]
        refused = [problem for verdict in verdicts if isinstance(verdict, Refused) for problem in verdict.problems]
        if refused:
            raise EvidenceError(dict.fromkeys(refused))
        self.known = tuple(verdict.sentence for verdict in verdicts if isinstance(verdict, AlreadyRegistered))
        accepted = [
            (paper, verdict)
            for paper, verdict in zip(self._papers, verdicts, strict=True)
            if isinstance(verdict, HeldAccepted)
        ]
        self._remarks = tuple(dict.fromkeys(remark for _, verdict in accepted for remark in verdict.remarks))
        received = [
            paper.received(self._held.subject, verdict.verdict) for paper, verdict in accepted if verdict.file_is_new
        ]
        return (*received, self._held) if accepted else ()

    def decide(self, view: RegisterView) -> tuple[LogEvent, ...]:
        """Judge, and keep the evidence durably before the register may speak of it; a lost one is there again."""
        return keep(self._desk, self._papers, self.judge(view))

    def told(self, view: RegisterView) -> Iterator[str]:
        """Yield what happened: the indicators first, then why something does not count."""
        yield from self.known
        if len(self.known) == len(self._papers):
            return
        before, after = report_on(self._desk, self._before), report_on(self._desk, view)
        status = self._status(after)
        name = status.title or status.id if status else self._held.subject
        yield from moved(before, after, because=f"{name} · held {self._held.on.isoformat()}")
        if not (status and status.counted):
            yield f"{self._held.subject} is registered as held, but does not count as of {self._desk.as_of}:"
            reasons = status.because if status else ()
            yield from (f"  {reason.rule} {reason.text}" for reason in reasons if not reason.ok)
        if status and status.counted and not any(moved(before, after, because="")):
            yield f"added to {status.id}, held {self._held.on.isoformat()}, which counts already: nothing moved"
        yield from (f"kept for ever: {evidence_name(paper.facts.sha256)}" for paper in self._papers)
        yield from (f"note: {remark}" for remark in self._remarks)

    def _status(self, after: StatusReport) -> HeldStatus | None:
        """Return the row that these files prove; of a record that stands for several events the place of that day.

        None where all its places are taken and the day is later than the one looked at.
        """
        rows = [each for each in after.held if each.id.partition("#")[0] == self._held.subject]
        return next((each for each in rows if each.held_on == self._held.on), rows[0] if rows else None)

    def _verdict(self, paper: Handed, view: RegisterView) -> HeldAccepted | AlreadyRegistered | Refused:
        claim = HeldClaim(file=paper.name, subject=self._held.subject, on=self._held.on)
        project = self._desk.portfolio.project
        return judge_held(paper.facts, claim, view=view, project=project, today=self._desk.today)


def _proof(portfolio: Portfolio, text: str) -> str:
    """Return the kind of proof, one that some indicator asks for."""
    kinds: dict[str, str] = {kind: kind for each in portfolio.indicators for kind in each.rule.proof}
    if not text:
        message = "nothing is said of what the file proves it with"
        fix = f"add --proof with one of {', '.join(sorted(kinds))}"
        raise RequestError(Problem("flags-unclear", message, fix=fix))
    return named(text, kinds, what="kind of proof")


def _organisations(portfolio: Portfolio, texts: tuple[str, ...]) -> Iterator[str]:
    names: dict[str, str] = {alias.name: each.id for each in portfolio.organisations for alias in each.aliases}
    names |= {name: each.id for each in portfolio.organisations for name in (each.name, each.id)}
    yield from (named(text, names, what="organisation") for text in texts)


def _sectors(portfolio: Portfolio, texts: tuple[str, ...]) -> Iterator[str]:
    names: dict[str, str] = {name: each.id for each in portfolio.project.sectors for name in (each.name, each.id)}
    yield from (named(text, names, what="sector") for text in texts)
