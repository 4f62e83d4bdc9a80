"""What one partner should look at on a day: its part of the figures, what is overdue, waiting, due, missing, and next.

Decisions held here and nowhere else:
- Each open thing stands in exactly one list, however long it is overdue and however often anybody was reminded:
  overdue, else without a name, else waiting for signatures, else due, else next. `overdue` is what the status report
  says, so that a mail and a table never differ.
- An agreement, a duty or an activity is due by its last possible day; an event or a contact from its first one, because
  what takes place "in October" is on the desk all of October.
- The free places of a slot record are one line with their number.
- What is shared stands with each partner; what has no partner stands with the coordinator, and says so.

Pure: a report, the records and a number of days go in. May not compute a status, and words nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from elca_docs.model.agenda import HAPPENINGS, Agenda, AgendaLine, Matter, Share
from elca_docs.model.figures import AgreementStatus, HeldStatus, StatusReport
from elca_docs.model.missing import MissingField
from elca_docs.model.plan import Event
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.rows import agreements_of, held_of, over, proven, reached
from elca_docs.tracking.credit import credited
from elca_docs.tracking.figures import tally_of
from elca_docs.tracking.naming import natural, party_label

LOOK_AHEAD: Final = 30
"""Days that count as soon, unless a person asks for others."""
_OUT: Final = frozenset({"sent", "partly signed"})
_MATTERS: Final[dict[str, Matter]] = {"contact": "contact", "duty": "duty", "activity": "activity"}


def agenda_of(
    report: StatusReport,
    portfolio: Portfolio,
    partner: str,
    *,
    days: int = LOOK_AHEAD,
    missing: Sequence[MissingField] = (),
) -> Agenda:
    """Return the agenda of a partner as of the report's day; `days` is how far ahead something counts as due.

    `missing` are the fields that this partner is asked for, the most wanted first.
    """
    known = portfolio.partner_by_id[partner]
    language = str(known.language or portfolio.project.language)
    until = later(report.as_of, days)
    lines = grouped(_lines(report, portfolio, partner, language))
    sorted_lines: dict[str, list[AgendaLine]] = {}
    for line in lines:
        sorted_lines.setdefault(_list_of(line, until), []).append(line)
    return Agenda(
        partner=partner,
        name=known.name,
        language=language,
        project=portfolio.project.acronym,
        grant_number=portfolio.project.grant_number,
        as_of=report.as_of,
        as_of_note=report.as_of_note,
        until=until,
        mine=tuple(_shares(report, portfolio, partner)),
        missing=tuple(missing),
        **{name: tuple(sorted(found, key=_order)) for name, found in sorted_lines.items()},
    )


def later(day: date, days: int) -> date:
    """Return the day that lies some days ahead, or the last one that a calendar can name."""
    return day + timedelta(days=max(0, min(days, (date.max - day).days)))


def held_line(portfolio: Portfolio, row: HeldStatus) -> AgendaLine:
    """Return what can be held as a line, without the partner's view of it."""
    contact = row.kind == "contact"
    event = isinstance(portfolio.holdable_by_id.get(row.id.partition("#")[0]), Event)
    organisations = ", ".join(party_label(portfolio, each) for each in row.organisations)
    return AgendaLine(
        id=row.id,
        matter="event" if event else _MATTERS[row.kind],
        title="" if contact else row.title or row.kind.replace("-", " "),
        counterpart="" if row.is_slot else organisations,
        expected=row.expected,
        held_on=row.held_on,
        free=row.is_slot,
    )


def agreement_line(portfolio: Portfolio, row: AgreementStatus, language: str) -> AgendaLine:
    """Return an agreement as a line, without the partner's view of it; the class is named in the language asked for."""
    class_ = portfolio.class_by_id[row.class_]
    titles = {str(key): title for key, title in class_.titles.items()}
    record = portfolio.agreement_by_id.get(row.id)
    parties = tuple(dict.fromkeys(str(each.id) for each in portfolio.parties_of(record))) if record else ()
    to_sign = [each for each in parties if each not in row.signed_parties] if row.status in _OUT else []
    return AgendaLine(
        id=row.id,
        matter="agreement",
        title=titles.get(language, class_.title),
        counterpart=", ".join(party_label(portfolio, each) for each in row.counterparts),
        reference=row.reference,
        expected=row.expected,
        status=row.status,
        to_sign=tuple(party_label(portfolio, each) for each in to_sign),
        free=not row.counterparts,
    )


def grouped(lines: Iterable[AgendaLine]) -> list[AgendaLine]:
    """Return the lines with the free places of each slot record made one line, in the place of the first."""
    found: dict[tuple[str, int], AgendaLine] = {}
    for line in lines:
        key = (line.id.partition("#")[0] if line.free else line.id, line.days)
        before = found.get(key)
        found[key] = replace(before, count=before.count + 1) if before else replace(line, id=key[0])
    return list(found.values())


def _lines(report: StatusReport, portfolio: Portfolio, partner: str, language: str) -> Iterator[AgendaLine]:
    """Yield everything open that a partner answers for."""
    coordinates = portfolio.partner_by_id[partner].coordinator
    for row in report.agreements:
        if partner in row.responsible and not over(row) and not reached(row, "signed"):
            yield _seen_by(partner, row, agreement_line(portfolio, row, language), report.as_of)
    for each in report.held:
        mine = partner in each.responsible or (coordinates and not each.responsible)
        if mine and each.kind != "sector" and not proven(each):
            yield _seen_by(partner, each, held_line(portfolio, each), report.as_of)


def _seen_by(partner: str, row: AgreementStatus | HeldStatus, line: AgendaLine, as_of: date) -> AgendaLine:
    days = (as_of - row.expected.last_day).days if row.expected and row.overdue else 0
    others = tuple(each for each in row.responsible if each != partner)
    return replace(line, days=days, others=others, unowned=not row.responsible)


def _list_of(line: AgendaLine, until: date) -> str:
    """Return the name of the one list that a line belongs to."""
    if line.days:
        return "overdue"
    if line.free:
        return "unnamed"
    if line.status in _OUT:
        return "waiting"
    if line.expected is None:
        return "next"
    day = line.expected.first_day if line.matter in HAPPENINGS else line.expected.last_day
    return "due" if day <= until else "next"


def _order(line: AgendaLine) -> tuple[object, ...]:
    """Return the sort key: the longest overdue first, then by date, what has none last."""
    return (line.expected.last_day if line.expected else date.max, natural(line.id))


def _shares(report: StatusReport, portfolio: Portfolio, partner: str) -> Iterator[Share]:
    """Yield the partner's part in each indicator it has a part in, in the order of the report."""
    agreements = tuple(row for row in report.agreements if partner in row.responsible)
    held = tuple(row for row in report.held if partner in row.responsible)
    for figure in report.figures:
        indicator = portfolio.indicator_by_id[figure.id]
        own: tuple[AgreementStatus | HeldStatus, ...] = (
            *agreements_of(indicator, agreements),
            *held_of(indicator, portfolio, held),
        )
        target = indicator.per_partner.get(partner)  # type: ignore[call-overload]  # an Identifier is a str
        if not own and target is None:
            continue
        tally = tally_of(indicator, portfolio, agreements, held)
        yield Share(
            indicator=figure.id,
            title=figure.title,
            target=target,
            planned=tally.planned,
            named=tally.named,
            done=tally.done,
            counted=credited(indicator, partner, own),
            overdue=tally.overdue,
        )
