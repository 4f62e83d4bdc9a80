"""Findings on words that should be the same everywhere: titles, numbered objectives, brands, spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from elca_docs.errors import Location
from elca_docs.model.deliverables import Deliverable, Section, TableSpec
from elca_docs.model.findings import Finding
from elca_docs.model.indicators import Statement
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.printed import Printed, printed_texts
from elca_docs.records.findings.spelling import STOP_WORDS, folded, has_run, words_of
from elca_docs.records.findings.words import listed, word_stem
from elca_docs.records.text import shown

_LABEL = re.compile(r"([A-Z]{2,}\.?\s?\d+)\b[.:]?\s*(.*)", re.DOTALL)
_QUOTED = re.compile('["“„«]([^"“”„«»]{8,80})["”“»]')
_IZE = re.compile(r"\b(\w{3,})([iI])([sSzZ])(e|es|ed|er|ers|ing|ation|ations|ational|ationally)\b")
_PLURAL = re.compile(r"\b([A-Z]{2,})([sS])\b")
_THREE = 3


def titles_of_a_table_agree(portfolio: Portfolio) -> Iterator[Finding]:
    """What a table is called is the same in its caption, over its first column and in the heading of its section."""
    for deliverable in portfolio.deliverables:
        pairs = list(_differing(deliverable))
        if pairs:
            said = [f"{one} '{first}' and {other} '{second}'" for (one, first), (other, second), _ in pairs]
            path = ("deliverables", str(deliverable.id), *pairs[0][2])
            yield Finding(
                code="titles-differ",
                severity="hint",
                message=f"{deliverable.id} gives the same thing two titles: {'; '.join(said)}",
                ids=(str(deliverable.id),),
                location=portfolio.place(*path),
                fix="choose one title for each",
            )


def numbers_mean_one_thing(portfolio: Portfolio) -> Iterator[Finding]:
    """A number such as OBJ. 4 stands for the same objective in every document that states it."""
    stated: dict[str, list[tuple[Statement, str]]] = {}
    for statement in portfolio.statements:
        if label := _LABEL.match(statement.what):
            key = "".join(words_of(label[1]))
            meant = label[2] if len(words_of(label[2])) > 1 else f"{label[2]} {statement.text}".strip()
            stated.setdefault(key, []).append((statement, meant))
    for every in stated.values():
        first, meant = every[0]
        other = next((each for each in every[1:] if each[0].place != first.place and _strangers(meant, each[1])), None)
        if other:
            label = _LABEL.match(first.what)
            yield Finding(
                code="number-reused",
                severity="error",
                message=f"{label[1] if label else first.what} is '{shown(meant)}' ({first.place}) and "
                f"'{shown(other[1])}' ({other[0].place})",
                ids=(str(first.id), str(other[0].id)),
                location=portfolio.place("statements", str(first.id), "what"),
                other_location=portfolio.place("statements", str(other[0].id), "what"),
                fix="look up the numbers in the grant agreement and use them everywhere",
            )


def phrases_are_written_alike(portfolio: Portfolio) -> Iterator[Finding]:
    """A phrase that is quoted, such as a brand, has the same letters, capitals and commas wherever it stands."""
    written: dict[str, dict[str, Printed]] = {}
    for each in (*_stated_phrases(portfolio), *_quoted_phrases(portfolio)):
        written.setdefault(" ".join(words_of(each.text)), {}).setdefault(each.text, each)
    for forms in written.values():
        if len(forms) > 1:
            first, second = list(forms.values())[:2]
            yield Finding(
                code="phrase-varies",
                severity="hint",
                message=f"the same words are written '{shown(first.text)}' in {first.record} and "
                f"'{shown(second.text)}' in {second.record}",
                ids=tuple(dict.fromkeys((first.record, second.record))),
                location=first.location,
                other_location=second.location,
                fix="choose one way of writing it, above all where it is a brand",
            )


def words_have_one_spelling(portfolio: Portfolio) -> Iterator[Finding]:
    """No word stands in British and in American spelling, and no abbreviation has its plural s large and small."""
    if portfolio.project.language != "en":
        return
    spelt: dict[str, dict[str, Printed]] = {}
    for text in printed_texts(portfolio):
        for pattern in (_IZE, _PLURAL):
            for found in pattern.finditer(text.text):
                forms = spelt.setdefault(_spelling_key(found), {})
                forms.setdefault(word_stem(found[0]) if pattern is _IZE else found[0], Printed(found[0], *_at(text)))
    mixed = [tuple(each.values()) for each in spelt.values() if len(each) > 1]
    if mixed:
        pairs = [f"'{one.text}' ({one.record}) and '{other.text}' ({other.record})" for one, other, *_ in mixed]
        first, second = mixed[0][:2]
        yield Finding(
            code="spelling-mixed",
            severity="hint",
            message=f"the records write {listed(pairs, 6)}",
            ids=tuple(dict.fromkeys(each.record for pair in mixed for each in pair[:2])),
            location=first.location,
            other_location=second.location,
            fix="choose one spelling; keep the other only inside official titles",
        )


def _differing(deliverable: Deliverable) -> Iterator[tuple[tuple[str, str], tuple[str, str], tuple[str, ...]]]:
    """Yield two titles that mean one thing and differ, each with what it is, and the path of the first."""
    for index, section in enumerate(deliverable.sections):
        path = ("sections", str(index))
        title = deliverable.title
        if title != section.heading and words_of(title) == words_of(section.heading):
            yield ("the title", title), ("a heading", section.heading), (*path, "heading")
        for number, table in enumerate(section.tables):
            yield from _of_table(section, table, (*path, "tables", str(number), "caption"))


def _of_table(
    section: Section, table: TableSpec, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, str], tuple[str, str], tuple[str, ...]]]:
    caption, heading, column = (_stems(each) for each in (table.caption, section.heading, table.first_column))
    if caption and column and caption != column and (set(caption) <= set(column) or set(column) <= set(caption)):
        yield ("the caption", table.caption), ("the first column", table.first_column), path
    left_out = set(heading) < set(caption) and not has_run(caption, heading)
    if len(heading) > 1 and (left_out or (set(caption) < set(heading) and not has_run(heading, caption))):
        yield ("the heading", section.heading), ("the caption", table.caption), path


def _stems(text: str) -> tuple[str, ...]:
    """Return the words of a title without joining words, in the singular."""
    return tuple(word_stem(each) for each in words_of(text) if each not in STOP_WORDS)


def _strangers(one: str, other: str) -> bool:
    """Whether two texts say something and have no word in common but joining ones."""
    first, second = set(_stems(one)), set(_stems(other))
    return bool(first and second) and not first & second


def _stated_phrases(portfolio: Portfolio) -> Iterator[Printed]:
    for each in portfolio.statements:
        if len(words_of(each.text)) >= _THREE:
            yield Printed(each.text, str(each.id), portfolio.place("statements", str(each.id), "text"))


def _quoted_phrases(portfolio: Portfolio) -> Iterator[Printed]:
    for text in printed_texts(portfolio):
        for found in _QUOTED.finditer(text.text):
            if len(words_of(found[1])) >= _THREE:
                yield Printed(found[1], *_at(text))


def _at(text: Printed) -> tuple[str, Location | None]:
    return text.record, text.location


def _spelling_key(found: re.Match[str]) -> str:
    """Return what two spellings of a word have in common."""
    if found.re is _IZE:
        return f"{folded(found[1])}i?{word_stem(found[4])}"
    return found[1]
