"""`demo`: the whole road with a made-up consortium in output/demo/, over months of made-up time.

Everything goes through the same workflows as real work; only the clock, the people and the signed copies are made up,
and every page says so. The folder is made anew each time. Nothing outside output/demo/ is read or written, but for
the shipped templates and the demo's own records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from elca_docs import clock
from elca_docs.durable import sha256_of
from elca_docs.exchange import attendance_specimen
from elca_docs.model.figures import StatusReport
from elca_docs.model.plan import Agreement, Contact, Duty, Event, TimelineActivity
from elca_docs.model.sheets import Change
from elca_docs.model.values import Expected
from elca_docs.office import find_office
from elca_docs.planning import Filters, chosen
from elca_docs.records import edited
from elca_docs.workflows.building import indicator_lines
from elca_docs.workflows.compiling import Compiling, compile_deliverable
from elca_docs.workflows.confirming import confirm, waiting
from elca_docs.workflows.dashboard import PAGE, dashboard
from elca_docs.workflows.demo_papers import Pens, exported, ink, parties_of, spoilt
from elca_docs.workflows.desk import Desk, open_desk
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.freezing import freeze
from elca_docs.workflows.handing import moved, report_on
from elca_docs.workflows.naming import agreement_of
from elca_docs.workflows.packing import pack
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.sending import Sending, final_text, send
from elca_docs.workflows.signing import Signing
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.verifying import verify
from elca_docs.workspace import Workspace, program_folder

_OFFICER = "demo-officer"
_PLAN = "plan"
_MOVED = 3
"""The place of the agreement whose date moves: the one that only one side signs."""
_STEP = timedelta(days=9)
_MONTH = timedelta(days=30)


def demo(root: str = ".") -> Summary:
    """Play the road from drafts to figures and say what to look at."""
    outer = Workspace(Path(root))
    outer.clear("demo")
    program = program_folder()
    folder = outer.root / "output" / "demo"
    outer.copy_in(program / "examples" / "demo" / "records", "demo/records")
    outer.copy_in(program / "templates", "demo/templates")
    return Summary(lines=tuple(_Story(folder, clock.now()).told()))


@dataclass
class _Story:
    """The made-up months: each chapter opens the desk on a later day."""

    folder: Path
    moment: datetime
    _held: int = 0

    def told(self) -> Iterator[str]:
        """Play all chapters and yield what a person should read."""
        project = self.desk().portfolio.project
        self.moment = datetime.combine(project.start, time(9), tzinfo=UTC) + timedelta(days=60)
        yield f"{project.acronym}: a made-up consortium; nothing in it exists. Folder: output/demo/"
        freeze(self.desk(), _PLAN)
        yield f"1 the plan    frozen as the cut '{_PLAN}', with which reports compare; {self._changed_plan()}"
        drafting = make_drafts(self.desk(), Filters())
        missing = sum(drafting.missing.values())
        made = f"{len(drafting.written)} Word drafts, {missing} fields missing"
        yield f"2 drafts      {made}: output/demo/output/agreements/"
        yield f"3 sent        {self._send()}"
        self.moment += _MONTH
        post = self._post()
        yield f"4 the post    {post} files came back; register/inbox/ was opened, and the program says:"
        yield from (f"     {each}" for each in self._opened())
        before = self._report()
        self.moment += _STEP
        yield f"5 confirmed   {self._confirm()} scanned copies: ink is for eyes, so a person said who signed when"
        yield from (f"     {each}" for each in moved(before, self._report(), because="confirmed by a person"))
        before = self._report()
        self._hold()
        yield f"6 meetings    {self._held} lists and minutes registered, each as proof of what took place"
        yield from (f"     {each}" for each in moved(before, self._report(), because="held, with proof"))
        desk = self.desk()
        for deliverable in desk.portfolio.deliverables:
            written = compile_deliverable(desk, Compiling(deliverable=deliverable.id)).lines
            files = ", ".join(line.rpartition("/")[2] for line in written if line.startswith("wrote "))
            yield f"7 report      output/demo/output/deliverables/: {files}"
        yield f"8 figures     as of {desk.as_of.isoformat()}, each with its evidence in output/demo/register/:"
        yield from indicator_lines(desk)
        yield f"9 verified    {verify(str(self.folder), read_data=True, now=lambda: desk.moment).lines[-1]}"
        pack(desk)
        yield "10 pack       output/demo/output/packs/: one zip for an auditor who has no program"
        dashboard(desk)
        yield f"open it:      output/demo/output/{PAGE} in any browser: all of it on one page"
        yield "look closer:  invoke status --root output/demo --by partner"
        yield f"ask why:      invoke status --root output/demo --why '{desk.portfolio.indicators[0].id}'"

    def _changed_plan(self) -> str:
        """Move the date of one agreement by two months, as plans do; say so."""
        desk = self.desk()
        moved_one = chosen(desk.portfolio, Filters())[_MOVED]
        old = moved_one.expected or Expected(self.moment.year, 12)
        new = Expected(old.year, min(old.month + 2, 12))
        change = Change(
            kind="agreements",
            record=moved_one.id,
            path=("expected",),
            old=str(old),
            new=str(new),
            who=_OFFICER,
            cell="",
        )
        files = desk.workspace.records()
        for name, text in edited(files, [change], desk.portfolio).files.items():
            desk.workspace.exchange_record(name, text, expected=sha256_of(files[name]))
        return f"then {moved_one.id} moved from {old} to {new}"

    def desk(self) -> Desk:
        """Return the desk of the demo on the story's day."""
        moment = self.moment
        return open_desk(str(self.folder), actor=_OFFICER, now=lambda: moment)

    def _report(self) -> StatusReport:
        """Return where everything stands on the story's day."""
        desk = self.desk()
        return report_on(desk, desk.register.view())

    def _send(self) -> str:
        """Send what can go out but for the last one, which a party declines; say how the PDFs were made."""
        every = chosen(self.desk().portfolio, Filters())
        for agreement in every:
            self.moment += _STEP
            record(self.desk(), kind="contacted", ref=agreement.id, note="first call")
        declined = every[-1]
        record(self.desk(), kind="ended", ref=declined.id, exit_="declined", reason="they joined another network")
        if find_office():
            made_by = "LibreOffice"
            for partner in self.desk().portfolio.partners:
                send(self.desk(), Sending(partner=partner.id))
        else:
            made_by = "the program itself, plainly (no LibreOffice here)"
            for agreement in every[:-1]:
                send(self.desk(), Sending(ref=agreement.id, pdf=self._exported(agreement)))
        view = self.desk().register.view()
        sent = sum(bool(view.history(each.id).sent) for each in every)
        return f"{sent} versions for signature, their PDFs made by {made_by}: output/demo/register/issued/"

    def _exported(self, agreement: Agreement) -> str:
        """Return where a plain PDF of the text lies that would go out."""
        desk = self.desk()
        docx = final_text(desk, agreement)
        title = desk.portfolio.class_by_id[agreement.class_].title
        name = f"{agreement.id}.pdf"
        desk.workspace.put_in_post(name, exported(docx, title, desk.register.view().history(agreement.id).reference))
        return str(self.folder / "post" / name)

    def _post(self) -> int:
        """Let the parties answer: by certificate, by pen and scanner, one of two only, and three spoilt files."""
        desk = self.desk()
        papers: dict[str, bytes] = {}
        pens = Pens(desk.portfolio)
        desk.workspace.begin({"records/anchors/specimen-authority.cer": pens.authority.certificate})
        at = desk.moment - timedelta(days=3)
        for place, agreement in enumerate(chosen(desk.portfolio, Filters())):
            sent = desk.register.view().history(agreement.id).sent
            if not sent:
                continue
            issued = desk.issued.read(f"{sent[-1].name}.pdf", sent[-1].pdf)
            parties, name = parties_of(desk.portfolio, agreement), sent[-1].name
            match place % 4:
                case 0:
                    papers[f"{name} signed.pdf"] = pens.electronic(issued, sent[-1].fields, parties, at)
                case 1:
                    papers[f"scan {place:04}.pdf"] = ink(issued, seed=place)
                case 2:
                    for number, party in enumerate(parties, start=1):
                        copy = pens.electronic(issued, sent[-1].fields, [party], at + timedelta(hours=number))
                        papers[f"{name} copy {number}.pdf"] = copy
                case _:
                    papers[f"{name} from one side.pdf"] = pens.electronic(issued, sent[-1].fields, parties[:1], at)
            if place == 0:
                papers |= spoilt(papers[f"{name} signed.pdf"], issued)
        for name, paper in papers.items():
            desk.workspace.put_in_inbox(name, paper)
        return len(papers)

    def _opened(self) -> Iterator[str]:
        """Open the inbox; yield one line for each file that came."""
        summary = register(self.desk(), files=(), by=_OFFICER)
        yield from (line for line in summary.lines if not line.startswith((" ", "next:")))
        yield from (f"{problem.code}: {problem.message}" for problem in summary.problems)

    def _confirm(self) -> int:
        """Confirm what waits, as a person would who has looked at the pages."""
        confirmed = 0
        for wait in waiting(self.desk().register.view()):
            desk = self.desk()
            agreement = agreement_of(desk.portfolio, desk.register.view(), wait.history.reference)
            parties = parties_of(desk.portfolio, agreement)
            on = (desk.today - timedelta(days=14)).isoformat()
            signing = Signing(
                ref=wait.history.reference,
                signed_by=tuple(f"{party}={on}" for party in parties),
                method="wet",
                origin="ours",
                by=_OFFICER,
            )
            confirm(desk, signing)
            confirmed += 1
        return confirmed

    def _hold(self) -> None:
        """Of everything that can be held, two of three took place, each with the proof its indicator asks for."""
        portfolio = self.desk().portfolio
        every = [each for each in portfolio.holdable_by_id.values() if not getattr(each, "slots", 0)]
        for place, each in enumerate(sorted(every, key=lambda each: each.id)):
            if place % 3 == 2:  # noqa: PLR2004 - every third is still to come
                continue
            self.moment += _STEP
            self._file_held(each)
            self._held += 1

    def _file_held(self, each: Contact | Event | Duty | TimelineActivity) -> None:
        desk = self.desk()
        portfolio, on = desk.portfolio, desk.today - timedelta(days=1)
        proofs = [kind for indicator in portfolio.indicators for kind in indicator.rule.proof if kind != "signed-copy"]
        guests = [each.organisation] if isinstance(each, Contact) else list(getattr(each, "organisations", ()))
        paper = attendance_specimen(
            title=getattr(each, "title", "") or getattr(each, "what", "") or f"Meeting {each.id}",
            reference=each.id,
            lines=[f"held on {on.isoformat()}"],
            attendees=[
                (f"Specimen guest {place}", portfolio.party(guest).name) for place, guest in enumerate(guests, 1)
            ],
        )
        sectors = [sector.id for sector in portfolio.project.sectors if sector.beyond_mobility][:1]
        took_place = {"subject": each.id, "held": on.isoformat(), "proof": _proof_for(each, desk) or proofs[0]}
        self._register(f"held-{each.id}.pdf", paper, organisations=guests, sectors=sectors, **took_place)

    def _register(self, name: str, paper: bytes, **flags: object) -> None:
        """Put a paper into the post and register it, as a person would."""
        Workspace(self.folder).put_in_post(name, paper)
        path = str(self.folder / "post" / name)
        register(self.desk(), files=[path], by=_OFFICER, **flags)  # type: ignore[arg-type]


def _proof_for(each: Contact | Event | Duty | TimelineActivity, desk: Desk) -> str:
    """Return the first kind of proof that the indicator of this kind of thing asks for."""
    wanted = "contacts" if isinstance(each, Contact) else "events" if isinstance(each, Event) else "duties"
    for indicator in desk.portfolio.indicators:
        rule = indicator.rule
        if rule.counts == wanted and rule.proof and (not isinstance(each, Event) or each.kind in rule.kinds):
            return rule.proof[0]
    return ""
