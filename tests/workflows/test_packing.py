"""`pack`: a zip that proves the figures without the program, refuses what is not whole, and can hide persons."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from audited import audited, send
from desks import desk, tree

from elca_docs.errors import RequestError, WorkspaceError
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.packing import pack

pytestmark = pytest.mark.slow  # a project with papers for each test


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return audited(tmp_path_factory.mktemp("packed") / "p")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    made = tmp_path / "p"
    shutil.copytree(original, made)
    return made


def made(folder: Path, **flags: object) -> Path:
    """Make a pack and return where it lies."""
    told = pack(desk(folder), **flags).lines[0]
    return folder / told.removeprefix("wrote ").partition(":")[0]


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def everything(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def checked(path: Path, folder: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], capture_output=True, check=False
    ).returncode


def test_a_pack_holds_everything_and_checks_itself(folder: Path, tmp_path: Path) -> None:
    """Index, papers, versions sent, the whole log, the list; clean is 0, one changed byte is 1."""
    path = made(folder)
    assert path.name == "SAMPLE-all-2021-11-15.zip"
    there = names(path)
    segments = sorted(each.name for each in (folder / "register/log").glob("*.jsonl"))
    assert [each for each in there if each.startswith("log/")] == [f"log/{name}" for name in segments]
    assert {"README.txt", "index.xlsx", "index.pdf", "figures.json", "verify.py", "SHA256SUMS"} <= set(there)
    for kind in ("signed/R-2021-002_", "held/2021-10-05_C-01_", "issued/", "other/"):
        assert any(each.startswith(kind) for each in there), kind
    unpacked = tmp_path / "unpacked"
    assert checked(path, unpacked) == 0
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=unpacked, check=False).returncode == 0  # noqa: S607
    paper = next((unpacked / "signed").iterdir())
    paper.write_bytes(paper.read_bytes() + b" ")
    assert (
        subprocess.run([sys.executable, "-I", str(unpacked / "verify.py")], capture_output=True, check=False).returncode
        == 1
    )


def test_a_pack_counts_what_status_counts(folder: Path) -> None:
    """Each figure, each counted line in its order, and every other line with the rules that fail."""
    there = desk(folder)
    report = report_on(there, there.register.view())
    said = json.loads(everything(made(folder))["figures.json"])
    for figure, packed in zip(report.figures, said["figures"], strict=True):
        assert (packed["id"], packed["counted"]) == (figure.id, figure.counted)
        assert [row["id"] for row in packed["lines"] if row["counted"]] == list(figure.counted_ids)
        assert all(any(not each["ok"] for each in row["reasons"]) for row in packed["lines"] if not row["counted"])
    assert sum(figure.counted for figure in report.figures) >= 2


def test_the_same_register_and_day_give_the_same_bytes(folder: Path) -> None:
    """Made twice, it is one file."""
    first = made(folder).read_bytes()
    assert made(folder).read_bytes() == first


@pytest.mark.parametrize("flag", ["KPI 2", "kpi 2", "kpi-2", "2"])
def test_a_pack_of_one_indicator_holds_only_its_papers(folder: Path, flag: str) -> None:
    """Named as people name it; the log stays whole, because a part of it proves nothing."""
    path = made(folder, kpi=flag)
    assert path.name == "SAMPLE-kpi-2-2021-11-15.zip"
    assert not any(each.startswith("held/") for each in names(path))
    assert [each["id"] for each in json.loads(everything(path)["figures.json"])["figures"]] == ["KPI 2"]


def test_an_indicator_that_is_none_is_a_wrong_flag(folder: Path) -> None:
    """Exit code 2 with a guess."""
    with pytest.raises(RequestError, match="unknown-name"):
        pack(desk(folder), kpi="KPI 99")


def test_what_is_not_whole_is_refused_and_the_last_pack_stays(folder: Path) -> None:
    """Everything missing or damaged is told at once; redacted or not; nothing is half-written."""
    good = made(folder)
    before = good.read_bytes()
    gone, cut = sorted(folder.glob("register/evidence/*/*.pdf"))[:2]
    gone.unlink()
    cut.chmod(0o600)
    cut.write_bytes(b"x")
    sent = min(folder.glob("register/issued/*.pdf"))
    sent.chmod(0o600)
    sent.write_bytes(b"x")
    with pytest.raises(WorkspaceError) as refused:
        pack(desk(folder))
    assert sorted(each.code for each in refused.value.problems) == [
        "evidence-damaged",
        "evidence-damaged",
        "issue-damaged",
    ]
    assert good.read_bytes() == before
    assert [each.name for each in good.parent.iterdir()] == [good.name]
    with pytest.raises(WorkspaceError):
        pack(desk(folder), redacted=True)


def test_a_file_damaged_while_packing_leaves_the_last_pack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are compared again as they are written."""
    good = made(folder)
    before = good.read_bytes()
    monkeypatch.setattr("elca_docs.workflows.packing._check_whole", lambda *_: None)
    min(folder.glob("register/evidence/*/*.pdf")).unlink()
    with pytest.raises(WorkspaceError, match="evidence-damaged"):
        pack(desk(folder))
    assert good.read_bytes() == before
    assert [each.name for each in good.parent.iterdir()] == [good.name]


def test_packing_changes_nothing_in_the_register(folder: Path) -> None:
    """It reads."""
    before = tree(folder / "register")
    made(folder)
    assert tree(folder / "register") == before


def test_what_was_read_off_a_file_goes_with_it(folder: Path) -> None:
    """The opinion of the day it came in lies beside the paper, and not in a redacted pack."""
    notes = {path.read_bytes() for path in folder.glob("register/evidence/*/*.json")}
    whole = everything(made(folder))
    assert notes
    assert {data for name, data in whole.items() if name.endswith(".json") and name != "figures.json"} <= notes
    assert all(f"{Path(name).with_suffix('.json')}" in whole for name in whole if name.startswith(("signed/", "held/")))
    assert not notes & set(everything(made(folder, redacted=True)).values())


def test_a_redacted_pack_names_nobody(folder: Path, tmp_path: Path) -> None:
    """No signed copy, no list, no log, no person's id, and no party of a confidential agreement; but every digest."""
    records = folder / "records/agreements.yaml"
    text = records.read_text(encoding="utf-8")
    records.write_text(text.replace("- id: CA-01\n", "- id: CA-01\n  confidential: true\n", 1), encoding="utf-8")
    whole = json.loads(everything(made(folder))["figures.json"])
    path = made(folder, redacted=True)
    assert path.name == "SAMPLE-all-2021-11-15-redacted.zip"
    packed = everything(path)
    assert not [name for name in packed if name.startswith(("signed/", "held/", "other/", "log/"))]
    assert not [name for name in packed if name.startswith("issued/")]
    said = json.loads(packed["figures.json"])
    rows = {row["id"]: row for figure in said["figures"] for row in figure["lines"]}
    assert rows["CA-01"]["what"] == "confidential"
    assert rows["CA-01"]["signed"] == []
    assert {each["left_out"] for each in (*rows["CA-01"]["files"], *rows["CA-01"]["sent"])} == {
        "the agreement is confidential"
    }
    hidden = next(row for figure in whole["figures"] for row in figure["lines"] if row["id"] == "CA-01")["what"]
    others = [row["what"] for row in rows.values()]
    readable = packed["figures.json"].decode() + packed["README.txt"].decode()
    assert "officer-1" not in readable
    assert readable.count(hidden) == others.count(hidden)  # a contact with the same organisation is no secret
    digests = {each["sha256"] for figure in whole["figures"] for row in figure["lines"] for each in row["files"]}
    assert all(digest in readable for digest in digests)
    assert checked(path, tmp_path / "redacted") == 0


def test_a_redacted_pack_holds_no_version_that_was_sent(folder: Path) -> None:
    """The text may name who is to sign, also where the records have forgotten the person; a whole pack has it."""
    (folder / "records/people.yaml").unlink()
    assert [each for each in names(made(folder)) if each.startswith("issued/")]
    assert not [each for each in names(made(folder, redacted=True)) if each.startswith("issued/")]


def test_an_empty_register_makes_a_pack_of_noughts(folder: Path, tmp_path: Path) -> None:
    """Nothing counts, and the pack says so and is well."""
    shutil.rmtree(folder / "register")
    path = made(folder)
    assert checked(path, tmp_path / "empty") == 0
    assert {each["counted"] for each in json.loads(everything(path)["figures.json"])["figures"]} == {0}


def test_a_second_version_goes_in_too(folder: Path) -> None:
    """Every version that was sent for an agreement, not only the last."""
    reference = next(each.reference for each in desk(folder).register.view().agreements.values() if not each.sent)
    send(folder, reference)
    assert f"issued/{reference}_v1.docx" in names(made(folder))


def test_each_registered_agreement_of_the_pack_has_its_record_sheet(folder: Path) -> None:
    """Who signed, in what capacity and when, can be read without the program; a redacted pack names nobody."""
    registered = {each.register_number for each in report_on(desk(folder), desk(folder).register.view()).agreements}
    there = [each for each in names(made(folder)) if each.startswith("records/")]
    assert {each.removeprefix("records/").partition("_")[0] for each in there} == registered - {""}
    assert not [each for each in names(made(folder, redacted=True)) if each.startswith("records/")]
