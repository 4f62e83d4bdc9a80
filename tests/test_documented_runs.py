"""The tutorial and the how-tos show what happens: each page is played in a scratch project, command by command.

What a page says is done: a block `sh` holds commands, of which those of Invoke are run; the block `text` behind it is
what they print; a block `yaml` is put where the sentence before it says (at the end of a file, or below a line). In
what is printed, … stands for anything left out, and a line of its own for any number of lines. A PDF that a command
names is made up here, with the reference that it names; so is a text that is to be sent (`--from`), its PDF (`--pdf`),
and what a line `cp PAPER register/inbox/` brings back, signed by all or, where its name says so, as a scan.
"""

from __future__ import annotations

import copy
import io
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from agreement_with_blanks import agreement
from invoke import Program
from markdown_it import MarkdownIt
from office_specimens import word_file
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Line

import tasks
from elca_docs import inbox
from elca_docs.exchange import signed_specimen
from elca_docs.model.log_events import Sent
from elca_docs.pdf import specimens
from elca_docs.rendering import document_text
from elca_docs.workflows.demo_papers import Pens, exported
from elca_docs.workflows.desk import open_desk

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "docs/tutorial.md", *sorted((ROOT / "docs/how-to").glob("*.md"))]
TAKEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""The day on which the outputs in the pages were taken."""
SIGNED = datetime(2021, 10, 5, 12, tzinfo=UTC)
_AT_END = re.compile(r"at the end of `(records/[\w./]+)`")
_BELOW = re.compile(r"below `([^`]+)` in `(records/[\w./]+)`", re.IGNORECASE)
_WIDE = "120"


def steps(page: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the fenced blocks of a page: kind, content, and the sentence before."""
    before = ""
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "inline":
            before = token.content
        if token.type == "fence":
            yield token.info.strip(), token.content, before


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[str, int]]:
    monkeypatch.setitem(open_desk.__kwdefaults__, "now", lambda: TAKEN)
    monkeypatch.setenv("COLUMNS", _WIDE)
    monkeypatch.delenv("DOCS_ACTOR", raising=False)
    monkeypatch.setenv("DOCS_SOFFICE", "nowhere")  # the pages show what happens without LibreOffice too
    monkeypatch.setattr(inbox, "_SETTLED", -60.0)

    def run(line: str) -> tuple[str, int]:
        capsys.readouterr()
        if line.startswith("cp "):
            shutil.copy(*shlex.split(line)[1:])
            return "", 0
        try:
            Program(namespace=copy.deepcopy(tasks.namespace)).run(shlex.split(line), exit=False)
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return printed.out + printed.err, code

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a scratch project with the shipped records and templates, which is where the commands are called."""
    for name in ("records", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


QUICK = {"register-a-signed-copy", "change-a-template", "audit", "freeze-and-report"}
"""The pages that the quick tests play; the slow ones play them all."""


@pytest.mark.parametrize(
    "page",
    [pytest.param(each, id=each.stem, marks=[] if each.stem in QUICK else [pytest.mark.slow]) for each in PAGES],
)
def test_a_page_shows_what_happens(page: Path, folder: Path, invoke: Callable[[str], tuple[str, int]]) -> None:
    """Every command ends as the page says and prints what the page shows, in that order."""
    if page.parent.name == "how-to":
        invoke("invoke build")  # each how-to begins where the tutorial ends
    printed, code, called = "", 0, ""
    for kind, content, before in steps(page):
        if kind == "sh":
            assert code == 0, f"{called} ended with {code}, and the page does not show it:\n{printed}"
            printed, code, called = "", 0, content
            for line in commands(content):
                make_papers(folder, line)
                more, code = invoke(line)
                printed += more
        elif kind == "text":
            assert shows(content, printed), f"{called}does not print\n{content}\nbut\n{printed}"
            code = 0 if "fix:" in content else code
        elif kind == "yaml":
            put(folder, content, before)
    assert code == 0, printed


def commands(block: str) -> Iterator[str]:
    yield from (line for line in block.splitlines() if line.startswith(("invoke ", "cp ")))


def make_papers(folder: Path, line: str) -> None:
    """Make up each paper that a command names and that is not there, carrying the reference it names."""
    words = shlex.split(line)
    named = dict(pairwise(words))
    path = folder / named.get("--file", "none.pdf")
    if "--file" in words and path.suffix == ".pdf" and not path.exists():
        reference = "" if "scan" in path.name else named.get("--ref", "")
        made = signed_specimen(title=path.stem, reference=reference, lines=[], signatures=[])
        issued = folder / named.get("--root", ".") / f"register/issued/{reference}_v1.pdf"
        if path.name == "signed.pdf" and issued.is_file():
            made = drawn_on(issued.read_bytes())
        path.write_bytes(specimens.scanned(made, dpi=100) if "photo" in path.name else made)
    if named.get("--file") == "mav.docx":
        path.write_bytes(agreement())
    text = folder / named.get("--from", "none.docx")
    if "--from" in words and not text.exists():
        text.write_bytes(negotiated(folder, named["--ref"]))
    if "--pdf" in words:
        (folder / named["--pdf"]).write_bytes(exported(text.read_bytes(), "Agreement", named["--ref"]))
    if words[0] == "cp" and not (folder / words[1]).exists():
        (folder / words[1]).write_bytes(sent_back(words[1]))


def drawn_on(pdf: bytes) -> bytes:
    """Return a PDF on which somebody drew in a viewer."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.add_annotation(len(writer.pages) - 1, Line(rect=(80, 80, 200, 120), p1=(80, 80), p2=(200, 120)))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def negotiated(folder: Path, reference: str) -> bytes:
    """Return a text as the two sides may have agreed on it: the draft with every gap filled."""
    (draft,) = folder.glob(f"output/agreements/**/{reference}_*.docx")
    lines = document_text(draft.read_bytes(), name=draft.name)
    kept = (line.replace("DRAFT", "FOR SIGNATURE") for line in lines if not line.startswith("Draft for discussion"))
    return word_file(*(re.sub(r"\[[^\]]*\]", "Specimen", line) for line in kept))


def sent_back(name: str) -> bytes:
    """Return the version that went out last, as it comes back: a scan, a scan without its last page, or signed."""
    there = open_desk(".")
    sent = next(each.event for each in reversed(there.register.view().entries) if isinstance(each.event, Sent))
    pdf = there.issued.read(f"{sent.name}.pdf", sent.pdf)
    if "scan" in name:
        scan = specimens.scanned(pdf, dpi=150)
        writer = PdfWriter()
        for page in PdfReader(io.BytesIO(scan)).pages[: -1 if "incomplete" in name else None]:
            writer.add_page(page)
        written = io.BytesIO()
        writer.write(written)
        return written.getvalue()
    return Pens(there.portfolio).electronic(pdf, sent.fields, sent.fields.values(), SIGNED)


def put(folder: Path, content: str, before: str) -> None:
    """Put a block of YAML where the sentence before it says; a block without such a sentence is an example."""
    if end := _AT_END.search(before):
        path = folder / end[1]
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{content}", encoding="utf-8")
    if below := _BELOW.search(before):
        path = folder / below[2]
        text = path.read_text(encoding="utf-8")
        assert text.count(f"\n{below[1]}\n") == 1, f"{below[1]} does not stand once in {below[2]}"
        path.write_text(text.replace(f"\n{below[1]}\n", f"\n{below[1]}\n{content}"), encoding="utf-8")


def shows(shown: str, printed: str) -> bool:
    """Whether the lines shown are the lines printed, but for what … leaves out."""
    pattern = "".join(
        r"(?:[^\n]*\n)*" if line.strip() == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern, printed) is not None


def test_there_are_pages() -> None:
    """A page that was moved away would otherwise be tested no more."""
    assert len(PAGES) > 5
    assert all(any(kind == "sh" for kind, _, _ in steps(page)) for page in PAGES)


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("b\na\n", "a\nb\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("…\nc\n", "a\nb\nc\n", True),
        ("a … c\n", "a b c\n", True),
        ("a … c\n", "a b\nc\n", False),
        ("(x)\n", "x\n", False),
    ],
)
def test_dots_leave_out_and_nothing_else_does(*, shown: str, printed: str, same: bool) -> None:
    """A page that shows another line, another order, or fewer lines than there are is wrong."""
    assert shows(shown, printed) is same
