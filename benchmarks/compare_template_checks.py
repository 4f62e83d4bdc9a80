"""What our check of templates finds beside docxtpl-lint: on the broken and the sound templates of the tests.

docxtpl-lint is no dependency: install it anywhere, and name its command. It is given the same data contract, a value
for every field. A fault counts as found where an error or a warning is reported for that file, whatever it says; an
alarm on a sound template is a false one. Time is that of one process over all files; ours is started as one, too.

    python benchmarks/compare_template_checks.py --lint /path/to/docxtpl-lint
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "authoring")]

from broken_files import broken as every_broken  # noqa: E402 - the project's folders come first
from sound_templates import sound  # noqa: E402 - as above

from elca_docs.authoring.schema import schema_of  # noqa: E402 - as above
from elca_docs.authoring.trial import full_values  # noqa: E402 - as above
from elca_docs.context import FIELDS  # noqa: E402 - as above

_OURS = """
import json, pathlib, sys
from elca_docs.authoring import check_template
found = {}
for name in sys.argv[1:]:
    flaws = check_template(pathlib.Path(name).read_bytes(), name=name)
    found[pathlib.Path(name).name] = [each.code for each in flaws if each.severity != "hint"]
print(json.dumps(found))
"""
_PLACE = re.compile(r" in (body|header|footer|footnote|cell|text box)$")


@dataclass(frozen=True)
class Answer:
    """What a check said of each file (its codes), the seconds it took, and what it said where it gave up."""

    found: Mapping[str, Sequence[str]]
    seconds: float
    refused: str = ""


def main() -> None:
    """Write the templates into a scratch folder, let both look at them by turns, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lint", default="docxtpl-lint", help="the command of docxtpl-lint")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--missed", action="store_true", help="also list what each of them missed")
    flags = parser.parse_args()
    broken = {f"b{number:03}.docx": each for number, each in enumerate(every_broken())}
    whole = {f"s{number:03}.docx": each for number, each in enumerate(sound())}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, each in (broken | whole).items():
            (folder / name).write_bytes(each.data)
        contract = folder / "values.json"
        contract.write_text(json.dumps(full_values(schema_of(FIELDS))), encoding="utf-8")
        files = [str(folder / name) for name in (*broken, *whole)]
        ways = {"ours": lambda: ours(files), "docxtpl-lint": lambda: theirs(flags.lint, contract, files)}
        answers = {name: [] for name in ways}
        for _ in range(flags.rounds):
            for name, way in ways.items():
                answers[name].append(way())
    told(broken, whole, answers, missed=flags.missed)


def ours(files: Sequence[str]) -> Answer:
    """Return what our check says, in a process of its own."""
    return _timed([sys.executable, "-c", _OURS, *files], json.loads)


def theirs(command: str, contract: Path, files: Sequence[str]) -> Answer:
    """Return what docxtpl-lint says. A file that ends its run counts as found, and the others are looked at again."""
    left, refused = list(files), dict[str, list[str]]()
    while True:
        asked = [command, "--no-config", "--autoescape", "--data", str(contract), "--format", "json", *left]
        answer = _timed(asked, _reported)
        unread = next((each for each in left if Path(each).name in answer.refused), None)
        if unread is None:
            return replace(answer, found=dict(answer.found) | refused)
        left.remove(unread)
        refused[Path(unread).name] = ["unreadable"]


def _reported(text: str) -> dict[str, list[str]]:
    """Return the rules by file, those of the level "info" left out."""
    return {
        Path(each["file"]).name: [
            found["rule"] for found in each["issues"] if found.get("severity", "error") in {"error", "warning"}
        ]
        for each in json.loads(text)["files"]
    }


def _timed(command: Sequence[str], read: Callable[[str], Mapping[str, Sequence[str]]]) -> Answer:
    start = time.perf_counter()
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if not run.stdout and run.stderr:
        return Answer({}, seconds, refused=run.stderr)
    return Answer(read(run.stdout), seconds)


def told(broken: Mapping, whole: Mapping, answers: Mapping[str, Sequence[Answer]], *, missed: bool) -> None:
    """Print the table: faults found by kind and place, false alarms, time."""
    kinds = {_PLACE.sub("", each.name) for each in broken.values()}
    print(f"{len(broken)} broken templates of {len(kinds)} kinds, {len(whole)} sound ones")
    print("| | found | kinds found everywhere | false alarms | seconds |")
    print("|---|---|---|---|---|")
    for name, rounds in answers.items():
        found = rounds[0].found
        lacking = [each.name for file, each in broken.items() if not found.get(file)]
        partly = {_PLACE.sub("", each) for each in lacking}
        false = [whole[file].name for file in whole if found.get(file)]
        seconds = [each.seconds for each in rounds]
        spread = f"{statistics.median(seconds):.1f} ({min(seconds):.1f} to {max(seconds):.1f})"
        row = (f"{len(broken) - len(lacking)} of {len(broken)}", f"{len(kinds) - len(partly)} of {len(kinds)}")
        print(f"| {name} | {' | '.join(row)} | {len(false)} of {len(whole)} | {spread} |")
        if missed:
            print("\n".join(f"  missed: {each}" for each in lacking))
            alarms = [(name, found[file]) for file, name in _names(whole) if found.get(file)]
            print("\n".join(f"  false alarm: {each}: {', '.join(codes)}" for each, codes in alarms))


def _names(templates: Mapping) -> list[tuple[str, str]]:
    return [(file, each.name) for file, each in templates.items()]


if __name__ == "__main__":
    main()
