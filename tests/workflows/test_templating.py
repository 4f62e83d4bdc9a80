"""`templates.check`, `diff`, `approve`: all flaws in one run, whom a new file meets, and who let a template go out."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from desks import desk, project

from elca_docs.errors import RequestError, TemplateError, WorkspaceError
from elca_docs.planning import Filters
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.sending import final_text
from elca_docs.workflows.template_copies import mark
from elca_docs.workflows.templating import approve, check_templates, diff_templates

if TYPE_CHECKING:
    from posts import Post

COOPERATION = "templates/agreements/cooperation.docx"
SPANISH = "templates/agreements/cooperation.es.docx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project(tmp_path / "p")


def with_paragraph(folder: Path, text: str, file: str = COOPERATION) -> None:
    """Add a paragraph to a template, as its author would in Word."""
    document = docx.Document(str(folder / file))
    document.add_paragraph(text)
    document.save(str(folder / file))


def test_the_shipped_templates_have_nothing_to_mend(folder: Path) -> None:
    """All of them, each named, and exit code 0."""
    summary = check_templates(desk(folder))
    assert [line.rpartition("/")[2] for line in summary.lines] == [
        "business.docx: nothing to mend", "cooperation.docx: nothing to mend", "cooperation.es.docx: nothing to mend",
    ]  # fmt: skip
    assert (summary.exit_code, summary.json["findings"]) == (0, [])


def test_a_flaw_is_told_with_its_place_and_its_fix(folder: Path) -> None:
    """As lines and as JSON; an error is the author's turn."""
    with_paragraph(folder, "Seat: {{ counterpart.adress }}")
    summary = check_templates(desk(folder), file=COOPERATION)
    (found,) = [each for each in summary.json["findings"] if each["severity"] == "error"]
    assert found["file"] == COOPERATION
    assert found["text"] == "Seat: {{ counterpart.adress }}"
    assert "adress" in found["message"]
    assert "address" in found["fix"]
    assert summary.exit_code == 1
    assert any("1 error" in line for line in summary.lines)
    assert f"    fix: {found['fix']}" in summary.lines


def test_a_variant_that_says_less_is_told(folder: Path) -> None:
    """A clause with a field in one language only: at its place there; the other language has nothing to mend."""
    with_paragraph(folder, "{% if terms.subject %}Subject: {{ terms.subject }}{% endif %}")
    rows = check_templates(desk(folder)).json["findings"]
    assert {(each["file"], each["code"]) for each in rows} == {
        (COOPERATION, "template-variant-field"), (COOPERATION, "template-variant-clause"),
    }  # fmt: skip
    (folder / SPANISH).write_bytes(b"no Word file")
    assert {each["code"] for each in check_templates(desk(folder)).json["findings"]} == {"template-unreadable"}


def test_no_template_is_said_so(folder: Path) -> None:
    """An empty folder is no error."""
    shutil.rmtree(folder / "templates/agreements")
    assert check_templates(desk(folder)).lines == ("there is no template in templates/agreements/ yet",)


def test_a_new_version_names_fields_text_and_agreements(folder: Path) -> None:
    """Drafts that the old file made are to be made anew; another file meets none."""
    make_drafts(desk(folder), Filters())
    shutil.copy(folder / COOPERATION, folder / "new.docx")
    with_paragraph(folder, "Law of {{ terms.subject }}", "new.docx")
    summary = diff_templates(desk(folder), old=COOPERATION, new="new.docx")
    assert summary.json["gained"] == ["terms.subject"]
    assert summary.json["text"] == ["+ Law of {{ terms.subject }}"]
    redo = [each.reference for each in desk(folder).register.view().agreements.values() if "-CA-" in each.reference]
    assert {each for each in redo if each != "SAMPLE-CA-BETA-002"} == set(summary.json["redo"])  # which is in Spanish
    assert summary.json["keep"] == []
    other = diff_templates(desk(folder), old="new.docx", new="new.docx")
    assert (other.json["redo"], other.lines[0]) == ([], "nothing that a reader sees changes")


def test_versions_that_were_sent_keep_the_old_text(post: Post) -> None:
    """They are named, and their drafts are not to be made anew."""
    summary = diff_templates(post.desk(), old=COOPERATION, new=SPANISH)
    sent = [post.history(each).reference for each in ("CA-01", "CA-02", "CA-03")]
    assert summary.json["keep"] == [f"{each} version 1" for each in sorted(sent)]
    assert not {*summary.json["redo"]} & {*sent}


def test_only_an_approved_template_goes_out_where_the_project_asks_for_it(drafted: Post) -> None:
    """Refused with the command to type; approved, it goes; changed, it is another one."""
    records = drafted.folder / "records/project.yaml"
    records.write_text(records.read_text(encoding="utf-8") + "approved_templates_only: true\n", encoding="utf-8")
    (agreement, *_) = drafted.desk().portfolio.agreements

    def refused() -> list[str]:
        try:
            final_text(drafted.desk(), agreement)
        except RequestError as error:
            return [problem.code for problem in error.problems]
        return []

    assert refused() == ["template-not-approved"]
    (line, *_) = approve(drafted.desk(), file=COOPERATION, by="mav-1").lines
    assert line.startswith("approved cooperation.docx as it is now")
    assert approve(drafted.desk(), file=COOPERATION, by="amz-1").lines == (
        "cooperation.docx is approved already, exactly as it is now, by mav-1",
    )
    assert refused() == []
    with_paragraph(drafted.folder, "One clause more.")
    make_drafts(drafted.desk(), Filters())
    assert refused() == ["template-not-approved"]


def test_what_has_errors_or_no_name_is_not_approved(folder: Path) -> None:
    """A person is named by an id; a template with an error is refused with all of them, and nothing is written."""
    with pytest.raises(RequestError, match="person-not-named"):
        approve(desk(folder), file=COOPERATION, by="")
    with_paragraph(folder, "{{ nobody.knows }}")
    with pytest.raises(TemplateError, match=r"nobody\.knows"):
        approve(desk(folder), file=COOPERATION, by="mav-1")
    assert not desk(folder).register.view().entries


def test_comments_of_a_marked_copy_are_looked_through_and_not_approved(folder: Path) -> None:
    """A marked copy that its author corrected and kept: the comments quote tags, and are no flaws of the template."""
    with_paragraph(folder, "{{ nobody.knows }}")
    mark(desk(folder), file=COOPERATION)
    marked = folder / "output/templates/cooperation.marked.docx"
    findings = check_templates(desk(folder), file=str(marked)).json["findings"]
    assert [each["code"] for each in findings] == ["template-undefined-field"]
    with pytest.raises(TemplateError, match="template-still-marked"):
        approve(desk(folder), file=str(marked), by="mav-1")


@pytest.mark.parametrize("spelt", [SPANISH, f"./{SPANISH}", f"templates/../{SPANISH}", "absolute"])
def test_a_template_is_known_however_its_path_is_spelt(folder: Path, spelt: str) -> None:
    """Its variants are compared, and it is named by its place in the project."""
    with_paragraph(folder, "{{ agreement.id }}", SPANISH)
    said = check_templates(desk(folder), file=str(folder / SPANISH) if spelt == "absolute" else spelt).json
    assert said["templates"] == [SPANISH]
    assert "template-variant-field" in {each["code"] for each in said["findings"]}


def test_a_marked_copy_differs_in_nothing_from_its_template(folder: Path) -> None:
    """Its comments are looked through; marked again it has the same name."""
    with_paragraph(folder, "{{ nobody.knows }}")
    mark(desk(folder), file=COOPERATION)
    marked = "output/templates/cooperation.marked.docx"
    changes = diff_templates(desk(folder), old=COOPERATION, new=marked)
    assert changes.lines[0] == "nothing that a reader sees changes"
    mark(desk(folder), file=marked)
    assert [each.name for each in (folder / "output/templates").glob("*.docx")] == ["cooperation.marked.docx"]


def test_a_text_at_hand_is_of_no_template(post: Post) -> None:
    """A version that was negotiated keeps nothing of a template, though its draft was made from one."""
    sent = post.history("CA-01").sent[-1]
    own = replace(sent, version=2, template="", name=f"{sent.name}x")
    post.desk().register.append(lambda _: (own,))
    kept = diff_templates(post.desk(), old=COOPERATION, new=SPANISH).json["keep"]
    reference = post.history("CA-01").reference
    assert f"{reference} version 1" in kept
    assert f"{reference} version 2" not in kept


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    """As is a flag that was left out."""
    with pytest.raises(WorkspaceError, match="file-missing"):
        check_templates(desk(folder), file="none.docx")
    with pytest.raises(RequestError, match="flags-unclear"):
        diff_templates(desk(folder), old="", new=COOPERATION)
