"""Which drafts to make: a plan after apply is empty, a person's edit is never overwritten, no number is burnt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from elca_docs.model.log_events import Drafted, Ended, LogEvent, Referenced, Sent, Signed
from elca_docs.model.parties import Organisation, Partner
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import AgreementClass, Project
from elca_docs.model.register import Entry, RegisterView, fold
from elca_docs.model.values import Day, Identifier, Language
from elca_docs.planning import Choice, DraftPlan, DraftStep, Filters, chosen, plan_drafts

DAY = date(2031, 5, 1)


def agreement(
    identifier: str, *, class_: str = "CA", partner: str = "NOR", counterpart: str = "reef", **more: object
) -> Agreement:
    return Agreement(
        id=Identifier(identifier),
        class_=Identifier(class_),
        responsible=(Identifier(partner),),
        counterparts=(Identifier(counterpart),),
        **more,  # type: ignore[arg-type]
    )


def portfolio(*agreements: Agreement) -> Portfolio:
    return Portfolio(
        project=Project(
            title="Specimen",
            acronym="SPEC",
            grant_number="000000",
            start=Day(2031, 1, 1),
            duration_months=12,
            classes=(
                AgreementClass(id=Identifier("CA"), title="Agreement", template="cooperation"),
                AgreementClass(id=Identifier("BA"), title="Business", template="business", folder="business"),
            ),
        ),
        partners=(Partner(id=Identifier("NOR"), name="North"), Partner(id=Identifier("SUD"), name="South")),
        organisations=(
            Organisation(id=Identifier("reef"), name="Reef Cluster"),
            Organisation(id=Identifier("dune"), name="Dune Network"),
        ),
        agreements=agreements,
    )


def view(*events: LogEvent) -> RegisterView:
    return fold(
        Entry(address=f"1.{place}", at="2031-05-01T00:00:00Z", actor="x", event=event)
        for place, event in enumerate(events, 1)
    )


def choice(**changes: object) -> Choice:
    templates = {("cooperation", ""): "t1", ("cooperation", "es"): "t2", ("business", ""): "t3"}
    return Choice(**({"templates": templates, "as_of": DAY} | changes))  # type: ignore[arg-type]


def plan(
    records: Portfolio, register: RegisterView, disk: dict[str, str] | None = None, **changes: object
) -> DraftPlan:
    return plan_drafts(records, register, chosen(records, Filters()), disk or {}, choice(**changes))


def events_of(made: DraftPlan) -> list[LogEvent]:
    """The events that carrying out a plan leaves, each file's digest being its inputs with a mark."""
    events: list[LogEvent] = []
    for step in made.to_render:
        events += [step.referenced] if step.referenced else []
        events.append(drafted(step))
    return events


def drafted(step: DraftStep) -> Drafted:
    return Drafted(
        reference=step.reference,
        version=step.version,
        template="t1",
        inputs=step.inputs,
        file=f"file-{step.inputs}",
        name=step.name,
        language=step.language,
    )


def actions(made: DraftPlan) -> list[str]:
    return [step.action for step in made.steps]


def test_references_count_up_per_partner_and_class_in_the_order_of_ids() -> None:
    """2 comes before 10; each partner and class has a series of its own."""
    records = portfolio(
        agreement("A-10"), agreement("A-2"), agreement("B-1", partner="SUD"), agreement("Z", class_="BA")
    )
    steps = plan(records, view()).steps
    assert [(step.agreement, step.reference) for step in steps] == [
        ("A-2", "SPEC-CA-NOR-001"),
        ("A-10", "SPEC-CA-NOR-002"),
        ("B-1", "SPEC-CA-SUD-001"),
        ("Z", "SPEC-BA-NOR-001"),
    ]
    assert [step.name for step in steps][::3] == [
        "agreements/CA/SPEC-CA-NOR-001_reef-cluster.docx",
        "agreements/business/SPEC-BA-NOR-001_reef-cluster.docx",
    ]


def test_a_plan_after_apply_is_empty() -> None:
    """What was carried out is unchanged the next time, and gives no number again."""
    records = portfolio(agreement("A-1"), agreement("A-2", counterpart="dune"))
    first = plan(records, view())
    disk = {step.name: f"file-{step.inputs}" for step in first.steps}
    again = plan(records, view(*events_of(first)), disk)
    assert actions(first) == ["new", "new"]
    assert actions(again) == ["unchanged", "unchanged"]
    assert again.to_render == ()
    assert [step.reference for step in again.steps] == [step.reference for step in first.steps]


def test_a_failed_document_burns_no_number() -> None:
    """The number that a failing document would have had goes to the next one."""
    records = portfolio(agreement("A-1"), agreement("A-2"))
    made = plan(records, view(), failed=frozenset({("A-1", "en")}))
    assert [(step.action, step.reference) for step in made.steps] == [("failed", ""), ("new", "SPEC-CA-NOR-001")]


def test_a_template_or_a_record_that_changed_makes_a_changed_draft() -> None:
    """The reference stays; only the draft is made again."""
    records = portfolio(agreement("A-1"))
    first = plan(records, view())
    disk = {step.name: f"file-{step.inputs}" for step in first.steps}
    other = {("cooperation", ""): "other"}
    assert actions(plan(records, view(*events_of(first)), disk, templates=other)) == ["changed"]
    renewed = portfolio(agreement("A-1", areas=("Recycling",)))
    made = plan(renewed, view(*events_of(first)), disk)
    assert [(step.action, step.reference, step.referenced) for step in made.steps] == [
        ("changed", "SPEC-CA-NOR-001", None)
    ]


def test_a_lost_file_is_restored_and_an_edited_one_is_left_alone() -> None:
    """Nothing on disk: write the same again. Something else on disk: a person wrote it."""
    records = portfolio(agreement("A-1"))
    first = plan(records, view())
    register = view(*events_of(first))
    assert actions(plan(records, register)) == ["restore"]
    name = first.steps[0].name
    assert actions(plan(records, register, {name: "edited"})) == ["edited"]
    moved = plan(records, register, {name: "edited"}, replace=frozenset({"A-1"})).steps[0]
    assert (moved.action, moved.aside) == ("restore", name.removesuffix(".docx") + ".edited-1.docx")
    taken = {name: "edited", moved.aside: "an earlier one"}
    second = plan(records, register, taken, replace=frozenset({"A-1"})).steps[0]
    assert second.aside == name.removesuffix(".docx") + ".edited-2.docx"


def test_a_stranger_under_a_new_name_is_left_alone() -> None:
    """A file that lies where the first draft would go is a person's too."""
    records = portfolio(agreement("A-1"))
    name = plan(records, view()).steps[0].name
    made = plan(records, view(), {name: "whatever"})
    assert (actions(made), made.steps[0].referenced) == (["edited"], None)


def test_an_older_draft_of_ours_on_disk_is_no_edit() -> None:
    """A run killed between its segment and its file left the older draft there: it is brought up to date."""
    records = portfolio(agreement("A-1"))
    first = plan(records, view())
    newer = plan(portfolio(agreement("A-1", areas=("Recycling",))), view(*events_of(first)))
    register = view(*events_of(first), *events_of(newer))
    disk = {first.steps[0].name: f"file-{first.steps[0].inputs}"}
    assert actions(plan(portfolio(agreement("A-1", areas=("Recycling",))), register, disk)) == ["restore"]


@pytest.mark.parametrize("ended", [True, False])
def test_ended_agreements_have_no_step_and_signed_ones_are_settled(*, ended: bool) -> None:
    """What was sent or signed is immutable, what has ended is not drafted."""
    given = Referenced(agreement="A-1", reference="SPEC-CA-NOR-001", series="SPEC-CA-NOR-{seq:03}", seq=1)
    over = Ended(agreement="A-1", exit="declined", on=DAY, reason="no")
    signed = Signed(reference="SPEC-CA-NOR-001", party="NOR", on=DAY, evidence="e")
    made = plan(portfolio(agreement("A-1")), view(given, over if ended else signed))
    assert actions(made) == ([] if ended else ["settled"])


def test_a_draft_after_sending_would_be_the_next_version_but_is_settled() -> None:
    """A sent version is never redrafted here; only `send` makes the next one."""
    given = Referenced(agreement="A-1", reference="SPEC-CA-NOR-001", series="SPEC-CA-NOR-{seq:03}", seq=1)
    assert actions(plan(portfolio(agreement("A-1")), view(given, Sent(reference="SPEC-CA-NOR-001", version=1)))) == [
        "settled"
    ]


def test_a_language_asked_for_is_one_more_document_and_stays_current() -> None:
    """The variant carries the same reference and its language in the name, and is kept current from then on."""
    records = portfolio(agreement("A-1"))
    made = plan(records, view(), language="es")
    assert [(step.language, step.reference, step.name) for step in made.steps] == [
        ("en", "SPEC-CA-NOR-001", "agreements/CA/SPEC-CA-NOR-001_reef-cluster.docx"),
        ("es", "SPEC-CA-NOR-001", "agreements/CA/SPEC-CA-NOR-001_reef-cluster.es.docx"),
    ]
    assert [step.referenced is None for step in made.steps] == [False, True]
    assert [step.language for step in plan(records, view(*events_of(made))).steps] == ["en", "es"]


def test_a_language_without_template_is_named() -> None:
    """No template for a language: nothing is drafted in another one instead."""
    records = portfolio(agreement("A-1", language=Language("pl")))
    made = plan(records, view())
    assert [(step.action, step.template) for step in made.steps] == [("no template", ("cooperation", "pl"))]


def test_a_renamed_counterpart_takes_its_file_along() -> None:
    """The old file, still as we wrote it, is named as stale; an edited one is left, and named as that."""
    records = portfolio(agreement("A-1"))
    first = plan(records, view())
    old = first.steps[0]
    renamed = portfolio(agreement("A-1", counterpart="dune"))
    register = view(*events_of(first))
    ours = f"file-{old.inputs}"
    assert plan(renamed, register, {old.name: ours}).steps[0].stale == ((old.name, ours),)
    assert plan(renamed, register, {old.name: ours}).steps[0].left == ()
    edited = plan(renamed, register, {old.name: "edited"}).steps[0]
    assert (edited.action, edited.stale, edited.left) == ("changed", (), (old.name,))


def test_a_stale_file_that_a_killed_run_left_is_still_known() -> None:
    """The register has the new name already and the new file lies there: the old one is named until it is gone."""
    old = plan(portfolio(agreement("A-1")), view()).steps[0]
    renamed = portfolio(agreement("A-1", counterpart="dune"))
    before = events_of(plan(portfolio(agreement("A-1")), view()))
    made = plan(renamed, view(*before))
    disk = {old.name: f"file-{old.inputs}", made.steps[0].name: f"file-{made.steps[0].inputs}"}
    step = plan(renamed, view(*before, *events_of(made)), disk).steps[0]
    assert (step.action, step.stale) == ("unchanged", ((old.name, f"file-{old.inputs}"),))


def test_a_variant_that_fails_leaves_the_other_language_alone() -> None:
    """One bad document never stops the others: the agreement's own language is still drafted, with its number."""
    made = plan(portfolio(agreement("A-1")), view(), language="es", failed=frozenset({("A-1", "es")}))
    assert [(step.language, step.action) for step in made.steps] == [("en", "new"), ("es", "failed")]
    assert [step.referenced is not None for step in made.steps] == [True, False]


def test_a_name_without_latin_letters_is_filed_under_its_id() -> None:
    """The slug of such a name says nothing; the id of the record does."""
    records = replace(
        portfolio(agreement("A-1")), organisations=(Organisation(id=Identifier("reef"), name="شبكة وهمية"),)
    )
    assert plan(records, view()).steps[0].name.endswith("_reef.docx")


def test_filters_restrict_and_slots_are_never_drafted() -> None:
    """Partner, mission, class and ids each restrict; a slot has nobody to draft for."""
    records = portfolio(
        agreement("A-1"),
        agreement("A-2", partner="SUD"),
        agreement("Z", class_="BA"),
        Agreement(id=Identifier("S"), class_=Identifier("CA"), responsible=(Identifier("NOR"),), slots=4),
    )

    def ids(**filters: object) -> list[str]:
        return [each.id for each in chosen(records, Filters(**filters))]  # type: ignore[arg-type]

    assert ids() == ["A-1", "A-2", "Z"]
    assert ids(partner="SUD") == ["A-2"]
    assert ids(class_="BA") == ["Z"]
    assert ids(only=frozenset({"A-1", "Z"})) == ["A-1", "Z"]
    assert ids(mission="m") == []


def test_the_order_of_records_never_matters() -> None:
    """The same records in another order give the same plan."""
    every = [agreement("A-1"), agreement("A-2", counterpart="dune"), agreement("A-3", partner="SUD")]
    assert plan(portfolio(*every), view()) == plan(portfolio(*reversed(every)), view())
