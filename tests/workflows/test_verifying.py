"""`verify`: whatever is lost, cut, changed or added in the register is named, and looking changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from audited import audited
from desks import NOON, desk, tree

from elca_docs.errors import RecordsError, RequestError, WorkspaceError
from elca_docs.model.blocks import Control
from elca_docs.model.log_events import Corrected, Received, Referenced, Registered, Signed
from elca_docs.reporting import plan_blocks
from elca_docs.workflows.freezing import freeze
from elca_docs.workflows.reviewing import status
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.verifying import verify


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return audited(tmp_path_factory.mktemp("audited") / "p")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    made = tmp_path / "p"
    shutil.copytree(original, made)
    return made


def looked(folder: Path, **flags: object) -> Summary:
    return verify(str(folder), now=lambda: NOON, **flags)


def codes(summary: Summary) -> set[str]:
    return {each["code"] for each in summary.json["findings"]}


def errors(summary: Summary) -> set[str]:
    return {each.code for each in summary.problems}


def one(folder: Path, pattern: str) -> Path:
    return min(folder.glob(pattern))


def flip(path: Path, place: int = -1) -> None:
    """Change one byte of a file and nothing of its size."""
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(data))


def test_a_whole_register_is_whole(folder: Path) -> None:
    """Exit code 0, no finding, every check made, the head in full to keep elsewhere."""
    for read_data in (False, True):
        summary = looked(folder, read_data=read_data)
        assert (summary.exit_code, summary.json["status"], summary.json["findings"]) == (0, "clean", [])
        view = desk(folder).register.view()
        assert f"register position {view.position}, head {view.head}" in summary.lines
        assert summary.lines[-1] == "the register is whole"
        assert [each["name"] for each in summary.json["checks"]] == [
            "chain", "numbers", "states", "evidence", "issued", "cuts", "SHA256SUMS", "copies", "records", "figures",
            "place",
        ]  # fmt: skip
        assert json.dumps(summary.json)


def test_a_number_that_was_undone_is_explained(folder: Path) -> None:
    """The gap is no finding; the note says by which entry and why."""
    assert any("R-2021-001 is not in use" in line and "a page was missing" in line for line in looked(folder).lines)


@pytest.mark.parametrize("flags", [{}, {"read_data": True}, {"head": "0" * 8}])
def test_looking_changes_nothing(folder: Path, flags: dict[str, object]) -> None:
    """Every byte and every time in the whole project is as it was, and no folder is new."""
    before, folders = tree(folder), sorted(folder.rglob("*"))
    looked(folder, **flags)
    assert tree(folder) == before
    assert sorted(folder.rglob("*")) == folders


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("register/evidence/*/*.pdf", "evidence-damaged"),
        ("register/evidence/*/*.json", "note-damaged"),
        ("register/issued/*.pdf", "issue-damaged"),
        ("register/issued/*.docx", "issue-damaged"),
        ("register/signed/*.pdf", "copy-damaged"),
        ("register/held/*.pdf", "copy-damaged"),
    ],
)
def test_one_changed_byte_of_any_file_is_reported(folder: Path, pattern: str, code: str) -> None:
    """By --read-data, with the file's name; the quick look compares sizes and says so."""
    path = one(folder, pattern)
    flip(path)
    summary = looked(folder, read_data=True)
    assert (summary.exit_code, summary.json["status"]) == (1, "damaged")
    places = {str(each.location): each.code for each in summary.problems}
    assert places[path.relative_to(folder).as_posix()] == code
    assert errors(looked(folder)) == set()
    assert any("--read-data" in line for line in looked(folder).lines)


@pytest.mark.parametrize("segment", [1, 3, -1])
@pytest.mark.parametrize("place", [5, -5, 200])
def test_one_changed_byte_of_any_segment_is_reported(folder: Path, segment: int, place: int) -> None:
    """With or without --read-data: the log is always read in full."""
    path = sorted(folder.glob("register/log/*.jsonl"))[segment]
    flip(path, place)
    found = {str(each.location).partition(":")[0]: each.code for each in looked(folder).problems}
    assert found[path.relative_to(folder).as_posix()] == "log-damaged"


def test_all_damage_is_told_at_once(folder: Path) -> None:
    """Two damaged segments are both named, and evidence is still compared with its own names."""
    paths = sorted(folder.glob("register/log/*.jsonl"))
    flip(paths[1])
    flip(paths[4])
    flip(one(folder, "register/evidence/*/*.pdf"))
    summary = looked(folder, read_data=True)
    assert [each.code for each in summary.problems].count("log-damaged") == 2
    assert "evidence-damaged" in errors(summary)
    with pytest.raises(WorkspaceError, match="log-damaged"):
        looked(folder, file=str(one(folder, "register/signed/*.pdf")))


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("register/evidence/*/*.pdf", "evidence-missing"),
        ("register/issued/*.pdf", "issue-missing"),
        ("register/log/000002.jsonl", "log-gap"),
    ],
)
def test_a_file_that_is_gone_is_reported(folder: Path, pattern: str, code: str) -> None:
    """Quick look included."""
    one(folder, pattern).unlink()
    assert code in errors(looked(folder))


def test_a_note_that_is_gone_is_a_warning(folder: Path) -> None:
    """What was read on the day is lost; the evidence itself is there, and the register is whole."""
    one(folder, "register/evidence/*/*.json").unlink()
    summary = looked(folder)
    assert (summary.exit_code, codes(summary)) == (0, {"note-missing"})


def test_a_lost_file_is_mended_by_its_copy(folder: Path) -> None:
    """Where the readable copy is whole, the fix says to copy it back."""
    kept = one(folder, "register/held/*.pdf")
    digest = {path.read_bytes(): path for path in folder.glob("register/evidence/*/*.pdf")}[kept.read_bytes()]
    digest.unlink()
    (problem,) = (each for each in looked(folder).problems if each.code == "evidence-missing")
    assert kept.name in problem.fix
    digest.write_bytes(kept.read_bytes())
    assert looked(folder, read_data=True).exit_code == 0


def test_what_is_cut_shows_without_reading(folder: Path) -> None:
    """A file that lost its end has another size."""
    path = one(folder, "register/evidence/*/*.pdf")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-10])
    assert "evidence-damaged" in errors(looked(folder))


@pytest.mark.parametrize("name", ["records/agreements.yaml", "cut.json"])
def test_what_was_changed_in_a_cut_shows_without_the_flag(folder: Path, name: str) -> None:
    """A cut is small, so every byte of it is read each time, also where its size is what it was."""
    assert not freeze(desk(folder, as_of="2021-10-31"), "P1").problems
    assert looked(folder).exit_code == 0
    flip(folder / "register/cuts/P1" / name)
    summary = looked(folder)
    assert [(each.code, str(each.location)) for each in summary.problems] == [
        ("cut-damaged", f"register/cuts/P1/{name}")
    ]
    assert any("those of cuts by every byte" in line for line in summary.lines)


def test_what_nobody_registered_is_a_warning(folder: Path) -> None:
    """A file that a killed run left is no damage: the fix says to register again. Strange names are warned of too."""
    evidence = folder / "register/evidence"
    (evidence / "ab").mkdir(exist_ok=True)
    (evidence / "ab" / f"ab{'0' * 62}.pdf").write_bytes(b"x")
    (evidence / "ab" / "notes.txt").write_bytes(b"x")
    (evidence / "ab" / f"ab{'1' * 62}.json").write_bytes(b"{}")
    kept = one(folder, "register/evidence/*/*.pdf")
    kept.with_suffix(f".{'0' * 12}.json").write_bytes(b"{}")
    (folder / "register/issued/mine.docx").write_bytes(b"x")
    (folder / "register/signed/mine.pdf").write_bytes(b"x")
    summary = looked(folder, read_data=True)
    assert (summary.exit_code, summary.json["status"]) == (0, "warnings")
    assert codes(summary) == {"evidence-unknown", "evidence-stray", "note-unknown", "issue-unknown", "copy-unknown"}
    assert any("register again" in line for line in summary.lines)
    assert summary.lines[-1] == "the register is whole, 6 warnings"


def test_what_a_killed_run_left_undone_is_a_warning(folder: Path) -> None:
    """A readable copy or list that is not there yet, a version without its name, a torn segment: nothing is lost."""
    one(folder, "register/signed/*.pdf").unlink()
    (folder / "register/SHA256SUMS").unlink()
    sent = one(folder, "register/issued/*.pdf")
    digest = subprocess.run(["sha256sum", sent], capture_output=True, check=True).stdout.decode()[:64]  # noqa: S607
    (folder / "register/issued/.staged").mkdir(exist_ok=True)
    sent.rename(folder / "register/issued/.staged" / digest)
    last = max(folder.glob("register/log/*.jsonl"))
    (last.parent / f"{int(last.stem) + 1:06}.jsonl").write_bytes(b'{"actor": "a')
    summary = looked(folder)
    assert summary.json["status"] == "warnings"
    assert codes(summary) == {"copy-missing", "sums-behind", "issue-unnamed", "log-torn"}


def test_a_cut_tail_shows_by_the_list_and_by_an_old_head(folder: Path) -> None:
    """A log without its last segments is a whole chain; SHA256SUMS and a head that was printed show it."""
    head = desk(folder).register.view().head
    for path in sorted(folder.glob("register/log/*.jsonl"))[3:]:
        path.unlink()
    summary = looked(folder, head=head[:12])
    assert {"log-behind-proof", "head-unknown"} <= errors(summary)
    assert "chain" in [each["name"] for each in summary.json["checks"] if each["status"] == "clean"]


def test_an_old_head_is_found_with_its_segment(folder: Path) -> None:
    """Any beginning of at least eight characters, in capitals too; segments added later do not matter."""
    log = sorted(folder.glob("register/log/*.jsonl"))
    head = subprocess.run(["sha256sum", log[2]], capture_output=True, check=True).stdout.decode()[:64]  # noqa: S607
    summary = looked(folder, head=head[:8].upper())
    assert summary.exit_code == 0
    assert summary.json["head"]["segment"] == 3
    assert any("is segment 3" in line and f"{len(log) - 3} segments came after" in line for line in summary.lines)
    assert looked(folder, head="0" * 8).json["head"]["segment"] is None


def test_a_head_that_was_printed_is_found(folder: Path) -> None:
    """On the screen, for another program, and on the cover of a deliverable: each is a beginning that verify takes."""
    there = desk(folder)
    printed = status(there).lines[-1].rpartition(" ")[2]
    stated = status(there).json["register"]["head"]
    deliverable = there.portfolio.deliverables[0]
    view = there.register.view()
    blocks = plan_blocks(there.portfolio, deliverable, as_of=there.as_of, position=view.position, head=view.head)
    cover = next(each for each in blocks if isinstance(each, Control)).rows[-1]
    assert cover == ("Register", f"position {view.position}, head {printed}")
    for head in (printed, stated):
        assert looked(folder, head=head).json["head"]["segment"] == view.position


@pytest.mark.slow
def test_every_changed_byte_is_reported(folder: Path) -> None:
    """A sweep over each file that proves something: log, evidence, notes, versions sent, copies, list of digests."""
    for pattern in ("log/*", "evidence/*/*", "issued/*", "signed/*", "held/*", "SHA256SUMS"):
        for path in sorted(each for each in (folder / "register").glob(pattern) if each.is_file()):
            size = path.stat().st_size
            for place in range(0, size, max(1, size // 12)):
                flip(path, place)
                assert looked(folder, read_data=True).json["findings"], (path.name, place)
                flip(path, place)
    assert looked(folder, read_data=True).json["status"] == "clean"


@pytest.mark.parametrize("head", ["abc", "not a head", "g" * 10, "0" * 65])
def test_what_is_no_head_is_a_wrong_flag(folder: Path, head: str) -> None:
    """Exit code 2."""
    with pytest.raises(RequestError, match="bad-head"):
        looked(folder, head=head)


def test_a_list_that_was_changed_is_reported(folder: Path) -> None:
    """A digest that the log never spoke of, or another one than the register says."""
    sums = folder / "register/SHA256SUMS"
    lines = sums.read_text(encoding="utf-8").splitlines(keepends=True)
    kept, copied = (next(line for line in lines if folder in line) for folder in ("  evidence/", "  signed/"))
    other = next(line for line in lines if "  evidence/" in line and line[:64] != copied[:64])
    sums.write_text("".join(lines).replace(copied, other[:64] + copied[64:]), encoding="utf-8")
    assert errors(looked(folder)) == {"sums-damaged"}
    sums.write_text("".join(lines).replace(kept, "0" * 64 + kept[64:]), encoding="utf-8")
    assert "log-behind-proof" in errors(looked(folder))


def test_what_cannot_be_is_reported(folder: Path) -> None:
    """A number out of turn, a registration nobody signed, a signature or a number without proof, days that clash."""
    reference = "SAMPLE-CA-ALFA-777"
    series = "SAMPLE-CA-ALFA-{seq:03}"
    events = (
        Referenced(agreement="CA-99", reference=reference, series=series, seq=777),
        Signed(reference=reference, party="ALFA", on=date(2030, 1, 1), evidence="0" * 64, version=1),
        Registered(reference=reference, number="R-2021-009", series="R-2021-{seq:03}", seq=9),
    )
    desk(folder).register.append(lambda _: events)
    summary = looked(folder)
    assert errors(summary) == {"number-gap", "registered-unsigned", "signature-unproven", "registered-without-record"}
    assert "dated-ahead" in codes(summary)


def test_parties_that_signed_different_versions_are_reported(folder: Path) -> None:
    """An agreement is one text: a log in which somebody wrote otherwise is damaged."""
    view = desk(folder).register.view()
    registered = next(each for each in view.agreements.values() if each.registered)
    again = replace(registered.signatures[0], version=registered.signatures[0].version + 1)
    desk(folder).register.append(lambda _: (again,))
    assert "signed-different-texts" in errors(looked(folder))


def test_a_signature_before_sending_and_a_clock_that_went_back_are_odd(folder: Path) -> None:
    """Both are warnings: a person knows whether they are right."""
    view = desk(folder).register.view()
    sent = next(each for history in view.agreements.values() for each in history.sent)
    copy = next(each.sha256 for each in view.evidence.values() if each.subject == sent.reference)
    early = Signed(reference=sent.reference, party="ALFA", on=date(2021, 1, 5), evidence=copy, version=1)
    desk(folder, NOON.replace(year=2020)).register.append(lambda _: (early,))
    assert {"signed-before-sent", "clock-went-back", "dated-ahead"} <= codes(looked(folder))


def test_held_without_its_file_is_reported(folder: Path) -> None:
    """Where the receipt of its proof was undone, what was held stands on nothing."""
    entries = desk(folder).register.view().entries
    address = next(
        each.address for each in entries if isinstance(each.event, Received) and each.event.subject == "C-01"
    )
    desk(folder).register.append(lambda _: (Corrected(undoes=address, reason="wrong"),))
    assert "held-unproven" in errors(looked(folder))


def test_without_readable_records_the_register_is_checked_alone(folder: Path) -> None:
    """What needs no records is checked all the same, and the answer says what was not."""
    (folder / "records/agreements.yaml").write_text("- id: [", encoding="utf-8")
    summary = looked(folder, read_data=True)
    assert (summary.exit_code, codes(summary)) == (0, {"records-unread"})
    flip(one(folder, "register/evidence/*/*.pdf"))
    assert errors(looked(folder, read_data=True)) == {"evidence-damaged"}
    shutil.rmtree(folder / "register")
    with pytest.raises(RecordsError):
        looked(folder)


def test_an_empty_register_is_whole(folder: Path) -> None:
    """There is nothing to find in a project that has not begun."""
    shutil.rmtree(folder / "register")
    summary = looked(folder)
    assert (summary.exit_code, summary.json["status"]) == (0, "clean")
    assert not (folder / "register").exists()


def test_a_foreign_or_forked_log_is_reported(folder: Path) -> None:
    """As a finding, not as an error that ends the look."""
    (folder / "register/log/000001 (1).jsonl").write_bytes(b"x")
    assert "log-fork" in errors(looked(folder))
    (folder / "register/log/000001 (1).jsonl").unlink()
    project = folder / "records/project.yaml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("000000", "999999"), encoding="utf-8")
    assert "log-foreign" in errors(looked(folder))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("output/agreements/*/*.docx", "the draft of version 1"),
        ("register/issued/*.docx", "as it was sent (Word)"),
        ("register/issued/*.pdf", "as it was sent for signature"),
        ("register/signed/*.pdf", "evidence, received as"),
        ("register/held/*.pdf", "of C-01: held on 2021-10-05"),
    ],
)
def test_a_file_of_ours_is_recognised(folder: Path, pattern: str, words: str) -> None:
    """By its bytes alone, wherever it lies: what it is, of which agreement, and where that stands."""
    path = shutil.copy(one(folder, pattern), folder / "found.bin")
    summary = looked(folder, file=str(path))
    assert summary.exit_code == 0
    assert words in "\n".join(summary.lines)
    assert summary.json["known"]
    flip(Path(path))
    unknown = looked(folder, file=str(path))
    assert (unknown.exit_code, unknown.problems[0].code) == (1, "file-not-known")


def test_a_file_of_a_registered_agreement_tells_its_number_and_signatures(folder: Path) -> None:
    """Who signed when, and the register number; without records by ids."""
    path = str(one(folder, "register/signed/*.pdf"))
    told = "\n".join(looked(folder, file=path).lines)
    assert "registered as R-2021-002" in told
    assert "signed by ALFA on 2021-10-05, confirmed" in told
    (folder / "records/agreements.yaml").write_text("- id: [", encoding="utf-8")
    assert "registered as R-2021-002" in "\n".join(looked(folder, file=path).lines)


def test_one_question_at_a_time(folder: Path) -> None:
    """--file with the other flags is a wrong call; a folder is no file."""
    with pytest.raises(RequestError, match="flags-unclear"):
        looked(folder, file="x.pdf", read_data=True)
    with pytest.raises(RequestError, match="not-a-file"):
        looked(folder, file=str(folder))


@pytest.mark.skipif(os.name == "nt", reason="needs a mount table")
def test_the_drive_is_told(folder: Path) -> None:
    """The kind of file system stands in the answer, whatever it is."""
    place = looked(folder).json["checks"][-1]
    assert place["name"] == "place"
    assert place["looked_at"] != "not known" or not Path("/proc/mounts").exists()
