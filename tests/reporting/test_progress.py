"""A report on progress: cover, front matter, what each edition shows, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from plan_specimens import SPANISH
from progress_specimens import (
    AS_OF,
    EMPTY,
    LIFE,
    TABLES,
    asked,
    control,
    digest,
    flagged,
    records,
    report,
    said,
    signed,
    table,
    view,
)

from elca_docs.errors import RecordsError
from elca_docs.model.blocks import Chart, Heading, ListOf, Table
from elca_docs.model.deliverables import AnnexRule, Section, TableSpec
from elca_docs.model.findings import Finding
from elca_docs.model.periods import period_of, reporting_day
from elca_docs.model.project import ReportingPeriod
from elca_docs.model.values import Day, Expected, Identifier
from elca_docs.reporting import images_of, plan_blocks, report_annexes
from elca_docs.tracking import status_report

HOSTILE = "<b>&amp;</b> {{ x }} {% y %} ]]> ${z} \N{RIGHT-TO-LEFT OVERRIDE}gnp.exe"


def annexes(edition, **rule):
    register = view(*LIFE)
    found = asked(annexes=AnnexRule(**{"signed": "all"} | rule))
    status = status_report(records(), register, as_of=AS_OF)
    return report_annexes(records(), found, status=status, view=register, edition=edition)


def test_the_cover_says_which_period_day_and_edition():
    """Period, as-of day, edition and register stand in the control block, the baseline only where there is one."""
    rows = control(report(position=7, head="abcdef0123456789"))
    assert rows["Reporting period"] == "1 October 2021 – 31 March 2022"
    assert rows["Figures as of"] == "31 March 2022"
    assert rows["Edition"] == "confidential"
    assert rows["Register"] == "position 7, head abcdef012345"
    assert "Compared with" not in rows
    compared = control(report(asked(baseline="first-plan"), baseline=records()))
    assert compared["Compared with"] == "the plan as frozen under the name first-plan"


def test_lists_stand_behind_the_contents():
    """The lists that the record asks for follow the contents, none where it asks for none."""
    assert [each.what for each in report() if isinstance(each, ListOf)] == ["tables", "figures"]
    assert [each for each in report(asked(lists=())) if isinstance(each, ListOf)] == []


def test_every_table_and_chart_is_there_under_its_name():
    """Each table and chart that a section asks for is there once, under a name that texts can refer to."""
    blocks = report()
    assert [each.anchor for each in blocks if isinstance(each, Table) and each.caption] == list(TABLES)
    charts = [each for each in blocks if isinstance(each, Chart)]
    assert [each.anchor for each in charts] == [
        "chart-indicators", "chart-signatures", "chart-partners", "chart-timeline",
    ]  # fmt: skip
    assert all(each.alt for each in charts)
    assert all(len(row) == len(each.columns) for each in blocks if isinstance(each, Table) for row in each.rows)


def test_names_are_given_once():
    """A second table of the same kind has a count behind its name; a name of its own goes before."""
    specs = (TableSpec(of="agreements", caption="A"), TableSpec(of="agreements", caption="B"))
    found = asked(sections=(Section(heading="É!", tables=(*specs, TableSpec(of="events", caption="C", anchor="x"))),))
    blocks = report(found)
    assert [each.anchor for each in blocks if isinstance(each, Table) and each.caption] == [
        "agreements", "agreements-2", "x",
    ]  # fmt: skip
    assert [each.anchor for each in blocks if isinstance(each, Heading) and each.numbered] == ["section-e"]


def test_an_empty_register_and_empty_records_make_a_whole_report():
    """Nothing planned and nothing done is no error: every table is there, with a row that says so."""
    nothing = records(
        agreements=(), contacts=(), events=(), missions=(), organisations=(), indicators=(),
        timeline=type(records().timeline)(),
    )  # fmt: skip
    for blocks in (report(register=EMPTY), report(found=nothing, register=EMPTY)):
        assert {each.anchor for each in blocks if isinstance(each, Table) and each.caption} == set(TABLES)
        assert all(each.rows for each in blocks if isinstance(each, Table))


def test_a_plan_refuses_what_only_a_report_can_show():
    """report-needed names each table and chart, with what to do."""
    with pytest.raises(RecordsError) as refused:
        plan_blocks(records(), asked(tables=("achievements", "agreements"), charts=("timeline",)), as_of=AS_OF)
    assert [each.code for each in refused.value.problems] == ["report-needed", "report-needed"]
    assert "'achievements'" in str(refused.value)
    assert "'timeline'" in str(refused.value)


def test_a_justification_of_nothing_is_a_problem():
    """justification-unknown: what neither the records nor the baseline have cannot be justified."""
    with pytest.raises(RecordsError) as refused:
        report(asked(justifications={"KPI 22": "why", "KPI 2": "late", "A-2": "later", "S-CO": "fewer"}))
    assert [(each.code, each.fix) for each in refused.value.problems] == [
        ("justification-unknown", "did you mean 'KPI 2'?")
    ]


def test_the_same_records_and_log_give_the_same_blocks():
    """Nothing but records, log and day decides what a report says; the order of the records never does."""
    found = records()
    turned = records(agreements=found.agreements[::-1], events=found.events[::-1], contacts=found.contacts[::-1])
    assert report() == report() == report(found=turned)


def test_spanish_reports_speak_spanish():
    """Labels, dates, states and the alternative texts follow the language; no English phrase is left in them."""
    blocks = report(asked(language=SPANISH), findings=(Finding(code="x-y", severity="warning", message="m"),))
    assert control(blocks)["Edición"] == "confidencial"
    assert table(blocks, "agreements-signed")[1][2] == "9 de noviembre de 2021"
    assert table(blocks, "findings")[0][0] == "aviso"
    text = repr([each for each in blocks if isinstance(each, Chart)])
    assert "Signed" not in text
    assert "firmados" in text


def test_hostile_names_stay_text():
    """Whatever a name holds, it arrives in a span as it is, and shapes nothing."""
    found = records()
    named = tuple(replace(each, name=HOSTILE) for each in found.organisations)
    blocks = report(found=replace(found, organisations=named))
    assert HOSTILE in table(blocks, "agreements-signed")[0][0]
    plain = [type(each) for each in report()]
    assert [type(each) for each in blocks] == plain


def test_the_public_edition_tells_nothing_of_confidential_agreements():
    """Their names stand in no block, they are counted all the same, and a note says how many are left out."""
    found = records()
    secret = tuple(replace(each, confidential=each.id in {"A-2", "B-1"}) for each in found.agreements)
    hidden = replace(found, agreements=secret, contacts=(), events=())
    finding = Finding(code="x-y", severity="error", message="Tinta de León is odd", ids=("A-2",))
    public = report(asked(edition="public"), found=hidden, findings=(finding,))
    assert "Tinta de León" not in repr(public)
    assert "Moon" not in repr(table(public, "agreements")[1])
    assert table(public, "agreements-signed")[1][0] == "confidential agreement"
    assert said(public, "note")[0] == (
        "Left out of this edition: 2 confidential agreements are counted and not named. 2 annexes."
    )
    assert table(public, "findings") == [("error", "1"), ("warning", "0"), ("hint", "0")]
    whole = report(found=hidden, findings=(finding,))
    assert "Tinta de León" in repr(whole)
    assert table(whole, "findings") == [("error", "x-y", "Tinta de León is odd", "A-2")]
    assert table(public, "key-figures") == table(whole, "key-figures")


def test_what_ended_gives_its_reason_unless_it_is_confidential():
    """The register's own reason justifies an end; of a confidential agreement it is not told in public."""
    found = records()
    secret = replace(found, agreements=tuple(replace(each, confidential=True) for each in found.agreements))
    rows = {row[0]: row for row in table(report(baseline=found), "deviations")}
    assert rows["B-2 | Silent Society"][1:] == ("no longer planned: declined", "–", "–", "no ink")
    public = report(asked(edition="public"), found=secret, baseline=found)
    assert "no ink" not in repr(public)


def test_a_reason_for_what_is_confidential_is_not_told_in_public():
    """It may name whom the agreement is with: the public edition says that it was given, and asks nobody for it."""
    found = records()
    moved = tuple(replace(each, expected=Expected(2021, 3)) if each.id == "A-2" else each for each in found.agreements)
    secret = tuple(replace(each, confidential=each.id in {"A-2", "B-1", "B-2"}) for each in found.agreements)
    hidden, before = replace(found, agreements=secret), replace(found, agreements=moved)
    given = {"A-2": "Tinta de León asked for it.", "KPI 10": "A reason for all to read."}
    shown = {}
    for edition in ("public", "confidential"):
        blocks = report(asked(edition=edition, justifications=given), found=hidden, baseline=before)
        shown[edition] = {row[0].partition(" ")[0]: row[-1] for row in table(blocks, "deviations")}
        assert {"A-2", "B-2"}.isdisjoint(each.partition(" ")[0] for each in flagged(blocks, "deviations"))
        assert "A reason for all to read." in repr(table(blocks, "achievements"))
        assert [row[-1] for row in table(blocks, "agreements-overdue") if row[-1].startswith("[")] != []
    assert shown["public"]["A-2"] == shown["public"]["B-2"] == "given, and withheld in this edition"
    assert (shown["confidential"]["A-2"], shown["confidential"]["B-2"]) == ("Tinta de León asked for it.", "no ink")


def test_annexes_are_the_signed_copies_in_the_order_of_their_numbers():
    """Number, title, reference, register number, digest and pages; the public edition says why each is left out."""
    assert [(each.number, each.title, each.reference, each.register_number, each.sha256, each.pages, each.withheld)
            for each in annexes("confidential")] == [
        ("A1", "Cooperation Agreement: Quill Network (QN)", "SAMPLE-001", "R-2021-001", digest("A-3"), 4, ""),
        ("A2", "Cooperation Agreement: Tinta de León", "SAMPLE-002", "R-2021-002", digest("A-2"), 5, ""),
    ]  # fmt: skip
    assert [each.withheld for each in annexes("public")] == ["it shows who signed"] * 2
    assert [each.withheld for each in annexes("public", signatures_public=True)] == ["", ""]
    assert [each.reference for each in annexes("confidential", signed="in the period")] == ["SAMPLE-002"]
    assert annexes("confidential", classes=(Identifier("BU"),)) == ()
    assert annexes("confidential", signed="none") == ()


def test_the_list_of_annexes_is_that_of_the_annexes():
    """The table shows the annexes given, and says so where there is none."""
    assert [row[:5] for row in table(report(), "annexes")] == [
        ("A1", "Cooperation Agreement: Quill Network (QN)", "SAMPLE-001", "R-2021-001", "4"),
        ("A2", "Cooperation Agreement: Tinta de León", "SAMPLE-002", "R-2021-002", "5"),
    ]
    assert "This report has no annexes." in said(report(annexes=()), "note")


def test_the_period_of_a_report():
    """Own days go before those of the reporting period, and that before the project's; today ends it early."""
    found = records()
    period = ReportingPeriod(id=Identifier("P3"), first_day=Day(2021, 9, 1), last_day=Day(2022, 2, 28))
    project = replace(found.project, reporting_periods=(period,))
    bare = asked(first_day=None, last_day=None)
    assert (period_of(project, bare).first, period_of(project, bare).last) == (project.start, project.end)
    named = replace(bare, period=Identifier("P3"))
    assert (period_of(project, named).name, period_of(project, named).last) == ("P3", date(2022, 2, 28))
    assert period_of(project, replace(named, first_day=Day(2022, 1, 1))).first == date(2022, 1, 1)
    assert reporting_day(project, named, date(2021, 12, 24)) == date(2021, 12, 24)
    assert reporting_day(project, named, date(2030, 1, 1)) == date(2022, 2, 28)
    blocks = report(named, found=replace(found, project=project))
    assert control(blocks)["Reporting period"] == "P3: 1 September 2021 – 28 February 2022"


def test_images_are_found_beside_the_texts():
    """Only pictures in the folder of a deliverable are taken, by deliverable and name."""
    files = {
        "records/deliverables/X2/road.png": b"a", "records/deliverables/X2/photo.JPEG": b"b",
        "records/deliverables/X2/aims.md": b"c", "records/deliverables/road.png": b"d", "other/X2/road.png": b"e",
        "records/deliverables/X2/deep/road.png": b"f",
    }  # fmt: skip
    assert images_of(files) == {("X2", "road.png"): b"a", ("X2", "photo.JPEG"): b"b"}


def test_later_registrations_show_in_no_report_of_an_earlier_register():
    """What is not in the register that a report was made from changes nothing in it."""
    early = LIFE[:3]
    more = tuple(signed("A-10", 9, {"SOUTH": "2021-10-01", "silent": "2021-10-02"}, "2022-06-01T00:00:00+00:00"))
    assert report(register=view(*early)) == report(register=view(*early))
    assert report(register=view(*early)) != report(register=view(*early, *more))
