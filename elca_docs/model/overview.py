"""Everything that a page on the whole project shows, gathered: values between stages, without layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from elca_docs.model.agenda import Agenda
from elca_docs.model.figures import StatusReport
from elca_docs.model.findings import Finding
from elca_docs.model.lives import LifeStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Where the project stands, what each partner is asked for, what became of each agreement, and what is odd.

    `findings` are the open ones by the title of their theme; `missions` one row per mission, by the name of the column;
    `lives` by the id of the agreement or amendment.
    """

    report: StatusReport
    agendas: tuple[Agenda, ...] = ()
    findings: tuple[tuple[str, tuple[Finding, ...]], ...] = ()
    lives: Mapping[str, tuple[LifeStep, ...]] = field(default_factory=dict)
    missions: tuple[Mapping[str, str], ...] = ()
