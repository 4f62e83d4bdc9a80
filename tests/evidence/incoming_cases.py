"""A fictitious agreement of two parties that went out, and the facts of files that come back: shared by the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from elca_docs.errors import Problem
from elca_docs.evidence import Identity, Refused, identified, judge_incoming
from elca_docs.model.facts import Comparison, PdfFacts, SeenCode, SignatureFacts
from elca_docs.model.log_events import LogEvent, Received, Referenced, Registered, Sent, Signed
from elca_docs.model.page_code import PageCode
from elca_docs.model.parties import Alias, LegalData, Organisation, Partner, Person
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import AgreementClass, Project
from elca_docs.model.register import Entry, RegisterView, fold
from elca_docs.model.values import Day

TODAY, SENT, DAY = date(2021, 11, 10), date(2021, 10, 4), date(2021, 10, 5)
SHA, OTHER_SHA, ISSUE, ISSUE_2 = "a" * 64, "b" * 64, "c" * 64, "d" * 64
REF, OTHER_REF = "SAMPLE-CA-ALFA-001", "SAMPLE-CA-ALFA-002"
KEY = "000000"
ZONE = "Europe/Brussels"
FIELDS = {"Signature_ALFA": "ALFA", "Signature_fict": "fict"}
PORTFOLIO = Portfolio(
    project=Project(
        title="Specimen",
        acronym="SAMPLE",
        grant_number=KEY,
        start=Day(2020, 9, 1),
        duration_months=24,
        time_zone=ZONE,
        classes=(AgreementClass(id="CA", title="Example Agreement", template="example"),),
    ),
    partners=(Partner(id="ALFA", name="Alfa Specimen Cluster"),),
    organisations=(
        Organisation(
            id="fict",
            name="Fictitious Networks",
            aliases=(Alias(name="Réseaux Fictifs"),),
            legal=LegalData(name="Fictitious Networks International Ltd"),
        ),
    ),
    people=(
        Person(id="alfa-1", of="ALFA", name="Erika Specimen", signs=True),
        Person(id="alfa-2", of="ALFA", name="Hans Unsigning"),
        Person(id="fict-1", of="fict", name="Max Pattern", signs=True, until=Day(2021, 10, 5)),
    ),
    agreements=(
        Agreement(id="A1", class_="CA", responsible=("ALFA",), counterparts=("fict",)),
        Agreement(id="A2", class_="CA", responsible=("ALFA",), counterparts=("fict",)),
    ),
)


def sent(version: int = 1, *, pdf: str = ISSUE, on: date | None = SENT, reference: str = REF, **fields) -> Sent:
    """Return how a version of three pages went out."""
    written = {"name": f"{reference}_v{version}", "pages": 3, "fields": FIELDS} | fields
    return Sent(reference=reference, version=version, pdf=pdf, on=on, **written)


def view(*events: LogEvent) -> RegisterView:
    """Return the register of two referenced agreements after these events."""
    given_numbers = (
        Referenced(agreement="A1", reference=REF, series="SAMPLE-CA-ALFA-{seq:03}", seq=1),
        Referenced(agreement="A2", reference=OTHER_REF, series="SAMPLE-CA-ALFA-{seq:03}", seq=2),
    )
    return fold(
        Entry(address=f"1.{number}", at="2021-01-01T00:00:00Z", actor="x", event=event)
        for number, event in enumerate((*given_numbers, *events), 1)
    )


def received(sha: str = SHA, subject: str = REF, *, waits: bool = False) -> Received:
    return Received(subject=subject, sha256=sha, name="x.pdf", size=9, pages=3, waits=waits, version=1)


def signed(party: str = "ALFA", sha: str = OTHER_SHA, **fields) -> Signed:
    return Signed(**{"reference": REF, "party": party, "on": DAY, "evidence": sha, "by": "officer"} | fields)


def complete() -> tuple[LogEvent, ...]:
    """Return what makes the agreement complete, with another file."""
    registered = Registered(reference=REF, number="R-2021-001", series="R-2021-{seq:03}", seq=1)
    return sent(), received(OTHER_SHA), signed(), signed("fict"), registered


def codes(*pages: int | tuple[int, int], of: int = 3, version: int = 1, reference: str = REF) -> tuple[SeenCode, ...]:
    """Return the codes of these pages, one on each sheet of the file, or each as (sheet, page)."""
    spots = [each if isinstance(each, tuple) else (sheet, each) for sheet, each in enumerate(pages, 1)]
    return tuple(SeenCode(page=sheet, text=PageCode(reference, version, page, of).text(KEY)) for sheet, page in spots)


def signature(party: str = "ALFA", **fields) -> SignatureFacts:
    """Return a whole signature in the field of a party, by a name that is expected."""
    name = {"ALFA": "Erika Specimen", "fict": "Max Pattern"}.get(party, "Somebody Else")
    whole = {
        "field": f"Signature_{party}",
        "signer": name,
        "on": datetime(2021, 10, 5, 9, tzinfo=UTC),
        "intact": True,
        "valid": True,
        "permitted": True,
        "coverage": "entire file",
        "changes": "none",
    }
    return SignatureFacts(**whole | fields)


def facts(*signatures: SignatureFacts, **fields) -> PdfFacts:
    """Return the facts of a file that shows all three pages of version 1."""
    read = {
        "sha256": SHA,
        "size": 9,
        "pages": 3,
        "encrypted": False,
        "text": f"Example Agreement {REF} between the parties",
        "codes": codes(1, 2, 3),
        "codes_read": True,
        "signature_fields": len(signatures),
        "signatures": signatures,
    }
    return PdfFacts(**read | fields)


SAME = Comparison(begins_with_issue=True, has_text=True, issued_pages=3, pages=3)
REPRINTED = replace(SAME, begins_with_issue=False)
SCAN = replace(REPRINTED, has_text=False)
IDENTITY = Identity(reference=REF, version=1, by="codes")


def told_by(of: PdfFacts, *, at: RegisterView | None = None, file: str = "x.pdf"):
    """Return whose file it is, where version 1 went out."""
    return identified(of, view=at or view(sent()), key=KEY, file=file)


def judged(of: PdfFacts, comparison: Comparison | None = SAME, *, at: RegisterView | None = None, **changed):
    """Return the verdict on a file of version 1, which went out."""
    whole = {"identity": IDENTITY, "file": "x.pdf", "portfolio": PORTFOLIO, "today": TODAY, "zone": ZONE} | changed
    return judge_incoming(of, comparison=comparison, view=at or view(sent()), **whole)


def problem(verdict, code: str) -> Problem:
    """Return the only problem of a refusal: this code, one sentence, at the file, with what to do."""
    assert isinstance(verdict, Refused), verdict
    (found,) = verdict.problems
    assert (found.code, str(found.location)) == (code, "x.pdf")
    assert len(found.message) > 20
    assert found.fix
    return found
