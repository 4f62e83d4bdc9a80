"""README.txt of a pack: one page that tells an auditor what lies here, by which rules, and how to check it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from elca_docs.model.pack import Pack


def pack_readme(pack: Pack) -> bytes:
    """Return the page, in lines of at most 100 characters."""
    return "".join(f"{line}\n" for line in _lines(pack)).encode()


def _lines(pack: Pack) -> Iterator[str]:
    yield f"{pack.acronym}, grant {pack.grant}: evidence behind the figures, as of {pack.as_of.isoformat()}"
    if pack.as_of_note:
        yield f"({pack.as_of_note})"
    yield ""
    yield "START HERE   open index.xlsx (or index.pdf): figure -> its lines -> the file, two clicks"
    yield ""
    yield "WHAT LIES HERE"
    yield "  index.xlsx, index.pdf   each figure, what counts, what does not, and why"
    if not pack.redacted:
        yield "  signed/                 signed agreements by register number; parts _1, _2 where parties signed apart"
        yield "  records/                a page for each agreement: who signed in what capacity, when, on what evidence"
        yield "  held/                   proofs of events, contacts and duties by day; other/ without a register number"
        yield "  *.json beside a PDF     what was read off it on the day it came in, where that was written down"
        yield "  log/                    the register: one file per run, one line per entry, in order, never changed"
    yield "  issued/                 the versions that were sent for signature, where there are any"
    yield "  figures.json            the index for another program"
    yield "  SHA256SUMS, verify.py   to check that nothing was changed"
    yield ""
    yield from _figures(pack)
    if pack.redacted:
        yield from _redacted(pack)
    yield "NUMBERS AND RULES"
    yield "  A reference is given with the first draft and kept for life; it stands on each page. A register number"
    yield "  (R-year-number) is given once every party has signed, without gaps; none is ever given twice. Something"
    yield "  counts when all its rules hold: signed by all (or held), registered, the file there and unchanged, inside"
    yield "  the counting window, of a class that the figure counts, once, and not ended. The rule of each figure and"
    yield "  every rule that a line does not keep stand in the index."
    yield ""
    yield "HOW TO CHECK IT"
    yield "  With Python 3.8 or later:  python verify.py   (Windows: double click verify.py, or: py verify.py)"
    yield "  Without:                   sha256sum -c SHA256SUMS   (macOS: shasum -a 256 -c SHA256SUMS)"
    yield "                             Windows PowerShell: Get-FileHash FILE, and compare with SHA256SUMS"
    yield "  Each segment of the log begins with the hash of the one before. The last one's hash, the head, is"
    yield f"  {pack.head} (segment {pack.position})."
    yield "  Compare its first 12 characters with the head printed in the project's reports of that time: that is what"
    yield "  shows that neither this pack nor the log was made up later. What nobody wrote down, no chain can show."
    if pack.retention:
        yield f"  The records are kept for {pack.retention}."


def _figures(pack: Pack) -> Iterator[str]:
    yield "THE FIGURES"
    for each in pack.figures:
        yield f"  {each.id:<8} {each.counted} of {each.target}   {each.title}"[:100]
    yield ""


def _redacted(pack: Pack) -> Iterator[str]:
    """Yield what was left out, how often, and why."""
    yield "THIS PACK IS REDACTED. Left out, each with its SHA-256 in the index, so that nothing is missing unseen:"
    counts = Counter(each.left_out for each in pack.files if each.left_out)
    yield from (f"  {count} files: {why}" for why, count in sorted(counts.items()))
    hidden = {row.reference for figure in pack.figures for row in figure.lines if row.what == "confidential"}
    if hidden:
        yield f"  the other side of {len(hidden)} confidential agreements"
    yield "  the log: its notes and file names may name persons; the hashes of its segments are in figures.json"
    yield "  ids of who confirmed a signature, and the report's own sentences on why something counts"
    yield ""
