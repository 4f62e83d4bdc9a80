"""Remarks are the office's own notes on what is uncertain: no deliverable of any project is made of one."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from plan_specimens import deliverable, portfolio

from elca_docs.model.register import RegisterView
from elca_docs.records import read_portfolio
from elca_docs.reporting import plan_blocks, report_blocks
from elca_docs.tracking import status_report

ROOT = Path(__file__).parents[2]
FOLDERS = {"elca": ROOT, "demo": ROOT / "examples" / "demo", "other": ROOT / "tests" / "data" / "other"}
MARK = "Nobody should read this."


def records_of(name):
    """Return the records of a shipped project, or the specimens with the deliverable that asks for every table."""
    if name == "specimens":
        return portfolio(deliverables=(deliverable(),))
    folder = FOLDERS[name]
    paths = [each for each in (folder / "records").rglob("*") if each.suffix in {".yaml", ".md"}]
    return read_portfolio({each.relative_to(folder).as_posix(): each.read_bytes() for each in paths}).portfolio


def remarked(value, text):
    """Return records in which every remark, however deep, is that text."""
    if isinstance(value, tuple):
        return tuple(remarked(each, text) for each in value)
    if not dataclasses.is_dataclass(value):
        return value
    changed = {each.name: remarked(getattr(value, each.name), text) for each in dataclasses.fields(value) if each.init}
    return dataclasses.replace(value, **changed | ({"remark": text} if "remark" in changed else {}))


def blocks(records):
    day = date(2021, 10, 1)
    status = status_report(records, RegisterView(), as_of=day)
    return [
        plan_blocks(records, each, as_of=day)
        if each.kind == "plan"
        else report_blocks(records, each, status=status, view=RegisterView(), as_of=day)
        for each in records.deliverables
    ]


@pytest.mark.parametrize("name", ["specimens", *FOLDERS])
def test_no_remark_ever_stands_in_a_deliverable(name):
    """Whatever the remarks of all records say, the blocks of every deliverable are the same."""
    records = records_of(name)
    marked = remarked(records, MARK)
    kinds = ("partners", "organisations", "agreements", "contacts", "events", "missions", "indicators")
    assert {each.remark for kind in kinds for each in getattr(marked, kind)} == {MARK}
    assert {step.remark for each in marked.contacts for step in each.steps} == {MARK}
    assert blocks(marked) == blocks(records) == blocks(remarked(records, ""))
    assert MARK not in repr(blocks(marked))
