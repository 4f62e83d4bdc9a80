"""`init`: a project that builds at once, says nothing of another one, and is never made over one that is there."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from desks import NOON, desk, project, tree
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.errors import RecordsError, RequestError
from elca_docs.exchange import pasted_indicators
from elca_docs.model.values import Day
from elca_docs.records import Beginning, read_portfolio, starter_records
from elca_docs.workflows import asking
from elca_docs.workflows.building import build
from elca_docs.workflows.checking import check
from elca_docs.workflows.drafting import draft
from elca_docs.workflows.initiating import Answers, initiate
from elca_docs.workflows.reminding import remind

PASTED = "KPI\tTitle\tTarget\nKPI 1\tCooperation agreements with clusters\t12\nKPI 2\tTalleres con pymes\t4\n"


def answers(place: Path, **fields) -> Answers:
    """Return everything that a new project needs."""
    said = Answers(
        folder=str(place / "neu"),
        acronym="NEU",
        grant="0042",
        title='Neues: "Größe" #1',
        start="2021-01-31",
        months="24",
        partners=("NORD=Nord & Söhne: Verein", "SUED=Süd #2"),
    )
    return replace(said, **fields)


def typed(lines: Iterable[str]) -> Callable[[str], str]:
    """Return how a person types these lines and then closes the window."""
    left = iter(lines)

    def ask(_: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return ask


def uncommented(text: str) -> str:
    """Return a records file with its example made real."""
    head, _, example = text.partition("# Example:\n")
    return head + "".join(re.sub("^# ?", "", line) for line in example.splitlines(keepends=True))


def test_a_new_project_builds_reminds_and_checks_at_once(tmp_path: Path) -> None:
    """Flags alone are enough; the records read as they were said; the next step is printed and works."""
    (tmp_path / "k.txt").write_text(PASTED, encoding="utf-8")
    said = answers(tmp_path, indicators=str(tmp_path / "k.txt"))
    summary = initiate(said)
    assert summary.lines[-1] == f"next: invoke build --root {said.folder}"
    there = desk(Path(said.folder))
    found = there.portfolio
    assert (found.project.title, found.project.acronym, found.project.grant_number) == (said.title, "NEU", "0042")
    assert [(each.id, each.name, each.coordinator) for each in found.partners] == [
        ("NORD", "Nord & Söhne: Verein", True),
        ("SUED", "Süd #2", False),
    ]
    rules = [(each.id, each.target, each.rule.counts, each.rule.classes + each.rule.kinds) for each in found.indicators]
    assert rules == [("KPI 1", 12, "agreements", ("CA",)), ("KPI 2", 4, "events", ("workshop",))]
    assert build(there).problems == ()
    assert (Path(said.folder) / "output/deliverables/PLAN.docx").is_file()
    assert remind(there).exit_code == 0
    assert check(said.folder).exit_code == 0


def test_nothing_that_it_makes_or_builds_names_another_project(tmp_path: Path) -> None:
    """Records, templates, documents, sheets, mails: no word of this repository's own project."""
    said = answers(tmp_path)
    initiate(said)
    folder = Path(said.folder)
    for name, text in {path: path.read_text(encoding="utf-8") for path in (folder / "records").rglob("*.yaml")}.items():
        name.write_text(uncommented(text), encoding="utf-8")
    there = desk(folder, NOON)
    assert build(there).problems == ()
    assert "new: 0" in "\n".join(draft(there).lines)
    remind(there)
    produced = [path for path in folder.rglob("*") if path.is_file() and "register" not in path.parts]
    assert {path.suffix for path in produced} >= {".yaml", ".docx", ".eml", ".ics", ".xlsx"}
    for path in produced:
        data = path.read_bytes()
        if path.suffix in {".docx", ".xlsx"}:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = b"\n".join(package.read(name) for name in package.namelist())
        assert b"elca" not in data.lower(), path.name
        assert b"951158" not in data, path.name


names = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u00ad"), min_size=1, max_size=40
)


@settings(max_examples=30, deadline=None)
@given(
    title=names.filter(lambda text: text.strip()).map(lambda text: " ".join(text.split())),
    months=st.integers(1, 120),
    start=st.dates(Day(2000, 1, 1), Day(2060, 1, 1)),
    indicators=st.lists(
        st.tuples(st.just("KPI"), names.map(lambda text: f"x{text}x"), st.integers(0, 999999)), max_size=1
    ),
)
def test_whatever_a_title_holds_the_records_read_back(title, months, start, indicators) -> None:
    """No text changes the structure of a file, and all examples together are a project that reads."""
    beginning = Beginning(
        title=title,
        acronym="NEU",
        grant_number="1.10",
        start=Day(start.year, start.month, start.day),
        months=months,
        partners=[("NO", title), ("B", "null")],
        indicators=indicators,
    )
    records = starter_records(beginning)
    for texts in (records, {name: uncommented(text.decode()).encode() for name, text in records.items()}):
        reading = read_portfolio(texts)
        assert reading.problems == ()
        assert reading.portfolio is not None
        project_ = reading.portfolio.project
        read = (" ".join(project_.title.split()), project_.grant_number, project_.duration_months)
        assert read == (unicodedata.normalize("NFC", title), "1.10", months)


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Business agreements of SMEs", ("agreements", ("BA",))),
        ("Memorandum of understanding", ("agreements", ("CA",))),
        ("Matchmaking events", ("events", ("matchmaking",))),
        ("International meetings", ("events", ("meeting",))),
        ("Seminars", ("events", ("event",))),
        ("Clusters contacted", ("contacts", ())),
        ("New sectors", ("sectors", ())),
        ("Happiness", ("events", ("to-be-decided",))),
    ],
)
def test_how_an_indicator_counts_is_guessed_and_says_so(title: str, rule: tuple[str, tuple[str, ...]]) -> None:
    """What cannot be guessed counts nothing until a person decides."""
    beginning = Beginning(
        title="T", acronym="N", grant_number="1", start=Day(2021, 1, 1), months=1, partners=[("A", "B")],
        indicators=[("KPI 1", title, 3)],
    )  # fmt: skip
    records = starter_records(beginning)
    found = read_portfolio(records).portfolio
    assert found is not None
    (indicator,) = found.indicators
    assert (indicator.rule.counts, indicator.rule.classes + indicator.rule.kinds) == rule
    word = "Nothing counts until" if rule[1] == ("to-be-decided",) else "Guessed from the title"
    assert word in records["records/indicators.yaml"].decode()


def test_everything_missing_and_wrong_comes_in_one_message(tmp_path: Path) -> None:
    """Codes init-incomplete and init-value; nothing is written."""
    with pytest.raises(RequestError) as caught:
        initiate(Answers())
    (problem,) = caught.value.problems
    assert problem.code == "init-incomplete"
    for flag in ("--folder", "--acronym", "--grant", "--title", "--start", "--months", "--partner"):
        assert flag in problem.message
    wrong = answers(
        tmp_path,
        acronym="N E",
        start="31.1.2021",
        months="0",
        title="a\tb",
        partners=("x", "A=", "B=b", "b=c", "C D=e"),
    )
    with pytest.raises(RequestError) as caught:
        initiate(wrong)
    said = [problem.message for problem in caught.value.problems]
    assert {problem.code for problem in caught.value.problems} == {"init-value"}
    assert len(said) == 8
    assert all(problem.fix for problem in caught.value.problems)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["records/project.yaml", "register/log/000001.jsonl"])
def test_a_project_that_is_there_is_never_touched(tmp_path: Path, there: str) -> None:
    """Code project-exists, before any question and before anything is written."""
    said = answers(tmp_path)
    path = Path(said.folder) / there
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(RequestError) as caught:
        initiate(said, ask=typed([]))
    assert caught.value.problems[0].code == "project-exists"
    assert tree(tmp_path) == before


def test_a_file_that_is_there_without_a_project_stays(tmp_path: Path) -> None:
    """Somebody's own template is kept and named."""
    said = answers(tmp_path)
    own = Path(said.folder) / "templates/agreements/cooperation.docx"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"mine")
    lines = initiate(said).lines
    assert any("kept" in line and "cooperation.docx" in line for line in lines)
    assert own.read_bytes() == b"mine"


def test_a_folder_with_spaces_is_quoted_in_the_next_step(tmp_path: Path) -> None:
    """The printed line can be copied."""
    summary = initiate(answers(tmp_path, folder=str(tmp_path / "neu es")))
    assert summary.lines[-1] == f'next: invoke build --root "{tmp_path / "neu es"}"'


def test_what_the_records_reader_refuses_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    """A year that no project has, with the code of the reader."""
    with pytest.raises(RecordsError):
        initiate(answers(tmp_path, start="0001-01-01"))
    assert list(tmp_path.iterdir()) == []


def test_on_a_terminal_what_is_missing_is_asked_for_until_it_can_be_read(tmp_path: Path) -> None:
    """A slip is told and asked again; a pasted table with a slip, too; Enter alone ends a list."""
    told: list[str] = []
    folder = tmp_path / "neu"
    lines = [
        str(folder), "N E", "NEU", "0042", "Title", "1.1.2021", "2021-01-01", "x", "24",
        "foo", "A=Alpha", "a=Again", "B=Beta", "",
        "KPI 1\tAgreements\tmany", "", *PASTED.splitlines(), "",
    ]  # fmt: skip
    initiate(Answers(), ask=typed(lines), tell=told.append)
    found = desk(folder).portfolio
    assert [each.id for each in found.partners] == ["A", "B"]
    assert [each.id for each in found.indicators] == ["KPI 1", "KPI 2"]
    assert len(told) == 6
    assert "'1.1.2021' is not a day" in told[1]


@pytest.mark.parametrize("given", [0, 3, 8])
def test_a_window_closed_in_between_is_one_message_and_nothing_is_written(tmp_path: Path, given: int) -> None:
    """Whatever was not asked yet is listed as missing."""
    lines = [str(tmp_path / "neu"), "NEU", "1", "Title", "2021-01-01", "24", "A=Alpha", "B=Beta"][:given]
    if given == 8:  # everything needed was said; the table of indicators may be left out
        assert "partners 2, indicators 0" in initiate(Answers(), ask=typed(lines)).lines[0]
        return
    with pytest.raises(RequestError) as caught:
        initiate(Answers(), ask=typed(lines))
    assert caught.value.problems[0].code == "init-incomplete"
    assert list(tmp_path.iterdir()) == []


def test_a_table_pasted_as_the_last_thing_needs_no_empty_line(tmp_path: Path) -> None:
    """The end of input ends it, too; a pasted table with a slip is then missing without a word lost."""
    assert "indicators 2" in initiate(answers(tmp_path), ask=typed(PASTED.splitlines())).lines[0]
    slip = answers(tmp_path / "b")
    assert "indicators 0" in initiate(slip, ask=typed(["KPI 1\tAgreements\tmany"]), tell=[].append).lines[0]


def test_enter_alone_means_no_indicators(tmp_path: Path) -> None:
    """The file then holds an example."""
    said = answers(tmp_path)
    initiate(said, ask=typed([""]))
    assert "# Example:" in (Path(said.folder) / "records/indicators.yaml").read_text(encoding="utf-8")


def test_nothing_is_asked_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both in- and output have to be a terminal."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert asking.terminal() is None

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stdout", Terminal())
    assert asking.terminal() is input


def test_an_indicators_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The path as it was typed, beside everything else that is wrong."""
    missing = str(tmp_path / "nothing.txt")
    with pytest.raises(RequestError) as caught:
        initiate(answers(tmp_path, indicators=missing, months="two"))
    found = {problem.code: problem for problem in caught.value.problems}
    assert set(found) == {"file-missing", "init-value"}
    assert missing in found["file-missing"].message


@pytest.mark.parametrize(
    "data",
    [
        PASTED.encode(),
        PASTED.encode("utf-8-sig"),
        PASTED.encode("utf-16"),
        PASTED.replace("\t", ";").replace("\n", "\r\n").encode(),
        ("\n" + PASTED.split("\n", 1)[1].replace("KPI 1\t", '"KPI\n1:"\t') + "\t\t\n").encode(),
    ],
)
def test_a_table_reads_the_same_however_it_was_pasted(data: bytes) -> None:
    """UTF-8 with and without mark, Excel's Unicode text, semicolons, quoted cells with line ends, empty rows."""
    assert pasted_indicators(data, name="k.txt") == (
        (("KPI 1", "Cooperation agreements with clusters", 12), ("KPI 2", "Talleres con pymes", 4)),
        (),
    )


def test_an_old_windows_file_keeps_its_letters() -> None:
    """Bytes that are no UTF-8 are read as Windows wrote them."""
    found, _ = pasted_indicators("KPI 1;Größe;3".encode("cp1252"), name="k.txt")
    assert found == (("KPI 1", "Größe", 3),)


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "indicators-unreadable", "holds no row"),
        (b"KPI\tTitle\tTarget\n", "indicators-unreadable", "holds no row"),
        (b"\xff\xfe\x00", "indicators-unreadable", "not text"),
        (b"\x81", "indicators-unreadable", "not text"),
        (b"x" * 1_000_001, "indicators-unreadable", "not text"),
        (b'1\t"' + b"x" * 200_000 + b'"\t3', "indicators-unreadable", "field larger"),
        (b"1\tTitle\t3\n2\tTitle\n", "indicator-row", "has 2 cells, not 3"),
        (b"1\tTitle\t3\textra\n", "indicator-row", "has 4 cells, not 3"),
        (b"1\tTitle\t1.000\n", "indicator-row", "'1.000', which is no whole number"),
        (b"1\tTitle\tat least 3\n", "indicator-row", "no whole number"),
        (b"/1\tTitle\t3\n", "indicator-row", "no usable id"),
        (b"1\t\t3\n", "indicator-row", "no title"),
        (b"a\tTitle\t3\nA\tTitle\t3\n", "indicator-row", "'A' stands in the table twice"),
    ],
)
def test_a_table_that_is_not_plain_is_asked_back(data: bytes, code: str, said: str) -> None:
    """Codes indicators-unreadable and indicator-row, with the row; nothing is guessed."""
    _, problems = pasted_indicators(data, name="k.txt")
    assert [problem.code for problem in problems] == [code]
    assert said in problems[0].message
    assert problems[0].location is not None
    assert problems[0].fix


def test_init_in_a_folder_of_an_existing_project_changes_nothing(tmp_path: Path) -> None:
    """The demo's own records, as a person might point at them by mistake."""
    folder = project(tmp_path / "p")
    before = tree(folder)
    with pytest.raises(RequestError):
        initiate(answers(tmp_path, folder=str(folder)))
    assert tree(folder) == before
