"""Two made-up agreements that a template is tried on: a rich one, and the sparsest that the records allow.

They are records like any others, read and turned into values by the rooms that do so for real ones; so a specimen
always has every field of the table, and a record that nobody could write is no specimen either. Knows no template.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from string import Template
from typing import Final, Literal

from elca_docs.authoring.specimen_records import RICH, SPARSE
from elca_docs.authoring.specimen_texts import TEXTS
from elca_docs.context import context_of
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.values import LANGUAGES
from elca_docs.records import read_portfolio

SpecimenKind = Literal["rich", "sparse"]
SPECIMENS: Final[tuple[SpecimenKind, ...]] = ("rich", "sparse")
_RECORDS: Final[Mapping[SpecimenKind, Mapping[str, str]]] = {"rich": RICH, "sparse": SPARSE}
_REFERENCES: Final = {
    ("rich", False): "SAMPLE-CO-NORTE-001",
    ("rich", True): "SAMPLE-BU-NORTE-001",
    ("sparse", False): "S-CO-X-001",
    ("sparse", True): "S-BU-X-001",
}
_AS_OF: Final = date(2030, 6, 1)
_FALLBACK: Final = "en"


def preview_context(
    kind: SpecimenKind, language: str = _FALLBACK, *, among_counterparts: bool = False
) -> Mapping[str, object]:
    """Return what a template sees of a specimen, with every field of the table.

    Args:
        kind: In the rich one nothing is missing, names are long and accented, and three parties sign. The sparse one
            has two parties, names of one letter, and `Missing` for whatever records may leave out.
        language: That of the document, as two letters. Texts of the records are in English, Spanish or Polish.
        among_counterparts: Counterparts sign among themselves, as the class of business agreements says; the partner is
            no party then, and has neither number nor letter, not even in the rich one.
    """
    portfolio = preview_portfolio(kind, language)
    found = context_of(
        portfolio,
        portfolio.agreement_by_id["BU" if among_counterparts else "CO"],
        reference=_REFERENCES[kind, among_counterparts],
        version=1,
        as_of=_AS_OF,
        language=language,
    )
    return found.values


@lru_cache(maxsize=16)
def preview_portfolio(kind: SpecimenKind, language: str = _FALLBACK) -> Portfolio:
    """Return the records of a specimen: an agreement of a partner and a counterpart, and one among counterparts."""
    texts = {name: json.dumps(text, ensure_ascii=False) for name, text in TEXTS.get(language, TEXTS[_FALLBACK]).items()}
    texts["language"] = language if language in LANGUAGES else _FALLBACK
    files = {name: Template(text).substitute(texts).encode() for name, text in _RECORDS[kind].items()}
    reading = read_portfolio(files)
    if reading.portfolio is None:  # pragma: no cover - a test reads every specimen there is
        message = f"the {kind} specimen cannot be read: {reading.problems}"
        raise AssertionError(message)
    return reading.portfolio
