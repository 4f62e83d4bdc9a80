"""Findings on names: short forms nobody can choose between, one name for two, and a project's namesakes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from elca_docs.model.findings import Finding
from elca_docs.model.parties import Acronym, Organisation, Partner
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.text import counted


def acronyms_of_a_partner_agree(portfolio: Portfolio) -> Iterator[Finding]:
    """On no day does a partner have two short forms: otherwise none of them can be printed with confidence."""
    for partner in portfolio.partners:
        clash = next((pair for pair in combinations(partner.acronyms, 2) if _clash(*pair)), None)
        if clash:
            names = dict.fromkeys(_sourced(each) for each in partner.acronyms)
            yield Finding(
                code="acronym-conflict",
                severity="error",
                message=f"{partner.name} is called {' and '.join(names)}, and no dates say when which is right",
                ids=(partner.id,),
                location=portfolio.place("partners", partner.id, "acronyms"),
                fix="give 'valid_until' to the old one and 'valid_from' to the new one, or accept both",
            )


def names_are_not_shared(portfolio: Portfolio) -> Iterator[Finding]:
    """No name, short form or alias means two partners or organisations."""
    owners: dict[str, dict[tuple[str, str], str]] = {}
    for stem, party in parties_of(portfolio):
        for name in _names(party):
            owners.setdefault(name.casefold(), {}).setdefault((stem, str(party.id)), name)
    for found in owners.values():
        if len(found) > 1:
            name = next(iter(found.values()))
            ids = [identifier for _, identifier in found]
            first, second = list(found)[:2]
            yield Finding(
                code="name-shared",
                severity="error",
                message=f"the name '{name}' means {' and '.join(ids)}",
                ids=tuple(ids),
                location=portfolio.place(*first),
                other_location=portfolio.place(*second),
                fix="remove it where it is wrong, or make one record of the two",
            )


def the_project_has_no_namesake(portfolio: Portfolio) -> Iterator[Finding]:
    """The project's acronym means nothing else; where it does, the grant number has to stand beside it."""
    project = portfolio.project
    acronym = project.acronym.casefold()
    namesakes = [
        (stem, party.id) for stem, party in parties_of(portfolio) if acronym in map(str.casefold, _names(party))
    ]
    if project.homonyms or namesakes:
        others = [*project.homonyms, *(str(identifier) for _, identifier in namesakes)]
        yield Finding(
            code="homonym",
            severity="hint",
            message=f"{project.acronym} (grant {project.grant_number}) is also the name of "
            f"{counted(len(others), 'other')}: {'; '.join(others)}",
            ids=tuple(str(identifier) for _, identifier in namesakes),
            location=portfolio.place("project", "homonyms") if project.homonyms else portfolio.place(*namesakes[0]),
            other_location=portfolio.place("project", "acronym"),
            fix="print the grant number wherever the acronym stands alone, and accept this",
        )


def _clash(one: Acronym, other: Acronym) -> bool:
    """Whether two short forms differ and both can be right on some day."""
    if one.name.casefold() == other.name.casefold():
        return False
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_until or date.max, other.valid_until or date.max)
    return starts <= ends


def _sourced(acronym: Acronym) -> str:
    return f"{acronym.name} ({acronym.source})" if acronym.source else acronym.name


def parties_of(portfolio: Portfolio) -> Iterator[tuple[str, Partner | Organisation]]:
    """Return partners, then organisations, each with the stem of its file."""
    yield from (("partners", each) for each in portfolio.partners)
    yield from (("organisations", each) for each in portfolio.organisations)


def _names(party: Partner | Organisation) -> Iterator[str]:
    yield party.name
    yield from (alias.name for alias in party.aliases)
    if isinstance(party, Partner):
        yield party.id
        yield from (acronym.name for acronym in party.acronyms)
    elif party.short_name:
        yield party.short_name
