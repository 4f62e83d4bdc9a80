"""Who can stand in an agreement: partners (members of the consortium), organisations (counterparts), and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from elca_docs.model.record import Record
from elca_docs.model.values import Country, Day, Identifier, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias(Record):
    """Another spelling of a name, with where it is printed."""

    name: Annotated[str, "The other spelling, exactly as printed."]
    at: Annotated[tuple[str, ...], "Where it is printed: record ids or places in words."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acronym(Record):
    """A short form of a partner's name, and when it is valid."""

    name: Annotated[str, "The short form."]
    source: Annotated[str, "Where it is printed."] = ""
    valid_from: Annotated[Day | None, "First day of validity, where known."] = None
    valid_until: Annotated[Day | None, "Last day of validity, where known."] = None
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Record):
    """A registered address."""

    lines: Annotated[tuple[str, ...], "Street, building, box: one entry per line."]
    city: Annotated[str, "City."]
    postcode: Annotated[str, "Postcode, as text: zeros are kept."] = ""
    country: Annotated[Country | None, "Country of the address, where it differs from the party's."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalData(Record):
    """What a parties block needs to say who signs. The field order follows the party block of EU grant agreements."""

    name: Annotated[str, "Full official name, as in the public register."] = ""
    form: Annotated[str, "Legal form: association, GmbH, S.L."] = ""
    registration_number: Annotated[str, "Number in the public register, as text: zeros are kept."] = ""
    register: Annotated[str, "Name of the public register."] = ""
    vat: Annotated[str, "VAT number, or 'none' where there is none."] = ""
    address: Annotated[Address | None, "Registered address."] = None
    legal_person: Annotated[bool | None, "Whether it is a legal person; false when someone signs on its behalf."] = None
    signs_through: Annotated[Identifier | None, "The organisation that signs on its behalf."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Record):
    """A member of the consortium. The id is the acronym used in references and flags."""

    id: Annotated[Identifier, "The acronym used in references; it never changes."]
    name: Annotated[str, "Name in running text."]
    acronyms: Annotated[tuple[Acronym, ...], "All short forms, with validity dates."] = ()
    aliases: Annotated[tuple[Alias, ...], "Other spellings of the name."] = ()
    country: Annotated[Country | None, "Country of the seat."] = None
    country_inferred: Annotated[bool, "Whether the country is an inference and printed nowhere."] = False
    roles: Annotated[tuple[str, ...], "Roles in the project, in words."] = ()
    coordinator: Annotated[bool, "Whether it coordinates the project."] = False
    language: Annotated[Language | None, "Language of its correspondence."] = None
    description: Annotated[str, "One or two sentences on who they are."] = ""
    legal: Annotated[LegalData, "Data of the parties block."] = field(default_factory=LegalData)
    successor: Annotated[Identifier | None, "The partner or organisation that took its place."] = None
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """A counterpart: a cluster, network, intermediary, agency, company or project outside the consortium."""

    id: Annotated[Identifier, "A short id; it never changes."]
    name: Annotated[str, "Name in running text, as first printed."]
    short_name: Annotated[str, "Short form, used in placeholders and file names."] = ""
    aliases: Annotated[tuple[Alias, ...], "Other spellings, with where they are printed."] = ()
    kind: Annotated[str, "Cluster, network, association, agency, project, company …"] = ""
    country: Annotated[Country | None, "Country of the seat."] = None
    country_inferred: Annotated[bool, "Whether the country is an inference and printed nowhere."] = False
    region: Annotated[str, "Region, as stated."] = ""
    sectors: Annotated[tuple[str, ...], "Fields of work."] = ()
    description: Annotated[str, "One or two sentences on who they are."] = ""
    language: Annotated[Language | None, "Language of its correspondence and of a template variant."] = None
    legal: Annotated[LegalData, "Data of the parties block."] = field(default_factory=LegalData)
    member_of: Annotated[tuple[str, ...], "Networks and projects it belongs to."] = ()
    related_to: Annotated[tuple[Identifier, ...], "Partners it is related to."] = ()
    related_because: Annotated[str, "Why it is related."] = ""
    grant_number: Annotated[str, "Its own grant number, where it is a project."] = ""
    members: Annotated[int | None, "How many members or players it has."] = None
    member_countries: Annotated[int | None, "How many countries its members come from."] = None
    remark: Annotated[str, "What is uncertain about it; never printed."] = ""
    printed: Annotated[dict[str, str], "Fields whose print differs, as printed."] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The shortest name that a reader recognises."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A signatory or contact. Kept out of git; the register holds the id only, so that a name can be erased."""

    id: Annotated[Identifier, "A short id that tells nobody's name."]
    of: Annotated[Identifier, "The partner or organisation the person acts for."]
    name: Annotated[str, "Forename and surname."]
    title: Annotated[str, "Form of address or academic title."] = ""
    function: Annotated[str, "Function in which the person signs."] = ""
    email: Annotated[str, "E-mail address at work."] = ""
    phone: Annotated[str, "Telephone at work."] = ""
    signs: Annotated[bool, "Whether the person signs for the party."] = False
    contact: Annotated[bool, "Whether the person is the contact point."] = False
    until: Annotated[Day | None, "Last day in that function."] = None
