"""Words with which people say what belongs into a blank, in English and Spanish: data for `proposing`, nothing else.

`CONCEPTS` says which words mean the same; `PHRASES` which of these meanings together ask for a field. A phrase is met
by the same words in any order.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final


def _turned(table: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType({word: concept for concept, words in table.items() for word in (concept, *words.split())})


CONCEPTS: Final = _turned(
    {
        "acronym": "acronimo siglas",
        "address": "addresses domicilio direccion",
        "agency": "agencia",
        "agreement": "acuerdo convenio agreements",
        "annex": "annexes anexo anexos",
        "applicable": "aplicable governing rige",
        "area": "areas ambitos",
        "call": "convocatoria",
        "city": "town ciudad localidad municipio poblacion",
        "code": "codigo",
        "confidential": "confidentiality confidencialidad",
        "contact": "contacto",
        "cooperation": "cooperacion colaboracion",
        "coordinator": "coordinador coordinadora",
        "country": "pais",
        "court": "courts juzgados tribunales",
        "date": "fecha dated fechado",
        "day": "days dia dias",
        "description": "descripcion",
        "disclaimer": "",
        "duration": "duracion",
        "effective": "efectos",
        "email": "mail emails correo electronico",
        "end": "fin",
        "entry": "enters entra entrada",
        "force": "vigor",
        "form": "forma",
        "function": "position capacity cargo calidad funcion puesto role",
        "funding": "financiacion financiadora",
        "grant": "subvencion",
        "initials": "rubrica iniciales",
        "jurisdiction": "jurisdiccion",
        "language": "idioma lengua",
        "law": "ley legislacion derecho",
        "legal": "juridica juridico",
        "market": "mercado",
        "mission": "mision",
        "month": "months mes meses",
        "name": "names nombre nombres denominacion",
        "notice": "preaviso",
        "number": "no num nr numero",
        "office": "sede seat",
        "official": "oficial",
        "original": "originals copies copias ejemplares originales",
        "person": "persona",
        "phone": "telephone tel telefono",
        "place": "lugar",
        "point": "punto",
        "prevailing": "prevalece prevalente",
        "product": "producto",
        "programme": "program programa",
        "project": "proyecto",
        "reference": "ref referencia",
        "register": "registry registro",
        "registered": "social registrado",
        "registration": "inscripcion",
        "renewal": "prorroga renovacion",
        "represented": "representado representada",
        "representative": "representante",
        "service": "servicio",
        "short": "corto corta",
        "signatory": "signer firmante signing",
        "signature": "signatures firma firmas signed firmado sign",
        "stamp": "seal sello",
        "start": "starts inicio comienzo",
        "statement": "",
        "subject": "objeto",
        "tax": "fiscal",
        "title": "titulo",
        "vat": "cif nif iva",
        "venue": "fuero",
        "version": "",
        "year": "years ano anos",
    }
)

_IGNORED: Final = (
    "a an and at between by enter for from full fill her here his in insert is its hereinafter type click tap text "
    "complete completo de del el en entre haga clic aqui escriba escribir indicar indique insertar introduzca la las "
    "los of on one or please por que selected choose select option elija elemento item para su texto the their this to "
    "with y con un una e o below above respective into as be is are which that hereby al se desde"
)
IGNORED: Final = frozenset(_IGNORED.split())
"""Words that say nothing of what belongs into a blank, those of a form's own instructions among them."""

SIDES: Final = MappingProxyType(
    {
        "counterpart": "counterpart contraparte",
        "partner": "partner socio",
    }
)
"""Words that name a side of an agreement and nothing else."""
LIKELY_SIDES: Final = MappingProxyType(
    {
        "counterpart": (
            "cluster clusters network red organisation organization organizacion entity entidad institution "
            "institucion intermediary intermediario company empresa counterparts b segunda second other otra"
        ),
        "partner": "consortium consorcio partners socios primera first",
    }
)
"""Words that mean one side in most agreements: a person should look."""

PARTY: Final = MappingProxyType(
    {
        "name": ("name",),
        "short_name": ("short name", "acronym"),
        "legal_name": ("legal name", "official name", "registered name", "razon registered", "name legal official"),
        "legal_form": ("legal form", "legal status"),
        "registration_number": ("registration number", "register number", "registration"),
        "register": ("register", "register name"),
        "vat": ("vat", "vat number", "tax number", "tax code", "tax id", "vat tax number"),
        "address": ("address", "registered address", "registered office", "legal address", "address registered office",
                    "office"),
        "city": ("city",),
        "country": ("country",),
        "country_code": ("country code",),
        "description": ("description",),
        "signatory.name": ("signatory", "signatory name", "representative", "representative name", "represented",
                           "legal representative", "legal representative name", "name signature"),
        "signatory.function": ("function", "signatory function", "representative function",
                               "legal representative function"),
        "contact.name": ("contact", "contact name", "contact person", "contact point", "contact person name"),
        "contact.email": ("email", "contact email", "address email"),
        "contact.phone": ("phone", "contact phone", "phone number"),
    }
)  # fmt: skip
"""Phrases for the fields of a party, whichever side it is."""

PHRASES: Final = MappingProxyType(
    {
        "reference": ("reference", "reference agreement", "agreement number", "reference number"),
        "version": ("version",),
        "agreement.title": ("agreement title", "agreement name"),
        "agreement.confidential": ("agreement confidential", "confidential"),
        "project.title": ("project title", "project name", "project"),
        "project.acronym": ("project acronym", "acronym"),
        "project.programme": ("programme", "funding programme", "programme name"),
        "project.call": ("call", "project call"),
        "project.grant_number": ("grant number", "grant agreement", "grant agreement number"),
        "project.start": ("project start", "project start date"),
        "project.end": ("project end", "project end date"),
        "project.coordinator": ("coordinator", "project coordinator", "coordinator name"),
        "project.agency": ("agency", "funding agency", "agency name"),
        "project.funding_line": ("funding statement",),
        "project.disclaimer": ("disclaimer",),
        "mission.name": ("mission", "mission name"),
        "mission.market": ("market", "mission market"),
        "areas": ("area", "area cooperation"),
        "annexes": ("annex",),
        "terms.starts": ("entry force", "entry force date", "effective date"),
        "terms.duration_months": ("duration", "duration month", "month", "duration agreement", "number month"),
        "terms.renewal": ("renewal",),
        "terms.notice_days": ("notice", "notice day", "number day notice"),
        "terms.confidentiality_years": ("confidential year", "confidential duration"),
        "terms.law": ("law", "applicable law"),
        "terms.venue": ("venue", "jurisdiction", "court", "court jurisdiction"),
        "terms.originals": ("original", "number original"),
        "terms.prevailing_language": ("prevailing language",),
        "terms.subject": ("subject", "subject agreement", "product", "product service"),
    }
)
"""Phrases for all other fields."""

BY_HAND: Final = (
    "signature", "signature date", "date", "place", "place date", "stamp", "signature stamp", "initials",
    "signature place date",
)  # fmt: skip
"""Phrases for what is filled in with a pen when the agreement is signed."""
