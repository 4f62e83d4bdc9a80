"""Files: every entry has its whole file, every file has its entry, and nothing that was kept or sent was changed.

What lies on disk comes in as a `Shelf`: names below register/ with their sizes, and digests where every byte is to be
read. Without digests sizes are compared, which shows what is gone or cut, not what was changed. May not touch a disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from elca_docs.errors import Location
from elca_docs.model.findings import Finding, Severity
from elca_docs.model.log_events import Received, Sent
from elca_docs.model.register import RegisterView
from elca_docs.tracking.audit.check import Check
from elca_docs.tracking.naming import archive_path, note_path, short

_EVIDENCE: Final = re.compile(r"evidence/([0-9a-f]{2})/(\1[0-9a-f]{62})\.(pdf|[0-9a-f]{12}\.json)")
_RESTORE: Final = "restore this file from a backup"
_KILLED: Final = "a run was killed in between: run invoke register again, or register the file once more"
_LOOK: Final = "look at it, and move away what does not belong there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The files below register/ by name, with their sizes; `digest` reads one, and is None where sizes must do."""

    files: Mapping[str, int]
    digest: Callable[[str], str] | None = None

    def differs(self, name: str, sha256: str, size: int = 0) -> bool:
        """Whether a file that is there is not the one with this digest (and size, where that is known)."""
        if not self.files[name] or (size and self.files[name] != size):
            return True
        return self.digest is not None and self.digest(name) != sha256

    def below(self, *folders: str) -> Iterator[str]:
        """Yield the names below some folders, in order."""
        yield from (name for name in sorted(self.files) if name.startswith(tuple(f"{each}/" for each in folders)))


def received_files(view: RegisterView) -> dict[str, Received]:
    """Return every file that was ever received, by digest, whether its entry was undone or not."""
    every: dict[str, Received] = {}
    for entry in view.entries:
        if isinstance(entry.event, Received):
            every.setdefault(entry.event.sha256, entry.event)
    return every


def noted_files(view: RegisterView) -> dict[str, tuple[str, Received]]:
    """Return the digest of each note beside evidence by its name below register/, with the event that names it."""
    received = [entry.event for entry in view.entries if isinstance(entry.event, Received) and entry.event.note]
    return {note_path(each.sha256, each.note).removeprefix("register/"): (each.note, each) for each in received}


def issued_files(view: RegisterView) -> dict[str, str]:
    """Return the digest of each issued file by its name below register/; versions without a name have none."""
    sent = [entry.event for entry in view.entries if isinstance(entry.event, Sent) and entry.event.name]
    every = [(f"issued/{each.name}{kind}", digest) for each in sent for kind, digest in _kinds(each) if digest]
    return dict(every)


def _kinds(sent: Sent) -> tuple[tuple[str, str], ...]:
    return ((".docx", sent.docx), (".pdf", sent.pdf))


def evidence(view: RegisterView, shelf: Shelf, copies: Mapping[str, str]) -> Check:
    """Return whether each file received is there, and each file there was received; `copies` are readable names."""
    received = received_files(view)
    findings: list[Finding] = []
    for digest, event in received.items():
        name = archive_path(digest).removeprefix("register/")
        if name not in shelf.files:
            findings.append(_missing(name, event, _spare(shelf, copies, digest, event.size)))
        elif shelf.differs(name, digest, event.size):
            message = f"'register/{name}' is not the file that was received as '{event.name}'"
            findings.append(
                _found("evidence-damaged", "error", name, message, _spare(shelf, copies, digest, event.size))
            )
    noted = noted_files(view)
    for name, (digest, event) in noted.items():
        findings.extend(_note(name, digest, event, shelf))
    for name in shelf.below("evidence"):
        findings.extend(_unknown(name, received, noted))
    looked_at = f"{len(received)} files received, {len(noted)} notes beside them"
    return Check(name="evidence", looked_at=looked_at, findings=tuple(findings))


def evidence_by_name(shelf: Shelf) -> Check:
    """Return whether each file of evidence holds what its own name says; for a log that cannot be believed."""
    names = [name for name in shelf.below("evidence") if name.endswith(".pdf") and _EVIDENCE.fullmatch(name)]
    findings = [
        _found("evidence-damaged", "error", name, f"'register/{name}' does not hold what its name says", _RESTORE)
        for name in names
        if shelf.differs(name, name[-68:-4])
    ]
    return Check(name="evidence", looked_at=f"{len(names)} files, by their own names", findings=tuple(findings))


def issued(view: RegisterView, shelf: Shelf) -> Check:
    """Return whether each version that was sent is there as it was sent."""
    expected = issued_files(view)
    findings: list[Finding] = []
    for name, digest in expected.items():
        if name in shelf.files:
            if shelf.differs(name, digest):
                message = f"'register/{name}' is not what was sent"
                findings.append(_found("issue-damaged", "error", name, message, _RESTORE))
        elif f"issued/.staged/{digest}" in shelf.files:
            message = f"'register/{name}' has not got its name yet"
            fix = "a run was killed in between: run invoke send once more"
            findings.append(_found("issue-unnamed", "warning", name, message, fix))
        else:
            message = f"'register/{name}' was sent and is gone"
            findings.append(_found("issue-missing", "error", name, message, _RESTORE))
    for name in shelf.below("issued"):
        if name not in expected and not name.startswith("issued/.staged/"):
            message = f"no entry of the log speaks of 'register/{name}'"
            findings.append(_found("issue-unknown", "warning", name, message, _LOOK))
    return Check(name="issued", looked_at=f"{len(expected)} files of versions sent", findings=tuple(findings))


def readable(view: RegisterView, shelf: Shelf, copies: Mapping[str, str]) -> Check:
    """Return whether the readable copies are those that the register and the records want, and whole."""
    received = received_files(view)
    findings: list[Finding] = []
    for name, digest in sorted(copies.items()):
        size = received[digest].size if digest in received else 0
        if name not in shelf.files:
            fix = "a run was killed in between, or the copy was moved: invoke register makes it again"
            findings.append(_found("copy-missing", "warning", name, f"the copy 'register/{name}' is not there", fix))
        elif shelf.differs(name, digest, size):
            message = f"the copy 'register/{name}' is not the file that was received"
            fix = "move it away; invoke register makes it again from the evidence"
            findings.append(_found("copy-damaged", "error", name, message, fix))
    for name in shelf.below("signed", "held"):
        if name not in copies and name.endswith(".pdf"):
            message = f"'register/{name}' is no copy that the register makes"
            findings.append(_found("copy-unknown", "warning", name, message, _LOOK))
    return Check(name="copies", looked_at=f"{len(copies)} readable copies", findings=tuple(findings))


def sums(
    view: RegisterView, copies: Mapping[str, str] | None, text: str, *, frozen: Mapping[str, str] | None = None
) -> Check:
    """Return whether SHA256SUMS says what the register says; without records (None) the copies' names are not judged.

    `frozen` are the files of cuts (name → digest).
    A digest that the log never spoke of shows that the log has lost entries, or that the list was changed.
    """
    listed = dict(_listed(text))
    wanted = {archive_path(each).removeprefix("register/"): each for each in received_files(view)}
    noted = {name: digest for name, (digest, _) in noted_files(view).items()}
    wanted |= {**noted, **(copies or {}), **(frozen or {})}
    place, findings = "SHA256SUMS", list[Finding]()
    known = {*wanted.values(), *issued_files(view).values()}
    lost = sorted(digest for name, digest in listed.items() if name.startswith("evidence/") and digest not in known)
    if lost:
        message = f"the log does not know {len(lost)} of the files that SHA256SUMS names: its last entries are lost"
        fix = "restore register/log from version control or a backup; until then no number may be given"
        findings.append(_found("log-behind-proof", "error", place, message, fix))
    wrong = sorted(name for name, digest in listed.items() if digest != wanted.get(name, digest) and digest not in lost)
    if wrong:
        message = f"SHA256SUMS says something else of {len(wrong)} files than the register does, such as '{wrong[0]}'"
        fix = "move SHA256SUMS away; invoke register writes it again"
        findings.append(_found("sums-damaged", "error", place, message, fix))
    behind = sorted(wanted.keys() - listed.keys())
    if behind:
        message = f"SHA256SUMS does not name {len(behind)} files yet, such as '{behind[0]}'"
        fix = "a run was killed in between, or the file was changed: invoke register writes it again"
        findings.append(_found("sums-behind", "warning", place, message, fix))
    return Check(name="SHA256SUMS", looked_at=f"{len(listed)} lines", findings=tuple(findings))


def _listed(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and digest of each line; of a line that was changed, whatever stands in their places."""
    for line in text.splitlines():
        digest, _, name = line.partition("  ")
        yield name, digest


def _note(name: str, digest: str, event: Received, shelf: Shelf) -> Iterator[Finding]:
    """Yield what is wrong with the note that was written when a file came in; the evidence itself is another file."""
    if name not in shelf.files:
        message = f"'register/{name}' is gone: what was read off '{event.name}' on the day it came in"
        yield _found("note-missing", "warning", name, message, f"{_RESTORE}; the evidence is the file beside it")
    elif shelf.differs(name, digest):
        message = f"'register/{name}' is not what was written down when '{event.name}' came in"
        yield _found("note-damaged", "error", name, message, _RESTORE)


def _unknown(name: str, received: Iterable[str], noted: Iterable[str]) -> Iterator[Finding]:
    """Yield a warning for a file among the evidence that no entry speaks of."""
    match = _EVIDENCE.fullmatch(name)
    if match is None:
        message = f"'register/{name}' has no name of evidence"
        yield _found("evidence-stray", "warning", name, message, _LOOK)
    elif match[3] == "pdf" and match[2] not in received:
        message = f"no entry of the log speaks of 'register/{name}'"
        yield _found("evidence-unknown", "warning", name, message, _KILLED)
    elif match[3] != "pdf" and name not in noted:
        message = f"no entry of the log speaks of the note 'register/{name}': a run was killed before it was used"
        yield _found("note-unknown", "warning", name, message, _LOOK)


def _missing(name: str, event: Received, fix: str) -> Finding:
    message = f"'register/{name}' is gone: received as '{event.name}' for {event.subject} ({short(event.sha256)}…)"
    return _found("evidence-missing", "error", name, message, fix)


def _spare(shelf: Shelf, copies: Mapping[str, str], digest: str, size: int) -> str:
    """Return how to mend evidence: by its readable copy, where that is whole as far as one can see."""
    for name, copied in sorted(copies.items()):
        if copied == digest and name in shelf.files and not shelf.differs(name, digest, size):
            return f"copy 'register/{name}' back to this name, then run invoke verify --read-data"
    return _RESTORE


def _found(code: str, severity: Severity, name: str, message: str, fix: str) -> Finding:
    return Finding(code=code, severity=severity, message=message, location=Location(f"register/{name}"), fix=fix)
