"""One partner on one page: what stands there, what is cut, and that it is one page in Word's eyes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from elca_docs.model.agenda import Agenda, AgendaLine, Share
from elca_docs.model.blocks import Block, Heading, Listing, Paragraph, Table
from elca_docs.model.missing import Missing, MissingField
from elca_docs.model.values import Expected
from elca_docs.rendering import compile_document
from elca_docs.reporting import partner_blocks
from elca_docs.reporting.partner_page import PAGE_PHRASES

TEMPLATE = Path(__file__).parents[2] / "templates/deliverables/plan.docx"
LONG = "Number of very long things that nobody can say in one breath and that go on for longer than a line"
LATE = AgendaLine(
    id="A-1", matter="agreement", title="Example Agreement", counterpart="Alpha", expected=Expected(2021, 9), days=5
)
SHARE = Share(indicator="KPI 1", title=LONG, target=None, planned=4, named=3, done=2, counted=1, overdue=0)
FIELD = MissingField(
    missing=Missing(label="address of Alpha", field="f", record="r", key="k", owner="NORD"), agreements=("A-1",)
)
EMPTY = Agenda(
    partner="NORD",
    name="Example Cluster North",
    language="en",
    project="EXAMPLE",
    grant_number="000000",
    as_of=date(2021, 10, 5),
    as_of_note="",
    until=date(2021, 11, 4),
)
FULL = replace(
    EMPTY,
    mine=tuple(replace(SHARE, indicator=f"KPI {each}") for each in range(1, 11)),
    overdue=tuple(replace(LATE, id=f"A-{each}", counterpart=LONG) for each in range(30)),
    due=(replace(LATE, id="D-1", days=0),),
    next=tuple(replace(LATE, id=f"N-{each}", days=0, title=LONG) for each in range(9)),
    unnamed=(replace(LATE, id="S", free=True, count=4, counterpart="", days=0),),
    missing=(FIELD,) * 9,
)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    """Return every text of the page, in order."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading(text=text):
                found.append(text)
            case Paragraph(spans=spans):
                found.append("".join(span.text for span in spans))
            case Listing(entries=entries):
                found += ["".join(span.text for span in spans) for spans in entries]
            case Table(columns=columns, rows=rows):
                found.append(" | ".join(column.heading for column in columns))
                found += [
                    " | ".join(" ".join(s.text for line in each.lines for s in line) for each in row) for row in rows
                ]
    return found


def test_the_page_of_a_partner() -> None:
    """Golden: who, as of when, its part, what is open, what is missing, what is next."""
    agenda = replace(
        EMPTY, mine=(replace(SHARE, title="Agreements"),), overdue=(LATE,), missing=(FIELD,), unnamed=FULL.unnamed
    )
    assert texts(partner_blocks(agenda)) == [
        "NORD – Example Cluster North",
        "Where our part of EXAMPLE (grant 000000) stands on 5 October 2021.",
        "Our part",
        "Indicator | Target | Planned | Named | Done | Counted | Overdue",
        "KPI 1 Agreements | – | 4 | 3 | 2 | 1 | 0",
        "Open",
        "What | When | How far",
        "Example Agreement with Alpha (A-1) | expected September 2021, 5 days overdue | –",
        "Missing in the records",
        "address of Alpha (1 agreement)",
        "Next",
        "4 places have no name or plan yet: 4 × Example Agreement (S).",
    ]


def test_an_empty_page_says_that_nothing_is_open() -> None:
    """No empty table, and no silence either."""
    assert texts(partner_blocks(EMPTY))[2:] == [
        "Open",
        "Nothing is overdue, waiting or due until 4 November 2021.",
        "Missing in the records",
        "Nothing is missing.",
        "Next",
        "Nothing is planned after 4 November 2021.",
    ]


def test_long_lists_and_names_are_cut_and_say_so() -> None:
    """What is not on the page is counted on it."""
    page = "\n".join(texts(partner_blocks(FULL)))
    assert "and 26 more | – | –" in page
    assert page.count("and 6 more") == 2
    assert LONG not in page
    assert "address of Alpha (2 agreements)" in "\n".join(
        texts(partner_blocks(replace(FULL, missing=(replace(FIELD, agreements=("A-1", "A-2")),))))
    )


def test_both_languages_have_the_same_phrases() -> None:
    """No phrase is missing in one of them, and the same places are filled; the page of a Spanish partner is Spanish."""
    english, spanish = PAGE_PHRASES["en"], PAGE_PHRASES["es"]
    assert set(english) == set(spanish)
    for name, phrase in english.items():
        assert sorted(re.findall(r"\{\w+\}", phrase)) == sorted(re.findall(r"\{\w+\}", spanish[name])), name
    assert "Pendiente" in texts(partner_blocks(replace(FULL, language="es")))


def written(agenda: Agenda) -> bytes:
    return compile_document(
        partner_blocks(agenda), TEMPLATE.read_bytes(), title="NORD", subject="EXAMPLE", language=agenda.language
    )


def test_the_page_has_no_cover() -> None:
    """Its first page has the header of the others: nothing of a cover lies across the tables."""
    document = Document(io.BytesIO(written(FULL)))
    assert document.sections[0].different_first_page_header_footer is False
    assert written(FULL) == written(FULL)


@pytest.mark.needs("libreoffice", "poppler")
@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_fullest_page_is_one_page(tmp_path: Path, language: str) -> None:
    """Ten indicators, thirty overdue things, long names: still one sheet of A4."""
    (tmp_path / "page.docx").write_bytes(written(replace(FULL, language=language)))
    office = (str(shutil.which("soffice")), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless")
    converted = (*office, "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "page.docx"))
    subprocess.run(converted, check=True, capture_output=True, timeout=120)
    shown = subprocess.run(
        [str(shutil.which("pdfinfo")), str(tmp_path / "page.pdf")], check=True, capture_output=True, text=True
    ).stdout
    assert re.search(r"Pages:\s+(\d+)", shown)[1] == "1"
