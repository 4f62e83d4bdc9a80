"""What kind of paper a file from the inbox is, against what was issued: I8, I9, I10 and I12 of the numbered rules.

Whole or not, of the last version or not, changed or not, a scan or a copy that nobody signed. Who signed is another
question. Words for the log hold none of the file's own words, since those may be a person's name.
"""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.errors import Problem
from elca_docs.evidence.differences import counted, excerpt, taken_out
from elca_docs.evidence.incoming_case import Incoming
from elca_docs.evidence.lookups import by_hand
from elca_docs.evidence.page_order import ranges


def i8_whole(case: Incoming) -> Iterator[Problem]:
    """Yield what speaks against every page being there, once, and in order."""
    version, pages = f"version {case.identity.version}", case.pages
    issued = case.sent.pages or (case.comparison.issued_pages if case.comparison else 0)
    fix = "scan or export it again with all its pages, each of them once; pages cannot be handed in apart"
    if pages.missing:
        yield Problem("page-missing", f"of {version} this file lacks {_named(pages.missing)}", case.file, fix)
    elif case.identity.by != "codes" and case.facts.pages < issued:
        message = f"this file has {case.facts.pages} pages, and {version} was issued with {issued}"
        yield Problem("page-missing", message, case.file, fix)
    if pages.doubled:
        yield Problem("page-doubled", f"of {version} this file holds {_named(pages.doubled)} twice", case.file, fix)
    elif pages.shuffled:
        message = f"the pages of {version} stand in another order than they were issued in"
        yield Problem("pages-out-of-order", message, case.file, "put them in order, and hand the file in again")


def _named(pages: tuple[int, ...]) -> str:
    return f"page{'s' if len(pages) > 1 else ''} {ranges(pages)}"


def i9_replaced(case: Incoming) -> Iterator[str]:
    """Yield the doubt about a version that a later one replaced: whoever signed it may not have seen that one."""
    if case.superseded_by:
        yield f"it is version {case.identity.version}, and version {case.superseded_by} was sent after it"
    for each in case.history.signatures:
        if each.version not in {0, case.identity.version}:
            yield f"{each.party} signed version {each.version}, and this is version {case.identity.version}"
    addressed = set(case.sent.fields.values())
    if addressed and addressed != set(case.parties):
        yield "the parties in the records are no longer those that the version was sent to"


def i10_taken_out(case: Incoming) -> Iterator[Problem]:
    """Yield what was issued and is gone."""
    found = case.comparison
    if found is None or case.looks_scanned or not taken_out(found):
        return
    differences = [*excerpt("taken out", found.removed), *excerpt("put in", found.added)]
    if found.pages != found.issued_pages:
        differences.append(f"{found.pages} pages instead of {found.issued_pages}")
    yield Problem(
        "content-differs",
        "; ".join((f"this is not version {case.identity.version} as it was issued: {counted(found)}", *differences)),
        case.file,
        f"send what was agreed as a new version; or, where this text holds: {by_hand(case.identity.reference)}",
    )


def i10_put_in(case: Incoming) -> Iterator[str]:
    """Yield the doubts about what was added or painted over; of a scan's words nothing can be said (I12)."""
    found = case.comparison
    if found is None:
        if case.facts.signatures:
            yield "no issued version is at hand to compare it with"
        return
    if case.untouched or case.looks_scanned:
        return
    if found.pages > found.issued_pages:
        yield f"it has {found.pages} pages, and {found.issued_pages} were issued"
    if found.added or found.added_words:
        yield f"words that were not issued stand in it ({found.added_words or len(found.added)})"
    if found.changed_pages:
        yield f"it looks different from what was issued on {_named(found.changed_pages)}"


def i12_unsigned(case: Incoming) -> Iterator[Problem]:
    """Yield the problem of a copy that is ours word for word and page for page, without any signature."""
    if case.untouched and not (case.facts.signatures or case.facts.signature_fields):
        version = f"{case.identity.reference}, version {case.identity.version}"
        yield Problem(
            "pdf-unsigned",
            f"this is {version}, exactly as it was issued, saved again or printed to PDF without a signature",
            case.file,
            "hand in the copy that came back signed; of a paper, scan the signed page with all others",
        )


def i12_ink(case: Incoming) -> Iterator[str]:
    """Yield the doubt about a file that carries no electronic signature which could be read, or pictures only."""
    found = case.comparison
    if case.facts.signatures:
        if case.looks_scanned and found:
            yield "its pages are pictures, whose words cannot be compared"
    elif case.facts.signature_fields:
        yield "its electronic signatures could not be read"
    elif case.looks_scanned:
        yield "a scan: look at the ink"
    else:
        yield "it has no electronic signature: look for ink"


def remarks(case: Incoming) -> Iterator[str]:
    """Yield what else a person should know of the paper, whatever the verdict."""
    yield from case.identity.remarks
    if not case.untouched:
        if case.pages.unseen:
            yield f"no code was read of {_named(case.pages.unseen)}"
        if case.pages.uncoded:
            yield f"no code was read on {_named(case.pages.uncoded)} of the file, which may be blank"


def to_compare(case: Incoming) -> Iterator[str]:
    """Yield for the screen what to hold the file against, and its first differences."""
    if not case.untouched:
        if case.sent.name:
            yield f"compare it with {case.sent.name}.pdf in register/issued/"
        if case.comparison and case.comparison.has_text:
            yield from excerpt("gone from it", case.comparison.removed)
            yield from excerpt("new in it", case.comparison.added)
