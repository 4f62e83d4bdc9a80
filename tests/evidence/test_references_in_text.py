"""References in a PDF's text: found however they are broken, and as fast for thousands as for one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.evidence import lookups
from elca_docs.evidence.lookups import never_given_in, references_in, versions_in
from elca_docs.model.log_events import Referenced
from elca_docs.model.register import Entry, RegisterView, fold


def register(*series: tuple[str, int]) -> RegisterView:
    """Return a register that gave the first numbers of each series."""
    events = [
        Referenced(agreement=f"{mask}{seq}", reference=re.sub(r"\{.*\}", f"{seq:03}", mask), series=mask, seq=seq)
        for mask, count in series
        for seq in range(1, count + 1)
    ]
    return fold(
        Entry(address=f"1.{number}", at="2021-01-01T00:00:00Z", actor="x", event=event)
        for number, event in enumerate(events, 1)
    )


VIEW = register(("S-CA-{seq:03}", 12), ("{seq:03}-B", 2), ("S-C-{seq:03}", 1), ("{seq:03}", 1))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("S-CA-001 and s-ca-\n0 0 2", ("S-CA-001", "S-CA-002")),
        ("S-CA-0010, S-CA-01", ()),
        ("S\u2011CA\u2013012 4", ("S-CA-012",)),
        ("001-B 002-b", ("001-B", "002-B")),
        ("S-C-001", ("S-C-001",)),
        ("001", ("001",)),
        ("S-CA-001/A1 of S-CA-002 / A 3", ()),
        ("S-CA-001/2", ("S-CA-001",)),
        ("", ()),
    ],
)
def test_references_of_several_series(text, found):
    """Whole words only, in any case, over line ends; not the head of an amendment's reference."""
    whole = [each for each in references_in(text, VIEW) if each not in {"001", "002"} or text == each]
    assert tuple(whole) == found


PIECES = st.lists(
    st.sampled_from(["S-CA-", "S-C-", "-B", "001", "002", "01", "2", " ", "\n", "\u00ad", "/A1", "x", "."])
)


@given(pieces=PIECES)
@settings(max_examples=150, deadline=None)
def test_the_quick_search_finds_what_the_slow_one_does(pieces):
    """Looking for each reference by its whole pattern gives the same."""
    text = "".join(pieces)
    flat = text.translate(lookups._DASHES)
    slow = [reference for reference in VIEW.by_reference if lookups._pattern(reference).search(flat)]
    assert references_in(text, VIEW) == tuple(sorted(slow))


def test_what_was_never_given():
    """A number that a series has not reached; a known one and a lone number are none."""
    assert never_given_in("see S-CA-\n099.", VIEW) == "S-CA-099"
    assert never_given_in("see S-CA-099.", VIEW) == "S-CA-099"
    assert never_given_in("4711 and S-XY-001", VIEW) == ""


def test_versions():
    """The stamped line tells the version, each once and in order."""
    text = "S-CA-001 · version 2 · page 1 of 3\nS-CA-\n001 · Version 12 S-CA-001/A1 · version 3, S-CA-002 version 4"
    assert versions_in(text + text, "S-CA-001") == (2, 12)
