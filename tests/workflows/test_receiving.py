"""`register` without flags: every file of the inbox gets a verdict with a reason, and none is lost or stops another."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from desks import paper, tree
from posts import SIGNED_AT, Here, Post, codes, encrypted, joined, pages_of, said, saved_again

from elca_docs.errors import Problem, WorkspaceError
from elca_docs.inbox import Claimed, Inbox
from elca_docs.model.page_code import PageCode
from elca_docs.pdf import PageStamp, signature_copy, specimens
from elca_docs.workers import Failed
from elca_docs.workflows import archive, reading, receiving
from elca_docs.workflows.archive import notes_of
from elca_docs.workflows.recording import record
from elca_docs.workflows.registering import register
from elca_docs.workflows.verifying import verify

LINES = [f"line {place} of a letter" for place in range(3)]


def coded(folder: Path, *codes: str, reference: str = "none") -> bytes:
    """Return a paper of one page for each code, as anybody could make it, with a reference in its text."""
    plain = Path(paper(folder, "coded.pdf", reference, *LINES)).read_bytes()
    papers = [
        signature_copy(plain, stamps=[PageStamp("a page", each)], parties={}, properties={}).data for each in codes
    ]
    return joined(*papers)


def archive_named_pdf() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("signed.pdf", "not here")
    return written.getvalue()


def altered(post: Post) -> bytes:
    """Return a signed copy to which somebody added words after it was signed."""
    from pypdf import PdfWriter
    from pypdf.annotations import FreeText

    writer = PdfWriter(io.BytesIO(post.signed("CA-02")), incremental=True)
    note = FreeText(text="But for ten times the sum", rect=(100, 300, 300, 330), font_size="20pt")
    writer.add_annotation(0, note)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def overwritten(pdf: bytes) -> bytes:
    """Return a signed copy of which a few bytes were changed."""
    place = pdf.index(b"stream", 2000) + 40
    return pdf[:place] + bytes(each ^ 1 for each in pdf[place : place + 4]) + pdf[place + 4 :]


_Made = Callable[[Post], bytes]
BAD: dict[str, tuple[_Made, set[str]]] = {
    "no bytes": (lambda _: b"", {"pdf-empty"}),
    "a letter": (lambda _: b"Dear partner, nothing is attached.\n", {"pdf-not-a-pdf"}),
    "an archive": (lambda _: archive_named_pdf(), {"pdf-not-a-pdf"}),
    "half copied": (lambda post: post.issued("CA-02")[:3000], {"pdf-incomplete"}),
    "cut off while signed": (lambda post: post.signed("CA-02")[:-900], {"pdf-incomplete"}),
    "cut off behind the draft": (lambda post: post.signed("CA-02")[: len(post.issued("CA-02"))], {"pdf-is-our-draft"}),
    "locked": (lambda post: encrypted(post.signed("CA-02")), {"pdf-encrypted"}),
    "sent back unsigned": (lambda post: post.issued("CA-02"), {"pdf-is-our-draft"}),
    "printed again unsigned": (lambda post: saved_again(post.issued("CA-02")), {"pdf-unsigned"}),
    "altered after signing": (altered, {"signature-broken"}),
    "changed inside": (lambda post: overwritten(post.signed("CA-02")), {"signature-broken", "content-differs"}),
    "two agreements": (lambda post: joined(post.scan("CA-02"), post.scan("CA-03")), {"several-agreements"}),
    "a page missing": (lambda post: pages_of(post.scan("CA-02"), 1), {"page-missing"}),
    "a page twice": (lambda post: pages_of(post.scan("CA-02"), 1, 2, 2), {"page-doubled"}),
    "pages turned round": (lambda post: pages_of(post.scan("CA-02"), 2, 1), {"pages-out-of-order"}),
    "foreign code": (lambda post: coded(post.folder.parent, "HTTPS://EXAMPLE.ORG"), {"no-reference-found"}),
    "other project": (
        lambda post: coded(post.folder.parent, PageCode("SAMPLE-CA-ALFA-001", 1, 1, 2).text("999999")),
        {"other-project"},
    ),
    "unknown reference": (
        lambda post: coded(post.folder.parent, PageCode("SAMPLE-CA-ALFA-077", 1, 1, 2).text("000000")),
        {"reference-unknown"},
    ),
    "unknown version": (
        lambda post: coded(post.folder.parent, PageCode("SAMPLE-CA-ALFA-002", 7, 1, 2).text("000000")),
        {"version-not-sent"},
    ),
    "text and code disagree": (
        lambda post: coded(
            post.folder.parent,
            *(PageCode("SAMPLE-CA-ALFA-002", 1, page, 2).text("000000") for page in (1, 2)),
            reference="SAMPLE-CA-BETA-001",
        ),
        {"code-and-text-differ"},
    ),
    "never sent": (
        lambda post: Path(paper(post.folder.parent, "x.pdf", post.history("CA-05").reference)).read_bytes(),
        {"never-sent"},
    ),
    "no reference": (
        lambda post: Path(paper(post.folder.parent, "x.pdf", "nothing")).read_bytes(),
        {"no-reference-found"},
    ),
    "several references": (
        lambda post: Path(
            paper(post.folder.parent, "x.pdf", "SAMPLE-CA-BETA-001", "and SAMPLE-CA-ALFA-002")
        ).read_bytes(),
        {"several-references"},
    ),
    "another text": (
        lambda post: Path(paper(post.folder.parent, "x.pdf", "SAMPLE-CA-ALFA-002")).read_bytes(),
        {"page-missing"},
    ),
}


def test_every_bad_file_is_refused_with_its_reason_and_the_good_ones_are_registered(post: Post) -> None:
    """One inbox with all of them: each is kept byte for byte beside what is wrong and what to do."""
    bad = {f"{name}.pdf": make(post) for name, (make, _) in BAD.items()}
    good = {"a good one.pdf": post.signed("CA-01"), "zz last.pdf": post.signed("CA-03")}
    summary = post.open(bad | good)
    found = {}
    for name, data in bad.items():
        assert post.refused(name) == data
        reason = post.reason(name)
        assert reason["file"] == name
        assert reason["sha256"] == hashlib.sha256(data).hexdigest()
        assert reason["on"] == "2021-11-15"
        assert all(each["sentence"] and each["what to do"] for each in reason["problems"])
        found[name.removesuffix(".pdf")] = {each["code"] for each in reason["problems"]}
        assert f"{name}: refused" in summary.lines
    assert {name: each for name, each in found.items() if not each <= BAD[name][1]} == {}
    assert post.numbers() == ["R-2021-001", "R-2021-002"]
    assert post.inbox() == []
    assert summary.lines[0] == "KPI 2: 0 → 2 of 8 · from the inbox"
    assert summary.exit_code == 1
    places = {str(each.location).partition(":")[0] for each in summary.problems}
    assert places >= {f"register/inbox/{each}" for each in bad}
    assert post.kinds().count("received") == 2


def test_pages_of_two_versions_are_refused(post: Post) -> None:
    """The first page of version 1 with the second of version 2 is nobody's agreement."""
    post.edit_records("bridges without banks, joint stands at imaginary fairs", "bridges with banks")
    post.send("CA-02")
    mixed = joined(pages_of(post.issued("CA-02", 1), 1), pages_of(post.issued("CA-02", 2), 2))
    summary = post.open({"mixed.pdf": mixed, "old.pdf": post.signed("CA-02", version=1)})
    assert post.reason("mixed.pdf")["problems"][0]["code"] == "versions-mixed"
    assert "old.pdf: SAMPLE-CA-ALFA-002 waits for a person: it is version 1, and version 2 was sent" in said(summary)
    assert post.numbers() == []


def test_an_agreement_that_has_ended_takes_nothing_in(post: Post) -> None:
    """Void, declined or withdrawn: the reason says when and why."""
    record(post.desk(), kind="ended", ref="CA-02", exit_="void", reason="the wrong counterpart")
    post.open({"late.pdf": post.signed("CA-02")})
    (problem,) = post.reason("late.pdf")["problems"]
    assert problem["code"] == "agreement-ended"
    assert "the wrong counterpart" in problem["sentence"]


def test_the_pages_decide_and_not_the_name(post: Post) -> None:
    """A file under another agreement's name is registered for what it is."""
    post.open({"SAMPLE-CA-ALFA-002 signed.pdf": post.signed("CA-03")})
    assert post.history("CA-03").registered
    assert not post.history("CA-02").received


@pytest.mark.skipif(os.name == "nt", reason="such names and files are none on Windows")
def test_what_is_no_file_stays_and_odd_names_are_taken(post: Post) -> None:
    """Links, pipes and folders are named and left; leftovers of programs are nobody's business; any name is read."""
    folder = post.folder / "register/inbox"
    folder.mkdir(parents=True, exist_ok=True)
    outside = post.folder.parent / "outside.pdf"
    outside.write_bytes(post.signed("CA-03"))
    (folder / "link.pdf").symlink_to(outside)
    os.mkfifo(folder / "pipe.pdf")
    (folder / "folder.pdf").mkdir()
    left = {"~$draft.pdf": b"lock", "._scan.pdf": b"mac", ".hidden.pdf": b"x", "part.pdf.crdownload": b"x"}
    post.put(left)
    long = "long " * 49 + ".pdf"
    strange = 'a "new\nline" \x1b[31m.pdf'
    summary = post.open({strange: post.signed("CA-01"), long: b"no PDF"})
    assert codes(summary).count("inbox-not-a-file") == 3
    assert post.history("CA-01").registered
    assert post.history("CA-01").received[0].name == 'a "new?line" ?[31m.pdf'
    assert {"link.pdf", "pipe.pdf", "folder.pdf"} <= set(post.inbox())
    assert outside.read_bytes()
    assert {name: (folder / name).read_bytes() for name in left} == left
    (kept,) = (each for each in (folder / "refused").iterdir() if each.suffix == ".pdf")
    assert kept.read_bytes() == b"no PDF"
    assert json.loads(kept.with_name(f"{kept.name}.reason.json").read_text(encoding="ascii"))["file"] == long


def test_a_file_that_is_still_written_is_left_for_the_next_run(post: Post, monkeypatch) -> None:
    """It is told, nothing is taken of it, and it is no turn of anybody's but to wait."""
    looked = Inbox._looked
    post.put({"growing.pdf": b"%PDF-1.7 the first half"})

    def grows(inbox):
        seen = looked(inbox)
        post.put({"growing.pdf": b"%PDF-1.7 the first half and more" + b"." * len(seen)})
        return seen

    monkeypatch.setattr(Inbox, "_looked", grows)
    assert codes(post.open()) == ["inbox-file-growing"]
    assert post.inbox() == ["growing.pdf"]


def test_files_that_cannot_be_had_stay_and_the_others_go_on(post: Post, monkeypatch) -> None:
    """One is held open by another program, one goes away under our hands, one cannot be read."""
    claim, read = Inbox.claim, Claimed.read

    def claimed(inbox, name):
        if name == "held.pdf":
            return Problem("inbox-file-in-use", "another program holds it", fix="close it there")
        if name == "gone.pdf":
            return None
        return claim(inbox, name)

    def reads(each, limit):
        if each.name == "broken.pdf":
            raise WorkspaceError(Problem("file-failed", "the disk gives up", fix="look at the disk"))
        return read(each, limit)

    monkeypatch.setattr(Inbox, "claim", claimed)
    monkeypatch.setattr(Claimed, "read", reads)
    summary = post.open({"held.pdf": b"1", "gone.pdf": b"2", "broken.pdf": b"3", "x.pdf": post.signed("CA-01")})
    assert codes(summary) == ["file-failed", "inbox-file-in-use"]
    assert post.inbox() == ["broken.pdf", "gone.pdf", "held.pdf"]
    assert post.numbers() == ["R-2021-001"]


@pytest.mark.parametrize("why", ["time", "memory", "crash"])
def test_a_file_that_its_reader_cannot_cope_with_is_refused_by_name(post: Post, monkeypatch, why: str) -> None:
    """Hangs, bursts or crashes: the file is put aside with its digest, and the next one is read."""

    class Fragile(Here):
        def map(self, function, arguments):
            for each in arguments:
                bomb = function is reading.close_look and each[0].startswith(b"%PDF-bomb")
                yield Failed(why, "specimen") if bomb else next(super().map(function, [each]))

    monkeypatch.setattr(receiving, "Workers", Fragile)
    post.open({"a bomb.pdf": b"%PDF-bomb", "b.pdf": post.signed("CA-01")})
    reason = post.reason("a bomb.pdf")
    assert reason["problems"][0]["code"] == "pdf-defies-reading"
    assert reason["sha256"] == hashlib.sha256(b"%PDF-bomb").hexdigest()
    assert post.numbers() == ["R-2021-001"]


def test_a_file_that_cannot_be_compared_is_refused_by_name(post: Post, monkeypatch) -> None:
    """What hangs only when it is compared is put aside as well."""

    class Fragile(Here):
        def map(self, function, arguments):
            for each in arguments:
                yield Failed("time", "60 s") if function is reading.compared else next(super().map(function, [each]))

    monkeypatch.setattr(receiving, "Workers", Fragile)
    assert codes(post.open({"a.pdf": post.signed("CA-01")})) == ["pdf-defies-reading"]
    assert not post.history("CA-01").received


def test_a_damaged_version_of_ours_is_not_held_against_the_file_that_came_back(post: Post) -> None:
    """What went out is gone from the disk, so nothing can be compared: the file waits in the inbox for the backup."""
    path = post.folder / f"register/issued/{post.sent('CA-01').name}.pdf"
    whole = path.read_bytes()
    signed = post.signed("CA-01")
    path.unlink()
    summary = post.open({"a.pdf": signed})
    assert codes(summary) == ["issue-damaged"]
    assert post.inbox() == ["a.pdf"]
    assert not (post.folder / "register/inbox/refused").exists()
    path.write_bytes(whole)
    post.open()
    assert post.numbers() == ["R-2021-001"]


# --- what is accepted -----------------------------------------------------------------------------------------------


def test_the_same_file_again_is_already_registered_and_leaves_the_inbox(post: Post) -> None:
    """By whatever name and in whatever company it comes: one entry, one copy in the archive."""
    signed = post.signed("CA-01")
    first = post.open({"a.pdf": signed, "the same.pdf": signed})
    assert sum("is already registered" in line for line in first.lines) == 1
    before = tree(post.folder / "register/log") | tree(post.folder / "register/evidence")
    again = post.open({"b.pdf": signed})
    assert again.lines == (
        "register/inbox/b.pdf is already registered for SAMPLE-CA-ALFA-001; it is registered as R-2021-001",
    )
    assert again.exit_code == 0
    assert tree(post.folder / "register/log") | tree(post.folder / "register/evidence") == before
    assert post.inbox() == []


def test_parties_that_sign_separate_copies_give_parts_of_one_agreement(post: Post) -> None:
    """Part 1 is partly signed; part 2 gives the number, and both have readable names under it."""
    one, two = post.signed("CA-01", "ALFA"), post.signed("CA-01", "sample-rail")
    summary = post.open({"one.pdf": one})
    assert "one.pdf: SAMPLE-CA-ALFA-001 partly signed, waits for sample-rail" in summary.lines
    assert post.numbers() == []
    summary = post.open({"two.pdf": two})
    assert "two.pdf: SAMPLE-CA-ALFA-001 registered as R-2021-001" in summary.lines
    names = sorted((post.folder / "register/signed").iterdir())
    assert [path.name[-6:] for path in names] == ["_1.pdf", "_2.pdf"]
    assert [path.read_bytes() for path in names] == [one, two]


def test_parts_and_repetitions_in_one_inbox_are_judged_one_after_the_other(post: Post) -> None:
    """Each is judged on what those before it left: two parts, then one whose signatures all stand."""
    files = {
        "1.pdf": post.signed("CA-01", "ALFA"),
        "2.pdf": post.signed("CA-01", "sample-rail"),
        "3.pdf": post.signed("CA-01", at=SIGNED_AT + timedelta(days=1)),
        "4.pdf": post.signed("CA-03"),
    }
    post.open(files)
    assert [each.party for each in post.history("CA-01").signatures] == ["ALFA", "sample-rail"]
    assert post.reason("3.pdf")["problems"][0]["code"] == "second-evidence"
    assert len(post.numbers()) == 2


def test_a_scan_waits_and_is_kept(post: Post) -> None:
    """Ink is for eyes: it is evidence at once, and proves nothing until a person has looked."""
    scan = post.scan("CA-02")
    summary = post.open({"scan.pdf": scan})
    assert "scan.pdf: SAMPLE-CA-ALFA-002 waits for a person: a scan: look at the ink" in summary.lines
    assert summary.lines[-1] == "next: 1 to look at: invoke confirm"
    assert summary.exit_code == 0
    digest = hashlib.sha256(scan).hexdigest()
    assert (post.folder / f"register/evidence/{digest[:2]}/{digest}.pdf").read_bytes() == scan
    assert post.history("CA-02").signatures == ()
    assert post.desk().proof.listed() == {digest}


def test_numbers_are_gap_free_however_many_files_are_judged_at_a_time(post: Post, monkeypatch) -> None:
    """In batches of one or all at once: in the order of names, 1, 2, 3."""
    monkeypatch.setattr(receiving, "_BATCH", 1)
    files = {f"{place}.pdf": post.signed(each) for place, each in enumerate(("CA-03", "CA-01", "CA-02"))}
    post.open(files)
    assert post.numbers() == ["R-2021-001", "R-2021-002", "R-2021-003"]
    histories = (post.history(each).registered for each in ("CA-03", "CA-01", "CA-02"))
    assert [each.number for each in histories if each] == post.numbers()


def test_what_was_read_on_the_day_stands_beside_the_evidence_and_no_name_in_the_log(post: Post) -> None:
    """Facts, comparison, verdict, day and trust anchors as JSON; who signed stands there and not in the log."""
    anchors = post.folder / "records/anchors"
    anchors.mkdir()
    (anchors / "authority.cer").write_bytes(post.pens.authority.certificate)
    (anchors / "broken.pem").write_bytes(b"no certificate")
    signed = post.signed("CA-01")
    summary = post.open({"a.pdf": signed})
    assert codes(summary) == ["anchor-unreadable"]
    digest = hashlib.sha256(signed).hexdigest()
    there = post.desk()
    opinion = json.loads(there.proof.opinion(digest, notes_of(there.register.view())[digest]))
    assert (opinion["file"], opinion["on"], opinion["reference"]) == ("a.pdf", "2021-11-15", "SAMPLE-CA-ALFA-001")
    assert len(opinion["trust_anchors"]) == 1
    assert opinion["facts"]["sha256"] == digest
    assert opinion["facts"]["signatures"][0]["trust"] == "trusted"
    assert opinion["facts"]["signatures"][0]["on"].startswith("2021-10-20T12:00:00")
    assert opinion["comparison"]["issued_pages"] == post.sent("CA-01").pages
    assert "Specimen Person" in json.dumps(opinion)
    log = b"".join(path.read_bytes() for path in (post.folder / "register/log").iterdir())
    assert b"Specimen Person" not in log
    assert b"its certificate is trusted" in log


def test_without_anchors_trust_is_said_to_be_not_checked(post: Post) -> None:
    """Never invalid, and never qualified."""
    post.open({"a.pdf": post.signed("CA-01")})
    assert {each.method for each in post.history("CA-01").signatures} == {"advanced"}
    assert "trust not checked" in post.history("CA-01").received[0].verdict


def test_a_certificate_of_a_stranger_waits_for_a_person(post: Post) -> None:
    """The signature is intact, and its name is not that of a party."""
    pdf, event = post.issued("CA-01"), post.sent("CA-01")
    stranger = specimens.signer(
        post.pens.authority,
        person="Specimen Stranger",
        organisation="Specimen of nowhere",
        from_=SIGNED_AT.date(),
        until=SIGNED_AT.date(),
    )
    signed = specimens.signed(pdf, stranger, field=next(iter(event.fields)), at=SIGNED_AT)
    assert "waits for a person" in said(post.open({"a.pdf": signed}))
    assert post.history("CA-01").signatures == ()


def test_whoever_signed_well_counts_while_the_other_signature_waits(post: Post) -> None:
    """One of two signatures is doubtful: the party is partly signed, and a person is asked for the rest."""
    event = post.sent("CA-01")
    good = post.signed("CA-01", "ALFA")
    stranger = specimens.signer(
        post.pens.authority,
        person="Specimen Stranger",
        organisation="Specimen of nowhere",
        from_=SIGNED_AT.date(),
        until=SIGNED_AT.date(),
    )
    place = next(name for name, party in event.fields.items() if party == "sample-rail")
    summary = post.open({"a.pdf": specimens.signed(good, stranger, field=place, at=SIGNED_AT)})
    assert "a.pdf: SAMPLE-CA-ALFA-001 partly signed, waits for sample-rail" in summary.lines
    assert "next: 1 to look at: invoke confirm" in summary.lines


# --- the run --------------------------------------------------------------------------------------------------------


def test_an_empty_inbox_says_what_to_put_where(post: Post) -> None:
    """And nothing is written."""
    before = post.view().position
    assert post.open().lines == ("the inbox is empty: put what came back into register/inbox/",)
    assert post.view().position == before


def test_a_trial_run_says_all_and_moves_nothing(post: Post) -> None:
    """The files lie where they lay, no evidence, no entry."""
    files = {"a.pdf": post.signed("CA-01"), "b.pdf": post.scan("CA-02"), "c.pdf": b"no PDF"}
    post.put(files)
    before = tree(post.folder / "register/log")
    summary = post.open(dry_run=True)
    assert "a.pdf: SAMPLE-CA-ALFA-001 would be registered" in said(summary)
    assert "c.pdf: refused" in summary.lines
    assert post.inbox() == sorted(files)
    assert tree(post.folder / "register/log") == before
    assert not (post.folder / "register/evidence").exists()
    assert not (post.folder / "register/inbox/refused").exists()


def test_a_run_that_dies_before_it_has_tidied_loses_nothing(post: Post, monkeypatch) -> None:
    """Registered, and then killed: the file is still there, and the next run knows it."""

    def dies(_desk):
        raise KeyboardInterrupt

    signed = post.signed("CA-01")
    with monkeypatch.context() as patched:
        patched.setattr(archive, "refresh", dies)
        with pytest.raises(KeyboardInterrupt):
            post.open({"a.pdf": signed})
    assert post.inbox() == ["a.pdf"]
    summary = post.open()
    assert "is already registered for SAMPLE-CA-ALFA-001" in said(summary)
    assert post.numbers() == ["R-2021-001"]
    assert len(list((post.folder / "register/signed").iterdir())) == 1


def test_what_another_desk_wrote_meanwhile_is_judged_anew(post: Post, monkeypatch) -> None:
    """Both register the same file at once: it is received once, and the slower run says so."""
    there = post.desk()
    file = post.folder.parent / "by-hand.pdf"
    file.write_bytes(post.signed("CA-01"))
    post.put({"a.pdf": file.read_bytes()})
    keep = there.proof.keep

    def slower(data):
        monkeypatch.setattr(there.proof, "keep", keep)
        signed_by = [f"{party}=2021-10-20" for party in post.parties("CA-01")]
        register(post.desk(), ref="CA-01", files=[str(file)], signed_by=signed_by, by="officer-1")
        return keep(data)

    monkeypatch.setattr(there.proof, "keep", slower)
    summary = receiving.receive(there)
    assert "is already registered for SAMPLE-CA-ALFA-001" in said(summary)
    assert len(post.history("CA-01").received) == 1
    assert post.numbers() == ["R-2021-001"]


def test_the_register_is_whole_after_all_of_it(post: Post) -> None:
    """What the inbox wrote stands before the audit, every byte read."""
    post.open({"a.pdf": post.signed("CA-01"), "b.pdf": post.scan("CA-02"), "c.pdf": b"no PDF", "d.pdf": b""})
    summary = verify(str(post.folder), read_data=True)
    assert summary.exit_code == 0, said(summary)


@pytest.mark.slow
def test_the_whole_table_through_real_children(sent_once: Path, tmp_path: Path, pens) -> None:
    """As above, with each file read in a process of its own: the same verdicts."""
    import shutil

    shutil.copytree(sent_once, tmp_path / "p")
    post = Post(folder=tmp_path / "p", pens=pens)
    bad = {f"{name}.pdf": make(post) for name, (make, _) in BAD.items()}
    post.open(bad | {"good.pdf": post.signed("CA-01"), "scan.pdf": post.scan("CA-03")})
    for name in bad:
        found = {each["code"] for each in post.reason(name)["problems"]}
        assert found <= BAD[name.removesuffix(".pdf")][1], name
    assert post.numbers() == ["R-2021-001"]
    assert post.history("CA-03").received[0].waits
