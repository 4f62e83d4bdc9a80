"""Templates in which nothing is wrong, as different as Word, LibreOffice and authors make them.

Each with texts that a document made from it with the example values must have.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import docx
from broken_templates import REFERENCE
from template_bits import (
    BASE,
    MANDATORY,
    PLACES,
    bookmark,
    box,
    char,
    code,
    control,
    edited,
    in_place,
    link,
    p,
    r,
    table,
    with_body,
    with_header,
    with_notes,
)

AGREEMENTS = Path(__file__).parents[2] / "templates" / "agreements"
SHIPPED = {path.name: path.read_bytes() for path in sorted(AGREEMENTS.glob("*.docx"))}
PROOF = '<w:proofErr w:type="spellStart"/>'
RSID = '<w:lang w:val="es-ES"/>'
TOC = f"{char('begin')}{code(' TOC ')}{char('separate')}"


_COLOURED = "{% cellbg 'FF0000' if x.is_eu else 'FFFFFF' %}{{ x.letter }}"
_CELL = "<w:tc><w:tcPr><w:tcW w:w='1'/></w:tcPr>{}</w:tc>"
CELLS = (
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='1'/><w:gridCol w:w='1'/></w:tblGrid>"
    f"<w:tr>{_CELL.format(p('{%tr for x in parties %}'))}{_CELL.format(p(''))}</w:tr>"
    f"<w:tr>{_CELL.format(p('{% vm %}By {{ x.name }}'))}{_CELL.format(p(_COLOURED))}</w:tr>"
    f"<w:tr>{_CELL.format(p('{%tr endfor %}'))}{_CELL.format(p(''))}</w:tr></w:tbl>"
)


@dataclass(frozen=True)
class Sound:
    """A sound template, and texts that a document made from it holds."""

    name: str
    data: bytes
    wanted: tuple[str, ...]


def by_python_docx() -> bytes:
    """Return a template made with python-docx and its default styles: headings, a list, a table."""
    document = docx.Document()
    document.add_heading("Agreement {{ reference }}", 1)
    document.add_paragraph("{%p for area in areas %}")
    document.add_paragraph("{{ area }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    grid = document.add_table(rows=3, cols=2, style="Table Grid")
    grid.cell(0, 0).text = "{%tr for party in parties %}"
    grid.cell(1, 0).text, grid.cell(1, 1).text = "{{ party.letter }}", MANDATORY
    grid.cell(2, 0).text = "{%tr endfor %}"
    document.sections[0].header.paragraphs[0].text = "{{ reference }} {{ status_label }}"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _split() -> str:
    """Return one tag in nine runs, as spelling marks, revision ids and languages leave it."""
    pieces = ["{", "{ ", "part", "ner", ".", "legal", "_name", " }", "}"]
    runs = "".join(
        (PROOF if index % 2 else "")
        + r(piece, look=RSID if index % 3 else "").replace("<w:r>", f'<w:r w:rsidR="00AB{index}">')
        for index, piece in enumerate(pieces)
    )
    return p("By ", runs)


def _everywhere() -> str:
    """Return a loop, a condition and a choice for any place, of paragraphs and in the text."""
    return (
        p("{%p for x in parties %}")
        + p("{{ x.letter }}. {{ x.name }}{% if x.vat %}, {{ x.vat }}{% else %}, none{% endif %}")
        + p("{%p endfor %}")
        + p("{%p if mission %}")
        + p("For {{ mission.name }}")
        + p("{%p else %}")
        + p("For nothing more")
        + p("{%p endif %}")
        + p("{% for area in areas %}{{ area }}{% if not loop.last %}; {% endif %}{% endfor %}.")
    )


def sound() -> list[Sound]:
    """Return all of them but those that LibreOffice saves."""
    name, ref = "North Cluster", f"Ref {REFERENCE}"
    nested = table((table(("{{ reference }}", "{% if is_draft %}Draft{% endif %}")) + p("Ref {{ reference }}"), "b"))
    rows = table(
        ("Name", "Area"),
        ("{%tr for x in parties %}", ""),
        ("{{ x.name }}", p("{%p if x.vat %}") + p("{{ x.vat }}") + p("{%p endif %}") + p("")),
        ("{%tr endfor %}", ""),
    )
    columns = table(("{%tc for x in parties %}", "By {{ x.name }}", "{%tc endfor %}"))
    set_names = "{% set c = counterpart %}{% set all = parties|map(attribute='name')|join(', ') %}"
    heading = p(TOC, r("{{ agreement.title }}"), char("end"), properties='<w:pStyle w:val="Clause"/>')
    linked = p(char("begin"), code(' HYPERLINK "https://example.org" '), char("separate"), r("{{ reference }}"),
               char("end"), link(r(" and {{ reference }}")))  # fmt: skip
    accepted = p("kept ", r("{{ reference }}").replace("<w:r>", '<w:r w:rsidDel="00AA" w:rsidR="00BB">'))
    mixed = {
        "split runs": (_split(), f"By {name} Association"),
        "hard spaces": (p("Ref {{\u00a0reference\u00a0}}{%\u00a0if is_draft\u00a0%} Draft{% endif %}"), f"{ref} Draft"),
        "curly quotes": (p("{% if partner.role == “partner” %}Ref {{ reference|default(‘-’) }}{% endif %}"), ref),
        "tables in tables": (nested, ref),
        "rows in a loop": (rows, name),
        "cells in a loop": (columns, f"By {name}"),
        "accepted changes": (accepted, f"kept {REFERENCE}"),
        "names that are set": (p(f"{set_names}{{{{ c.name }}}}: {{{{ all }}}}"), f"{name}: {name}"),
        "guards": (p("{% if annexes is defined %}{{ nothing|default('Ref') }} {{ reference }}{% endif %}")
                   .replace("nothing", "terms.law"), REFERENCE),
        "dictionary and index": (p("{{ partner['name'] }}, {{ parties[0].name }}, {{ parties|length }}"),
                                 f"{name}, {name}, 3"),
        "groups": (p("{% for key, some in parties|groupby('country') %}{{ key }}: {{ some[0].name }}{% endfor %}"),
                   f"Spain: {name}"),
        "methods and sums": (p("{{ reference.lower()[:6] }} {{ parties|sum(attribute='number') }}"), "sample 3"),
        "macro": (p("{% macro who(x) %}By {{ x.name }}{% endmacro %}{{ who(partner) }}"), f"By {name}"),
        "raw text": (p("{% raw %}{{ not a tag }}{% endraw %} and {_{ }_}"), "{{ not a tag }} and {{ }}"),
        "braces in text": (p("{# a remark: {{ nothing }} #}the set {1, 2}, a } and a { alone"), "the set {1, 2}, a }"),
        "braces in quotes": (p("{{ '}}' }}{{ \"{{\" }}"), "}}{{"),
        "condition over paragraphs": (p("A {% if is_draft %}B") + p("C{% endif %} D"), "C D"),
        "a table of contents and a link": (heading + linked, f" and {REFERENCE}"),
        "content controls": (p(control(r("Ref {{ reference }}"))) + control(p("{{ partner.name }}")), ref),
        "bookmarks of Word": (p(bookmark("_GoBack"), "{%p if is_draft %}") + p(ref) + p("{%p endif %}"), ref),
        "picture's description": (
            p(f'<w:r>{box("")[5:-6]}</w:r>'.replace('name="Box 1"', 'name="Box 1" descr="{{ reference }}"')
              .replace("<w:txbxContent></w:txbxContent>", f"<w:txbxContent>{p('boxed')}</w:txbxContent>")), "boxed"),
        "data of another program": (p(char("begin"), code(' ADDIN CITE {"id":{"n":1}} '), char("separate"), r(ref),
                                      char("end")), ref),
        "cell tags": (CELLS, "By North Cluster"),
        "dashes": (p("{%- if is_draft -%}") + p("{{ reference }}") + p("{%- endif %}"), REFERENCE),
        "comparisons": (p("{% if version < 2 and parties|length > 1 %}{{ 'yes' if is_draft else 'no' }}{% endif %}"),
                        "yes"),
        "clause that may not be": (p("{%p if terms.law and terms.law != 'none' %}") + p("Law: {{ terms.law }}")
                                   + p("{%p endif %}"), "Law: the law"),
    }  # fmt: skip
    return [
        *(Sound(f"shipped {file}", data, (REFERENCE, "North Cluster Association")) for file, data in SHIPPED.items()),
        *(Sound(f"loops and conditions in {place}", in_place(place, _everywhere()),
                ("A. North Cluster", "For Atlantis")) for place in PLACES),
        *(Sound(title, with_body(xml), (text,)) for title, (xml, text) in mixed.items()),
        Sound("python-docx", by_python_docx(), (f"Agreement {REFERENCE}", "joint training", f"{REFERENCE} DRAFT")),
        Sound("footnotes", with_notes("", "See {{ reference }}"), (f"See {REFERENCE}",)),
        Sound("header", with_header(p("{{ reference }}, {{ status_label }}")), (f"{REFERENCE}, DRAFT",)),
        Sound("both sides instead of a loop", with_body("", base="".join(
            p(MANDATORY.replace("party.", f"{side}.")) for side in ("partner", "counterpart"))), ("Dr A. Sample",)),
        Sound("address in lines", with_body("", base=BASE.replace(
            "{{ party.address }}", "{{ party.address_lines|join(', ') }}")), ("1 Sample Street, ",)),
        Sound("title", edited(with_body(""), "docProps/core.xml", "A title", "{{ agreement.title }}"),
              (">Cooperation Agreement<",)),
    ]  # fmt: skip
