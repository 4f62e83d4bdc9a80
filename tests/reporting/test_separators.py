"""The separator pages of annexes: what each says, in each language."""

from __future__ import annotations

import pytest

from elca_docs.model.annexes import Annex
from elca_docs.model.blocks import Control, Heading, PageBreak, Paragraph
from elca_docs.reporting.separators import _ENGLISH, _LANGUAGES, separator_blocks, separators_heading

FACTS = {"reference": "TEST-CA-ABC-001", "register_number": "R-2021-001", "sha256": "ab" * 32, "pages": 3}
SHOWN = Annex(number="A1", title="Agreement with Nowhere", **FACTS)
WITHHELD = Annex(number="A2", title="Another", withheld="it is confidential", **FACTS)


def test_each_annex_has_a_page():
    """Pages are parted by breaks, and each heading has the number of its annex as anchor."""
    blocks = separator_blocks((SHOWN, WITHHELD), language="en")
    kinds = [type(each) for each in blocks]
    assert kinds == [Heading, Paragraph, Control, Paragraph, PageBreak, Heading, Paragraph, Control, Paragraph]
    assert [each.anchor for each in blocks if isinstance(each, Heading)] == ["A1", "A2"]
    assert separator_blocks((), language="en") == ()


def test_a_page_says_what_proves_the_annex():
    """Title, reference, register number, digest, and that signatures hold in the original only."""
    heading, title, control, paragraph = separator_blocks((SHOWN,), language="en")
    assert (heading.text, title.spans[0].text) == ("Annex A1", "Agreement with Nowhere")
    assert [value for _, value in control.rows] == ["TEST-CA-ABC-001", "R-2021-001", "3", "ab" * 32]
    assert "verified only in the original" in paragraph.spans[0].text


def test_what_is_withheld_is_said_with_its_reason():
    """A withheld annex shows no digest and no line on signatures."""
    _, _, control, paragraph = separator_blocks((WITHHELD,), language="en")
    assert [value for _, value in control.rows] == ["TEST-CA-ABC-001", "R-2021-001"]
    assert paragraph.spans[0].text == "Left out of this edition: it is confidential"


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_language_has_every_word(language):
    """No phrase is missing, and a language that is not known is English."""
    assert set(_LANGUAGES[language]) == set(_ENGLISH)
    assert separators_heading(language) == _LANGUAGES[language]["annexes"]
    assert separators_heading("xx") == "Annexes"
    assert separator_blocks((SHOWN,), language="xx") == separator_blocks((SHOWN,), language="en")
