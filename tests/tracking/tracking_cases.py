"""A small fictitious project and a log that is written line by line: what the tests of tracking are made of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date

from elca_docs.model import log_events as log
from elca_docs.model.figures import AgreementStatus, Figure, HeldStatus, Reason, StatusReport, TimelineStatus
from elca_docs.model.indicators import CountingRule, Indicator
from elca_docs.model.parties import Organisation, Partner
from elca_docs.model.plan import Agreement, Contact, Duty, Event, Mission, Step, Timeline
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import AgreementClass, Project, Sector, Task
from elca_docs.model.register import Entry, RegisterView, fold
from elca_docs.model.values import Day, Expected
from elca_docs.tracking import status_report

END = date(2022, 8, 31)
START = date(2020, 9, 1)


def digest(name: str) -> str:
    """Return the SHA-256 of a file that holds its own name."""
    return hashlib.sha256(name.encode()).hexdigest()


def agreement(
    identifier: str, class_: str = "XA", *, counterparts: tuple[str, ...] = ("alpha",), **fields
) -> Agreement:
    """Return an agreement of NORD with alpha, unless told otherwise."""
    if isinstance(fields.get("expected"), str):
        fields["expected"] = Expected.parse(fields["expected"])
    return Agreement(
        **{"id": identifier, "class_": class_, "responsible": ("NORD",), "counterparts": counterparts} | fields
    )


def slots(identifier: str, class_: str, count: int, **fields) -> Agreement:
    """Return a slot record for agreements."""
    return agreement(identifier, class_, counterparts=(), slots=count, **fields)


def event(identifier: str, kind: str = "workshop", **fields) -> Event:
    """Return a planned event of NORD."""
    if isinstance(fields.get("expected"), str):
        fields["expected"] = Expected.parse(fields["expected"])
    return Event(**{"id": identifier, "kind": kind, "responsible": ("NORD",)} | fields)


def contact(identifier: str, organisation: str, *months: str) -> Contact:
    """Return a planned contact with one step per month."""
    steps = tuple(Step(what="Meeting", date=Expected.parse(month)) for month in months)
    return Contact(id=identifier, organisation=organisation, responsible=("NORD",), steps=steps)


def indicator(identifier: str, target: int, counts: str, **rule) -> Indicator:
    """Return an indicator with a counting rule."""
    return Indicator(
        id=identifier, title=f"Title of {identifier}", target=target, rule=CountingRule(**{"counts": counts} | rule)
    )


CLASSES = (
    AgreementClass(id="XA", title="Example Agreement", plural="Example agreements", template="example"),
    AgreementClass(id="XB", title="Example Contract", template="example", parties="counterparts"),
)
INDICATORS = (
    indicator("KPI 1", 3, "contacts", distinct_by="organisation", proof=("minutes", "attendance-list")),
    indicator("KPI 2", 2, "agreements", classes=("XA",), distinct_by="organisation", proof=("signed-copy",)),
    indicator("KPI 3", 4, "agreements", classes=("XB",)),
    indicator("KPI 4", 2, "events", kinds=("workshop",), proof=("attendance-list",)),
    indicator("KPI 10", 1, "sectors", distinct_by="sector", proof=("minutes",)),
)
PROJECT = Project(
    title="An Example Project",
    acronym="EXAMPLE",
    grant_number="000000",
    start=Day(2020, 9, 1),
    duration_months=24,
    classes=CLASSES,
    tasks=(Task(id="T1.1", work_package="WP1", last_month=18),),
    sectors=(
        Sector(id="paper", name="Paper", beyond_mobility=True),
        Sector(id="glass", name="Glass", beyond_mobility=True),
        Sector(id="rail", name="Rail"),
    ),
)
PARTNERS = (Partner(id="NORD", name="Example Cluster North"), Partner(id="SUED", name="Example Cluster South"))
ORGANISATIONS = (
    Organisation(id="alpha", name="Alpha Example Network", short_name="Alpha", sectors=("paper",)),
    Organisation(id="beta", name="Beta Example Network", sectors=("paper", "glass")),
    Organisation(id="gamma", name="Gamma Example Network", sectors=("glass",)),
)


def portfolio(*records: Agreement | Event | Contact | Duty, **fields) -> Portfolio:
    """Return the example project with these records."""
    return Portfolio(
        **{
            "project": PROJECT,
            "partners": PARTNERS,
            "organisations": ORGANISATIONS,
            "indicators": INDICATORS,
            "missions": (Mission(id="north-pole", name="North Pole", deadline=Expected(2021, 10)),),
            "agreements": tuple(each for each in records if isinstance(each, Agreement)),
            "events": tuple(each for each in records if isinstance(each, Event)),
            "contacts": tuple(each for each in records if isinstance(each, Contact)),
            "timeline": Timeline(duties=tuple(each for each in records if isinstance(each, Duty))),
        }
        | fields
    )


def with_project(records: Portfolio, **fields) -> Portfolio:
    """Return the records with other fields in the project."""
    return replace(records, project=replace(records.project, **fields))


@dataclass
class Log:
    """A register log that tests write; every entry is a segment of its own. `at` is the time of all that follows."""

    at: str = "2021-06-01T08:00:00+00:00"
    entries: list[Entry] = field(default_factory=list)
    numbers: int = 0

    def __post_init__(self) -> None:
        self.add(log.Opened(register="example-register", project="EXAMPLE"))

    def add(self, entry: log.LogEvent) -> str:
        """Append an event and return its address."""
        address = f"{len(self.entries) + 1}.1"
        self.entries.append(Entry(address=address, at=self.at, actor="officer-1", event=entry))
        return address

    def reference(self, identifier: str) -> str:
        """Give an agreement its reference, where it has none, and return it."""
        for entry in self.entries:
            if isinstance(entry.event, log.Referenced) and entry.event.agreement == identifier:
                return entry.event.reference
        seq = 1 + sum(isinstance(each.event, log.Referenced) for each in self.entries)
        reference = f"EXAMPLE-{seq:03}"
        self.add(log.Referenced(agreement=identifier, reference=reference, series="EXAMPLE-{seq:03}", seq=seq))
        return reference

    def draft(self, identifier: str) -> str:
        """Draft version 1 of an agreement."""
        reference = self.reference(identifier)
        written = {"template": digest("t"), "inputs": digest("i"), "file": digest("f"), "name": "draft.docx"}
        return self.add(log.Drafted(reference=reference, version=1, **written))

    def send(self, identifier: str, on: date | None = None, **fields) -> str:
        """Send version 1 of an agreement."""
        return self.add(log.Sent(reference=self.reference(identifier), version=1, on=on, **fields))

    def receive(self, subject: str, file: str) -> str:
        """Receive a file as evidence and return its digest."""
        received = log.Received(subject=subject, sha256=digest(file), name=f"{file}.pdf", size=1000, pages=3)
        self.add(received)
        return received.sha256

    def sign(self, identifier: str, file: str = "", **parties: str) -> str:
        """Record one signed copy with the day of each party's signature; returns the address of the last signature."""
        reference = self.reference(identifier)
        evidence = self.receive(reference, file or f"{identifier}-signed")
        address = ""
        for party, day in parties.items():
            on = date.fromisoformat(day)
            address = self.add(log.Signed(reference=reference, party=party, on=on, evidence=evidence, by="officer-1"))
        return address

    def register(self, identifier: str) -> str:
        """Give an agreement the next register number."""
        self.numbers += 1
        number = f"R-2021-{self.numbers:03}"
        reference = self.reference(identifier)
        series = "R-2021-{seq:03}"
        return self.add(log.Registered(reference=reference, number=number, series=series, seq=self.numbers))

    def seal(self, identifier: str, day: str = "2021-10-05", parties: tuple[str, ...] = ("NORD", "alpha")) -> None:
        """Record the signatures of all parties on one day, and register the agreement."""
        self.sign(identifier, **dict.fromkeys(parties, day))
        self.register(identifier)

    def end(self, identifier: str, exit_: str, on: str, reason: str = "as agreed") -> str:
        """End an agreement."""
        return self.add(log.Ended(agreement=identifier, exit=exit_, on=date.fromisoformat(on), reason=reason))

    def hold(self, subject: str, on: str, proof: str = "attendance-list", file: str | None = None, **fields) -> str:
        """Record something as held, with one file as evidence (none where `file` is empty)."""
        name = f"{subject}-{on}" if file is None else file
        evidence = (self.receive(subject, name),) if name else ()
        return self.add(log.Held(subject=subject, on=date.fromisoformat(on), evidence=evidence, proof=proof, **fields))

    def view(self) -> RegisterView:
        """Return the register as folded from all entries."""
        return fold(self.entries, position=len(self.entries), head="f" * 64)


def report(records: Portfolio, written: Log | None = None, as_of: date = END, **options) -> StatusReport:
    """Return the report as of the project's end, unless told otherwise."""
    return status_report(records, (written or Log()).view(), as_of=as_of, **options)


def row(found: StatusReport, identifier: str) -> AgreementStatus:
    """Return the row of an agreement."""
    return next(each for each in found.agreements if each.id == identifier)


def held(found: StatusReport, identifier: str) -> HeldStatus:
    """Return the row of something held."""
    return next(each for each in found.held if each.id == identifier)


def figure(found: StatusReport, identifier: str) -> Figure:
    """Return the figure of an indicator."""
    return next(each for each in found.figures if each.id == identifier)


def activity(found: StatusReport, identifier: str) -> TimelineStatus:
    """Return the row of an activity."""
    return next(each for each in found.timeline if each.id == identifier)


def failing(found: AgreementStatus | HeldStatus) -> list[str]:
    """Return the rules that speak against a row."""
    return [reason.rule for reason in found.because if not reason.ok]


def reason(found: AgreementStatus | HeldStatus, rule: str) -> Reason:
    """Return the reason of one rule."""
    return next(each for each in found.because if each.rule == rule)
