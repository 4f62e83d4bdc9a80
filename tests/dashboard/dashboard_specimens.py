"""A fictitious project of any size for the dashboard, its register, and names that a page must not fall for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

from elca_docs.errors import Location
from elca_docs.model import log_events as log
from elca_docs.model.findings import Finding
from elca_docs.model.indicators import CountingRule, Indicator
from elca_docs.model.missing import Missing, MissingField
from elca_docs.model.overview import Overview
from elca_docs.model.parties import Organisation, Partner
from elca_docs.model.plan import Agreement, Contact, Mission, Timeline, TimelineActivity, TimelineMonth
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import AgreementClass, Project
from elca_docs.model.register import Entry, RegisterView, fold
from elca_docs.model.values import Day, Expected
from elca_docs.reporting import dashboard_page
from elca_docs.tracking import agenda_of, by_mission, lives_of, status_report

AS_OF = date(2021, 10, 20)
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(2)>',
    "</script><script>alert(3)</script>",
    "</style><style>*{display:none}</style>",
    "javascript:alert(4)",
    "' onmouseover='alert(5)",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; & <!-- -->",
)


def digest(name: str) -> str:
    """Return the SHA-256 of a file that holds its own name."""
    return hashlib.sha256(name.encode()).hexdigest()


def portfolio(count: int, names: tuple[str, ...] = ()) -> Portfolio:
    """Return a project with so many agreements and three free places; the names are given to all that has one."""

    def called(place: int, otherwise: str) -> str:
        return names[place % len(names)] if names else otherwise

    agreements = [
        Agreement(
            id=f"A-{n:04}",
            class_="XA" if n % 3 else "XB",
            responsible=("NORD" if n % 2 else "SUED",),
            counterparts=(f"org-{n:04}",),
            mission="pole" if n % 4 == 0 else None,
            expected=Expected(2021, 9 + n % 4),
        )
        for n in range(count)
    ]
    return Portfolio(
        project=Project(
            title=called(0, "An Example Project"),
            acronym="EXAMPLE",
            programme=called(1, "Example Programme"),
            grant_number="000000",
            start=Day(2020, 9, 1),
            duration_months=24,
            classes=(
                AgreementClass(id="XA", title=called(2, "Example Agreement"), template="example"),
                AgreementClass(id="XB", title=called(3, "Example Contract"), template="example"),
            ),
        ),
        partners=(Partner(id="NORD", name=called(4, "Example North")), Partner(id="SUED", name=called(5, "South"))),
        organisations=tuple(
            Organisation(
                id=f"org-{n:04}", name=called(n, f"Specimen Network {n}"), short_name=called(n + 1, f"Net {n}")
            )
            for n in range(count)
        ),
        indicators=(
            Indicator(
                id="KPI 1",
                title=called(6, "Agreements"),
                target=10,
                rule=CountingRule(counts="agreements", meaning=called(7, "All have signed.")),
            ),
            Indicator(id="KPI 2", title=called(0, "Contacts"), target=2, rule=CountingRule(counts="contacts")),
        ),
        missions=(Mission(id="pole", name=called(2, "North Pole"), deadline=Expected(2021, 10)),),
        agreements=(*agreements, Agreement(id="S-1", class_="XA", responsible=("NORD",), slots=3)),
        contacts=(Contact(id="C-1", organisation="org-0000", responsible=("SUED",)),) if count else (),
        timeline=Timeline(
            months=(
                TimelineMonth(
                    month=3,
                    activities=(TimelineActivity(id="M3-1", what=called(3, "Begin"), done_by="record"),),
                ),
            )
        ),
    )


def register(records: Portfolio, name: str = "draft", more: tuple[log.LogEvent, ...] = ()) -> RegisterView:
    """Return a register: of each three agreements one is drafted, one sent, one signed by all; then comes more."""
    events: list[log.LogEvent] = [log.Opened(register="example-register", project="000000")]
    for seq, each in enumerate(record for record in records.agreements if record.counterparts):
        reference = f"EXAMPLE-{seq + 1:04}"
        events.append(log.Referenced(agreement=each.id, reference=reference, series="EXAMPLE-{seq:04}", seq=seq + 1))
        events += _life(records, each, seq, reference, name)
    events += more
    entries = [
        Entry(address=f"1.{place}", at="2021-06-01T08:00:00Z", actor="officer-1", event=event)
        for place, event in enumerate(events, start=1)
    ]
    return fold(entries, position=1, head="f" * 64)


def _life(records: Portfolio, each: Agreement, seq: int, reference: str, name: str) -> list[log.LogEvent]:
    hashes = {"template": digest("t"), "inputs": digest("i"), "file": digest("f")}
    steps: list[log.LogEvent] = [
        log.Drafted(reference=reference, version=1, name=f"agreements/{name}-{seq}.docx", **hashes)
    ]
    if seq % 3:
        steps.append(log.Sent(reference=reference, version=1, on=date(2021, 7, 1), name=f"{name}-{seq}"))
    if seq % 3 == 2:
        paper = digest(reference)
        steps.append(log.Received(subject=reference, sha256=paper, name="scan.pdf", size=9, pages=1))
        signed = {"reference": reference, "on": date(2021, 8, 1), "evidence": paper, "by": "o-1"}
        steps += [log.Signed(party=party.id, **signed) for party in records.parties_of(each)]
        number = seq // 3 + 1
        steps.append(log.Registered(reference=reference, number=f"R-{number:04}", series="R-{seq:04}", seq=number))
    return steps


def overview(
    records: Portfolio, view: RegisterView, text: str = "odd", whole: Callable[[str], bool] = bool
) -> Overview:
    """Return what the page shows of it on AS_OF; every file is whole, unless told otherwise."""
    report = status_report(records, view, as_of=AS_OF, as_of_note=text, evidence_whole=whole)
    missions = by_mission(report, records)
    lack = Missing(label=text, field="parties[1].address", record="organisations/org-0000", key="legal", owner="NORD")
    wanted = (MissingField(missing=lack, agreements=("A-0000",)),)
    finding = Finding(code="odd", severity="warning", message=text, fix=text, location=Location(text, 3, 1))
    return Overview(
        report=report,
        agendas=tuple(agenda_of(report, records, each.id, missing=wanted) for each in records.partners),
        findings=((text, (finding,)),),
        lives=lives_of(report, records, view),
        missions=tuple(dict(zip(missions.columns, row, strict=True)) for row in missions.rows),
    )


def page(count: int, names: tuple[str, ...] = (), *, file: str = "draft", there: bool = True) -> str:
    """Return the page of such a project; all papers are there, or none."""
    records = portfolio(count, names)
    made = dashboard_page(
        records,
        overview(records, register(records, file), names[0] if names else "odd"),
        readable=lambda sha256: (f"signed/{file}-{sha256[:8]}.pdf",),
        present=lambda _: there,
    )
    return made.decode()
