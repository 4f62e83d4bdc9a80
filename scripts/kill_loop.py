"""Kill the road with `kill -9` again and again, at random instants, while post keeps coming in; then look at the proof.

Each round forks this process, lets it draft, send, open the inbox and confirm, all on one project folder, and kills it
after 0 to 2 seconds together with the children that read files. Before each round a person may put one more file into
the inbox. After each round nothing may be lost, torn or damaged; after the last one, and one undisturbed run,
`verify --read-data` is clean, and the register says what it says after a run that nobody has killed.

    python scripts/kill_loop.py --rounds 100 --seed 1
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import fault_road as road
from fault_points import ended

from elca_docs.errors import DocsError
from elca_docs.inbox import FOLDER

_LONGEST: Final = 2.0
_STEPS: Final[tuple[Callable[[Path], None], ...]] = (
    road.drafted,
    lambda folder: road.sent(folder, road.BOTH, road.ONE, road.PEN),
    road.opened,
    road.confirmed,
)


def whole_road(folder: Path) -> None:
    """Take every step that can be taken; what cannot be done yet is refused with a sentence."""
    for step in _STEPS:
        with contextlib.suppress(DocsError):
            step(folder)


def post_of(folder: Path) -> dict[str, bytes]:
    """Prepare a project, and return what will come back once its versions are sent: they have the same bytes."""
    road.new_project(folder)
    road.drafted(folder)
    road.export(folder, road.BOTH, road.ONE, road.PEN)
    road.sent(folder, road.BOTH, road.ONE, road.PEN)
    road.came_back(folder)
    return {path.name: path.read_bytes() for path in sorted((folder / FOLDER).glob("*.pdf"))}


def killed(folder: Path, delay: float) -> bool:
    """Walk the road in a fork and kill it after a delay; return whether it was still on its way."""
    pid = os.fork()
    if not pid:
        code = 0
        try:
            os.setsid()
            whole_road(folder)
        except BaseException as error:  # noqa: BLE001 - told by its exit code
            print(f"an exception escaped: {type(error).__name__}: {error}", flush=True)
            code = 3
        finally:
            os._exit(code)
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)
    code = ended(pid)
    if code > 0:
        sys.exit("an exception escaped from a round")
    return code < 0


def loop(base: Path, rounds: int, seed: int, *, children: bool) -> int:
    """Do the rounds, and return how many things are wrong; each is printed."""
    if not children:
        road.here()
    chance = random.Random(seed)  # noqa: S311 - instants, not secrets
    post = post_of(base / "calm")
    folder = road.new_project(base / "killed")
    shutil.copytree(base / "calm" / "post", folder / "post")
    shutil.copytree(base / "calm" / "records" / "anchors", folder / "records" / "anchors")
    whole_road(base / "calm")
    wanted = road.state(base / "calm")
    wrong: list[str] = []
    coming, came = sorted(post), list[str]()
    on_the_way = 0
    for number in range(rounds):
        if coming and number * len(post) >= len(came) * rounds // 2:
            came.append(coming.pop(chance.randrange(len(coming))))
            _put(folder, came[-1], post[came[-1]])
        on_the_way += killed(folder, chance.uniform(0, _LONGEST))
        inputs = frozenset(road.digest(post[name]) for name in came)
        wrong += (f"round {number}: {each}" for each in road.violations(folder, wanted, inputs))
    for name in coming:
        _put(folder, name, post[name])
    before = road.segments(folder)
    whole_road(folder)
    wrong += (f"in the end: {each}" for each in road.unclean(folder))
    wrong += (f"in the end: {each}" for each in road.differences(road.state(folder), wanted))
    print("\n".join(wrong) or "nothing wrong")
    every = road.segments(folder)
    print(f"{rounds} rounds, {on_the_way} of them killed on the way; {before} of {every} segments were theirs")
    return len(wrong)


def _put(folder: Path, name: str, data: bytes) -> None:
    path = folder / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main() -> None:
    """Read the flags, do the rounds in a folder that is removed, and exit with 1 where something is wrong."""
    ask = argparse.ArgumentParser(description="kill -9 on the whole road, again and again.")
    ask.add_argument("--rounds", type=int, default=100)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--one-process", action="store_true", help="read files without children (faster)")
    flags = ask.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        wrong = loop(Path(folder), flags.rounds, flags.seed, children=not flags.one_process)
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
