"""`confirm`: what waits is listed with pictures, and a person's word makes signatures of ink count."""

from __future__ import annotations

import hashlib

import pytest
from desks import paper, tree
from posts import Here, Post, codes, said

from elca_docs.errors import Problem, RequestError, WorkspaceError
from elca_docs.model.log_events import Received
from elca_docs.workers import Failed
from elca_docs.workflows import confirming
from elca_docs.workflows.confirming import confirm, waiting
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.signing import Signing
from elca_docs.workflows.summary import Summary


def seen(post: Post, ref: str, *parties: str, by: str = "officer-1", file: str = "", dry_run: bool = False) -> Summary:
    """Say that these parties of an agreement signed the paper that waits, all of them where none is named."""
    there = post.desk()
    signing = Signing(
        ref=ref,
        signed_by=tuple(f"{party}=2021-10-20" for party in parties),
        method="wet",
        origin="ours",
        by=by,
    )
    return confirm(there, signing, file=file, dry_run=dry_run)


def listed(post: Post) -> Summary:
    return confirm(post.desk(), Signing(ref="", signed_by=(), method="", origin="ours", by=""))


@pytest.fixture
def scanned(post: Post) -> Post:
    """Return a project where scans of CA-02 and CA-03 wait."""
    post.open({"b scan.pdf": post.scan("CA-02"), "c scan.pdf": post.scan("CA-03")})
    return post


def test_what_waits_is_listed_with_its_pages_and_the_command_that_confirms_it(scanned: Post) -> None:
    """In the order in which it came in: what it is, where the pictures and the file lie, what to type."""
    summary = listed(scanned)
    digest = hashlib.sha256(scanned.scan("CA-02")).hexdigest()
    command = (
        "invoke confirm --ref SAMPLE-CA-ALFA-002 --signed-by ALFA=YYYY-MM-DD"
        " --signed-by floating-bridges=YYYY-MM-DD --by YOU --method wet"
    )
    assert summary.lines[:4] == (
        "SAMPLE-CA-ALFA-002: b scan.pdf, 2 pages, waits: a scan: look at the ink",
        f"  when you have seen the signatures: {command}",
        f"  the file: register/evidence/{digest[:2]}/{digest}.pdf",
        f"  look: output/waiting/SAMPLE-CA-ALFA-002_{digest[:8]}/",
    )
    pictures = sorted((scanned.folder / f"output/waiting/SAMPLE-CA-ALFA-002_{digest[:8]}").iterdir())
    assert [each.name for each in pictures] == ["page-01.png", "page-02.png"]
    assert all(each.read_bytes().startswith(b"\x89PNG") for each in pictures)
    assert len(list((scanned.folder / "output/waiting").iterdir())) == 2


def test_pictures_of_what_was_confirmed_go_when_the_list_is_made_anew(scanned: Post) -> None:
    """The folder shows what waits now."""
    listed(scanned)
    seen(scanned, "CA-02", *scanned.parties("CA-02"))
    assert len(listed(scanned).lines) == 4
    (folder,) = (scanned.folder / "output/waiting").iterdir()
    assert folder.name.startswith("SAMPLE-CA-BETA-001_")


def test_nothing_waits_where_nothing_came_in(post: Post) -> None:
    """One sentence, and nothing written."""
    before = tree(post.folder)
    assert listed(post).lines == ("nothing waits for a person",)
    assert tree(post.folder) == before


def test_a_confirmed_scan_of_all_parties_gets_the_register_number(scanned: Post) -> None:
    """The signatures say who confirmed them and how they were made; the indicator moves."""
    summary = seen(scanned, "SAMPLE-CA-ALFA-002", *scanned.parties("CA-02"))
    assert summary.lines[0].startswith("KPI 2: 0 → 1 of 8")
    history = scanned.history("CA-02")
    assert history.registered
    assert history.registered.number == "R-2021-001"
    assert {(each.method, each.basis, each.by, each.version) for each in history.signatures} == {
        ("wet", "confirmed", "officer-1", 1)
    }
    assert len(history.received) == 1
    assert [each.history.agreement for each in waiting(scanned.view())] == ["CA-03"]


def test_a_scan_with_one_signature_leaves_the_other_open(scanned: Post) -> None:
    """Partly signed; the file has been looked at, so it waits no more."""
    summary = seen(scanned, "CA-02", "ALFA")
    assert "SAMPLE-CA-ALFA-002: partly signed; still to sign: floating-bridges" in summary.lines
    assert [each.history.agreement for each in waiting(scanned.view())] == ["CA-03"]
    assert scanned.numbers() == []


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ({"ref": "CA-02", "by": ""}, "person-not-named"),
        ({"ref": "CA-01"}, "nothing-waits"),
        ({"ref": "CA-99"}, "unknown-name"),
        ({"ref": "CA-02", "file": "another.pdf"}, "flags-unclear"),
    ],
)
def test_a_call_that_confirms_nothing_clear_writes_nothing(scanned: Post, flags: dict[str, str], code: str) -> None:
    """Each has its code, and the register stays as it was."""
    before = tree(scanned.folder / "register")
    with pytest.raises(RequestError) as caught:
        seen(scanned, flags["ref"], "ALFA", by=flags.get("by", "officer-1"), file=flags.get("file", ""))
    assert [each.code for each in caught.value.problems] == [code]
    assert tree(scanned.folder / "register") == before


def test_a_trial_run_of_confirming_writes_nothing(scanned: Post) -> None:
    """It shows the entries."""
    before = tree(scanned.folder / "register")
    summary = seen(scanned, "CA-02", "ALFA", dry_run=True)
    assert all(line.startswith("would write") for line in summary.lines)
    assert tree(scanned.folder / "register") == before
    with pytest.raises(RequestError):
        seen(scanned, "CA-01", "ALFA", dry_run=True)


def test_of_several_files_the_one_that_is_meant_is_named_by_name_or_digest(post: Post) -> None:
    """Two scans of one agreement: the refusal lists both, with the beginnings of their digests."""
    one, two = post.scan("CA-02", seed=1), post.scan("CA-02", seed=2)
    assert one != two
    post.open({"one.pdf": one, "two.pdf": two})
    with pytest.raises(RequestError) as caught:
        seen(post, "CA-02", "ALFA")
    (problem,) = caught.value.problems
    assert problem.code == "flags-unclear"
    digests = [hashlib.sha256(each).hexdigest() for each in (one, two)]
    assert f"one.pdf ({digests[0][:6]}); two.pdf ({digests[1][:6]})" in problem.fix
    seen(post, "CA-02", "ALFA", file=digests[1][:6])
    seen(post, "CA-02", "floating-bridges", file="one.pdf")
    assert [each.evidence for each in post.history("CA-02").signatures] == [digests[1], digests[0]]
    assert len(post.numbers()) == 1


def test_what_ended_or_was_undone_waits_no_more(scanned: Post) -> None:
    """The receipt undone, the agreement ended: nobody is asked to look."""
    receipt = next(
        each.address
        for each in scanned.view().entries
        if isinstance(each.event, Received) and each.event.subject == "SAMPLE-CA-ALFA-002"
    )
    record(scanned.desk(), kind="corrected", entry=receipt, reason="a scan of a copy")
    record(scanned.desk(), kind="ended", ref="CA-03", exit_="withdrawn", reason="they changed their mind")
    assert waiting(scanned.view()) == ()
    assert listed(scanned).lines == ("nothing waits for a person",)


def test_a_file_of_an_event_is_none_of_what_waits(scanned: Post) -> None:
    """Proof of what was held is confirmed by who hands it in."""
    file = paper(scanned.folder.parent, "minutes.pdf", "C-01")
    register(scanned.desk(), subject="C-01", held="2021-10-05", files=[file], proof="minutes", by="officer-1")
    assert len(waiting(scanned.view())) == 2


def test_evidence_that_cannot_be_shown_keeps_no_other_file_back(scanned: Post, monkeypatch) -> None:
    """Lost evidence is a problem of its own; pages that cannot be drawn are said to be looked at in the file."""

    class Fragile(Here):
        def map(self, _, arguments):
            return (Failed("memory", "specimen") for _ in arguments)

    digest = hashlib.sha256(scanned.scan("CA-02")).hexdigest()
    path = scanned.folder / f"register/evidence/{digest[:2]}/{digest}.pdf"
    path.chmod(0o600)
    path.write_bytes(b"other bytes")
    monkeypatch.setattr(confirming, "Workers", Fragile)
    summary = listed(scanned)
    assert codes(summary) == ["evidence-damaged"]
    assert "SAMPLE-CA-BETA-001: c scan.pdf" in said(summary)
    assert summary.lines[-1] == "  (no pictures: open the file itself)"
    with pytest.raises(WorkspaceError):
        seen(scanned, "CA-02", "ALFA")


def test_a_record_that_is_gone_is_said_where_its_file_waits(scanned: Post) -> None:
    """Nobody knows who is to sign; the others are listed as ever."""
    path = scanned.folder / "records/agreements.yaml"
    text = path.read_text(encoding="utf-8")
    begin = text.index("- id: CA-03")
    path.write_text(text[:begin] + text[text.index("- id: CA-04") :], encoding="utf-8")
    timeline = scanned.folder / "records/timeline.yaml"
    timeline.write_text(timeline.read_text(encoding="utf-8").replace("CA-03", "CA-01"), encoding="utf-8")
    text = said(listed(scanned))
    assert "its record is gone from records/agreements.yaml" in text
    assert "invoke confirm --ref SAMPLE-CA-ALFA-002" in text


def test_who_signed_by_ink_on_a_paper_signed_by_certificate_is_confirmed(post: Post) -> None:
    """One party by certificate, the other's field stays empty: the rest of the file is for eyes."""
    post.open({"half.pdf": post.signed("CA-01", "ALFA")})
    assert waiting(post.view()) == ()
    post.open({"both.pdf": post.scan("CA-01")})
    command = next(line for line in listed(post).lines if "invoke confirm" in line)
    assert "--signed-by sample-rail=YYYY-MM-DD --by" in command
    assert "ALFA=" not in command
    seen(post, "CA-01", "sample-rail")
    assert post.numbers() == ["R-2021-001"]
    assert [each.basis for each in post.history("CA-01").signatures] == ["proven", "confirmed"]


def test_pages_that_cannot_be_drawn_are_a_problem_and_no_crash() -> None:
    """The picture of what is no PDF: one sentence."""
    from elca_docs.errors import EvidenceError
    from elca_docs.pdf.pictures import pictures

    with pytest.raises(EvidenceError) as caught:
        pictures(b"no PDF", 80, 3)
    assert caught.value.problems == (
        Problem("pdf-no-picture", "the pages cannot be drawn", fix="open the file in a PDF viewer"),
    )


def test_pictures_are_bounded_in_number_and_size(post: Post) -> None:
    """However many pages and however large: the first few, and none wider or higher than 4,000 pixels."""
    import io

    from PIL import Image

    from elca_docs.pdf.pictures import pictures

    (one,) = pictures(post.issued("CA-01"), 40, 1)
    assert Image.open(io.BytesIO(one)).size == (331, 468)
    (huge,) = pictures(post.issued("CA-01"), 5_000, 1)
    assert max(Image.open(io.BytesIO(huge)).size) <= 4_001
