"""Finding what a flag means: an agreement by id, reference or register number; a partner by id or acronym."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from elca_docs.errors import Problem, RequestError
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView


def agreement_of(portfolio: Portfolio, view: RegisterView, text: str) -> Agreement:
    """Return the agreement that an id, a reference or a register number names; RequestError guesses at slips."""
    names: dict[str, str] = {each.id: each.id for each in portfolio.agreements if not each.is_slot}
    names |= {each: each for each in view.by_reference.values() if "/" in each}  # amendments
    names |= dict(view.by_reference)
    names |= {each.registered.number: key for key, each in view.agreements.items() if each.registered}
    found = portfolio.agreement(named(text, names, what="agreement, reference or register number"))
    if found is None:
        message = f"'{text}' stands in the register, but its record is gone from records/agreements.yaml"
        raise RequestError(
            Problem("record-gone", message, fix="put the record back; an agreement is ended, not deleted")
        )
    return found


def partner_of(portfolio: Portfolio, text: str) -> str:
    """Return the id of the partner that an id or one of its acronyms names, old ones included; "" stays ""."""
    if not text:
        return ""
    names = {acronym.name: partner.id for partner in portfolio.partners for acronym in partner.acronyms}
    return named(text, names | {partner.id: partner.id for partner in portfolio.partners}, what="partner")


def mission_of(portfolio: Portfolio, text: str) -> str:
    """Return the id of the mission that an id or a name names; "" stays ""."""
    if not text:
        return ""
    names = {name: each.id for each in portfolio.missions for name in (*each.aliases, each.name, each.id)}
    return named(text, names, what="mission")


def class_of(portfolio: Portfolio, text: str) -> str:
    """Return the id of the agreement class that a code names; "" stays ""."""
    return named(text, {each.id: each.id for each in portfolio.project.classes}, what="class") if text else ""


def named(text: str, names: Mapping[str, str], *, what: str) -> str:
    """Return what `names` maps the text to, without regard to capitals; RequestError with a guess where nothing."""
    folded = {name.casefold(): target for name, target in names.items()}
    if (found := folded.get(text.strip().casefold())) is not None:
        return found
    raise RequestError(Problem("unknown-name", f"'{text}' is no {what} of this project", fix=_guess(text, names)))


def _guess(text: str, names: Iterable[str]) -> str:
    every = sorted(set(names))
    folded = {name.casefold(): name for name in every}
    close = difflib.get_close_matches(text.casefold(), folded, n=3, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(repr(folded[each]) for each in close)}?"
    shown = ", ".join(every[:12])
    return f"known are {shown}{' …' if len(every) > 12 else ''}" if every else "there are none yet"  # noqa: PLR2004
