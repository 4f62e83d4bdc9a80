"""What each field means, in Spanish, by its name in the table; its source where that is in words, and some examples.

Data only. A test holds that exactly the fields of the table have a meaning here, and each source in words a wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PARTY: Mapping[str, str] = {
    "id": "Identificador del registro.",
    "number": "Lugar en el orden de firma, desde 1.",
    "letter": "Lo mismo, como letra.",
    "role": "«partner» (miembro del consorcio) o «counterpart» (contraparte).",
    "name": "Nombre en el texto corrido.",
    "short_name": "Nombre corto: las siglas de un socio, el nombre corto de una contraparte.",
    "signs_through": "Nombre de la entidad que firma en su lugar, cuando no es persona jurídica; los datos "
    "jurídicos, el domicilio y el firmante son entonces los de esa entidad.",
    "legal_name": "Denominación oficial completa de quien firma.",
    "legal_form": "Forma jurídica.",
    "registration_number": "Número en el registro público.",
    "register": "Nombre del registro público.",
    "vat": "Número de IVA; «no tiene», en el idioma del documento, cuando no lo hay.",
    "address": "Domicilio social en una línea, con el país.",
    "address_lines": "Lo mismo, un texto por línea.",
    "city": "Localidad del domicilio social.",
    "country": "País, en el idioma del documento; falta si los registros solo lo suponen.",
    "country_code": "País, en dos letras (ISO 3166-1).",
    "is_eu": "Si el país es miembro de la Unión Europea; falta si no se conoce el país.",
    "is_eea": "Si el país está en el Espacio Económico Europeo, donde rige la protección de datos de la UE.",
    "description": "Una o dos frases sobre quiénes son.",
    "signatory": "La persona que firma por la parte.",
    "signatory.name": "Nombre de quien firma, con su tratamiento.",
    "signatory.function": "Cargo con el que firma.",
    "contact": "La persona de contacto de la parte.",
    "contact.name": "Nombre de la persona de contacto.",
    "contact.email": "Correo electrónico del trabajo.",
    "contact.phone": "Teléfono del trabajo.",
}

MEANINGS: Final[Mapping[str, str]] = {
    "reference": "Referencia del acuerdo: se da con el primer borrador y no cambia nunca.",
    "version": "Versión del documento bajo su referencia; una versión enviada no se cambia nunca.",
    "is_draft": "Si es un borrador.",
    "status_label": "Marca para el encabezado, en el idioma del documento: BORRADOR o PARA FIRMA.",
    "language": "Idioma del documento, en dos letras minúsculas.",
    "agreement": "El acuerdo mismo.",
    "agreement.id": "Identificador del registro; en el papel va la referencia.",
    "agreement.class": "Código de la clase.",
    "agreement.title": "Título en el papel, en el idioma del documento si la clase lo tiene.",
    "agreement.plural": "Plural del título.",
    "agreement.expected": "Fecha prevista de la última firma, escrita en el idioma del documento.",
    "agreement.confidential": "Si el propio texto del acuerdo es confidencial.",
    "project": "El proyecto y su subvención.",
    "project.title": "Título completo.",
    "project.acronym": "Acrónimo.",
    "project.programme": "Programa de financiación.",
    "project.call": "Convocatoria o tipo de acción.",
    "project.grant_number": "Número del acuerdo de subvención.",
    "project.start": "Primer día, escrito en el idioma del documento.",
    "project.end": "Último día, escrito en el idioma del documento.",
    "project.coordinator": "Nombre del socio coordinador.",
    "project.agency": "Nombre oficial de la agencia financiadora en esa fecha.",
    "project.funding_line": "Mención de la financiación que corresponde en esa fecha.",
    "project.disclaimer": "Exención de responsabilidad que corresponde en esa fecha.",
    "mission": "La misión a la que pertenece el acuerdo; falsa en una condición cuando no la hay.",
    "mission.name": "Nombre.",
    "mission.market": "El mercado que abre.",
    "mission.deadline": "Mes en que vence, escrito en el idioma del documento.",
    "parties": "Quiénes firman, por orden: los socios responsables y después las contrapartes; o solo las "
    "contrapartes, según la clase.",
    **{f"party.{name}": meaning for name, meaning in _PARTY.items()},
    "partner": "El primer socio responsable, con todos los campos de una parte. Cuando las contrapartes acuerdan entre "
    "ellas, es quien las reunió: no es parte, y no tiene número ni letra.",
    **{f"partner.{name}": meaning for name, meaning in _PARTY.items()},
    "partners": "Nombres de todos los socios responsables, unidos como en una frase.",
    "counterpart": "La primera contraparte, con todos los campos de una parte.",
    **{f"counterpart.{name}": meaning for name, meaning in _PARTY.items()},
    "counterparts": "Nombres de todas las contrapartes, unidos como en una frase.",
    "areas": "Ámbitos de cooperación, un texto cada uno; falsa en una condición cuando no hay ninguno.",
    "commitments": "Lo que asume cada parte; falsa en una condición cuando no hay nada.",
    "commitment.party": "Nombre corto de quien lo asume.",
    "commitment.what": "Lo que asume, como sigue a dos puntos.",
    "annexes": "Títulos de los anexos, un texto cada uno; vacía cuando no los hay.",
    "terms": "Lo acordado más allá del texto de la plantilla; cada campo es falso en una condición cuando no hay nada.",
    "terms.starts": "Cuándo entra en vigor, como sigue a «entra en vigor».",
    "terms.duration_months": "Duración en meses.",
    "terms.renewal": "Renovación, como sigue a dos puntos.",
    "terms.notice_days": "Días de preaviso.",
    "terms.confidentiality_years": "Años que dura la confidencialidad tras el fin.",
    "terms.law": "Ley aplicable, como sigue a dos puntos.",
    "terms.venue": "Jurisdicción o sede del arbitraje, como sigue a dos puntos.",
    "terms.originals": "Número de originales.",
    "terms.prevailing_language": "Nombre del idioma que prevalece, en el idioma del documento.",
    "terms.subject": "Producto, servicio o proyecto del negocio entre las partes, como sigue a dos puntos.",
}
"""Meanings by the name of the field."""

SOURCES: Final[Mapping[str, str]] = {
    "the register": "el registro del programa",
    "computed": "se calcula",
    "computed from the country": "se calcula a partir del país",
    "computed from project.yaml: start and duration_months": "se calcula de project.yaml: start y duration_months",
    "the task, else agreements.yaml: language, else project.yaml: language": "la orden; si no, agreements.yaml: "
    "language; si no, project.yaml: language",
    "project.yaml: classes, title and titles": "project.yaml: classes, title y titles",
    "agreements.yaml: responsible and counterparts": "agreements.yaml: responsible y counterparts",
    "partners.yaml: id, organisations.yaml: short_name, else name": "partners.yaml: id; organisations.yaml: short_name "
    "o, si no, name",
    "people.yaml: name of the person with signs: true": "people.yaml: name de la persona con signs: true",
    "people.yaml: name of the person with contact: true": "people.yaml: name de la persona con contact: true",
}
"""Sources that are said in words, by their wording in the table."""

EITHER: Final = ("partners.yaml or organisations.yaml: ", "partners.yaml u organisations.yaml: ")
"""What stands in front of the key of a party, in the table and here."""

EXAMPLES: Final[Mapping[str, str]] = {
    "is_draft": "sí",
    "status_label": "BORRADOR",
    "language": "es",
    "agreement.title": "Acuerdo de cooperación",
    "agreement.plural": "Acuerdos de cooperación",
    "agreement.expected": "octubre de 2021",
    "project.start": "1 de septiembre de 2020",
    "project.end": "31 de agosto de 2022",
    "mission.deadline": "marzo de 2022",
    "party.legal_form": "asociación",
    "party.address": "1 Sample Street, 00001 Sampletown, España",
    "party.address_lines": "1 Sample Street · 00001 Sampletown · España",
    "party.country": "España",
    "party.is_eu": "sí",
    "party.is_eea": "sí",
    "party.signatory.function": "Presidencia",
    "partners": "North Cluster y South Cluster",
    "counterparts": "East Network y West Network",
    "areas": "formación conjunta · visitas de empresas",
    "commitment.what": "organiza un taller al año",
    "annexes": "Plan de acción · Lista de contactos",
    "terms.starts": "el 1 de octubre de 2021",
    "terms.renewal": "por un año cada vez, por escrito",
    "terms.law": "la ley de España",
    "terms.venue": "los tribunales de Sampletown",
    "terms.prevailing_language": "inglés",
    "terms.subject": "moldes para piezas de muestra",
}
"""Examples that read otherwise in a Spanish document, by the name of the field; the others stand as in the table."""
