"""The fields of a party, in words for template authors; `fields` sets them into the whole table. Data only."""

from __future__ import annotations

from dataclasses import replace

from elca_docs.context.field import Field, group, listing, number, text, yes_no

_LEGAL = "partners.yaml or organisations.yaml: "
_PEOPLE = "people.yaml: "

_PARTY: tuple[Field, ...] = (
    text("party.id", "Id of the record.", _LEGAL + "id", example="north"),
    number("party.number", "Place in the order of signing, from 1.", "computed", example="1"),
    text("party.letter", "The same as a letter.", "computed", example="A"),
    text("party.role", "'partner' (a member of the consortium) or 'counterpart'.", "computed", example="partner"),
    text("party.name", "Name in running text.", _LEGAL + "name", example="North Cluster"),
    text(
        "party.short_name",
        "Short name: a partner's acronym, a counterpart's short name.",
        "partners.yaml: id, organisations.yaml: short_name, else name",
        example="NORTH",
    ),
    text(
        "party.signs_through",
        "Name of the organisation that signs on its behalf, where it is no legal person itself; the legal data, the "
        "address and the signatory are then those of that organisation.",
        _LEGAL + "legal.signs_through",
        example="North Foundation",
    ),
    text(
        "party.legal_name",
        "Full official name of who signs.",
        _LEGAL + "legal.name",
        example="North Cluster Association",
        mandatory=True,
    ),
    text("party.legal_form", "Legal form.", _LEGAL + "legal.form", example="registered association", mandatory=True),
    text(
        "party.registration_number",
        "Number in the public register.",
        _LEGAL + "legal.registration_number",
        example="000123",
        mandatory=True,
    ),
    text(
        "party.register",
        "Name of the public register.",
        _LEGAL + "legal.register",
        example="Register of Associations of Sampletown",
    ),
    text(
        "party.vat",
        "VAT number; 'none' in the document's language where there is none.",
        _LEGAL + "legal.vat",
        example="XX000000000",
    ),
    text(
        "party.address",
        "Registered address in one line, with the country.",
        _LEGAL + "legal.address",
        example="1 Sample Street, 00001 Sampletown, Spain",
        mandatory=True,
    ),
    listing(
        "party.address_lines",
        "The same, one text per line.",
        _LEGAL + "legal.address",
        example="1 Sample Street · 00001 Sampletown · Spain",
    ),
    text("party.city", "City of the registered address.", _LEGAL + "legal.address.city", example="Sampletown"),
    text(
        "party.country",
        "Country, in the document's language; missing where the records only infer it.",
        _LEGAL + "country",
        example="Spain",
    ),
    text("party.country_code", "Country as two letters (ISO 3166-1).", _LEGAL + "country", example="ES"),
    yes_no(
        "party.is_eu",
        "Whether the country is a member of the European Union; missing where the country is not known.",
        "computed from the country",
        example="yes",
    ),
    yes_no(
        "party.is_eea",
        "Whether the country is in the European Economic Area, where EU data protection law applies.",
        "computed from the country",
        example="yes",
    ),
    text(
        "party.description",
        "One or two sentences on who they are.",
        _LEGAL + "description",
        example="A cluster of companies that lend their name to examples.",
    ),
    group("party.signatory", "The person who signs for the party.", "people.yaml"),
    text(
        "party.signatory.name",
        "Name of the signatory, with title.",
        _PEOPLE + "name of the person with signs: true",
        example="Dr A. Sample",
        mandatory=True,
    ),
    text(
        "party.signatory.function",
        "Function in which the person signs.",
        _PEOPLE + "function",
        example="Chair of the board",
        mandatory=True,
    ),
    group("party.contact", "The contact point of the party.", "people.yaml"),
    text(
        "party.contact.name",
        "Name of the contact point.",
        _PEOPLE + "name of the person with contact: true",
        example="B. Sample",
    ),
    text("party.contact.email", "E-mail address at work.", _PEOPLE + "email", example="office@north.example"),
    text("party.contact.phone", "Telephone at work.", _PEOPLE + "phone", example="+00 000 0000"),
)

IN_LOOP = tuple(replace(each, loop="parties") for each in _PARTY)
"""The fields of each entry of `parties`."""


def shortcut(name: str) -> tuple[Field, ...]:
    """Return the fields of a party under another name; what is mandatory is asked of the parties, once."""
    return tuple(replace(each, name=name + each.name.removeprefix("party"), mandatory=False) for each in _PARTY)
