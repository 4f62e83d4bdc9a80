"""Which versions go out: what was looked at, whole, and nothing that is signed or over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_drafts import DAY, agreement, choice, events_of, plan, portfolio, view

from elca_docs.errors import Location
from elca_docs.model.log_events import Amended, Corrected, Ended, LogEvent, Referenced, Registered, Sent, Signed
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.model.values import Language
from elca_docs.planning import Filters, IssueStep, chosen, plan_issues
from elca_docs.planning.variants import language_of, template_of

REFERENCE = "SPEC-CA-NOR-001"
RECORDS = portfolio(agreement("A-1"), agreement("A-2", counterpart="dune"))


def drafted(records: Portfolio = RECORDS) -> tuple[list[LogEvent], dict[str, str]]:
    """Return the events of having drafted all, and the files that lie on disk then."""
    events = events_of(plan(records, view()))
    return events, {each.name: each.file for each in events if each.kind == "drafted"}  # type: ignore[attr-defined]


def sent(version: int = 1, reference: str = REFERENCE) -> Sent:
    return Sent(reference=reference, version=version, on=DAY, name=f"{reference}_v{version}", docx="d", pdf="p")


def signed(party: str) -> Signed:
    return Signed(reference=REFERENCE, party=party, on=DAY, evidence="e")


def issues(
    events: list[LogEvent], disk: dict[str, str], records: Portfolio = RECORDS, **changes: object
) -> tuple[IssueStep, ...]:
    asked: tuple[Agreement, ...] = changes.pop("asked", None) or chosen(records, Filters())  # type: ignore[assignment]
    return plan_issues(records, view(*events), asked, disk, choice(**changes))


def codes(step: IssueStep) -> list[str]:
    return [each.code for each in step.problems]


def test_a_draft_as_it_was_made_goes_out_as_version_one_but_for_what_is_missing() -> None:
    """Nothing stands in the way but the gaps of the records, each at its record."""
    events, disk = drafted()
    first, second = issues(events, disk)
    assert set(codes(first)) == {"document-incomplete"}
    assert len(first.problems) == len({each.message for each in first.problems})
    assert all(each.message.startswith(f"{REFERENCE}: the ") for each in first.problems)
    assert (first.reference, first.version, first.name) == (REFERENCE, 1, f"{REFERENCE}_v1")
    assert second.name == "SPEC-CA-NOR-002_v1"
    assert first.context
    assert first.context.values["is_draft"] is False


def test_a_gap_is_shown_where_its_record_stands() -> None:
    """So that an editor can jump there."""
    events, disk = drafted()
    place = Location("records/organisations.yaml", 7, 3)
    records = replace(RECORDS, places={("organisations", "reef"): place})
    step = issues(events, disk, records)[0]
    assert place in {each.location for each in step.problems}


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        ([Ended(agreement="A-1", exit="declined", on=DAY, reason="x")], "agreement-ended", "(declined)"),
        ([signed("NOR")], "already-signed", "NOR signed"),
        (
            [signed("NOR"), signed("reef"), Registered(reference=REFERENCE, number="R-1", series="R-{seq}", seq=1)],
            "already-signed",
            "registered as R-1",
        ),
    ],
)
def test_what_is_signed_or_over_has_no_further_version(more: list[LogEvent], code: str, words: str) -> None:
    """One reason is enough, and it stands alone, whatever text is at hand."""
    events, disk = drafted()
    for own_text in (False, True):
        step = issues([*events, *more], disk, own_text=own_text)[0]
        assert codes(step) == [code]
        assert words in step.problems[0].message
        assert step.context is None


def test_without_a_draft_nothing_goes_out() -> None:
    """It has no reference, and nobody has looked."""
    assert [codes(step) for step in issues([], {})] == [["never-drafted"], ["never-drafted"]]


@pytest.mark.parametrize(
    ("file", "code"), [("by hand", "draft-edited"), (None, "draft-outdated"), ("other inputs", "draft-outdated")]
)
def test_a_draft_that_nobody_has_seen_as_it_is_holds_version_one_back(file: str | None, code: str) -> None:
    """Edited, gone, or made of other records; with a text at hand none of it matters."""
    events, disk = drafted()
    records = RECORDS
    name = next(each for each in disk if REFERENCE in each)
    if file == "by hand":
        disk[name] = "edited"
    elif file is None:
        del disk[name]
    else:
        records = portfolio(agreement("A-1", areas=("something else",)), agreement("A-2", counterpart="dune"))
    step = issues(events, disk, records)[0]
    assert codes(step)[0] == code
    assert step.problems[0].location == Location(f"output/{name}")
    assert codes(issues(events, disk, records, own_text=True)[0]) == []


def test_a_later_version_follows_from_the_records_and_needs_no_draft() -> None:
    """The draft was settled when version 1 went out; only gaps hold version 2 back."""
    events, _ = drafted()
    step = issues([*events, sent()], {})[0]
    assert step.version == 2
    assert step.last == sent()
    assert set(codes(step)) == {"document-incomplete"}


def test_the_last_version_is_the_highest_that_stands() -> None:
    """An undone one is not compared with, and still gives its number to nobody."""
    events, disk = drafted()
    step = issues([*events, sent(1), sent(2), Corrected(undoes=f"1.{len(events) + 2}", reason="x")], disk)[0]
    assert step.last == sent(1)
    assert step.version == 3


def test_a_version_on_their_own_paper_is_none_to_compare_with() -> None:
    """It has no file of ours."""
    events, disk = drafted()
    step = issues([*events, Sent(reference=REFERENCE, version=1, origin="their text")], disk)[0]
    assert step.last is None
    assert step.version == 2


def test_a_template_that_is_gone_is_named() -> None:
    """Nothing can be rendered; a text at hand needs none."""
    events, disk = drafted()
    step = issues(events, disk, templates={})[0]
    assert "template-missing" in codes(step)
    assert codes(issues(events, disk, templates={}, own_text=True)[0]) == []


def test_a_reference_that_fits_into_no_page_code_is_refused() -> None:
    """The codes on the pages are what comes back by."""
    long = "SPEC-CA-NOR-WITH-A-LONG-TAIL-001"
    given = Referenced(agreement="A-1", reference=long, series="SPEC-CA-NOR-WITH-A-LONG-TAIL-{seq:03}", seq=1)
    step = issues([given], {}, asked=(RECORDS.agreements[0],))[0]
    assert codes(step) == ["reference-not-codable"]


def test_more_versions_than_a_page_code_can_say_are_refused() -> None:
    """The sign of the version is one digit or letter."""
    events, disk = drafted()
    step = issues([*events, *(sent(version) for version in range(1, 36))], disk)[0]
    assert codes(step) == ["too-many-versions"]


def amended() -> tuple[RegisterView, Agreement]:
    events, _ = drafted()
    series = f"{REFERENCE}/A{{seq}}"
    child = Referenced(agreement="A-1/A1", reference=f"{REFERENCE}/A1", series=series, seq=1)
    found = RECORDS.agreement("A-1/A1")
    assert found
    return view(*events, child, Amended(reference=REFERENCE, child=f"{REFERENCE}/A1")), found


def test_an_amendment_needs_a_text_at_hand() -> None:
    """No records hold it; with a text it goes out under a name that every system takes."""
    register, child = amended()
    (step,) = plan_issues(RECORDS, register, [child], {}, choice())
    assert codes(step) == ["text-not-named"]
    (step,) = plan_issues(RECORDS, register, [child], {}, choice(own_text=True))
    assert codes(step) == []
    assert step.amends
    assert step.name == f"{REFERENCE}-A1_v1"
    assert step.draft == ""


def test_the_language_of_an_agreement_chooses_its_template() -> None:
    """Its own language, else the project's; the plain name serves the project's language only."""
    own = agreement("A-1", language=Language("es"))
    plain = agreement("A-2")
    records = portfolio(own, plain)
    assert (language_of(records, own), language_of(records, plain)) == ("es", "en")
    keys = {("cooperation", ""), ("cooperation", "es")}
    assert template_of(records, own, "es", keys) == ("cooperation", "es")
    assert template_of(records, plain, "en", keys) == ("cooperation", "")
    assert template_of(records, plain, "en", keys | {("cooperation", "en")}) == ("cooperation", "en")
    assert template_of(records, own, "es", {("cooperation", "")}) is None
