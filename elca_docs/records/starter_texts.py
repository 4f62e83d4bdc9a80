"""The first records of a new project as text: what each file is for, and one example to uncomment. Data only.

`$…` are places that `starters` fills. Lines between "# Example:" and the end of a file are an example behind `# `; a
test takes the marks away and reads all examples together, so that none of them can be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping

PROJECT = """\
# The project itself. Everything behind a # is a remark for you; the program passes over it.
# Write days as 2030-10-25 and months as 2030-10. Leave out what you do not know.

title: $title
acronym: $acronym
grant_number: $grant
start: $start
duration_months: $months
language: en
time_zone: UTC # for example Europe/Brussels: it decides when a day ends

# How agreements and signed copies are numbered. Change this before the first draft, not after it.
reference_mask: "{acronym}-{class}-{partner}-{seq:03}"
register_mask: "R-{year}-{seq:03}"

# The kinds of agreement. `template` is the Word file in templates/agreements/. In the first class the responsible
# partners sign with the counterparts; in the second two counterparts, such as companies, sign with each other.
classes:
  - id: CA
    title: Cooperation Agreement
    plural: Cooperation agreements
    titles:
      es: Acuerdo de cooperación
    template: cooperation
    parties: partners and counterparts
  - id: BA
    title: Business Agreement
    plural: Business agreements
    titles:
      es: Acuerdo comercial
    template: business
    parties: counterparts

# Example:
# programme: Name of the funding programme
# work_packages:
#   - id: WP1
#     title: Title of the work package
#     leader: $partner
#     first_month: 1
#     last_month: $months
# reporting_periods:
#   - id: P1
#     first_day: $start
#     last_day: $end
#     report_within_days: 60
# agencies:
#   - text: Full name of the funding agency
#     short: ABC
# disclaimers:
#   - text: This text gives the view of its authors; the {agency} is not responsible for the use made of it.
# funding_statements:
#   - text: Funded by {programme}, grant agreement No {grant}.
# sectors:
#   - id: example-sector
#     name: An example sector
#     beyond_mobility: true
"""

PARTNERS = """\
# The members of the consortium. The id stands in references and flags and never changes.
# The first partner was taken as the coordinator: move that line if it is another one.
# Fill in `legal` before the first draft: an agreement cannot be signed without it.

$partners
# Fields of a partner, to be put below its name, two spaces in:
#   country: DE
#   language: es
#   legal:
#     name: Full official name
#     form: association
#     registration_number: "0001"
#     address:
#       lines: [Street and number]
#       city: City
#       postcode: "00001"
"""

INDICATORS = """\
# What the project promised. `rule` says what counts; the figures are computed, nobody types one.
# counts: agreements (with classes), events (with kinds), contacts, duties or sectors.
# distinct_by: record, organisation or sector: of what a second one does not count.

$indicators
"""

NO_INDICATORS = """\
# Example:
# - id: KPI 1
#   title: Cooperation agreements signed
#   target: 3
#   per_partner:
#     $partner: 1
#   rule:
#     counts: agreements
#     classes: [CA]
#     distinct_by: organisation
#     proof: [signed-copy]
"""

OTHERS: Mapping[str, str] = {
    "organisations": """\
# Counterparts: clusters, networks, agencies and companies outside the consortium. One record for each, however many
# agreements and events name it.

# Example:
# - id: example-network
#   name: Example Network (fictitious)
#   short_name: Example Network
#   kind: network
#   country: SE
#   language: en
#   legal:
#     name: Example Network, full official name (fictitious)
#     form: association
#     registration_number: "0002"
#     address:
#       lines: [1 Example Street]
#       city: Exampletown
#       postcode: "00002"
# - id: example-company
#   name: Example Company (fictitious)
#   kind: company
""",
    "people": """\
# Signatories and contact points, by ids that tell nobody's name. Personal data: keep this file out of version control.
# A contact with an e-mail address receives the reminders.

# Example:
# - id: p01
#   of: $partner
#   name: Forename Surname
#   function: Director
#   email: name@example.org
#   signs: true
#   contact: true
""",
    "agreements": """\
# The agreements you plan. Nobody types a status: it is computed from what is sent and what comes back signed.
# `slots: n` stands for n agreements whose counterpart is not known yet; `fills` says which slot a new one takes.

# Example:
# - id: CA-01
#   class: CA
#   responsible: [$partner]
#   counterparts: [example-network]
#   mission: example-mission
#   expected: $month
#   areas: [joint training, joint stands at fairs]
# - id: CA-SLOTS
#   class: CA
#   responsible: [$partner]
#   slots: 2
""",
    "contacts": """\
# Planned contacts with networks, with the steps of each.

# Example:
# - id: C-01
#   organisation: example-network
#   responsible: [$partner]
#   steps:
#     - what: First call
#       date: $month
#       place: digital
""",
    "events": """\
# Meetings, workshops and matchmaking events. An event counts once its proof is registered. The kinds are your own
# words; the indicators say which of them they count.

# Example:
# - id: WS-01
#   kind: workshop
#   title: Example workshop
#   responsible: [$partner]
#   organisations: [example-company]
#   expected: $month
#   place: Exampletown
""",
    "missions": """\
# Missions abroad, with the month by which their agreements and events are due.

# Example:
# - id: example-mission
#   name: Example mission
#   deadline: $month
""",
    "timeline": """\
# Months with what is due by their end, and duties that follow from the grant agreement.

# Example:
# months:
#   - month: 1
#     activities:
#       - id: M1-1
#         what: Kick-off meeting
#         done_by: record
#         responsible: [$partner]
# duties:
#   - id: DUTY-1
#     what: Deliver the templates of the agreements
#     responsible: [$partner]
#     due: $month
""",
    "statements": """\
# Numbers that stand in your documents, so that `invoke check` can compare them with the records.

# Example:
# - id: partners
#   place: Grant agreement, page 1
#   what: Partners
#   value: $count
#   rule: partners
""",
    "accepted": """\
# Findings of `invoke check` that are known and meant to be so: code, records, reason, who, and when.

# Example:
# - code: target-unnamed
#   ids: [KPI 1]
#   reason: The counterparts will be named after the first mission.
#   by: p01
#   on: $start
""",
}

PLAN = """\
# A document that `invoke build` compiles from the records. Change title and sections as you like; a section may name a
# Markdown file with your own text: narrative: introduction.md, in the folder deliverables/PLAN/.

id: PLAN
kind: plan
title: Plan of agreements and events
template: plan
# What the cover shows; `invoke check` reminds you of what is still missing.
cover:
  lead: $partner
  # deliverable_type: R
  # dissemination: PU
  # due_month: $months
  # submitted_on: $end
  # version: "1.0"
  # author: Name of the organisation that writes it
sections:
  - heading: Partners
    tables:
      - of: partners
        caption: Partners
  - heading: Indicators
    tables:
      - of: indicators
        caption: Indicators and targets
  - heading: Agreements
    tables:
      - of: agreements
        caption: Planned agreements
        classes: [CA, BA]
  - heading: Events
    tables:
      - of: events
        caption: Planned events
  - heading: Timeline
    tables:
      - of: timeline
        caption: Timeline
"""
