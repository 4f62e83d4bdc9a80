"""The tasks as a user calls them: wrong flags, wrong files and wrong ids get one message and the agreed exit code."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from invoke import Program

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import tasks  # noqa: E402 - the project folder holds it


@dataclass(frozen=True)
class Run:
    """What a task printed, and the exit code it ended with."""

    returncode: int
    stdout: str
    stderr: str


def started(*arguments: str) -> Run:
    """Run a task in a process of its own, as a user does."""
    run = subprocess.run(
        [sys.executable, "-m", "invoke", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    return Run(run.returncode, run.stdout, run.stderr)


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run a task in this process, through Invoke's own parser and with its exit code."""

    def run(*arguments: str) -> Run:
        capsys.readouterr()
        program = Program(namespace=tasks.namespace)
        code: object = 0
        try:
            program.run(["invoke", *arguments])
        except SystemExit as ended:
            code = ended.code
        return Run(int(str(code or 0)), *capsys.readouterr())

    return run


@pytest.fixture
def folder(tmp_path: Path) -> str:
    shutil.copytree(ROOT / "examples/demo/records", tmp_path / "records")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return str(tmp_path)


def test_the_list_names_the_main_tasks() -> None:
    """Every task of the design that exists is listed, with build first and a line that says what it does."""
    lines = started("--list").stdout.splitlines()
    names = [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]
    assert names[0] == "build"
    assert {"build", "check", "draft", "register.register", "status", "compile", "demo", "record", "test"} <= set(names)


def test_every_flag_is_read_by_us() -> None:
    """Invoke would turn a text into a number by itself, and answer a wrong one with a traceback."""
    flags = [flag for name in tasks.namespace.task_names for flag in tasks.namespace[name].get_arguments()]
    assert len(flags) > 50
    assert [flag.name for flag in flags if flag.kind not in {str, bool, list}] == []


def test_status_json_has_the_agreed_keys_and_the_true_figures_of_a_fresh_clone(
    tmp_path: Path, invoke: Callable[..., Run]
) -> None:
    """The agreed keys and the true figures: nothing is signed, as of the project's end, and the output says so."""
    shutil.copytree(ROOT / "records", tmp_path / "records")
    answer = json.loads(invoke("status", "--format", "json", "--root", str(tmp_path)).stdout)
    figures = {each["id"]: each for each in answer["indicators"]}
    keys = {"id", "title", "target", "planned", "named", "drafted", "sent", "signed", "counted", "gap", "overdue"}
    assert all(set(each) == keys for each in figures.values())
    shown = {name: tuple(figures[name][key] for key in ("target", "planned", "named")) for name in figures}
    assert shown["KPI 2"] == (12, 12, 12)
    assert shown["KPI 3"] == (6, 7, 7)
    assert shown["KPI 4"] == (20, 20, 0)
    assert shown["KPI 5"] == (10, 10, 0)
    assert all(each["signed"] in {0, None} and each["counted"] == 0 for each in figures.values())
    assert answer["as_of"] == "2022-08-31"
    assert "ended" in answer["as_of_note"]
    assert sum(each["status"] == "slot" for each in answer["agreements"]) == 30
    row = {
        "id", "reference", "class", "responsible", "counterpart", "expected", "status", "pending", "overdue",
        "signed_on", "register_number", "counted", "because",
    }  # fmt: skip
    assert all(set(each) == row for each in answer["agreements"])


def test_status_csv_is_read_back_by_a_spreadsheet(invoke: Callable[..., Run], folder: str) -> None:
    """One row per indicator, as many cells as there are columns."""
    rows = list(csv.reader(io.StringIO(invoke("status", "--format", "csv", "--root", folder).stdout)))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [row[0] for row in rows[1:]] == [f"KPI {number}" for number in range(1, 7)]


@pytest.mark.parametrize("by", ["agreement", "partner", "mission", "class", "timeline"])
def test_status_by_prints_a_table(invoke: Callable[..., Run], folder: str, by: str) -> None:
    """Each way of looking at it ends well and names the project."""
    run = invoke("status", "--by", by, "--root", folder)
    assert (run.returncode, "SAMPLE" in run.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("status", "--by", "mood"), 2, "mood"),
        (("status", "--format", "pdf"), 2, "pdf"),
        (("status", "--as-of", "31.12.2021"), 2, "31.12.2021"),
        (("status", "--why", "KPI 99"), 2, "KPI 99"),
        (("status", "--why", "KPI 1", "--format", "csv"), 2, "csv"),
        (("compile", "Z9"), 2, "Z9"),
        (("verify", "--head", "xyz"), 2, "xyz"),
        (("verify", "--file", "nowhere.pdf"), 1, "nowhere.pdf"),
        (("pack", "--kpi", "KPI 99"), 2, "KPI 99"),
        (("draft", "--only", "nothing"), 2, "nothing"),
        (("record", "phoned", "--ref", "CA-01"), 2, "phoned"),
        (("register", "--ref", "CA-01"), 2, "--file"),
        (("draft", "--colour", "red"), 1, "--colour"),
    ],
)
def test_a_wrong_call_is_one_message(
    invoke: Callable[..., Run], folder: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """Exit 2 for a flag's value, 1 where Invoke itself complains; never a traceback."""
    run = invoke(*arguments, *(() if "--colour" in arguments else ("--root", folder)))
    assert run.returncode == code
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_folder_without_records_is_one_message(tmp_path: Path, invoke: Callable[..., Run]) -> None:
    """It names the file that is missing and says what to do."""
    run = invoke("build", "--root", str(tmp_path))
    assert (run.returncode, "project.yaml" in run.stderr, "fix:" in run.stderr) == (1, True, True)


def test_a_bug_of_ours_says_so(invoke: Callable[..., Run], folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected error is exit code 3 with what to do; the traceback comes only when asked for."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("elca_docs.workflows.reviewing.status", broken)
    run = invoke("status", "--root", folder)
    assert (run.returncode, "bug of the program" in run.stderr, "Traceback" in run.stderr) == (3, True, False)
    monkeypatch.setenv("DOCS_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        invoke("status", "--root", folder)


@pytest.mark.slow
def test_thirty_drafts_at_once_give_no_number_twice_and_none_is_missing(folder: str) -> None:
    """Thirty processes draft one and the same project: all end well, and the numbers are whole."""
    with ThreadPoolExecutor(30) as pool:
        runs = list(pool.map(lambda _: started("draft", "--root", folder), range(30)))
    assert [run.returncode for run in runs] == [0] * 30, [run.stderr for run in runs if run.returncode]
    log = json.loads(started("register.log", "--format", "json", "--root", folder).stdout)
    given = [each["reference"] for each in log if each["kind"] == "referenced"]
    assert len(given) == len(set(given)) == 8
    second = started("draft", "--root", folder)
    assert "unchanged: 8" in second.stdout


@pytest.mark.slow
def test_thirty_offices_drafting_one_agreement_each(folder: str) -> None:
    """Thirty processes, each for another partner or agreement, share the series without gap or double."""
    only = ["CA-01", "CA-02", "CA-03", "CA-04", "CA-05", "CA-06", "BA-01", "BA-02"]
    with ThreadPoolExecutor(30) as pool:
        runs = list(pool.map(lambda place: started("draft", "--only", only[place % 8], "--root", folder), range(30)))
    assert [run.returncode for run in runs] == [0] * 30
    log = json.loads(started("register.log", "--format", "json", "--root", folder).stdout)
    series: dict[str, list[int]] = {}
    for each in log:
        if each["kind"] == "referenced":
            series.setdefault(each["series"], []).append(each["seq"])
    assert sum(len(numbers) for numbers in series.values()) == 8
    assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in series.values())
