"""Each partner's agenda: the report, the records, and what every agreement that is not out yet still misses.

What is missing is what `build` would list in the sheets: the same plan, without rendering a document.
"""

from __future__ import annotations

from collections.abc import Mapping

from elca_docs.context import missing_fields
from elca_docs.durable import sha256_of
from elca_docs.model.agenda import Agenda
from elca_docs.model.figures import StatusReport
from elca_docs.model.missing import MissingField
from elca_docs.model.register import RegisterView
from elca_docs.planning import Choice, Filters, chosen, plan_drafts
from elca_docs.tracking import LOOK_AHEAD, agenda_of
from elca_docs.workflows.desk import Desk


def agendas(
    desk: Desk, view: RegisterView, report: StatusReport, *, partner: str = "", days: int = LOOK_AHEAD
) -> tuple[Agenda, ...]:
    """Return the agendas of all partners in the order of the records, or of the one asked for."""
    wanted = [str(each.id) for each in desk.portfolio.partners if not partner or each.id == partner]
    missing = wanting(desk, view)
    return tuple(agenda_of(report, desk.portfolio, each, days=days, missing=missing.get(each, ())) for each in wanted)


def wanting(desk: Desk, view: RegisterView) -> Mapping[str, tuple[MissingField, ...]]:
    """Return the missing fields of all agreements that can be drafted, by the partner to ask."""
    templates = {key: sha256_of(data) for key, (_, data) in desk.workspace.agreement_templates().items()}
    choice = Choice(templates=templates, as_of=desk.as_of)
    plan = plan_drafts(desk.portfolio, view, chosen(desk.portfolio, Filters()), {}, choice)
    return missing_fields(desk.portfolio, {step.agreement: step.context for step in plan.steps if step.context})
