"""The paragraphs of the guide that are ready to be copied, in Spanish. Data only; the same tags as in English."""

from __future__ import annotations

from typing import Final

from elca_docs.authoring.guide_ready import Ready

SPANISH: Final = (
    Ready(
        title="Las partes, un párrafo cada una",
        lines=(
            "{%p for party in parties %}",
            (
                "{{ party.legal_name }}, {{ party.legal_form }}, inscrita con el número {{ party.registration_number }}"
                "{% if party.register %} ({{ party.register }}){% endif %}, {{ party.address }}"
                "{% if party.vat %}, número de IVA {{ party.vat }}{% endif %}, representada por {{ "
                "party.signatory.name }}, {{ party.signatory.function }}{% if party.signs_through %}, en nombre de "
                "{{ party.name }}{% endif %} («{{ party.short_name }}»)"
            ),
            "{%p endfor %}",
        ),
    ),
    Ready(
        title="Las partes, una fila cada una",
        columns=("Parte", "Quién", "Representada por"),
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
        title='Solo las contrapartes (o solo los socios: "partner")',
        lines=(
            '{%p for party in parties if party.role == "counterpart" %}',
            "{{ party.name }}{% if party.country %} ({{ party.country }}){% endif %} no es miembro del consorcio.",
            "{%p endfor %}",
        ),
    ),
    Ready(
        title="Un párrafo solo cuando hay misión",
        lines=(
            "{%p if mission %}",
            (
                "El presente Acuerdo pertenece a una misión: {{ mission.name }}{% if mission.market %} (mercado: "
                "{{ mission.market }}){% endif %}."
            ),
            "{%p endif %}",
        ),
    ),
    Ready(
        title="Ámbitos de cooperación, o su propio texto",
        lines=(
            "{%p if areas %}",
            "Las Partes cooperan en los ámbitos siguientes:",
            "{%p for area in areas %}",
            "{{ area }}",
            "{%p endfor %}",
            "{%p else %}",
            "Las Partes buscarán juntas los ámbitos de cooperación.",
            "{%p endif %}",
        ),
    ),
    Ready(
        title="Lo que asume cada parte",
        lines=(
            "{%p if commitments %}",
            "Se asumen los compromisos siguientes:",
            "{%p for commitment in commitments %}",
            "{{ commitment.party }}: {{ commitment.what }}",
            "{%p endfor %}",
            "{%p endif %}",
        ),
    ),
    Ready(
        title="Condiciones, con su propio texto si no se acordó otra cosa",
        lines=(
            (
                "El presente Acuerdo entra en vigor {% if terms.starts %}{{ terms.starts }}{% else %}el día de la "
                "última firma{% endif %} y se aplica {% if terms.duration_months %}durante {{ terms.duration_months "
                "}} meses{% else %}hasta que las Partes le pongan fin{% endif %}."
            ),
            (
                "Cada Parte podrá ponerle fin con {% if terms.notice_days %}{{ terms.notice_days }}{% else %}treinta"
                "{% endif %} días de preaviso. La confidencialidad dura {% if terms.confidentiality_years %}"
                "{{ terms.confidentiality_years }}{% else %}tres{% endif %} años tras el fin."
            ),
            "{%p if terms.renewal %}",
            "Renovación: {{ terms.renewal }}.",
            "{%p endif %}",
            "{%p if terms.law %}",
            "Ley aplicable: {{ terms.law }}.",
            "{%p endif %}",
            "{%p if terms.venue %}",
            "Jurisdicción: {{ terms.venue }}.",
            "{%p endif %}",
            "{%p if terms.subject %}",
            "El negocio entre las Partes tiene por objeto: {{ terms.subject }}.",
            "{%p endif %}",
            (
                "Se firma en {% if terms.originals %}{{ terms.originals }}{% else %}dos{% endif %} originales."
                "{% if terms.prevailing_language %} Prevalece este idioma: {{ terms.prevailing_language }}.{% endif %}"
            ),
        ),
    ),
    Ready(
        title="Personas de contacto",
        lines=(
            "{%p for party in parties %}",
            (
                "{{ party.short_name }}: {% if party.contact.name %}{{ party.contact.name }}{% if "
                "party.contact.email %}, {{ party.contact.email }}{% endif %}{% else %}la persona que firma por "
                "ella{% endif %}"
            ),
            "{%p endfor %}",
        ),
    ),
    Ready(
        title="Partes de fuera del Espacio Económico Europeo",
        lines=(
            "{%p for party in parties if party.country and not party.is_eea %}",
            "{{ party.short_name }} tiene su sede fuera del Espacio Económico Europeo ({{ party.country }}).",
            "{%p endfor %}",
        ),
    ),
    Ready(
        title="Un texto que es en sí confidencial",
        lines=(
            "{%p if agreement.confidential %}",
            "Las Partes tratarán este texto como confidencial.",
            "{%p endif %}",
        ),
    ),
    Ready(
        title="Mención de la financiación y exención de responsabilidad",
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
        title="Anexos, numerados",
        lines=(
            "{%p if annexes %}",
            "Los anexos siguientes forman parte del Acuerdo:",
            "{%p for annex in annexes %}",
            "Anexo {{ loop.index }}: {{ annex }}",
            "{%p endfor %}",
            "{%p endif %}",
        ),
    ),
    Ready(
        title="Un bloque de firma para cada parte",
        part="signing",
        columns=("Por", "Firma"),
        rows=(
            (("{%tr for party in parties %}",), ("",)),
            (
                (
                    "Parte {{ party.letter }}",
                    "{{ party.legal_name }}{% if party.signs_through %} (en nombre de {{ party.name }}){% endif %}",
                ),
                (
                    "Nombre: {{ party.signatory.name }}",
                    "Cargo: {{ party.signatory.function }}",
                    "Lugar: ____________________",
                    "Fecha: ____________________",
                ),
            ),
            (("{%tr endfor %}",), ("",)),
        ),
    ),
    Ready(
        title="Una línea para el encabezado",
        part="margins",
        lines=("{{ reference }} · {{ agreement.title }}{% if is_draft %} · {{ status_label }}{% endif %}",),
    ),
    Ready(
        title="Una línea para el pie",
        part="margins",
        lines=("{{ project.acronym }} · {{ reference }} · versión {{ version }}",),
    ),
)
