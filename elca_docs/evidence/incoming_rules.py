"""What does a file from the inbox prove, without a word of any person? The numbered rules, after those of identifying.

As the manual road: values in, a value or a named refusal out, one small function per rule, one test per rule. What is
refused stays out; what waits is kept as evidence and proves nothing until a person has looked at it. I1 to I7 are asked
again, because the register may have moved on since the file was read.

    I8   every page is there, once, and in order
    I9   a version that a later one replaced, that others did not sign, or that went to other parties, waits
    I10  nothing that was issued is taken out; what was put in or painted over waits
    I11  every electronic signature is whole, and nothing was changed after it but what it permits
    I12  a copy without any signature proves nothing; a scan waits, because ink is for eyes
    I13  whoever signed is expected to sign for that party, else the signature waits
    I14  a signature whose certificate leads to none of the trust anchors waits; without anchors trust is not checked
    I15  a signature before its version was sent, before the project began, or in the future waits
    I16  the file adds a signature that is missing
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from elca_docs.errors import Problem
from elca_docs.evidence.envelope import file_place
from elca_docs.evidence.identifying import Identity
from elca_docs.evidence.incoming_case import Incoming, Judged
from elca_docs.evidence.incoming_content import (
    i8_whole,
    i9_replaced,
    i10_put_in,
    i10_taken_out,
    i12_ink,
    i12_unsigned,
    remarks,
    to_compare,
)
from elca_docs.evidence.incoming_signatures import i11_broken, judged_signatures, proven_signatures, trust_remark
from elca_docs.evidence.lookups import by_hand, outside_window
from elca_docs.evidence.standing import our_issue, received_before, standing
from elca_docs.evidence.verdicts import AlreadyRegistered, Proven, Refused, Waits
from elca_docs.model.facts import Comparison, PdfFacts
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView


def judge_incoming(  # noqa: PLR0913 - everything that a verdict depends on
    facts: PdfFacts,
    *,
    identity: Identity,
    comparison: Comparison | None,
    file: str,
    view: RegisterView,
    portfolio: Portfolio,
    today: date,
    zone: str,
) -> Proven | Waits | AlreadyRegistered | Refused:
    """Return what the file proves, why it waits for a person, or why it is refused (all broken rules of one kind).

    Args:
        facts: What was read off the file, codes and signatures included.
        identity: Whose it is, by `identified`.
        comparison: How it differs from the issued version; None where that is not at hand.
        file: The file's name, for messages only; any text.
        view: The register as it stands; ask again when it has moved on.
        portfolio: For the parties, their names and people, and the days that count.
        today: The current day in the project's time zone.
        zone: That time zone (IANA name), in which the day of a signature is taken.
    """
    case = Incoming(
        facts=facts,
        identity=identity,
        comparison=comparison,
        file=file_place(file),
        view=view,
        portfolio=portfolio,
        today=today,
        zone=zone,
    )
    known = received_before(facts.sha256, view, case.file)
    if known:
        return known
    for rules in _REFUSING:
        problems = tuple(problem for rule in rules for problem in rule(case))
        if problems:
            return Refused(problems=problems)
    judged = judged_signatures(case)
    problems = tuple(_i16_adds_one(case, judged))
    if problems:
        return Refused(problems=problems)
    return _verdict(case, judged)


def _verdict(case: Incoming, judged: tuple[Judged, ...]) -> Proven | Waits:
    """Return what the signatures prove, or that everything waits."""
    doubts = (*i9_replaced(case), *i10_put_in(case), *i12_ink(case))
    proven = () if doubts else proven_signatures(case, judged)
    there = case.signed | {each.party for each in proven}
    # Who has signed needs no second signature to be looked at.
    open_doubts = tuple(doubt for each in judged if each.party not in there for doubt in each.doubts)
    told = (*to_compare(case), *(each.told for each in judged))
    identity = case.identity
    if not proven:
        reason, *more = dict.fromkeys((*doubts, *open_doubts))
        pages = case.comparison.changed_pages if case.comparison and not case.looks_scanned else ()
        return Waits(
            reference=identity.reference,
            version=identity.version,
            reason=reason,
            remarks=(*more, *remarks(case)),
            told=told,
            pages=pages,
        )
    sure = [each for each in judged if not each.doubts]
    said = [trust_remark(each) for each in sure]
    for each in proven:
        said += outside_window(case.portfolio.project, each.on)
    return Proven(
        reference=identity.reference,
        version=identity.version,
        signatures=proven,
        waiting_for=tuple(party for party in case.parties if party not in there),
        remarks=tuple(dict.fromkeys((*said, *_signed_before(case, sure), *remarks(case)))),
        told=told,
        waits="; ".join(open_doubts),
    )


def _i1_to_i7(case: Incoming) -> Iterator[Problem]:
    identity = case.identity
    yield from our_issue(case.facts.sha256, case.view, case.file)
    problems = tuple(standing(identity.reference, identity.version, case.view, case.file))
    yield from problems
    if case.record is None and not problems:
        yield Problem(
            "record-gone",
            f"the register knows {identity.reference}, but its record is gone, so nobody knows who is to sign",
            case.file,
            "put the record back into records/agreements.yaml; an agreement is ended, not deleted",
        )


def _i16_adds_one(case: Incoming, judged: tuple[Judged, ...]) -> Iterator[Problem]:
    if case.signed.issuperset(case.parties):
        number = f", registered as {case.history.registered.number}" if case.history.registered else ""
        why = f"all parties have signed {case.identity.reference} already{number}"
    elif judged and all(each.party in case.signed for each in judged):
        again = ", ".join(party for party in case.parties if party in {each.party for each in judged})
        why = f"{again} signed {case.identity.reference} already, and nobody else signed this file"
    else:
        return
    yield Problem(
        "second-evidence",
        f"{why}; the first copy stays",
        case.file,
        f"nothing has to be done; where this copy is to take its place: {by_hand(case.identity.reference)}",
    )


# What a later group asks makes sense only once nothing of an earlier one speaks against the file.
_REFUSING: tuple[tuple[Callable[[Incoming], Iterator[Problem]], ...], ...] = (
    (_i1_to_i7,),
    (i8_whole,),
    (i10_taken_out, i11_broken),
    (i12_unsigned,),
)


def _signed_before(case: Incoming, sure: list[Judged]) -> Iterator[str]:
    """Yield a remark for each party that signs here and had signed before."""
    for party in case.parties:
        if party in case.signed and party in {each.party for each in sure}:
            yield f"{party} signed before; its first evidence stays"
