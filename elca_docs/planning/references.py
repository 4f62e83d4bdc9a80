"""The next reference of each series, as a pure decision over the folded register.

A reference is proposed by `of` and used up by `give`: a document that fails between the two leaves its number to the
next one.
"""

from __future__ import annotations

from elca_docs.model.log_events import Referenced
from elca_docs.model.masks import next_number, numbered
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView


class References:
    """The references still to be given in one decision; starts from what the register has given."""

    def __init__(self, portfolio: Portfolio, view: RegisterView, *, year: int) -> None:
        """Begin after the highest count of each series in the register; `year` fills the mask's {year}."""
        self._project = portfolio.project
        self._view = view
        self._year = f"{year:04}"
        self._given = dict(view.series)

    def of(self, agreement: Agreement) -> tuple[str, Referenced | None]:
        """Return the agreement's reference, and the event that would give it where it has none yet."""
        if known := self._view.history(agreement.id).reference:
            return known, None
        series = self._series(agreement)
        seq = next_number(series, self._given)
        reference = numbered(series, seq)
        return reference, Referenced(agreement=agreement.id, reference=reference, series=series, seq=seq)

    def give(self, agreement: Agreement) -> None:
        """Use up the number that `of` proposed."""
        series = self._series(agreement)
        self._given[series] = next_number(series, self._given)

    def _series(self, agreement: Agreement) -> str:
        return self._project.reference_mask.series(
            **{
                "acronym": self._project.acronym,
                "grant": self._project.grant_number,
                "class": agreement.class_,
                "partner": agreement.responsible[0],
                "year": self._year,
            }
        )
