"""Findings on one party that is called differently: misspelt, by varying names, in varying letters, in another scope.

What is compared are the name and the short form of a party with its aliases (each with where it is printed), and with
whom the steps of a record say they meet. A short form that follows from the name needs no finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from elca_docs.errors import Location
from elca_docs.model.findings import Finding, Severity
from elca_docs.model.parties import Organisation, Partner
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.occasions import organisations_of, rows_of
from elca_docs.records.findings.spelling import LONGEST, STOP_WORDS, Relation, folded, relation, words_of
from elca_docs.records.text import composed, shown

_ASK = "ask for the official name, write it as 'name' and use it everywhere, or accept this"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Form:
    """A writing of a party's name: where it is printed (ids or places in words) and where the records hold it."""

    text: str
    at: tuple[str, ...] = ()
    location: Location | None = None

    def __str__(self) -> str:
        places = f" ({', '.join(self.at[:_SHOWN])})" if self.at else ""
        return f"'{shown(self.text, 70)}'{places}"


@dataclass(frozen=True, slots=True)
class _Called:
    """A party with the forms that stand for it by right, and the others that are met."""

    stem: str
    party: Partner | Organisation
    own: tuple[_Form, ...]
    others: tuple[_Form, ...]

    def odd(self) -> Iterator[tuple[Relation, _Form, _Form]]:
        """Yield each other form that is no fair form of any own one: how it differs, from which own form, itself."""
        for other in self.others:
            relations = [(relation(each.text, other.text), each) for each in self.own]
            variant = next(((how, own) for how, own in relations if how != "other"), None)
            if variant and not any(how in {"same", "short", "writing"} for how, _ in relations):
                yield (*variant, other)


def names_do_not_vary(portfolio: Portfolio) -> Iterator[Finding]:
    """A party is met under its own name only: not misspelt, nor with other words, capitals, hyphens or accents."""
    for called in _called(portfolio):
        odd = list(called.odd())
        misspelt = [(own, other) for how, own, other in odd if how == "spelling"]
        varied = [(own, other) for how, own, other in odd if how != "spelling"]
        if misspelt:
            yield _varied(called, misspelt, "error", "is also spelt", code="name-misspelt")
        if varied:
            yield _varied(called, varied, "warning", "is also called", code="name-varies")
        yield from _written(portfolio, called, {other for _, other in varied})


def names_have_one_scope(portfolio: Portfolio) -> Iterator[Finding]:
    """No party is printed with its region in some records and without it in others: is it one body, or a branch?"""
    for called in _called_of(portfolio, "organisations", portfolio.organisations):
        organisation = portfolio.organisation_by_id[str(called.party.id)]
        scope = set(words_of(f"{organisation.region} {organisation.country or ''}")) - {""}
        printed = {each.text: each for each in (*called.own, *called.others) if each.at}
        for wide, narrow in _nested(list(printed.values()), scope):
            records = {each: _records(portfolio, each.at) for each in (wide, narrow)}
            if records[wide] and records[narrow] and not records[wide] & records[narrow]:
                every = sorted(records[wide] | records[narrow])
                yield Finding(
                    code="name-scope-varies",
                    severity="error",
                    message=f"{_label(called)} is {narrow} in one place and {wide} in another: one body, or a body "
                    "and its branch",
                    ids=(str(organisation.id), *every),
                    location=narrow.location,
                    other_location=wide.location,
                    fix="find out which of them signs and which is met, and make two records where they are two",
                )
                break


def _written(portfolio: Portfolio, called: _Called, varied: set[_Form]) -> Iterator[Finding]:
    """Yield the finding on a name that is written in several ways; names that vary in their words are left out."""
    by_letters: dict[str, dict[str, _Form]] = {}
    for form in (*called.own, *(each for each in called.others if each not in varied)):
        by_letters.setdefault("".join(words_of(form.text)), {}).setdefault(form.text, form)
    groups = [tuple(each.values()) for each in by_letters.values() if len(each) > 1] or _accents(portfolio, called)
    if groups:
        yield Finding(
            code="name-writing-varies",
            severity="hint",
            message=f"{_label(called)} is written {'; '.join(' and '.join(map(str, each)) for each in groups)}",
            ids=(str(called.party.id),),
            location=groups[0][0].location,
            other_location=groups[0][1].location,
            fix="choose one way of writing it and keep to it",
        )


def _varied(called: _Called, pairs: list[tuple[_Form, _Form]], severity: Severity, verb: str, *, code: str) -> Finding:
    own = pairs[0][0]
    others = [other for _, other in pairs]
    named = " and ".join(map(str, others[:_SHOWN])) + (f" and {len(others) - _SHOWN} more" if others[_SHOWN:] else "")
    return Finding(
        code=code,
        severity=severity,
        message=f"{own} {verb} {named}{_in_one_row(own, others)}",
        ids=(str(called.party.id),),
        location=others[0].location,
        other_location=own.location,
        fix=_ASK,
    )


def _in_one_row(own: _Form, others: list[_Form]) -> str:
    """Return the remark that two names stand in one row, where they do."""
    first = {word for at in own.at for word in at.split()}
    rows = sorted({word for each in others for at in each.at for word in at.split()[:1] if word in first})
    return f", both in {', '.join(rows[:_SHOWN])}" if rows else ""


def _called(portfolio: Portfolio) -> Iterator[_Called]:
    yield from _called_of(portfolio, "partners", portfolio.partners)
    yield from _called_of(portfolio, "organisations", portfolio.organisations)


def _called_of(portfolio: Portfolio, stem: str, parties: Iterable[Partner | Organisation]) -> Iterator[_Called]:
    met = _met(portfolio) if stem == "organisations" else {}
    for party in parties:
        at = {alias.name: (index, alias.at) for index, alias in enumerate(party.aliases)}
        short = [each.name for each in party.acronyms] + [str(party.id)] if isinstance(party, Partner) else []
        fair = [party.name, *short] if isinstance(party, Partner) else [party.name, party.short_name]
        places = {each: portfolio.place(stem, str(party.id), "aliases", str(at[each][0])) for each in at}
        places[party.name] = portfolio.place(stem, str(party.id), "name")
        own = tuple(
            _Form(each, at[each][1] if each in at else (), places.get(each, places[party.name]))
            for each in dict.fromkeys(fair)
            if each
        )
        aliases = [_Form(alias.name, alias.at, places[alias.name]) for alias in party.aliases if alias.name not in fair]
        declared = {*fair, *(each.text for each in aliases)}
        yield _Called(stem, party, own, (*aliases, *_strange(met.get(str(party.id), []), own, declared)))


def _strange(met: list[_Form], own: tuple[_Form, ...], declared: set[str]) -> Iterator[_Form]:
    """Yield whom steps say they meet, where that is clearly the party under another name that no alias declares."""
    for form in met:
        if form.text not in declared and any(
            relation(each.text, form.text) in {"spelling", "leaves out", "writing"} for each in own
        ):
            yield form


def _met(portfolio: Portfolio) -> dict[str, list[_Form]]:
    """Return what the steps of each record with one organisation say they meet, by organisation."""
    found: dict[str, list[_Form]] = {}
    for stem, row in rows_of(portfolio):
        organisations = organisations_of(row)
        for index, step in enumerate(row.steps if len(organisations) == 1 else ()):
            if step.meets:
                place = portfolio.place(stem, row.id, "steps", str(index), "meets")
                found.setdefault(organisations[0], []).append(_Form(step.meets, (str(row.id),), place))
    return found


def _nested(forms: list[_Form], scope: set[str]) -> Iterator[tuple[_Form, _Form]]:
    """Yield pairs of a form and a longer one, which has only words of the scope more."""
    begun: dict[tuple[str, ...], list[_Form]] = {}
    for form in forms:
        words = words_of(form.text)
        for size in range(1, len(words) if len(form.text) <= LONGEST else 0):
            begun.setdefault(words[:size], []).append(form)
    for wide in forms:
        short = words_of(wide.text)
        for narrow in begun.get(short, ()):
            more = {each for each in words_of(narrow.text) if each not in short and each not in STOP_WORDS}
            if more and more <= scope:
                yield wide, narrow


def _records(portfolio: Portfolio, at: tuple[str, ...]) -> set[str]:
    """Return the records that places in words name."""
    words = {word for each in at for word in each.split()}
    return {each for each in words if each in portfolio.agreement_by_id or each in portfolio.holdable_by_id}


def _accents(portfolio: Portfolio, called: _Called) -> list[tuple[_Form, ...]]:
    """Return the words of a record that stand in it with and without their accents."""
    party = called.party
    if not isinstance(party, Organisation):
        return []
    fields = {"name": party.name, "region": party.region, "description": party.description}
    met: dict[str, dict[str, _Form]] = {}
    for key, text in fields.items():
        place = portfolio.place(called.stem, str(party.id), key)
        for word in composed(text).split():
            bare = word.strip(".,;:()[]\"'").casefold()
            met.setdefault(folded(bare), {}).setdefault(bare, _Form(word.strip(".,;:()[]"), (key,), place))
    return [tuple(each.values()) for each in met.values() if len(each) > 1]


def _label(called: _Called) -> str:
    party = called.party
    return shown(party.label if isinstance(party, Organisation) else party.id, 70)
