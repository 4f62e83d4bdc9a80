"""How long the inbox takes to open: registering e-signed files, beside reading their facts alone in as many processes.

Every file is a version of six pages as `invoke send` makes it, each of an agreement of its own, signed by both parties
with test certificates; nobody in it exists. What is timed is `receive`, which reads, judges, compares, archives,
numbers, writes the log and the readable copies, against the same children reading the same facts and nothing else.
Both run by turns on the same machine, so read the ratio; the memory is that of the main process, at its highest.

    python -m benchmarks.register_inbox --files 200 1000 --rounds 1
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from elca_docs import inbox
from elca_docs.durable import sha256_of
from elca_docs.evidence import SIZE_LIMIT, anchors_of
from elca_docs.model.log_events import Referenced, Sent
from elca_docs.pdf import PageStamp, signature_copy, specimens
from elca_docs.workers import Workers
from elca_docs.workflows.desk import Desk, open_desk
from elca_docs.workflows.reading import close_look
from elca_docs.workflows.receiving import receive

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2021, 11, 15, 12, tzinfo=UTC)
SIGNED_AT = datetime(2021, 10, 20, 12, tzinfo=UTC)
SENT_ON = date(2021, 10, 1)
PAGES = 6
SERIES = "SAMPLE-CA-ALFA-{seq:03}"


def desk(folder: Path) -> Desk:
    """Return the desk of the project on the day of the benchmark."""
    return open_desk(str(folder), actor="benchmark", now=lambda: NOW)


def prepare(folder: Path, files: int) -> None:
    """Make a project of which so many agreements went out, and their signed copies in post/; a minute per 200 files."""
    shutil.copytree(ROOT / "examples" / "demo" / "records", folder / "records")
    path = folder / "records" / "agreements.yaml"
    more = (
        f"- {{id: X-{n:04}, class: CA, responsible: [ALFA], counterparts: [sample-rail], areas: [specimens]}}"
        for n in range(1, files + 1)
    )
    path.write_text(path.read_text(encoding="utf-8") + "\n" + "\n".join(more) + "\n", encoding="utf-8")
    authority = specimens.test_authority("Specimen Authority (fictitious)")
    (folder / "records" / "anchors").mkdir()
    (folder / "records" / "anchors" / "specimen-authority.cer").write_bytes(authority.certificate)
    (folder / "post").mkdir()
    there = desk(folder)
    parties = [there.portfolio.party(each) for each in ("ALFA", "sample-rail")]
    names = {str(each.id): each.legal.name or each.name for each in parties}
    signers = {}
    for party, name in names.items():
        people = [each.name for each in there.portfolio.people if each.of == party and each.signs]
        valid = {"from_": date(2000, 1, 1), "until": date(2099, 12, 31)}
        signers[party] = specimens.signer(authority, person=people[0] if people else "", organisation=name, **valid)
    events: list[Referenced | Sent] = []
    for number in range(1, files + 1):
        reference, name = f"SAMPLE-CA-ALFA-{number:03}", f"SAMPLE-CA-ALFA-{number:03}_v1"
        stamps = [stamp(reference, page, there.portfolio.project.grant_number) for page in range(1, PAGES + 1)]
        copy = signature_copy(six_pages(reference), stamps=stamps, parties=names, properties={"title": reference})
        sent = {"pdf": there.issued.stage(copy.data), "docx": there.issued.stage(reference.encode())}
        events.append(Referenced(reference=reference, agreement=f"X-{number:04}", series=SERIES, seq=number))
        events.append(
            Sent(reference=reference, version=1, on=SENT_ON, name=name, pages=PAGES, fields=dict(copy.fields), **sent)
        )
        pdf = copy.data
        for field, party in copy.fields.items():
            pdf = specimens.signed(pdf, signers[party], field=field, at=SIGNED_AT)
        (folder / "post" / f"{number:04}.pdf").write_bytes(pdf)
    there.register.append(lambda _: events)
    there.issued.show(
        {
            f"{each.name}.{kind}": getattr(each, kind)
            for each in events
            if isinstance(each, Sent)
            for kind in ("docx", "pdf")
        }
    )


def six_pages(reference: str) -> bytes:
    """Return the text of an agreement as Word exports it: six pages that carry the reference."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    for page in range(1, PAGES + 1):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(71, 790, f"Specimen agreement {reference}")
        for line in range(44):
            canvas.drawString(71, 770 - line * 14, f"{page}.{line} The parties of this specimen agree on nothing.")
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def stamp(reference: str, page: int, key: str) -> PageStamp:
    """Return the stamp of a page."""
    from elca_docs.model.page_code import PageCode

    line = f"{reference} · version 1 · page {page} of {PAGES}"
    return PageStamp(line=line, code=PageCode(reference, 1, page, PAGES).text(key))


def facts_alone(folder: Path) -> float:
    """Return the seconds that reading the facts takes, in as many children as `receive` has."""
    anchors, _ = anchors_of(desk(folder).workspace.anchors())
    began = time.perf_counter()
    names = sorted(path.name for path in (folder / "register" / "inbox").glob("*.pdf"))
    with Workers() as workers:
        calls = ((inbox_file(folder, name), name, anchors, NOW) for name in names)
        for facts in workers.map(close_look, calls):
            sha256_of(repr(facts).encode())
    return time.perf_counter() - began


def inbox_file(folder: Path, name: str) -> bytes:
    """Return the bytes of a file of the inbox."""
    with (folder / "register" / "inbox" / name).open("rb") as stream:
        return stream.read(SIZE_LIMIT)


def registering(folder: Path) -> float:
    """Return the seconds that opening the inbox takes; every file must be registered."""
    there = desk(folder)
    count = len(list((folder / "register" / "inbox").glob("*.pdf")))
    began = time.perf_counter()
    receive(there)
    seconds = time.perf_counter() - began
    registered = sum(bool(each.registered) for each in there.register.view().agreements.values())
    if registered != count:
        sys.exit(f"{registered} of {count} files were registered")
    return seconds


def measured(what: str, folder: Path) -> None:
    """Do one of the two in this process, and print seconds and the highest memory as JSON."""
    inbox._SETTLED = 0.0  # noqa: SLF001 - the wait for scanners is the same for any number of files
    if hasattr(os, "sync"):
        os.sync()  # the copies that were just made are on the disk before the clock runs
    seconds = registering(folder) if what == "registering" else facts_alone(folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory}))


def run(what: str, template: Path, files: int) -> dict[str, float]:
    """Copy the project, put so many files into its inbox, and measure in a process of its own."""
    with tempfile.TemporaryDirectory(dir=template.parent) as place:
        folder = Path(place) / "p"
        shutil.copytree(template, folder, ignore=shutil.ignore_patterns("post"))
        (folder / "register" / "inbox").mkdir(parents=True)
        for path in sorted((template / "post").iterdir())[:files]:
            shutil.copy(path, folder / "register" / "inbox")
        command = [sys.executable, "-m", "benchmarks.register_inbox", "--only", what, "--folder", str(folder)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
        found = json.loads(answer.splitlines()[-1])
        return {key: float(found[key]) for key in ("seconds", "memory")}


def main() -> None:
    """Prepare once, measure by turns, and print a row for each number of files."""
    ask = argparse.ArgumentParser(description="Opening the inbox beside reading the facts alone.")
    ask.add_argument("--files", type=int, nargs="+", default=[200, 1000])
    ask.add_argument("--rounds", type=int, default=1)
    ask.add_argument("--prepared", default="", help="keep the prepared project in this folder, and use it again")
    ask.add_argument("--only", default="", help=argparse.SUPPRESS)
    ask.add_argument("--folder", default="", help=argparse.SUPPRESS)
    flags = ask.parse_args()
    if flags.only:
        measured(flags.only, Path(flags.folder))
        return
    with tempfile.TemporaryDirectory() as place:
        template = Path(flags.prepared or place) / "prepared"
        if not template.exists():
            prepare(template, max(flags.files))
        print(f"{'files':>6} {'facts alone':>12} {'registering':>12} {'ratio':>6} {'memory, main process':>21}")
        for files in flags.files:
            rounds = [(run("facts", template, files), run("registering", template, files)) for _ in range(flags.rounds)]
            facts, whole = (statistics.median(each[place]["seconds"] for each in rounds) for place in (0, 1))
            memory = max(each["memory"] for _, each in rounds)
            print(f"{files:>6} {facts:>10.1f} s {whole:>10.1f} s {whole / facts:>6.2f} {memory:>18.0f} MB")


if __name__ == "__main__":
    main()
