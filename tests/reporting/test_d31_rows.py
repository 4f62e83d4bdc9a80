"""The shipped deliverable D3.1, row by row against the facts taken from the document by hand.

Read back from the finished Word file, so that nothing between the records and the page can lose a row.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import docx
import pytest

from elca_docs.records import read_portfolio
from elca_docs.rendering import compile_document
from elca_docs.reporting import plan_blocks, subject_of

ROOT = Path(__file__).parents[2]
FACTS = json.loads((ROOT / "tests" / "data" / "facts.json").read_text(encoding="utf-8"))
CAPTIONS = {
    "table_1": "Table 1. Clusters and Business Networks from participating countries",
    "table_2": "Table 2. Clusters Cooperation Agreements",
    "table_3": "Table 3. Clusters/Consortiums & Intermediary Organizations Cooperation Agreements",
    "table_4": "Table 4. International meetings",
    "table_5": "Table 5. Cross-fertilisation planning timeline",
}
# The facts write down what was read; the row prints the words without the reader's own notes behind them.
NOTE = re.compile(r' \("Fist" in print\)| \(in the name\)| \(planned-activities column only\)| \(sic\)| \(no tense\)')
# Words of somebody who reads another document: they belong in remarks, never in the deliverable itself.
READING = re.compile(
    r"\b(printed?|prints|stated|states|inferred|inference|unclear|probably|not settled|headed|leaves? .* empty|cell)\b"
)
MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - reads as a row
)


@cache
def records():
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "records").rglob("*")
        if path.suffix in {".yaml", ".md"}
    }
    return read_portfolio(files).portfolio


@cache
def document():
    portfolio = records()
    deliverable = next(each for each in portfolio.deliverables if each.id == "D3.1")
    data = compile_document(
        plan_blocks(portfolio, deliverable, as_of=date(2022, 8, 31)),
        (ROOT / "templates" / "deliverables" / f"{deliverable.template}.docx").read_bytes(),
        title=deliverable.title,
        subject=subject_of(portfolio, deliverable),
        language="en",
    )
    return docx.Document(io.BytesIO(data))


def texts():
    """Return every paragraph of the document, those of tables included; the cover's control block aside."""
    control, *tables = document().tables
    assert control.rows[0].cells[0].text == "Project"
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    return [each.text for part in (document(), *cells) for each in part.paragraphs]


@cache
def rows(caption):
    """Return the rows of the table below a caption, each as the texts of its cells; without the heading row."""
    content = list(document().iter_inner_content())
    place = next(number for number, each in enumerate(content) if getattr(each, "text", "") == caption)
    return [tuple(cell.text for cell in row.cells) for row in content[place + 1].rows][1:]


def row_of(fact):
    """Return the row of a fact: the tables keep the order of the document."""
    table, number = fact["id"].split("-")
    return rows(CAPTIONS[f"table_{table[1:]}"])[int(number) - 1]


def facts(*tables):
    return [fact for table in tables for fact in FACTS["tables"][table]["rows"]]


def steps(fact):
    return fact.get("activities") or fact.get("dates") or []


def has(text, found):
    """Whether words stand in a text, whatever their capitals and the space between them."""
    plain = " ".join(NOTE.sub("", text).split()).casefold()
    return plain in " ".join(found.split()).casefold()


def named(fact):
    return fact["id"]


@pytest.mark.parametrize(
    ("table", "count"), [("table_1", 15), ("table_2", 12), ("table_3", 7), ("table_4", 6), ("table_5", 15)]
)
def test_every_table_has_all_its_rows(table, count):
    """Tables 1 to 5 keep their numbers and have 15, 12, 7, 6 and 15 rows."""
    assert len(rows(CAPTIONS[table])) == count == len(FACTS["tables"][table]["rows"])


def test_all_columns_are_there():
    """Tables 1 to 4 have the columns of the document: name, responsible, description, and what follows."""
    assert [len(rows(CAPTIONS[f"table_{each}"])[0]) for each in range(1, 6)] == [4, 4, 4, 5, 2]


@pytest.mark.parametrize("fact", facts("table_1", "table_2", "table_3", "table_4"), ids=named)
def test_names_and_partners(fact):
    """Each row begins with the organisation as printed, and names the responsible partners as printed."""
    name, responsible, *_ = row_of(fact)
    assert name.split("\n")[0] == fact["organisation"]
    assert responsible == fact["responsible_printed"]


@pytest.mark.parametrize("fact", facts("table_2", "table_3"), ids=named)
def test_expected_signatures(fact):
    """The last column of an agreement is its expected date as printed."""
    assert row_of(fact)[3] == fact["expected_signature"]["printed"]


@pytest.mark.parametrize("fact", facts("table_1", "table_3", "table_4"), ids=named)
def test_activities_with_dates_places_and_people(fact):
    """Each activity stands in its row, its date and place in front of it, with whom and its status behind it."""
    found = row_of(fact)[2 if fact["id"].startswith("T3") else 3]
    for step in steps(fact):
        date_, what = step.get("date") or {}, step["kind"] or ""
        place, whom = step.get("place") or "", step.get("with") or ""
        line = next(
            line
            for line in found.split("\n")
            if has(what, line) and has(date_.get("printed", ""), line) and has(place, line)
        )
        assert has(whom, line), step
        assert bracketed(line) == status_of(step), step


def bracketed(line):
    """Return the status that a step's line ends with in brackets."""
    found = re.search(r"\((past|planned|ongoing|past/ongoing|tbd|unclear.*)\)\.$", line)
    return found[1] if found else ""


def status_of(step):
    """Return the status that a step should show: none that is unclear, or that its printed date tells already."""
    status = NOTE.sub("", step.get("status") or "")
    printed = (step.get("date") or {}).get("printed", "").replace(" ", "")
    return "" if status.startswith("unclear") or status in printed else status


@pytest.mark.parametrize("fact", facts("table_1", "table_3", "table_4"), ids=named)
def test_what_is_said_of_the_organisation(fact):
    """Regions, sizes, memberships and long names stand in the row; an inferred country does not."""
    found = "\n".join(row_of(fact))
    region = (fact.get("region_stated") or "").replace("Nuevo Leon", "Nuevo León")
    assert has(region, found)
    for key in ("players", "countries", "grant_agreement", "coordinated_by", "member_of", "project_membership"):
        assert has(str(fact.get(key, "")), found), key
    assert has(fact.get("expansion", ""), found)
    if fact["id"] != "T4-03":
        assert all(has(sector.split(" / ")[0].split(" (")[0], found) for sector in fact["sectors"])


@pytest.mark.parametrize("fact", facts("table_2"), ids=named)
def test_what_table_2_adds(fact):
    """What Table 2 says beyond Table 1 stands in its row."""
    found = row_of(fact)[2]
    assert all(has(sector, found) for sector in fact.get("extra_sectors", []))
    assert has(fact.get("member_of", ""), found)


@pytest.mark.parametrize("fact", facts("table_4"), ids=named)
def test_expectations(fact):
    """The last column of a meeting has its expectations and results, one per line; a dash where none is printed."""
    assert row_of(fact)[4].casefold().split("\n") == ([each.casefold() for each in fact["expectations"]] or ["–"])


@pytest.mark.parametrize("fact", facts("table_3"), ids=named)
def test_missions_and_conditions(fact):
    """A mission stands in the row by its name, and in the words of the plan where it has some; a condition is kept."""
    found = row_of(fact)[2]
    mission = [line for line in found.split("\n") if line.startswith("Mission: ")]
    assert len(mission) == bool(fact["mission_inferred"])
    assert all(has(fact["mission_inferred"], line) for line in mission)
    assert has(fact["mission_stated"] or "", found)
    assert all(has("physical attendance where", found) for step in steps(fact) if step.get("condition"))
    assert has(fact.get("door_opener_to", ""), found)


@pytest.mark.parametrize("fact", facts("table_5"), ids=lambda fact: fact["printed"])
def test_months_and_activities(fact):
    """Each month of the timeline has its label and its activities, word by word; a dash where there is none."""
    label, activities = rows(CAPTIONS["table_5"])[fact["month_index"] - 6]
    year, month = fact["calendar_month"].split("-")
    assert label == f"M{fact['month_index']} – {MONTHS[int(month) - 1]} {year}"
    assert activities.split("\n") == ([each["printed"] for each in fact["activities"]] or ["–"])


def test_indicators():
    """The ten indicators stand with number, title and target, and each says how it is counted."""
    table = next(each for each in document().tables if each.rows[1].cells[0].text == "KPI 1")
    found = [tuple(cell.text for cell in row.cells) for row in table.rows][1:]
    assert [(row[0], row[1], row[3].split("\n")[0]) for row in found] == [
        (f"KPI {kpi['id']}", kpi["title"], f"{kpi['target']} {kpi['unit']}") for kpi in FACTS["kpis"]
    ]
    assert all(row[4] != "–" for row in found)


def test_sections():
    """The sections are those of the table of contents, in order and on their levels."""
    found = [each for each in document().paragraphs if each.style.name.startswith("Heading")]
    counts = [0, 0]
    numbered = []
    for each in found:
        level = int(each.style.name[-1])
        counts[level - 1] += 1
        counts[level:] = [0] * (2 - level)
        numbered.append(f"{'.'.join(map(str, counts[:level]))}{'.' if level == 1 else ''} {each.text}")
    assert numbered == [entry["entry"].rstrip(".") for entry in FACTS["table_of_contents"]]


def remarks_of(value):
    """Give the remarks of records, however deep."""
    if isinstance(value, tuple):
        for each in value:
            yield from remarks_of(each)
    elif dataclasses.is_dataclass(value):
        yield from filter(None, [getattr(value, "remark", "")])
        for field in dataclasses.fields(value):
            yield from remarks_of(getattr(value, field.name))


def test_no_remark_is_printed():
    """Not one of the records' remarks, nor a sentence of one, stands in the document."""
    found = " ".join(texts())
    remarks = list(remarks_of(records()))
    assert len(remarks) > len(records().indicators)
    sentences = {sentence for each in remarks for sentence in (each, *re.split(r"(?<=\.) ", each))}
    assert sorted(each for each in sentences if each.rstrip(".") in found) == []


def test_nobody_reads_about_a_reading():
    """The deliverable speaks of the plan and never of how another document is printed, read or understood."""
    assert [each for each in texts() if READING.search(each)] == []


def test_sectors_beyond_mobility():
    """The three sectors stand as printed, with their examples."""
    table = next(each for each in document().tables if each.rows[0].cells[0].text == "Sector")
    found = [tuple(cell.text for cell in row.cells) for row in table.rows][1:]
    assert [row[0] for row in found] == [each["printed"] for each in FACTS["sectors_beyond_mobility"]]
    for row, fact in zip(found, FACTS["sectors_beyond_mobility"], strict=True):
        assert all(has(detail, row[1]) for detail in fact.get("detail", []))
