"""The next register numbers, as one decision over the register: several agreements may be registered in one segment."""

from __future__ import annotations

from elca_docs.model.log_events import Registered
from elca_docs.model.masks import next_number, numbered
from elca_docs.model.plan import Agreement
from elca_docs.model.register import RegisterView
from elca_docs.workflows.desk import Desk


class Numbers:
    """The register numbers still to be given in one decision; starts from what the register has given."""

    def __init__(self, desk: Desk, view: RegisterView) -> None:
        """Begin after the highest count of each series."""
        self._project = desk.portfolio.project
        self._year = f"{desk.today.year:04}"
        self._given = dict(view.series)

    def give(self, agreement: Agreement, reference: str) -> Registered:
        """Return the event that gives the next number of the agreement's series, and use it up."""
        series = self._project.register_mask.series(
            **{
                "acronym": self._project.acronym,
                "grant": self._project.grant_number,
                "class": agreement.class_,
                "partner": agreement.responsible[0],
                "year": self._year,
            }
        )
        seq = next_number(series, self._given)
        self._given[series] = seq
        return Registered(reference=reference, number=numbered(series, seq), series=series, seq=seq)
