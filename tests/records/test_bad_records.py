"""Bad records as people meet them, from bytes to the sentence they read: one row for each kind, nothing left out.

The rows are those of the issue and of the tables of traps in YAML, names and paths: what is refused says where and what
to do; what only looks odd is read as it stands.
"""

from __future__ import annotations

import pytest
from project_texts import AGREEMENTS, ORGANISATIONS, PARTNERS, PROJECT, only_problem, portfolio_of, problems_of

from elca_docs.errors import formatted

BACK = chr(92)
QUOTES = "put the whole value in quotes, or a space behind the # where a comment is meant"
LETTERS = "use letters, digits and . _ + -, at most 64 of them"
PLAIN = "write letters, digits, spaces and . _ + - only, without a path"
OVERRIDE = "U+202E RIGHT-TO-LEFT OVERRIDE"
FIRST = "records/organisations.yaml"
DIGITS = "write digits only, such as 12"
PLANNED = "write a month as 2021-10 or a day as 2021-10-25"
SLOT = "- {{id: S, class: MU, responsible: [ABC], slots: {}}}\n"


def organisation(line: str) -> dict[str, str]:
    """Return the organisations of the example with one more entry."""
    return {"organisations": f"{ORGANISATIONS}- {line}\n"}


def agreement(line: str) -> dict[str, str]:
    """Return the agreements of the example with one more entry."""
    return {"agreements": f"{AGREEMENTS}{line}"}


def template(written: str) -> dict[str, str]:
    """Return the example's project with something else behind its first template."""
    return {"project": PROJECT.replace("template: memo", f"template: {written}")}


REFUSED = {
    "a tab": (
        {"organisations": "- id: acme\n\tname: x\n"},
        "organisations.yaml:2:1: yaml-syntax: a tab indents this line", "indent it with spaces"),
    "10,000 nested lists": (
        organisation("{id: x, name: " + "[" * 10_000 + "}"),
        "organisations.yaml:4:65: too-deep: values are nested more than 50 levels deep here",
        "check the brackets and the indentation"),
    "a comment behind a plain name": (
        organisation("id: x\n  name: Foo #1 Ltd"),
        "organisations.yaml:5:9: value-cut-by-comment: the value 'Foo' ends before '#1 Ltd': ' #' begins a comment",
        QUOTES),
    "a no-break space in an id": (
        organisation("{id: a\u00a0b, name: x}"), "organisations.yaml:4:8: bad-value: 'a b' is not an id", LETTERS),
    "a full-width id": (
        organisation("{id: ａ１, name: x}"), "organisations.yaml:4:8: bad-value: 'ａ１' is not an id", LETTERS),
    "a full-width number": (
        agreement(SLOT.format("２")),
        "agreements.yaml:3:49: bad-value: 'slots' is a whole number, and '２' is none", DIGITS),
    "a bidi character": (
        organisation("{id: x, name: abc\u202edef}"),
        f"organisations.yaml:4:20: control-character: the invisible character {OVERRIDE} stands in this line",
        "delete the character, or type the line again"),
    "an escaped bidi character": (
        organisation(f'{{id: x, name: "abc{BACK}u202edef"}}'),
        f"organisations.yaml:4:17: control-character: this value holds the character {OVERRIDE}, written as an escape",
        "write the value without it"),
    "a NUL": (
        organisation("{id: x, name: a\x00b}"),
        "organisations.yaml:4:18: control-character: the invisible character U+0000 stands in this line",
        "delete the character, or type the line again"),
    "names that collide without capitals": (
        organisation("{id: ACME, name: x}"),
        "organisations.yaml:4:8: id-case-conflict: the organisation 'ACME' differs from 'acme' by capitals only",
        "give one of the two another id: on Windows their files would be the same"),
    "CON": (
        organisation("{id: CON, name: x}"),
        "organisations.yaml:4:8: bad-value: 'CON' is not an id: Windows allows no file of that name",
        "write for example 'id-CON'"),
    "nul with an ending": (
        organisation("{id: nul.1, name: x}"),
        "organisations.yaml:4:8: bad-value: 'nul.1' is not an id: Windows allows no file of that name",
        "write for example 'id-nul.1'"),
    "a device with a superscript digit": (
        template("memo, folder: COM¹"),
        "project.yaml:12:49: unsafe-name: 'COM¹' cannot be the name of a file or folder", PLAIN),
    "a full-width device": (
        template("memo, folder: ＣＯＮ"),
        "project.yaml:12:49: unsafe-name: 'ＣＯＮ' cannot be the name of a file or folder", PLAIN),
    "a path": (
        template("../x"), "project.yaml:12:33: unsafe-name: '../x' cannot be the name of a file or folder", PLAIN),
    "a trailing dot": (
        template("'x.'"), "project.yaml:12:33: unsafe-name: 'x.' cannot be the name of a file or folder", PLAIN),
    "an id of 300 letters": (
        organisation(f"{{id: {'x' * 300}, name: x}}"),
        f"organisations.yaml:4:8: bad-value: '{'x' * 59}…' is not an id", LETTERS),
    "a folder of 300 letters": (
        template(f"memo, folder: {'x' * 300}"),
        f"project.yaml:12:49: unsafe-name: '{'x' * 59}…' has 300 letters, too many for the name of a file or folder",
        "write at most 60 letters"),
    "a register number of 300 letters": (
        {"project": PROJECT.replace("time_zone", f"register_mask: {'M' * 300}-{{seq:03}}\ntime_zone")},
        f"project.yaml:6:1: unsafe-name: numbers like '{'M' * 59}…' have 309 letters, too many for the name of a file",
        "shorten the mask, the acronym or the ids in it to 80 letters in all"),
    "two files that define one id": (
        {"organisations__more": "- {id: acme, name: x}\n"},
        f"organisations/more.yaml:1:8: duplicate-id: the organisation 'acme' is already there, in {FIRST}, line 1",
        "give one of the two another id, or remove it"),
    "a key twice": (
        organisation("id: x\n  name: a\n  name: b"),
        "organisations.yaml:6:3: duplicate-key: 'name' stands twice; the first one is in line 5",
        "keep one of the two"),
    "a day in another order": (
        agreement(SLOT.format("1, expected: 01-02-2026")),
        "agreements.yaml:3:62: bad-value: '01-02-2026' is not a planned date", PLANNED),
    "null for nothing": (
        agreement(SLOT.format("1, expected: Null")), "agreements.yaml:3:62: bad-value: 'Null' is not a planned date",
        "to say that nothing is known, leave the place behind the colon empty"),
    "infinity": (
        agreement(SLOT.format(".inf")),
        "agreements.yaml:3:49: bad-value: 'slots' is a whole number, and '.inf' is none", DIGITS),
    "an exponent": (
        agreement(SLOT.format("1e5")),
        "agreements.yaml:3:49: bad-value: 'slots' is a whole number, and '1e5' is none", DIGITS),
    "a second document": (
        {"organisations": f"{ORGANISATIONS}---\n- {{id: x, name: y}}\n"},
        "organisations.yaml:4:1: yaml-syntax: a second document begins here",
        "remove the line '---', or write the rest into another file"),
    "UTF-16": (
        {"organisations": ORGANISATIONS.encode("utf-16")},
        "organisations.yaml:1:1: not-utf8: the file is not UTF-8 text: it is written as UTF-16",
        "save it as UTF-8 in the editor"),
    "Latin-1": (
        {"organisations": f"{ORGANISATIONS}- {{id: x, name: León}}\n".encode("latin-1")},
        "organisations.yaml:4:19: not-utf8: the file is not UTF-8 text: a byte is no part of a letter",
        "save it as UTF-8 in the editor"),
    "more than a megabyte": (
        {"organisations": b"#" * 1_000_001},
        "organisations.yaml: file-too-large: the file has 1,000,001 bytes; a record file may have 1,000,000",
        "write shorter texts; a list of records can also be split into several files in a folder of the same name"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_where_and_what_to_do(case: str):
    """One problem, and it reads exactly so."""
    texts, message, fix = REFUSED[case]
    assert formatted(only_problem(**texts)) == f"records/{message}\n  fix: {fix}"


BOMB = "- &a [x,x,x]\n- &b [*a,*a,*a]\n- &c [*b,*b,*b]\n"
REFERRING = {
    "an entity bomb": (f"{ORGANISATIONS}{BOMB}", "alias-not-allowed"),
    "a value inside itself": (f"{ORGANISATIONS}- {{id: x, name: &a [*a]}}\n", "alias-not-allowed"),
    "a merged mapping": (f"{ORGANISATIONS}- &b {{id: x, name: y}}\n- <<: *b\n", "alias-not-allowed"),
    "an object to be made": (
        f"{ORGANISATIONS}- {{id: x, name: !!python/object/apply:os.system [x]}}\n", "tag-not-allowed"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFERRING)
def test_what_stands_for_something_else_is_refused(case: str):
    """Whatever YAML would put together or make is named at its place, and nothing is put together or made."""
    text, code = REFERRING[case]
    problems = problems_of(organisations=text)
    assert {each.code for each in problems} - {"wrong-type"} == {code}
    assert str(problems[0].location).startswith("records/organisations.yaml:4:")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Foo\u00a0Ltd", "Foo Ltd"),
        ("Ｆｏｏ Ｌｔｄ", "Ｆｏｏ Ｌｔｄ"),
        ("Leo\u0301n", "León"),
        ("NO", "NO"),
        ("0042", "0042"),
        ("0089", "0089"),
        ("12:30:00", "12:30:00"),
        ("1e5", "1e5"),
        ("1.10", "1.10"),
        ("2026-02-01", "2026-02-01"),
        ("Null", "Null"),
        (".inf", ".inf"),
        ("=1+1", "=1+1"),
        ("CON", "CON"),
        ("x" * 300, "x" * 300),
    ],
)
def test_what_only_looks_odd_is_read_as_it_stands(written: str, read: str):
    """A name is text, whatever other programs would make of it."""
    portfolio = portfolio_of(**organisation(f"id: x\n  name: {written}"))
    assert portfolio.organisation_by_id["x"].name == read


@pytest.mark.parametrize(("before", "newline"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n"), ("", "\r")])
def test_how_a_file_was_saved_changes_nothing(before: str, newline: str):
    """A byte order mark and the line ends of another system are no part of a record."""
    assert portfolio_of(partners=before + PARTNERS.replace("\n", newline)) == portfolio_of()
