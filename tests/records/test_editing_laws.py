"""Random legal edits: only the edited fields change, in the portfolio and in the files, however a file is laid out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project_texts import project_files

from elca_docs.model.portfolio import Portfolio
from elca_docs.model.sheets import Change
from elca_docs.model.values import Country, Expected, Language
from elca_docs.records import read_portfolio
from elca_docs.records.editing import Edited, edited

DEMO = Path(__file__).resolve().parents[2] / "examples/demo"
_NASTY = " :#-?&*!|>'\"%@`{}[],.~=/\\_()+<"
_LETTERS = "aZ0459éżółćüßñ中文😀№\u00a0"
_LINE = st.text(_NASTY + _LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
_TEXT = st.one_of(
    _LINE,
    st.sampled_from(
        ["NO", "0042", "1.10", "null", "~", "yes", "2021-10", "- a", "a: b", "a #b", "'", '"', "---", "x:"]
    ),
    st.lists(_LINE, min_size=2, max_size=3).map("\n".join),
    st.lists(st.sampled_from(["fourteen", "words", "are: long", "#"]), min_size=30, max_size=40).map(" ".join),
)
_ENTRY = _LINE.map(lambda text: text.replace(";", ",").strip()).filter(bool)
_MONTH = st.sampled_from(["2021-10", "2022-01-31"])
_NUMBER = st.integers(0, 999).map(str)
_YES_NO = st.sampled_from(["true", "false"])
_LIST = st.lists(_ENTRY, max_size=4).map("; ".join)

FIELDS: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "organisations": {
        "name": _TEXT,
        "short_name": _TEXT | st.just(""),
        "region": _TEXT | st.just(""),
        "description": _TEXT | st.just(""),
        "country": st.sampled_from(["NO", "DE", ""]),
        "country_inferred": _YES_NO,
        "sectors": _LIST,
        "members": _NUMBER | st.just(""),
        "legal.form": _TEXT | st.just(""),
        "legal.registration_number": _TEXT | st.just(""),
        "legal.legal_person": _YES_NO | st.just(""),
        "remark": _TEXT | st.just(""),
    },
    "agreements": {
        "expected": _MONTH | st.just(""),
        "language": st.sampled_from(["en", "no", ""]),
        "description": _TEXT | st.just(""),
        "areas": _LIST,
        "terms.law": _TEXT | st.just(""),
        "terms.notice_days": _NUMBER | st.just(""),
        "confidential": _YES_NO,
    },
}
_READ: dict[str, Any] = {
    "country": Country,
    "language": Language,
    "expected": Expected.parse,
    "members": int,
    "terms.notice_days": int,
    "country_inferred": "true".__eq__,
    "confidential": "true".__eq__,
    "legal.legal_person": "true".__eq__,
    "sectors": lambda text: tuple(text.split("; ")),
    "areas": lambda text: tuple(text.split("; ")),
}
LAYOUTS = """\
# The head of the file.
- id: one   # the first one
  name: First   # a name
  # about its legal data
  legal:   # as registered
    name: >-  # folded
      First of
      all

    vat: 'none'

    # the number
    registration_number: "0001"  # with zeros
  sectors:
    - glass  # clear
    # not wood
    - "steel, iron"
  description: |-
    Two lines,
    one record.
- {id: two, name: Second, sectors: [a, 'b'], legal: {form: "x, y", vat: none}, region: }
-
  # a dash of its own
  id: three
  name: Third
    in two lines
  sectors: [
    a,  # first
    b,
  ]
  legal:
  region:   # unknown
- name: Fourth
  id: four
  legal: {}
  sectors: []
# The foot of the file.
"""


@cache
def demo() -> tuple[Mapping[str, bytes], Portfolio]:
    names = [path for path in (DEMO / "records").rglob("*") if path.is_file()]
    return read(**{path.relative_to(DEMO).as_posix(): path.read_bytes() for path in names})


@cache
def laid_out(newline: str, mark: bytes, ending: str) -> tuple[Mapping[str, bytes], Portfolio]:
    files = project_files(organisations=LAYOUTS, agreements="")
    text = (LAYOUTS.rstrip("\n") + ending).replace("\n", newline)
    return read(**{**files, "records/organisations.yaml": mark + text.encode()})


def read(**files: bytes) -> tuple[Mapping[str, bytes], Portfolio]:
    reading = read_portfolio(files)
    assert reading.portfolio is not None, reading.problems
    return files, reading.portfolio


def held(record: Any, path: str) -> Any:
    for name in path.split("."):
        record = getattr(record, name)
    return record


def with_value(record: Any, path: str, value: Any) -> Any:
    """Return the record with a field of another value; None gives the field's default."""
    name, _, rest = path.partition(".")
    if rest:
        return replace(record, **{name: with_value(getattr(record, name), rest, value)})
    default = next(each.default for each in fields(record) if each.name == name)
    return replace(record, **{name: default if value is None else value})


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


@st.composite
def edits(draw: st.DrawFn, portfolio: Portfolio, kinds: tuple[str, ...]) -> list[tuple[Change, str]]:
    made: dict[tuple[str, str, str], tuple[Change, str]] = {}
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(kinds))
        record = draw(st.sampled_from(getattr(portfolio, kind)))
        path = draw(st.sampled_from(sorted(FIELDS[kind])))
        new = draw(FIELDS[kind][path])
        old = shown(held(record, path))
        change = Change(
            kind=kind, record=record.id, path=tuple(path.split(".")), old=old, new=new, who="ABC", cell="Sheet!A1"
        )
        made[kind, record.id, path] = (change, new)
    return list(made.values())


def applied(portfolio: Portfolio, changes: list[tuple[Change, str]]) -> Portfolio:
    for change, new in changes:
        path = ".".join(change.path)
        value = _READ.get(path, str)(new) if new else None
        records = [
            with_value(each, path, value) if each.id == change.record else each
            for each in getattr(portfolio, change.kind)
        ]
        portfolio = replace(portfolio, **{change.kind: tuple(records)})
    return portfolio


def check(files: Mapping[str, bytes], portfolio: Portfolio, changes: list[tuple[Change, str]]) -> None:
    asked = [change for change, _ in changes]
    result = edited(files, asked, portfolio)
    assert result.problems == ()
    after = {**files, **result.files}
    reading = read_portfolio(after)
    assert reading.problems == ()
    assert reading.portfolio == applied(portfolio, changes)
    assert edited(after, asked, reading.portfolio) == Edited()
    for path, data in result.files.items():
        touched = {change.record for change in asked if path.endswith(f"{change.kind}.yaml")}
        before, now = untouched(files[path], touched), untouched(data, touched)
        assert before == now
        lost = [each for each in re.findall(rb"# [^\r\n]*", files[path]) if data.count(each) < files[path].count(each)]
        assert lost == []


def untouched(data: bytes, touched: set[str]) -> list[bytes]:
    """Return the bytes of the records that no change names, and the head of the file."""
    pieces = re.split(rb"(?m)^(?=-)", data)
    return [piece for piece in pieces if not any(re.search(rb"id: %s\b" % each.encode(), piece) for each in touched)]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_edits_of_the_demo_change_these_fields_and_nothing_else(data: st.DataObject) -> None:
    """Reading the edited files gives the portfolio with these fields replaced; other records keep every byte."""
    files, portfolio = demo()
    check(files, portfolio, data.draw(edits(portfolio, ("organisations", "agreements"))))


@settings(max_examples=50, deadline=None)
@given(st.data(), st.sampled_from(["\n", "\r\n"]), st.sampled_from([b"", b"\xef\xbb\xbf"]), st.sampled_from(["\n", ""]))
def test_edits_keep_any_layout(data: st.DataObject, newline: str, mark: bytes, ending: str) -> None:
    """Braces, comments, dashes on lines of their own, Windows line ends, a byte order mark, no last line end."""
    files, portfolio = laid_out(newline, mark, ending)
    changes = data.draw(edits(portfolio, ("organisations",)))
    check(files, portfolio, changes)
    result = edited(files, [change for change, _ in changes], portfolio)
    for after in result.files.values():
        assert after.startswith(mark)
        assert after.endswith(b"\n") == bool(ending)
        if newline == "\r\n":
            assert after.count(b"\n") == after.count(b"\r\n")


@settings(max_examples=25, deadline=None)
@given(st.lists(_TEXT, min_size=1, max_size=3), _LIST)
def test_new_records_hold_what_the_cells_say(names: list[str], sectors: str) -> None:
    """Each new record is read back with exactly its texts, behind the records that were there."""
    files, portfolio = laid_out("\n", b"", "\n")
    rows = {"name": names[0], "legal.name": names[-1], "sectors": sectors, "legal.address.city": "Łódź"}
    rows["legal.address.lines"] = "1 Road; 2nd floor"
    asked = [
        Change(kind="organisations", record="new", path=tuple(path.split(".")), old="", new=new, who="", cell="A1")
        for path, new in rows.items()
    ]
    asked = [replace(each, new_record=True) for each in asked]
    result = edited(files, asked, portfolio)
    assert (result.problems, result.added) == ((), (("organisations", "new"),))
    after = {**files, **result.files}
    assert result.files["records/organisations.yaml"].startswith(files["records/organisations.yaml"])
    reading = read_portfolio(after)
    assert reading.portfolio is not None, reading.problems
    added = reading.portfolio.organisations[-1]
    assert (added.name, added.legal.name) == (names[0], names[-1])
    assert added.sectors == (tuple(sectors.split("; ")) if sectors else ())
    assert added.legal.address is not None
    assert added.legal.address.lines == ("1 Road", "2nd floor")
    assert edited(after, asked, reading.portfolio) == Edited()


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None)
@given(st.data(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["\n", ""]), st.booleans())
def test_many_edits(data: st.DataObject, newline: str, ending: str, own: bool) -> None:  # noqa: FBT001 - drawn
    """The two laws above, two thousand times."""
    files, portfolio = laid_out(newline, b"", ending) if own else demo()
    check(files, portfolio, data.draw(edits(portfolio, ("organisations",) if own else ("organisations", "agreements"))))
