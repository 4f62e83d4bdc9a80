"""What must hold across records before anything is made of them; whatever breaks it is a problem to mend.

Each rule is a function from what was gathered to problems, and its first line says what holds. A new rule is one such
function and its name in RULES. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from elca_docs.errors import Problem
from elca_docs.records.gathered import Gathered
from elca_docs.records.rules.calendar import (
    ranges_of_days_run_forward,
    ranges_of_months_run_forward,
    reports_are_about_the_project,
    single_months_are_months,
    the_counting_window_opens_before_it_closes,
    the_project_lasts,
    the_time_zone_exists,
)
from elca_docs.records.rules.files import (
    headings_have_a_level,
    narratives_are_there,
    numbers_are_short_enough,
    numbers_can_be_file_names,
    references_fit_the_code_on_each_page,
    templates_and_folders_are_plain_names,
    workbooks_have_names_of_their_own,
)
from elca_docs.records.rules.ids import (
    ids_are_given_once,
    ids_are_not_shared_by_kinds,
    ids_differ_by_more_than_case,
)
from elca_docs.records.rules.links import named_records_exist, statements_name_a_rule_and_what_it_takes
from elca_docs.records.rules.parties import (
    agreements_have_counterparts_or_slots,
    agreements_have_enough_parties,
    commitments_are_by_parties,
    fillings_fit_their_slot,
    nobody_stands_twice,
    replacements_end,
    slots_are_a_sensible_number,
)

Rule = Callable[[Gathered], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    ids_are_given_once,
    ids_differ_by_more_than_case,
    ids_are_not_shared_by_kinds,
    named_records_exist,
    statements_name_a_rule_and_what_it_takes,
    agreements_have_counterparts_or_slots,
    agreements_have_enough_parties,
    nobody_stands_twice,
    commitments_are_by_parties,
    slots_are_a_sensible_number,
    fillings_fit_their_slot,
    replacements_end,
    the_project_lasts,
    the_time_zone_exists,
    the_counting_window_opens_before_it_closes,
    ranges_of_months_run_forward,
    single_months_are_months,
    ranges_of_days_run_forward,
    reports_are_about_the_project,
    templates_and_folders_are_plain_names,
    numbers_can_be_file_names,
    references_fit_the_code_on_each_page,
    numbers_are_short_enough,
    workbooks_have_names_of_their_own,
    narratives_are_there,
    headings_have_a_level,
)


def broken_rules(gathered: Gathered) -> Iterator[Problem]:
    """Yield what every rule finds, in the order of the rules."""
    for rule in RULES:
        yield from rule(gathered)
