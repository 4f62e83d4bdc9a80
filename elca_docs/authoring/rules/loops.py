"""Rules on what stands in a loop: names and numbers that may be there once, lists that number on, counts too high."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jinja2 import nodes

from elca_docs.authoring.paragraphs import Paragraph
from elca_docs.authoring.rules.placing import is_of_word
from elca_docs.authoring.sources import Block
from elca_docs.authoring.spots import Flaw, error, hint, warning
from elca_docs.authoring.study import PartStudy, Study
from elca_docs.rendering.package import W
from elca_docs.rendering.run import LONGEST_RANGE

_ONCE: Final = {
    "bookmarkStart": "a bookmark",
    "commentRangeStart": "a comment",
    "commentReference": "a comment",
    "footnoteReference": "a footnote",
    "endnoteReference": "an endnote",
}


def repeated_marks(study: Study) -> Iterator[Flaw]:
    """Each bookmark, comment and note in a loop: it comes once for each turn, and may be there once."""
    for each in study.word_parts:
        for block, paragraph, start, end in _looped(each):
            names = {
                _ONCE[mark.name]
                for mark in paragraph.marks
                if mark.name in _ONCE and start <= mark.offset <= end and not is_of_word(mark)
            }
            for name in sorted(names):
                message = f"{name} stands in a loop, and the document has it once for each turn"
                fix = f"move it out of the loop that begins with {block.opened.shown}, or delete it"
                yield warning("template-repeated-in-loop", message, paragraph.spot(), fix)


def numbered_paragraphs(study: Study) -> Iterator[Flaw]:
    """Each numbered paragraph in a loop inside another: its numbers go on where they should begin anew."""
    for each in study.word_parts:
        for block, paragraph, _, _ in _looped(each):
            if block.within is not None and _outer_loop(block) and _is_numbered(paragraph):
                message = "a numbered paragraph stands in a loop within a loop, and its numbers never begin anew"
                fix = "print the number with {{ loop.index }}, or use a bulleted list"
                yield hint("template-numbering-in-loop", message, paragraph.spot(), fix)


def _outer_loop(block: Block) -> bool:
    around = block.within
    while around is not None and around.keyword != "for":
        around = around.within
    return around is not None


def _is_numbered(paragraph: Paragraph) -> bool:
    number = paragraph.element.find(f"{{{W}}}pPr/{{{W}}}numPr/{{{W}}}numId")
    return number is not None and number.get(f"{{{W}}}val") != "0"


def _looped(study: PartStudy) -> Iterator[tuple[Block, Paragraph, int, int]]:
    """Yield each paragraph in a loop, once for its innermost, with the characters of it that are repeated."""
    loops = [block for block in study.source.blocks if block.keyword == "for" and block.closed is not None]
    owners: dict[Paragraph, tuple[Block, int, int]] = {}
    for block in loops:
        first, last = block.opened.last, block.closed.first if block.closed else block.opened.last
        if first.number < 0 or last.number < first.number:
            continue
        for paragraph in study.part.paragraphs[first.number : last.number + 1]:
            start = block.opened.end if paragraph is first else 0
            end = block.closed.start if block.closed and paragraph is last else paragraph.length
            if not (block.opened.prefix and paragraph in {first, last}):
                owners[paragraph] = (block, start, end)
    for paragraph, (block, start, end) in sorted(owners.items(), key=lambda owner: owner[0].number):
        yield block, paragraph, start, end


def long_ranges(study: Study) -> Iterator[Flaw]:
    """Each range() that counts further than a document may."""
    for each in study.parts:
        if each.source.tree is None:
            continue
        for call in each.source.tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "range" and _length(call) > LONGEST_RANGE:
                tag = each.source.tag_at(call.lineno)
                message = f"range() counts {_length(call):,} numbers; {LONGEST_RANGE:,} is the most"
                spot = tag.spot() if tag else each.part.spot()
                yield error("template-over-budget", message, spot, "make the loop shorter")


def _length(call: nodes.Call) -> int:
    """Return how far a range counts, where it says so in numbers; else 0."""
    numbers = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
    if len(numbers) != len(call.args) or not all(type(number) is int for number in numbers):
        return 0
    try:
        return max(len(range(*numbers)), 0)
    except (TypeError, ValueError):
        return 0
    except OverflowError:
        return LONGEST_RANGE + 1
