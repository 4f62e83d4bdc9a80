"""The audit of cuts: each entry has its whole cut, each file its entry, and each cut its place in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from elca_docs.model.cuts import FrozenFile, Manifest
from elca_docs.model.log_events import Frozen, Opened
from elca_docs.model.register import ZERO_HASH, Entry, RegisterView, fold
from elca_docs.tracking import audit

DIGEST = "a" * 64
FILES = {"records/a.yaml": FrozenFile(sha256=DIGEST, size=3), "records/empty.yaml": FrozenFile(sha256=DIGEST, size=0)}
MANIFEST = Manifest(name="P3", as_of=date(2022, 2, 28), position=1, head="h1", program="p", libraries={}, files=FILES)
SHELF = {"cuts/P3/cut.json": 9, "cuts/P3/records/a.yaml": 3, "cuts/P3/records/empty.yaml": 0}
STAGED = f"cuts/.staged/{DIGEST}.zip"


def view(position: int = 1) -> RegisterView:
    opened = Opened(register="r", project="42")
    cut = Frozen(name="P3", as_of=date(2022, 2, 28), position=position, snapshot=DIGEST)
    entries = [Entry(address=f"{at}.1", at="", actor="ana", event=event) for at, event in enumerate((opened, cut), 1)]
    return fold(entries)


def codes(
    shelf: Mapping[str, int], manifest: Manifest | None = MANIFEST, position: int = 1, digest: str = ""
) -> list[tuple[str, str]]:
    """Return code and place of each finding, on a log of two segments."""
    there = audit.Shelf(files=shelf, digest=(lambda _: digest) if digest else None)
    check = audit.cuts(view(position), there, {"P3": manifest}, ["h1", "h2"])
    assert check.looked_at == "1 cuts"
    return [(each.code, str(each.location).removeprefix("register/cuts/")) for each in check.findings]


def without(name: str) -> dict[str, int]:
    return {each: size for each, size in SHELF.items() if each != name}


def test_a_whole_cut_has_no_finding() -> None:
    """Not by its sizes, and not by its bytes; a file may be empty."""
    assert codes(SHELF) == codes(SHELF, digest=DIGEST) == []


@pytest.mark.parametrize("name", ["cuts/P3/records/a.yaml", "cuts/P3/records/empty.yaml"])
def test_a_file_that_is_gone_cut_short_or_changed_is_named(name: str) -> None:
    """Size alone shows two of the three; an empty file can only be gone, or not be empty."""
    found = [("cut-damaged", name.removeprefix("cuts/"))]
    assert codes(without(name)) == found
    assert codes(SHELF | {name: 77}) == found
    assert ("cut-damaged", "P3/records/a.yaml") in codes(SHELF, digest="b" * 64)


def test_a_manifest_that_is_gone_or_changed_is_named() -> None:
    """Nothing can be said of the files then, so they are no strangers."""
    assert codes(without("cuts/P3/cut.json"), None) == [("cut-missing", "P3/cut.json")]
    assert codes(SHELF, None) == [("cut-damaged", "P3/cut.json")]


def test_a_cut_that_is_still_staged_is_no_damage() -> None:
    """A run was killed; the next one that writes completes it."""
    assert codes({STAGED: 5, "cuts/P3/records/a.yaml": 3}) == [("cut-unnamed", "P3/cut.json")]


def test_a_file_of_no_cut_is_a_stranger() -> None:
    """Beside a cut, inside one, and in a folder that no entry speaks of; a staged one is none."""
    more = {"cuts/P3/records/b.yaml": 1, "cuts/P4/cut.json": 1, "cuts/x": 1, "cuts/.staged/x": 1}
    assert codes(SHELF | more) == [
        ("cut-unknown", "P3/records/b.yaml"), ("cut-unknown", "P4/cut.json"), ("cut-unknown", "x"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"position": 0}, {"head": "h2"}, {"as_of": date(2022, 3, 1)}, {"name": "P4"}, {"head": ZERO_HASH}]
)
def test_a_cut_that_says_otherwise_than_the_log_is_misplaced(change: dict[str, object]) -> None:
    """Its name, its day, its position, the head there."""
    assert codes(SHELF, replace(MANIFEST, **change)) == [("cut-misplaced", "P3/cut.json")]


@pytest.mark.parametrize(("position", "head"), [(0, ZERO_HASH), (2, "h2"), (9, "h9")])
def test_a_cut_stands_right_behind_the_segment_that_it_names(position: int, head: str) -> None:
    """Between the two nothing can have been registered that the cut does not know."""
    manifest = replace(MANIFEST, position=position, head=head)
    assert codes(SHELF, manifest, position) == [("cut-misplaced", "P3/cut.json")]


def test_the_list_of_digests_is_held_against_the_cuts() -> None:
    """A file of a cut that is not listed, or with another digest, is told like any other."""
    frozen = {"cuts/P3/cut.json": DIGEST}
    whole = f"{DIGEST}  cuts/P3/cut.json\n"
    assert audit.sums(view(), {}, whole, frozen=frozen).findings == ()
    assert [each.code for each in audit.sums(view(), {}, "", frozen=frozen).findings] == ["sums-behind"]
    other = audit.sums(view(), {}, whole.replace("a", "b", 1), frozen=frozen)
    assert [each.code for each in other.findings] == ["sums-damaged"]
