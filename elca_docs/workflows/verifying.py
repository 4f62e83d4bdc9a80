"""`verify`: whether the register, its files and the figures still say the same. It writes nothing, not even a folder.

Order: read the chain → list the files → judge, check by check → tell. The records are asked for the names of parties
and for the figures; where they cannot be read, the register is checked alone, and the answer says so. A run that
writes at the same time is no damage: what it added while we looked is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from elca_docs import clock, drives
from elca_docs.cuts import Cuts
from elca_docs.errors import DocsError, Location, Problem, RecordsError, RequestError, WorkspaceError
from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.proof import Proof
from elca_docs.records import read_portfolio
from elca_docs.register import Chain, FolderStore, chain_of, view_of
from elca_docs.tracking import audit, lost_records, status_report
from elca_docs.workflows import archive
from elca_docs.workflows.console import progressing
from elca_docs.workflows.summary import Summary
from elca_docs.workflows.verified import Verified, told
from elca_docs.workspace import Workspace

_LOOKS: Final = 20
"""How often the register is looked at again while others write to it."""
_READ: Final = ("evidence/", "issued/", "signed/", "held/", "cuts/")


def verify(
    root: str = ".", *, read_data: bool = False, head: str = "", file: str = "", now: Callable[[], datetime] = clock.now
) -> Summary:
    """Answer whether all is well, whether the chain still holds a `head`, or what a `file` of the user is.

    RecordsError where the folder holds neither readable records nor a register.
    """
    if file and (read_data or head):
        message = "--file asks about one file, and the other flags about the register"
        raise RequestError(Problem("flags-unclear", message, fix="call the task once for each question"))
    look = _Look.at(Path(root), now)
    if file:
        from elca_docs.workflows.recognising import recognised

        return recognised(file, Workspace.outside_digest(file), look.believed(), look.portfolio)
    checks = tuple(look.checks(read_data=read_data))
    return told(Verified(checks=checks, chain=look.chain, read_data=read_data, asked_head=head))


@dataclass(frozen=True)
class _Look:
    """What was read: the chain, the files that lay there then, and the records where they are readable."""

    root: Path
    store: FolderStore
    proof: Proof
    chain: Chain
    files: dict[str, int]
    portfolio: Portfolio | None
    trouble: tuple[Problem, ...]
    now: Callable[[], datetime]

    @classmethod
    def at(cls, root: Path, now: Callable[[], datetime]) -> _Look:
        """Read the chain and list the files, again where a run wrote in between."""
        portfolio, trouble = _records(root)
        store, proof = FolderStore(root / "register" / "log"), Proof(root)
        if portfolio is None and not (root / "register").exists():
            raise RecordsError(trouble)
        for _ in range(_LOOKS):
            chain, files = chain_of(store), proof.files()
            if chain_of(store) == chain:
                break
        return cls(root, store, proof, chain, files, portfolio, trouble, now)

    def believed(self) -> RegisterView:
        """Return what the register says; WorkspaceError with all that speaks against believing it."""
        if self.chain.problems:
            raise WorkspaceError(self.chain.problems)
        return view_of(self.chain, self.store, project=self._project)

    @property
    def _project(self) -> str | None:
        return self.portfolio.project.grant_number if self.portfolio else None

    def checks(self, *, read_data: bool) -> Iterator[audit.Check]:
        """Make every check that can be made on what could be read."""
        shelf = self._shelf(read_data=read_data)
        try:
            view: RegisterView | None = self.believed()
            trouble: tuple[Problem, ...] = ()
        except WorkspaceError as error:
            view, trouble = None, error.problems
        yield self._chain_check(trouble)
        if view is None:
            yield audit.evidence_by_name(shelf)
        else:
            yield from self._register_checks(view, shelf)
            yield from self._record_checks(view, shelf)
        if self.portfolio is None:
            yield self._records_unread()
        yield audit.place(*drives.lies_on(self.root, "register"))

    def _shelf(self, *, read_data: bool) -> audit.Shelf:
        if not read_data:
            return audit.Shelf(files=self.files)
        names = [name for name in self.files if name.startswith(_READ)]
        digests = {name: self.proof.digest(name) for name in progressing(names, what="reading every file")}
        return audit.Shelf(files=self.files, digest=digests.__getitem__)

    def _chain_check(self, trouble: tuple[Problem, ...]) -> audit.Check:
        findings = [
            Finding(code=each.code, severity="error", message=each.message, location=each.location, fix=each.fix)
            for each in trouble
        ]
        if self.chain.torn:
            findings.append(_torn(self.chain.torn))
        looked_at = f"{self.chain.position} segments, {len(self.chain.entries)} entries"
        return audit.Check(name="chain", looked_at=looked_at, findings=tuple(findings))

    def _register_checks(self, view: RegisterView, shelf: audit.Shelf) -> Iterator[audit.Check]:
        yield audit.numbers(view)
        yield audit.states(view, self.portfolio)
        yield audit.evidence(view, shelf, self._copies(view))
        yield audit.issued(view, shelf)
        snapshots, cuts = archive.cuts_of(view), Cuts(self.root)
        manifests = {name: cuts.manifest(name, snapshot) for name, snapshot in snapshots.items()}
        bytewise = shelf if shelf.digest else audit.Shelf(files=self.files, digest=self.proof.digest)
        yield audit.cuts(view, bytewise, manifests, [link.head for link in self.chain.links])
        copies = self._copies(view) if self.portfolio else None
        yield audit.sums(view, copies, self.proof.sums(), frozen=cuts.digests(snapshots))

    def _record_checks(self, view: RegisterView, shelf: audit.Shelf) -> Iterator[audit.Check]:
        """Yield what needs the records: readable copies, records that vanished, and the figures."""
        if self.portfolio is None:
            return
        yield audit.readable(view, shelf, self._copies(view))
        lost = lost_records(self.portfolio, view)
        yield audit.Check(name="records", looked_at=f"{len(self.portfolio.agreements)} agreements", findings=lost)
        whole = _Whole(view, shelf)
        project = self.portfolio.project
        as_of = min(clock.day_in(self.now(), project.time_zone), project.end)
        report = status_report(self.portfolio, view, as_of=as_of, evidence_whole=whole)
        yield audit.figures(report, self.portfolio, view, whole)

    def _copies(self, view: RegisterView) -> dict[str, str]:
        return dict(archive.copies_of(self.portfolio, view)) if self.portfolio else {}

    def _records_unread(self) -> audit.Check:
        message = (
            f"the records cannot be read ({len(self.trouble)} problems): names, copies and figures were not checked"
        )
        place = self.trouble[0].location or Location("records")
        fix = "see invoke check; then verify once more"
        unread = Finding(code="records-unread", severity="warning", message=message, location=place, fix=fix)
        return audit.Check(name="records", looked_at="not readable", findings=(unread,))


@dataclass(frozen=True)
class _Whole:
    """Whether evidence is whole, as far as this run looks: by its size, or by every byte."""

    view: RegisterView
    shelf: audit.Shelf

    @cached_property
    def _failing(self) -> frozenset[str]:
        return frozenset(
            digest
            for digest, event in audit.received_files(self.view).items()
            for name in (f"evidence/{digest[:2]}/{digest}.pdf",)
            if name not in self.shelf.files or self.shelf.differs(name, digest, event.size)
        )

    def __call__(self, digest: str) -> bool:
        """Return whether the file with this digest was received and is whole."""
        return digest in self.view.evidence and digest not in self._failing


def _records(root: Path) -> tuple[Portfolio | None, tuple[Problem, ...]]:
    """Return the records, or everything that is in their way."""
    try:
        reading = read_portfolio(Workspace(root).records())
    except DocsError as error:
        return None, error.problems
    return reading.portfolio, reading.problems


def _torn(name: str) -> Finding:
    return Finding(
        code="log-torn",
        severity="warning",
        message=f"'{name}' breaks off: a run was killed, or is writing just now; it counts for nothing",
        location=Location(name),
        fix="nothing is lost that was acknowledged: the next run that writes sets it aside",
    )
