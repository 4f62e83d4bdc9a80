"""`send`: what goes out is whole, was looked at, is stamped page by page, and is never changed again."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from desks import desk, project, tree
from posts import SENT_AT, Post, bare_organisation, codes, said
from pypdf import PdfReader

from elca_docs.errors import EvidenceError, Problem, RequestError, WorkspaceError
from elca_docs.evidence import close_facts
from elca_docs.model.log_events import Sent
from elca_docs.model.page_code import PageCode
from elca_docs.office import finding
from elca_docs.planning import Filters, chosen
from elca_docs.rendering import document_text
from elca_docs.workflows import sending as sending_module
from elca_docs.workflows.demo_papers import exported
from elca_docs.workflows.drafting import draft, make_drafts
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.sending import Sending, final_text, send
from elca_docs.workflows.summary import Summary

AREA = "bridges without banks, joint stands at imaginary fairs"


def sent(post: Post, **flags: str) -> Summary:
    return send(post.desk(), Sending(**flags))


def draft_of(post: Post, agreement: str) -> Path:
    return post.folder / "output" / post.history(agreement).drafts[-1].name


def text_file(post: Post, *lines: str, name: str = "negotiated.docx") -> str:
    """Write a Word file of these lines and return its path."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(post.folder.parent / name))
    return str(post.folder.parent / name)


class PlainOffice:
    """Stands where LibreOffice would: it makes plain PDFs, and fails with one kind of document."""

    def __init__(self, failing: str = "none") -> None:
        """Fail where this stands in the name."""
        self._failing = failing

    def pdfs(self, documents, *, carrying):
        """Return a PDF, or a problem, for each document."""
        failure = Problem("office-failed", "LibreOffice made nothing of it", fix="export it from Word")
        return {
            name: failure if self._failing in name else exported(data, "Specimen", carrying[name])
            for name, data in documents.items()
        }


# --- what goes out --------------------------------------------------------------------------------------------------


def test_each_page_of_a_version_says_what_it_is_to_people_and_to_programs(drafted: Post) -> None:
    """Line and code name reference, version and page; the file has a title, and a signature field for each party."""
    drafted.send("CA-01")
    event = drafted.sent("CA-01")
    data = drafted.issued("CA-01")
    reader = PdfReader(io.BytesIO(data))
    assert event.pages == len(reader.pages) > 1
    for number, page in enumerate(reader.pages, 1):
        assert f"{event.reference} · version 1 · page {number} of {event.pages}" in page.extract_text()
    facts = close_facts(data, name="x", moment=SENT_AT)
    read = {(each.page, PageCode.parse(each.text, "000000")) for each in facts.codes}
    assert read == {(page, PageCode(event.reference, 1, page, event.pages)) for page in range(1, event.pages + 1)}
    assert event.fields == {"Signature-ALFA": "ALFA", "Signature-sample-rail": "sample-rail"}
    assert set(reader.get_fields() or {}) == set(event.fields)
    assert reader.metadata
    assert event.reference in str(reader.metadata.title)


def test_both_files_of_a_version_lie_in_issued_as_the_register_says_and_cannot_be_written(drafted: Post) -> None:
    """The names are readable, the digests those of the log, and nobody overwrites them by a slip."""
    drafted.send("CA-01")
    event = drafted.sent("CA-01")
    for ending, digest in ((".docx", event.docx), (".pdf", event.pdf)):
        path = drafted.folder / f"register/issued/{event.name}{ending}"
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
        if os.name != "nt":
            assert not path.stat().st_mode & stat.S_IWUSR
    assert event.name == f"{event.reference}_v1"
    assert not list((drafted.folder / "register/issued/.staged").iterdir())


def test_who_sends_is_told_which_file_to_attach_and_what_comes_next(drafted: Post) -> None:
    """The program sends nothing itself."""
    summary = sent(drafted, ref="CA-01", pdf=drafted.export("CA-01"))
    reference = drafted.history("CA-01").reference
    assert summary.lines == (
        f"version to send: {reference}, version 1",
        f"sent: {reference} version 1, 2 pages",
        f"  attach to your mail: register/issued/{reference}_v1.pdf",
        "next: put what comes back into register/inbox/, then: invoke register",
    )


def test_a_trial_run_writes_nothing(drafted: Post) -> None:
    """It says what would go out, and needs no LibreOffice for that."""
    before = tree(drafted.folder)
    summary = send(drafted.desk(), Sending(partner="alfa"), dry_run=True)
    assert [line.partition(" ")[0] for line in summary.lines] == ["would"] * 3
    assert tree(drafted.folder) == before


def test_the_day_on_which_it_went_out_can_be_said_later_but_not_before(drafted: Post) -> None:
    """A day in the future is refused before anything is made."""
    pdf = drafted.export("CA-01")
    with pytest.raises(RequestError) as caught:
        sent(drafted, ref="CA-01", pdf=pdf, on="2021-11-16")
    assert [each.code for each in caught.value.problems] == ["date-in-future"]
    sent(drafted, ref="CA-01", pdf=pdf, on="2021-10-04")
    assert drafted.sent("CA-01").on == date(2021, 10, 4)


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ({}, "flags-unclear"),
        ({"ref": "CA-01", "partner": "ALFA"}, "flags-unclear"),
        ({"partner": "ALFA", "pdf": "x.pdf"}, "flags-unclear"),
        ({"mission": "atlantis", "text": "x.docx"}, "flags-unclear"),
        ({"ref": "CA-99"}, "unknown-name"),
        ({"mission": "elsewhere"}, "unknown-name"),
        ({"ref": "CA-01", "on": "soon"}, "bad-date"),
    ],
)
def test_a_call_that_can_be_read_in_two_ways_is_refused(drafted: Post, flags: dict[str, str], code: str) -> None:
    """Nothing is guessed where papers leave the house."""
    with pytest.raises(RequestError) as caught:
        sent(drafted, **flags)
    assert [each.code for each in caught.value.problems] == [code]


# --- what does not go out -------------------------------------------------------------------------------------------


def test_a_document_with_gaps_does_not_go_out_and_all_gaps_are_named(drafted: Post) -> None:
    """Final mode: nothing mandatory may be missing; each problem says which record to complete and whom to ask."""
    bare_organisation(drafted.folder)
    draft(drafted.desk())
    before = drafted.kinds()
    summary = sent(drafted, ref="CA-02")
    assert len(summary.problems) > 2
    assert set(codes(summary)) == {"document-incomplete"}
    assert len({each.message for each in summary.problems}) == len(summary.problems)
    assert all("organisations.yaml:" in str(each.location) for each in summary.problems)
    assert summary.exit_code == 1
    assert drafted.kinds() == before
    assert not (drafted.folder / "register/issued").exists()


def test_an_agreement_that_was_never_drafted_has_nothing_to_send(tmp_path: Path) -> None:
    """Nobody has looked at its text, and it has no reference."""
    folder = project(tmp_path / "p")
    assert codes(send(desk(folder), Sending(ref="CA-01"))) == ["never-drafted"]


def test_an_edited_draft_goes_out_with_the_words_of_its_editor_or_not_at_all(drafted: Post) -> None:
    """The records know nothing of the edit, so the fix is a command that sends the edited text itself."""
    path = draft_of(drafted, "CA-02")
    document = docx.Document(str(path))
    document.add_paragraph("One more article that was agreed upon by telephone.")
    document.save(str(path))
    summary = sent(drafted, ref="CA-02")
    assert codes(summary) == ["draft-edited"]
    reference = drafted.history("CA-02").reference
    name = f"output/{drafted.history('CA-02').drafts[-1].name}"
    assert summary.problems[0].fix.endswith(f"invoke send --ref {reference} --from {name}")
    assert codes(sent(drafted, ref="CA-02", text=str(path))) == ["text-says-draft"]
    document = docx.Document(str(path))
    mark = next(each for each in document.paragraphs if each.text.startswith("This is a draft"))
    mark._element.getparent().remove(mark._element)
    document.save(str(path))
    summary = send(drafted.desk(), Sending(ref="CA-02", text=str(path)), dry_run=True)
    assert not summary.problems
    assert summary.lines[1:] == ("  + One more article that was agreed upon by telephone.",)


@pytest.mark.parametrize("how", ["records", "template", "gone"])
def test_a_draft_that_is_not_what_would_go_out_is_drafted_and_looked_at_again(drafted: Post, how: str) -> None:
    """Records or template changed since, or the file is gone: nobody has seen this text."""
    if how == "records":
        drafted.edit_records(AREA, "bridges with banks")
    elif how == "template":
        path = drafted.folder / "templates/agreements/cooperation.docx"
        document = docx.Document(str(path))
        document.add_paragraph("One more article")
        document.save(str(path))
    else:
        draft_of(drafted, "CA-02").unlink()
    summary = sent(drafted, ref="CA-02")
    assert codes(summary) == ["draft-outdated"]
    assert "invoke draft --only CA-02" in summary.problems[0].fix
    draft(drafted.desk(), only=["CA-02"])
    drafted.send("CA-02")
    assert drafted.sent("CA-02").version == 1


def test_signed_registered_and_ended_agreements_have_no_further_version(post: Post) -> None:
    """A new version would take the signatures from under those who signed; each fix says what is done instead."""
    for agreement, parties in (("CA-01", 1), ("CA-03", 2)):
        file = post.folder.parent / f"{agreement}-signed.pdf"
        file.write_bytes(post.signed(agreement, *post.parties(agreement)[:parties]))
        signed_by = [f"{party}=2021-10-20" for party in post.parties(agreement)[:parties]]
        register(post.desk(), ref=agreement, files=[str(file)], signed_by=signed_by, by="officer-1")
    record(post.desk(), kind="ended", ref="CA-02", exit_="declined", reason="another network")
    found = {each: sent(post, ref=each).problems for each in ("CA-01", "CA-02", "CA-03")}
    assert {key: [each.code for each in problems] for key, problems in found.items()} == {
        "CA-01": ["already-signed"],
        "CA-02": ["agreement-ended"],
        "CA-03": ["already-signed"],
    }
    assert "ALFA signed" in found["CA-01"][0].message
    assert "invoke record amended --ref" in found["CA-03"][0].fix


def test_a_template_that_is_gone_or_broken_is_named(drafted: Post) -> None:
    """The agreement that needs it stays; the message names the template."""
    path = drafted.folder / "templates/agreements/cooperation.docx"
    path.write_bytes(b"no document")
    assert codes(sent(drafted, ref="CA-02")) == ["template-unreadable", "template-missing"]
    path.unlink()
    assert codes(sent(drafted, ref="CA-02")) == ["template-missing"]


def test_more_pages_than_the_code_of_a_page_can_say_do_not_go_out(drafted: Post, monkeypatch) -> None:
    """The limit is that of the page code."""
    monkeypatch.setattr(sending_module, "PAGES_LIMIT", 1)
    assert codes(sent(drafted, ref="CA-01", pdf=drafted.export("CA-01"))) == ["too-many-pages"]
    assert "sent" not in drafted.kinds()


# --- versions -------------------------------------------------------------------------------------------------------


def test_nothing_goes_out_twice_while_nothing_has_changed(post: Post) -> None:
    """The second call says since when, and writes nothing."""
    before = tree(post.folder / "register")
    summary = sent(post, ref="CA-01")
    reference = post.history("CA-01").reference
    assert summary.lines == (f"{reference} went out as version 1 on 2021-10-01, and nothing has changed",)
    assert summary.exit_code == 0
    assert tree(post.folder / "register") == before


def test_a_change_of_the_records_makes_the_next_version_and_leaves_the_last_as_it_is(post: Post) -> None:
    """Version 2 under the same reference; what differs is listed, and version 1 stays byte for byte."""
    before = tree(post.folder / "register/issued")
    post.edit_records(AREA, "bridges with banks")
    pdf = post.export("CA-02")
    summary = sent(post, ref="CA-02", pdf=pdf)
    assert not summary.problems
    shown = [line.strip() for line in summary.lines if line.startswith("  ") and "attach" not in line]
    assert [line[:2] for line in shown] == ["- ", "+ ", "- ", "+ "]
    assert any("bridges without banks" in line for line in shown if line[0] == "-")
    assert any("bridges with banks" in line for line in shown if line[0] == "+")
    assert [each.version for each in post.history("CA-02").sent] == [1, 2]
    after = tree(post.folder / "register/issued")
    assert before.items() <= after.items()
    assert set(after) - set(before) == {f"{post.sent('CA-02').name}{ending}" for ending in (".docx", ".pdf")}


def test_a_version_that_was_undone_leaves_its_number_used(post: Post) -> None:
    """Papers with that number may be on a desk somewhere: the next one has another."""
    address = next(
        each.address
        for each in post.desk().register.view().entries
        if isinstance(each.event, Sent) and each.event.reference == post.history("CA-02").reference
    )
    record(post.desk(), kind="corrected", entry=address, reason="it never left the house")
    draft(post.desk(), only=["CA-02"])
    post.send("CA-02")
    assert [each.version for each in post.history("CA-02").sent] == [2]


def test_what_another_desk_sent_meanwhile_is_not_sent_again(drafted: Post, monkeypatch) -> None:
    """Two officers send at once: one version goes out, and the slower one is told."""
    there, pdf = drafted.desk(), drafted.export("CA-01")
    append = there.register.append

    def slower(decide):
        monkeypatch.setattr(there.register, "append", append)
        drafted.send("CA-01")
        return append(decide)

    monkeypatch.setattr(there.register, "append", slower)
    summary = send(there, Sending(ref="CA-01", pdf=pdf))
    assert len(drafted.history("CA-01").sent) == 1
    assert summary.lines[-1].startswith("not sent: ")
    assert "attach" not in said(summary)


# --- a text at hand -------------------------------------------------------------------------------------------------


def whole_text(post: Post, agreement: str = "CA-02") -> list[str]:
    there = post.desk()
    record_ = there.portfolio.agreement(agreement)
    assert record_
    return list(document_text(final_text(there, record_), name="x"))


def test_a_negotiated_text_goes_out_with_its_differences_listed(drafted: Post) -> None:
    """What the others changed is shown before the paper leaves; the Word file is kept as it was given."""
    lines = whole_text(drafted)
    lines[5] = "Article 2 was made longer by their lawyer"
    text = text_file(drafted, *lines, "An article more")
    pdf = drafted.folder.parent / "text.pdf"
    pdf.write_bytes(exported(Path(text).read_bytes(), "Specimen", drafted.history("CA-02").reference))
    summary = sent(drafted, ref="CA-02", text=text, pdf=str(pdf))
    assert not summary.problems
    assert [line.strip()[:11] for line in summary.lines[1:4]] == ["- Article 2", "+ Article 2", "+ An articl"]
    kept = drafted.folder / f"register/issued/{drafted.sent('CA-02').name}.docx"
    assert kept.read_bytes() == Path(text).read_bytes()
    again = sent(drafted, ref="CA-02", text=text, pdf=str(pdf))
    assert "nothing has changed" in again.lines[0]


def test_a_text_needs_no_draft_that_is_up_to_date(drafted: Post) -> None:
    """It takes the draft's place, so it does not matter what became of that."""
    lines = whole_text(drafted)
    draft_of(drafted, "CA-02").unlink()
    assert not send(drafted.desk(), Sending(ref="CA-02", text=text_file(drafted, *lines)), dry_run=True).problems


def test_a_long_list_of_differences_is_cut_with_a_count(drafted: Post) -> None:
    """The first twenty are shown."""
    text = text_file(drafted, *whole_text(drafted), *(f"added line {place}" for place in range(25)))
    summary = send(drafted.desk(), Sending(ref="CA-02", text=text), dry_run=True)
    assert len(summary.lines) == 22
    assert summary.lines[-1] == "  … and 5 more differences"


def test_a_text_that_is_not_ready_is_refused_for_each_reason_at_once(drafted: Post) -> None:
    """Another reference, tags of the template, marks of a draft: all of them are named."""
    text = text_file(drafted, "SAMPLE-CA-BETA-001", "{{ reference }}", "This is a draft and not for signature")
    summary = sent(drafted, ref="CA-02", text=text)
    assert codes(summary) == ["reference-not-in-text", "text-has-tags", "text-says-draft"]
    assert {str(each.location) for each in summary.problems} == {text}
    assert "sent" not in drafted.kinds()


def test_open_fields_of_a_text_are_refused_by_name(tmp_path: Path) -> None:
    """What the records lack may stand in the text; the placeholder of it may not."""
    folder = project(tmp_path / "p")
    bare_organisation(folder)
    make_drafts(desk(folder), Filters(only=frozenset({"CA-02"})))
    history = desk(folder).register.view().history("CA-02")
    summary = send(desk(folder), Sending(ref="CA-02", text=str(folder / "output" / history.drafts[-1].name)))
    assert "document-incomplete" in codes(summary)
    assert "open fields: '" in said(summary)


def test_tracked_changes_and_files_that_are_no_text_are_refused(drafted: Post) -> None:
    """A text that reads in two ways is none; neither is a picture called .docx, nor a folder."""
    from docx.oxml import OxmlElement

    document = docx.Document()
    paragraph = document.add_paragraph(drafted.history("CA-02").reference)
    paragraph._p.append(OxmlElement("w:ins"))
    path = drafted.folder.parent / "tracked.docx"
    document.save(str(path))
    assert codes(sent(drafted, ref="CA-02", text=str(path))) == ["text-has-tracked-changes"]
    path.write_bytes(b"GIF89a")
    assert codes(sent(drafted, ref="CA-02", text=str(path))) == ["template-unreadable"]
    assert codes(sent(drafted, ref="CA-02", text=str(drafted.folder))) == ["not-a-file"]
    assert codes(sent(drafted, ref="CA-02", text="nowhere.docx")) == ["file-missing"]


# --- PDF ------------------------------------------------------------------------------------------------------------


def test_a_pdf_of_another_text_does_not_go_out(drafted: Post) -> None:
    """Exported before the last change, or of another agreement: the words it lacks are named."""
    summary = sent(drafted, ref="CA-02", pdf=drafted.export("CA-01"))
    assert codes(summary) == ["pdf-of-another-text"]
    assert "'floating'" in summary.problems[0].message
    assert "sent" not in drafted.kinds()


def test_a_pdf_that_cannot_be_read_is_refused(drafted: Post) -> None:
    """Named as any PDF that comes in."""
    path = drafted.folder.parent / "x.pdf"
    path.write_bytes(b"no PDF")
    assert codes(sent(drafted, ref="CA-02", pdf=str(path))) == ["pdf-not-a-pdf"]


def test_without_libreoffice_one_clear_sentence_says_how_to_go_on(drafted: Post, monkeypatch) -> None:
    """What is missing, where it is to be had, and that --pdf does without it."""
    monkeypatch.delenv("DOCS_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", str(drafted.folder))
    monkeypatch.setattr(finding, "usual_places", list)
    with pytest.raises(WorkspaceError) as caught:
        sent(drafted, ref="CA-01")
    (problem,) = caught.value.problems
    assert problem.code == "office-missing"
    assert "--pdf" in problem.fix
    assert "sent" not in drafted.kinds()


def test_a_batch_goes_on_past_the_agreements_that_cannot_go_out(drafted: Post, monkeypatch) -> None:
    """By partner: one is edited, one fails in LibreOffice, one has ended and is left out; the others go."""
    monkeypatch.setattr(sending_module, "office_or_problem", lambda: PlainOffice("ALFA-002"))
    draft_of(drafted, "CA-01").write_bytes(b"edited")
    record(drafted.desk(), kind="ended", ref="CA-03", exit_="declined", reason="another network")
    summary = sent(drafted, partner="ALFA")
    assert sorted(codes(summary)) == ["draft-edited", "office-failed"]
    assert [each.id for each in chosen(drafted.desk().portfolio, Filters()) if drafted.history(each.id).sent] == [
        "BA-01"
    ]
    assert summary.exit_code == 1
    summary = sent(drafted, partner="BETA")
    assert "CA-03" not in said(summary)
    assert drafted.history("CA-04").sent
    assert not drafted.history("CA-03").sent


def test_a_batch_of_a_mission_goes_out_in_one_segment(drafted: Post, monkeypatch) -> None:
    """All or none of what one call sends is in the register."""
    monkeypatch.setattr(sending_module, "office_or_problem", PlainOffice)
    before = drafted.desk().register.view().position
    summary = sent(drafted, mission="atlantis")
    assert not summary.problems
    assert drafted.desk().register.view().position == before + 1
    assert {each for each in ("CA-01", "CA-02", "CA-04", "BA-01") if drafted.history(each).sent} == {
        "CA-02",
        "CA-04",
        "BA-01",
    }


def test_a_pdf_that_cannot_be_stamped_keeps_only_itself_back(drafted: Post, monkeypatch) -> None:
    """The flaw of one is told; the segment speaks of the others."""

    class Spoiling(PlainOffice):
        def pdfs(self, documents, *, carrying):
            made = super().pdfs(documents, carrying=carrying)
            return {name: b"%PDF-1.4 torn" if "ALFA-002" in name else each for name, each in made.items()}

    monkeypatch.setattr(sending_module, "office_or_problem", Spoiling)
    summary = sent(drafted, mission="atlantis")
    assert len(codes(summary)) == 1
    assert not drafted.history("CA-02").sent
    assert drafted.history("CA-04").sent


def test_the_text_that_would_go_out_can_be_had_to_export_it(drafted: Post) -> None:
    """Where none can go out, the reasons are the answer."""
    there = drafted.desk()
    record_ = there.portfolio.agreement("CA-01")
    assert record_
    assert b"This is a draft" not in final_text(there, record_)
    draft_of(drafted, "CA-01").write_bytes(b"edited")
    with pytest.raises(RequestError) as caught:
        final_text(drafted.desk(), record_)
    assert [each.code for each in caught.value.problems] == ["draft-edited"]


@pytest.mark.slow
@pytest.mark.needs("libreoffice")
def test_the_shipped_templates_go_out_through_libreoffice(tmp_path: Path) -> None:
    """Every agreement of the demo, in both languages: pages, codes, a field for each party, and the words all there."""
    folder = project(tmp_path / "p")
    make_drafts(desk(folder), Filters())
    for partner in desk(folder).portfolio.partners:
        summary = send(desk(folder), Sending(partner=partner.id))
        assert not summary.problems, summary.problems
    there = desk(folder, SENT_AT + timedelta(days=90))
    for agreement in chosen(there.portfolio, Filters()):
        (event,) = there.register.view().history(agreement.id).sent
        data = there.issued.read(f"{event.name}.pdf", event.pdf)
        facts = close_facts(data, name="x", moment=there.moment)
        assert {each.page for each in facts.codes} == set(range(1, event.pages + 1))
        assert set(event.fields.values()) == {each.id for each in there.portfolio.parties_of(agreement)}
        sending_module.check_export(data, there.issued.read(f"{event.name}.docx", event.docx), name="x")


def test_a_check_of_an_export_does_not_trip_over_line_ends_and_accents() -> None:
    """A word is found whatever its capitals and accents; one that is not there is named."""
    written = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Acuerdo de Cooperación: ARTÍCULO 1")
    document.save(written)
    pdf = exported(written.getvalue(), "Specimen", "X")
    sending_module.check_export(pdf, written.getvalue(), name="x.pdf")
    document.add_paragraph("nunca")
    document.save(changed := io.BytesIO())
    with pytest.raises(EvidenceError) as caught:
        sending_module.check_export(pdf, changed.getvalue(), name="x.pdf")
    assert "'nunca'" in caught.value.problems[0].message
