"""The fixed words of the field guide: headings, the five things to know, advice. Data only; this is English.

Text between backticks is what an author types. A test holds that every language says as much as this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideWords:
    """What the guide says beside the fields and the ready paragraphs."""

    language: str
    title: str
    lead: str
    five: str
    things: tuple[str, ...]
    becomes: str
    """Heading of the examples."""
    writes: str
    prints: str
    samples: tuple[tuple[str, str], ...]
    """What an author writes, and a remark behind what it prints."""
    absent: tuple[str, str]
    """The same where the records lack the value."""
    fields: str
    legend: Mapping[str, str]
    """What follows from whether a field may be empty."""
    tag: str
    meaning: str
    kind: str
    source: str
    example: str
    kinds: Mapping[str, str]
    fillings: Mapping[str, str]
    groups: Mapping[str, str]
    notes: Mapping[str, str]
    """What stands below the heading of a group."""
    ready: str
    ready_lead: str
    signing: str
    signing_advice: tuple[str, ...]
    margins: str
    margins_advice: tuple[str, ...]
    word: str
    word_advice: tuple[str, ...]
    never: str
    never_advice: tuple[str, ...]
    click: str
    """What a page in a browser can do, and paper cannot."""
    skip: str
    """Where a page is read aloud: the link to its text."""


ENGLISH: Final = GuideWords(
    language="en",
    title="Fields for agreement templates",
    lead="For whoever writes an agreement template in Word. This guide is made from the program’s own table of fields, "
    "so it is complete; `invoke templates.guide` makes it anew.",
    five="Five things to know",
    things=(
        (
            "Write your agreement in Word as always. Where a value belongs, put its tag: copy it from this guide and "
            "paste it with “Keep Text Only”. The value looks like the tag: bold if the tag is bold."
        ),
        (
            "A value that may be empty stands in a condition. Without one, a draft shows a yellow placeholder in its "
            "place, and the document is refused when it is to go out for signature."
        ),
        (
            "A paragraph that may go or repeat stands between two paragraphs that hold one tag each and nothing "
            "else; these tags begin with `{%p`. Rows of a table do the same with `{%tr`. Whatever else stands beside "
            "such a tag is lost."
        ),
        "What begins must end, in the same text, cell or header: every `if` has its `endif`, every `for` its `endfor`.",
        (
            "Accept all tracked changes, then let the program look: `invoke templates.check` names each fault and its "
            "place; `invoke templates.preview` fills the template with two made-up agreements, a rich one and a "
            "sparse one."
        ),
    ),
    becomes="What a tag becomes",
    writes="You write",
    prints="It prints",
    samples=(
        ("between {{ partner.name }} and {{ counterpart.name }}", ""),
        (
            "{{ party.name }}{% if party.vat %}, VAT number {{ party.vat }}{% endif %}",
            "without VAT number: the name alone",
        ),
    ),
    absent=("{{ party.address }}", "in yellow, where the records have no address yet"),
    fields="All fields",
    legend={
        "needed": "nobody can sign without it: print it without a condition, so that drafts show what is missing",
        "open": "put it in a condition",
        "always": "needs no condition",
    },
    tag="Tag to copy",
    meaning="What it prints",
    kind="Kind",
    source="From",
    example="Example",
    kinds={"text": "text", "number": "number", "yes/no": "yes or no", "list": "list", "group": "group"},
    fillings={"needed": "needed", "open": "may be empty", "always": "always there", "": ""},
    groups={
        "document": "The document",
        "agreement": "The agreement",
        "project": "The project",
        "mission": "The mission",
        "parties": "The parties",
        "party": "A party",
        "substance": "What they agree on",
        "commitment": "A commitment",
    },
    notes={
        "party": "Each field has three names: `party` inside the loop `{%p for party in parties %}`, `counterpart` for "
        "the first counterpart and `partner` for the first responsible partner anywhere. Prefer the loop: it serves "
        "two parties as well as five.",
        "commitment": "Inside the loop `{%p for commitment in commitments %}`.",
    },
    ready="Ready to copy",
    ready_lead="Copy the lines as they stand, and put your own words around the tags. Each of these was tried by the "
    "program with a made-up agreement.",
    signing="Signature blocks",
    signing_advice=(
        (
            "Let one row of a table repeat for each party, as below: it serves two parties as well as five. Blocks "
            "side by side leave no place for a third."
        ),
        "Keep a block on one page: in Word, Table Properties, Row, no tick at “Allow row to break across pages”.",
        "Name and function of who signs come from the records; leave only signature, place and date to the pen.",
    ),
    margins="Header, footer, properties",
    margins_advice=(
        (
            "Print the reference in the header or footer of every page: by it a signed copy is recognised when it "
            "comes back. With “Different First Page” it belongs into both."
        ),
        "The document’s properties may hold tags, too. As title: `{{ agreement.title }} {{ reference }}`.",
        "Page numbers are Word’s own and stay as they are.",
    ),
    word="What Word does to tags",
    word_advice=(
        (
            "Quotation marks: “curly” and ‘curly’ ones in a tag are read as straight ones; « » and „ are a fault. "
            "Copy such tags from here, or undo Word’s change with Ctrl+Z."
        ),
        (
            "Capitals: names are written small. `{{ Party.name }}`, with a capital that Word put there, is an unknown "
            "name."
        ),
        "Dashes and dots: `-` may become a long dash, three dots one sign; neither may stand in a tag.",
        "Formatting: give the whole tag one formatting, braces included.",
        "Tracked changes: a deleted tag is still filled in until the deletion is accepted.",
        "Comments, bookmarks and links that begin or end inside a tag are lost.",
    ),
    never="Never",
    never_advice=(
        "Never type by hand what a field prints: names, addresses, numbers, dates, the reference.",
        "Never invent a name of a field; what does not stand in this guide is refused, with its place.",
        "Never print a list or a group as a whole; go through a list with `for`, print the fields of a group.",
        "Never begin a condition or loop in one cell and end it in another.",
        "Never put two `{%p` tags into one paragraph, nor one into a paragraph with a section break.",
        (
            "Never put tags into charts, SmartArt or the address of a link, where nothing is filled in, nor into a "
            "field of Word, which Word computes anew."
        ),
        "Never save as .docm or .dotx, and embed no macros, objects or pictures from elsewhere: the file is refused.",
    ),
    click="A click on a tag, or on a frame of lines to copy, selects all of it.",
    skip="Skip to the guide",
)
