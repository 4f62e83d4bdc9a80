"""A small project with a post, for tests: agreements of two pages that go out and come back. Nothing in it exists."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Self

from desks import NOON, ROOT, desk
from office_specimens import word_file
from pypdf import PdfReader, PdfWriter

from elca_docs.errors import DocsError
from elca_docs.model.log_events import Registered, Sent
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.pdf import specimens
from elca_docs.planning import Filters
from elca_docs.register import FolderStore, Register
from elca_docs.workflows.demo_papers import Pens, exported
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.receiving import receive
from elca_docs.workflows.sending import Sending, final_text, send
from elca_docs.workflows.summary import Summary

SENT_AT = datetime(2021, 10, 1, 12, tzinfo=UTC)
SIGNED_AT = datetime(2021, 10, 20, 12, tzinfo=UTC)
TEXT = 28
"""Lines of text: what makes two pages."""


@cache
def small_template() -> bytes:
    """Return a template with the mark of a draft, what changes with the records, and text for two pages."""
    return word_file(
        "{%p if is_draft %}",
        "This is a draft and not for signature",
        "{%p endif %}",
        "{{ agreement.title }} {{ reference }}, version {{ version }}",
        "between {% for party in parties %}{{ party.name }}, {{ party.address }}; {% endfor %}",
        "about {% for area in areas %}{{ area }}; {% endfor %}",
        *(f"Article {line} of this specimen says nothing at all of the specimen number {line}" for line in range(TEXT)),
    )


def small_project(folder: Path) -> Path:
    """Return a project folder with the records of the demo and templates of two pages, all drafted."""
    shutil.copytree(ROOT / "examples/demo/records", folder / "records")
    (folder / "templates/agreements").mkdir(parents=True)
    for name in ("cooperation", "cooperation.es", "business"):
        (folder / f"templates/agreements/{name}.docx").write_bytes(small_template())
    shutil.copytree(ROOT / "templates/deliverables", folder / "templates/deliverables")
    make_drafts(desk(folder, SENT_AT), Filters())
    return folder


def bare_organisation(folder: Path) -> None:
    """Leave of the counterpart of CA-02 its name only, in the records of a project."""
    path = folder / "records/organisations.yaml"
    text = path.read_text(encoding="utf-8")
    begin = text.index("- id: floating-bridges")
    end = text.find("\n- id:", begin)
    bare = "- id: floating-bridges\n  name: Floating Bridges Specimen\n  kind: cluster\n"
    path.write_text(text[:begin] + bare + text[end:], encoding="utf-8")


class Here:
    """Workers who work in this process: what they are asked and answer is what children are."""

    def __init__(self, *_: object, **__: object) -> None:
        """Take the flags of the true workers, and need none of them."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is to be ended."""

    def map(self, function: Callable[..., object], arguments: Iterable[tuple[Any, ...]]) -> Iterator[object]:
        """Yield what the function gives, or the error it raises."""
        for each in arguments:
            try:
                yield function(*each)
            except DocsError as error:
                yield error


@dataclass(frozen=True, kw_only=True)
class Post:
    """A project folder, and hands that send its agreements, sign them, and put them into its inbox."""

    folder: Path
    pens: Pens
    moment: datetime = NOON

    def desk(self, moment: datetime | None = None) -> Desk:
        return desk(self.folder, moment or self.moment)

    def view(self) -> RegisterView:
        """Return what the log says, without the records."""
        store = FolderStore(self.folder / "register/log")
        return Register(store, project="000000", actor="tester", now=lambda: NOON).view()

    def history(self, agreement: str) -> AgreementHistory:
        return self.view().history(agreement)

    def kinds(self) -> list[str]:
        """Return the kinds of all entries of the log."""
        return [entry.event.kind for entry in self.view().entries]

    def export(self, agreement: str) -> str:
        """Return the path of a plain PDF of the text that would go out now."""
        there = self.desk()
        reference = self.history(agreement).reference
        record = there.portfolio.agreement(agreement)
        assert record
        path = self.folder.parent / f"{agreement.replace('/', '-')}.pdf"
        path.write_bytes(exported(final_text(there, record), "Specimen", reference))
        return str(path)

    def send(self, *agreements: str) -> None:
        """Send agreements, each with a PDF exported by hand."""
        for each in agreements:
            summary = send(self.desk(SENT_AT), Sending(ref=each, pdf=self.export(each)))
            assert not summary.problems, summary.problems

    def sent(self, agreement: str) -> Sent:
        return self.history(agreement).sent[-1]

    def issued(self, agreement: str, version: int = 0) -> bytes:
        """Return the PDF that went out."""
        sent = next(each for each in reversed(self.history(agreement).sent) if version in {0, each.version})
        return self.desk().issued.read(f"{sent.name}.pdf", sent.pdf)

    def parties(self, agreement: str) -> list[str]:
        there = self.desk()
        record = there.portfolio.agreement(agreement)
        assert record
        return [str(each.id) for each in there.portfolio.parties_of(record)]

    def signed(self, agreement: str, *parties: str, at: datetime = SIGNED_AT, version: int = 0) -> bytes:
        """Return the version that went out with the signatures of these parties; of all where none is named."""
        sent = next(each for each in reversed(self.history(agreement).sent) if version in {0, each.version})
        return self.pens.electronic(
            self.issued(agreement, version), sent.fields, parties or self.parties(agreement), at
        )

    def scan(self, agreement: str, seed: int = 1) -> bytes:
        return specimens.scanned(self.issued(agreement), dpi=120, quality="clean", seed=seed)

    def put(self, files: Mapping[str, bytes]) -> None:
        """Put files into the inbox."""
        folder = self.folder / "register/inbox"
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)

    def open(self, files: Mapping[str, bytes] | None = None, *, dry_run: bool = False) -> Summary:
        """Put files into the inbox, open it, and return what is said."""
        self.put(files or {})
        return receive(self.desk(), dry_run=dry_run)

    def inbox(self) -> list[str]:
        """Return what lies in the inbox, but for the folders of the program."""
        folder = self.folder / "register/inbox"
        return sorted(each.name for each in folder.iterdir() if each.name not in {".claims", "refused"})

    def reason(self, name: str) -> dict[str, Any]:
        """Return what is written beside a refused file."""
        path = self.folder / f"register/inbox/refused/{name}.reason.json"
        reason = json.loads(path.read_text(encoding="ascii"))
        assert isinstance(reason, dict)
        return reason

    def refused(self, name: str) -> bytes:
        return (self.folder / "register/inbox/refused" / name).read_bytes()

    def numbers(self) -> list[str]:
        """Return all register numbers, in the order of the log."""
        entries = self.view().entries
        return [each.event.number for each in entries if isinstance(each.event, Registered)]

    def edit_records(self, old: str, new: str, name: str = "agreements") -> None:
        """Change the records, at one place."""
        path = self.folder / f"records/{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")


def pages_of(pdf: bytes, *pages: int) -> bytes:
    """Return a PDF of these pages of another one, from 1, without its signatures."""
    reader, writer = PdfReader(io.BytesIO(pdf)), PdfWriter()
    for page in pages:
        writer.add_page(reader.pages[page - 1])
    return bytes_of(writer)


def joined(*pdfs: bytes) -> bytes:
    """Return the pages of several PDFs in one."""
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(io.BytesIO(pdf))
    return bytes_of(writer)


def encrypted(pdf: bytes) -> bytes:
    """Return a PDF that opens with a password only."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt("specimen", algorithm="AES-256")
    return bytes_of(writer)


def saved_again(pdf: bytes) -> bytes:
    """Return a PDF written anew by another program, with all that is in it."""
    return bytes_of(PdfWriter(clone_from=io.BytesIO(pdf)))


def bytes_of(writer: PdfWriter) -> bytes:
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def said(summary: Summary) -> str:
    """Return all that a person reads, a line each, numbers of signers' certificates left out."""
    lines = (*summary.lines, *(f"{each.code}: {each.message}" for each in summary.problems))
    return "\n".join(re.sub(r"\s+$", "", line) for line in lines)


def codes(summary: Summary) -> list[str]:
    return [each.code for each in summary.problems]
