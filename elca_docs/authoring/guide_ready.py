"""The paragraphs of the guide that are ready to be copied into a template. Data only; this is English.

Each was written to be pasted as it stands: a test fills every one in with the rich specimen and looks for the values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Something to copy: paragraphs, or the rows of a table below a row of headings."""

    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """Cells, each of one paragraph or more."""
    part: Literal["text", "signing", "margins"] = "text"


ENGLISH: Final = (
    Ready(
        title="The parties, a paragraph each",
        lines=(
            "{%p for party in parties %}",
            (
                "{{ party.legal_name }}, {{ party.legal_form }}, registered under {{ party.registration_number }}"
                "{% if party.register %} ({{ party.register }}){% endif %}, {{ party.address }}"
                "{% if party.vat %}, VAT number {{ party.vat }}{% endif %}, represented by {{ party.signatory.name }}, "
                "{{ party.signatory.function }}{% if party.signs_through %}, on behalf of {{ party.name }}{% endif %} "
                "(“{{ party.short_name }}”)"
            ),
            "{%p endfor %}",
        ),
    ),
    Ready(
        title="The parties, a row each",
        columns=("Party", "Who", "Represented by"),
        rows=(
            (("{%tr for party in parties %}",), ("",), ("",)),
            (
                ("{{ party.letter }}",),
                ("{{ party.legal_name }}", "{{ party.address }}"),
                ("{{ party.signatory.name }}", "{{ party.signatory.function }}"),
            ),
            (("{%tr endfor %}",), ("",), ("",)),
        ),
    ),
    Ready(
        title='Only the counterparts (or only the partners: "partner")',
        lines=(
            '{%p for party in parties if party.role == "counterpart" %}',
            "{{ party.name }}{% if party.country %} ({{ party.country }}){% endif %} is no member of the consortium.",
            "{%p endfor %}",
        ),
    ),
    Ready(
        title="A paragraph only where there is a mission",
        lines=(
            "{%p if mission %}",
            (
                "This Agreement belongs to a mission: {{ mission.name }}{% if mission.market %} (market: "
                "{{ mission.market }}){% endif %}."
            ),
            "{%p endif %}",
        ),
    ),
    Ready(
        title="Areas of cooperation, or your own words",
        lines=(
            "{%p if areas %}",
            "The Parties cooperate in these areas:",
            "{%p for area in areas %}",
            "{{ area }}",
            "{%p endfor %}",
            "{%p else %}",
            "The Parties look for areas of cooperation together.",
            "{%p endif %}",
        ),
    ),
    Ready(
        title="What single parties undertake",
        lines=(
            "{%p if commitments %}",
            "The following is undertaken:",
            "{%p for commitment in commitments %}",
            "{{ commitment.party }}: {{ commitment.what }}",
            "{%p endfor %}",
            "{%p endif %}",
        ),
    ),
    Ready(
        title="Terms, with your own wording where nothing else was agreed",
        lines=(
            (
                "This Agreement enters into force {% if terms.starts %}{{ terms.starts }}{% else %}on the day of the "
                "last signature{% endif %} and applies {% if terms.duration_months %}for {{ terms.duration_months }} "
                "months{% else %}until the Parties end it{% endif %}."
            ),
            (
                "Each Party may end it with {% if terms.notice_days %}{{ terms.notice_days }}{% else %}thirty{% "
                "endif %} days’ notice. Confidentiality lasts for {% if terms.confidentiality_years %}"
                "{{ terms.confidentiality_years }}{% else %}three{% endif %} years after the end."
            ),
            "{%p if terms.renewal %}",
            "Renewal: {{ terms.renewal }}.",
            "{%p endif %}",
            "{%p if terms.law %}",
            "Governing law: {{ terms.law }}.",
            "{%p endif %}",
            "{%p if terms.venue %}",
            "Place of jurisdiction: {{ terms.venue }}.",
            "{%p endif %}",
            "{%p if terms.subject %}",
            "The Parties do business on the following: {{ terms.subject }}.",
            "{%p endif %}",
            (
                "Signed in {% if terms.originals %}{{ terms.originals }}{% else %}two{% endif %} originals."
                "{% if terms.prevailing_language %} This language prevails: {{ terms.prevailing_language }}.{% endif %}"
            ),
        ),
    ),
    Ready(
        title="Contact points",
        lines=(
            "{%p for party in parties %}",
            (
                "{{ party.short_name }}: {% if party.contact.name %}{{ party.contact.name }}{% if "
                "party.contact.email %}, {{ party.contact.email }}{% endif %}{% else %}the person who signs for it{% "
                "endif %}"
            ),
            "{%p endfor %}",
        ),
    ),
    Ready(
        title="Parties outside the European Economic Area",
        lines=(
            "{%p for party in parties if party.country and not party.is_eea %}",
            "{{ party.short_name }} is based outside the European Economic Area ({{ party.country }}).",
            "{%p endfor %}",
        ),
    ),
    Ready(
        title="A text that is itself confidential",
        lines=(
            "{%p if agreement.confidential %}",
            "The Parties treat this text as confidential.",
            "{%p endif %}",
        ),
    ),
    Ready(
        title="Funding statement and disclaimer",
        lines=(
            "{%p if project.funding_line %}",
            "{{ project.funding_line }}",
            "{%p endif %}",
            "{%p if project.disclaimer %}",
            "{{ project.disclaimer }}",
            "{%p endif %}",
        ),
    ),
    Ready(
        title="Annexes, numbered",
        lines=(
            "{%p if annexes %}",
            "These annexes are part of the Agreement:",
            "{%p for annex in annexes %}",
            "Annex {{ loop.index }}: {{ annex }}",
            "{%p endfor %}",
            "{%p endif %}",
        ),
    ),
    Ready(
        title="A signature block for each party",
        part="signing",
        columns=("For", "Signature"),
        rows=(
            (("{%tr for party in parties %}",), ("",)),
            (
                (
                    "Party {{ party.letter }}",
                    "{{ party.legal_name }}{% if party.signs_through %} (on behalf of {{ party.name }}){% endif %}",
                ),
                (
                    "Name: {{ party.signatory.name }}",
                    "Function: {{ party.signatory.function }}",
                    "Place: ____________________",
                    "Date: _____________________",
                ),
            ),
            (("{%tr endfor %}",), ("",)),
        ),
    ),
    Ready(
        title="A line for the header",
        part="margins",
        lines=("{{ reference }} · {{ agreement.title }}{% if is_draft %} · {{ status_label }}{% endif %}",),
    ),
    Ready(
        title="A line for the footer",
        part="margins",
        lines=("{{ project.acronym }} · {{ reference }} · version {{ version }}",),
    ),
)
