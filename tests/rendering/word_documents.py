"""Word files to read back: the shipped template of a deliverable, small blocks, and what a reader sees of them."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from lxml import etree

from elca_docs.rendering.word import compile_document

ROOT = Path(__file__).parents[2]
TEMPLATE = (ROOT / "templates" / "deliverables" / "plan.docx").read_bytes()


def compiled(*blocks, template=TEMPLATE, title="A plan", subject="SAMPLE · X1", language="en", **more):
    return compile_document(blocks, template, title=title, subject=subject, language=language, **more)


def body(*blocks, **more):
    """Return the compiled blocks as python-docx reads them."""
    return docx.Document(io.BytesIO(compiled(*blocks, **more)))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def changed(data: bytes, name: str, change) -> bytes:
    """Return the package with one member's text changed; None from `change` leaves the member out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            content = old.read(member) if member != name else change(old.read(member).decode())
            if content is not None:
                new.writestr(member, content)
    return stream.getvalue()


def shown(element) -> str:
    """Return the text a reader sees: tabs as tabs, field codes left out."""
    return "".join(
        "\t" if each.tag == qn("w:tab") else each.text or "" for each in element.iter(qn("w:t"), qn("w:tab"))
    )


def converted(folder: Path, data: bytes, kind: str) -> Path:
    """Return the file that LibreOffice makes of a Word file, in a folder and with a profile of its own."""
    (folder / "plan.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    made = folder / "made"
    command = [shutil.which("soffice"), profile, "--headless", "--convert-to", kind, "--outdir", str(made)]
    subprocess.run([*command, str(folder / "plan.docx")], check=True, capture_output=True, timeout=120)
    return made / f"plan.{kind}"
