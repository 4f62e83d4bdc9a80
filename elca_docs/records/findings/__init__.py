"""What is true of the records, odd, and for a person to decide.

Each rule is a function from the portfolio to findings, whose first line says what would be in order. A new rule is
one such function and its name in RULES. Pure; nothing here changes, corrects or fails anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from elca_docs.errors import Location
from elca_docs.model.findings import SEVERITIES, Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.alike import (
    names_end_in_a_word,
    names_hold_no_other,
    names_of_two_differ,
)
from elca_docs.records.findings.cells import (
    brackets_are_closed,
    counterparts_are_described,
    covers_are_complete,
    events_have_expectations,
    indicators_are_described,
    rows_have_steps,
)
from elca_docs.records.findings.date_prints import (
    printed_dates_are_those_of_the_record,
    printed_dates_have_one_reading,
    printed_dates_have_one_style,
    printed_months_are_names,
)
from elca_docs.records.findings.deadlines import (
    agreements_before_their_mission,
    dates_after_the_timeline,
    dates_after_their_mission,
)
from elca_docs.records.findings.identity import (
    agencies_are_those_of_the_day,
    agencies_bear_their_official_name,
    grant_numbers_are_not_confused,
)
from elca_docs.records.findings.journeys import (
    missions_are_stated,
    missions_have_one_name,
    missions_meet_somebody,
    missions_open_markets,
)
from elca_docs.records.findings.missing import party_data_is_missing
from elca_docs.records.findings.months import (
    activities_outside_their_work_package,
    dates_outside_the_project,
    tasks_outside_their_work_package,
)
from elca_docs.records.findings.names import (
    acronyms_of_a_partner_agree,
    names_are_not_shared,
    the_project_has_no_namesake,
)
from elca_docs.records.findings.omissions import (
    activities_have_records,
    countries_of_partners_have_a_contact,
    plans_are_printed,
    plans_have_a_deadline,
    windows_are_dated,
)
from elca_docs.records.findings.overlaps import (
    descriptions_name_only_their_own,
    organisations_feed_one_indicator,
    rows_are_about_one_organisation,
)
from elca_docs.records.findings.relations import (
    counterparts_are_not_of_the_project,
    counterparts_are_not_related,
    counterparts_do_not_share_a_network,
    international_events_cross_a_border,
)
from elca_docs.records.findings.sequence import (
    events_after_missions_fit,
    first_contacts_agree,
    networks_are_contacted_before_missions,
    signatures_follow_a_meeting,
    signatures_follow_the_template,
    tenses_are_told,
)
from elca_docs.records.findings.shares import (
    duties_have_an_owner,
    loads_are_even,
    participants_have_a_part,
    partners_have_what_they_owe,
    shared_rows_say_who_does_what,
    slots_are_divided,
    targets_are_divided,
)
from elca_docs.records.findings.targets import (
    counted_kinds_are_planned,
    plans_are_counted,
    plans_exceed_targets,
    targets_are_named,
    targets_are_planned,
)
from elca_docs.records.findings.titles import (
    numbers_mean_one_thing,
    phrases_are_written_alike,
    titles_of_a_table_agree,
    words_have_one_spelling,
)
from elca_docs.records.findings.totals import totals_differ, totals_repeated
from elca_docs.records.findings.undated import (
    dates_stand_in_the_timeline,
    months_have_activities,
    places_are_told,
    steps_are_dated,
)
from elca_docs.records.findings.unused import acceptance_key, narratives_are_used, unused_acceptances
from elca_docs.records.findings.variants import names_do_not_vary, names_have_one_scope
from elca_docs.records.findings.venues import meetings_have_one_place

Rule = Callable[[Portfolio], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    totals_differ,
    totals_repeated,
    plans_exceed_targets,
    targets_are_planned,
    targets_are_named,
    plans_are_counted,
    counted_kinds_are_planned,
    activities_outside_their_work_package,
    tasks_outside_their_work_package,
    dates_outside_the_project,
    dates_after_the_timeline,
    dates_after_their_mission,
    agreements_before_their_mission,
    # Shares, double counting and coverage of the plan.
    descriptions_name_only_their_own,
    organisations_feed_one_indicator,
    rows_are_about_one_organisation,
    shared_rows_say_who_does_what,
    slots_are_divided,
    targets_are_divided,
    partners_have_what_they_owe,
    participants_have_a_part,
    loads_are_even,
    duties_have_an_owner,
    activities_have_records,
    plans_have_a_deadline,
    plans_are_printed,
    countries_of_partners_have_a_contact,
    windows_are_dated,
    # Dates: in which order, at which place, in which month, in which print.
    signatures_follow_a_meeting,
    signatures_follow_the_template,
    networks_are_contacted_before_missions,
    events_after_missions_fit,
    first_contacts_agree,
    tenses_are_told,
    meetings_have_one_place,
    months_have_activities,
    dates_stand_in_the_timeline,
    steps_are_dated,
    places_are_told,
    printed_dates_have_one_reading,
    printed_months_are_names,
    printed_dates_are_those_of_the_record,
    printed_dates_have_one_style,
    acronyms_of_a_partner_agree,
    names_are_not_shared,
    the_project_has_no_namesake,
    names_do_not_vary,
    names_have_one_scope,
    names_hold_no_other,
    names_end_in_a_word,
    names_of_two_differ,
    agencies_bear_their_official_name,
    agencies_are_those_of_the_day,
    grant_numbers_are_not_confused,
    missions_have_one_name,
    missions_are_stated,
    missions_open_markets,
    missions_meet_somebody,
    titles_of_a_table_agree,
    numbers_mean_one_thing,
    phrases_are_written_alike,
    words_have_one_spelling,
    indicators_are_described,
    counterparts_are_described,
    rows_have_steps,
    events_have_expectations,
    covers_are_complete,
    brackets_are_closed,
    counterparts_are_not_related,
    counterparts_are_not_of_the_project,
    counterparts_do_not_share_a_network,
    international_events_cross_a_border,
    party_data_is_missing,
    narratives_are_used,
)
RANKED: frozenset[Rule] = frozenset({party_data_is_missing})
"""Rules whose own order says what to do first; the findings of all others are sorted by place."""


def findings_of(portfolio: Portfolio) -> tuple[Finding, ...]:
    """Return all findings, sorted by severity, code and place; those that accepted.yaml names carry the reason."""
    reasons = {acceptance_key(each.code, each.ids): each.reason for each in portfolio.accepted}
    ordered: list[tuple[tuple[int, str, int, Location, str], Finding]] = []
    for rule in RULES:
        for rank, finding in enumerate(rule(portfolio)):
            accepted = reasons.get(acceptance_key(finding.code, finding.ids), "")
            key = _order(finding, rank if rule in RANKED else 0)
            one_line = " ".join(finding.message.split())
            ordered.append((key, replace(finding, message=one_line, accepted=accepted)))
    unused = unused_acceptances(portfolio, [finding for _, finding in ordered])
    ordered.extend((_order(finding, 0), finding) for finding in unused)
    return tuple(finding for _, finding in sorted(ordered, key=lambda pair: pair[0]))


def _order(finding: Finding, rank: int) -> tuple[int, str, int, Location, str]:
    place = finding.location or Location("")
    return (SEVERITIES.index(finding.severity), finding.code, rank, place, finding.message)
