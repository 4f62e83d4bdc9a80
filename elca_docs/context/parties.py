"""A party as a template sees it: legal data, address, signatory and contact of a partner or organisation.

Where an organisation signs on another's behalf, the legal data are those of the organisation that signs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from elca_docs.context.scene import Absence, Scene
from elca_docs.model.missing import Missing
from elca_docs.model.parties import Address, Partner, Person
from elca_docs.model.portfolio import Party
from elca_docs.model.values import Country

Values = dict[str, object]

_EU = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
))  # fmt: skip
"""Member states of the European Union since February 2020."""
_EEA = _EU | {"IS", "LI", "NO"}
"""The European Economic Area, where Regulation (EU) 2016/679 applies."""
_CITY_FIRST = frozenset(("AU", "CA", "GB", "IE", "IN", "NZ", "US"))
"""Countries whose postcode stands behind the city."""
_ALPHABET = 26


def short_name(party: Party) -> str:
    """Return the shortest name that a reader recognises: a partner's acronym, an organisation's label."""
    return str(party.id) if isinstance(party, Partner) else party.label


def letter(number: int) -> str:
    """Return the letter of a place counted from 1: A to Z, then AA."""
    place, rest = divmod(number - 1, _ALPHABET)
    return (letter(place) if place else "") + chr(ord("A") + rest)


def party_values(scene: Scene, party: Party, *, number: int = 0) -> Values:
    """Return the fields of a party; number 0 is a partner that is no party, of whom nothing is mandatory."""
    view = _PartyView(scene, party, number)
    return {
        "id": str(party.id),
        "number": number or view.no_party("number"),
        "letter": letter(number) if number else view.no_party("letter"),
        "role": "partner" if isinstance(party, Partner) else "counterpart",
        "name": party.name,
        "short_name": short_name(party),
        "signs_through": view.signs_through(),
        **view.legal(),
        **view.seat(),
        "description": party.description or view.absent("description", "description", of=party),
        "signatory": view.person("signatory", lambda each: each.signs, {"name": _full_name, "function": _function}),
        "contact": view.person(
            "contact", lambda each: each.contact, {"name": _full_name, "email": _email, "phone": _phone}
        ),
    }


@dataclass(frozen=True, slots=True)
class _PartyView:
    """One party of one agreement, while its fields are being read."""

    scene: Scene
    party: Party
    number: int

    @property
    def entity(self) -> Party:
        """Who signs: the party itself, or the organisation that signs on its behalf."""
        through = self.party.legal.signs_through
        return self.scene.portfolio.party(through) if through else self.party

    def absent(self, name: str, key: str, *, of: Party, record: str = "") -> Missing:
        """Return the missing value of a field, which is written at a key of the record of `of` (or of `record`)."""
        written = record or f"{'partners' if isinstance(of, Partner) else 'organisations'}/{of.id}"
        owner = next((each.id for each in (of, self.party) if isinstance(each, Partner)), self.scene.leader)
        return self._missing(name, Absence(written, key, owner, short_name(of)))

    def no_party(self, name: str) -> Missing:
        """Return the missing place of a partner that is no party."""
        return self._missing(name, self.scene.in_agreement("responsible", subject=short_name(self.party)))

    def signs_through(self) -> str | Missing:
        """Return the name of who signs on the party's behalf."""
        if self.party.legal.signs_through:
            return self.entity.name
        return self.absent("signs_through", "legal.signs_through", of=self.party)

    def legal(self) -> Values:
        """Return what a public register knows of who signs."""
        entity, legal = self.entity, self.entity.legal
        given = {
            "legal_name": (legal.name, "legal.name"),
            "legal_form": (legal.form, "legal.form"),
            "registration_number": (legal.registration_number, "legal.registration_number"),
            "register": (legal.register, "legal.register"),
            "vat": (self.scene.words.mark("none") if legal.vat.lower() == "none" else legal.vat, "legal.vat"),
        }
        return {name: value or self.absent(name, key, of=entity) for name, (value, key) in given.items()}

    def seat(self) -> Values:
        """Return the registered address and what follows from the country."""
        address, code = self.entity.legal.address, self._country_code()
        return {
            **self._address(address, self._country_name(code) if code else ""),
            "city": address.city if address and address.city else self._absent_of_entity("city", "legal.address.city"),
            "country": self._country_name(code) if code else self._absent_of_entity("country", "country"),
            "country_code": str(code) if code else self._absent_of_entity("country_code", "country"),
            "is_eu": code in _EU if code else self._absent_of_entity("is_eu", "country"),
            "is_eea": code in _EEA if code else self._absent_of_entity("is_eea", "country"),
        }

    def person(
        self, role: str, acts: Callable[[Person], bool], fields: Mapping[str, Callable[[Person], str]]
    ) -> Values:
        """Return the fields of the person who acts in a role; of several in office the one of who signs, then by id."""
        ids = (self.entity.id, self.party.id)
        acting = [each for each in self.scene.portfolio.people if each.of in ids and acts(each) and self._serves(each)]
        found = min(acting, key=lambda each: (ids.index(each.of), each.id), default=None)
        record = f"people/{found.id}" if found else "people"
        return {
            name: (value_of(found) if found else "")
            or self.absent(f"{role}.{name}", name, of=self.entity, record=record)
            for name, value_of in fields.items()
        }

    def _missing(self, name: str, absence: Absence) -> Missing:
        place = f"parties[{self.number - 1}]" if self.number else "partner"
        return self.scene.missing(f"party.{name}", absence, at=f"{place}.{name}", required=bool(self.number))

    def _absent_of_entity(self, name: str, key: str) -> Missing:
        return self.absent(name, key, of=self.entity)

    def _address(self, address: Address | None, country: str) -> Values:
        street = [each for each in address.lines if each.strip()] if address else []
        if address is None or not street or not address.city:
            missing = self._absent_of_entity("address", "legal.address")
            return {"address": missing, "address_lines": missing}
        town = (
            [address.city, address.postcode]
            if self._country_code() in _CITY_FIRST
            else [address.postcode, address.city]
        )
        lines = [*street, " ".join(each for each in town if each), *([country] if country else [])]
        return {"address": ", ".join(lines), "address_lines": lines}

    def _country_code(self) -> Country | None:
        """Return the country as somebody stated it: an inference has no place in a document that is signed."""
        address = self.entity.legal.address
        stated = (each.country for each in (self.entity, self.party) if each.country and not each.country_inferred)
        return (address.country if address else None) or next(stated, None)

    def _country_name(self, code: Country) -> str:
        project, words = self.scene.portfolio.project, self.scene.words
        own = project.country_names.get(code) if words.language == project.language else None
        return own or words.country(code)

    def _serves(self, person: Person) -> bool:
        return person.until is None or self.scene.as_of <= person.until


def _full_name(person: Person) -> str:
    return f"{person.title} {person.name}".strip() if person.name else ""


def _function(person: Person) -> str:
    return person.function


def _email(person: Person) -> str:
    return person.email


def _phone(person: Person) -> str:
    return person.phone
