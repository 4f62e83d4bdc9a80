"""Every fault is found at its place, and an error is one that docxtpl shows or rendering refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from broken_files import broken
from filled_documents import by_docxtpl, by_rendering, count_of, is_whole, text_of

from elca_docs.authoring.checking import check_template
from elca_docs.errors import TemplateError

if TYPE_CHECKING:
    from broken_templates import Broken

BROKEN = broken()
ERRORS = [each for each in BROKEN if each.severity == "error"]
NAMED = {"ids": lambda each: each.name}


def breaks(broken: Broken, make) -> str:
    """Return how making a document of it goes wrong; empty where it does not."""
    try:
        made = make(broken.data, broken.values)
    except Exception as error:  # noqa: BLE001 - docxtpl raises whatever it meets
        return f"raises {type(error).__name__}"
    if not is_whole(made):
        return "is not whole"
    if broken.wanted and broken.wanted not in text_of(made):
        return "loses text"
    if broken.keeps and count_of(made, broken.keeps[0]) != broken.keeps[1]:
        return "loses a part"
    return ""


@pytest.mark.parametrize("each", BROKEN, **NAMED)
def test_a_fault_is_found_at_its_place_and_alone(each):
    """With its code, how bad it is, its place in words, a sentence and what to do; nothing else is said."""
    flaws = check_template(each.data, name="t.docx")
    found = [(flaw.code, flaw.severity, str(flaw.spot).partition(': "')[0]) for flaw in flaws]
    assert (each.code, each.severity, each.place) in found
    assert {code for code, _, _ in found} - each.more == {each.code} - each.more
    assert all(flaw.message and flaw.fix for flaw in flaws)


@pytest.mark.slow
@pytest.mark.parametrize("each", [each for each in ERRORS if each.shown_by == "docxtpl"], **NAMED)
def test_an_error_breaks_the_document_or_loses_text_in_docxtpl(each):
    """docxtpl raises, makes a file that is not whole, or makes one without what was asked for."""
    assert breaks(each, by_docxtpl)


@pytest.mark.slow
@pytest.mark.parametrize("each", [each for each in ERRORS if each.shown_by == "docxtpl"], **NAMED)
def test_an_error_breaks_here_too(each):
    """What rendering can do is not called an error."""
    assert breaks(each, by_rendering)


@pytest.mark.parametrize("each", [each for each in ERRORS if each.shown_by == "rendering"], **NAMED)
def test_what_is_unsafe_is_refused_by_rendering_with_the_same_code(each):
    """Rendering refuses what docxtpl would carry out."""
    with pytest.raises(TemplateError) as refused:
        by_rendering(each.data, each.values)
    assert each.code in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize("each", [each for each in BROKEN if each.code == "template-docxtpl-only"], **NAMED)
def test_what_only_docxtpl_breaks_is_a_warning(each):
    """docxtpl alone breaks it, rendering does not."""
    assert (bool(breaks(each, by_docxtpl)), breaks(each, by_rendering)) == (True, "")


def test_there_are_enough_of_them_in_every_place():
    """At least forty kinds of fault, and those that can stand anywhere in six places."""
    assert len({each.name.rpartition(" in ")[0] or each.name for each in BROKEN}) > 40
    assert len({each.name for each in BROKEN}) == len(BROKEN)
