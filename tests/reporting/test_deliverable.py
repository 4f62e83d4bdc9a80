"""A deliverable from cover to last table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from plan_specimens import AS_OF, FULL_COVER, PROJECT, SPANISH, TABLES, VERSIONS, deliverable, portfolio

from elca_docs.errors import Location, RecordsError
from elca_docs.model.blocks import Contents, Control, Heading, PageBreak, Paragraph, Table, line
from elca_docs.model.deliverables import Cover, Section
from elca_docs.model.project import DatedText
from elca_docs.model.values import Day
from elca_docs.reporting import plan_blocks, subject_of


def plan(as_of=AS_OF, records=None, **more):
    return plan_blocks(records or portfolio(), deliverable(**more), as_of=as_of)


def said(blocks, style):
    return [
        "".join(span.text for span in each.spans)
        for each in blocks
        if isinstance(each, Paragraph) and each.style == style
    ]


def table(blocks, caption):
    """Return the rows of a table as text; lines of a cell are joined with a bar."""
    (one,) = (each for each in blocks if isinstance(each, Table) and each.caption == caption)
    return [
        tuple(" | ".join("".join(span.text for span in spans) for spans in cell.lines) for cell in row)
        for row in one.rows
    ]


def control(blocks):
    (found,) = (each for each in blocks if isinstance(each, Control))
    return {
        label: value if isinstance(value, str) else "".join(span.text for span in value) for label, value in found.rows
    }


def test_the_order_of_a_deliverable():
    """Cover, abbreviations, contents, then the sections in order, each with its heading, narrative and tables."""
    kinds = [type(each).__name__ for each in plan()[:12]]
    assert kinds == [
        *("Paragraph", "Paragraph", "Paragraph", "Control", "Paragraph", "Paragraph", "PageBreak"),
        *("Heading", "Table", "PageBreak", "Contents", "PageBreak"),
    ]
    headings = [(each.text, each.level, each.numbered) for each in plan() if isinstance(each, Heading)]
    assert headings == [
        ("Abbreviations", 1, False),
        ("Aims", 1, True),
        ("Why", 3, True),
        *((each, 1, True) for each in TABLES),
    ]
    assert [each.caption for each in plan() if isinstance(each, Table)] == ["", *(f"All {each}" for each in TABLES)]


def test_a_deliverable_without_front_matter():
    """Without abbreviations and history the contents follow the cover at once."""
    blocks = plan(abbreviations={}, sections=())
    assert [type(each) for each in blocks[6:]] == [PageBreak, Contents, PageBreak]


def test_history_and_abbreviations():
    """The document history has a row per version; abbreviations are sorted."""
    history, abbreviations = (each for each in plan(versions=VERSIONS, sections=()) if isinstance(each, Table))

    def rows(table):
        return [[cell.lines[0][0].text for cell in row] for row in table.rows]

    assert rows(history) == [["1.0", "1 February 2021", "SOUTH", "First"], ["1.1", "–", "–", "–"]]
    assert rows(abbreviations) == [["KPI", "Key performance indicator"], ["WP", "Work package"]]


def test_the_cover_names_project_and_grant():
    """Title, project, acronym, grant and number of the deliverable stand on the cover."""
    blocks = plan()
    assert said(blocks, "title") == ["Plan of flight"]
    assert said(blocks, "subtitle") == [
        "Sample Alliance of Paper & Feather Clusters (SAMPLE)",
        "Deliverable X1 of work package WP3",
    ]
    assert said(plan(work_package=None), "subtitle")[1] == "Deliverable X1"
    assert subject_of(portfolio(), deliverable()) == "SAMPLE · 000000 · X1"


def test_what_is_unknown_is_said_to_be_not_stated():
    """The control block shows every gap of the cover."""
    assert control(plan()) == {
        "Project": "Sample Alliance of Paper & Feather Clusters",
        "Acronym": "SAMPLE",
        "Grant agreement": "000000",
        "Programme": "Sample Programme, Clusters Abroad",
        "Project period": "1 September 2020 – 31 August 2022 (24 months)",
        "Work package": "WP3 – Feathers",
        "Deliverable": "X1 – Plan of flight",
        "Type": "not stated",
        "Dissemination level": "not stated",
        "Lead beneficiary": "not stated",
        "Due": "not stated",
        "Submitted on": "not stated",
        "Version": "not stated",
        "Author": "not stated",
        "Edition": "public",
    }
    bare = replace(PROJECT, grant_number="", programme="", call="", work_packages=())
    assert [control(plan(records=portfolio(project=bare)))[each] for each in ("Grant agreement", "Work package")] == [
        "not stated",
        "not stated",
    ]


def test_what_is_unknown_stands_back():
    """A gap of the cover is set in italics, so that nobody takes it for a value."""
    (found,) = (each for each in plan() if isinstance(each, Control))
    gaps = [value for _, value in found.rows if not isinstance(value, str)]
    assert gaps == [line("not stated", italic=True)] * 7


def test_a_call_that_names_the_programme_stands_alone():
    """The programme is not said twice; without a call it stands by itself."""
    for call, shown in (("Sample Programme Abroad", "Sample Programme Abroad"), ("", "Sample Programme")):
        records = portfolio(project=replace(PROJECT, call=call))
        assert control(plan(records=records))["Programme"] == shown


def test_what_is_known_is_shown():
    """A full cover leaves no gap; months carry their calendar month."""
    rows = control(plan(cover=FULL_COVER))
    assert list(rows.values())[7:] == [
        *("R", "PU", "SOUTH – South Feather Cluster", "M14 – October 2021", "1 March 2021", "1.1"),
        *("South Feather Cluster", "public"),
    ]


@pytest.mark.parametrize(
    ("cover", "as_of", "agency"),
    [
        (Cover(), date(2021, 3, 31), "Old Sample Agency (OSA)"),
        (Cover(), date(2021, 4, 1), "New Sample Agency (NSA)"),
        (FULL_COVER, date(2022, 1, 1), "Old Sample Agency (OSA)"),
    ],
)
def test_the_disclaimer_names_the_agency_of_the_day(cover, as_of, agency):
    """Funding line and disclaimer are right on the day of submission, else on the day asked for."""
    assert said(plan(as_of, cover=cover), "foot") == [
        "Supported by Sample Programme, grant 000000.",
        f"Only the authors answer for this, not the {agency}.",
    ]


def test_texts_that_are_not_valid_are_not_printed():
    """A disclaimer whose time is over does not stand on a cover."""
    over = replace(PROJECT, disclaimers=(DatedText(text="Old", valid_until=Day(2020, 1, 1)),), funding_statements=())
    assert said(plan(records=portfolio(project=over)), "foot") == []


def test_a_place_that_cannot_be_filled_is_visible():
    """A disclaimer without agency and a funding line without grant say what is not stated, and in which words."""
    bare = replace(PROJECT, agencies=(), grant_number="")
    assert said(plan(records=portfolio(project=bare)), "foot") == [
        "Supported by Sample Programme, grant [Grant agreement: not stated].",
        "Only the authors answer for this, not the [funding agency: not stated].",
    ]


def test_an_agency_whose_name_holds_its_short_form():
    """The short form is not said twice."""
    named = replace(PROJECT, agencies=(DatedText(text="Sample Agency (SA)", short="SA"),))
    assert said(plan(records=portfolio(project=named)), "foot")[1].endswith("not the Sample Agency (SA).")


def test_a_deliverable_in_another_language():
    """The deliverable's own language goes before the project's: labels, dates and translated texts follow it."""
    blocks = plan(language=SPANISH)
    assert control(blocks)["Duración del proyecto"] == "1 de septiembre de 2020 – 31 de agosto de 2022 (24 meses)"
    assert said(blocks, "foot")[1] == "Solo responden los autores, no la Nueva Agencia de Muestra (NSA)."
    assert [each.heading for each in blocks if isinstance(each, Contents)] == ["Índice"]


def test_all_problems_of_narratives_come_at_once():
    """narrative-missing and narrative-unsupported are raised together, each with its place and what to do."""
    records = portfolio(
        narratives={("X1", "aims.md"): "`code`"},
        places={("deliverables", "X1"): Location("records/deliverables/X1.yaml", 1)},
    )
    sections = (Section(heading="Aims", narrative="aims.md"), Section(heading="More", narrative="more.md"))
    with pytest.raises(RecordsError) as refused:
        plan(records=records, sections=sections)
    assert [(each.code, str(each.location)) for each in refused.value.problems] == [
        ("narrative-missing", "records/deliverables/X1.yaml:1"),
        ("narrative-unsupported", "records/deliverables/X1/aims.md:1"),
    ]
    assert all(each.fix for each in refused.value.problems)


def test_the_same_records_give_the_same_blocks():
    """Nothing but records and day decides what a deliverable says."""
    assert plan() == plan()


def secret(*ids):
    """Return the records with these agreements confidential."""
    found = portfolio()
    return replace(found, agreements=tuple(replace(each, confidential=each.id in ids) for each in found.agreements))


def test_the_public_edition_of_a_plan_names_no_confidential_agreement():
    """Responsible and date stay, counterpart and description go; a note says how many, the cover which edition."""
    records = secret("A-2", "A-3")
    public, whole = plan(records=records), plan(records=records, edition="confidential")
    assert control(public)["Edition"] == "public"
    assert said(public, "note") == ["Left out of this edition: 2 confidential agreements are counted and not named."]
    rows, every = table(public, "All agreements"), table(whole, "All agreements")
    hidden = [row for row in rows if row[0] == "confidential agreement"]
    assert len(hidden) == 2
    assert {row[2] for row in hidden} == {"–"}
    assert sorted((row[1], row[3]) for row in rows) == sorted((row[1], row[3]) for row in every)
    (name,) = (each.name for each in records.organisations if each.id == "quill-net")
    assert name in repr(every)
    assert name not in repr(public)


def test_the_edition_asked_for_goes_before_that_of_the_record():
    """The confidential edition of a plan is the whole one, and says so; a free place withheld is one agreement."""
    records = secret("A-2")
    whole = plan_blocks(records, deliverable(), as_of=AS_OF, edition="confidential")
    assert control(whole)["Edition"] == "confidential"
    assert said(whole, "note") == []
    assert "confidential agreement" not in repr(table(whole, "All agreements"))
    assert whole == plan(records=records, edition="confidential")
    (slots,) = (each for each in portfolio().agreements if each.is_slot and each.id == "S-CO")
    free = slots.slots - portfolio().filled_slots.get(slots.id, 0)
    assert free > 1
    assert said(plan(records=secret("S-CO")), "note")[0].startswith(f"Left out of this edition: {free} confidential")
