"""The records of the specimens, as YAML with `$places` for what is said in the document's language. Data only.

Nobody and nothing in them exists, and each name says so in its own language; addresses end in `.example`. The rich
records fill every field there is and are long and full of accents; the sparse ones hold what the records insist on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_SUBSTANCE = """\
  mission: mission
  expected: 2030-11-30
  areas: [$area_one, $area_two, $area_three]
  commitments:
    - {party: NORTE, what: $commitment_one}
    - {party: ornek, what: $commitment_two}
  annexes: [$annex_one, $annex_two]
  confidential: true
  terms:
    starts: $starts
    duration_months: 24
    renewal: $renewal
    notice_days: 60
    confidentiality_years: 5
    law: $law
    venue: $venue
    originals: 3
    prevailing_language: $language
    subject: $subject
"""

RICH: Final[Mapping[str, str]] = {
    "records/project.yaml": """\
title: $title
acronym: SAMPLE
programme: $programme
call: $call
grant_number: "000000000"
start: 2030-01-01
duration_months: 36
language: $language
classes:
  - {id: CO, title: $cooperation, plural: $cooperations, template: cooperation}
  - {id: BU, title: $business, plural: $businesses, template: business, parties: counterparts}
agencies:
  - text: $agency
disclaimers:
  - text: $disclaimer
funding_statements:
  - text: $funding
""",
    "records/partners.yaml": """\
- id: NORTE
  name: Clúster Ficticio de Muestra de Ingeniería, Diseño y Señalización del Norte Inexistente
  coordinator: true
  description: $partner
  legal: {signs_through: fundacion}
- id: WSCHOD
  name: Przykładowy Klaster Zmyślonych Żaglówek, Łodzi i Źdźbeł na Wschodzie
  description: $partner
  legal: {signs_through: stowarzyszenie}
""",
    "records/organisations.yaml": """\
- id: ornek
  name: Örnek Hayalî Uçurtma, Balon ve Işıklı Gölge Oyunu Kümesi & Şubeleri
  short_name: Örnek Küme
  description: $counterpart
  legal: {signs_through: vakif}
- id: muster
  name: Mustergesellschaft für Beispielwerkzeuge, Prüfgeräte und Größenmaßstäbe
  short_name: Muster
  description: $counterpart
  legal: {signs_through: holding}
- id: fictive
  name: Compagnie fictive d’échantillons « L’Exemple » et Cie
  short_name: L’Exemple fictif
  description: $counterpart
  legal: {signs_through: association}
- id: fundacion
  name: Fundación Imaginaria de Muestra para la Cooperación
  country: ES
  legal:
    name: Fundación Imaginaria de Muestra para la Cooperación entre Clústeres Inexistentes y Ficticios
    form: fundación ficticia sin ánimo de lucro
    registration_number: FICTICIO 00/000-0
    register: Registro Imaginario de Fundaciones de Villamuestra
    vat: ES000000000
    address:
      lines: ["Paseo de la Muñeca Ficticia 00, esc. izda., 3.º B", Polígono de Muestra]
      postcode: "00001"
      city: Villamuestra
- id: stowarzyszenie
  name: Zmyślone Stowarzyszenie „Przykład”
  country: PL
  legal:
    name: Zmyślone Stowarzyszenie „Przykład” na rzecz Współpracy w Nieistniejącym Województwie
    form: przykładowe stowarzyszenie
    registration_number: PRZYKŁAD 0000000000
    register: Zmyślony Rejestr Stowarzyszeń w Przykładowie Górnym
    vat: PL0000000000
    address:
      lines: [ul. Zmyślona 0/0, Budynek Wzorcowy „Ź”]
      postcode: "00-000"
      city: Przykładowo Górne
- id: vakif
  name: Örnek Hayalî Kümeler Vakfı
  country: TR
  legal:
    name: Örnek Hayalî Kümeler ve Olmayan Şirketler Arası İş Birliği Vakfı
    form: örnek vakıf
    registration_number: ÖRNEK-0000
    register: Örnekşehir Hayalî Vakıflar Sicili
    vat: TR0000000000
    address:
      lines: ["Örnek Mahallesi, Hayalî Çıkmazı 0", Kat 0 Daire 0]
      postcode: "00000"
      city: Örnekşehir
- id: holding
  name: Muster Beispielholding
  country: AT
  legal:
    name: Muster Beispielholding für erdachte Beteiligungen Gesellschaft mit beschränkter Haftung
    form: Muster-GmbH
    registration_number: FN 000000 x
    register: Musterbuch des Beispielgerichts Musterstadt an der Überfuhr
    vat: none
    address:
      lines: [Mustergasse 0, "Stiege 0, Tür 0"]
      postcode: "0000"
      city: Musterstadt an der Überfuhr
- id: association
  name: Association fictive de l’Exemple
  country: FR
  legal:
    name: Association fictive de l’Exemple, de l’Échantillon et de l’Œuvre inexistante
    form: association fictive
    registration_number: W 000 000 000
    register: Répertoire fictif d’Exempleville-lès-Échantillons
    vat: FR00000000000
    address:
      lines: ["0 bis, impasse de l’Exemple fictif"]
      postcode: "00000"
      city: Exempleville-lès-Échantillons
""",
    "records/people.yaml": """\
- {id: p01, of: fundacion, signs: true, title: Dra., name: Persona Ficticia Uno de la Muestra y Ñandú, function: $chair}
- {id: p02, of: fundacion, contact: true, name: Persona Ficticia Dos,
   email: persona.ficticia.dos@norte.example, phone: +00 000 0002}
- {id: p03, of: stowarzyszenie, signs: true, title: prof. dr hab., name: Osoba Zmyślona Trzy-Przykładowska,
   function: $chair}
- {id: p04, of: stowarzyszenie, contact: true, name: Osoba Zmyślona Cztery,
   email: osoba.zmyslona.cztery@wschod.example, phone: +00 000 0004}
- {id: p05, of: vakif, signs: true, title: Prof. Dr., name: Hayalî Örnek Kişi Beş, function: $chair}
- {id: p06, of: vakif, contact: true, name: Hayalî Örnek Kişi Altı,
   email: hayali.kisi.alti@ornek.example, phone: +00 000 0006}
- {id: p07, of: holding, signs: true, title: Mag., name: Musterperson Sieben von und zu Beispiel, function: $chair}
- {id: p08, of: holding, contact: true, name: Musterperson Acht,
   email: musterperson.acht@muster.example, phone: +00 000 0008}
- {id: p09, of: association, signs: true, title: Mme, name: Personne Fictive Neuf d’Exemple, function: $chair}
- {id: p10, of: association, contact: true, name: Personne Fictive Dix,
   email: personne.fictive.dix@fictive.example, phone: +00 000 0010}
""",
    "records/missions.yaml": """\
- {id: mission, name: $mission, market: $market, deadline: 2031-05}
""",
    "records/agreements.yaml": (
        "- id: CO\n  class: CO\n  responsible: [NORTE, WSCHOD]\n  counterparts: [ornek]\n"
        + _SUBSTANCE
        + "- id: BU\n  class: BU\n  responsible: [NORTE, WSCHOD]\n  counterparts: [ornek, muster, fictive]\n"
        + _SUBSTANCE
    ),
}
"""Long, accented, complete; each party signs through another organisation, or a field of it would be empty."""

SPARSE: Final[Mapping[str, str]] = {
    "records/project.yaml": """\
title: Specimen
acronym: S
grant_number: ""
start: 2030-01-01
duration_months: 1
language: $language
classes:
  - {id: CO, title: $agreement, template: cooperation}
  - {id: BU, title: $agreement, template: business, parties: counterparts}
""",
    "records/partners.yaml": "- {id: X, name: X}\n",
    "records/organisations.yaml": "- {id: y, name: Y}\n- {id: z, name: Z}\n",
    "records/agreements.yaml": """\
- {id: CO, class: CO, responsible: [X], counterparts: [y]}
- {id: BU, class: BU, responsible: [X], counterparts: [y, z]}
""",
}
"""One letter for a name, and nothing that may be left out."""
