"""Findings on parties whose mandatory fields are empty, those that most drafts wait for first.

What is mandatory is decided by the field table of `context`, and nowhere else: each named agreement is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from elca_docs.model.findings import Finding
from elca_docs.model.missing import Missing
from elca_docs.model.parties import Partner
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.text import counted, shown


@dataclass(slots=True)
class _Lack:
    """What one record of a party lacks, and the agreements that wait for it."""

    fields: dict[tuple[str, str], Missing] = field(default_factory=dict)
    agreements: dict[str, None] = field(default_factory=dict)


def party_data_is_missing(portfolio: Portfolio) -> Iterator[Finding]:
    """Every party of a named agreement has the fields that a parties block needs; the widest gap comes first."""
    lacks = _lacks(portfolio)
    ranked = sorted(lacks.items(), key=lambda pair: (-len(pair[1].agreements), -len(pair[1].fields), pair[0]))
    for rank, (party, lack) in enumerate(ranked):
        stem = "partners" if party in portfolio.partner_by_id else "organisations"
        label = _label(portfolio, party)
        count, drafts = len(lack.fields), counted(len(lack.agreements), "draft")
        yield Finding(
            code="missing-party-data",
            severity="warning",
            message=f"{label} lacks {counted(count, 'mandatory field')}, which {drafts} cannot do without",
            ids=(party,),
            location=portfolio.place(stem, party),
            fix=f"fill {label}'s own {counted(count, 'field')}{' first' if rank == 0 else ''}: used in {drafts} "
            f"({_keys(lack)})",
        )


def _lacks(portfolio: Portfolio) -> dict[str, _Lack]:
    from elca_docs.context import context_of

    lacks: dict[str, _Lack] = {}
    for agreement in portfolio.agreements:
        if agreement.is_slot or agreement.id in portfolio.replaced:
            continue
        parties = portfolio.parties_of(agreement)
        context = context_of(portfolio, agreement, reference="", version=1, as_of=portfolio.project.end)
        for missing in context.missing:
            party = parties[_index(missing.field)]
            lack = lacks.setdefault(party.legal.signs_through or party.id, _Lack())
            lack.fields.setdefault((missing.record, missing.key), missing)
            lack.agreements[agreement.id] = None
    return lacks


def _keys(lack: _Lack) -> str:
    """Return the keys to write, by the file they belong to."""
    by_file: dict[str, list[str]] = {}
    for missing in lack.fields.values():
        by_file.setdefault(f"{missing.record.partition('/')[0]}.yaml", []).append(missing.key)
    return "; ".join(f"{file}: {', '.join(keys)}" for file, keys in by_file.items())


def _index(name: str) -> int:
    """Return the position of the party that a field such as `parties[1].address` belongs to."""
    return int(name.partition("[")[2].partition("]")[0])


def _label(portfolio: Portfolio, party: str) -> str:
    found = portfolio.party(party)
    return shown(found.id if isinstance(found, Partner) else found.label)
