"""The road on which faults are tried: a made-up project, one stage per task, and what may never be true afterwards.

Draft → send → register → confirm, on days that stand still, so that an undisturbed run and a disturbed one that was
run once more must end alike. What children would read off a file is read here once and remembered: the faults are
those of the one process that writes. May not touch anything but the folders it is given.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from elca_docs import durable, inbox  # noqa: E402
from elca_docs.errors import DocsError  # noqa: E402
from elca_docs.model.log_events import Opened, line_of  # noqa: E402
from elca_docs.register import FolderStore, chain_of  # noqa: E402
from elca_docs.workflows import confirming, receiving  # noqa: E402
from elca_docs.workflows.confirming import confirm  # noqa: E402
from elca_docs.workflows.demo_papers import Pens, exported, ink, parties_of, spoilt  # noqa: E402
from elca_docs.workflows.desk import Desk, open_desk  # noqa: E402
from elca_docs.workflows.drafting import draft  # noqa: E402
from elca_docs.workflows.sending import Sending, final_text, send  # noqa: E402
from elca_docs.workflows.signing import Signing  # noqa: E402
from elca_docs.workflows.verifying import verify  # noqa: E402

SENT_AT = datetime(2021, 11, 15, 12, tzinfo=UTC)
SIGNED_AT = datetime(2021, 12, 1, 12, tzinfo=UTC)
BACK_AT = datetime(2021, 12, 15, 12, tzinfo=UTC)
BOTH, ONE, PEN = "CA-01", "CA-02", "CA-03"
"""Agreements: signed by all, signed by one side, signed with a pen."""
_NAMED: Final = re.compile(r'"(name|file|note)": "[^"]*"')
_NOTE: Final = re.compile(r"(?:[0-9a-f]{64}  )?(evidence/../[0-9a-f]{64})\.[0-9a-f]{12}\.json")
"""A note beside evidence, named by its digest: it holds the name of the file, and of two alike either is first."""
_BARE: Final = r"\1.json"
_PRIVATE: Final = (durable.TEMPORARY, ".")


class ReadHere:
    """Stands where children with limits stand: calls are answered in this process, and each answer is remembered."""

    _known: Final[dict[tuple[str, str], object]] = {}

    def __enter__(self) -> Self:
        """Begin nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """End nothing."""

    def map(self, function: Callable[..., object], arguments: Iterable[tuple[Any, ...]]) -> Iterator[object]:
        """Yield what the function gives for each of the arguments, or its refusal."""
        for each in arguments:
            key = function.__name__, hashlib.sha256(repr(each).encode()).hexdigest()
            if key not in self._known:
                try:
                    self._known[key] = function(*each)
                except DocsError as refused:
                    self._known[key] = refused
            yield self._known[key]


def here() -> None:
    """Let everything happen in this process, without waiting until files have settled."""
    receiving.Workers = ReadHere  # type: ignore[attr-defined, assignment]
    confirming.Workers = ReadHere  # type: ignore[attr-defined, assignment]
    inbox._SETTLED = 0.0  # type: ignore[misc] # noqa: SLF001 - a made-up inbox is whole at once


def desk(folder: Path, moment: datetime) -> Desk:
    """Return the desk of the project on one of its days."""
    return open_desk(str(folder), actor="tester", now=lambda: moment)


def new_project(folder: Path) -> Path:
    """Make a project folder with the demo's records and the shipped templates."""
    shutil.copytree(ROOT / "examples" / "demo" / "records", folder / "records")
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


def drafted(folder: Path) -> None:
    """`invoke draft`."""
    draft(desk(folder, SENT_AT))


def export(folder: Path, *agreements: str) -> None:
    """Lay down what a person exports from Word: the text of each agreement as PDF, in post/."""
    for each in agreements:
        there = desk(folder, SENT_AT)
        reference = there.register.view().history(each).reference
        pdf = exported(final_text(there, there.portfolio.agreement_by_id[each]), "Cooperation Agreement", reference)
        there.workspace.put_in_post(f"{each}.pdf", pdf)


def sent(folder: Path, *agreements: str) -> None:
    """`invoke send --ref REF --pdf FILE`, once for each agreement."""
    for each in agreements:
        send(desk(folder, SENT_AT), Sending(ref=each, pdf=str(folder / "post" / f"{each}.pdf")))


def came_back(folder: Path) -> None:
    """Fill the inbox: signed by all, twice the same, by one side, with a pen, unsigned, no PDF at all."""
    there = desk(folder, BACK_AT)
    pens = Pens(there.portfolio)
    there.workspace.begin({"records/anchors/specimen-authority.cer": pens.authority.certificate})
    papers: dict[str, bytes] = {}
    for agreement, signers in ((BOTH, None), (ONE, 1), (PEN, 0)):
        version = there.register.view().history(agreement).sent[-1]
        issued = there.issued.read(f"{version.name}.pdf", version.pdf)
        parties = parties_of(there.portfolio, there.portfolio.agreement_by_id[agreement])[:signers]
        paper = pens.electronic(issued, version.fields, parties, SIGNED_AT) if parties else ink(issued, seed=1)
        papers[f"{agreement}.pdf"] = paper
        if agreement == BOTH:
            papers |= {"again.pdf": paper, **spoilt(paper, issued)}
    for name, data in papers.items():
        there.workspace.put_in_inbox(name, data)


def opened(folder: Path) -> None:
    """`invoke register`."""
    receiving.receive(desk(folder, BACK_AT))


def confirmed(folder: Path) -> None:
    """`invoke confirm`, and then with --ref for the copy signed with a pen; the same call again does no harm."""
    confirm(desk(folder, BACK_AT), Signing(ref="", signed_by=(), method="", origin="ours", by=""))
    there = desk(folder, BACK_AT)
    sides = parties_of(there.portfolio, there.portfolio.agreement_by_id[PEN])
    seen = tuple(f"{party}={SIGNED_AT.date().isoformat()}" for party in sides)
    confirm(there, Signing(ref=PEN, signed_by=seen, method="wet", origin="ours", by="tester"))


def interrupted(folder: Path) -> None:
    """Leave what a killed `invoke register` leaves: files that it had claimed."""
    post = inbox.Inbox(folder)
    post.__enter__()  # and never left: the run is gone
    for name in post.waiting().names[:3]:
        post.claim(name)
    post._lock.release()  # noqa: SLF001 - as the system does for a process that has ended


@dataclass(frozen=True)
class Stage:
    """One task on the road: what must lie there before, and the call that is disturbed."""

    name: str
    before: tuple[Callable[[Path], None], ...]
    call: Callable[[Path], None]


def _part(function: Callable[..., None], *arguments: str) -> Callable[[Path], None]:
    return lambda folder: function(folder, *arguments)


_ISSUED = (drafted, _part(export, BOTH, ONE, PEN), _part(sent, BOTH, ONE, PEN))
STAGES: Final = (
    Stage("draft", (), drafted),
    Stage("send", (drafted, _part(export, BOTH)), _part(sent, BOTH)),
    Stage("register", (*_ISSUED, came_back), opened),
    Stage("register again", (*_ISSUED, came_back, interrupted), opened),
    Stage("confirm", (*_ISSUED, came_back, opened), confirmed),
)


def prepared(stage: Stage, folder: Path) -> Path:
    """Return a project folder that stands right before a stage."""
    new_project(folder)
    for step in stage.before:
        step(folder)
    return folder


def digests(folder: Path, *below: str) -> dict[str, str]:
    """Return the SHA-256 of every file below some folders, by name; temporary and hidden ones are left out."""
    return {
        path.relative_to(folder).as_posix(): durable.digest_of(path)
        for part in below
        for path in sorted((folder / part).rglob("*"))
        if path.is_file() and not path.name.startswith(_PRIVATE) and "/." not in path.relative_to(folder).as_posix()
        if "output/waiting/" not in path.as_posix()  # pictures for eyes, made anew by each call that lists what waits
    }


def state(folder: Path) -> Mapping[str, str]:
    """Return what a stage leaves, by content: files with their rights, and what the log says, not when it was said."""
    files = digests(folder, "register", "output")
    kept = {name: f"{_said(folder / name)} {(folder / name).stat().st_mode & 0o222:o}" for name in files}
    notes = [name for name in kept if _NOTE.search(name)]
    kept |= {f"{_NOTE.sub(_BARE, name)} {count}": kept.pop(name) for count, name in enumerate(notes)}
    log = {name for name in kept if name.startswith("register/log/")}
    events = [each.event for each in chain_of(FolderStore(folder / "register" / "log")).entries]
    said = [_NAMED.sub("", line_of(event)) for event in events if not isinstance(event, Opened)]
    kept["the log"] = "\n".join(sorted(said))
    claims = folder / inbox.FOLDER / ".claims"
    kept["claims"] = " ".join(path.name for path in claims.iterdir()) if claims.exists() else ""
    return {name: what for name, what in kept.items() if name not in log}


def _said(path: Path) -> str:
    """Return the digest of a file; of an opinion without the file's name: of two alike either may come first."""
    data = path.read_bytes()
    if path.name.endswith(".reason.json"):  # why a file is refused depends on what was registered before it
        return "a reason" if json.loads(data)["problems"] else "none"
    if path.name == "SHA256SUMS":
        return digest(_NOTE.sub(_BARE, data.decode()).encode())
    return digest(_NAMED.sub("", data.decode()).encode() if path.suffix == ".json" else data)


def segments(folder: Path) -> int:
    """Return how many segments the log has."""
    return chain_of(FolderStore(folder / "register" / "log")).position


def held(folder: Path) -> frozenset[str]:
    """Return the digests of the files that people put into the inbox."""
    return frozenset(durable.digest_of(path) for path in _post(folder) if path.is_file())


def _post(folder: Path) -> Iterator[Path]:
    for path in (folder / inbox.FOLDER).rglob("*"):
        if not path.name.endswith((".lock", ".reason.json")) and not path.name.startswith(durable.TEMPORARY):
            yield path


def violations(folder: Path, wanted: Mapping[str, str], inputs: frozenset[str]) -> Iterator[str]:
    """Yield what may never be true, however a run ended: something lost, torn, or not as the register says.

    Args:
        folder: The project folder.
        wanted: What an undisturbed run leaves: a file under one of its names has its bytes, or those of before.
        inputs: The files that lay in the inbox, by digest.
    """
    chain = chain_of(FolderStore(folder / "register" / "log"))
    yield from (f"log: {each.message}" for each in chain.problems)
    if chain.torn:
        yield f"log: {chain.torn} is torn"
    known = {getattr(each.event, "sha256", "") for each in chain.entries}
    lost = inputs - held(folder) - {each for each in known if (folder / evidence(each)).exists()}
    yield from (f"lost: {each}" for each in lost)
    for name, digest in digests(folder, "register", "output").items():
        kept = name.startswith("register/evidence/") and name.endswith(".pdf")
        known_by = Path(name).stem if kept else wanted.get(name, digest).split()[0]
        if name.endswith((".docx", ".pdf", ".xlsx")) and known_by != digest:
            yield f"torn: {name}"
        elif name.endswith(".json"):
            yield from _unreadable(folder, name)
    answer = verify(str(folder), read_data=True, now=lambda: BACK_AT)
    yield from (f"verify: {each.code}: {each.message}" for each in answer.problems)


def unclean(folder: Path) -> Iterator[str]:
    """Yield what `verify --read-data` finds."""
    answer: Any = verify(str(folder), read_data=True, now=lambda: BACK_AT).json
    yield from (f"verify: {each['code']}: {each['message']}" for each in answer["findings"])


def evidence(digest: str) -> str:
    """Return where evidence lies."""
    return f"register/evidence/{digest[:2]}/{digest}.pdf"


def _unreadable(folder: Path, name: str) -> Iterator[str]:
    try:
        json.loads((folder / name).read_bytes())
    except ValueError:
        yield f"torn: {name}"


def differences(found: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    """Yield how a state differs from the one wanted."""
    for name in sorted({*found, *wanted}):
        if found.get(name) != wanted.get(name):
            yield f"{name}: {found.get(name, 'is not there')!r:.300} instead of {wanted.get(name, 'nothing')!r:.300}"


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return durable.sha256_of(data)
