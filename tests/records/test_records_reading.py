"""A project's files to its portfolio: everything or all problems at once, with places, in any order of files."""

from __future__ import annotations

from pathlib import Path
from subprocess import run
from sys import executable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project_texts import (
    AGREEMENTS,
    ORGANISATIONS,
    PARTNERS,
    PROJECT,
    briefly,
    only_problem,
    portfolio_of,
    problems_of,
    project_files,
)

from elca_docs.errors import Location
from elca_docs.records import read_portfolio

ROOT = Path(__file__).parents[2]
NARRATIVES = {"records/deliverables/D1/aims.md": b"# Aims\r\n\r\nLeo\xcc\x81n\r\n"}
DELIVERABLE = "id: D1\nkind: plan\ntitle: x\ntemplate: plan\nsections:\n  - {heading: h, narrative: aims.md}\n"


def test_a_whole_project_is_read():
    """Files become records of the model, in the order of files and lines; kinds without a file are empty."""
    portfolio = portfolio_of(deliverables__D1=DELIVERABLE.replace(", narrative: aims.md", ""))
    assert portfolio.project.grant_number == "000042"
    assert [each.id for each in portfolio.partners] == ["ABC", "XYZ"]
    assert [each.id for each in portfolio.agreements] == ["A-1", "A-2"]
    assert [each.id for each in portfolio.deliverables] == ["D1"]
    assert (portfolio.events, portfolio.people, portfolio.timeline.months) == ((), (), ())


def test_narratives_are_clean_text():
    """A narrative is found by deliverable and name, with line ends and accents as in records."""
    files = project_files(deliverables__D1=DELIVERABLE) | NARRATIVES
    reading = read_portfolio(files)
    assert reading.problems == ()
    assert reading.portfolio is not None
    assert dict(reading.portfolio.narratives) == {("D1", "aims.md"): "# Aims\n\nLeón\n"}


def test_a_narrative_without_a_deliverable_is_told():
    """A folder of narratives that belongs to nothing would be printed nowhere."""
    problems = read_portfolio(project_files() | NARRATIVES).problems
    assert [(each.code, str(each.location)) for each in problems] == [
        ("unknown-file", "records/deliverables/D1/aims.md")
    ]  # fmt: skip


def test_a_narrative_is_checked_like_a_record_file():
    """Narratives are UTF-8 without invisible characters, too."""
    files = project_files(deliverables__D1=DELIVERABLE) | {"records/deliverables/D1/aims.md": b"Le\xf3n\n"}
    assert briefly(read_portfolio(files).problems) == [("not-utf8", "deliverables/D1/aims.md:1:3")]


def test_every_record_and_field_has_its_place():
    """Findings can point at a record, a field, or what stands inside it; the file's stem comes first."""
    text = (
        AGREEMENTS
        + "- id: A-3\n  class: MU\n  responsible: [ABC]\n  counterparts:\n    - acme\n  steps:\n    - what: x\n"
    )
    places = portfolio_of(agreements=text).places
    expected = {
        ("project",): "project.yaml:1:1",
        ("project", "start"): "project.yaml:4:1",
        ("project", "tasks", "T1.1", "leader"): "project.yaml:10:58",
        ("partners", "XYZ"): "partners.yaml:2:3",
        ("agreements", "A-1", "class"): "agreements.yaml:1:13",
        ("agreements", "A-3"): "agreements.yaml:3:3",
        ("agreements", "A-3", "counterparts"): "agreements.yaml:6:3",
        ("agreements", "A-3", "counterparts", "0"): "agreements.yaml:7:7",
        ("agreements", "A-3", "steps", "0", "what"): "agreements.yaml:9:7",
    }
    assert {path: str(places[path]) for path in expected} == {k: f"records/{v}" for k, v in expected.items()}


def test_the_nearest_place_stands_for_a_field_that_is_not_written():
    """A finding about an absent field points at its record."""
    portfolio = portfolio_of()
    assert portfolio.place("agreements", "A-1", "expected") == portfolio.places["agreements", "A-1"]
    assert portfolio.place("nowhere") is None


def test_all_problems_come_at_once_in_order_of_place():
    """A broken file, a bad value, a wrong link and a stray file are all told in one run, sorted by file and line."""
    problems = problems_of(
        agreements="- id: A-1\n  class: QQ\n  responsible: [ABD]\n  mision: x\n  counterparts: [acme]\n",
        organisations="- id: acme\n  name: [x\n",
        partners=PARTNERS + "- {id: T, name: x, country: Germany}\n",
        events=b"\xff\xfea",
        agreement="- x\n",
    )
    assert briefly(problems) == [
        ("unknown-file", "agreement.yaml"),
        ("unknown-id", "agreements.yaml:2:10"),
        ("unknown-id", "agreements.yaml:3:17"),
        ("unknown-field", "agreements.yaml:4:3"),
        ("not-utf8", "events.yaml:1:1"),
        ("yaml-syntax", "organisations.yaml:2:9"),
        ("bad-value", "partners.yaml:3:29"),
    ]


def test_a_file_that_cannot_be_read_makes_no_ids_unknown():
    """One broken file is one problem, not one for every link into it."""
    assert briefly(problems_of(partners="- id: [\n")) == [("yaml-syntax", "partners.yaml:2:1")]
    assert briefly(problems_of(organisations=b"\xff")) == [("not-utf8", "organisations.yaml:1:1")]
    assert briefly(problems_of(project="title: x\n\tacronym: y\n")) == [("yaml-syntax", "project.yaml:2:1")]


def test_a_record_with_a_mistake_still_has_its_id():
    """A partner with a bad country is a partner: links to it are no problem."""
    assert briefly(problems_of(partners=PARTNERS.replace("DE", "Germany"))) == [("bad-value", "partners.yaml:1:52")]


def test_a_project_that_fails_hides_nothing():
    """Where the project itself is wrong, the rules that need it wait, and all others are checked."""
    problems = problems_of(project=PROJECT.replace("2030-01-01", "soon"), agreements=AGREEMENTS.replace("acme", "axe"))
    assert briefly(problems) == [("unknown-id", "agreements.yaml:1:59"), ("bad-value", "project.yaml:4:8")]


def test_a_folder_without_a_project_is_told_first():
    """Nothing can be done without project.yaml."""
    (problem,) = read_portfolio({}).problems
    assert (problem.code, str(problem.location)) == ("records-missing", "records/project.yaml")
    assert read_portfolio({}).portfolio is None


def test_an_empty_project_lacks_its_fields():
    """An empty project.yaml is asked for each field it must have; an empty list file is an empty list."""
    problems = problems_of(project="# nothing yet\n", partners="", organisations="", agreements="# none\n")
    assert [each.code for each in problems] == ["missing-field"] * 5
    assert {str(each.location) for each in problems} == {"records/project.yaml:1:1"}
    assert portfolio_of(agreements="", events="", timeline="").agreements == ()


@pytest.mark.parametrize(
    ("texts", "place", "message"),
    [
        ({"agreements": "agreements:\n  - id: x\n"}, "agreements.yaml:1:1",
         "records/agreements.yaml holds a list of agreements, and a group of keys stands here"),
        ({"agreements": "none\n"}, "agreements.yaml:1:1",
         "records/agreements.yaml holds a list of agreements, and a single value stands here"),
        ({"agreements": AGREEMENTS + "- A-3\n"}, "agreements.yaml:3:3",
         "an agreement is wanted here, and a single value stands here"),
        ({"agreements": AGREEMENTS + "-\n"}, "agreements.yaml:3:2",
         "an agreement is wanted here, and nothing stands here"),
        ({"timeline": "- month: 1\n"}, "timeline.yaml:1:1", "the timeline is wanted here, and a list stands here"),
        ({"deliverables__D1": "- id: D1\n"}, "deliverables/D1.yaml:1:1",
         "a deliverable is wanted here, and a list stands here"),
    ],
)  # fmt: skip
def test_a_file_has_the_shape_of_its_kind(texts: dict[str, str], place: str, message: str):
    """Lists where lists belong, one record where one belongs; the fix shows how to begin."""
    problem = only_problem(**texts)
    assert (problem.code, str(problem.location), problem.message) == ("wrong-type", f"records/{place}", message)
    assert problem.fix


def test_a_folder_of_files_is_one_list():
    """A list may be split over files; both forms together give the same portfolio as one file."""
    first, second = AGREEMENTS.splitlines(keepends=True)
    whole = portfolio_of()
    assert portfolio_of(agreements=first, agreements__b=second) == whole
    assert portfolio_of(agreements="", agreements__a=first, agreements__b=second) == whole


@given(st.permutations(sorted(project_files())), st.permutations(range(5)), st.permutations(range(3)))
@settings(max_examples=12, deadline=None)
def test_the_order_of_files_and_records_never_matters(files: list[str], rows: list[int], lines: list[int]):
    """Whatever the order of files and of records in them, the same records and problems come out."""
    more = [f"- {{id: B-{number}, class: MU, responsible: [ABC], counterparts: [acme]}}\n" for number in range(5)]
    organisations = ORGANISATIONS.splitlines(keepends=True)
    texts = project_files(
        agreements=AGREEMENTS + "".join(more[row] for row in rows),
        organisations="".join(organisations[line] for line in lines),
    )
    portfolio = read_portfolio({path: texts[path] for path in files}).portfolio
    assert portfolio is not None
    assert sorted(each.id for each in portfolio.agreements) == ["A-1", "A-2", "B-0", "B-1", "B-2", "B-3", "B-4"]
    assert portfolio.agreement_by_id["B-3"] == portfolio_of(agreements=AGREEMENTS + more[3]).agreement_by_id["B-3"]
    assert dict(portfolio.organisation_by_id) == dict(portfolio_of().organisation_by_id)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_damaged_file_gives_problems_and_no_exception(data: st.DataObject):
    """Bytes changed anywhere in any file give a portfolio or problems with places; nothing else can happen."""
    files = project_files()
    path = data.draw(st.sampled_from(sorted(files)))
    whole = files[path]
    at = data.draw(st.integers(0, len(whole)))
    files[path] = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 3)) :]
    reading = read_portfolio(files)
    assert (reading.portfolio is None) == bool(reading.problems)
    assert all(each.location and each.message and each.fix for each in reading.problems)


def test_reading_is_the_same_every_time():
    """Same files, same portfolio, same problems in the same order."""
    bad = {"agreements": AGREEMENTS.replace("acme", "axe").replace("XYZ", "XZ"), "partner": ""}
    assert problems_of(**bad) == problems_of(**bad)
    assert portfolio_of() == portfolio_of()
    assert portfolio_of().places == portfolio_of().places


def test_an_odd_id_of_a_deliverable_is_spelled_out():
    """Neither its length nor its characters break the message about the file's name."""
    text = DELIVERABLE.replace("id: D1", f'id: "x{chr(92)}n{"y" * 300}"').replace(", narrative: aims.md", "")
    messages = [each.message for each in problems_of(deliverables__D1=text) if each.code == "file-name-differs"]
    assert messages == [f"the file is named D1.yaml, and the id in it is 'x{chr(92)}u000a{'y' * 52}…'"]


def test_two_thousand_files_are_read_in_seconds():
    """A folder with 2,000 files, one record each, is one list; a mistake in one of them is told with its file."""
    from time import process_time

    files = {f"organisations__o{row:04}": f"- {{id: o{row}, name: Body {row}}}\n" for row in range(2_000)}
    begun = process_time()
    portfolio = portfolio_of(**files)
    assert process_time() - begun < 5
    assert len(portfolio.organisations) == 2_003
    problem = only_problem(**files | {"organisations__o1234": "- {id: o77, name: x}\n"})
    assert (problem.code, str(problem.location)) == ("duplicate-id", "records/organisations/o1234.yaml:1:8")
    assert problem.message == "the organisation 'o77' is already there, in records/organisations/o0077.yaml, line 1"


def test_files_elsewhere_are_ignored():
    """Only records/ is read."""
    files = project_files() | {"templates/x.yaml": b"\xff", "records/notes.txt": b"\xff", "README.md": b""}
    assert read_portfolio(files).problems == ()


def test_a_large_plan_takes_time_in_proportion():
    """Twice the records take about twice the time, with links, places and problems; nothing is looked for in a row."""
    from time import process_time

    def seconds(number: int, *, broken: bool) -> float:
        organisation = "zzz" if broken else "o"
        rows = sorted(range(number), key=lambda row: row * 7919 % number)
        agreements = "".join(
            f"- {{id: B-{row}, class: MU, responsible: [ABC], counterparts: [{organisation}{row}]}}\n" for row in rows
        )
        organisations = ORGANISATIONS + "".join(f"- {{id: o{row}, name: x}}\n" for row in rows)
        files = project_files(agreements=agreements, organisations=organisations)
        begin = process_time()
        reading = read_portfolio(files)
        assert len(reading.problems) == (number if broken else 0)
        return process_time() - begin

    for broken in (False, True):
        small, large = seconds(600, broken=broken), seconds(2_400, broken=broken)
        assert large < 12 * small


def test_pydantic_is_not_imported_with_the_room():
    """Tasks that read no records do not pay for the validator; neither do they for Babel."""
    code = "import sys, elca_docs.records; print([m for m in ('pydantic', 'babel') if m in sys.modules])"
    done = run([executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_a_problem_has_a_place_that_editors_open():
    """path:line:column, with forward slashes."""
    problem = only_problem(agreements=AGREEMENTS.replace("acme", "axe"))
    assert problem.location == Location("records/agreements.yaml", 1, 59)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["[", "{a: ", "- ", "? ", "a: ", "- a\n", "a: b\n", "&a ", "*a ", "!", "'", '"', "|", ",", "\n"]
)
@pytest.mark.parametrize("head", ["", "k: ", "[", 'x: "'])
def test_a_megabyte_of_anything_ends(piece: str, head: str):
    """The largest file of the oddest text gives problems in seconds, and nothing else."""
    text = (head + piece * 999_990)[:999_990]
    reading = read_portfolio({"records/project.yaml": text.encode()})
    assert reading.portfolio is None
    assert reading.problems
