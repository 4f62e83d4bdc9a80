"""The page of each bookmark, read from the named destinations of a PDF."""

from __future__ import annotations

import pytest
from papers import changed, paper
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from elca_docs.errors import EvidenceError
from elca_docs.pdf import pages_of


def named(pages, *names):
    """Return a PDF with named destinations, as LibreOffice writes their names."""

    def change(writer):
        for page, name in enumerate(names):
            writer.add_named_destination(name, page)

    return changed(paper(pages), change)


def test_pages_count_from_one():
    """Each anchor has the page of its bookmark; signs that are no letters are read as LibreOffice writes them."""
    found = pages_of(named(3, "plain", "/5FToc100", "x/2Dy"), {"a": "plain", "b": "_Toc100", "c": "x-y"})
    assert found == {"a": 1, "b": 2, "c": 3}


def test_an_unknown_bookmark_has_no_page():
    """What is not in the PDF is left out, and a PDF without destinations has no page for anything."""
    assert pages_of(named(2, "one"), {"a": "one", "b": "other"}) == {"a": 1}
    assert pages_of(paper(2), {"a": "nothing"}) == {}


def test_what_is_no_pdf_is_refused():
    """pdf-damaged, also where the destinations are not what they should be."""
    with pytest.raises(EvidenceError) as refused:
        pages_of(b"%PDF-1.7 nonsense", {})
    assert [each.code for each in refused.value.problems] == ["pdf-damaged"]

    def spoil(writer):
        writer.root_object[NameObject("/Dests")] = DictionaryObject({NameObject("/x"): NumberObject(5)})

    assert pages_of(changed(paper(1), spoil), {"a": "x"}) == {}
