"""The whole life of a few agreements, in any order of steps: what must hold after each of them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path

import paper_facts
import pytest
from desks import NOON, desk
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from office_specimens import word_file
from posts import small_project

from elca_docs.errors import DocsError
from elca_docs.model.log_events import Received, Referenced, Registered, Sent, Signed
from elca_docs.model.register import Entry, RegisterView, undone_addresses
from elca_docs.planning import Filters
from elca_docs.register import FolderStore, Register
from elca_docs.workflows import desk as workflows_desk
from elca_docs.workflows.confirming import confirm, waiting
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.receiving import receive
from elca_docs.workflows.recording import UNDOABLE, record
from elca_docs.workflows.registering import register
from elca_docs.workflows.sending import Sending, send
from elca_docs.workflows.signing import Signing
from elca_docs.workflows.verifying import verify

AGREEMENTS = ("CA-01", "CA-02", "CA-05")
FEW = st.sampled_from(AGREEMENTS)
CHOICE = st.integers(0, 1000)
SOME = st.sampled_from([7, 7, 7, 1, 2, 4, 5])
"""Which parties, as bits; mostly all of them."""
TODAY = "2021-11-15"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("life") / "p")


class LifeCycle(RuleBasedStateMachine):
    """A project of three agreements (two, two and three parties); papers are told, see `paper_facts`."""

    blank: Path

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        paper_facts.put_in_place(self.patch)
        self.patch.setattr(os, "fsync", lambda _: None)
        self.known: dict[object, object] = {}
        read = workflows_desk.read_portfolio

        def remembered(files):
            key = frozenset(files.items())
            if key not in self.known:
                self.known[key] = read(files)
            return self.known[key]

        self.patch.setattr(workflows_desk, "read_portfolio", remembered)
        self.base = Path(tempfile.mkdtemp())
        self.folder = self.base / "p"
        shutil.copytree(self.blank, self.folder)
        self.papers: list[bytes] = []
        self.written: tuple[Entry, ...] = ()
        self.edits = 0
        self.looked_at = -1
        make_drafts(self.desk(), Filters(only=frozenset(AGREEMENTS)))
        for agreement in AGREEMENTS[:2]:
            assert not send(self.desk(), Sending(ref=agreement)).problems

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.base, ignore_errors=True)

    # --- what the steps have in common

    def desk(self) -> Desk:
        return desk(self.folder)

    def view(self) -> RegisterView:
        store = FolderStore(self.folder / "register/log")
        return Register(store, project="000000", actor="tester", now=lambda: NOON).view()

    def parties(self, agreement: str) -> list[str]:
        portfolio = self.desk().portfolio
        found = portfolio.agreement(agreement)
        assert found
        return [str(each.id) for each in portfolio.parties_of(found)]

    def names(self, parties: list[str]) -> dict[str, str]:
        portfolio = self.desk().portfolio
        return {each: portfolio.party(each).legal.name or portfolio.party(each).name for each in parties}

    def every(self) -> list[str]:
        """Return the agreements, and the amendments that there are by now."""
        return sorted({*AGREEMENTS, *(each for each in self.view().agreements if each.partition("/")[0] in AGREEMENTS)})

    def attempt(self, step) -> None:
        """Take a step that may be refused: a refusal is an answer, and writes nothing into the log."""
        before = self.view().position
        try:
            step()
        except DocsError:
            assert self.view().position == before

    # --- steps

    @initialize(registered=st.booleans())
    def some_begin_signed(self, *, registered: bool) -> None:
        if registered:
            self.a_paper_comes(choice=0, some=7, kind="signed", nonce=9, opened=True)

    @rule()
    def change_the_records_and_draft(self) -> None:
        self.edits += 1
        path = self.folder / "records/agreements.yaml"
        text = path.read_text(encoding="utf-8")
        new = text.replace("bridges without banks", f"bridges without banks {self.edits}", 1)
        path.write_text(new, encoding="utf-8")
        make_drafts(self.desk(), Filters(only=frozenset(AGREEMENTS)))

    @rule(agreement=FEW)
    def send(self, agreement: str) -> None:
        self.attempt(lambda: send(self.desk(), Sending(ref=agreement)))

    @precondition(lambda self: any("/" in each for each in self.every()))
    @rule(choice=CHOICE)
    def send_an_amendment(self, choice: int) -> None:
        amendments = [each for each in self.every() if "/" in each]
        agreement = amendments[choice % len(amendments)]
        text = self.base / "amendment.docx"
        text.write_bytes(word_file(f"{self.view().history(agreement).reference}, text {choice % 3}"))
        self.attempt(lambda: send(self.desk(), Sending(ref=agreement, text=str(text))))

    @rule(
        choice=CHOICE,
        some=SOME,
        kind=st.sampled_from(["signed", "signed", "signed", "scan", "scan", "altered"]),
        nonce=st.integers(0, 2),
        opened=st.booleans(),
    )
    def paper_comes(self, *, choice: int, some: int, kind: str, nonce: int, opened: bool) -> None:
        self.a_paper_comes(choice=choice, some=some, kind=kind, nonce=nonce, opened=opened)

    def a_paper_comes(self, *, choice: int, some: int, kind: str, nonce: int, opened: bool) -> None:
        sent = [(each, one) for each in self.every() for one in self.view().history(each).sent]
        if sent:
            agreement, version = sent[choice % len(sent)]
            parties = [party for place, party in enumerate(self.parties(agreement)) if some >> place & 1]
            told = self.names(parties)
            self.put(paper_facts.paper(version.reference, version.version, told, kind=kind, nonce=nonce))
        if opened:
            self.open_inbox()

    @precondition(lambda self: self.papers)
    @rule(choice=CHOICE)
    def a_paper_comes_again_with_a_letter(self, choice: int) -> None:
        self.put(self.papers[choice % len(self.papers)])
        self.put(b"a letter")

    def put(self, data: bytes) -> None:
        folder = self.folder / "register/inbox"
        folder.mkdir(parents=True, exist_ok=True)
        place = len(list(folder.glob("*.pdf")))
        (folder / f"{place} {hashlib.sha256(data).hexdigest()[:6]}.pdf").write_bytes(data)
        self.papers.append(data)

    @precondition(lambda self: self.papers)
    @rule()
    def the_inbox_is_opened(self) -> None:
        self.open_inbox()

    def open_inbox(self) -> None:
        receive(self.desk())
        assert not list((self.folder / "register/inbox").glob("*.pdf"))

    @precondition(lambda self: waiting(self.view()))
    @rule(choice=CHOICE, some=SOME)
    def confirm(self, choice: int, some: int) -> None:
        waits = waiting(self.view())
        wait = waits[choice % len(waits)]
        parties = self.parties(wait.history.agreement)
        signed_by = tuple(f"{party}={TODAY}" for place, party in enumerate(parties) if some >> place & 1)
        ref = wait.history.reference
        seen = Signing(ref=ref, signed_by=signed_by, method="wet", origin="ours", by="officer-1")
        self.attempt(lambda: confirm(self.desk(), seen, file=wait.received.sha256))

    @precondition(lambda self: self.signed())
    @rule(agreement=FEW, nonce=st.integers(3, 5), some=SOME)
    def supersede(self, agreement: str, nonce: int, some: int) -> None:
        sent = self.view().history(agreement).sent
        if sent:
            parties = [party for place, party in enumerate(self.parties(agreement)) if some >> place & 1]
            data = paper_facts.paper(sent[-1].reference, sent[-1].version, {}, kind="scan", nonce=nonce)
            path = self.base / f"{nonce}.pdf"
            path.write_bytes(data)
            signed_by = [f"{party}={TODAY}" for party in parties]
            flags = {"files": [str(path)], "by": "officer-1", "supersede": agreement, "reason": "a better copy"}
            self.attempt(lambda: register(self.desk(), signed_by=signed_by, **flags))

    @precondition(lambda self: any(each.registered for each in self.view().agreements.values()))
    @rule(agreement=FEW)
    def amend(self, agreement: str) -> None:
        self.attempt(lambda: record(self.desk(), kind="amended", ref=agreement))

    @precondition(lambda self: self.signed())
    @rule(choice=CHOICE, how=st.sampled_from(["withdrawn", "void", "expired"]))
    def end(self, choice: int, how: str) -> None:
        every = self.every()
        flags = {"ref": every[choice % len(every)], "exit_": how, "reason": "of the test"}
        self.attempt(lambda: record(self.desk(), kind="ended", **flags))

    @precondition(lambda self: self.signed())
    @rule(choice=CHOICE)
    def correct(self, choice: int) -> None:
        entries = [each for each in self.view().entries if isinstance(each.event, UNDOABLE)]
        if entries:
            entry = entries[choice % len(entries)].address
            self.attempt(lambda: record(self.desk(), kind="corrected", entry=entry, reason="a slip"))

    def signed(self) -> bool:
        """Whether anybody has signed anything by now; before that there is little to end or to correct."""
        return any(isinstance(each.event, Signed) for each in self.view().entries)

    # --- what must hold

    @invariant()
    def what_was_written_stays(self) -> None:
        """The log only grows."""
        entries = self.view().entries
        assert entries[: len(self.written)] == self.written
        self.written = entries

    @invariant()
    def numbers_are_unique_and_without_gaps(self) -> None:
        """References and register numbers count 1, 2, 3 in each series; versions too, for each agreement."""
        series: dict[str, list[int]] = {}
        versions: dict[str, list[int]] = {}
        for entry in self.view().entries:
            if isinstance(entry.event, Referenced | Registered):
                series.setdefault(entry.event.series, []).append(entry.event.seq)
            if isinstance(entry.event, Sent):
                versions.setdefault(entry.event.reference, []).append(entry.event.version)
        for counts in (*series.values(), *versions.values()):
            assert counts == list(range(1, len(counts) + 1))

    @invariant()
    def nothing_is_lost(self) -> None:
        """Each paper that came lies in the inbox, in refused/, or as evidence; what the log names is there whole."""
        base = self.folder / "register"
        files = [*base.glob("inbox/*.pdf"), *base.glob("inbox/refused/*.pdf"), *base.glob("evidence/*/*.pdf")]
        there = {hashlib.sha256(each.read_bytes()).hexdigest() for each in files}
        assert {hashlib.sha256(each).hexdigest() for each in self.papers} <= there
        for entry in self.view().entries:
            event = entry.event
            if isinstance(event, Received):
                assert self.desk().proof.whole(event.sha256)
            if isinstance(event, Sent):
                self.desk().issued.read(f"{event.name}.pdf", event.pdf)
                self.desk().issued.read(f"{event.name}.docx", event.docx)

    @invariant()
    def nobody_signed_who_did_not(self) -> None:
        """A proven signature is that of a party whose name a whole paper of that agreement bears."""
        told = {hashlib.sha256(each).hexdigest(): each for each in self.papers}
        for entry in self.view().entries:
            event = entry.event
            if isinstance(event, Signed) and event.basis == "proven":
                paper = json.loads(told[event.evidence])
                assert (paper["reference"], paper["version"]) == (event.reference, event.version)
                assert paper["kind"] == "signed"
                assert event.party in paper["signers"]
                assert event.on == date.fromisoformat(TODAY)

    @invariant()
    def a_number_means_that_all_have_signed(self) -> None:
        """Given when the last one signed, and never while one is missing; nobody stands twice."""
        undone = undone_addresses(self.view().entries)
        for history in self.view().agreements.values():
            parties = [each.party for each in history.signatures]
            assert len(parties) == len(set(parties))
            if history.registered and history.agreement in self.every():
                assert set(parties) == set(self.parties(history.agreement))
                assert any(
                    each.event == history.registered and each.address not in undone for each in self.view().entries
                )

    @invariant()
    def nothing_counts_that_is_not_registered(self) -> None:
        """No figure is above the agreements that are registered and have not ended."""
        there = self.desk()
        view = there.register.view()
        report = report_on(there, view)
        for row in (*report.agreements, *report.amendments):
            history = view.history(row.id)
            if row.counted:
                assert history.registered
                assert not history.ended or history.ended.exit == "expired"  # it was in force
                assert "/" not in row.id
        registered = sum(bool(each.registered) for key, each in view.agreements.items() if "/" not in key)
        assert all(figure.counted <= registered for figure in report.figures)

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        """After every step that wrote something, every byte read."""
        if self.looked_at == self.view().position:
            return
        self.looked_at = self.view().position
        summary = verify(str(self.folder), read_data=True)
        assert summary.exit_code == 0, (summary.lines, summary.problems)


@pytest.mark.slow
def test_the_register_holds_whatever_happens(blank: Path) -> None:
    """Drafted, sent, received, confirmed, amended, superseded, ended, corrected, in any order and any number."""
    machine = type("LifeCycleOfThree", (LifeCycle,), {"blank": blank})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
