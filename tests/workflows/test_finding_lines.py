"""The findings on the screen: counted first, theme by theme, in lines that a terminal of eighty columns shows whole."""

from __future__ import annotations

import pytest

from elca_docs.errors import Location
from elca_docs.model.findings import Finding, Severity
from elca_docs.records import CODES, THEMES, by_theme
from elca_docs.workflows.finding_lines import counted, finding_lines

LAST = "records are readable · findings: some"
LONG = "a sentence that names both of its sides and goes on for longer than one line of a terminal can hold, as many do"


def finding(code: str, severity: Severity = "warning", number: int = 1, **said: str) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=said.get("message", f"sentence {number}"),
        ids=(f"o{number}",),
        location=Location("records/x.yaml", number, 3),
        other_location=Location("records/y.yaml", number) if "beside" in said else None,
        fix=said.get("fix", "ask"),
    )


def test_a_short_list_is_the_list_then_the_count_and_one_step() -> None:
    """Two findings need no table: each with its place, what to do once, and the next step as the last line."""
    found = [finding("name-varies", number=1, beside="y"), finding("name-varies", number=2)]
    assert finding_lines(found, LAST, width=100) == (
        "Names of partners and organisations (2)",
        "",
        f"  2 warnings · name-varies · {CODES['name-varies']}",
        "    records/x.yaml:1:3: sentence 1",
        "        see also: records/y.yaml:1",
        "    records/x.yaml:2:3: sentence 2",
        "    fix: ask",
        "",
        LAST,
        "next: correct the records, or accept with a reason in records/accepted.yaml",
    )


def test_no_finding_is_one_line() -> None:
    """Whoever has nothing to settle gets no next step and no empty table."""
    assert finding_lines([], LAST) == (LAST,)


def test_what_to_do_stands_beside_each_where_it_differs() -> None:
    """Said once it would be wrong for one of them; a finding without a place or a fix leaves no gap."""
    bare = Finding(code="name-varies", severity="hint", message="nowhere")
    found = [finding("name-varies", fix="ask"), finding("name-varies", number=2, fix="tell"), bare]
    lines = finding_lines(found, LAST, width=100)
    assert lines[3:8] == (
        "    records/x.yaml:1:3: sentence 1",
        "        fix: ask",
        "    records/x.yaml:2:3: sentence 2",
        "        fix: tell",
        "    nowhere",
    )
    assert not [line for line in finding_lines([bare], LAST) if "fix:" in line]


def test_themes_and_codes_come_in_the_order_of_the_page() -> None:
    """Themes as in the catalogue, within them the gravest code first, within a code as they were found."""
    found = [finding("name-varies"), finding("name-shared", "error"), finding("total-differs", "hint")]
    shape = [(theme.title, tuple(codes)) for theme, codes in by_theme(found)]
    assert shape == [
        ("Totals and targets", ("total-differs",)),
        ("Names of partners and organisations", ("name-shared", "name-varies")),
    ]
    codes = [line.split(" · ")[1] for line in finding_lines(found, LAST) if line.startswith("  1")]
    assert codes == ["total-differs", "name-shared", "name-varies"]


@pytest.mark.parametrize("width", [80, 100])
def test_the_first_screen_of_a_long_list_counts_and_says_what_to_do(width: int) -> None:
    """All themes at once fit on 25 lines with the count and the next step, and the list ends with both again."""
    codes = [code for theme in THEMES for code in theme.codes]
    found = [finding(code, "error" if code == "homonym" else "hint", 7, message=LONG) for code in codes]
    lines = finding_lines(found, LAST, width=width)
    assert lines[0] == lines[-3] == LAST
    screen = lines[:25]
    rows = {line[:40].strip(): line[40:].split() for line in screen if line[:40].strip() in {t.title for t in THEMES}}
    told = {title: [0 if each == "·" else int(each) for each in numbers] for title, numbers in rows.items()}
    assert {title: sum(numbers) for title, numbers in told.items()} == {t.title: len(t.codes) for t in THEMES}
    assert told["Grant, agency and numbered objectives"] == [1, 0, 4]
    assert any(line.startswith("next: invoke check --only homonym (1 error)") for line in screen)
    assert lines[-2].startswith("next: ")
    assert max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()).count(LONG) == len(codes)


def test_places_are_never_broken() -> None:
    """An editor jumps to `path:line:column`; a path longer than the line stands whole."""
    path = f"records/organisations/{'long-' * 20}name.yaml"
    found = [Finding(code="name-varies", severity="hint", message="odd", location=Location(path, 4, 1))]
    assert f"    {path}:4:1:" in finding_lines(found, LAST, width=80)


def test_counts_are_told_by_severity() -> None:
    """One is no plural, and what somebody accepted is not counted."""
    accepted = Finding(code="homonym", severity="error", message="x", accepted="known")
    assert counted([finding("name-varies", "error"), finding("homonym"), finding("homonym"), accepted]) == (
        "1 error, 2 warnings"
    )
    assert counted([accepted]) == "none"
