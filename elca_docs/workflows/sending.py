"""`send`: version n of an agreement goes out for signature, stamped page by page, and is never changed again.

Order: plan → render or take the text at hand → PDF → signature copy → stage the files → append one segment → readable
names. The program sends nothing itself: it says which file to attach. A run that was killed is finished by the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from elca_docs.errors import DocsError, Problem, RequestError
from elca_docs.evidence import SIZE_LIMIT
from elca_docs.inbox import prepare
from elca_docs.issued import FOLDER
from elca_docs.model.log_events import Sent
from elca_docs.model.page_code import PAGES_LIMIT, PageCode
from elca_docs.model.plan import Agreement
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.office import office_or_problem
from elca_docs.pdf import PageStamp, page_count, signature_copy
from elca_docs.planning import Choice, Filters, IssueStep, chosen, plan_issues
from elca_docs.workflows import archive
from elca_docs.workflows.desk import Desk, announced, day_of
from elca_docs.workflows.naming import agreement_of, mission_of, partner_of
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.versions import Versions, check_export

_SHOWN = 20
"""How many differences of a text are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What the flags say, as typed: `text` is a .docx with the negotiated text, `pdf` one exported from Word."""

    ref: str = ""
    mission: str = ""
    partner: str = ""
    on: str = ""
    text: str = ""
    pdf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A version whose text is settled, and how it differs from what was looked at before."""

    step: IssueStep
    docx: bytes
    changes: tuple[str, ...] = ()


def send(desk: Desk, sending: Sending, *, dry_run: bool = False) -> Summary:
    """Issue the versions asked for, and say which file goes to whom and what keeps the others back."""
    return _Run(desk, sending).carried_out(dry_run=dry_run)


def final_text(desk: Desk, agreement: Agreement) -> bytes:
    """Return the text as Word that would go out now; RequestError or TemplateError where none can."""
    run = _Run(desk, Sending(ref=agreement.id))
    return run.texts()[0]


class _Run:
    """One run of sending: agreements that cannot go out are named, and the others go."""

    def __init__(self, desk: Desk, sending: Sending) -> None:
        self._desk = desk
        self._sending = sending
        self._view = desk.register.view()
        self._on = _past_day(desk, sending.on)
        self._agreements = self._asked()
        stems = {desk.portfolio.class_by_id[each.class_].template for each in self._agreements}
        self._versions = Versions(desk, stems)
        self._problems: list[Problem] = list(self._versions.problems)
        self._lines: list[str] = []

    def carried_out(self, *, dry_run: bool) -> Summary:
        """Do it, or with `dry_run` say what would be done."""
        ready = [each for step in self._planned() if (each := self._ready(step))]
        for each in ready:
            self._lines += _told(each, "would send" if dry_run else "version to send:")
        if not dry_run:
            if ready:
                self._issue(ready)
            self._problems += archive.refresh(self._desk).problems  # what a killed run sent has no name yet
        return Summary(lines=tuple(self._lines), problems=tuple(self._problems))

    def texts(self) -> tuple[bytes, ...]:
        """Return what would go out, as Word."""
        found = tuple(each.docx for step in self._planned() if (each := self._ready(step)))
        if self._problems:
            raise RequestError(self._problems)
        return found

    def _asked(self) -> tuple[Agreement, ...]:
        """Return the agreements that the flags name; with a mission or partner, those that have not ended."""
        portfolio, sending = self._desk.portfolio, self._sending
        filters = Filters(
            mission=mission_of(portfolio, sending.mission), partner=partner_of(portfolio, sending.partner)
        )
        if bool(sending.ref) == (filters != Filters()):
            message = "say either one agreement, or a mission or partner whose agreements are to go out"
            fix = "add --ref REFERENCE, or --mission NAME, or --partner ID"
            raise RequestError(Problem("flags-unclear", message, fix=fix))
        if sending.ref:
            return (agreement_of(portfolio, self._view, sending.ref),)
        if sending.text or sending.pdf:
            message = "a text or a PDF at hand belongs to one agreement"
            raise RequestError(Problem("flags-unclear", message, fix="name it with --ref"))
        histories = self._view.history
        return tuple(each for each in chosen(portfolio, filters) if not _over(histories(each.id)))

    def _planned(self) -> Iterator[IssueStep]:
        """Yield the steps that can go out; those that cannot leave their problems behind."""
        own_text = bool(self._sending.text)
        choice = Choice(
            templates=self._versions.digests,
            as_of=self._desk.drafted_as_of,
            own_text=own_text,
            approved=self._view.approved.keys() if self._desk.portfolio.project.approved_templates_only else None,
        )
        disk = self._desk.workspace.digests("agreements", ".docx")
        for step in plan_issues(self._desk.portfolio, self._view, self._agreements, disk, choice):
            self._problems += step.problems
            if not step.problems:
                yield step

    def _ready(self, step: IssueStep) -> _Ready | None:
        """Return the version with its text; None where it went out already, or cannot go out."""
        last = step.last
        try:
            if self._sending.text:
                docx = self._versions.at_hand(step, self._sending.text)
                same = bool(last) and self._versions.changes(step, docx) == ()
            else:
                docx = self._versions.rendered(step, version=step.version)
                same = last is not None and self._versions.rendered_alike(step, last)
            if last and same:
                on = f" on {last.on.isoformat()}" if last.on else ""
                self._lines.append(f"{step.reference} went out as version {last.version}{on}, and nothing has changed")
                return None
            changes = self._versions.changes(step, docx) if self._sending.text or last else ()
            return _Ready(step=step, docx=docx, changes=changes)
        except DocsError as error:
            self._problems += error.problems
            return None

    def _issue(self, ready: Sequence[_Ready]) -> None:
        """Make the signature copies, stage them, let the log speak of them, and give them their names."""
        staged = []
        for each, pdf in self._pdfs(ready):
            try:
                staged.append(self._sent(each, pdf))
            except DocsError as error:
                self._problems += error.problems
        if not staged:
            return
        appended = self._desk.register.append(lambda view: [each for each in staged if _still_next(view, each)])
        for event in staged:
            if event in appended.events:
                self._lines.append(f"sent: {event.reference} version {event.version}, {event.pages} pages")
                self._lines.append(f"  attach to your mail: {FOLDER}/{event.name}.pdf")
            else:
                self._lines.append(f"not sent: {event.reference} was sent, signed or ended meanwhile; look, then again")
        if appended.events:
            prepare(self._desk.workspace.root)
            self._lines.append("next: put what comes back into register/inbox/, then: invoke register")
        self._lines += announced(appended)

    def _pdfs(self, ready: Sequence[_Ready]) -> Iterator[tuple[_Ready, bytes]]:
        """Yield each version with its PDF; one that cannot be converted leaves its problem behind."""
        if self._sending.pdf:
            pdf = self._desk.workspace.outside(self._sending.pdf, SIZE_LIMIT)
            try:
                check_export(pdf, ready[0].docx, name=self._sending.pdf)
            except DocsError as error:
                self._problems += error.problems
            else:
                yield ready[0], pdf
            return
        made = office_or_problem().pdfs(
            {f"{each.step.name}.docx": each.docx for each in ready},
            carrying={f"{each.step.name}.docx": each.step.reference for each in ready},
        )
        for each in ready:
            pdf_or_problem = made[f"{each.step.name}.docx"]
            if isinstance(pdf_or_problem, Problem):
                self._problems.append(pdf_or_problem)
            else:
                yield each, pdf_or_problem

    def _sent(self, each: _Ready, pdf: bytes) -> Sent:
        """Stage the two files of a version durably, and return the event that speaks of them."""
        step, project = each.step, self._desk.portfolio.project
        pages = page_count(pdf)
        if pages > PAGES_LIMIT:
            message = f"{step.reference} has {pages} pages; a version for signature has at most {PAGES_LIMIT}"
            raise RequestError(Problem("too-many-pages", message, fix="move annexes into files of their own"))
        stamps = [
            PageStamp(
                line=f"{step.reference} · version {step.version} · page {page} of {pages}",
                code=PageCode(step.reference, step.version, page, pages).text(project.grant_number),
            )
            for page in range(1, pages + 1)
        ]
        parties = {
            str(party.id): party.legal.name or party.name for party in self._desk.portfolio.parties_of(step.agreement)
        }
        title = self._desk.portfolio.class_by_id[step.agreement.class_].title
        copy = signature_copy(
            pdf,
            stamps=stamps,
            parties=parties,
            properties={
                "title": f"{title} {step.reference}, version {step.version}",
                "subject": f"{step.reference}, version {step.version}, for signature",
                "keywords": f"{step.reference}; version {step.version}; {project.acronym}; {project.grant_number}",
            },
        )
        issued = self._desk.issued
        return Sent(
            reference=step.reference,
            version=step.version,
            docx=issued.stage(each.docx),
            pdf=issued.stage(copy.data),
            origin="ours",
            on=self._on,
            name=step.name,
            pages=copy.pages,
            fields=dict(copy.fields),
            template="" if self._sending.text else self._versions.digests.get(step.template, ""),
        )


def _told(each: _Ready, verb: str) -> Iterator[str]:
    yield f"{verb} {each.step.reference}, version {each.step.version}"
    yield from (f"  {line:.200}" for line in each.changes[:_SHOWN])
    if len(each.changes) > _SHOWN:
        yield f"  … and {len(each.changes) - _SHOWN} more differences"


def _still_next(view: RegisterView, event: Sent) -> bool:
    """Whether nobody has sent, signed or ended the agreement since it was planned."""
    history = view.history(view.by_reference[event.reference])
    return history.next_version == event.version and not _over(history)


def _over(history: AgreementHistory) -> bool:
    return bool(history.ended or history.registered)


def _past_day(desk: Desk, text: str) -> date:
    day = day_of(text, "on") if text else desk.today
    if day < desk.portfolio.project.start:
        message = f"--on {day.isoformat()} lies before the project began on {desk.portfolio.project.start.isoformat()}"
        raise RequestError(Problem("date-before-start", message, fix="check the year"))
    if day > desk.today:
        message = f"--on {day.isoformat()} lies in the future (today is {desk.today.isoformat()})"
        raise RequestError(Problem("date-in-future", message, fix="give the day on which it went out"))
    return day
