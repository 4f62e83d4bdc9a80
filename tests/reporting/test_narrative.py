"""An author's Markdown: what becomes a block, and what is refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.blocks import Heading, Listing, Paragraph, Span, is_address, line
from elca_docs.reporting.narrative import narrative_blocks

PATH = "records/deliverables/X1/aims.md"


def blocks(text, level=1):
    found, problems, _ = narrative_blocks(text, path=PATH, level=level)
    assert problems == ()
    return found


def refused(text, level=1):
    return [(each.code, each.location.line, each.message) for each in narrative_blocks(text, path=PATH, level=level)[1]]


def test_paragraphs_with_styles_and_links():
    """Bold, italic, both, links and line breaks arrive as spans; a line end within a paragraph is a space."""
    text = (
        "We **fly**, *often*, ***far***\nand [to **them**](https://example.org/a?b=1&c=2).  \n"
        "Or <mailto:a@example.org>."
    )
    assert blocks(text) == (
        Paragraph(
            spans=(
                Span(text="We "),
                Span(text="fly", bold=True),
                Span(text=", "),
                Span(text="often", italic=True),
                Span(text=", "),
                Span(text="far", bold=True, italic=True),
                Span(text=" and "),
                Span(text="to ", link="https://example.org/a?b=1&c=2"),
                Span(text="them", bold=True, link="https://example.org/a?b=1&c=2"),
                Span(text=".\nOr "),
                Span(text="mailto:a@example.org", link="mailto:a@example.org"),
                Span(text="."),
            )
        ),
    )


def test_headings_go_below_their_section():
    """A heading of the text is one level below the section's own."""
    assert blocks("# One\n\n## *Two* & more") == (Heading(text="One", level=2), Heading(text="Two & more", level=3))
    assert blocks("# One", level=2) == (Heading(text="One", level=3),)


def test_lists_of_one_level():
    """Bullets and numbers become lists; an entry may run over lines and hold styles."""
    assert blocks("- a\n- **b**\n  c\n\n1. d\n2. e") == (
        Listing(entries=(line("a"), (Span(text="b", bold=True), Span(text=" c")))),
        Listing(entries=(line("d"), line("e")), ordered=True),
    )


def test_loose_lists_are_lists():
    """Blank lines between entries make no difference."""
    assert blocks("- a\n\n- b\n") == (Listing(entries=(line("a"), line("b"))),)


def test_nothing_gives_nothing():
    """An empty text has no blocks."""
    assert blocks("") == blocks(" \n\n") == ()


@pytest.mark.parametrize(
    ("text", "code", "at", "what"),
    [
        ("a\n\n> b", "narrative-unsupported", 3, "a quotation"),
        ("a\n\n    b", "narrative-unsupported", 3, "an indented block (read as program code)"),
        ("```\nb\n```", "narrative-unsupported", 1, "a block of program code"),
        ("a\n\n---\n\nb", "narrative-unsupported", 3, "a horizontal rule"),
        ("<!-- to do -->", "narrative-unsupported", 1, "HTML or a comment"),
        ("a <b>c</b>", "narrative-unsupported", 1, "HTML or a comment"),
        ("a `b`", "narrative-unsupported", 1, "text between backquotes"),
        ("a\n\nb ![c](d.png)", "narrative-unsupported", 3, "an image"),
        ("a ~~b~~", "narrative-unsupported", 1, "struck-through text"),
        ("- a\n  - b", "narrative-unsupported", 1, "more than one paragraph"),
        ("- a\n-\n- c", "narrative-unsupported", 2, "more than one paragraph"),
        ("- a\n- b\n\n  c", "narrative-unsupported", 2, "more than one paragraph"),
        ("3. a", "narrative-unsupported", 1, "begins at 1"),
        ("- x\n- a `b`", "narrative-unsupported", 2, "text between backquotes"),
        ('[a](https://example.org "b")', "narrative-unsupported", 1, "a link with a title"),
        ("# a\n\n### b", "narrative-heading-deep", 3, "too deep"),
        ("[a](javascript:alert(1))", "narrative-link-refused", 1, "javascript:alert(1)"),
        ("[a](other.md)", "narrative-link-refused", 1, "other.md"),
        ("[a](file:///b)", "narrative-link-refused", 1, "file:///b"),
        ("[a]()", "narrative-link-refused", 1, "''"),
        ("a\n[a](<https://x y>)", "narrative-link-refused", 2, "https://x%20y"),
        ("[a](https://[::1)", "narrative-link-refused", 1, "https://"),
        ("[a](https://user@example.org)", "narrative-link-refused", 1, "user@"),
        ("[a](mailto:nobody)", "narrative-link-refused", 1, "mailto:nobody"),
        ("a\n\nb\nc &#x202e;d", "control-character", 4, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("# a &#x2067;", "control-character", 1, "U+2067 RIGHT-TO-LEFT ISOLATE"),
        ("- a\n- **b &#x200b;**", "control-character", 2, "U+200B ZERO WIDTH SPACE"),
        ("[a&#xfeff;](https://example.org)", "control-character", 1, "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("a &#0;", "control-character", 1, "U+FFFD"),
        ("<https://example.org/%E2%80%AE>", "control-character", 1, "U+202E"),
    ],
)
def test_everything_else_is_a_problem_with_its_line(text, code, at, what):
    """narrative-unsupported, narrative-heading-deep, narrative-link-refused, control-character: with line and fix."""
    ((found, line_, message),) = refused(text)
    assert (found, line_) == (code, at)
    assert what in message


@pytest.mark.parametrize("link", ["https://example.org/ñ?a=(b)", "https://exámple.org:80/#c", "mailto:a.b@example.org"])
def test_whatever_link_is_taken_can_be_written(link):
    """A text and a document judge an address alike, so nothing is refused later, without its line."""
    (paragraph,) = blocks(f"[a]({link})")
    assert is_address(paragraph.spans[0].link)


@pytest.mark.parametrize(
    "text",
    [
        *("**a " * 1500 + "b** " * 1500, "*" * 3000 + "a" + "*" * 3000, "~~a " * 1500 + "b~~ " * 1500),
        *("- " + "_a *b " * 700 + "c* d_ " * 700, "| a |\n|---|\n| " + "**a " * 900 + "b** " * 900 + "|"),
        "![" + "**a " * 900 + "b** " * 900 + "](c.png)",
    ],
    ids=["bold", "stars", "struck", "both in a list", "a cell", "a picture"],
)
def test_styles_nested_too_deeply_are_refused(text):
    """No text is too deep for the program: narrative-unsupported, with the line, and the next paragraph is read."""
    found = refused("a\n\n" + text + "\n\n> b")
    assert [(code, message) for code, _, message in found] == [
        ("narrative-unsupported", "the styles are nested too deeply"),
        ("narrative-unsupported", "a quotation cannot stand in a deliverable"),
    ]
    assert 3 <= found[0][1] <= 5


def test_all_problems_come_at_once():
    """One run tells everything that is wrong, and keeps what is right."""
    found, problems, _ = narrative_blocks("> a\n\nb\n\n`c`", path=PATH, level=1)
    assert found == (Paragraph(spans=line("b")),)
    assert [str(each.location) for each in problems] == [f"{PATH}:1", f"{PATH}:5"]
    assert all(each.fix for each in problems)


@pytest.mark.parametrize("text", ["[1]: https://example.org", "a [b] c [d][e]", "{{ x }} {% y %}", "5 < 6 & 7"])
def test_what_only_looks_like_markup_stays_text(text):
    """Unused definitions, brackets and braces are text: nothing an author wrote vanishes."""
    (paragraph,) = blocks(text)
    assert "".join(span.text for span in paragraph.spans if not span.link) == text.replace(
        "https://example.org", ""
    ) or ("".join(span.text for span in paragraph.spans) == text)


@settings(max_examples=60)
@given(st.text(alphabet="ab *_-+#>`[]()<>!|\n1.~&;:/\\", max_size=40))
def test_no_text_fails_or_vanishes(text):
    """Any text becomes blocks or problems, never an error; letters of refused-nothing text are all kept."""
    found, problems, _ = narrative_blocks(text, path=PATH, level=1)
    if not problems:
        lines = [
            spans
            for block in found
            for spans in (
                block.entries
                if isinstance(block, Listing)
                else [line(block.text)]
                if isinstance(block, Heading)
                else [block.spans]
            )
        ]
        kept = "".join(span.text + span.link for spans in lines for span in spans)
        assert all(kept.count(letter) >= text.count(letter) for letter in "ab")
