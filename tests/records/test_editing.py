"""Examples of edits: what becomes of the text, and which changes are refused with nothing changed."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest
from project_texts import project_files

from elca_docs.model.sheets import Change
from elca_docs.records import read_portfolio
from elca_docs.records.editing import Edited, edited

FILE = "records/organisations.yaml"
PLAN = "records/agreements.yaml"


def change(record: str, path: str, old: str, new: str, kind: str = "organisations") -> Change:
    return Change(kind=kind, record=record, path=tuple(path.split(".")), old=old, new=new, who="ABC", cell="Own!C4")


def new(kind: str, record: str, fills: str = "", **cells: str) -> list[Change]:
    """Return the changes of a new row; a double underscore stands for a dot."""
    rows = [change(record, path.replace("__", "."), "", text, kind) for path, text in cells.items()]
    return [
        replace(row, path=tuple(name.rstrip("_") for name in row.path), new_record=True, fills=fills) for row in rows
    ]


def made(files: dict[str, bytes], *changes: Change) -> Edited:
    reading = read_portfolio(files)
    assert reading.portfolio is not None, reading.problems
    return edited(files, changes, reading.portfolio)


def after(text: str, *changes: Change, stem: str = "organisations") -> str:
    """Return the text of a file after the changes; the other files are those of the small project."""
    files = project_files(**{"agreements": "", stem: text})
    result = made(files, *changes)
    assert result.problems == ()
    return result.files.get(f"records/{stem}.yaml", files[f"records/{stem}.yaml"]).decode()


def codes(text: str, *changes: Change) -> list[str]:
    result = made(project_files(organisations=text, agreements=""), *changes)
    assert (result.files, result.added) == ({}, ())
    return [problem.code for problem in result.problems]


ONE = "- id: a\n  name: A\n"


@pytest.mark.parametrize(
    ("text", "path", "old", "value", "expected"),
    [
        (ONE, "name", "A", "B", "- id: a\n  name: B\n"),
        (ONE, "name", "A", "a: b", '- id: a\n  name: "a: b"\n'),
        (ONE, "name", "A", 'a #"b"', "- id: a\n  name: 'a #\"b\"'\n"),
        (ONE, "name", "A", "- a", '- id: a\n  name: "- a"\n'),
        (ONE, "name", "A", "0042", '- id: a\n  name: "0042"\n'),
        (ONE, "name", "A", "one\ntwo", "- id: a\n  name: |-\n    one\n    two\n"),
        (ONE, "name", "A", " one\n\n two\\", "- id: a\n  name: |-\n    one\n\n     two\\\n"),
        (ONE, "name", "A", "a\u00a0b", '- id: a\n  name: "a\\u00a0b"\n'),
        ("- id: a\n  name: 'A'  # so\n", "name", "A", "it's", "- id: a\n  name: 'it''s'  # so\n"),
        (ONE, "country", "", "NO", "- id: a\n  name: A\n  country: NO\n"),
        (ONE, "region", "", "NO", '- id: a\n  name: A\n  region: "NO"\n'),
        (ONE, "members", "", "12", "- id: a\n  name: A\n  members: 12\n"),
        (ONE, "country_inferred", "false", "yes", "- id: a\n  name: A\n  country_inferred: true\n"),
        (ONE, "country_inferred", "", "no", ONE),
        (ONE, "legal.form", "", "Ltd", "- id: a\n  name: A\n  legal:\n    form: Ltd\n"),
        (ONE, "sectors", "", "a; b, c", '- id: a\n  name: A\n  sectors: [a, "b, c"]\n'),
        ("- id: a\n  # why\n  region: X\n  name: A\n", "region", "X", "", "- id: a\n  # why\n  name: A\n"),
        ("- id: a\n  region: X  # why\n  name: A\n", "region", "X", "", "- id: a\n  # why\n  name: A\n"),
        ("- region: X\n  id: a\n  name: A\n", "region", "X", "", "- region:\n  id: a\n  name: A\n"),
        ("- id: a\n  name: A\n  legal: {vat: x}\n", "legal.vat", "x", "", ONE),
        ("- {id: a, name: A}\n", "legal.form", "", "x, y", '- {id: a, name: A, legal: {form: "x, y"}}\n'),
        ("- {id: a, region: X, name: A}\n", "region", "X", "", "- {id: a, name: A}\n"),
        ("- {id: a, name: A, region: X}\n", "region", "X", "", "- {id: a, name: A}\n"),
        ("- {id: a, name: A, region}\n", "region", "", "X", "- {id: a, name: A, region: X}\n"),
        ("- {id: a, name: A, legal: {}}\n", "legal.vat", "", "x", "- {id: a, name: A, legal: {vat: x}}\n"),
        ("- {id: a, name: A, legal: {vat: x}}\n", "legal.vat", "x", "", "- {id: a, name: A}\n"),
        ("- {id: a, name: A, sectors: [x]}\n", "sectors", "x", "", "- {id: a, name: A}\n"),
        ("[{id: b, name: B}, {id: a, name: A}]\n", "name", "A", "C", "[{id: b, name: B}, {id: a, name: C}]\n"),
        (f"{ONE}  region:  # which\n", "region", "", "X", f"{ONE}  region: X  # which\n"),
        (f"{ONE}  legal:  # all\n", "legal.vat", "", "x", f"{ONE}  legal:  # all\n    vat: x\n"),
        (f"{ONE}  sectors: [x, y, z]\n", "sectors", "x; y; z", "x; z", f"{ONE}  sectors: [x, z]\n"),
        (f"{ONE}  sectors: [x, y]\n", "sectors", "x; y", "x", f"{ONE}  sectors: [x]\n"),
        (f"{ONE}  sectors: [x]\n", "sectors", "x", "w; x", f"{ONE}  sectors: [w, x]\n"),
        (f"{ONE}  sectors: [x]\n", "sectors", "x", "x; y", f"{ONE}  sectors: [x, y]\n"),
        (f"{ONE}  sectors: []\n", "sectors", "", "x", f"{ONE}  sectors: [x]\n"),
        (f"{ONE}  sectors:\n    - x\n", "sectors", "x", "w; x", f"{ONE}  sectors:\n    - w\n    - x\n"),
        (f"{ONE}  sectors:\n    - x\n", "sectors", "x", "w; x; y", f"{ONE}  sectors:\n    - w\n    - x\n    - y\n"),
        (f"{ONE}  sectors:\n  - x # 1\n  - y\n  - z\n", "sectors", "x; y; z", "z", f"{ONE}  sectors:\n  # 1\n  - z\n"),
        (f"{ONE}  sectors: [x,  # 1\n    y]\n", "sectors", "x; y", "x", f"{ONE}  sectors: [x,  # 1\n    ]\n"),
        ("- id: a\n  name: >-\n    a\n    b\n", "name", "a b", "b c", "- id: a\n  name: >-\n    b c\n"),
    ],
)  # fmt: skip
def test_an_edit_spells_its_value_and_nothing_else(text: str, path: str, old: str, value: str, expected: str) -> None:
    """The text after the change is this one; the same change again leaves it."""
    assert after(text, change("a", path, old, value)) == expected
    assert after(expected, change("a", path, old, value)) == expected


def test_long_texts_fold_and_long_lists_get_lines() -> None:
    """What does not fit into a line of 120 columns is written below its key."""
    words = " ".join(["word"] * 40)
    text = after(ONE, change("a", "description", "", words), change("a", "sectors", "", "; ".join([words[:60]] * 2)))
    lines = text.splitlines()
    assert "  description: >-" in lines
    assert f"    - {words[:59]}" in lines
    assert max(map(len, lines)) <= 120


def test_a_new_key_goes_below_the_one_that_the_model_names_before_it() -> None:
    """`short_name` stands behind `name`, whatever comes below."""
    assert (
        after(f"{ONE}  kind: x\n", change("a", "short_name", "", "S"))
        == "- id: a\n  name: A\n  short_name: S\n  kind: x\n"
    )


def test_a_deliverable_and_the_project_are_one_record_each() -> None:
    """A file that is one record has no list around it."""
    files = project_files()
    result = made(
        files,
        change("", "programme", "", "P", "project"),
        change("", "title", "A project that nobody ever ran", "T", "project"),
    )
    assert result.files["records/project.yaml"].startswith(
        b"title: T\nacronym: MOON\nprogramme: P\ngrant_number: 000042\n"
    )


def test_a_record_in_a_folder_is_changed_in_its_file() -> None:
    """Of the files of a folder, only the one that holds the record changes."""
    files = project_files(agreements="")
    whole = files.pop(FILE)
    files |= {"records/organisations/a.yaml": whole, "records/organisations/b.yaml": b"- {id: far, name: Far}\n"}
    assert made(files, change("far", "name", "Far", "Near")).files == {
        "records/organisations/b.yaml": b"- {id: far, name: Near}\n"
    }


SLOT = "- {id: A-S, class: MU, responsible: [ABC], slots: 2, expected: 2030-10}"


def test_a_filled_place_becomes_an_organisation_and_an_agreement() -> None:
    """Both stand behind the others of their kind, fields in the model's order, and the records are whole."""
    files = project_files(agreements=f"{SLOT}\n# the end\n", organisations="")
    rows = [
        *new("organisations", "mill", legal__address__lines="1 Road; Hall 2", legal__address__city="Ó", name="Mill: A"),
        *new("agreements", "MU-mill", "A-S", class_="MU", counterparts="mill", responsible="ABC", expected="2030-10"),
    ]
    result = made(files, *rows)
    assert result.problems == ()
    assert result.added == (("organisations", "mill"), ("agreements", "MU-mill"))
    assert result.files[FILE].decode() == dedent("""\
        - id: mill
          name: "Mill: A"
          legal:
            address:
              lines: [1 Road, Hall 2]
              city: Ó
        """)
    assert result.files[PLAN].decode() == f"{SLOT}\n# the end\n\n" + dedent("""\
        - id: MU-mill
          class: MU
          responsible: [ABC]
          counterparts: [mill]
          fills: A-S
          expected: 2030-10
        """)
    assert made(files | result.files, *rows) == Edited()


def test_a_new_agreement_stands_in_the_file_of_its_slot() -> None:
    """Where agreements are a folder of files, what fills a slot goes to the slot's own."""
    files = project_files()
    files |= {"records/agreements/a.yaml": files.pop(PLAN), "records/agreements/b.yaml": SLOT.encode()}
    result = made(files, *new("agreements", "A-9", "A-S", class_="MU", responsible="ABC", counterparts="acme"))
    assert list(result.files) == ["records/agreements/b.yaml"]
    assert result.files["records/agreements/b.yaml"].startswith(SLOT.encode() + b"\n\n- id: A-9\n")


@pytest.mark.parametrize("before", [None, b"", b"# Nobody yet.\n[]  # really\n"])
def test_people_begin_a_file_of_their_own(before: bytes | None) -> None:
    """records/people.yaml is begun with a comment where it is not there; an empty list gives way."""
    files = project_files() | ({} if before is None else {"records/people.yaml": before})
    result = made(files, *new("people", "acme-1", of="acme", name="Specimen Person", signs="true", phone="0012"))
    text = result.files["records/people.yaml"].decode()
    heads = {
        None: "# Signatories and contact points. Keep this file out of version control; an id tells nobody's name.\n\n",
        b"": "",
        b"# Nobody yet.\n[]  # really\n": "# Nobody yet.\n# really\n\n",
    }
    assert text == heads[before] + (
        '- id: acme-1\n  of: acme\n  name: Specimen Person\n  phone: "0012"\n  signs: true\n'
    )
    assert read_portfolio(files | result.files).problems == ()


def test_a_field_that_says_something_else_now_is_not_overwritten() -> None:
    """One change that does not fit leaves all files as they are, and says what stands there now."""
    files = project_files(organisations=ONE, agreements="")
    result = made(files, change("a", "region", "", "X"), change("a", "name", "Before", "After"))
    assert result.files == {}
    (problem,) = result.problems
    assert problem.code == "record-changed-meanwhile"
    assert str(problem.location) == f"{FILE}:2:9"
    assert problem.message == (
        "'name' of an organisation 'a' says 'A' now, and said 'Before' when the sheet was written (Own!C4)"
    )


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (change("gone", "name", "A", "B"), "record-changed-meanwhile"),
        (change("a", "id", "a", "b"), "field-not-editable"),
        (change("a", "legal", "", "x"), "field-not-editable"),
        (change("a", "nothing", "", "x"), "field-not-editable"),
        (change("a", "aliases", "", "x"), "field-not-editable"),
        (change("a", "aliases.0.name", "B", "x"), "field-not-editable"),
        (change("a", "sectors", "x;y; z", "z"), "field-not-editable"),
        (change("a", "name", "A", "B\u202e"), "value-not-writable"),
        (change("a", "name", "A", "B\tC"), "value-not-writable"),
        (change("a", "name", "A", "B\ud800"), "value-not-writable"),
        (change("a", "legal.vat", "x", ""), "edit-not-possible"),
    ],
)
def test_what_a_sheet_cannot_change_is_refused(wrong: Change, code: str) -> None:
    """Each has its code, and nothing is changed."""
    text = "- legal:  # all\n    vat: x\n  id: a\n  name: A\n  aliases: [{name: B}]\n  sectors: [x;y, z]\n"
    assert codes(text, change("a", "region", "", "X"), wrong) == [code]


def test_a_new_record_that_cannot_stand_is_refused() -> None:
    """A record goes into no list in brackets, and its fields are looked at like those of the others."""
    assert codes("[{id: a, name: A}]\n", *new("organisations", "b", name="B")) == ["edit-not-possible"]
    assert codes(ONE, *new("organisations", "b", name="B\x07")) == ["value-not-writable"]
    assert codes(ONE, *new("organisations", "a", name="Other")) == ["record-changed-meanwhile"]


def test_a_file_that_can_no_longer_be_read_is_not_edited() -> None:
    """The file's own problems are shown, and nothing is changed."""
    files = project_files(organisations=ONE, agreements="")
    portfolio = read_portfolio(files).portfolio
    assert portfolio is not None
    for broken in (b"- id: [", b"\xff\xfe", b"- id: a\n  id: a\n"):
        result = edited(files | {FILE: broken}, [change("a", "name", "A", "B")], portfolio)
        assert (result.files, len(result.problems)) == ({}, 1)
        fresh = edited(files | {FILE: broken}, new("organisations", "b", name="B"), portfolio)
        assert (fresh.files, len(fresh.problems)) == ({}, 1)
