"""`pack`: the evidence behind the figures as one zip, for an auditor who has no program.

Order: report → what goes in → is all of it whole? → write, one file in memory at a time. Where anything is missing or
damaged, everything wrong is told and the last good pack stays.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from elca_docs.durable import sha256_of
from elca_docs.errors import DocsError, Problem, WorkspaceError
from elca_docs.exchange import pack_figures, pack_index, pack_pdf, pack_readme, pack_verifier
from elca_docs.model.pack import Pack
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.planning import slug
from elca_docs.register import FolderStore, chain_of
from elca_docs.tracking import pack_of
from elca_docs.workflows import archive
from elca_docs.workflows.console import progressing
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.naming import named
from elca_docs.workflows.record_sheets import record_sheets
from elca_docs.workflows.summary import Summary

_SUMS: Final = "SHA256SUMS"
_ISSUED: Final = "issued/"


def pack(desk: Desk, *, kpi: str = "", redacted: bool = False) -> Summary:
    """Write output/packs/<acronym>-<kpi or all>-<day>.zip; WorkspaceError lists all evidence that is not whole."""
    indicator = _indicator(desk.portfolio, kpi)
    view = desk.register.view()
    packed = pack_of(
        report_on(desk, view),
        desk.portfolio,
        view,
        indicators=[indicator] if indicator else [each.id for each in desk.portfolio.indicators],
        redacted=redacted,
        path_of=_Paths.of(desk.portfolio, view),
    )
    _check_whole(desk, packed)
    acronym, kind = desk.portfolio.project.acronym, "-redacted" if redacted else ""
    name = f"packs/{acronym}-{slug(indicator) if indicator else 'all'}-{desk.as_of.isoformat()}{kind}.zip"
    listing: dict[str, str] = {}
    desk.workspace.pack(name, _listed(_members(desk, packed, view), listing))
    return Summary(lines=tuple(_told(name, packed, listing)))


def _indicator(portfolio: Portfolio, text: str) -> str:
    """Return the id of the indicator that a flag names; "" stays "". The number alone will do."""
    if not text:
        return ""
    names = {name: str(each.id) for each in portfolio.indicators for name in (each.id, each.id.rpartition(" ")[2])}
    return named(text.replace("-", " "), names, what="indicator")


@dataclass(frozen=True)
class _Paths:
    """The path in the pack of each file of evidence."""

    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, portfolio: Portfolio, view: RegisterView) -> _Paths:
        """Return the paths that the readable archive gives."""
        names: dict[str, list[str]] = {}
        for name, digest in archive.copies_of(portfolio, view):
            names.setdefault(digest, []).append(name)
        return cls({digest: tuple(sorted(every)) for digest, every in names.items()})

    def __call__(self, subject: str, digest: str) -> str:
        """Return the readable name that the subject gave the file, any other one, or one below other/."""
        names = self.names.get(digest, ())
        safe = subject.replace("/", "-")
        own = next((each for each in names if f"_{safe}_" in each), "")
        return own or next(iter(names), f"other/{safe}_{digest[:12]}.pdf")


def _check_whole(desk: Desk, packed: Pack) -> None:
    """Refuse a pack of which any file, left out or not, is not as it was received or sent."""
    problems: list[Problem] = []
    for reading in progressing(tuple(_sources(desk, packed)), what="checking the evidence"):
        try:
            reading()
        except DocsError as error:
            problems.extend(error.problems)
    if problems:
        raise WorkspaceError(dict.fromkeys(problems))


def _sources(desk: Desk, packed: Pack) -> Iterator[Callable[[], bytes]]:
    """Yield how to read each file once: all evidence, and the versions that go in."""
    rows = [row for figure in packed.figures for row in figure.lines]
    for digest in dict.fromkeys(each.sha256 for row in rows for each in row.files):
        yield partial(desk.proof.read, digest)
    for file in dict.fromkeys(each for row in rows for each in row.sent if each.path):
        yield partial(desk.issued.read, file.path.removeprefix(_ISSUED), file.sha256)


def _members(desk: Desk, packed: Pack, view: RegisterView) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of everything but the list of digests."""
    store = FolderStore(desk.workspace.root / "register" / "log")
    segments = [link.head for link in chain_of(store).links[: view.position]] if packed.redacted else []
    yield "README.txt", pack_readme(packed)
    yield "index.xlsx", pack_index(packed)
    yield "index.pdf", pack_pdf(packed)
    yield "figures.json", pack_figures(packed, segments=segments)
    yield "verify.py", inspect.getsource(pack_verifier).encode()
    for number in range(1, view.position + 1) if not packed.redacted else ():
        yield f"log/{number:06}.jsonl", store.read(number) or b""
    yield from _record_sheets(desk, packed, view) if not packed.redacted else ()
    notes = archive.notes_of(view)
    papers = sorted({each for each in packed.files if each.path}, key=lambda each: each.path)
    for file in progressing(papers, what="packing"):
        if file.path.startswith(_ISSUED):
            yield file.path, desk.issued.read(file.path.removeprefix(_ISSUED), file.sha256)
            continue
        yield file.path, desk.proof.read(file.sha256)
        if opinion := desk.proof.opinion(file.sha256, notes.get(file.sha256, "")):
            yield f"{file.path.removesuffix('.pdf')}.json", opinion


def _record_sheets(desk: Desk, packed: Pack, view: RegisterView) -> Iterator[tuple[str, bytes]]:
    """Yield a sheet for each agreement of the pack with a register number: who signed, when, and on what evidence."""
    references = {row.reference for figure in packed.figures for row in figure.lines if row.number}
    for name, reference, document in record_sheets(desk, report_on(desk, view), view):
        if reference.partition("/")[0] in references:
            yield f"records/{name}", document


def _listed(members: Iterable[tuple[str, bytes]], listing: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the members, and then the list of their digests in the form that `sha256sum -c` reads."""
    for name, data in members:
        listing[name] = sha256_of(data)
        yield name, data
    yield _SUMS, "".join(f"{digest}  {name}\n" for name, digest in sorted(listing.items())).encode()


def _told(name: str, packed: Pack, listing: Mapping[str, str]) -> Iterator[str]:
    yield f"wrote output/{name}: {len(listing) + 1} files"
    yield from (f"  {each.id}: {each.counted} of {each.target}, {len(each.lines)} lines" for each in packed.figures)
    left_out = Counter(each.left_out for each in packed.files if each.left_out)
    yield from (f"  left out: {count} files, because {why}" for why, count in sorted(left_out.items()))
    if packed.redacted:
        yield "  left out: the log; the hashes of its segments are in figures.json"
    yield f"register position {packed.position}, head {packed.head[:12]}"
    yield "unpack it and open index.xlsx; python verify.py in that folder checks it"
