"""Every code of a finding, once: the theme it belongs to and what it says, for flags, sheets and the reference.

Nothing is found here. A rule with a new code adds a line; a test compares this list with what the rules say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from elca_docs.model.findings import SEVERITIES, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a number of codes have in common: a title, a sentence for people, and the codes with their meanings."""

    title: str
    about: str
    codes: Mapping[str, str]


THEMES: tuple[Theme, ...] = (
    Theme(
        title="Totals and targets",
        about="Numbers that a document states beside what its own tables and indicators add up to.",
        codes={
            "total-differs": "A number that a document states is not what the records give.",
            "total-repeated": "A wrong total is the right one of something else, and was copied perhaps.",
            "plan-exceeds-target": "More is planned than an indicator promises.",
            "target-unplanned": "Less is planned than an indicator promises.",
            "target-unnamed": "Part of a target is planned as places without a name.",
            "missing-partner-target": "A target is not divided among the partners, while others are.",
        },
    ),
    Theme(
        title="What counts, and for whom",
        about="Where something could count twice, not at all, or for a partner that nobody named.",
        codes={
            "counts-nowhere": "A class or kind is planned that no indicator counts.",
            "kind-without-event": "An indicator counts a kind that no event has.",
            "indicator-overlap": "The description of an indicator names what another one counts.",
            "organisation-in-several-indicators": "Organisations would count in two indicators.",
            "row-of-several": "One record stands for several organisations.",
            "shared-responsibility": "Partners share a record, and nothing says who does what.",
            "slots-undivided": "Places without a name belong to several partners at once.",
            "uneven-load": "A partner carries far more than an even share.",
            "partner-without-part": "A partner that owes a part has none.",
            "duty-without-owner": "Nobody is named for a duty.",
            "country-without-contact": "A partner's country has no contact, though contacts are sought in each.",
        },
    ),
    Theme(
        title="Months, dates and deadlines",
        about="Dates that cannot all hold, and printed dates that can be read in two ways.",
        codes={
            "outside-work-package": "A month lies outside its work package.",
            "outside-project": "A date lies outside the project.",
            "outside-timeline": "Something dated stands in no row of the timeline.",
            "after-deadline": "Something is expected after the month in which the timeline wants it.",
            "after-mission": "Something is expected after its mission.",
            "after-work-package": "What follows the missions lies outside the work package.",
            "before-mission": "An agreement is expected months before its mission.",
            "before-contact": "A signature is expected before, or with, the first contact.",
            "before-template": "A signature is expected before the template is there.",
            "contact-after-mission": "A contact is planned for after, or in, the month of the mission.",
            "first-contact-unclear": "Two records disagree on when a contact began.",
            "activity-without-plan": "Nothing is planned for an activity of the timeline.",
            "empty-months": "Months of the timeline stand empty.",
            "without-deadline": "Something planned has no date anywhere, so it can never be overdue.",
            "window-open": "A work package that an indicator names has no months.",
            "undated-steps": "Steps have no date.",
            "tense-open": "Nothing says whether dated steps are planned or past.",
            "date-ambiguous": "A printed date can be read in two ways.",
            "date-styles": "Dates are printed in many styles.",
            "month-misspelt": "The name of a month is misspelt.",
            "printed-date-differs": "A printed date is not the one in the record.",
        },
    ),
    Theme(
        title="Missions and places",
        about="Where the journeys go, what they are called, and with whom they end in an agreement.",
        codes={
            "mission-name-varies": "A mission goes by several names.",
            "mission-inferred": "The mission of some records is an inference.",
            "mission-without-market": "A mission opens none of the project's markets.",
            "market-without-mission": "A market of the project has no mission.",
            "mission-without-counterpart": "A mission has no named agreement.",
            "missing-places": "Steps or events have no place.",
            "place-differs": "One event is placed in two places.",
        },
    ),
    Theme(
        title="Names of partners and organisations",
        about="One body under several names, several under one, and names that invite confusion.",
        codes={
            "acronym-conflict": "A partner has two short forms at the same time.",
            "name-shared": "One name means two parties.",
            "name-misspelt": "A party is met under a name that differs by a few letters.",
            "name-varies": "A party is met under a name with other words.",
            "name-writing-varies": "A name is written with other capitals, hyphens or accents.",
            "name-scope-varies": "A body is printed with its region here and without it there.",
            "name-merged": "The name of an organisation holds several names.",
            "name-cut": "A name ends in a stray letter or an open bracket.",
            "names-alike": "Two bodies have names that are easily confused.",
        },
    ),
    Theme(
        title="Grant, agency and numbered objectives",
        about="What identifies the project on every document that is derived from this one.",
        codes={
            "agency-name-differs": "The agency is not printed under its official name.",
            "agency-out-of-date": "A deliverable names an agency that was not the one of the day.",
            "grant-number-near": "A number is the project's grant number but for one slip.",
            "homonym": "The project's acronym has other bearers.",
            "number-reused": "One number stands for different objectives.",
        },
    ),
    Theme(
        title="Counterparts that may not count",
        about="Agreements and meetings that an auditor could ask about; each may be in order once it is explained.",
        codes={
            "related-party": "A partner is responsible for an organisation that it is related to.",
            "member-of-namesake": "Counterparts belong to a network that bears the project's name.",
            "network-shared": "Several counterparts belong to one network.",
            "not-international": "Everybody named for an international event comes from one country.",
        },
    ),
    Theme(
        title="Cover, titles and empty cells",
        about="What a reader of the printed document misses, or finds worded in two ways.",
        codes={
            "cover-incomplete": "The cover lacks what the programme asks for.",
            "titles-differ": "One thing has two titles.",
            "phrase-varies": "A quoted phrase is written in two ways.",
            "spelling-mixed": "A word is spelt in two ways.",
            "description-empty": "Some descriptions are empty, while others are filled.",
            "steps-empty": "Some records say nothing of what is done, while others do.",
            "expectations-empty": "Some events say nothing of what is expected, while others do.",
            "bracket-open": "A bracket is not closed.",
            "printed-nowhere": "Something planned stands in no table of any deliverable.",
            "unused-narrative": "A text is printed nowhere.",
        },
    ),
    Theme(
        title="Data of the parties",
        about="What a parties block cannot do without; a document without it cannot be signed.",
        codes={"missing-party-data": "A party lacks mandatory data."},
    ),
    Theme(
        title="Acceptances",
        about="Findings that somebody accepted.",
        codes={"acceptance-unused": "An acceptance is about no finding."},
    ),
)
CODES: Mapping[str, str] = MappingProxyType({code: said for theme in THEMES for code, said in theme.codes.items()})
"""The meaning of every code."""
THEME_OF: Mapping[str, Theme] = MappingProxyType({code: theme for theme in THEMES for code in theme.codes})
"""The theme of every code."""


def by_theme(findings: Iterable[Finding]) -> tuple[tuple[Theme, Mapping[str, tuple[Finding, ...]]], ...]:
    """Return the findings of each theme that has any, in the catalogue's order, by code, the gravest code first."""
    held: dict[str, list[Finding]] = {}
    for each in findings:
        held.setdefault(each.code, []).append(each)
    gravest = {code: min(SEVERITIES.index(each.severity) for each in found) for code, found in held.items()}
    themes = (
        (theme, sorted((code for code in theme.codes if code in held), key=gravest.__getitem__)) for theme in THEMES
    )
    return tuple((theme, {code: tuple(held[code]) for code in codes}) for theme, codes in themes if codes)
