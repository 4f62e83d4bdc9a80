"""Every figure of a compiled report, counted once more from the bytes of the log and the records, by other code.

Nothing of `tracking` or `reporting` is used on the side that counts: the log's lines are read as JSON, the records as
YAML, the report as Word.
"""

from __future__ import annotations

import calendar
import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml
from reported import NOW, REPORT, desk, opened, prepare, tables

from elca_docs.exchange import signed_specimen
from elca_docs.model.log_events import Corrected, Held, Received, Registered, Signed
from elca_docs.workflows import compiling
from elca_docs.workflows.compiling import Compiling, compile_deliverable
from elca_docs.workflows.freezing import cut_desk, freeze
from elca_docs.workflows.reviewing import status

CUT = "P1-as-delivered"
FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)
WINDOW = (date(2021, 1, 1), date(2022, 12, 31))
LATER = NOW.replace(month=6)


def last_day(text: str) -> date:
    """Return the last day that a planned date can mean: 2021-06 is the 30th of June."""
    year, month, *day = map(int, str(text).split("-"))
    return date(year, month, day[0] if day else calendar.monthrange(year, month)[1])


@dataclass
class Counted:
    """What log and records of one cut come to on its day, counted by hand."""

    root: Path
    position: int
    records: Path
    baseline: Path
    as_of: date
    lines: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        undone = set()
        for number in range(1, self.position + 1):
            text = (self.root / f"register/log/{number:06}.jsonl").read_text(encoding="utf-8")
            for place, line in enumerate(text.splitlines()[1:-1], start=1):
                event = json.loads(line)
                self.lines.append({**event, "at": f"{number}.{place}"})
                undone |= {event["undoes"]} if event["kind"] == "corrected" else set()
        self.lines = [each for each in self.lines if each["at"] not in undone]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [each for each in self.lines if each["kind"] == kind]

    def written(self, name: str, folder: Path | None = None) -> Any:
        return yaml.safe_load(((folder or self.records) / f"{name}.yaml").read_text(encoding="utf-8"))

    def whole(self, digest: str) -> bool:
        path = self.root / f"register/evidence/{digest[:2]}/{digest}.pdf"
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest

    @cached_property
    def agreements(self) -> dict[str, dict[str, Any]]:
        """The records of agreements that name a counterpart, by id."""
        return {each["id"]: each for each in self.written("agreements") if each.get("counterparts")}

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The register number of each reference."""
        return {each["reference"]: each["number"] for each in self.of("registered")}

    @cached_property
    def references(self) -> dict[str, str]:
        """The agreement of each reference."""
        return {each["reference"]: each["agreement"] for each in self.of("referenced")}

    @cached_property
    def signed(self) -> dict[str, date]:
        """The day on which the last party of each agreement had signed, by reference, in the order of those days."""
        found = {}
        for reference, agreement in self.references.items():
            record = self.agreements[agreement]
            parties = {*record["counterparts"], *(record["responsible"] if record["class"] == "CA" else ())}
            days: dict[str, date] = {}
            for each in self.of("signed"):
                on = date.fromisoformat(each["on"])
                if each["reference"] == reference and on <= self.as_of and self.whole(each["evidence"]):
                    days.setdefault(each["party"], on)
            if parties <= days.keys():
                found[reference] = max(days[each] for each in parties)
        return dict(sorted(found.items(), key=lambda row: (row[1], self.references[row[0]])))

    def counted_agreements(self, class_: str) -> dict[str, date]:
        """The day of each agreement of a class that counts, one for each counterpart."""
        met: set[str] = set()
        found = {}
        for reference, day in self.signed.items():
            record = self.agreements[self.references[reference]]
            if record["class"] == class_ and reference in self.numbers and WINDOW[0] <= day <= WINDOW[1]:
                new = set(record["counterparts"]) - met
                found |= {reference: day} if new or class_ == "BA" else {}
                met |= new
        return found

    def waiting(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The records that have a counterpart and not all signatures: whose last day has passed, and the others."""
        done = {self.references[each] for each in self.signed}
        every = [each for name, each in self.agreements.items() if name not in done]
        late = [each for each in every if each.get("expected") and last_day(each["expected"]) < self.as_of]
        return late, [each for each in every if each not in late]

    def held(self, proofs: set[str] | None) -> list[dict[str, Any]]:
        """The lines that say something took place by the day, with a proof of these kinds (or any) that is whole."""
        return [
            each
            for each in self.of("held")
            if date.fromisoformat(each["on"]) <= self.as_of
            and (proofs is None or each["proof"] in proofs)
            and all(map(self.whole, each["evidence"]))
        ]

    def events(self, kind: str, proofs: set[str]) -> dict[str, date]:
        ids = {each["id"] for each in self.written("events") if each["kind"] == kind}
        return {each["subject"]: date.fromisoformat(each["on"]) for each in self.held(proofs) if each["subject"] in ids}

    def contacts(self) -> dict[str, date]:
        ids = {each["id"] for each in self.written("contacts")}
        found = self.held({"minutes", "attendance-list", "correspondence"})
        return {each["subject"]: date.fromisoformat(each["on"]) for each in found if each["subject"] in ids}

    def sectors(self) -> dict[str, date]:
        beyond = {each["id"] for each in self.written("project")["sectors"] if each.get("beyond_mobility")}
        found = {}
        for each in self.held({"attendance-list", "minutes"}):
            for sector in beyond & set(each["sectors"]):
                found.setdefault(sector, date.fromisoformat(each["on"]))
        return found

    def due(self, name: str, **wanted: str) -> int:
        """How many rows of the baseline's records are dated by the day."""
        rows = self.written(name, self.baseline)
        mine = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
        return sum(
            row.get("slots", 1) for row in mine if row.get("expected") and last_day(row["expected"]) <= self.as_of
        )

    def rows(self) -> dict[str, tuple[int, int, int, int]]:
        """Target, due, achieved in the period, achieved by the day, by indicator."""
        achieved = {
            "KPI 1": self.contacts(),
            "KPI 2": self.counted_agreements("CA"),
            "KPI 3": self.counted_agreements("BA"),
            "KPI 4": self.events("workshop", {"attendance-list"}),
            "KPI 5": self.events("international-meeting", {"minutes", "attendance-list"}),
            "KPI 6": self.sectors(),
        }
        due = {
            "KPI 2": self.due("agreements", **{"class": "CA"}),
            "KPI 3": self.due("agreements", **{"class": "BA"}),
            "KPI 4": self.due("events", kind="workshop"),
            "KPI 5": self.due("events", kind="international-meeting"),
        }
        return {
            each["id"]: (
                each["target"],
                min(due.get(each["id"], -1), each["target"]),
                sum(FIRST <= day <= LAST for day in achieved[each["id"]].values()),
                len(achieved[each["id"]]),
            )
            for each in self.written("indicators")
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of which a cut was made, and in whose register much was written afterwards."""
    made = prepare(tmp_path_factory.mktemp("figures") / "p", 24)
    there = desk(made)
    for subject, proof, sectors in (("C-01", "minutes", ("glass",)), ("IM-01", "minutes", ()), ("WS-01", "photo", ())):
        paper = received(there, subject)
        held = {"on": date(2021, 10, 20), "evidence": (paper.sha256,), "proof": proof, "by": "officer-1"}
        events = (paper, Held(subject=subject, sectors=sectors, **held))
        there.register.append(lambda _, events=events: events)
    number = next(each for each in there.register.view().entries if isinstance(each.event, Registered))
    there.register.append(lambda _: (Corrected(undoes=number.address, reason="a page was missing"),))
    freeze(compiling.on_its_day(there, report_of(there)), CUT)
    later = desk(made, LATER)
    paper = received(later, "SAMPLE-CA-ALFA-0004")
    sign = {"on": date(2021, 11, 30), "evidence": paper.sha256, "by": "officer-1"}
    late = (
        paper,
        Signed(reference="SAMPLE-CA-ALFA-0004", party="net-0004", **sign),
        Registered(reference="SAMPLE-CA-ALFA-0004", number="R-2021-900", series="R-2021-{seq:03}", seq=900),
    )
    later.register.append(lambda _: late)
    return made


def report_of(there):
    return next(each for each in there.portfolio.deliverables if each.id == REPORT)


def received(there, subject: str) -> Received:
    data = signed_specimen(title="Specimen", reference=subject, lines=("more",), signatures=())
    return Received(subject=subject, sha256=there.proof.keep(data), name=f"{subject}.pdf", size=len(data), pages=1)


@pytest.fixture(scope="module")
def found(folder: Path) -> dict[str, list[list[str]]]:
    """Return the tables of the report of the cut, as compiled half a year after it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compiling, "find_office", lambda: None)
        compile_deliverable(desk(folder, LATER), Compiling(deliverable=REPORT, cut=CUT))
    return tables(opened(folder, f"{REPORT}_{CUT}"))


@pytest.fixture(scope="module")
def counted(folder: Path) -> Counted:
    """Return the hand count of what the cut froze."""
    cuts = folder / "register/cuts"
    said = json.loads((cuts / CUT / "cut.json").read_text(encoding="utf-8"))
    as_of = date.fromisoformat(said["as_of"])
    return Counted(folder, said["position"], cuts / CUT / "records", cuts / "plan/records", as_of)


def test_each_indicator_is_what_the_log_gives(found, counted: Counted) -> None:
    """Target, due by the baseline, achieved in the period and by the day, and the deviation between them."""
    printed = {
        row[0].partition(" –")[0]: tuple(map(int, row[1:7])) for row in found["Indicators, planned and achieved"]
    }
    expected = counted.rows()
    for name, (target, _, due, inside, achieved, deviation) in printed.items():
        wanted = expected[name]
        assert (name, target, inside, achieved) == (name, wanted[0], *wanted[2:])
        assert due == (wanted[1] if wanted[1] >= 0 else due)
        assert deviation == achieved - due
    assert printed.keys() == expected.keys()
    assert [row[4] for row in printed.values()] == [1, 14, 0, 3, 1, 1]


def test_each_indicator_is_what_status_says_at_the_cut(folder: Path, found) -> None:
    """The report's target, planned and achieved are those that `status` gives at that cut."""
    answer = status(cut_desk(desk(folder, LATER), CUT), form="json").json
    said = {each["id"]: (each["target"], each["planned"], each["counted"]) for each in answer["indicators"]}
    printed = {
        row[0].partition(" –")[0]: (int(row[1]), int(row[2]), int(row[5]))
        for row in found["Indicators, planned and achieved"]
    }
    assert printed == said


def test_key_figures_are_what_the_log_gives(found, counted: Counted) -> None:
    """Signed, of them in the period, pending, overdue, without counterpart, held: each once more by hand."""
    late, waiting = counted.waiting()
    filled = [each["fills"] for each in counted.agreements.values() if each.get("fills")]
    slots = [each["slots"] for each in counted.written("agreements") if each.get("slots")]
    events = {each["id"] for each in counted.written("events")}
    took_place = [each for each in counted.held(None) if each["subject"] in events]
    reached = [row[3] >= row[0] for row in counted.rows().values()]
    assert [(row[0], int(row[1])) for row in found["Key figures of the specimen project"]][:-1] == [
        ("Indicators that have reached their target", sum(reached)),
        ("Agreements signed by all parties", len(counted.signed)),
        ("of them in the period", sum(FIRST <= day <= LAST for day in counted.signed.values())),
        ("Agreements pending (not overdue)", len(waiting)),
        ("Agreements overdue", len(late)),
        ("Agreements planned without a counterpart yet", sum(slots) - len(filled)),
        ("Events held, with proof", len(took_place)),
        ("of them in the period", sum(str(FIRST) <= each["on"] <= str(LAST) for each in took_place)),
    ]
    assert (len(counted.signed), len(took_place)) == (15, 5)


def test_the_lists_of_agreements_are_those_of_the_log(found, counted: Counted) -> None:
    """Each signed agreement stands with its own day and number, each overdue one once, nothing else."""
    printed = [(row[2], row[4]) for row in found["Agreements signed by all parties"]]
    wanted = [
        (f"{day.day} {day:%B %Y}", " | ".join(filter(None, (reference, counted.numbers.get(reference, "")))))
        for reference, day in counted.signed.items()
    ]
    assert printed == wanted
    late, waiting = counted.waiting()
    days = sorted((counted.as_of - last_day(each["expected"])).days for each in late)
    assert sorted(int(row[3]) for row in found["Agreements overdue"]) == days
    assert len(found["Agreements pending"]) == len(waiting)


def test_the_annexes_are_the_signed_copies_of_the_log(found, counted: Counted) -> None:
    """One for each register number that stands, in their order, with the beginning of the digest of its file."""
    copies = {each["reference"]: each["evidence"] for each in counted.of("signed")}
    wanted = [
        (reference, number, f"{copies[reference][:16]}…")
        for reference, number in sorted(counted.numbers.items(), key=lambda row: row[1])
        if reference in counted.signed
    ]
    assert [(row[2], row[3], row[5]) for row in found["Signed agreements annexed"]] == wanted
    assert "R-2021-001" not in {number for _, number, _ in wanted}


def test_text_takes_the_same_figures(folder: Path, counted: Counted) -> None:
    """What the authors' text quotes is what the log gives."""
    text = " ".join(each.text for each in opened(folder, f"{REPORT}_{CUT}").paragraphs)
    late, waiting = counted.waiting()
    slots = sum(each["slots"] for each in counted.written("agreements") if each.get("slots"))
    filled = sum("fills" in each for each in counted.agreements.values())
    planned = len(counted.agreements) + slots - filled
    signed, rows = len(counted.signed), counted.rows()
    assert len(late) + len(waiting) + signed == len(counted.agreements)
    assert f"Of {planned} agreements planned, {signed} are signed by all parties and {len(late)} are overdue." in text
    for name in ("KPI 2", "KPI 3"):
        assert f"{rows[name][3]} of {rows[name][0]} counted (Table " in text
