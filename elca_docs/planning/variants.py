"""Which language variant of a template an agreement takes. Pure."""

from __future__ import annotations

from collections.abc import Collection

from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio


def language_of(portfolio: Portfolio, agreement: Agreement) -> str:
    """Return the language of an agreement's own document."""
    return agreement.language or portfolio.project.language


def template_of(
    portfolio: Portfolio, agreement: Agreement, language: str, templates: Collection[tuple[str, str]]
) -> tuple[str, str] | None:
    """Return the key of the template for a language, if there is one; the plain name serves the project's language."""
    name = portfolio.class_by_id[agreement.class_].template
    keys = [(name, language)] + ([(name, "")] if language == portfolio.project.language else [])
    return next((key for key in keys if key in templates), None)
