"""`init`: a project folder for a new consortium, from a few answers; `build` works in it at once.

What the flags leave out is asked for on a terminal; elsewhere one message lists all that is missing. Everything is
read before anything is written, and a folder that holds a project already is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from elca_docs.errors import DocsError, Location, Problem, RecordsError, RequestError, formatted
from elca_docs.exchange import PastedIndicator, pasted_indicators
from elca_docs.model.values import Day, Identifier
from elca_docs.records import Beginning, read_portfolio, starter_records
from elca_docs.workflows.asking import Ask, answered, pasted
from elca_docs.workflows.summary import Summary
from elca_docs.workspace import SHEET_LIMIT, Workspace, program_folder

_T = TypeVar("_T")
_LONGEST = 120
_IGNORED = b"# Built by the program; can always be built again.\n/output/\n\n# Personal data.\n/records/people.yaml\n"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the flags say, as text; empty where they say nothing. `indicators` is the path of a file."""

    folder: str = ""
    acronym: str = ""
    grant: str = ""
    title: str = ""
    start: str = ""
    months: str = ""
    partners: Sequence[str] = ()
    indicators: str = ""


def initiate(answers: Answers, *, ask: Ask | None = None, tell: Callable[[str], object] = print) -> Summary:
    """Make the project and say what was made and what to do next."""
    said = _Said(answers, ask, tell)
    folder = said.value("folder", "Folder for the new project", _folder, "")
    beginning = Beginning(
        acronym=said.value("acronym", "Acronym", _short, ""),
        grant_number=said.value("grant", "Grant agreement number", _text, ""),
        title=said.value("title", "Title of the project", _text, ""),
        start=said.value("start", "First day, as 2030-01-31", Day.parse, Day(2000, 1, 1)),
        months=said.value("months", "Duration in months", _months, 1),
        partners=said.partners(),
        indicators=said.indicators(),
    )
    said.complete()
    return _made(folder, beginning)


def _made(folder: str, beginning: Beginning) -> Summary:
    """Write the folder: templates first, project.yaml last."""
    records = starter_records(beginning)
    reading = read_portfolio(records)
    if reading.portfolio is None:
        raise RecordsError(reading.problems)
    kept = Workspace(Path(folder)).begin({**dict(_templates()), ".gitignore": _IGNORED, **records})
    root = f'"{folder}"' if re.search(r"[^\w./\\:-]", folder) else folder
    people, indicators = len(beginning.partners), len(beginning.indicators)
    guess = " (how each is counted was guessed: check indicators.yaml)" if indicators else ""
    return Summary(
        lines=(
            f"{beginning.acronym}: grant {beginning.grant_number}, partners {people}, indicators {indicators}{guess}",
            f"records    {folder}/records/    every file says what it is for, with an example to uncomment",
            f"templates  {folder}/templates/  starters in Word: put your own wording in, keep the fields",
            *(f"kept, it was there before: {folder}/{name}" for name in kept),
            "to see a whole project play: invoke demo",
            f"next: invoke build --root {root}",
        )
    )


def _templates() -> Iterator[tuple[str, bytes]]:
    program = Workspace(program_folder())
    yield from program.agreement_templates().values()
    yield program.deliverable_template("plan")


@dataclass(slots=True)
class _Said:
    """The answers so far: from a flag, or else asked for; what is wrong or missing is collected."""

    answers: Answers
    ask: Ask | None
    tell: Callable[[str], object]
    absent: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def value(self, flag: str, question: str, read: Callable[[str], _T], otherwise: _T) -> _T:
        """Return what a flag says, or the answer to a question; what is missing or wrong is remembered."""
        text = str(getattr(self.answers, flag)).strip()
        if text:
            return self._read(flag, text, read, otherwise)
        if self.ask is not None:
            try:
                return answered(self.ask, question, read, self.tell)
            except EOFError:
                self.ask = None
        self.absent.append(f"--{flag}")
        return otherwise

    def partners(self) -> tuple[tuple[str, str], ...]:
        """Return the partners as (id, name), each id once; at least one is needed."""
        known: dict[str, tuple[str, str]] = {}

        def one(text: str) -> tuple[str, str]:
            identifier, name = _partner(text)
            if identifier.casefold() in known:
                message = f"partner '{identifier}' was named before; each id stands for one partner"
                raise ValueError(message)
            known[identifier.casefold()] = (identifier, name)
            return identifier, name

        for text in self.answers.partners:
            self._read("partner", text, one, ("", ""))
        if not self.answers.partners and self.ask is not None:
            self._ask_for_partners(self.ask, one, known)
        if not self.answers.partners and not known:
            self.absent.append('--partner "ID=Name" (once for each)')
        return tuple(known.values())

    def indicators(self) -> tuple[PastedIndicator, ...]:
        """Return the indicators from the file, or as pasted; none is an answer, too."""
        if self.answers.indicators:
            name = self.answers.indicators
            try:
                found, problems = pasted_indicators(Workspace(Path()).outside(name, SHEET_LIMIT), name=name)
            except DocsError as error:
                found, problems = (), error.problems
            self.problems.extend(problems)
            return found
        question = "Indicators: paste a table of id, title and target, then an empty line (Enter alone for none)"
        while self.ask is not None:
            try:
                text = pasted(self.ask, question)
            except EOFError:
                break
            found, problems = pasted_indicators(text.encode(), name="pasted") if text else ((), ())
            if not problems:
                return found
            for problem in problems:
                self.tell(f"  {formatted(problem)}")
        return ()

    def complete(self) -> None:
        """Refuse, in one message, everything that is missing, and name everything that is wrong."""
        if self.absent:
            message = f"a new project needs more to begin with: {', '.join(self.absent)}"
            fix = "add these flags, or call invoke init on a terminal and answer"
            self.problems.append(Problem("init-incomplete", message, fix=fix))
        if self.problems:
            raise RequestError(self.problems)

    def _read(self, flag: str, text: str, read: Callable[[str], _T], otherwise: _T) -> _T:
        try:
            return read(text)
        except ValueError as error:
            what, _, fix = str(error).partition("; ")
            self.problems.append(Problem("init-value", f"--{flag}: {what}", fix=fix))
            return otherwise

    def _ask_for_partners(self, ask: Ask, one: Callable[[str], object], known: Mapping[str, object]) -> None:
        try:
            while text := ask(f"Partner {len(known) + 1} as ID=Name (Enter when there are no more): ").strip():
                try:
                    one(text)
                except ValueError as error:
                    self.tell(f"  {error}")
        except EOFError:
            self.ask = None


def _folder(text: str) -> str:
    """Return the folder; RequestError where a project lies in it, whatever else was said."""
    if Workspace(Path(text)).begun():
        message = f"'{text}' holds a project already; nothing was changed in it"
        raise RequestError(Problem("project-exists", message, Location(text), "name another folder with --folder"))
    return _text(text)


def _text(text: str) -> str:
    if not text or not text.isprintable():
        message = f"'{text}' is no text on one line; type it without tabs and line ends"
        raise ValueError(message)
    return text


def _short(text: str) -> str:
    """Return a word that can stand in references and file names."""
    if " " in text:
        message = f"'{text}' is two words; use letters, digits and . _ + - without spaces"
        raise ValueError(message)
    return Identifier.parse(text)


def _months(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= _LONGEST):
        message = f"'{text}' is no number of months; write a whole number from 1 to {_LONGEST}"
        raise ValueError(message)
    return int(text)


def _partner(text: str) -> tuple[str, str]:
    identifier, sign, name = (part.strip() for part in text.partition("="))
    if not (sign and name):
        message = f"'{text}' is no partner; write the acronym, an equals sign and the name: NORD=Northern Cluster"
        raise ValueError(message)
    return _short(identifier), _text(name)
