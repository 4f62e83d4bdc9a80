"""`demo`: the whole road with a made-up consortium in output/demo/, over months of made-up time.

Everything goes through the same workflows as real work; only the clock, the people and the signed copies are made up,
and every page says so. The folder is made anew each time. Nothing outside output/demo/ is read or written, but for
the shipped templates and the demo's own records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from elca_docs import clock
from elca_docs.exchange import attendance_specimen, signed_specimen
from elca_docs.model.plan import Agreement, Contact, Duty, Event, TimelineActivity
from elca_docs.planning import Filters, chosen
from elca_docs.workflows.building import indicator_lines
from elca_docs.workflows.compiling import compile_deliverable
from elca_docs.workflows.desk import Desk, open_desk
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.summary import Summary
from elca_docs.workspace import Workspace, program_folder

_OFFICER = "demo-officer"
_STEP = timedelta(days=9)


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
    moves: list[str] = field(default_factory=list)

    def told(self) -> Iterator[str]:
        """Play all chapters and yield what a person should read."""
        project = self.desk().portfolio.project
        self.moment = datetime.combine(project.start, time(9), tzinfo=UTC) + timedelta(days=60)
        yield f"{project.acronym}: a made-up consortium; nothing in it exists. Folder: output/demo/"
        drafting = make_drafts(self.desk(), Filters())
        missing = sum(drafting.missing.values())
        made = f"{len(drafting.written)} Word drafts, {missing} fields missing"
        yield f"1 drafts      {made}: output/demo/output/agreements/"
        self._sign()
        self._hold()
        yield "2 the post    output/demo/post/ holds the signed copies and lists that came in; registered, they moved:"
        yield from (f"     {each}" for each in self.moves)
        desk = self.desk()
        for deliverable in desk.portfolio.deliverables:
            compile_deliverable(desk, deliverable.id)
            yield f"3 document    output/demo/output/deliverables/{deliverable.id}.docx"
        yield f"4 figures     as of {desk.as_of.isoformat()}, each with its evidence in output/demo/register/:"
        yield from indicator_lines(desk)
        yield "look closer:  invoke status --root output/demo --by partner"
        yield f"ask why:      invoke status --root output/demo --why '{desk.portfolio.indicators[0].id}'"

    def desk(self) -> Desk:
        """Return the desk of the demo on the story's day."""
        moment = self.moment
        return open_desk(str(self.folder), actor=_OFFICER, now=lambda: moment)

    def _sign(self) -> None:
        """Of five agreements three come back signed, one with a signature missing, and one is declined."""
        for place, agreement in enumerate(chosen(self.desk().portfolio, Filters())):
            self.moment += _STEP
            record(self.desk(), kind="contacted", ref=agreement.id, note="first call")
            match place % 5:
                case 3:
                    self._file_signed(agreement, parties=1)
                case 4:
                    reason = "they joined another network"
                    record(self.desk(), kind="ended", ref=agreement.id, exit_="declined", reason=reason)
                case _:
                    self._file_signed(agreement)

    def _file_signed(self, agreement: Agreement, *, parties: int | None = None) -> None:
        desk = self.desk()
        signed = desk.portfolio.parties_of(agreement)[:parties]
        on = desk.today - timedelta(days=2)
        reference = desk.register.view().history(agreement.id).reference
        paper = signed_specimen(
            title=desk.portfolio.class_by_id[agreement.class_].title,
            reference=reference,
            lines=[f"between {' and '.join(each.name for each in desk.portfolio.parties_of(agreement))}"],
            signatures=[(each.name, f"signed on {on.isoformat()}") for each in signed],
        )
        self._register(
            f"signed-{reference}.pdf", paper, ref=reference, signed_by=[f"{each.id}={on}" for each in signed]
        )

    def _hold(self) -> None:
        """Of everything that can be held, two of three took place, each with the proof its indicator asks for."""
        portfolio = self.desk().portfolio
        every = [each for each in portfolio.holdable_by_id.values() if not getattr(each, "slots", 0)]
        for place, each in enumerate(sorted(every, key=lambda each: each.id)):
            if place % 3 == 2:  # noqa: PLR2004 - every third is still to come
                continue
            self.moment += _STEP
            self._file_held(each)

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
        lines = register(self.desk(), files=[path], by=_OFFICER, **flags).lines  # type: ignore[arg-type]
        self.moves.extend(line for line in lines if "→" in line)


def _proof_for(each: Contact | Event | Duty | TimelineActivity, desk: Desk) -> str:
    """Return the first kind of proof that the indicator of this kind of thing asks for."""
    wanted = "contacts" if isinstance(each, Contact) else "events" if isinstance(each, Event) else "duties"
    for indicator in desk.portfolio.indicators:
        rule = indicator.rule
        if rule.counts == wanted and rule.proof and (not isinstance(each, Event) or each.kind in rule.kinds):
            return rule.proof[0]
    return ""
