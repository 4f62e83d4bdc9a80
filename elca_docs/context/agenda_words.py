"""An open thing in one sentence, in English or Spanish: what it is, when, how far it got, with whom.

Mails and pages say the same about the same line, so the wording stands here once; English stands in for every other
language. A test holds that both languages have the same phrases. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from elca_docs.context.words import Words
from elca_docs.model.agenda import HAPPENINGS, AgendaLine

_ENGLISH: Mapping[str, str] = {
    "by_day": "by {date}",
    "by_month": "by the end of {date}",
    "on_day": "on {date}",
    "in_month": "in {date}",
    "expected": "expected {date}",
    "overdue_one": "1 day overdue",
    "overdue": "{days} days overdue",
    "no_date": "no date yet",
    "contact": "Contact",
    "with": "{what} with {whom}",
    "free": "{count} × {what}",
    "free_agreement": "counterpart not named yet",
    "free_event": "not planned in detail yet",
    "identified": "not contacted yet",
    "contacted": "contacted, not drafted yet",
    "drafted": "drafted, not sent yet",
    "sent": "sent, not signed yet by {parties}",
    "sent_unnamed": "sent, not signed yet",
    "partly signed": "still to be signed by {parties}",
    "partly signed_unnamed": "not yet signed by all",
    "held": "took place on {date}, the proof is missing",
    "others": "together with {partners}",
    "unowned": "no partner is named for it",
}

_SPANISH: Mapping[str, str] = {
    "by_day": "hasta el {date}",
    "by_month": "hasta finales de {date}",
    "on_day": "el {date}",
    "in_month": "en {date}",
    "expected": "fecha prevista: {date}",
    "overdue_one": "1 día de retraso",
    "overdue": "{days} días de retraso",
    "no_date": "sin fecha todavía",
    "contact": "Contacto",
    "with": "{what} con {whom}",
    "free": "{count} × {what}",
    "free_agreement": "contraparte por determinar",
    "free_event": "por concretar",
    "identified": "contacto pendiente",
    "contacted": "en contacto, sin borrador todavía",
    "drafted": "con borrador, sin enviar",
    "sent": "enviado, falta la firma de {parties}",
    "sent_unnamed": "enviado, sin firmar",
    "partly signed": "falta la firma de {parties}",
    "partly signed_unnamed": "faltan firmas",
    "held": "se celebró el {date}, falta la prueba",
    "others": "junto con {partners}",
    "unowned": "sin socio asignado",
}

_SIGNING: Final = frozenset({"sent", "partly signed"})

AGENDA_PHRASES: Final[Mapping[str, Mapping[str, str]]] = {"en": _ENGLISH, "es": _SPANISH}
"""Phrases by language and name."""


def what_of(line: AgendaLine, words: Words) -> str:
    """Return what a line is about: "Cooperation Agreement with RAILGRUP (SPEC-CA-NORD-001)"."""
    title = line.title or _say(words, "contact")
    if line.free:
        return f"{_say(words, 'free', count=line.count, what=title)} ({line.id})"
    whom = _say(words, "with", what=title, whom=line.counterpart) if line.counterpart else title
    return f"{whom} ({line.reference or line.id})"


def when_of(line: AgendaLine, words: Words) -> str:
    """Return when it is due, or since when it is overdue, in the precision in which that is known."""
    if line.expected is None:
        return _say(words, "no_date")
    date = words.planned(line.expected)
    if line.days:
        late = _say(words, "overdue_one" if line.days == 1 else "overdue", days=line.days)
        return f"{_say(words, 'expected', date=date)}, {late}"
    happens = line.matter in HAPPENINGS
    name = ("on_day" if happens else "by_day") if line.expected.day else ("in_month" if happens else "by_month")
    return _say(words, name, date=date)


def state_of(line: AgendaLine, words: Words) -> str:
    """Return how far it got and whose it is besides; empty where there is nothing to say."""
    return "; ".join(_state(line, words))


def line_text(line: AgendaLine, words: Words) -> str:
    """Return the whole line as it stands in a mail."""
    state = state_of(line, words)
    return f"{what_of(line, words)}: {when_of(line, words)}" + (f"; {state}" if state else "")


def _state(line: AgendaLine, words: Words) -> Iterator[str]:
    if line.free:
        yield _say(words, "free_agreement" if line.matter == "agreement" else "free_event")
    elif line.status in _ENGLISH:
        unnamed = line.status in _SIGNING and not line.to_sign  # who reads it may not know the parties
        yield _say(words, f"{line.status}_unnamed" if unnamed else line.status, parties=words.joined(line.to_sign))
    elif line.held_on:
        yield _say(words, "held", date=words.day(line.held_on))
    if line.others:
        yield _say(words, "others", partners=words.joined(line.others))
    if line.unowned:
        yield _say(words, "unowned")


def _say(words: Words, phrase: str, **values: object) -> str:
    phrases = AGENDA_PHRASES.get(words.language) or _ENGLISH
    return phrases[phrase].format(**values)
