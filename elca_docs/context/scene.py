"""What every part of a context looks at, and the one maker of missing values. Private to this room."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from elca_docs.context.fields import MANDATORY
from elca_docs.context.words import Words
from elca_docs.model.missing import Missing
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Absence:
    """Where a missing value belongs: the record and the key to write, the partner to ask, whose value it is."""

    record: str
    key: str
    owner: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One agreement on one day in one language, and the mandatory values found missing so far."""

    portfolio: Portfolio
    agreement: Agreement
    as_of: date
    words: Words
    wanted: list[Missing] = field(default_factory=list)

    @property
    def leader(self) -> str:
        """The first responsible partner: who is asked for what counterparts have to supply."""
        return next(iter(self.agreement.responsible), "")

    @property
    def keeper(self) -> str:
        """The partner to ask about the project itself: the coordinator, else the first responsible partner."""
        return next((each.id for each in self.portfolio.partners if each.coordinator), self.leader)

    def missing(self, name: str, absence: Absence, *, at: str = "", required: bool = True) -> Missing:
        """Return the missing value of a field of the table; `at` is where a template finds it ("parties[0].vat").

        A mandatory one is also noted, worded in the project's language: sheets and summaries are read by officers.
        """
        found = Missing(
            label=self.words.label(name, absence.subject),
            field=at or name,
            record=absence.record,
            key=absence.key,
            owner=absence.owner,
            mandatory=required and name in MANDATORY,
        )
        if found.mandatory:
            officers = Words(self.portfolio.project.language)
            self.wanted.append(replace(found, label=officers.label(name, absence.subject)))
        return found

    def in_agreement(self, key: str, subject: str = "") -> Absence:
        """Return the absence of a key of the agreement's own record."""
        return Absence(f"agreements/{self.agreement.id}", key, self.leader, subject)

    def in_project(self, key: str) -> Absence:
        """Return the absence of a key of project.yaml."""
        return Absence("project", key, self.keeper)
