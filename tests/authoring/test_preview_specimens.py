"""The specimens are records like any others, clearly nobody's, and fill the shipped templates without a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from elca_docs.authoring.specimen_texts import TEXTS
from elca_docs.authoring.specimens import SPECIMENS, preview_context, preview_portfolio
from elca_docs.context import FIELDS
from elca_docs.context.labels import LABELS
from elca_docs.model.missing import Missing
from elca_docs.records import findings_of
from elca_docs.rendering import compile_template, document_text

ROOT = Path(__file__).resolve().parents[2]
LOOPS = {"parties": "party", "commitments": "commitment"}
LANGUAGES = ("en", "es", "pl", "de")
MARKS = re.compile(
    "specimen|sample|fictiti|imaginary|muestra|fictici|imaginari|ejemplo|przykład|zmyślon|örnek|hayalî|muster|beispiel"
    "|fictif|fictive|exemple",
    re.IGNORECASE,
)
TEMPLATES = sorted((ROOT / "templates/agreements").glob("*.docx"))


def walked(values: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in values.items():
        yield prefix + key, value
        if isinstance(value, dict):
            yield from walked(value, f"{prefix}{key}.")
        for entry in value if isinstance(value, list) else ():
            if isinstance(entry, dict):
                yield from walked(entry, f"{LOOPS[prefix + key]}.")


def missing_of(kind, language="en", **among) -> dict[str, Missing]:
    found = walked(dict(preview_context(kind, language, **among)))
    return {name: value for name, value in found if isinstance(value, Missing)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_rich_has_every_field_and_nothing_is_missing(language):
    """Each name of the table has a value, in each language."""
    found = dict(walked(dict(preview_context("rich", language))))
    assert set(found) == {each.name for each in FIELDS}
    assert missing_of("rich", language) == {}
    assert [name for name, value in found.items() if value in ("", [], {})] == []


def test_rich_is_hard_on_a_layout():
    """Three parties, names that need two lines, letters of many alphabets' edges, an ampersand, quotation marks."""
    for among in (False, True):
        parties = preview_context("rich", "en", among_counterparts=among)["parties"]
        assert len(parties) == 3
        names = [party["name"] for party in parties] + [party["legal_name"] for party in parties]
        assert max(map(len, names)) > 80
        assert [name for name in names if name.isascii()] == []
        assert "&" in "".join(names)
        assert {party["is_eea"] for party in parties} == {True, False}


def test_among_counterparts_the_partner_is_no_party():
    """As in any business agreement it has no number and no letter; nothing else is missing in the rich one."""
    assert set(missing_of("rich", among_counterparts=True)) == {"partner.number", "partner.letter"}
    roles = {each["role"] for each in preview_context("rich", among_counterparts=True)["parties"]}
    assert roles == {"counterpart"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sparse_misses_all_that_records_may_leave_out(language):
    """Whatever has a label for its absence is absent, but for the parties themselves."""
    missing = set(missing_of("sparse", language))
    own = {name for name in missing if not name.startswith(("partner.", "counterpart."))}
    parties = {"partner", "partners", "counterpart", "counterparts", "party.number", "party.letter"}
    of_mission = {"mission.market", "mission.deadline"}
    assert own - {"party.address_lines"} == set(LABELS["en"]) - parties - of_mission
    assert preview_context("sparse", language)["annexes"] == []
    assert len(preview_context("sparse", language)["parties"]) == 2


def test_specimens_speak_the_language_of_the_document():
    """Texts, dates and countries are in it; where a specimen has no texts in a language, they are English."""
    rich = {language: preview_context("rich", language) for language in LANGUAGES}
    assert [each["agreement"]["title"] for each in rich.values()] == [
        "Specimen Cooperation Agreement",
        "Acuerdo de Cooperación de Muestra",
        "Przykładowa Umowa o Współpracy",
        "Specimen Cooperation Agreement",
    ]
    assert [each["project"]["start"] for each in rich.values()] == [
        "1 January 2030",
        "1 de enero de 2030",
        "1 stycznia 2030",
        "1. Januar 2030",
    ]
    assert preview_context("rich", "xx")["project"]["start"] == "1 January 2030"


def test_all_texts_are_in_all_languages():
    """The same places, none empty, and the same marks for agency, programme and grant in them."""
    english = TEXTS["en"]
    for texts in TEXTS.values():
        assert set(texts) == set(english)
        assert all(texts.values())
        marks = {name: set(re.findall(r"\{\w+\}", text)) for name, text in texts.items()}
        assert {
            name: found for name, found in marks.items() if not found <= {"{agency}", "{programme}", "{grant}"}
        } == {}
        assert all(bool(marks[name]) == (name in {"disclaimer", "funding"}) for name in marks)


def test_everybody_is_clearly_nobody():
    """Each rich name says in its language that it is made up, each sparse one is a letter; addresses lead nowhere."""
    rich, sparse = preview_portfolio("rich"), preview_portfolio("sparse")
    names = [
        *(each.name for each in (*rich.partners, *rich.organisations, *rich.people)),
        *(each.legal.name for each in rich.organisations if each.legal.name),
        *(each.legal.register for each in rich.organisations if each.legal.register),
        *(
            " ".join((*each.legal.address.lines, each.legal.address.city))
            for each in rich.organisations
            if each.legal.address
        ),
        rich.project.title,
    ]
    assert [name for name in names if not MARKS.search(name)] == []
    assert [each.email for each in rich.people if each.email and not each.email.endswith(".example")] == []
    assert {each.name for each in (*sparse.partners, *sparse.organisations)} == {"X", "Y", "Z"}
    numbers = [each.legal.registration_number for each in rich.organisations if each.legal.registration_number]
    assert [number for number in numbers if re.search("[1-9]", number)] == []


def test_specimens_are_in_order():
    """What the checks across records would call an error of a real project stands in none of them."""
    for kind in SPECIMENS:
        found = findings_of(preview_portfolio(kind))
        assert [each.code for each in found if each.severity == "error"] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_shipped_templates_preview_without_problem(template):
    """Each takes both specimens; the rich one shows no placeholder, the sparse one only what every party owes."""
    name, _, language = template.name.removesuffix(".docx").partition(".")
    compiled = compile_template(template.read_bytes(), name=template.name)
    for kind in SPECIMENS:
        context = preview_context(kind, language or "en", among_counterparts=name == "business")
        rendered = compiled.render_listed(context)
        assert [each.field for each in rendered.missing if not each.mandatory] == []
        assert len(rendered.missing) == (0 if kind == "rich" else 12)
        assert str(context["reference"]) in "\n".join(document_text(rendered.document, name=template.name))
