"""Whose file is this? The first numbered rules for what comes in without a word of any person.

The codes on the pages decide, then the text; a file's name never does. The rules go on in `incoming_rules`.

    I1  a file that was received before is not judged again: its state is said
    I2  the copy that we sent out, byte for byte, proves nothing
    I3  the codes are of one agreement; symbols that are none of ours are left aside
    I4  the codes are of one version
    I5  codes and text name the same agreement; without codes, the text names one only
    I6  the reference was given, and that version of it was sent
    I7  an agreement that has ended takes nothing in
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from elca_docs.errors import Location, Problem
from elca_docs.evidence.envelope import file_place
from elca_docs.evidence.lookups import in_capitals, last_version, never_given_in, references_in, versions_in
from elca_docs.evidence.page_order import our_codes, ranges
from elca_docs.evidence.standing import our_issue, received_before, reference_given, standing
from elca_docs.evidence.verdicts import AlreadyRegistered, Refused
from elca_docs.model.facts import PdfFacts
from elca_docs.model.log_events import Sent
from elca_docs.model.page_code import PageCode
from elca_docs.model.register import RegisterView

# The form of a page code (model), whatever its check letters are.
_ANY_CODE: Final = re.compile(r"[0-9A-Z$%*+\-./ ]+:[1-9A-Z][0-9]{4}[B-Z]{3}")
_END: Final = re.compile(rb"(%%EOF)(?:\r\n|\n|\r)?")
_ENDS_LIMIT: Final = (
    16  # endings of a file that are looked at: its own, and one for each signature and change behind it
)
_Codes = tuple[tuple[int, PageCode], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose file it is: the reference as the register writes it, and the version of our text that the file shows.

    By text alone the version is the one in the line that each page is stamped with; else the last one sent. By issue:
    the file's first bytes are that version, as only who holds both can say.
    """

    reference: str
    version: int
    by: Literal["codes", "text", "issue"]
    remarks: tuple[str, ...] = ()
    """What was left aside, a sentence each, without any name."""


def issue_in(data: bytes, view: RegisterView) -> Sent | None:
    """Return the version of ours that a file begins with, byte for byte, as electronic signatures leave it; or None.

    That names the agreement more surely than any code on its pages; what stands behind it is still to be compared.
    """
    issued = {each.pdf: each for history in view.agreements.values() for each in history.sent if each.name and each.pdf}
    digest, done = hashlib.sha256(), 0
    for found in islice(_END.finditer(data), _ENDS_LIMIT if issued else 0):
        for end in (found.end(1), found.end()):
            digest.update(memoryview(data)[done:end])
            done = end
            if version := issued.get(digest.hexdigest()):
                return version
    return None


def identified(
    facts: PdfFacts, *, view: RegisterView, key: str, file: str = "", issue: Sent | None = None
) -> Identity | Refused | AlreadyRegistered:
    """Return which version of which agreement a file shows; else that it is known already, or why nobody can say.

    Args:
        facts: What was read off the file, codes included.
        view: The register as it stands.
        key: What the page codes are checked with: the project's grant number.
        file: The file's name, for messages only; any text.
        issue: The version that the file begins with, by `issue_in`; its codes need not be read then.
    """
    place = file_place(file) if file else None
    known = received_before(facts.sha256, view, place)
    if known:
        return known
    problems = tuple(our_issue(facts.sha256, view, place))
    if problems:
        return Refused(problems=problems)
    if issue:
        problems = tuple(standing(issue.reference, issue.version, view, place))
        if problems:
            return Refused(problems=problems)
        return Identity(reference=issue.reference, version=issue.version, by="issue")
    codes, foreign = our_codes(facts.codes, key)
    if codes:
        return _by_codes(facts, codes, _left_aside(foreign), view, place)
    return _by_text(facts, foreign, view, place)


def _by_codes(
    facts: PdfFacts, codes: _Codes, left_aside: tuple[str, ...], view: RegisterView, place: Location | None
) -> Identity | Refused:
    """Return the agreement that the codes name, unless I3 to I7 speak against it."""
    named = references_in(facts.text, view)
    problems = (*_one_agreement(codes, place), *_one_version(codes, place))
    first = codes[0][1]
    reference = in_capitals(first.reference, view)
    problems = problems or (
        *reference_given(first.reference, reference, place),
        *_text_agrees(named, reference, place),
        *(standing(reference, first.version, view, place, pages=first.pages) if reference else ()),
    )
    if problems:
        return Refused(problems=problems)
    others = [each for each in named if each != reference]
    also = (f"the text also names {', '.join(others)}; a file proves one agreement only",) if others else ()
    return Identity(reference=reference, version=first.version, by="codes", remarks=(*left_aside, *also))


def _by_text(
    facts: PdfFacts, foreign: tuple[str, ...], view: RegisterView, place: Location | None
) -> Identity | Refused:
    """Return the only agreement that the text names, its last version sent; a refusal where there is not one."""
    named = references_in(facts.text, view)
    # An amendment names the agreement that it amends.
    single = [each for each in named if not any(other.startswith(f"{each}/") for other in named)]
    if len(single) != 1:
        return Refused(problems=(_several(single, place) if single else _nothing(facts, foreign, view, place),))
    reference = single[0]
    stamped = versions_in(facts.text, reference)
    version = stamped[0] if len(stamped) == 1 else last_version(view.history(view.by_reference[reference]))
    problems = tuple(standing(reference, version, view, place))
    if problems:
        return Refused(problems=problems)
    remark = f"no page code was read; the reference {reference} stands in the text"
    return Identity(reference=reference, version=version, by="text", remarks=(*_left_aside(foreign), remark))


def _left_aside(foreign: tuple[str, ...]) -> tuple[str, ...]:
    """Return the remark on symbols that are none of ours."""
    return (f"QR symbols on its pages that are none of ours were left aside: {len(foreign)}",) if foreign else ()


def _one_agreement(codes: _Codes, place: Location | None) -> Iterator[Problem]:
    """I3; a file is never split, because its parts would be files that nobody handed in."""
    references = sorted({code.reference for _, code in codes})
    if len(references) > 1:
        found = "; ".join(
            f"{each} on {ranges(sheet for sheet, code in codes if code.reference == each)}" for each in references
        )
        yield Problem(
            "several-agreements",
            f"the pages of this file are of {len(references)} agreements ({found})",
            place,
            "ask for one file for each agreement, or split it in a PDF program and hand in the parts",
        )


def _one_version(codes: _Codes, place: Location | None) -> Iterator[Problem]:
    """I4, for codes of one agreement."""
    found: dict[tuple[int, int], list[int]] = {}
    for sheet, code in codes:
        found.setdefault((code.version, code.pages), []).append(sheet)
    if len(found) > 1 and len({code.reference for _, code in codes}) == 1:
        told = "; ".join(
            f"version {version} of {pages} pages on {ranges(sheets)}"
            for (version, pages), sheets in sorted(found.items())
        )
        yield Problem(
            "versions-mixed",
            f"pages of several versions were put together in this file ({told})",
            place,
            "hand in one version whole, as it was signed",
        )


def _text_agrees(named: tuple[str, ...], reference: str, place: Location | None) -> Iterator[Problem]:
    """I5, where there are codes; a text without any reference, as of a scan, says nothing against them."""
    if reference and named and reference not in named:
        yield Problem(
            "code-and-text-differ",
            f"the codes on its pages say {reference}, its text says {', '.join(named)}",
            place,
            f"look at the file; then register it by hand: invoke register --file F --ref {reference} …",
        )


def _several(named: list[str], place: Location | None) -> Problem:
    """I5, where there are none."""
    return Problem(
        "several-references",
        f"the text names {', '.join(named)}, and no page has a code that tells which one this file is",
        place,
        f"register it by hand: invoke register --file F --ref {named[0]} …",
    )


def _nothing(facts: PdfFacts, foreign: tuple[str, ...], view: RegisterView, place: Location | None) -> Problem:
    """Return why neither codes nor text tell whose file it is."""
    unknown = never_given_in(facts.text, view)
    if unknown:
        return next(reference_given(unknown, "", place))
    if any(map(_ANY_CODE.fullmatch, foreign)):
        message = "the codes on its pages are those of another project, or of another grant number"
        return Problem("other-project", message, place, "hand it in at the project that sent it")
    message = "neither a page code nor a reference was found in this file"
    fix = (
        "scan it again at 200 dpi or more, or say whose it is: invoke register --file F --ref REF"
        " --signed-by PARTY=DATE --by ID"
    )
    return Problem("no-reference-found", message, place, fix)
