"""Thirty faults put into a clean project: every one is found, nothing else is, and the work grows with the records."""

from __future__ import annotations

import gc
from copy import deepcopy
from time import process_time

import pytest
from seeded_project import FAULTS, Fault, Records, clean, files_of, setting

from elca_docs.model.findings import Finding
from elca_docs.records import findings_of, read_portfolio

Heard = set[tuple[str, frozenset[str]]]


def found_in(records: Records) -> tuple[Finding, ...]:
    """Return the findings on a project that has no problem."""
    reading = read_portfolio(files_of(records))
    assert reading.portfolio is not None, reading.problems
    return findings_of(reading.portfolio)


def briefly(findings: tuple[Finding, ...]) -> list[tuple[str, frozenset[str]]]:
    """Return what tells findings apart: code and ids."""
    return sorted(((each.code, frozenset(each.ids)) for each in findings), key=str)


def test_the_clean_project_has_no_finding():
    """Whatever the rules look for, none of it is in a plan that is in order."""
    assert [each.message for each in found_in(clean())] == []


@pytest.mark.parametrize("fault", FAULTS, ids=[each.code for each in FAULTS])
def test_a_fault_alone_is_the_only_finding(fault: Fault):
    """One fault gives one finding: under its code, with the records it is about, and with what to do."""
    records = clean()
    fault.change(records)
    findings = found_in(records)
    assert briefly(findings) == [(fault.code, frozenset(fault.ids))]
    assert all(each.location and each.fix and each.message for each in findings)


def test_thirty_faults_give_thirty_findings():
    """Faults do not hide one another, and together they raise no false one."""
    records = clean()
    for fault in FAULTS:
        fault.change(records)
    expected = sorted(((each.code, frozenset(each.ids)) for each in FAULTS), key=str)
    assert len(expected) == 30
    assert briefly(found_in(records)) == expected


def test_the_faults_are_of_thirty_kinds():
    """No code is seeded twice, and each sentence says another thing."""
    assert len({each.code for each in FAULTS}) == len({each.said for each in FAULTS}) == 30


def many(agreements: int) -> dict[str, bytes]:
    """Return a project with so many agreements, each with an organisation of its own, in files of 500 records."""
    records = clean()
    syllables = ("bar", "den", "fig", "gol", "hum", "kis", "lop", "mut", "nev", "raz")
    bodies = []
    for number in range(agreements):
        name = "".join(syllables[int(digit)] for digit in f"{number:05}").capitalize()
        bodies.append({"id": f"o{number}", "name": f"Invented {name} Cluster", "description": "Invented.",
                       "country": "NO", "aliases": [{"name": f"{name}", "at": [f"X-{number}"]}]})  # fmt: skip
    signed = [
        {"id": f"X-{number}", "class": "MC", "responsible": ["KITE"], "counterparts": [f"o{number}"],
         "expected": "2032-05", "steps": [{"what": "Call", "meets": f"Invented Cluster {number}"}]}
        for number in range(agreements)
    ]  # fmt: skip
    for stem, more in (("organisations", bodies), ("agreements", signed)):
        whole = [*records.pop(stem), *more]
        for start in range(0, len(whole), 500):
            records[f"{stem}/part{start:05}"] = whole[start : start + 500]
    return files_of(records)


def seconds(files: dict[str, bytes]) -> float:
    """Return how long it takes to read and check a project, in processor time.

    The collector of garbage rests meanwhile: its share depends on what else the process holds, not on the rules.
    """
    gc.collect()
    gc.disable()
    try:
        begun = process_time()
        portfolio = read_portfolio(files).portfolio
        assert portfolio is not None
        assert findings_of(portfolio)
        return process_time() - begun
    finally:
        gc.enable()


def test_many_names_and_many_indicators_end():
    """Many names of one body, and many indicators that count the same, take seconds and give no flood."""
    records = clean()
    aliases = [{"name": f"Sail Makers {number}", "at": ["MC-3"]} for number in range(1_500)]
    setting("organisations", "sails", "aliases", to=aliases)(records)
    counted = [each for each in records["indicators"] if each["id"] == "L1"]
    records["indicators"] += [deepcopy(counted[0]) | {"id": f"L1-{number}"} for number in range(300)]
    begun = process_time()
    findings = found_in(records)
    assert process_time() - begun < 5
    assert sum(each.code == "organisation-in-several-indicators" for each in findings) < 60 * 60


@pytest.mark.slow
def test_ten_times_the_agreements_take_ten_times_as_long():
    """Reading and checking 10,000 agreements takes at most 11 times as long as 1,000: nothing is compared pairwise.

    Measured in one run, in processor time: the best of the large ones against the best of the small ones so far.
    """
    files = {count: many(count) for count in (1_000, 10_000)}
    best = dict.fromkeys(files, float("inf"))
    for _ in range(4):
        for count, each in files.items():
            best[count] = min(best[count], seconds(each))
        if best[10_000] <= 11 * best[1_000]:
            break
    assert best[10_000] <= 11 * best[1_000], best
