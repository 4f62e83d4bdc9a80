"""What each electronic signature of a file from the inbox proves, one by one: I11 and I13 to I15.

One signature's doubts never touch another one, so a further signature never takes anything from those that stand.
Words for the log hold no name of a person, and no name of a field, which may be a person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from elca_docs.errors import Problem
from elca_docs.evidence.envelope import printable
from elca_docs.evidence.incoming_case import Incoming, Judged
from elca_docs.evidence.signers import expected, parties_named
from elca_docs.evidence.verdicts import ElectronicMethod, ProvenSignature
from elca_docs.model.facts import SignatureFacts

_SHOWN = 3
"""How many signatures a message describes."""
_LENGTH = 80
"""How many characters of what the reader of signatures says."""
_TRUST = {
    "trusted": "intact, and its certificate is trusted",
    "not trusted": "intact, and its certificate is not trusted",
    "not checked": "intact, trust not checked",
}


def judged_signatures(case: Incoming) -> tuple[Judged, ...]:
    """Return what each signature of the file is worth, in the order of the file."""
    return tuple(_judged(case, number, each) for number, each in enumerate(case.facts.signatures, 1))


def proven_signatures(case: Incoming, judged: Iterable[Judged]) -> tuple[ProvenSignature, ...]:
    """Return the signatures without a doubt of parties that have not signed yet, one for each, in order.

    Where several people sign for a party, it has signed with the last of them.
    """
    found = [
        ProvenSignature(party=each.party, on=each.on, field=each.facts.field, method=_method(each.facts))
        for each in judged
        if each.on and not each.doubts and each.party not in case.signed
    ]
    last = {each.party: each for each in sorted(found, key=lambda each: (each.on, each.field, each.method))}
    return tuple(last[party] for party in case.parties if party in last)


def trust_remark(each: Judged) -> str:
    """Return the words for the log on what a signature without doubts stands on."""
    return f"{each.party}: {_TRUST[each.facts.trust]}"


def _judged(case: Incoming, number: int, signature: SignatureFacts) -> Judged:
    on = case.day_of(signature.on) if signature.on else None
    party, doubts = _whose(case, number, signature, on)
    doubts = (*doubts, *_trust(number, signature), *_day(case, number, on))
    return Judged(
        number=number,
        facts=signature,
        party=party,
        on=on,
        doubts=doubts,
        told=_told(case, number, signature, party, on, doubts),
    )


def _whose(case: Incoming, number: int, signature: SignatureFacts, on: date | None) -> tuple[str, tuple[str, ...]]:
    """I13: return the party, and the doubt where the name is not one that was expected."""
    named = parties_named(signature, on=on, parties=tuple(case.parties.values()), portfolio=case.portfolio)
    field = case.sent.fields.get(signature.field, "")
    if field in case.parties:
        wrong = f"signature {number} stands in the field of {field} and bears another name than those expected"
        return field, () if field in named else (wrong,)
    if len(named) == 1:
        return named[0], ()
    return "", (f"signature {number} stands in no field of ours and bears no name of exactly one party",)


def _trust(number: int, signature: SignatureFacts) -> Iterator[str]:
    """I14."""
    if signature.trust == "not trusted":
        why = printable(signature.trouble)[:_LENGTH] or "its certificate leads to none of the trust anchors"
        yield f"signature {number} is not trusted: {why}"


def _day(case: Incoming, number: int, on: date | None) -> Iterator[str]:
    """I15; a signer's clock may be wrong, so a person decides."""
    if on is None:
        yield f"signature {number} does not say when it was made"
    elif on > case.today:
        yield f"signature {number} says {on}, and today is {case.today}"
    elif case.sent.on and on < case.sent.on:
        yield f"signature {number} says {on}, and version {case.identity.version} was sent on {case.sent.on}"
    elif on < case.portfolio.project.start:
        yield f"signature {number} says {on}, before the project began on {case.portfolio.project.start}"


def _method(signature: SignatureFacts) -> ElectronicMethod:
    """Return the method for the log; a signature that only its own certificate calls qualified is not."""
    if signature.seal:
        return "seal"
    return "qualified" if signature.qualified and signature.trust == "trusted" else "advanced"


def _told(  # noqa: PLR0913, PLR0917 - what a signature says, once for the screen
    case: Incoming, number: int, signature: SignatureFacts, party: str, on: date | None, doubts: tuple[str, ...]
) -> str:
    who = printable(", ".join(filter(None, (signature.signer, signature.organisation)))) or "nobody named"
    day = f" on {on}" if on else ""
    text = f"signature {number} is by {who}{day} ({_TRUST[signature.trust]})"
    if not doubts:
        return f"{text}, for {party}"
    if party:
        return f"{text}; expected for {party}: {printable(' or '.join(expected(case.parties[party], case.portfolio)))}"
    return f"{text}; expected are {', '.join(case.parties)}"


def i11_broken(case: Incoming) -> Iterator[Problem]:
    """Yield what breaks the electronic signatures, or was done to the file after them."""
    signatures = case.facts.signatures
    broken = [(number, each) for number, each in enumerate(signatures, 1) if not each.stands]
    if broken:
        told = "; ".join(f"signature {number} of {len(signatures)} {_flaw(each)}" for number, each in broken[:_SHOWN])
        yield Problem(
            "signature-broken",
            f"an electronic signature of this file does not hold: {told}",
            case.file,
            "ask for the file as it was signed, not printed, merged or saved again; if there is none, look at the paper"
            f" and register by hand: invoke register --file F --ref {case.identity.reference} …",
        )


def _flaw(signature: SignatureFacts) -> str:
    """Return the worst of what is wrong with a signature, in words."""
    if signature.trouble and signature.signer:
        return f"does not hold: {printable(signature.trouble)[:_LENGTH]}"
    if signature.trouble:
        return f"cannot be read ({printable(signature.trouble)[:_LENGTH]})"
    if not signature.intact:
        return "is broken: what it covers was changed"
    if not signature.valid:
        return "does not fit its certificate"
    if not signature.permitted:
        return f"stands, but the file was changed after it (changes: {signature.changes})"
    return f"does not cover the file (coverage: {signature.coverage})"
