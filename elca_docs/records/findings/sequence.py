"""Findings on what comes before what: meeting before signature, template before agreement, contact before mission.

Months are compared, since most plans know no days; where both dates are days, the days are.
"""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.model.findings import Finding
from elca_docs.model.plan import Agreement, Duty, Mission
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import month_end, month_index
from elca_docs.model.values import Expected
from elca_docs.records.findings.months import timeline_packages
from elca_docs.records.findings.occasions import (
    Occasion,
    dated_occasions,
    first_of,
    month_of,
    named_rows,
    occasions_of,
    organisations_of,
)
from elca_docs.records.findings.words import joined, words_of
from elca_docs.records.text import counted

_SIGNING = ("sign", "firma", "unterzeich", "unterschr", "podpis")
"""How words on signing begin (en, es and it, de, pl): such a step is no meeting that comes before a signature."""


def signatures_follow_a_meeting(portfolio: Portfolio) -> Iterator[Finding]:
    """Nobody is expected to sign before, or in the very month of, the first dated meeting or contact with them."""
    first = first_of(pair for pair in dated_occasions(portfolio) if not _is_signing(pair[1]))
    for stem, row in named_rows(portfolio):
        met = [first[each] for each in row.counterparts if each in first] if isinstance(row, Agreement) else []
        if not isinstance(row, Agreement) or not row.expected or not met:
            continue
        when, occasion = min(met, key=lambda pair: pair[0])
        if _not_after(row.expected, when):
            same = month_of(row.expected) == month_of(when)
            yield Finding(
                code="before-contact",
                severity="warning",
                message=f"agreement {row.id} is expected in {row.expected}, {'the month of' if same else 'before'} "
                f"the first dated meeting with its counterpart "
                f"({'its own step' if occasion.row.id == row.id else occasion.row.id}, {when})",
                ids=tuple(dict.fromkeys((str(row.id), str(occasion.row.id)))),
                location=portfolio.place(stem, row.id, "expected"),
                other_location=portfolio.place(*occasion.path, "date"),
                fix="move one of the two dates, or date an earlier contact",
            )


def signatures_follow_the_template(portfolio: Portfolio) -> Iterator[Finding]:
    """No agreement is expected before the month in which a duty delivers its template."""
    due = {name: duty for duty in portfolio.timeline.duties for name in _templates(portfolio, duty)}
    early: dict[str, list[Agreement]] = {}
    for agreement in portfolio.agreements:
        duty = due.get(portfolio.class_by_id[agreement.class_].template)
        if duty and duty.due and agreement.expected and month_of(agreement.expected) < month_of(duty.due):
            early.setdefault(str(duty.id), []).append(agreement)
    for duty in portfolio.timeline.duties:
        if agreements := early.get(str(duty.id)):
            yield Finding(
                code="before-template",
                severity="warning",
                message=f"{counted(len(agreements), 'agreement is', 'agreements are')} expected before their template "
                f"is due ({duty.id}, {duty.due}): {joined(f'{each.id} ({each.expected})' for each in agreements[:12])}",
                ids=(str(duty.id), *(str(each.id) for each in agreements)),
                location=portfolio.place("agreements", agreements[0].id, "expected"),
                other_location=portfolio.place("timeline", "duties", duty.id, "due"),
                fix="move the agreements, or deliver the template earlier",
            )


def networks_are_contacted_before_missions(portfolio: Portfolio) -> Iterator[Finding]:
    """The first dated step of a contact comes before the mission of its organisation, or before the first of all."""
    missions = [(each.deadline, each) for each in portfolio.missions if each.deadline]
    earliest = min(missions, key=lambda pair: pair[0], default=None)
    of_organisation = _missions_of(portfolio)
    for contact in portfolio.contacts:
        dates = [(step.date, index) for index, step in enumerate(contact.steps) if step.date]
        target = of_organisation.get(contact.organisation, earliest)
        if not dates or target is None:
            continue
        (when, index), (deadline, mission) = min(dates), target
        if _not_after(deadline, when):
            same = month_of(deadline) == month_of(when)
            yield Finding(
                code="contact-after-mission",
                severity="warning",
                message=f"the first dated step with {contact.organisation} ({contact.id}) is in {when}, "
                f"{'the month of' if same else 'after'} the mission {mission.id} ({deadline})",
                ids=(str(contact.id), str(mission.id)),
                location=portfolio.place("contacts", contact.id, "steps", str(index), "date"),
                other_location=portfolio.place("missions", mission.id, "deadline"),
                fix="contact them earlier, or name the later mission they are meant for in their agreement or event",
            )


def events_after_missions_fit(portfolio: Portfolio) -> Iterator[Finding]:
    """What a document sets after the missions (rule `after-missions`) still lies in the work package of the plan."""
    deadlines = [(each.deadline, each) for each in portfolio.missions if each.deadline]
    for statement in portfolio.statements if deadlines else ():
        deadline, mission = max(deadlines, key=lambda pair: pair[0])
        month = month_index(portfolio.project.start, deadline.last_day)
        for package in timeline_packages(portfolio) if statement.rule == "after-missions" else ():
            if package.last_month and month >= package.last_month:
                ends = month_end(portfolio.project.start, package.last_month)
                yield Finding(
                    code="after-work-package",
                    severity="error",
                    message=f"{statement.place} sets {joined(statement.of)} after the missions ('{statement.text}'); "
                    f"the last one, {mission.id}, is due in M{month} ({deadline}), and {package.id} ends with "
                    f"M{package.last_month} ({ends})",
                    ids=(str(statement.id), str(package.id), str(mission.id)),
                    location=portfolio.place("statements", statement.id),
                    other_location=portfolio.place("project", "work_packages", package.id),
                    fix="hold them between the missions, or prolong the work package where the grant agreement says so",
                )


def first_contacts_agree(portfolio: Portfolio) -> Iterator[Finding]:
    """What is told as past has a date, where another record plans the first dated contact with the same body."""
    first = first_of(dated_occasions(portfolio))
    told: set[tuple[str, str]] = set()
    for occasion in occasions_of(portfolio):
        past = occasion.step and not occasion.when and occasion.step.stated_as.casefold().startswith("past")
        for organisation in occasion.organisations if past else ():
            when, other = first.get(organisation, (None, occasion))
            if other.row.id != occasion.row.id and (occasion.row.id, organisation) not in told:
                told.add((occasion.row.id, organisation))
                yield Finding(
                    code="first-contact-unclear",
                    severity="warning",
                    message=f"{occasion.row.id} tells '{occasion.what}' with {organisation} as past, without a date, "
                    f"and {other.row.id} has the first dated contact with it in {when}",
                    ids=(str(occasion.row.id), str(other.row.id)),
                    location=portfolio.place(*occasion.path),
                    other_location=portfolio.place(*other.path),
                    fix="date what has happened, and correct the record that came to tell of the first contact",
                )


def tenses_are_told(portfolio: Portfolio) -> Iterator[Finding]:
    """A record that says of some steps whether they are planned or past says so of every dated one."""
    for stem, row in named_rows(portfolio):
        open_ones = [index for index, step in enumerate(row.steps) if step.date and not step.stated_as]
        if open_ones and any(step.stated_as for step in row.steps):
            step = row.steps[open_ones[0]]
            yield Finding(
                code="tense-open",
                severity="hint",
                message=f"{row.id} tells some steps as planned or past, and leaves it open of '{step.what}' "
                f"({step.date})",
                ids=(str(row.id),),
                location=portfolio.place(stem, row.id, "steps", str(open_ones[0])),
                fix="add 'stated_as: planned' or 'stated_as: past' to it",
            )


def _is_signing(occasion: Occasion) -> bool:
    return any(word.startswith(_SIGNING) for word in words_of(occasion.what))


def _not_after(one: Expected, other: Expected) -> bool:
    """Whether a date is not later than another one, as far as their precision tells."""
    if one.day and other.day:
        return one <= other
    return month_of(one) <= month_of(other)


def _templates(portfolio: Portfolio, duty: Duty) -> list[str]:
    """Return the templates that a duty with a date delivers: those it names, or all; none where it speaks of none."""
    said = words_of(f"{duty.what} {duty.purpose}")
    if not duty.due or "template" not in said:
        return []
    every = list(dict.fromkeys(each.template for each in portfolio.project.classes))
    return [each for each in every if words_of(each) <= said] or every


def _missions_of(portfolio: Portfolio) -> dict[str, tuple[Expected, Mission]]:
    """Return the first mission of each organisation, by the agreements and events that belong to one."""
    found: dict[str, tuple[Expected, Mission]] = {}
    for _, row in named_rows(portfolio):
        mission = portfolio.mission_by_id.get(getattr(row, "mission", None) or "")
        if mission is None or mission.deadline is None:
            continue
        for each in organisations_of(row):
            if each not in found or mission.deadline < found[each][0]:
                found[each] = (mission.deadline, mission)
    return found
