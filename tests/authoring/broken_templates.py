"""Templates with one deliberate fault each: what it is called, where it stands, and what a sound one would print.

`wanted` is text that a document made from the template should have; an error means that docxtpl raises, makes a file
that is not whole, or makes one without that text. `safety` marks faults that docxtpl carries out and rendering refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from template_bits import PLACES, in_place, p, words

REFERENCE = "SAMPLE-CA-NORTH-001"


@dataclass(frozen=True)
class Broken:
    """A broken template. `place` as a message names it; `more` are the codes of other flaws that come with it.

    `wanted` is text, and `keeps` the number of elements of a kind, that a document made with the example values (and
    those in `values`) should have; where it is neither, docxtpl raises or makes a file that is not whole. `shown_by`:
    docxtpl; rendering, which refuses for safety what docxtpl carries out; or Word, which shows something else.
    """

    name: str
    data: bytes
    code: str
    place: str
    wanted: str = ""
    severity: str = "error"
    keeps: tuple[str, int] | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    shown_by: Literal["docxtpl", "rendering", "Word"] = "docxtpl"
    more: frozenset[str] = frozenset()


def everywhere() -> list[Broken]:
    """Return the commonest slips, each in every place a template has."""
    slips = [
        ("mistyped field", p("Ref {{ refrence }}"), "template-undefined-field", 1, f"Ref {REFERENCE}"),
        ("mistyped part of a field", p("of {{ partner.adress }}."), "template-undefined-field", 1, "of 1 Sample"),
        ("angle quotes", p("{% if agreement.class == «CA» %}yes{% endif %}"), "template-syntax", 1, "yes"),
        ("tag never closed", p("Ref {{ reference"), "template-syntax", 1, f"Ref {REFERENCE}"),
        ("tag never opened", p("Ref reference }}"), "template-leftover", 1, f"Ref {REFERENCE}"),
        ("if never closed", p("{% if is_draft %}Draft ") + p("{{ reference }}"), "template-syntax", 1, "Draft"),
        ("endif alone", p("A ") + p("Draft{% endif %}"), "template-syntax", 2, "Draft"),
        (
            "text beside a paragraph tag",
            p("{%p if is_draft %}Lost words") + p("kept") + p("{%p endif %}") + p("last"),
            "template-text-beside-tag",
            1,
            "Lost words",
        ),
        (
            "two paragraph tags in one paragraph",
            p("{%p if is_draft %}{%p endif %}") + p("rest"),
            "template-two-tags",
            1,
            "",
        ),
        (
            "no space behind the letter",
            p("{%pif is_draft %}") + p("Draft") + p("{%p endif %}") + p(""),
            "template-syntax",
            1,
            "Draft",
        ),
    ]
    return [
        Broken(f"{name} in {place}", in_place(place, xml), code, words(place, number), wanted)
        for name, xml, code, number, wanted in slips
        for place in PLACES
    ]


def across_paragraphs() -> list[Broken]:
    """Return a tag over two paragraphs in every place: the two are run into one."""
    xml = p("one {{ refer") + p("ence }} two") + p("end")
    count = {"body": 8, "header": 3, "footer": 3, "footnote": 4, "cell": 8, "text box": 11}
    return [
        Broken(
            f"tag over two paragraphs in {place}",
            in_place(place, xml),
            "template-tag-across-paragraphs",
            words(place),
            keeps=("p", count[place]),
        )
        for place in PLACES
    ]
