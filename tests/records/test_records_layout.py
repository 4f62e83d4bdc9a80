"""Which file holds what, and which file nothing reads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.records.layout import layout_of


def test_each_file_finds_its_kind():
    """A list may be a file, a folder, or both; order of the paths never matters."""
    paths = [
        "records/agreements.yaml",
        "records/agreements/b.yaml",
        "records/agreements/a.yaml",
        "records/project.yaml",
        "records/timeline.yaml",
        "records/deliverables/D1.1.yaml",
        "records/deliverables/D1.1/aims.md",
    ]
    layout = layout_of(paths)
    assert layout == layout_of(reversed(paths))
    assert layout.problems == []
    assert layout.files == {
        "agreements": ["records/agreements.yaml", "records/agreements/a.yaml", "records/agreements/b.yaml"],
        "deliverables": ["records/deliverables/D1.1.yaml"],
        "project": ["records/project.yaml"],
        "timeline": ["records/timeline.yaml"],
    }
    assert layout.narratives == {("D1.1", "aims.md"): "records/deliverables/D1.1/aims.md"}


def test_a_narrative_is_found_however_its_accents_are_stored():
    """Some file systems take an accented letter apart; the record that names the file does not."""
    layout = layout_of(["records/deliverables/D1/re\u0301sume\u0301.md"])
    assert list(layout.narratives) == [("D1", "résumé.md")]


@pytest.mark.parametrize(
    "path",
    [
        "templates/x.yaml",
        "x.yaml",
        "records/README.md",
        "records/deliverables/README.md",
        "records/.agreements.yaml",
        "records/~$agreements.yaml",
        "records/#agreements.yaml",
        "records/.git/x.yaml",
        "records/people.yaml.example",
        "records/notes.txt",
    ],
)
def test_what_is_none_of_our_business_is_passed_over(path: str):
    """Files outside records/, other endings, hidden files and those of editors are neither read nor complained of."""
    layout = layout_of([path])
    assert (layout.files, layout.narratives, layout.problems) == ({}, {}, [])


@pytest.mark.parametrize(
    ("path", "fix"),
    [
        ("records/agreement.yaml", "did you mean records/agreements.yaml?"),
        ("records/Agreements.yaml", "did you mean records/agreements.yaml?"),
        ("records/agreements.yml", "did you mean records/agreements.yaml?"),
        ("records/agreements.YAML", "did you mean records/agreements.yaml?"),
        ("records/partner/x.yaml", "did you mean records/partners/x.yaml?"),
        ("records/partners/x.yml", "did you mean records/partners/x.yaml?"),
        ("records/partners/x/y.yaml", "did you mean records/partners.yaml?"),
        ("records/project/x.yaml", "did you mean records/project.yaml?"),
        ("records/timeline/x.yaml", "did you mean records/timeline.yaml?"),
        ("records/deliverables.yaml", "did you mean records/deliverables/ID.yaml?"),
        ("records/deliverables/D1/x.yaml", "did you mean records/deliverables/ID.yaml?"),
    ],
)
def test_a_file_that_nothing_reads_is_told(path: str, fix: str):
    """A misspelt or misplaced file would silently lose records; the fix names the right place."""
    (problem,) = layout_of([path]).problems
    assert (problem.code, problem.message, str(problem.location)) == ("unknown-file", f"nothing reads {path}", path)
    assert problem.fix == fix


@pytest.mark.parametrize(
    ("path", "shown", "character"),
    [
        ("records/events/a\x1b[2J.yaml", "records/events/a\\u001b[2J.yaml", "U+001B"),
        ("records/a\nb.yaml", "records/a\\u000ab.yaml", "U+0000"),
        ("records/events/\u202eb.yaml", "records/events/\\u202eb.yaml", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("records/caf\udce9.yaml", "records/caf\\udce9.yaml", "U+DCE9"),
        ("records/deliverables/D1/\u200b.md", "records/deliverables/D1/\\u200b.md", "U+200B ZERO WIDTH SPACE"),
    ],
)
def test_a_file_whose_name_no_message_can_show_is_not_read(path: str, shown: str, character: str):
    """A name with a control character, or in another encoding, is spelled out and has to be changed."""
    layout = layout_of([path])
    (problem,) = layout.problems
    assert (layout.files, layout.narratives, problem.code, str(problem.location)) == ({}, {}, "unsafe-name", shown)
    assert problem.message == f"the name of the file {shown} holds the character {character}"


def test_a_file_with_a_foreign_name_is_told_what_there_is():
    """Where nothing is close, the fix lists the files."""
    (problem,) = layout_of(["records/zzzz.yaml"]).problems
    assert problem.fix.startswith("the files are project.yaml, partners.yaml, organisations.yaml")


@given(st.lists(st.text(alphabet="ab/.~yaml", max_size=20), max_size=6))
@settings(max_examples=60)
def test_no_path_is_too_odd(paths: list[str]):
    """Any name is read, passed over or complained of."""
    layout = layout_of([f"records/{path}.yaml" for path in paths])
    assert len(layout.problems) + sum(map(len, layout.files.values())) <= len(paths)
