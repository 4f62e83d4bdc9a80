"""How long a progress report takes to compile: for 400 agreements beside 40, by turns in one run; PDF left out.

The project is the demo's, with so many agreements more, each with a counterpart of its own: of each five three are
signed by both parties and numbered, one is signed by one of them, one is late; for each four there is a workshop, half
of them held with a list of those who came; and every seventh date was moved after the plan was frozen, so that the
report has deviations to tell. Nobody in it exists. What is timed is what `invoke compile P1.2` does without
LibreOffice: read the records and the log, look at every evidence, compute, write the Word file.

    python -m benchmarks.compile_report --agreements 40 400 --rounds 5
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

from elca_docs.exchange import signed_specimen
from elca_docs.model.log_events import Held, LogEvent, Received, Referenced, Registered, Signed
from elca_docs.workflows import compiling
from elca_docs.workflows.compiling import Compiling, compile_deliverable
from elca_docs.workflows.desk import Desk, open_desk
from elca_docs.workflows.freezing import freeze

ROOT = Path(__file__).resolve().parents[1]
PLANNED_AT = datetime(2021, 4, 1, 12, tzinfo=UTC)
NOW = datetime(2022, 1, 20, 12, tzinfo=UTC)
REPORT = "P1.2"
PARTNERS = ("ALFA", "BETA", "GAMMA", "DELTA")
MOST = 8
"""How many times as long ten times as many agreements may take."""


def desk(folder: Path, moment: datetime = NOW) -> Desk:
    """Return the desk of the project at a moment that stands still."""
    return open_desk(str(folder), actor="benchmark", now=lambda: moment)


def partner_of(number: int) -> str:
    """Return who is responsible for an agreement or workshop."""
    return PARTNERS[number % len(PARTNERS)]


def prepare(folder: Path, agreements: int) -> Path:
    """Make the project, and return its folder: a plan that is frozen, dates that move, a year of signatures."""
    shutil.copytree(ROOT / "examples" / "demo" / "records", folder / "records")
    shutil.copytree(ROOT / "templates", folder / "templates")
    records = folder / "records"
    every = range(1, agreements + 1)
    more = {
        "organisations": [
            f"- {{id: net-{n:04}, name: Made-up Network {n}, kind: network, country: NO, sectors: [toys]}}"
            for n in every
        ],
        "agreements": [planned(n, month=4 + n % 9) for n in every],
        "events": [
            f"- {{id: W-{n:04}, kind: workshop, title: Specimen workshop {n}, responsible: [{partner_of(n)}], "
            f"organisations: [net-{n:04}], expected: 2021-{4 + n % 9:02}}}"
            for n in every
            if n % 4 == 0
        ],
    }
    for name, lines in more.items():
        added(records / f"{name}.yaml", "\n".join(lines))
    freeze(desk(folder, PLANNED_AT), "plan")
    path = records / "agreements.yaml"
    text = path.read_text(encoding="utf-8")
    for n in every[6::7]:
        text = text.replace(planned(n, month=4 + n % 9), planned(n, month=12))
    path.write_text(text, encoding="utf-8")
    there = desk(folder)
    events = [each for n in every for each in life(there, n)]
    numbered = (event for event in events if isinstance(event, Registered))
    if [each.seq for each in numbered] != list(range(1, sum(is_signed(n) for n in every) + 1)):
        sys.exit("the register numbers have a gap")
    there.register.append(lambda _: events)
    return folder


def planned(number: int, *, month: int) -> str:
    """Return the record of an agreement, a line."""
    return (
        f"- {{id: X-{number:04}, class: CA, responsible: [{partner_of(number)}], "
        f"counterparts: [net-{number:04}], expected: 2021-{month:02}}}"
    )


def added(path: Path, text: str) -> None:
    """Append records to a file."""
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def is_signed(number: int) -> bool:
    """Whether all parties sign an agreement."""
    return number % 5 in {1, 2, 3}


def life(there: Desk, number: int) -> Iterator[LogEvent]:
    """Yield what the log says of an agreement and of its workshop, with evidence on the disk."""
    partner, counterpart = partner_of(number), f"net-{number:04}"
    series = f"SAMPLE-CA-{partner}-{{seq:04}}"
    reference, day = series.format(seq=number), date(2021, 5 + number % 8, 1 + number % 28)
    yield Referenced(agreement=f"X-{number:04}", reference=reference, series=series, seq=number)
    if number % 5:
        copy = received(there, reference)
        yield copy
        for party in (partner, counterpart)[: 2 if is_signed(number) else 1]:
            yield Signed(reference=reference, party=party, on=day, evidence=copy.sha256, by="officer-1")
    if is_signed(number):
        seq = sum(is_signed(n) for n in range(1, number + 1))
        yield Registered(reference=reference, number=f"R-2021-{seq:03}", series="R-2021-{seq:03}", seq=seq)
    if number % 8 == 0:
        came = received(there, f"W-{number:04}")
        yield came
        yield Held(subject=came.subject, on=day, evidence=(came.sha256,), proof="attendance-list", by="officer-1")


def received(there: Desk, subject: str) -> Received:
    """Keep a specimen as evidence, and return what the log says of it."""
    data = signed_specimen(title="Specimen", reference=subject, lines=("Nobody signed this.",), signatures=())
    return Received(subject=subject, sha256=there.proof.keep(data), name=f"{subject}.pdf", size=len(data), pages=1)


def compiling_takes(folder: Path) -> float:
    """Return the seconds that compiling takes from the records' bytes to the Word file."""
    shutil.rmtree(folder / "output", ignore_errors=True)
    with patch.object(compiling, "find_office", lambda: None):
        began = time.perf_counter()
        compile_deliverable(desk(folder), Compiling(deliverable=REPORT))
        seconds = time.perf_counter() - began
    if not (folder / "output" / "deliverables" / f"{REPORT}.docx").is_file():
        sys.exit("no report was written")
    return seconds


def main() -> None:
    """Prepare once, measure by turns, and print a row for each number of agreements and the ratio."""
    ask = argparse.ArgumentParser(description="Compiling a progress report of many agreements beside one of few.")
    ask.add_argument("--agreements", type=int, nargs=2, default=[40, 400])
    ask.add_argument("--rounds", type=int, default=5)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folders = {count: prepare(Path(place) / str(count), count) for count in asked.agreements}
        for folder in folders.values():
            compiling_takes(folder)  # what is loaded once is not measured
        rounds = [{count: compiling_takes(folder) for count, folder in folders.items()} for _ in range(asked.rounds)]
        print(f"{'agreements':>10} {'median':>9} {'least':>9} {'most':>9} {'Word file':>12}")
        for count, folder in folders.items():
            taken = [each[count] for each in rounds]
            size = (folder / "output" / "deliverables" / f"{REPORT}.docx").stat().st_size / 1000
            seconds = (statistics.median(taken), min(taken), max(taken))
            print(f"{count:>10} {' '.join(f'{each:>7.2f} s' for each in seconds)} {size:>9.0f} kB")
    few, many = asked.agreements
    ratios = sorted(each[many] / each[few] for each in rounds)
    print(f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}); at most {MOST} is the aim")


if __name__ == "__main__":
    main()
