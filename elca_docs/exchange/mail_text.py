"""The text of a reminder: what is overdue, waiting, due, missing, without a name, and next, for one partner.

Polite and plain, in English or Spanish. One text says everything once, so that a reminder that was missed is never
made up for by a second one. It decides nothing: what stands where is the agenda's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from elca_docs.context.agenda_words import line_text
from elca_docs.context.words import Words
from elca_docs.model.agenda import Agenda, AgendaLine

_FIELDS_SHOWN: Final = 12
_NEXT_SHOWN: Final = 5
_COUNTS_SHOWN: Final = 3  # a subject that a list of mails still shows

_ENGLISH: Mapping[str, str] = {
    "subject": "{project}: {what}",
    "subject_overdue": "{n} overdue",
    "subject_due": "{n} due by {day}",
    "subject_waiting": "{n} waiting for signature",
    "subject_unnamed": "{n} without a name",
    "subject_missing": "{n} to fill in",
    "greeting": "Dear colleagues of {name},",
    "intro": "this is where your part of {project} (grant {grant}) stands on {day}.",
    "overdue": "Overdue",
    "waiting": "Waiting for signatures",
    "due": "Due until {day}",
    "unnamed": "Still without a name or a plan",
    "missing": "Missing in the records",
    "next": "After that",
    "field_one": "{label} (1 agreement waits for it)",
    "field": "{label} ({n} agreements wait for it)",
    "more": "and {n} more",
    "more_in_sheet": "and {n} more, all of them in the attached sheet",
    "sheet": "Please fill in the attached sheet and send it back.",
    "please": "If something here is already signed or took place, please send us the signed copy or the list of those"
    " present: it counts as soon as we have it. If a date cannot be kept, please tell us the new one.",
    "thanks": "Thank you very much, and kind regards",
}

_SPANISH: Mapping[str, str] = {
    "subject": "{project}: {what}",
    "subject_overdue": "{n} con retraso",
    "subject_due": "{n} hasta el {day}",
    "subject_waiting": "{n} a la espera de firma",
    "subject_unnamed": "{n} por determinar",
    "subject_missing": "{n} por completar",
    "greeting": "Estimados colegas de {name}:",
    "intro": "Este es el estado de su parte en {project} (subvención {grant}) a {day}.",
    "overdue": "Con retraso",
    "waiting": "A la espera de firma",
    "due": "Hasta el {day}",
    "unnamed": "Por determinar o concretar",
    "missing": "Datos que faltan",
    "next": "Después",
    "field_one": "{label} (1 acuerdo depende de ello)",
    "field": "{label} ({n} acuerdos dependen de ello)",
    "more": "y {n} más",
    "more_in_sheet": "y {n} más, todos en la hoja adjunta",
    "sheet": "Les agradeceremos que completen la hoja adjunta y nos la devuelvan.",
    "please": "Si algo de esta lista ya está firmado o celebrado, envíennos por favor la copia firmada o la lista de"
    " asistentes: contará en cuanto la tengamos. Si una fecha no puede mantenerse, indíquennos por favor la nueva.",
    "thanks": "Muchas gracias y un cordial saludo",
}

MAIL_PHRASES: Final[Mapping[str, Mapping[str, str]]] = {"en": _ENGLISH, "es": _SPANISH}
"""Phrases by language and name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """A mail before it has an address: one line of subject, and the text, its lines ended as on Unix."""

    subject: str
    text: str


def mail_text(agenda: Agenda, *, sheet: bool) -> MailText:
    """Return the reminder of a partner; `sheet` says whether a sheet to fill in goes with it."""
    words = Words(agenda.language)
    subject = _say(
        words, "subject", project=agenda.project, what=", ".join(tuple(_counts(agenda, words))[:_COUNTS_SHOWN])
    )
    return MailText(subject=_one_line(subject), text="\n".join(_lines(agenda, words, sheet=sheet)) + "\n")


def _counts(agenda: Agenda, words: Words) -> Iterator[str]:
    """Yield how much stands in each list that is not empty; free places count each."""
    numbers = {
        "overdue": _size(agenda.overdue),
        "waiting": _size(agenda.waiting),
        "due": _size(agenda.due),
        "unnamed": _size(agenda.unnamed),
        "missing": len(agenda.missing),
    }
    for name, number in numbers.items():
        if number:
            yield _say(words, f"subject_{name}", n=number, day=words.day(agenda.until))


def _lines(agenda: Agenda, words: Words, *, sheet: bool) -> Iterator[str]:
    yield _say(words, "greeting", name=_one_line(agenda.name))
    yield ""
    intro = {"project": agenda.project, "grant": agenda.grant_number, "day": words.day(agenda.as_of)}
    yield _one_line(_say(words, "intro", **intro))
    for name in ("overdue", "waiting", "due"):
        yield from _section(agenda, words, name, getattr(agenda, name))
    yield from _missing(agenda, words, sheet=sheet)
    yield from _section(agenda, words, "unnamed", agenda.unnamed)
    yield from _section(agenda, words, "next", agenda.next, shown=_NEXT_SHOWN)
    if sheet:
        yield from ("", _say(words, "sheet"))
    yield from ("", _say(words, "please"), "", _say(words, "thanks"))


def _section(
    agenda: Agenda, words: Words, name: str, lines: tuple[AgendaLine, ...], *, shown: int | None = None
) -> Iterator[str]:
    if lines:
        yield from ("", f"{_say(words, name, day=words.day(agenda.until))} ({_size(lines)})")
        yield from (f"- {_one_line(line_text(line, words))}" for line in lines[:shown])
        if shown is not None and len(lines) > shown:
            yield f"- {_say(words, 'more', n=_size(lines[shown:]))}"


def _missing(agenda: Agenda, words: Words, *, sheet: bool) -> Iterator[str]:
    if not agenda.missing:
        return
    yield from ("", f"{_say(words, 'missing')} ({len(agenda.missing)})")
    for each in agenda.missing[:_FIELDS_SHOWN]:
        number = len(each.agreements)
        label = _say(words, "field_one" if number == 1 else "field", label=each.missing.label, n=number)
        yield f"- {_one_line(label)}"
    if (more := len(agenda.missing) - _FIELDS_SHOWN) > 0:
        yield f"- {_say(words, 'more_in_sheet' if sheet else 'more', n=more)}"


def _size(lines: tuple[AgendaLine, ...]) -> int:
    """Return how many things some lines are: a line of free places is as many as it has."""
    return sum(line.count for line in lines)


def _one_line(text: str) -> str:
    """Return a text on one line and without control characters: nothing in a record adds a line or a header."""
    return "".join(each if each.isprintable() else " " for each in " ".join(text.split()))


def _say(words: Words, phrase: str, **values: object) -> str:
    phrases = MAIL_PHRASES.get(words.language) or _ENGLISH
    return phrases[phrase].format(**values)
