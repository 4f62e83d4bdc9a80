"""Cuts: every one that the log speaks of lies there whole, and was made where the log says.

The manifests come in as read by the caller, None for one that is gone or is not what the log says. May not touch a
disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from elca_docs.errors import Location
from elca_docs.model.cuts import MANIFEST, Manifest
from elca_docs.model.findings import Finding, Severity
from elca_docs.model.log_events import Frozen
from elca_docs.model.register import ZERO_HASH, Entry, RegisterView
from elca_docs.tracking.audit.check import Check
from elca_docs.tracking.audit.shelves import Shelf

_RESTORE: Final = "restore this file from a backup"


def cuts(view: RegisterView, shelf: Shelf, manifests: Mapping[str, Manifest | None], heads: Sequence[str]) -> Check:
    """Return whether each cut is whole and where the log says; `heads` are those of the segments, in order."""
    entries = [(each, each.event) for each in view.entries if isinstance(each.event, Frozen)]
    audit = _Audit(shelf=shelf, manifests=manifests, heads=heads)
    findings = [*(found for entry, event in entries for found in audit.of(entry, event)), *audit.strangers()]
    return Check(name="cuts", looked_at=f"{len(entries)} cuts", findings=tuple(findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Audit:
    """What lies there, and what the manifests say."""

    shelf: Shelf
    manifests: Mapping[str, Manifest | None]
    heads: Sequence[str]

    def of(self, entry: Entry, event: Frozen) -> Iterator[Finding]:
        """Yield what is wrong with the cut that an entry speaks of."""
        place = f"cuts/{event.name}/{MANIFEST}"
        if place not in self.shelf.files and f"cuts/.staged/{event.snapshot}.zip" in self.shelf.files:
            message = f"the cut '{event.name}' has not got its readable files yet"
            fix = "a run was killed in between: the next one that writes, such as invoke register, completes it"
            yield _found("cut-unnamed", "warning", place, message, fix)
            return
        manifest = self.manifests.get(event.name)
        if manifest is None:
            if place in self.shelf.files:
                message = f"'register/{place}' is not what was frozen in entry {entry.address}"
                yield _found("cut-damaged", "error", place, message, _RESTORE)
            else:
                message = f"'register/{place}' is gone: the cut of entry {entry.address}, as of {event.as_of}"
                yield _found("cut-missing", "error", place, message, _RESTORE)
            return
        if not self._fits(entry, event, manifest):
            message = f"the cut '{event.name}' was made at another place of the log than entry {entry.address} says"
            fix = "compare register/log with a backup: it was rewritten since; do not use the figures of this cut"
            yield _found("cut-misplaced", "error", place, message, fix)
        yield from self._files(event.name, manifest)

    def _fits(self, entry: Entry, event: Frozen, manifest: Manifest) -> bool:
        """Whether a cut says the same of itself as its entry, which stands right behind the segment that it names."""
        head = self.heads[event.position - 1] if 0 < event.position <= len(self.heads) else ZERO_HASH
        said = (manifest.name, manifest.as_of, manifest.position, manifest.head)
        behind = int(entry.address.partition(".")[0]) - 1
        return said == (event.name, event.as_of, event.position, head) and event.position == behind

    def _files(self, name: str, manifest: Manifest) -> Iterator[Finding]:
        for file, kept in manifest.files.items():
            place = f"cuts/{name}/{file}"
            if place not in self.shelf.files:
                yield _found("cut-damaged", "error", place, f"'register/{place}' was frozen and is gone", _RESTORE)
            elif self.shelf.files[place] != kept.size or self._changed(place, kept.sha256):
                yield _found("cut-damaged", "error", place, f"'register/{place}' is not what was frozen", _RESTORE)

    def _changed(self, place: str, sha256: str) -> bool:
        return self.shelf.digest is not None and self.shelf.digest(place) != sha256

    def strangers(self) -> Iterator[Finding]:
        """Yield the files among the cuts that belong to none."""
        known = {f"cuts/{name}/{MANIFEST}" for name in self.manifests}
        known |= {f"cuts/{name}/{file}" for name, each in self.manifests.items() if each for file in each.files}
        unread = tuple(f"cuts/{name}/" for name, manifest in self.manifests.items() if manifest is None)
        for name in self.shelf.below("cuts"):
            if name not in known and not name.startswith(("cuts/.staged/", *unread)):
                message = f"'register/{name}' belongs to no cut that the log speaks of"
                fix = "look at it, and move away what does not belong there"
                yield _found("cut-unknown", "warning", name, message, fix)


def _found(code: str, severity: Severity, name: str, message: str, fix: str) -> Finding:
    return Finding(code=code, severity=severity, message=message, location=Location(f"register/{name}"), fix=fix)
