"""Findings on who is too near: counterparts related to a partner, members of one network, events without a border."""

from __future__ import annotations

import re
from collections.abc import Iterator

from elca_docs.model.findings import Finding
from elca_docs.model.parties import Organisation
from elca_docs.model.plan import Event
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.spelling import folded, words_of
from elca_docs.records.findings.words import joined, listed
from elca_docs.records.text import counted, shown

_INTERNATIONAL = re.compile(r"inter-?na[ctz]+ion|miedzynarod|mezinarod")  # as folded: six languages of such plans
_MOST = 6


def counterparts_are_not_related(portfolio: Portfolio) -> Iterator[Finding]:
    """No partner signs with, contacts or meets an organisation that it is related to."""
    rows = _rows_by_organisation(portfolio)
    for organisation in portfolio.organisations if any(each.related_to for each in portfolio.organisations) else ():
        partners = frozenset(map(str, organisation.related_to))
        near = [(stem, row) for stem, row, by in rows.get(str(organisation.id), []) if partners & by]
        if near:
            because = organisation.related_because.strip().rstrip(".")
            signs = any(stem == "agreements" for stem, _ in near)
            ids = [row for _, row in near]
            yield Finding(
                code="related-party",
                severity="error" if signs else "warning",
                message=f"{shown(organisation.label)} is related to {joined(sorted(partners))}, the partner "
                f"responsible for {listed(ids, _MOST)}" + (f": {shown(because, 160)}" if because else ""),
                ids=(str(organisation.id), *ids),
                location=portfolio.place(near[-1][0], near[-1][1], "responsible"),
                other_location=portfolio.place("organisations", str(organisation.id), "related_to"),
                fix="find out whether this counts as an agreement with somebody outside; let another partner sign "
                "otherwise",
            )


def counterparts_are_not_of_the_project(portfolio: Portfolio) -> Iterator[Finding]:
    """No counterpart belongs to a network that bears the project's own name: would an agreement with it be new?"""
    for network, members in _networks(portfolio).items():
        if _is_namesake(portfolio, network):
            yield Finding(
                code="member-of-namesake",
                severity="warning",
                message=f"{counted(len(members), 'organisation')} ({listed((each.id for each in members), _MOST)}) "
                f"belong to '{shown(network)}', which bears the name of the project itself",
                ids=tuple(str(each.id) for each in members),
                location=portfolio.place("organisations", str(members[0].id), "member_of"),
                other_location=portfolio.place("project", "acronym"),
                fix="say whether that network is the project; if so, ask whether its members count as new",
            )


def counterparts_do_not_share_a_network(portfolio: Portfolio) -> Iterator[Finding]:
    """No two counterparts that sign belong to one network: is it two agreements, or one with the network?"""
    signing = {each for agreement in portfolio.agreements for each in agreement.counterparts}
    for network, members in _networks(portfolio).items():
        found = [each for each in members if each.id in signing]
        if len(found) > 1 and not _is_namesake(portfolio, network):
            yield Finding(
                code="network-shared",
                severity="hint",
                message=f"{counted(len(found), 'counterpart')} of agreements "
                f"({listed((each.id for each in found), _MOST)}) belong to one network, '{shown(network)}'",
                ids=tuple(str(each.id) for each in found),
                location=portfolio.place("organisations", str(found[0].id), "member_of"),
                other_location=portfolio.place("organisations", str(found[1].id), "member_of"),
                fix="find out whether one agreement with the network is meant; accept it where each signs for itself",
            )


def international_events_cross_a_border(portfolio: Portfolio) -> Iterator[Finding]:
    """At an event that counts as international, partners and organisations come from two countries at least."""
    titles = {str(kind): each.title for each in portfolio.indicators for kind in each.rule.kinds}
    for event in portfolio.events:
        said = folded(f"{event.kind} {titles.get(str(event.kind), '')}")
        countries = _countries(portfolio, event) if _INTERNATIONAL.search(said) and event.organisations else []
        if countries and None not in countries and len(set(countries)) == 1:
            yield Finding(
                code="not-international",
                severity="warning",
                message=f"event {event.id} is of the kind '{event.kind}', and everybody named for it comes from "
                f"{countries[0]}: {joined((*event.responsible, *event.organisations))}",
                ids=(str(event.id), *map(str, event.organisations)),
                location=portfolio.place("events", str(event.id), "kind"),
                other_location=portfolio.place("organisations", str(event.organisations[0]), "country"),
                fix="say what makes it international, name who else takes part, or give it another kind",
            )


def _countries(portfolio: Portfolio, event: Event) -> list[str | None]:
    """Return the countries of all who are named for an event; None for each that is not known."""
    return [portfolio.party(each).country for each in (*event.responsible, *event.organisations)]


def _is_namesake(portfolio: Portfolio, network: str) -> bool:
    """Whether a network bears the project's acronym or title, alone or in brackets."""
    own = {words_of(each) for each in (portfolio.project.acronym, portfolio.project.title)}
    return not own.isdisjoint(words_of(each) for each in (network, *re.split(r"[()]", network)))


def _networks(portfolio: Portfolio) -> dict[str, list[Organisation]]:
    """Return the networks that organisations belong to, with their members; a name is one however it is written."""
    names: dict[str, str] = {}
    found: dict[str, list[Organisation]] = {}
    for organisation in portfolio.organisations:
        for network in dict.fromkeys(organisation.member_of):
            name = names.setdefault(" ".join(words_of(network)), network)
            found.setdefault(name, []).append(organisation)
    return found


def _rows_by_organisation(portfolio: Portfolio) -> dict[str, list[tuple[str, str, frozenset[str]]]]:
    """Return stem, id and responsible partners of every record that names an organisation, agreements last."""
    found: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
    rows: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
        *(("contacts", each.id, (each.organisation,), each.responsible) for each in portfolio.contacts),
        *(("events", each.id, each.organisations, each.responsible) for each in portfolio.events),
        *(("agreements", each.id, each.counterparts, each.responsible) for each in portfolio.agreements),
    ]
    for stem, row, organisations, responsible in rows:
        for each in dict.fromkeys(organisations):
            found.setdefault(str(each), []).append((stem, str(row), frozenset(map(str, responsible))))
    return found
