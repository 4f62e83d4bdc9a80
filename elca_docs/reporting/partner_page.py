"""One partner on one page, for a meeting: its part of the figures, what is open, what is missing, what comes next.

Made of the agenda, so the page, the mail and the screen never differ. Long lists are cut and say so: the page is there
to be talked about, the tables on the screen are complete. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from elca_docs.context.agenda_words import state_of, what_of, when_of
from elca_docs.context.words import Words
from elca_docs.model.agenda import Agenda, AgendaLine
from elca_docs.model.blocks import Block, Column, Heading, Listing, Paragraph, Table, line
from elca_docs.model.figures import credit_text
from elca_docs.reporting.scene import DASH, plain

_OPEN_SHOWN: Final = 8
_ROWS: Final = 15
"""How many rows the two tables may have together, so that the page stays one page."""
_LEAST: Final = 4
_FIELDS_SHOWN: Final = 3
_NEXT_SHOWN: Final = 3
_TITLE_LENGTH: Final = 50
_NAME_LENGTH: Final = 40
_INDICATOR_LENGTH: Final = 38

_ENGLISH: Mapping[str, str] = {
    "standing": "Where our part of {project} (grant {grant}) stands on {day}.",
    "mine": "Our part",
    "indicator": "Indicator",
    "target": "Target",
    "planned": "Planned",
    "named": "Named",
    "done": "Done",
    "counted": "Counted",
    "overdue_column": "Overdue",
    "open": "Open",
    "what": "What",
    "when": "When",
    "state": "How far",
    "nothing_open": "Nothing is overdue, waiting or due until {day}.",
    "more": "and {n} more",
    "missing": "Missing in the records",
    "nothing_missing": "Nothing is missing.",
    "field": "{label} ({n} agreements)",
    "field_one": "{label} (1 agreement)",
    "next": "Next",
    "nothing_next": "Nothing is planned after {day}.",
    "unnamed": "{n} places have no name or plan yet: {what}.",
    "title": "{partner} {dash} {name}",
}

_SPANISH: Mapping[str, str] = {
    "standing": "Estado de nuestra parte en {project} (subvención {grant}) a {day}.",
    "mine": "Nuestra parte",
    "indicator": "Indicador",
    "target": "Objetivo",
    "planned": "Previsto",
    "named": "Concreto",
    "done": "Hecho",
    "counted": "Contado",
    "overdue_column": "Retraso",
    "open": "Pendiente",
    "what": "Qué",
    "when": "Cuándo",
    "state": "Estado",
    "nothing_open": "Nada con retraso, a la espera ni previsto hasta el {day}.",
    "more": "y {n} más",
    "missing": "Datos que faltan",
    "nothing_missing": "No falta nada.",
    "field": "{label} ({n} acuerdos)",
    "field_one": "{label} (1 acuerdo)",
    "next": "Después",
    "nothing_next": "No hay nada previsto después del {day}.",
    "unnamed": "{n} por determinar o concretar: {what}.",
    "title": "{partner} {dash} {name}",
}

PAGE_PHRASES: Final[Mapping[str, Mapping[str, str]]] = {"en": _ENGLISH, "es": _SPANISH}
"""Phrases by language and name."""


def partner_blocks(agenda: Agenda) -> tuple[Block, ...]:
    """Return the page of one partner, in the language of its correspondence; it fills one sheet of A4 at most."""
    words = Words(agenda.language)
    return tuple(_blocks(agenda, words))


def _blocks(agenda: Agenda, words: Words) -> Iterator[Block]:
    title = _say(words, "title", partner=agenda.partner, dash=DASH, name=agenda.name)
    yield Heading(text=title, numbered=False)
    standing = {"project": agenda.project, "grant": agenda.grant_number, "day": words.day(agenda.as_of)}
    yield Paragraph(spans=line(_say(words, "standing", **standing)), style="note")
    if agenda.mine:
        yield _title(words, "mine")
        yield _figures(agenda, words)
    yield from _open(agenda, words)
    yield from _missing(agenda, words)
    yield from _next(agenda, words)


def _title(words: Words, phrase: str) -> Block:
    return Paragraph(spans=line(_say(words, phrase), bold=True))


def _figures(agenda: Agenda, words: Words) -> Table:
    names = ("target", "planned", "named", "done", "counted", "overdue_column")
    numbers = tuple(Column(heading=_say(words, name), share=11, align="right") for name in names)
    rows = tuple(
        (
            plain(f"{each.indicator} {_cut(each.title, _INDICATOR_LENGTH)}"),
            *(
                plain("" if number is None else str(number))
                for number in (each.target, each.planned, each.named, each.done, counted, each.overdue)
            ),
        )
        for each in agenda.mine
        for counted in (credit_text(each.counted),)
    )
    return Table(caption="", columns=(Column(heading=_say(words, "indicator"), share=50), *numbers), rows=rows)


def _open(agenda: Agenda, words: Words) -> Iterator[Block]:
    lines = (*agenda.overdue, *agenda.waiting, *agenda.due)
    yield _title(words, "open")
    if not lines:
        yield Paragraph(spans=line(_say(words, "nothing_open", day=words.day(agenda.until))))
        return
    shown = max(_LEAST, min(_OPEN_SHOWN, _ROWS - len(agenda.mine)))
    headings = (("what", 45), ("when", 35), ("state", 20))
    rows = [
        (plain(_short(each, words)), plain(when_of(each, words)), plain(state_of(each, words)))
        for each in lines[:shown]
    ]
    if more := _size(lines[shown:]):
        rows.append((plain(_say(words, "more", n=more)), plain(), plain()))
    columns = tuple(Column(heading=_say(words, name), share=share) for name, share in headings)
    yield Table(caption="", columns=columns, rows=tuple(rows))


def _missing(agenda: Agenda, words: Words) -> Iterator[Block]:
    yield _title(words, "missing")
    if not agenda.missing:
        yield Paragraph(spans=line(_say(words, "nothing_missing")))
        return
    told = [
        _say(
            words,
            "field_one" if len(each.agreements) == 1 else "field",
            label=each.missing.label,
            n=len(each.agreements),
        )
        for each in agenda.missing[:_FIELDS_SHOWN]
    ]
    if (more := len(agenda.missing) - _FIELDS_SHOWN) > 0:
        told.append(_say(words, "more", n=more))
    yield Listing(entries=tuple(line(text) for text in told))


def _next(agenda: Agenda, words: Words) -> Iterator[Block]:
    yield _title(words, "next")
    told = [f"{_short(each, words)}: {when_of(each, words)}" for each in agenda.next[:_NEXT_SHOWN]]
    if more := _size(agenda.next[_NEXT_SHOWN:]):
        told.append(_say(words, "more", n=more))
    if agenda.unnamed:
        what = "; ".join(f"{each.count} × {each.title} ({each.id})" for each in agenda.unnamed)
        told.append(_say(words, "unnamed", n=_size(agenda.unnamed), what=what))
    if told:
        yield Listing(entries=tuple(line(text) for text in told))
    else:
        yield Paragraph(spans=line(_say(words, "nothing_next", day=words.day(agenda.until))))


def _short(each: AgendaLine, words: Words) -> str:
    """Return what a line is about, long names cut."""
    title, counterpart = _cut(each.title, _TITLE_LENGTH), _cut(each.counterpart, _NAME_LENGTH)
    return what_of(replace(each, title=title, counterpart=counterpart), words)


def _cut(text: str, length: int) -> str:
    """Return at most so many characters of a text, cut between words where that is possible, and marked."""
    if len(text) <= length:
        return text
    return f"{text[: length - 1].rpartition(' ')[0] or text[: length - 1]}…"


def _size(lines: tuple[AgendaLine, ...]) -> int:
    """Return how many things some lines are: a line of free places is as many as it has."""
    return sum(each.count for each in lines)


def _say(words: Words, phrase: str, **values: object) -> str:
    phrases = PAGE_PHRASES.get(words.language) or _ENGLISH
    return phrases[phrase].format(**values)
