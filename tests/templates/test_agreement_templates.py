"""The shipped agreement templates: what they may use, what they always hold, how they come out of docxtpl itself."""

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from agreement_source import parsed
from agreement_specimens import (
    AS_OF,
    BARE,
    BARE_AGREEMENT,
    BARE_BUSINESS,
    BUSINESS,
    EAST,
    FULL,
    RICH,
    THREE,
)
from build_agreement_templates import TARGET, TEMPLATES, TEXTS, built
from docx import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from template_names import part_texts, used_names

from elca_docs.context import FIELDS, context_of
from elca_docs.errors import TemplateError
from elca_docs.model.missing import Missing
from elca_docs.model.parties import LegalData
from elca_docs.model.values import Identifier
from elca_docs.rendering import compile_template

NAMES = tuple(sorted(TEMPLATES))
BY_NAME = {each.name: each for each in FIELDS}
MANDATORY = {each.name for each in FIELDS if each.mandatory}
REFERENCE = "SAMPLE-XX-NORTH-001"
TAG = re.compile(r"\{[{%].*?[%}]\}")

CASES = {
    "rich": ("cooperation.docx", FULL, RICH, {}),
    "three": ("cooperation.docx", FULL, THREE, {}),
    "bare": ("cooperation.docx", BARE, BARE_AGREEMENT, {}),
    "final": ("cooperation.docx", FULL, RICH, {"draft": False}),
    "business": ("business.docx", FULL, BUSINESS, {}),
    "bare business": ("business.docx", BARE, BARE_BUSINESS, {}),
    "spanish": ("cooperation.es.docx", FULL, RICH, {"language": "es"}),
    "bare spanish": ("cooperation.es.docx", BARE, BARE_AGREEMENT, {"language": "es"}),
}


def shipped(name):
    return (TARGET / name).read_bytes()


class Placeholder(str):
    """A missing value as a draft shows it: readable, and false in a condition."""

    __slots__ = ()

    def __bool__(self):
        return False


def printable(value):
    """The values of a context with missing ones as placeholders, for docxtpl's own renderer."""
    match value:
        case Missing():
            return Placeholder(f"[{value.label}]")
        case dict():
            return {key: printable(entry) for key, entry in value.items()}
        case list():
            return [printable(entry) for entry in value]
    return value


def rendered(name, portfolio, agreement, **more):
    context = context_of(portfolio, agreement, reference=REFERENCE, version=3, as_of=AS_OF, **more)
    template = DocxTemplate(io.BytesIO(shipped(name)))
    template.render(printable(context.values), autoescape=True)
    stream = io.BytesIO()
    template.save(stream)
    return Document(io.BytesIO(stream.getvalue()))


@cache
def document(case):
    name, portfolio, agreement, more = CASES[case]
    return rendered(name, portfolio, agreement, **more)


def texts(word):
    """All paragraphs of a document, its headers and footers."""
    section = word.sections[0]
    margins = (section.header, section.first_page_header, section.footer, section.first_page_footer)
    paragraphs = [
        each for part in (word.element.body, *(each._element for each in margins)) for each in part.iter(qn("w:p"))
    ]
    return ["".join(each.text or "" for each in one.iter(qn("w:t"))) for one in paragraphs]


def whole(word):
    return "\n".join(texts(word))


def styled(word, style):
    return [each.text for each in word.paragraphs if each.style.name == style]


@pytest.mark.parametrize("name", NAMES)
def test_the_script_gives_the_shipped_bytes(name):
    """The same text gives the same bytes, each time and everywhere, and they are those in the repository."""
    text = (TEXTS / TEMPLATES[name]).read_text(encoding="utf-8")
    assert built(text) == built(text)
    assert built(text) == shipped(name)


def test_every_text_is_built():
    """No text file lies there unused."""
    assert {each.name for each in TEXTS.iterdir()} == set(TEMPLATES.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_a_field(name):
    """A template uses nothing that the table of fields does not have."""
    assert used_names(shipped(name)) - set(BY_NAME) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_mandatory_field_is_printed(name):
    """All six mandatory fields of each party stand in the document."""
    assert used_names(shipped(name)) >= MANDATORY


@pytest.mark.parametrize("name", NAMES)
def test_no_tag_is_split(name):
    """Each tag lies within one text of one run, and a tag for a paragraph or row is alone in it."""
    for part, xml in part_texts(shipped(name)).items():
        for text in re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml):
            assert "{" not in TAG.sub("", text), part
            assert "}" not in TAG.sub("", text), part
        for paragraph in re.findall(r"<w:p>.*?</w:p>", xml):
            inner = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph))
            if "{%p" in inner or "{%tr" in inner:
                assert TAG.fullmatch(inner), inner


def test_both_languages_have_the_same_fields_and_clauses():
    """The Spanish template says the same with the same fields, in the same order of blocks."""
    english, spanish = (
        parsed((TEXTS / TEMPLATES[name]).read_text(encoding="utf-8"))
        for name in ("cooperation.docx", "cooperation.es.docx")
    )
    assert [each.kind for each in english.blocks] == [each.kind for each in spanish.blocks]
    assert used_names(shipped("cooperation.docx")) == used_names(shipped("cooperation.es.docx"))
    assert english.words.keys() == spanish.words.keys()
    for one, other in zip(english.blocks, spanish.blocks, strict=True):
        assert Counter(TAG.findall(one.text)) == Counter(TAG.findall(other.text)), one.text
    assert len(styled(Document(io.BytesIO(shipped("cooperation.docx"))), "Heading 1")) == 18
    assert len(styled(Document(io.BytesIO(shipped("cooperation.es.docx"))), "Heading 1")) == 18


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("cooperation.docx", ("Costs", "Confidentiality", "Intellectual property", "Personal data", "Annexes")),
        ("business.docx", ("Commercial terms", "SME status", "Disclosure to the Facilitator, the Agency and auditors")),
        ("cooperation.es.docx", ("Gastos", "Confidencialidad", "Comunicación a la Agencia y a los auditores")),
    ],
)
def test_needed_clauses_are_there(name, clauses):
    """The clauses that an EU project cannot do without stand in the template."""
    assert set(clauses) <= set(styled(Document(io.BytesIO(shipped(name))), "Heading 1"))


@pytest.mark.parametrize("name", NAMES)
def test_a_line_says_that_it_is_an_example(name):
    """The document says that its text is neutral, no legal advice, and to be replaced; it names no consortium."""
    (note,) = styled(Document(io.BytesIO(shipped(name))), "Note")
    assert re.search("not legal advice|no constituye asesoramiento jurídico", note)
    assert re.search("the consortium’s own|texto propio del consorcio", note)
    assert not re.search(r"\b(ELCA|AMZ|MAV|BIC|POL|PLA|MECH)\b", "".join(part_texts(shipped(name)).values()))


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_left_over(case):
    """No tag stays, no paragraph is empty but the cells that a party's letter spans, no double space, no stray dot."""
    word = document(case)
    assert not re.search(r"\{[{%#]|[%#}]\}", whole(word))
    spanned = {each for each in word.element.body.iter(qn("w:vMerge")) if each.get(qn("w:val")) is None}
    free = [cell for cell in word.element.body.iter(qn("w:tc")) if not spanned & set(cell.iter(qn("w:vMerge")))]
    paragraphs = [*word.element.body.findall(qn("w:p")), *(each for cell in free for each in cell.findall(qn("w:p")))]
    assert all("".join(each.itertext()).strip() for each in paragraphs)
    assert not re.search(r"  (?!·)|\.\.| ,| \.|\( | \)|None|Undefined", whole(word).replace("  ·  ", " "))


@pytest.mark.parametrize("case", ["rich", "three", "final", "business", "spanish"])
def test_full_records_leave_no_placeholder(case):
    """Where the records say everything, nothing is left in brackets."""
    assert "[" not in whole(document(case))


@pytest.mark.parametrize("case", ["bare", "bare business", "bare spanish"])
def test_a_bare_draft_asks_for_the_six_fields_only(case):
    """The only placeholders of a draft are what the parties must supply: all else has a neutral wording."""
    _, portfolio, agreement, more = CASES[case]
    values = context_of(portfolio, agreement, reference=REFERENCE, version=1, as_of=AS_OF, **more).values
    fields = [name.removeprefix("party.").split(".") for name in MANDATORY]
    labels = set()
    for party in values["parties"]:
        for path in fields:
            value = party
            for step in path:
                value = value[step]
            labels.add(f"[{value.label}]")
    assert set(re.findall(r"\[[^]]*\]", whole(document(case)))) == labels


def test_names_and_terms_come_through_intact():
    """Ampersands, long names, numbers with leading zeros and agreed terms stand as recorded."""
    text = whole(document("rich"))
    for expected in (
        EAST.name,
        EAST.legal.name,
        "0001 Sampletown",
        "(Register of Associations of Sampletown)",
        "Dr C. Specimen, Chair of the board",
        "with 60 days’ notice",
        "for 5 years after its end",
        "East Kites: receives the delegation of the mission",
        "Annex 2: List of contacts",
        "the law of Spain.",
        "For the mission Atlantis,",
        "East Kites is based outside the European Economic Area (United States).",
        "Supported by the European Union under Sample Programme, grant agreement 000000.",
        "the Sample Funding Agency (SFA) answers",
    ):
        assert expected in text
    assert "thirty days" not in text
    assert "thirty days’ notice" in whole(document("bare"))


def test_without_a_mission_none_is_spoken_of():
    """An agreement outside any mission does not mention one."""
    assert re.search(r"\bmission\b", whole(document("rich")))
    without = rendered("cooperation.docx", FULL, replace(THREE, commitments=()))
    assert not re.search(r"\bmission\b", whole(without))


def test_reference_version_and_mark_stand_on_every_page():
    """Header, footer, title block and properties carry the reference; DRAFT is in drafts only; pages are counted."""
    for case, mark in (("rich", "DRAFT"), ("spanish", "BORRADOR"), ("final", None)):
        word = document(case)
        section = word.sections[0]
        for header in (section.header, section.first_page_header):
            assert REFERENCE in header.paragraphs[0].text
            assert header.paragraphs[0].text.endswith(mark or "\t")
        for footer in (section.footer, section.first_page_footer):
            last = footer.paragraphs[-1]
            assert REFERENCE in last.text
            assert [each.text.strip() for each in last._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
            assert re.search(r"(Page 1 of 5|Página 1 de 5)$", last.text)
        assert word.core_properties.identifier == REFERENCE
        assert REFERENCE in word.core_properties.title
        assert any(REFERENCE in cell.text for cell in word.tables[0].rows[0].cells)


def test_funding_texts_stand_in_the_first_footer_where_there_are_any():
    """The funding line and disclaimer of the day are at the foot of the first page; without them there is no gap."""
    full, bare = (document(case).sections[0].first_page_footer.paragraphs for case in ("rich", "bare"))
    assert [each.text[:9] for each in full[:-1]] == ["Supported", "This text"]
    assert len(bare) == 1


@pytest.mark.parametrize("count", [1, 2, 5])
def test_any_number_of_parties_signs(count):
    """Each party has one entry in the parties block and one in the signatures, which stays on one page."""
    many = tuple(
        replace(EAST, id=Identifier(f"o{place}"), legal=LegalData(name=f"Kite {place}")) for place in range(count)
    )
    agreement = replace(RICH, counterparts=tuple(each.id for each in many), commitments=())
    word = rendered("cooperation.docx", replace(FULL, organisations=many), agreement)
    parties, signatures = word.tables[1], word.tables[-1]
    letters = [chr(ord("A") + place) for place in range(count + 1)]
    starts = [each for each in parties.rows if each._tr.tc_lst[0].vMerge == "restart"]
    assert [each.cells[0].text for each in starts] == letters
    assert [each.cells[0].paragraphs[0].text for each in signatures.rows] == [f"For Party {each}" for each in letters]
    for row in signatures.rows:
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        assert all(each.paragraph_format.keep_with_next for cell in row.cells for each in cell.paragraphs)
        right = [each.text.split("\t")[0] for each in row.cells[1].paragraphs]
        assert right == ["Name", "Function", "Place", "Date"]


def test_who_signs_for_another_says_so():
    """A party that signs through another shows both names in its block and in its signature."""
    word = rendered("cooperation.docx", FULL, replace(RICH, counterparts=(Identifier("guild"),)))
    text = whole(word)
    assert "Signs through\nWest Workshop Ltd" in text
    assert "West Workshop Limited (on behalf of Guild Initiative)" in text


def test_between_companies_the_partner_is_no_party():
    """In a business agreement the facilitating partner is named, and has neither block nor signature."""
    word = document("business")
    assert "facilitated by North Cluster of Paper Aeroplanes (the “Facilitator”)" in whole(word)
    assert len(word.tables[-1].rows) == 2
    assert "North Cluster" not in "".join(
        cell.text for table in word.tables for row in table.rows for cell in row.cells
    )


@pytest.mark.parametrize("case", CASES)
def test_our_own_renderer_says_the_same(case):
    """What this package renders reads as what docxtpl renders, and lists exactly the mandatory fields as missing."""
    name, portfolio, agreement, more = CASES[case]
    context = context_of(portfolio, agreement, reference=REFERENCE, version=3, as_of=AS_OF, **more)
    template = compile_template(shipped(name), name=name)
    made = template.render_listed(context.values)
    assert texts(Document(io.BytesIO(made.document))) == texts(document(case))
    assert {each.field for each in made.missing} == {each.field for each in context.missing}
    assert template.render(context.values) == made.document


@pytest.mark.parametrize("case", CASES)
def test_a_final_document_needs_all_six_fields(case):
    """A document for signature is made where the parties supplied everything, and refused where they did not."""
    name, portfolio, agreement, more = CASES[case]
    context = context_of(portfolio, agreement, reference=REFERENCE, version=3, as_of=AS_OF, **(more | {"draft": False}))
    template = compile_template(shipped(name), name=name)
    if not context.missing:
        assert "DRAFT" not in whole(Document(io.BytesIO(template.render(context.values, mode="final"))))
        return
    with pytest.raises(TemplateError) as refused:
        template.render(context.values, mode="final")
    assert len(refused.value.problems) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_words_own(name):
    """Clauses, paragraphs and points are levels of one list bound to their styles; no number is typed."""
    word = Document(io.BytesIO(shipped(name)))
    levels = {}
    for style in ("Heading 1", "Clause", "Point"):
        bound = word.styles[style].element.pPr.numPr
        levels[style] = (bound.numId.val, bound.ilvl.val if bound.ilvl is not None else 0)
    assert levels == {"Heading 1": (1, 0), "Clause": (1, 1), "Point": (1, 2)}
    definition = word.part.numbering_part.element.find(qn("w:abstractNum"))
    assert [each.get(qn("w:val")) for each in definition.iter(qn("w:lvlText"))] == ["%1.", "%1.%2", "(%3)"]
    assert [each.get(qn("w:val")) for each in definition.iter(qn("w:pStyle"))] == ["Heading1", "Clause", "Point"]
    assert not [each.text for each in word.paragraphs if re.match(r"\(?[0-9a-z]{1,2}[.)]", each.text)]


@pytest.mark.parametrize("name", NAMES)
def test_headings_and_introductions_stay_with_what_follows(name):
    """No heading, and no line that introduces a list, can stand alone at the foot of a page."""
    word = Document(io.BytesIO(shipped(name)))
    for style in ("Part", "Heading 1", "Title", "Party Name", "Field Value"):
        assert word.styles[style].paragraph_format.keep_with_next
    introductions = [each for each in word.paragraphs if each.style.name == "Clause" and each.text.endswith(":")]
    assert introductions
    assert all(each.paragraph_format.keep_with_next for each in introductions)


@pytest.mark.parametrize("name", NAMES)
def test_every_style_is_ours_and_used(name):
    """The list of styles that an author sees in Word holds nothing that the template does not use."""
    word = Document(io.BytesIO(shipped(name)))
    used = {"Normal", "Label", "No List", "Normal Table", "Default Paragraph Font"}
    xml = "".join(part_texts(shipped(name)).values())
    used |= {each.name for each in word.styles if f'w:val="{each.style_id}"' in xml}
    assert {each.name for each in word.styles} == used


def test_template_folder_holds_the_templates_of_the_classes():
    """The names are those that classes of agreements give, with the language where it is not the project's own."""
    assert sorted(each.name for each in Path(TARGET).glob("*.docx")) == list(NAMES)
