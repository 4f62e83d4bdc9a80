"""Every Word file that we make is sound as a package, and keeps the schemas of ISO 29500 as its template does."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from desks import ROOT, project
from desks import desk as small_desk
from package_check import faults
from PIL import Image
from reported import REPORT, Printer, desk, prepare

from elca_docs.model.annexes import Annex
from elca_docs.planning import Filters
from elca_docs.rendering import compile_document
from elca_docs.reporting.separators import separator_blocks
from elca_docs.workflows import compiling
from elca_docs.workflows.compiling import Compiling, compile_deliverable
from elca_docs.workflows.drafting import make_drafts

TEMPLATES = {
    path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted((ROOT / "templates").rglob("*.docx"))
}
TEXT = """
- one
- [two](https://example.org)

1. first
2. second

Again[^a], and again[^a] [there](#road).

![A road](road.png "The road {#way}")

![A road](road.png)

[^a]: By [rule](https://example.org/rule) of **both**.
"""


def deliverable(name: str, folder: Path) -> dict[str, bytes]:
    """Return a deliverable of the shipped records, as on a fresh clone."""
    made = project(folder, ".")
    compile_deliverable(small_desk(made), Compiling(deliverable=name))
    return {name: (made / f"output/deliverables/{name}.docx").read_bytes()}


def report(language: str, folder: Path) -> dict[str, bytes]:
    """Return a report with charts, pictures, footnotes, turned pages, lists, references and links in it."""
    made = prepare(folder, 12)
    base = made / f"records/deliverables/{REPORT}"
    Image.new("RGB", (60, 30), "#1F4E79").save(base / "road.png")
    path = base / "summary.md"
    path.write_text(path.read_text(encoding="utf-8") + TEXT, encoding="utf-8")
    record = made / f"records/deliverables/{REPORT}.yaml"
    record.write_text(f"language: {language}\n{record.read_text(encoding='utf-8')}", encoding="utf-8")
    compile_deliverable(desk(made), Compiling(deliverable=REPORT))
    return {f"{REPORT} {language}": (made / f"output/deliverables/{REPORT}.docx").read_bytes()}


def with_pages(folder: Path) -> dict[str, bytes]:
    """Return a report whose contents name pages."""
    made = prepare(folder, 12)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compiling, "find_office", lambda: Path("soffice"))
        patched.setattr(compiling, "Office", lambda _: Printer())
        compile_deliverable(desk(made), Compiling(deliverable=REPORT))
    return {f"{REPORT} with pages": (made / f"output/deliverables/{REPORT}.docx").read_bytes()}


def separators(_: Path) -> dict[str, bytes]:
    """Return the pages in front of annexes, which have no header and footer."""
    facts = {"title": "Specimen", "reference": "SAMPLE-1", "register_number": "R-1", "sha256": "0" * 64, "pages": 2}
    annexes = [Annex(number="A1", **facts), Annex(number="A2", withheld="confidential", **facts)]
    blocks = separator_blocks(annexes, language="en")
    about = {"title": "Annexes", "subject": "SAMPLE", "language": "en", "furniture": False}
    return {"separators": compile_document(blocks, TEMPLATES["templates/deliverables/plan.docx"], **about)}


def drafts(source: str, folder: Path) -> dict[str, bytes]:
    """Return the drafts of all agreements of a project that has some."""
    made = project(folder, source)
    make_drafts(small_desk(made), Filters())
    found = {path.name: path.read_bytes() for path in sorted((made / "output/agreements").rglob("*.docx"))}
    assert len(found) >= 8
    return found


DOCUMENTS: Mapping[str, Callable[[Path], dict[str, bytes]]] = {
    **{path.stem: partial(deliverable, path.stem) for path in sorted((ROOT / "records/deliverables").glob("*.yaml"))},
    "report": partial(report, "en"),
    "report in Spanish": partial(report, "es"),
    "report with pages": with_pages,
    "separators": separators,
    "drafts of the demo": partial(drafts, "examples/demo"),
    "drafts of the shipped records": partial(drafts, "."),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], dict[str, bytes]]]:
    """Return what makes documents, each kind once, without LibreOffice: it does not write the Word files."""
    made: dict[str, dict[str, bytes]] = {}

    def of(name: str) -> dict[str, bytes]:
        if name not in made:
            made[name] = DOCUMENTS[name](tmp_path_factory.mktemp("built") / "p")
        return made[name]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compiling, "find_office", lambda: None)
        yield of


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_templates_are_sound(name: str) -> None:
    """What everything is made of has no fault; tags are what a template of agreements is for."""
    assert [each for each in faults(TEMPLATES[name]) if "a tag left" not in each] == []


SLOW = {"report in Spanish", "report with pages", "drafts of the demo", "drafts of the shipped records", "D3.3", "SR1"}


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=[pytest.mark.slow] if each in SLOW else []) for each in DOCUMENTS]
)
def test_what_we_make_is_sound(built: Callable[[str], dict[str, bytes]], name: str) -> None:
    """No tag is left, ids are unique, relationships and content types whole, and every cell ends in a paragraph."""
    assert {file: found for file, data in built(name).items() if (found := faults(data))} == {}


def test_the_report_that_is_looked_at_has_everything_in_it(built: Callable[[str], dict[str, bytes]]) -> None:
    """Four charts, footnotes, and turned pages: else its soundness would show little."""
    (data,) = built("report").values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names, document = archive.namelist(), archive.read("word/document.xml").decode()
    assert sum(name.startswith("word/charts/chart") for name in names) == 4
    assert "word/footnotes.xml" in names
    assert document.count('w:orient="landscape"') > 2


VALIDATING = """
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [modules, ...files] = process.argv.slice(1);
const { default: validate } = await import(pathToFileURL(`${modules}/@ooxml-tools/validate/dist/npm/index.js`));
const found = {};
for (const file of files) found[file] = await validate(new Uint8Array(readFileSync(file)), "Microsoft365");
console.log(JSON.stringify(found));
process.exit(0);
"""


def violations(folder: Path, files: Mapping[str, bytes]) -> dict[str, set[tuple[str, str]]]:
    """Return what the schemas have against each file: the rule and what it says."""
    paths = {}
    for number, (name, data) in enumerate(files.items()):
        paths[name] = folder / f"{number}.docx"
        paths[name].write_bytes(data)
    node = [shutil.which("node"), "--input-type=module", "-e", VALIDATING, os.environ["DOCS_TEST_NODE_MODULES"]]
    done = subprocess.run([*node, *map(str, paths.values())], check=True, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: {(each["id"], each["description"]) for each in found[str(path)]} for name, path in paths.items()}


@pytest.mark.slow
@pytest.mark.needs("ooxml-validate")
def test_what_we_make_keeps_the_schemas(built: Callable[[str], dict[str, bytes]], tmp_path: Path) -> None:
    """ISO 29500 has nothing against a document that it does not have against the template it is made of."""
    made = {f"{name}: {file}": data for name in DOCUMENTS for file, data in built(name).items()}
    found = violations(tmp_path, made | TEMPLATES)
    known = set().union(*(found[name] for name in TEMPLATES))
    assert {name: found[name] - known for name in made if found[name] - known} == {}


@pytest.mark.slow
@pytest.mark.needs("ooxml-validate")
def test_the_schemas_are_really_asked(tmp_path: Path) -> None:
    """A number that is none is a violation, and the template has none at all."""
    template = TEMPLATES["templates/deliverables/plan.docx"]
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<w:pgSz w:w=", b'<w:pgSz w:code="x" w:w='))
    found = violations(tmp_path, {"template": template, "spoilt": spoilt.getvalue()})
    assert found["template"] == set()
    assert {rule for rule, _ in found["spoilt"]} == {"Sch_AttributeValueDataTypeDetailed"}
