"""`compile`: a report with its annexes, and everything for which it is refused while the last good one stays."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from desks import project
from package_check import faults
from pypdf import PdfReader
from reported import NOW, REPORT, Printer, desk, opened, output, prepare, tables

from elca_docs.errors import DocsError, Problem, RecordsError, RequestError, TemplateError, WorkspaceError, formatted
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.log_events import Corrected, Registered, Signed
from elca_docs.model.periods import reporting_day
from elca_docs.proof import Proof, evidence_name
from elca_docs.records import findings_of
from elca_docs.workflows import compiling
from elca_docs.workflows.building import build
from elca_docs.workflows.compiling import Compiling, compile_deliverable, compiled
from elca_docs.workflows.desk import open_desk
from elca_docs.workflows.freezing import freeze
from elca_docs.workflows.report_findings import report_findings
from elca_docs.workflows.summary import Summary

AGREEMENTS = 8
SIGNED = 6
"""Of so many agreements: X-0001 to X-0003 and X-0006 to X-0008."""
LATER = NOW.replace(month=7)
PLAN = "P1.1"
DEVIATIONS = "What has changed since the plan"
FOLDER = "output/deliverables"
DELIVERABLE = f"records/deliverables/{REPORT}.yaml"
SUMMARY = f"records/deliverables/{REPORT}/summary.md"
TEMPLATE = "templates/deliverables/plan.docx"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a plan that was frozen, and with signed agreements."""
    return prepare(tmp_path_factory.mktemp("reported") / "p", AGREEMENTS)


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    shutil.copytree(original, tmp_path / "p")
    return tmp_path / "p"


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be no LibreOffice."""
    monkeypatch.setattr(compiling, "find_office", lambda: None)


def with_printer(monkeypatch: pytest.MonkeyPatch, **fails: Problem) -> Printer:
    """Let a printer stand for LibreOffice."""
    printer = Printer(**fails)
    monkeypatch.setattr(compiling, "find_office", lambda: Path("soffice"))
    monkeypatch.setattr(compiling, "Office", lambda _: printer)
    return printer


def made(folder: Path, **asked: str | bool) -> Summary:
    return compile_deliverable(desk(folder), Compiling(**{"deliverable": REPORT} | asked))


def reader(folder: Path, name: str = REPORT) -> PdfReader:
    return PdfReader(io.BytesIO((folder / FOLDER / f"{name}.pdf").read_bytes()))


def evidence(folder: Path) -> list[str]:
    """Return the digests of the signed copies in the order of their register numbers."""
    every = desk(folder).register.view().agreements.values()
    numbered = sorted((each.registered.number, each.received[0].sha256) for each in every if each.registered)
    return [digest for _, digest in numbered]


def test_signed_agreements_follow_the_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is there behind a separator page with labels of its own, and attached byte for byte."""
    with_printer(monkeypatch)
    summary = made(folder)
    assert summary.problems == ()
    assert [each["file"] for each in summary.json["files"]] == [f"{FOLDER}/{REPORT}.docx", f"{FOLDER}/{REPORT}.pdf"]
    found = reader(folder)
    labels = [f"A{number}-{page}" for number in range(1, SIGNED + 1) for page in (1, 2)]
    assert found.page_labels[-len(labels) :] == labels
    digests = evidence(folder)
    assert len(digests) == SIGNED
    originals = [(folder / evidence_name(each)).read_bytes() for each in digests]
    assert [data for (data,) in dict(sorted(found.attachments.items())).values()] == originals
    assert found.metadata["/Title"] == f"{REPORT} Progress of made-up partnerships"
    assert [row[0] for row in tables(opened(folder))["Signed agreements annexed"]] == [
        f"A{each}" for each in range(1, SIGNED + 1)
    ]


def test_the_public_edition_attaches_nothing_that_shows_a_signature(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Separator pages stand for what was left out, under the same numbers; a signed copy that is gone is not missed."""
    with_printer(monkeypatch)
    (folder / evidence_name(evidence(folder)[0])).unlink()
    made(folder, edition="public")
    found = reader(folder, f"{REPORT}_public")
    assert dict(found.attachments) == {}
    assert found.page_labels[-SIGNED:] == [f"A{number}-1" for number in range(1, SIGNED + 1)]
    rows = tables(opened(folder, f"{REPORT}_public"))["Signed agreements annexed"]
    assert len([row for row in rows if row[-1]]) == SIGNED


@pytest.mark.parametrize("rule", ["signed: none", pytest.param("signed: all\n  classes: [BA]", marks=pytest.mark.slow)])
def test_a_report_that_asks_for_no_annexes_has_none(folder: Path, monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    """Then the PDF is the report as it was printed, and no separators are made."""
    printer = with_printer(monkeypatch)
    edit(folder, DELIVERABLE, "signed: all", rule)
    made(folder)
    assert set(printer.printed) == {f"{REPORT}.docx"}
    assert dict(reader(folder).attachments) == {}


@pytest.mark.slow
def test_annexes_speak_the_language_of_the_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The heading of the annexes in the outline is in the deliverable's own language."""
    with_printer(monkeypatch)
    edit(folder, DELIVERABLE, "kind: progress", "kind: progress\nlanguage: es")
    made(folder)
    titles = [each.title for each in reader(folder).outline if not isinstance(each, list)]
    assert titles[-1] == "Anexos"


def test_separators_that_cannot_be_printed_refuse_the_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF with half of its annexes is no report: nothing is written."""
    with_printer(monkeypatch)
    made(folder)
    before = output(folder)
    edit(folder, SUMMARY, "\n", "\nAnother text.\n")
    with_printer(monkeypatch, annexes=Problem("office-failed", "no PDF came of it"))
    with pytest.raises(WorkspaceError) as refused:
        made(folder)
    assert [each.code for each in refused.value.problems] == ["office-failed"]
    assert output(folder) == before


def test_a_failing_libreoffice_costs_the_pdf_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Word file is there and asks Word for its pages; the problem is told."""
    with_printer(monkeypatch, **{REPORT.partition(".")[0]: Problem("office-failed", "no PDF came of it")})
    summary = made(folder)
    assert [each.code for each in summary.problems] == ["office-failed"]
    assert [path.name for path in sorted((folder / FOLDER).glob("[!.]*"))] == [f"{REPORT}.docx"]
    assert not any("earlier" in line for line in summary.lines)


@pytest.mark.slow
def test_a_pdf_of_an_earlier_compile_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes an old PDF for that of the Word file beside it."""
    with_printer(monkeypatch)
    assert len(made(folder).lines) == 2
    monkeypatch.setattr(compiling, "find_office", lambda: None)
    assert f"{FOLDER}/{REPORT}.pdf is of an earlier compile, and may say something else" in made(folder).lines


@pytest.mark.slow
def test_no_edition_takes_the_place_of_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not the edition of the record has files of its own, from a cut too, and leaves those of the record."""
    with_printer(monkeypatch)
    made(folder)
    before = {name: data for name, (data, _) in output(folder).items()}
    files = [each["file"] for each in made(folder, edition="public").json["files"]]
    assert files == [f"{FOLDER}/{REPORT}_public.docx", f"{FOLDER}/{REPORT}_public.pdf"]
    assert {name: data for name, (data, _) in output(folder).items() if "_public" not in name} == before
    assert made(folder, edition="confidential").json["files"][0] == {
        "file": f"{FOLDER}/{REPORT}.docx", "written": False, "aside": None,
    }  # fmt: skip
    freeze(desk(folder), "x_public")
    freeze(desk(folder), "x")
    names = [
        made(folder, **asked).json["files"][0]["file"].removeprefix(f"{FOLDER}/{REPORT}")
        for asked in (
            {"cut": "x"},
            {"cut": "x", "edition": "public"},
            {"cut": "x_public"},
            {"cut": "X_PUBLIC", "edition": "public"},
        )
    ]
    assert names == ["_x.docx", "_x_public.docx", "_x_public_confidential.docx", "_x_public_public.docx"]


@pytest.mark.slow
def test_build_tells_of_a_pdf_of_an_earlier_compile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On each run until it is compiled anew; never of one that says what the Word file says."""
    with_printer(monkeypatch)
    made(folder)
    there = report_of(folder)
    assert (compiled(desk(folder), there).written, compiled(desk(folder), there).old_pdf) == (False, "")
    edit(folder, SUMMARY, "\n", "\nAnother text.\n")
    assert [compiled(desk(folder), there).written for _ in range(2)] == [True, False]
    assert compiled(desk(folder), there).old_pdf == f"deliverables/{REPORT}.pdf"
    lines = build(desk(folder)).lines
    told = f"PDF       of an earlier compile, may say something else (invoke compile renews it): {FOLDER}/{REPORT}.pdf"
    assert [line for line in lines if line.startswith("PDF")] == [told]
    lines = build(desk(folder)).lines
    assert told in lines
    assert not any(line.startswith("nothing to do") for line in lines)
    made(folder)
    lines = build(desk(folder)).lines
    assert [line for line in lines if line.startswith("PDF")] == []
    assert any(line.startswith("nothing to do") for line in lines)


def hide(folder: Path, agreement: str) -> None:
    edit(folder, "records/agreements.yaml", f"{{id: {agreement},", f"{{id: {agreement}, confidential: true,")


def text_of(folder: Path, name: str) -> str:
    """Return all that can be read in a Word file."""
    with zipfile.ZipFile(folder / f"{FOLDER}/{name}.docx") as archive:
        return "".join(archive.read(each).decode() for each in archive.namelist() if each.endswith(".xml"))


@pytest.mark.usefixtures("without")
def test_a_plan_in_public_names_no_confidential_agreement(folder: Path) -> None:
    """In the edition asked for, and in that of its record; the other edition has the names."""
    hide(folder, "X-0001")
    assert made(folder, deliverable=PLAN).lines[0] == f"wrote {FOLDER}/{PLAN}.docx"
    public = text_of(folder, PLAN)
    assert "Made-up Network 1" not in public
    assert "Left out of this edition: 2 confidential" in public  # and one of the demo's own
    edit(folder, f"records/deliverables/{PLAN}.yaml", "kind: plan", "kind: plan\nedition: confidential")
    made(folder, deliverable=PLAN)
    made(folder, deliverable=PLAN, edition="public")
    assert "Made-up Network 1" in text_of(folder, PLAN)
    assert text_of(folder, f"{PLAN}_public") == public


@pytest.mark.parametrize("as_of", ["2050-01-01", "2020-12-31"])
@pytest.mark.parametrize("flag", ["as-of", "against"])
def test_a_day_that_no_report_can_be_of_is_refused(last_good: Path, as_of: str, flag: str) -> None:
    """As `freeze` refuses it: what has not come yet has no figures, and before its start there was no project."""
    codes = {"2050-01-01": "date-in-future", "2020-12-31": "day-outside-project"}
    there = open_desk(str(last_good), now=lambda: NOW, as_of=as_of if flag == "as-of" else "")
    asked = {"as_of": as_of} if flag == "as-of" else {"against": as_of}
    with pytest.raises(RequestError) as caught:
        compile_deliverable(there, Compiling(deliverable=REPORT, **asked))
    (problem,) = caught.value.problems
    assert problem.code == codes[as_of]
    assert f"--{flag} {as_of}" in problem.message
    assert "freeze" not in problem.fix


def test_a_report_against_itself_has_no_change(folder: Path) -> None:
    """Each deliverable is taken on its own day, and said to be of it; a plan too."""
    day = reporting_day(desk(folder).portfolio.project, report_of(folder), NOW.date())
    assert day < NOW.date()
    assert made(folder, against=REPORT).lines == (
        f"from {REPORT} as of {day} to {REPORT} as of {day}: nothing changed",
    )
    (plan,) = made(folder, deliverable=PLAN, against=PLAN).lines
    assert plan.endswith("nothing changed")
    assert (
        made(folder, deliverable=PLAN, against=REPORT)
        .lines[0]
        .startswith(f"{REPORT} as of {day} is confidential by its record: both are compared in the public edition")
    )


@pytest.mark.parametrize("other", ["plan", "2021-10-04", REPORT])
def test_what_changed_in_public_names_no_confidential_agreement(folder: Path, other: str) -> None:
    """Whichever side keeps it confidential, and whatever edition the other report is by its record."""
    freeze(desk(folder), "now")
    edit(folder, "records/agreements.yaml", "[net-0005]", "[net-0006]")
    hide(folder, "X-0005")
    whole, public = (made(folder, against=other, cut=cut, edition="public") for cut in ("now", ""))
    assert not any("Network 5" in f"{each['old']}{each['new']}" for each in public.json["changes"])
    assert ("Made-up Network 5" in str(whole.json)) is False
    told = made(folder, against="now").json["changes"]
    assert ("agreement", "X-0005", "counterpart") in {(each["kind"], each["place"], each["what"]) for each in told}


@pytest.mark.usefixtures("without")
def test_a_report_is_compiled_from_the_cut_that_is_its_baseline(folder: Path) -> None:
    """The plan departs from itself in nothing, and a later report can be compared with it."""
    assert made(folder, cut="plan").lines[0] == f"wrote {FOLDER}/{REPORT}_plan.docx"
    deviations = tables(opened(folder, f"{REPORT}_plan"))[DEVIATIONS]
    assert [set(row) for row in deviations] == [{"–"}]
    assert len(tables(opened_today(folder))[DEVIATIONS]) > 1
    assert made(folder, against="plan").lines[0].startswith(f"from the cut 'plan' to {REPORT} as of ")


def opened_today(folder: Path):
    made(folder)
    return opened(folder)


def test_a_baseline_frozen_after_a_cut_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that never was as what it is; both with the place in the cut, where the record is as it was then."""
    monkeypatch.setattr(compiling, "find_office", lambda: None)
    fresh = project(tmp_path / "p")
    freeze(desk(fresh), "first")
    freeze(desk(fresh), "Plan")
    edit(fresh, DELIVERABLE, "\nbaseline: plan", "\nbaseline: never")
    freeze(desk(fresh), "second")
    later = refused(fresh, RecordsError, cut="first")
    assert later.code == "baseline-later"
    assert "'plan', which was frozen after the cut 'first'" in later.message
    assert str(later.location).startswith(f"register/cuts/first/{DELIVERABLE}:")
    never = refused(fresh, RecordsError, cut="second")
    assert (never.code, "there is no such cut" in never.message) == ("unknown-id", True)
    assert str(never.location).startswith(f"register/cuts/second/{DELIVERABLE}:")


def test_what_is_wrong_in_a_cut_is_told_with_its_place_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text, template and record may be sound in the folders of today."""
    monkeypatch.setattr(compiling, "find_office", lambda: None)
    last_line(folder, SUMMARY, "{KPI 99: counted}")
    freeze(desk(folder), "text")
    edit(folder, SUMMARY, "{KPI 99: counted}", "")
    assert str(refused(folder, RecordsError, cut="text").location).startswith(f"register/cuts/text/{SUMMARY}:")
    good = (folder / TEMPLATE).read_bytes()
    (folder / TEMPLATE).write_bytes(b"no Word file")
    freeze(desk(folder), "template")
    (folder / TEMPLATE).unlink()
    freeze(desk(folder), "none")
    (folder / TEMPLATE).write_bytes(good)
    for name, kind in (("template", TemplateError), ("none", WorkspaceError)):
        assert str(refused(folder, kind, cut=name).location) == f"register/cuts/{name}/{TEMPLATE}"
    assert made(folder).problems == ()


@pytest.mark.usefixtures("without")
def test_every_evidence_is_looked_at_once_and_the_report_made_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without pages to find, a compile asks once whether a file is whole, reads each annex once, and writes once."""
    looked, read, written = Counter(), Counter(), []

    def whole(self: Proof, digest: str, original: Callable[[Proof, str], bool] = Proof.whole) -> bool:
        looked[digest] += 1
        return original(self, digest)

    def taken(self: Proof, digest: str, original: Callable[[Proof, str], bytes] = Proof.read) -> bytes:
        read[digest] += 1
        return original(self, digest)

    def compile_document(*given: object, original: Callable[..., bytes] = compiling.compile_document, **more: object):
        written.append(more["title"])
        return original(*given, **more)

    there = desk(folder)
    monkeypatch.setattr(Proof, "whole", whole)
    monkeypatch.setattr(Proof, "read", taken)
    monkeypatch.setattr(compiling, "compile_document", compile_document)
    compile_deliverable(there, Compiling(deliverable=REPORT))
    view = there.register.view()
    assert looked == Counter(dict.fromkeys(view.evidence, 1) | dict.fromkeys(held(view), 1))
    assert read == Counter(evidence(folder))
    assert written == [f"{REPORT} Progress of made-up partnerships"]


def held(view) -> list[str]:
    return [digest for every in view.held.values() for each in every for digest in each.evidence]


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Change a file of the project at the first place that holds a text."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def last_line(folder: Path, name: str, text: str) -> None:
    """Add a paragraph of one line at the end of a file."""
    path = folder / name
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n\n{text}\n", encoding="utf-8")


def line_of(folder: Path, name: str, text: str) -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


WRITTEN = {
    "unknown figure": ("{KPI 99: counted}", "narrative-figure-unknown", "KPI 99"),
    "unknown name of a figure": ("{KPI 2: sined}", "narrative-figure-unknown", "did you mean 'signed'?"),
    "unknown table": ("[the table](#agreements-sined)", "narrative-reference-unknown", "#agreements-signed"),
    "unknown reference": ("[there](#qqqq)", "narrative-reference-unknown", "#qqqq"),
    "unknown footnote": ("Signed[^none].", "narrative-footnote-missing", "[^none]"),
    "missing image": ("![A road](road.png)", "narrative-image-missing", "road.png"),
    "broken image": ("![A road](torn.png)", "narrative-image-broken", "torn.png"),
    "broken link": ("[there](other.md)", "narrative-link-refused", "other.md"),
    "link to a script": ("[there](javascript:alert(1))", "narrative-link-refused", "javascript"),
    "raw HTML": ("a <b>bold</b> word", "narrative-unsupported", "HTML"),
    "raw HTML block": ("<div>\nx\n</div>", "narrative-unsupported", "HTML"),
}


@pytest.fixture(scope="module")
def good(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a project with a good report; tests of refusals share it, and what they change is put back."""
    shared = tmp_path_factory.mktemp("good") / "p"
    shutil.copytree(original, shared)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compiling, "find_office", lambda: None)
        made(shared)
        yield shared


@pytest.fixture
def last_good(good: Path) -> Iterator[Path]:
    """Return the project with a good report; afterwards the report must be untouched, and the project is put back."""
    before = {path: path.read_bytes() for path in good.rglob("*") if path.is_file()}
    written = output(good)
    yield good
    assert output(good) == written
    for path in good.rglob("*"):
        if path.is_file() and path not in before:
            path.unlink()
    for path, data in before.items():
        if not path.is_file() or path.read_bytes() != data:
            if path.exists():
                path.chmod(0o600)
            path.write_bytes(data)


def refused(folder: Path, kind: type[DocsError], **asked: str) -> Problem:
    """Return the one problem for which a report is refused; it says what to do, in one sentence each."""
    with pytest.raises(kind) as caught:
        made(folder, **asked)
    (problem,) = caught.value.problems
    assert problem.fix
    assert "\n" not in problem.message
    return problem


@pytest.mark.parametrize("case", WRITTEN)
def test_a_text_that_cannot_stand_is_refused_by_file_and_line(last_good: Path, case: str) -> None:
    """What an author wrote wrong is named with its line and a way out; the last good report stays."""
    text, code, part = WRITTEN[case]
    (last_good / f"records/deliverables/{REPORT}/torn.png").write_bytes(b"\x89PNG\r\n\x1a\n torn")
    last_line(last_good, SUMMARY, text)
    problem = refused(last_good, RecordsError)
    assert problem.code == code
    assert str(problem.location).startswith(f"{SUMMARY}:{line_of(last_good, SUMMARY, text.splitlines()[0])}")
    assert part in formatted(problem)


RECORDED = {
    "period outside the project": (
        "period: P1", "period: P1\nlast_day: 2031-12-31", "last_day", "period-outside-project"
    ),
    "period that is none": ("period: P1", "period: P9", "period", "unknown-id"),
    "unknown table": ("of: key-figures", "of: key-figure", "key-figure", "bad-value"),
    "unknown chart": ("of: signatures", "of: signature", "of: signature", "bad-value"),
    "text that is not there": ("narrative: summary.md", "narrative: sumary.md", "sumary.md", "missing-narrative"),
    "baseline that is no cut": ("\nbaseline: plan", "\nbaseline: plam", "plam", "unknown-id"),
    "justification of nothing": ("  KPI 1: One", "  KPI 99: One", "KPI 99", "justification-unknown"),
}  # fmt: skip


@pytest.mark.parametrize("case", RECORDED)
def test_a_record_that_asks_for_what_is_not_there_is_refused_by_file_and_line(last_good: Path, case: str) -> None:
    """A period, table, text or cut that the project does not have is named where it is written."""
    old, new, key, code = RECORDED[case]
    edit(last_good, DELIVERABLE, old, new)
    problem = refused(last_good, RecordsError)
    assert problem.code == code
    assert str(problem.location).startswith(f"{DELIVERABLE}:{line_of(last_good, DELIVERABLE, key)}:")


def test_an_unknown_cut_is_refused_with_a_guess(last_good: Path) -> None:
    """The flag names no file; the fix names the cut that is nearest."""
    problem = refused(last_good, RequestError, cut="plam")
    assert (problem.code, problem.fix) == ("unknown-name", "did you mean 'plan'?")


def test_a_baseline_before_anything_was_frozen_says_how_to_freeze(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no cut at all, the way out is `invoke freeze`."""
    monkeypatch.setattr(compiling, "find_office", lambda: None)
    fresh = project(tmp_path / "p")
    problem = refused(fresh, RecordsError)
    assert "invoke freeze" in problem.fix
    assert (problem.code, output(fresh)) == ("unknown-id", {})


def test_a_template_without_a_style_is_refused_by_name(last_good: Path) -> None:
    """The file and every style that it lacks."""
    path = last_good / TEMPLATE
    written = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/styles.xml":
                data = data.replace(b'<w:name w:val="caption"/>', b'<w:name w:val="capton"/>')
                data = data.replace(b'<w:name w:val="Caption"/>', b'<w:name w:val="capton"/>')
            new.writestr(name, data)
    path.write_bytes(written.getvalue())
    problem = refused(last_good, TemplateError)
    assert (problem.code, problem.location and problem.location.path) == ("template-style-missing", TEMPLATE)
    assert "'Caption'" in problem.message


def test_a_template_without_a_section_gets_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks are appended to whatever a template holds, so nothing but styles can be wanting in it."""
    monkeypatch.setattr(compiling, "find_office", lambda: None)
    template = docx.Document(str(folder / TEMPLATE))
    body = template.element.body
    body.remove(body.sectPr)
    template.save(str(folder / TEMPLATE))
    made(folder)
    assert opened(folder).sections[-1].page_width
    assert faults((folder / FOLDER / f"{REPORT}.docx").read_bytes()) == []


@pytest.mark.parametrize("data", [b"", b"no Word file"])
def test_a_template_that_is_no_word_file_is_refused_by_name(last_good: Path, data: bytes) -> None:
    """A file that Word could not open either."""
    (last_good / TEMPLATE).write_bytes(data)
    problem = refused(last_good, TemplateError)
    assert (problem.code, problem.location and problem.location.path) == ("template-unreadable", TEMPLATE)


def test_a_template_that_is_not_there_is_refused_by_name(last_good: Path) -> None:
    """The record names it, and the folder has none of that name."""
    (last_good / TEMPLATE).unlink()
    problem = refused(last_good, WorkspaceError)
    assert (problem.code, problem.location and problem.location.path) == ("file-missing", TEMPLATE)


@pytest.mark.parametrize("how", ["gone", "altered"])
@pytest.mark.parametrize("task", ["compile", "compile with LibreOffice", "build"])
def test_an_annex_that_is_not_whole_refuses_the_report(
    last_good: Path, how: str, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The annex, the agreement and the file are named, and nothing is written, whichever task asks."""
    digest = evidence(last_good)[2]
    path = last_good / evidence_name(digest)
    path.chmod(0o600)
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b" ")
    if task == "build":
        there = desk(last_good)
        with pytest.raises(WorkspaceError) as caught:
            compiled(there, report_of(last_good))
        (problem,) = caught.value.problems
    else:
        if task != "compile":
            with_printer(monkeypatch)
        problem = refused(last_good, WorkspaceError)
    assert problem.code == "evidence-damaged"
    assert problem.location is not None
    assert problem.location.path == evidence_name(digest)
    assert problem.message.startswith("annex A3 (R-2021-003, SAMPLE-CA-")


def test_all_annexes_that_are_not_whole_are_told_at_once(last_good: Path) -> None:
    """One run says what to restore."""
    for digest in evidence(last_good):
        (last_good / evidence_name(digest)).chmod(0o600)
        (last_good / evidence_name(digest)).unlink()
    with pytest.raises(WorkspaceError) as caught:
        made(last_good)
    assert len(caught.value.problems) == SIGNED


@pytest.mark.slow
def test_an_altered_annex_refuses_a_report_of_an_earlier_cut_too(folder: Path) -> None:
    """What was frozen is whole; what it is proven by lies in the register of today."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compiling, "find_office", lambda: None)
        freeze(desk(folder), "P1")
        made(folder, cut="P1")
        before = output(folder)
        path = folder / evidence_name(evidence(folder)[0])
        path.chmod(0o600)
        path.write_bytes(b"another")
        with pytest.raises(WorkspaceError):
            made(folder, cut="P1")
        assert output(folder) == before


@pytest.mark.parametrize("office", ["without LibreOffice", pytest.param("with pages", marks=pytest.mark.slow)])
def test_a_cut_gives_the_same_report_on_any_later_day(
    folder: Path, office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is registered, corrected, changed in records and templates or erased of persons: the same bytes."""
    monkeypatch.setattr(compiling, "find_office", lambda: None)
    if office == "with pages":
        with_printer(monkeypatch)
    freeze(desk(folder), "P1")
    made(folder, cut="P1")
    first = {name: data for name, (data, _) in output(folder).items()}
    live_on(folder)
    shutil.rmtree(folder / "output")
    summary = compile_deliverable(desk(folder, LATER), Compiling(deliverable=REPORT, cut="P1"))
    assert summary.problems == ()
    assert {name: data for name, (data, _) in output(folder).items()} == first
    compile_deliverable(desk(folder, LATER), Compiling(deliverable=REPORT))
    assert (folder / FOLDER / f"{REPORT}.docx").read_bytes() != first[f"deliverables/{REPORT}_P1.docx"]


@pytest.mark.usefixtures("without")
def test_no_report_depends_on_who_stands_in_the_records_of_persons(folder: Path) -> None:
    """A name may be erased on any day: gaps that only a person would fill are for `check`, not for a report."""
    accepted = folder / "records/accepted.yaml"
    reason = "- {code: missing-party-data, ids: [ALFA], reason: to come, by: p03, on: 2021-04-28}"
    accepted.write_text(f"{accepted.read_text(encoding='utf-8')}\n{reason}\n", encoding="utf-8")
    with_people = compiling.blocks_of(desk(folder), report_of(folder))
    (folder / "records/people.yaml").unlink()
    assert compiling.blocks_of(desk(folder), report_of(folder)) == with_people
    every = findings_of(desk(folder).portfolio)
    told = report_findings(desk(folder).portfolio)
    assert {each.code for each in every} == {each.code for each in told}
    assert [each.ids for each in every if each.ids == ("ALFA",)] != []
    assert [each.ids for each in told if each.ids == ("ALFA",)] == []
    assert any(each.code == "missing-party-data" for each in told)


def report_of(folder: Path) -> Deliverable:
    return next(each for each in desk(folder).portfolio.deliverables if each.id == REPORT)


def live_on(folder: Path) -> None:
    """Let half a year pass: a late signature, a number undone, other records and text, no person left."""
    there = desk(folder, LATER)
    known = there.register.view().agreements["X-0004"]
    late = (
        Signed(reference=known.reference, party="net-0004", on=date(2021, 11, 30), evidence=known.received[0].sha256),
        Registered(reference=known.reference, number="R-2021-900", series="R-2021-{seq:03}", seq=900),
    )
    there.register.append(lambda _: late)
    number = next(each for each in there.register.view().entries if isinstance(each.event, Registered))
    there.register.append(lambda _: (Corrected(undoes=number.address, reason="a page was missing"),))
    last_line(folder, SUMMARY, "Half a year later.")
    edit(folder, "records/indicators.yaml", "target: 8", "target: 9")
    edit(folder, "records/organisations.yaml", "Made-up Network 1,", "Renamed Network,")
    (folder / "records/people.yaml").unlink()
    template = docx.Document(str(folder / TEMPLATE))
    template.add_paragraph("A text that the template did not have")
    template.save(str(folder / TEMPLATE))
