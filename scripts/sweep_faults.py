"""Kill, fill the disk and break it at every file operation of draft, send, register and confirm, one point at a time.

After each point: nothing that came in is lost, nothing is torn under its final name, the log and `verify --read-data`
know of no damage, and no exception escaped. After one more undisturbed run everything is as if nothing had happened.
It exits with 1 where one of this is not so, and names the point.

    python scripts/sweep_faults.py --by strace
    python scripts/sweep_faults.py --by layer --points 60 --jobs 1

The calls run in forks of this process, what children read off a file is remembered (`fault_road`). This shows the
death of a process and errors of a disk, not a power cut: for that the order of the calls is what counts.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fault_road as road
from fault_layer import Layer
from fault_points import FAULTS, OUR_BUG, Fault, Outcome, Point, Way
from fault_strace import Strace

from elca_docs.errors import DocsError

_WAYS: Final[dict[str, Way]] = {"strace": Strace(), "layer": Layer()}


@dataclass(frozen=True)
class Case:
    """One fault at one point of a stage, and what an undisturbed run leaves."""

    stage: road.Stage
    template: Path
    inputs: frozenset[str]
    wanted: Mapping[str, str]
    point: Point
    fault: Fault

    def __str__(self) -> str:
        return f"{self.stage.name}: {self.fault} at {self.point.call} {self.point.number} ({self.point.shown:.200})"


def answer(stage: road.Stage, folder: Path) -> int:
    """Make the call of a stage; return 1 for a refusal with a sentence, as the task does."""
    try:
        stage.call(folder)
    except DocsError:
        return 1
    return 0


def tried(case: Case, way: Way, place: Path) -> tuple[Outcome, list[str]]:
    """Return how the disturbed call ended, and what is wrong after it and after one more run."""
    if place.exists():
        shutil.rmtree(place)
    shutil.copytree(case.template, place)
    outcome = way.disturbed(lambda: answer(case.stage, place), case.point, case.fault, place)
    wrong = [f"an exception escaped: {outcome.words}"] if outcome.code == OUR_BUG else []
    wrong += road.violations(place, case.wanted, case.inputs)
    try:
        answer(case.stage, place)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told with its point
        wrong.append(f"one more run: an exception escaped: {type(error).__name__}: {error}")
    wrong += (f"one more run: {each}" for each in road.violations(place, case.wanted, case.inputs))
    wrong += (f"one more run: {each}" for each in road.differences(road.state(place), case.wanted))
    wrong += (f"one more run: {each}" for each in road.unclean(place))
    return outcome, wrong


def cases(way: Way, base: Path, stages: Sequence[road.Stage]) -> Iterator[Case]:
    """Prepare every stage once, run it undisturbed, and yield every fault at every point of it."""
    for stage in stages:
        template = road.prepared(stage, base / "before" / stage.name.replace(" ", "-"))
        inputs = road.held(template)
        for name in ("reading", "undisturbed"):  # the first time what is read off files is remembered
            undisturbed = base / name
            shutil.rmtree(undisturbed, ignore_errors=True)
            shutil.copytree(template, undisturbed)
            if name == "reading":
                answer(stage, undisturbed)
        points = way.points(lambda: answer(stage, undisturbed), undisturbed)  # noqa: B023 - called at once
        wanted = road.state(undisturbed)
        if found := [*road.violations(undisturbed, wanted, inputs), *road.unclean(undisturbed)]:
            sys.exit(f"{stage.name}, undisturbed: {found}")
        for point, fault in itertools.product(points, FAULTS):
            if fault in point.faults:
                yield Case(stage, template, inputs, wanted, point, fault)


_CASES: list[Case] = []
_JOB: list[tuple[Way, Path]] = []


def _one(number: int) -> tuple[int, Outcome, list[str]]:
    """Try one case in a process of the pool, which was forked when all cases were known."""
    way, base = _JOB[0]
    worker = multiprocessing.current_process().name
    return number, *tried(_CASES[number], way, base / worker)


def sweep(chosen: Sequence[int], jobs: int) -> Iterator[tuple[Case, Outcome, list[str]]]:
    """Try the cases chosen, and yield each with what came of it."""
    if jobs == 1:
        found = map(_one, chosen)
        yield from ((_CASES[number], outcome, wrong) for number, outcome, wrong in found)
        return
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for number, outcome, wrong in pool.imap_unordered(_one, chosen):
            yield _CASES[number], outcome, wrong


def spread(every: int, wanted: int) -> list[int]:
    """Return `wanted` numbers below `every`, evenly spread; all of them where fewer are there or 0 are wanted."""
    if not wanted or wanted >= every:
        return list(range(every))
    return sorted({place * every // wanted for place in range(wanted)})


def main() -> None:
    """Sweep, print a line per stage and fault, and name every point with something wrong."""
    ask = argparse.ArgumentParser(description="Faults at every file operation of the road.")
    ask.add_argument("--by", choices=("auto", *_WAYS), default="auto", help="how faults are made (default: auto)")
    ask.add_argument("--points", type=int, default=0, help="only so many points, evenly spread (default: all)")
    ask.add_argument("--stage", choices=[each.name for each in road.STAGES], action="append", help="only this stage")
    ask.add_argument("--jobs", type=int, default=2, help="how many points at a time (default: 2)")
    flags = ask.parse_args()
    began = time.monotonic()
    way = _WAYS.get(flags.by) or next(each for each in _WAYS.values() if each.works())
    road.here()
    memory = Path("/dev/shm")  # noqa: S108 - a folder of ours is made in it; fsync costs nothing there
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        base = Path(folder)
        stages = [each for each in road.STAGES if not flags.stage or each.name in flags.stage]
        _CASES.extend(cases(way, base, stages))
        _JOB.append((way, base))
        sys.exit(_told(way, spread(len(_CASES), flags.points), flags.jobs, began))


def _told(way: Way, chosen: Sequence[int], jobs: int, began: float) -> int:
    """Print what the sweep comes to, and return the exit code."""
    counts: Counter[tuple[str, str]] = Counter()
    bad = missed = 0
    for case, outcome, wrong in sweep(chosen, jobs):
        counts[case.stage.name, case.fault] += outcome.met
        missed += not outcome.met
        bad += bool(wrong)
        for each in wrong:
            print(f"{case}\n    {each}", flush=True)
    for (stage, fault), count in sorted(counts.items()):
        print(f"{stage:<16}{fault:<9}{count:>5} points")
    print(f"{sum(counts.values())} points by {way.name}, {bad} with something wrong, {missed} not met again", end="")
    print(f", {time.monotonic() - began:.0f} s")
    return 1 if bad or missed > len(chosen) // 20 else 0


if __name__ == "__main__":
    main()
