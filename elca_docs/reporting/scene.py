"""What every builder of a deliverable needs: the records, the language, and the words of it.

It decides how single values are worded (dates, partners, countries); what stands in which table is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from elca_docs.context.words import Words
from elca_docs.model.blocks import Cell, Column, Line, Table, line
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import project_month
from elca_docs.model.values import Expected
from elca_docs.reporting.phrases import PHRASES

DASH: Final = "–"
EMPTY: Final = Cell(lines=(line(DASH),))
"""A cell that says that nothing is stated: a blank one might be an oversight."""
_SHORT: Final = 3  # letters of "of", "and", "the": words that tell nothing


@dataclass(frozen=True, slots=True)
class Scene:
    """The records of one deliverable in one language."""

    portfolio: Portfolio
    words: Words
    withheld: frozenset[str] = frozenset()
    """Ids of agreements of which nothing may be told but that they are there."""

    def say(self, phrase: str, **values: object) -> str:
        """Return a fixed phrase with its places filled."""
        phrases = PHRASES.get(self.words.language) or PHRASES["en"]
        return phrases[phrase].format(**values)

    def date(self, planned: Expected | None, printed: Mapping[str, str], key: str) -> str:
        """Return a planned date: as printed where the record keeps that, else in the language; empty if none."""
        return printed.get(key) or (self.words.planned(planned) if planned else "")

    def month(self, index: int) -> str:
        """Return a project month with its calendar month: M14 – October 2021."""
        return f"M{index} {DASH} {self.words.planned(project_month(self.portfolio.project.start, index))}"

    def partners(self, ids: Iterable[str]) -> str:
        """Return partners by their acronyms, in the order given."""
        return ", ".join(ids)

    def country(self, code: str) -> str:
        """Return the name of a country, as the project wants it printed."""
        own = {str(country): name for country, name in self.portfolio.project.country_names.items()}
        return own.get(code) or self.words.country(code)

    def name(self, identifier: str, row: str = "") -> str:
        """Return the name of a partner or organisation; where only aliases are printed in that row, the longest."""
        party = self.portfolio.party(identifier)
        printed = {alias.name for alias in party.aliases if row in alias.at}
        return party.name if party.name in printed or not printed else max(printed, key=lambda name: (len(name), name))


def paragraphs(*lines: Line) -> Cell:
    """Return a cell of the lines that say something; a dash where none does."""
    told = tuple(each for each in lines if any(span.text for span in each))
    return Cell(lines=told) if told else EMPTY


def plain(*texts: str) -> Cell:
    """Return a cell with a paragraph per text that is not empty; a dash where all are."""
    return paragraphs(*(line(text) for text in texts))


def names(*texts: str) -> Cell:
    """Return a cell of names, set bold."""
    return paragraphs(*(line(text, bold=True) for text in texts))


def table(
    spec: TableSpec, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], *, wide: bool = False
) -> Table:
    """Return the table that was asked for; where there is no row, one of dashes says so."""
    return Table(caption=spec.caption, columns=columns, rows=tuple(rows) or ((EMPTY,) * len(columns),), wide=wide)


def sentence(text: str) -> str:
    """Return the text with a capital in front and an end behind it; empty text stays empty."""
    return capital(ended(text.strip()))


def ended(text: str) -> str:
    """Return the text with an end behind it; empty text stays empty."""
    return text + ("." if text and text[-1] not in ".!?…:" else "")


def capital(text: str) -> str:
    """Return the text with a capital in front."""
    return text[:1].upper() + text[1:]


def natural(identifier: str) -> tuple[object, ...]:
    """Return a sort key under which T1-2 stands before T1-10, so that the order of records in a file never matters."""
    return tuple(
        (1, int(part), "") if part.isdigit() else (0, 0, part.casefold()) for part in re.split("([0-9]+)", identifier)
    )


def folded(text: str) -> list[str]:
    """Return the words of a text as they are compared: without accents, capitals and punctuation."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return re.findall("[a-z0-9]+", bare.casefold())


def told(fact: str, text: str) -> bool:
    """Whether a text tells a fact already: it has a word that begins like each word of it, the short ones aside."""
    words = folded(fact)
    known = folded(text)
    return all(any(each.startswith(word) for each in known) for word in [w for w in words if len(w) > _SHORT] or words)
