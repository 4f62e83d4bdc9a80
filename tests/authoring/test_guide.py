"""The field guide says every field in both languages, and what it offers to be copied works in the renderer."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path

import pytest

from elca_docs.authoring import guide_es, guide_ready, guide_ready_es, guide_words, guide_words_es
from elca_docs.authoring.guide import field_guide_blocks, field_guide_page
from elca_docs.authoring.guide_content import GUIDE_LANGUAGES, filling_of, guide_of, pieces
from elca_docs.authoring.guide_ready import Ready
from elca_docs.authoring.specimens import preview_context
from elca_docs.context import FIELDS
from elca_docs.context.fields import MANDATORY
from elca_docs.context.labels import LABELS
from elca_docs.model.blocks import Block, Column, Paragraph, Table, cell, line
from elca_docs.rendering import compile_document, compile_template, document_text

ROOT = Path(__file__).resolve().parents[2]
LOOK = (ROOT / "templates/deliverables/plan.docx").read_bytes()
LOOPS = {"parties": "party", "commitments": "commitment"}
READY = [(language, each) for language in GUIDE_LANGUAGES for each in guide_of(language).ready]
FILLED = {each.name: filling_of(each) for each in FIELDS}
_TAG = re.compile(r"\{[{%].*?[}%]\}")
_PRINTED = re.compile(r"\{\{ ([\w.]+) \}\}")
_PLAIN_SOURCE = re.compile(r"\w+\.yaml(: [\w.]+(, [\w.]+)?)?")


class Page(HTMLParser):
    """What a browser would make of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.policy = self.language = self.style = self.open = ""
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.open = tag
        self.attributes |= set(given)
        self.links += [given["href"] or ""] if "href" in given else []
        self.ids += [given["id"] or ""] if "id" in given else []
        self.policy = self.policy or (given["content"] or "" if given.get("http-equiv") else "")
        self.language = self.language or given.get("lang") or ""

    def handle_endtag(self, tag: str) -> None:
        self.ends[tag] += 1
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open == "style":
            self.style += data
        else:
            self.words.append(data)


def document(*blocks: Block, language: str = "en") -> bytes:
    return compile_document(blocks, LOOK, title="x", subject="x", language=language)


def word_text(language: str) -> str:
    return "\n".join(document_text(document(*field_guide_blocks(language), language=language), name="guide"))


def page_text(language: str) -> str:
    return "\n".join(Page(field_guide_page(language)).words)


def filled(*blocks: Block, language: str = "en") -> str:
    """Return what a template of these blocks prints for the rich specimen."""
    rendered = compile_template(document(*blocks), name="t.docx").render_listed(preview_context("rich", language))
    assert rendered.missing == ()
    return "\n".join(document_text(rendered.document, name="t"))


def values(language: str) -> Iterator[tuple[str, object]]:
    """Yield every value of the rich specimen by the name that a template uses."""

    def walked(found: dict[str, object], prefix: str) -> Iterator[tuple[str, object]]:
        for key, value in found.items():
            yield prefix + key, value
            if isinstance(value, dict):
                yield from walked(value, f"{prefix}{key}.")
            for entry in value if isinstance(value, list) else ():
                if isinstance(entry, dict):
                    yield from walked(entry, f"{LOOPS[prefix + key]}.")

    yield from walked(dict(preview_context("rich", language)), "")


def copied(ready: Ready) -> tuple[Block, ...]:
    """Return what an author pastes: paragraphs, or a table."""
    if ready.lines:
        return tuple(Paragraph(spans=line(text)) for text in ready.lines)
    rows = tuple(tuple(cell(*texts) for texts in row) for row in ready.rows)
    return (Table(caption="", columns=tuple(Column(heading=each) for each in ready.columns), rows=rows),)


def texts_of(ready: Ready) -> str:
    return "\n".join((*ready.lines, *(text for row in ready.rows for texts in row for text in texts)))


@pytest.mark.parametrize("language", GUIDE_LANGUAGES)
@pytest.mark.parametrize("text_of", [word_text, page_text])
def test_every_field_stands_in_the_guide(language, text_of):
    """Word file and page hold each name of the table, in a tag or as a group, and what it means."""
    text = text_of(language)
    said = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)*", text))
    assert {each.name for each in FIELDS} - said == set()
    meanings = guide_es.MEANINGS if language == "es" else {each.name: each.meaning for each in FIELDS}
    flat = " ".join(text.split())
    shown = {row.names[0] for group in guide_of(language).groups for row in group.rows}
    assert [name for name in shown if meanings[name] not in flat] == []
    tags = [tag for group in guide_of(language).groups for row in group.rows for tag in row.tags]
    assert [tag for tag in tags if tag not in text] == []
    assert {name for group in guide_of(language).groups for row in group.rows for name in row.names} == {
        each.name for each in FIELDS
    }


def test_word_file_and_page_offer_the_same_tags():
    """They are made of one content."""
    for language in GUIDE_LANGUAGES:
        assert set(_TAG.findall(word_text(language))) == set(_TAG.findall(page_text(language)))


def test_spanish_says_exactly_the_fields():
    """A new field has no meaning in Spanish until somebody writes one, and none outlives its field."""
    assert set(guide_es.MEANINGS) == {each.name for each in FIELDS}
    assert set(guide_es.EXAMPLES) <= set(guide_es.MEANINGS)
    assert all(meaning.endswith(".") for meaning in guide_es.MEANINGS.values())


def test_sources_in_words_are_said_in_spanish():
    """What is more than a file and a key has a wording in Spanish, and no wording is left over."""
    own = {each.source for each in FIELDS if not each.source.startswith(guide_es.EITHER[0])}
    assert {source for source in own if not _PLAIN_SOURCE.fullmatch(source)} <= set(guide_es.SOURCES)
    assert set(guide_es.SOURCES) <= own
    rows = [row for group in guide_of("es").groups for row in group.rows]
    assert [row.source for row in rows if re.search(r"\b(or|and|else|the|computed)\b", row.source)] == []


def test_both_languages_say_as_much():
    """The same headings, advice, examples and paragraphs, with the same tags in the same order."""
    for each in fields(guide_words.GuideWords):
        english, spanish = (getattr(words, each.name) for words in (guide_words.ENGLISH, guide_words_es.SPANISH))
        assert type(english) is type(spanish)
        if isinstance(english, dict):
            assert list(english) == list(spanish)
        elif isinstance(english, tuple):
            assert len(english) == len(spanish)
        else:
            assert english
            assert spanish
    pairs = zip(guide_ready.ENGLISH, guide_ready_es.SPANISH, strict=True)
    assert [_TAG.findall(texts_of(one)) == _TAG.findall(texts_of(other)) for one, other in pairs].count(False) == 0


@pytest.mark.parametrize(("language", "ready"), READY, ids=lambda each: each if isinstance(each, str) else each.title)
def test_what_is_ready_to_be_copied_prints_its_values(language, ready):
    """Pasted as it stands, each compiles, leaves no brace, and prints every value it names, for every party it is for.

    The paragraph on counterparts or on parties abroad prints the one that it is for.
    """
    text = filled(*copied(ready), language=language)
    assert not re.search(r"[{}]", text)
    found: dict[str, list[str]] = {}
    for name, value in values(language):
        found.setdefault(name, []).append(str(value))
    filtered = " if party." in ready.lines[0] if ready.lines else False
    for name in _PRINTED.findall(texts_of(ready)):
        if name in found:
            expected = found[name][-1:] if filtered else found[name]
            assert [value for value in expected if value not in text] == [], name
        else:
            entries = {"area": "areas", "annex": "annexes"}.get(name)
            listed = preview_context("rich", language)[entries] if entries else ["1", "2"]
            assert [each for each in listed if each not in text] == [], name


def test_every_tag_of_every_field_prints_its_value():
    """The tag in the first column, copied as it stands, works where the guide says that it does."""
    found: dict[str, set[str]] = {}
    for name, value in values("en"):
        found.setdefault(name, set()).add(str(value))
    for group in guide_of("en").groups:
        for row in group.rows:
            for name in row.names:
                tag = next(each for each in row.tags if re.search(rf"\b{re.escape(name)}\b(?!\.\w)", each))
                if tag.endswith(".…"):
                    continue
                inside = tag.replace("…", "yes")
                body = (inside, "{%p endfor %}") if tag.startswith("{%p") else (inside,)
                loop = next((key for key, entry in LOOPS.items() if name.startswith(f"{entry}.")), "")
                around = (f"{{%p for {LOOPS[loop]} in {loop} %}}", *body, "{%p endfor %}") if loop else body
                text = filled(*(Paragraph(spans=line(each)) for each in (*around, "end")))
                if tag.startswith("{{"):
                    assert [each for each in found[name] if each not in text] == [], tag
                assert "{" not in text


def test_whether_a_field_may_be_empty_agrees_with_the_table():
    """Needed is what is mandatory, and its lines; what has a label for its absence may be empty, all else is there."""
    assert {name for name, filling in FILLED.items() if filling == "needed" and name.startswith("party.")} == {
        *MANDATORY,
        "party.address_lines",
    }
    never = {"partner", "partners", "counterpart", "counterparts", "party.number", "party.letter"}
    own = {name for name in FILLED if not name.startswith(("partner.", "counterpart."))}
    assert {name for name in own if FILLED[name] == "open"} == {
        *(set(LABELS["en"]) - MANDATORY - never),
        "mission.name",
        "annexes",
    }
    assert FILLED["partner.number"] == "open"
    assert FILLED["commitment.what"] == "always"
    assert (FILLED["project"], FILLED["mission"]) == ("", "open")


@pytest.mark.parametrize("language", GUIDE_LANGUAGES)
def test_page_is_whole_and_asks_for_nothing(language):
    """Its policy allows its own style and nothing else; it has no script, no address outside, and no id twice."""
    page = Page(field_guide_page(language))
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert page.policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in page.style
    assert "script" not in page.tags
    assert {each for each in page.attributes if each.startswith("on") or each in {"src", "style"}} == set()
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert page.language == language
    assert {tag: count for tag, count in page.tags.items() if tag != "meta"} == dict(page.ends)


def test_same_language_gives_the_same_text_and_another_gives_english():
    """Nothing in the guide depends on the moment; it is made in two languages."""
    assert field_guide_page("en") == field_guide_page("en")
    assert field_guide_blocks("es") == field_guide_blocks("es")
    assert field_guide_page("pl") == field_guide_page("en")
    assert field_guide_page("es") != field_guide_page("en")


def test_samples_print_what_the_table_gives_as_examples():
    """The first page shows what becomes of a tag, and what of a value that is missing."""
    printed = {language: [each[1] for each in guide_of(language).samples] for language in GUIDE_LANGUAGES}
    assert printed["en"] == [
        "between North Cluster and East Network",
        "North Cluster, VAT number XX000000000",
        "[registered address of NORTH]",
    ]
    assert printed["es"] == [
        "entre North Cluster y East Network",
        "North Cluster, número de IVA XX000000000",
        "[domicilio social de NORTH]",
    ]


def test_what_stands_between_backticks_is_typed():
    """Pieces alternate; a text without backticks is one piece."""
    assert pieces("a `b` c") == (("a ", False), ("b", True), (" c", False))
    assert pieces("plain") == (("plain", False),)
    assert pieces("`x`") == (("x", True),)
