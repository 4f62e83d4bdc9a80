"""Checks a pack: python verify.py in the unpacked folder, or a double click on Windows. Needs nothing but Python 3.8.

It reads the files beside it, changes nothing and asks nobody. What it shows: no file of the pack was changed, lost or
added since the pack was made; the log is one unbroken chain; and each line that counts has its file, which the log says
was received. What it cannot show: that the pack itself is the true one. For that compare the head that it prints with
the one in the project's reports. Exit code 0: all is well, 1: something is wrong, and named.

In the project this file is elca_docs/exchange/pack_verifier.py; it is cargo, and imports nothing of the program.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"
IGNORED = (".DS_Store", "Thumbs.db", "desktop.ini")


def main() -> int:
    """Make all checks and say what was found; 0 where all is well."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    wrong = 0
    for name, check in (("files", check_files), ("log", check_log), ("figures", check_figures)):
        try:
            good, bad = check(folder)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            good, bad = "", [f"cannot be read: {type(error).__name__}: {error}"]
        say("{:<9}{}".format("WRONG" if bad else "ok", f"{name:<9}{good}"))
        for each in bad:
            say("         - " + each)
        wrong += len(bad)
    say("")
    say("All is well: nothing in this folder was changed." if not wrong else f"NOT WELL: {wrong} findings.")
    wait()
    return 1 if wrong else 0


def check_files(folder: Path) -> tuple[str, list[str]]:
    """Compare every file with the list of digests, both ways."""
    bad = []
    listed = {}
    for line in read(folder, SUMS).decode("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    there = set(names_below(folder)) - {SUMS}
    for name in sorted(listed):
        if name not in there:
            bad.append("MISSING  " + name)
        elif sha256_of(folder, name) != listed[name]:
            bad.append("CHANGED  " + name)
    bad.extend("NOT LISTED  " + name for name in sorted(there - set(listed)))
    return f"{len(listed)} files are as {SUMS} lists them", bad


def check_log(folder: Path) -> tuple[str, list[str]]:
    """Follow the chain: each segment holds the hash of its own lines and of the segment before it."""
    stated = json.loads(read(folder, "figures.json"))["register"]
    if stated.get("log_left_out"):
        return check_links(stated)
    bad, previous, number = [], "0" * 64, 0
    for name in sorted(each for each in names_below(folder) if each.startswith("log/")):
        number += 1
        data = read(folder, name)
        lines = data.split(b"\n")
        header, trailer = json.loads(lines[0]), json.loads(lines[-2])
        body = data[: len(data) - len(lines[-2]) - 1]
        if name != f"log/{number:06}.jsonl" or header["segment"] != number:
            bad.append(f"segment {number} is missing before {name}")
            break
        if header["previous"] != previous:
            bad.append(f"{name} does not continue the segment before it")
        if lines[-1] or trailer != {"count": len(lines) - 3, "hash": hashlib.sha256(body).hexdigest()}:
            bad.append(f"{name} was changed")
        previous = hashlib.sha256(data).hexdigest()
    if (number, previous) != (stated["position"], stated["head"]):
        bad.append("the log ends at segment {}, and the pack was made at segment {}".format(number, stated["position"]))
    return f"{number} segments, each continues the one before; head {previous}", bad


def check_links(stated: dict[str, Any]) -> tuple[str, list[str]]:
    """Follow the hashes alone, where the log itself was left out."""
    hashes = stated["segments"]
    bad = [] if len(hashes) == stated["position"] else ["not every segment has its hash"]
    if hashes and hashes[-1] != stated["head"]:
        bad.append("the last hash is not the head")
    return "left out of this pack; the hashes of its {} segments are listed, head {}".format(
        len(hashes), stated["head"]
    ), bad


def check_figures(folder: Path) -> tuple[str, list[str]]:
    """Look behind every figure: as many lines as it counts, each with a file that the log says was received."""
    stated = json.loads(read(folder, "figures.json"))
    whole = not stated["register"].get("log_left_out")
    received, numbers = told_by(folder) if whole else (set(), {})
    bad, lines, left_out = [], 0, 0
    for figure in stated["figures"]:
        counted = [line for line in figure["lines"] if line["counted"]]
        lines += len(counted)
        if len(counted) != figure["counted"]:
            bad.append("{} counts {}, and {} lines count".format(figure["id"], figure["counted"], len(counted)))
        for line in counted:
            called = "{}, {}".format(figure["id"], line["number"] or line["id"])
            if not line["files"]:
                bad.append(f"{called}: there is no file behind it")
            if whole and line["number"] and numbers.get(line["number"]) != line["reference"]:
                bad.append("{}: the log does not give this number to {}".format(called, line["reference"]))
            for each in line["files"]:
                left_out += not each["path"]
                if whole and each["sha256"] not in received:
                    bad.append("{}: the log does not know the file {}".format(called, each["path"]))
                if each["path"] and sha256_of(folder, each["path"]) != each["sha256"]:
                    bad.append("{}: {} is missing or not the file that was received".format(called, each["path"]))
    good = "{} figures, {} lines that count, each with its file".format(len(stated["figures"]), lines)
    return good + (f" ({left_out} left out, with their digests)" if left_out else ""), bad


def told_by(folder: Path) -> tuple[set[str], dict[str, str]]:
    """Return the digests that the log says were received, and the reference behind each register number."""
    received: set[str] = set()
    numbers: dict[str, str] = {}
    for name in names_below(folder):
        if name.startswith("log/"):
            for line in read(folder, name).splitlines():
                entry = json.loads(line)
                if entry.get("kind") == "received":
                    received.add(entry["sha256"])
                if entry.get("kind") == "registered":
                    numbers[entry["number"]] = entry["reference"]
    return received, numbers


def names_below(folder: Path) -> list[str]:
    """Return the names of all files, with forward slashes; what systems leave in folders is passed over."""
    every = (each for each in folder.rglob("*") if each.is_file() and each.name not in IGNORED)
    return sorted(each.relative_to(folder).as_posix() for each in every)


def read(folder: Path, name: str) -> bytes:
    """Return the bytes of a file of the pack."""
    return (folder / name).read_bytes()


def sha256_of(folder: Path, name: str) -> str:
    """Return the SHA-256 of a file of the pack; "" where it is not there."""
    found = hashlib.sha256()
    try:
        with (folder / name).open("rb") as stream:
            for piece in iter(lambda: stream.read(1 << 20), b""):
                found.update(piece)
    except OSError:
        return ""
    return found.hexdigest()


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


def wait() -> None:
    """Keep the window of a double click open on Windows; a command line has a prompt of its own."""
    if os.name == "nt" and "PROMPT" not in os.environ and sys.stdin is not None and sys.stdin.isatty():
        say("")
        input("Press Enter to close this window.")


if __name__ == "__main__":
    sys.exit(main())
