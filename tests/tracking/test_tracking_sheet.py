"""The record sheet as values: who signed in what capacity, on which files, as of which day."""

from __future__ import annotations

from datetime import date

from tracking_cases import END, Log, agreement, digest, portfolio, report, slots

from elca_docs.model import log_events as log
from elca_docs.model.parties import Address, LegalData, Organisation, Partner, Person
from elca_docs.model.values import Day
from elca_docs.tracking import sheet_of

LEGAL = LegalData(
    name="Example Cluster North (association)",
    form="association",
    registration_number="007",
    register="Example Register",
    vat="none",
    address=Address(lines=("1 Example Street",), city="Exampletown", postcode="00001"),
)
NORD = Partner(id="NORD", name="Example Cluster North", legal=LEGAL)
ALPHA = Organisation(
    id="alpha", name="Alpha Example Network", short_name="Alpha", legal=LegalData(signs_through="beta")
)
BETA = Organisation(id="beta", name="Beta Example Network")
PEOPLE = (
    Person(id="n1", of="NORD", name="Example Person One", function="Chair", signs=True, until=Day(2021, 10, 5)),
    Person(id="n2", of="NORD", name="Example Person Two", function="Chair", signs=True),
    Person(id="n3", of="NORD", name="Example Person Three", contact=True),
    Person(id="b1", of="beta", name="Example Person Four", signs=True),
)
RECORDS = portfolio(agreement("A-1"), slots("S", "XA", 1), partners=(NORD,), organisations=(ALPHA, BETA), people=PEOPLE)
FIELDS = {"signature_1": "NORD", "signature_2": "alpha"}


def story() -> Log:
    """Return a log in which version 1 is sent, NORD confirmed by a person, and alpha proven by the file."""
    written = Log()
    written.send("A-1", date(2021, 9, 1), name="EXAMPLE-001_v1", docx="d" * 64, pdf="e" * 64, pages=3, fields=FIELDS)
    written.sign("A-1", "one", NORD="2021-10-06")
    copy = written.receive("EXAMPLE-001", "two")
    written.add(
        log.Signed(
            reference="EXAMPLE-001",
            party="alpha",
            on=date(2021, 10, 7),
            evidence=copy,
            basis="proven",
            method="advanced",
            version=1,
        )
    )
    written.register("A-1")
    return written


def opinion(sha: str) -> dict[str, object]:
    """Return what was written down beside the file that alpha signed."""
    found = {"field": "signature_2", "signer": "Example Person Four", "organisation": "", "trust": "not checked"}
    other = {"field": "signature_1", "signer": "Somebody Else"}
    return {"facts": {"signatures": [other, found, "damaged"]}} if sha == digest("two") else {}


def sheet(written: Log, identifier: str = "A-1", as_of: date = END, **options):
    """Return the record sheet of an agreement."""
    known = {"readable": lambda sha: (f"signed/{sha[:4]}.pdf",), "opinion": opinion} | options
    return sheet_of(report(RECORDS, written, as_of), RECORDS, written.view(), identifier, **known)


def test_a_signature_says_whose_in_what_capacity_when_and_on_whose_word():
    """The people of that day by the records, and the certificate in the file for the party's own field only."""
    one, two = sheet(story()).signatures
    assert (one.party, one.on, one.basis, one.file) == (
        "NORD",
        date(2021, 10, 6),
        "confirmed by officer-1",
        digest("one"),
    )
    assert one.capacity == ("by the records: Example Person Two, Chair",)
    assert (two.party, two.method, two.basis, two.version) == ("Alpha", "advanced", "proven by the file", 1)
    assert two.capacity == (
        "by the records: Example Person Four",
        "certificate: Example Person Four; trust: not checked",
    )


def test_a_damaged_opinion_says_nothing():
    """It is no evidence: the sheet is made without it."""
    for damaged in ({}, {"facts": None}, {"facts": {"signatures": "x"}}):
        assert len(sheet(story(), opinion=lambda _, damaged=damaged: damaged).signatures[1].capacity) == 1
    bare = {"facts": {"signatures": [{"field": "signature_2"}]}}
    capacity = sheet(story(), opinion=lambda _: bare).signatures[1].capacity
    assert capacity[-1] == "certificate: without a name; trust: not checked"


def test_parties_stand_with_their_legal_data():
    """Only what is known is told."""
    north, alpha = sheet(story()).parties
    assert (north.name, north.signatories) == ("Example Cluster North (association)", ("Example Person Two, Chair",))
    assert north.legal == (
        ("id", "NORD"),
        ("role", "partner of the project"),
        ("legal form", "association"),
        ("registration", "007, Example Register"),
        ("VAT", "none"),
        ("address", "1 Example Street, 00001 Exampletown"),
    )
    assert alpha.legal == (("id", "alpha, Alpha"), ("role", "counterpart"), ("signs through", "Beta Example Network"))
    assert alpha.signatories == ("Example Person Four",)


def test_files_are_evidence_first_then_what_was_sent():
    """Each with its digest, its pages and where it is kept; what waits says so."""
    written = story()
    waits = log.Received(subject="EXAMPLE-001", sha256="f" * 64, name="scan.pdf", size=1, pages=1, waits=True)
    written.add(waits)
    written.add(log.Received(subject="EXAMPLE-001", sha256="a" * 64, name="letter.pdf", size=1, pages=1))
    found = {(each.what, each.name): each for each in sheet(written).files}
    assert list(found)[-2:] == [
        ("version 1 sent on 2021-09-01", "EXAMPLE-001_v1.docx"),
        ("version 1 sent on 2021-09-01", "EXAMPLE-001_v1.pdf"),
    ]
    copy = found["signed copy", "one.pdf"]
    sha = digest("one")
    assert copy.kept == (f"register/evidence/{sha[:2]}/{sha}.pdf", f"register/signed/{sha[:4]}.pdf")
    assert found["waits for a person", "scan.pdf"].sha256 == "f" * 64
    assert found["received", "letter.pdf"].pages == 1
    assert found["version 1 sent on 2021-09-01", "EXAMPLE-001_v1.pdf"].kept == ("register/issued/EXAMPLE-001_v1.pdf",)


def test_a_sheet_is_of_its_day_and_its_history_of_all_days():
    """Before a signature it does not stand; the entry is told all the same."""
    before = sheet(story(), as_of=date(2021, 8, 31))
    assert (before.signatures, before.row.signed_on) == ((), None)
    assert {each.what for each in before.files} == {"received"}
    assert before.history == sheet(story()).history
    assert [each.entry.split()[1] for each in before.history] == [f"{place}.1" for place in range(2, 9)]


def test_an_amendment_has_a_sheet_that_names_its_agreement():
    """And the sheet of the agreement names the amendment."""
    written = story()
    child = log.Referenced(agreement="A-1/A1", reference="EXAMPLE-001/A1", series="EXAMPLE-001/A{seq}", seq=1)
    written.add(child)
    written.add(log.Amended(reference="EXAMPLE-001", child="EXAMPLE-001/A1"))
    amendment = sheet(written, "A-1/A1")
    assert (amendment.amends, amendment.state, amendment.signatures) == ("EXAMPLE-001", "not sent yet", ())
    assert [each.name for each in amendment.parties] == [each.name for each in sheet(written).parties]
    assert sheet(written).amendments == ("EXAMPLE-001/A1: not sent yet",)


def test_what_has_no_parties_has_no_sheet():
    """A free place, and an id that nobody planned."""
    assert (sheet(story(), "S#1"), sheet(story(), "nothing")) == (None, None)
