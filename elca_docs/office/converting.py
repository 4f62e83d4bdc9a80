"""Word files to PDFs, many at a time: LibreOffice takes two seconds to start and a quarter of one per document.

So documents go in batches, one run per core at a time. What a batch did not make is tried again: alone if it is
suspect, else in company. So one bad document costs its own PDF and nobody else's.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from elca_docs.errors import Location, Problem, WorkspaceError
from elca_docs.office.finding import SETTING, find_office
from elca_docs.office.product import BY_HAND, product_problem, settled, source_problem
from elca_docs.office.running import Run, sweep

_MOST: Final = 4
"""Runs at a time; each takes a quarter of a gigabyte."""
_GLANCE: Final = 0.05
"""Seconds between two looks at the runs."""
_SITE: Final = "https://www.libreoffice.org"


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice, with the most it may take: seconds to start, seconds for each document, documents in one run."""

    program: Path
    starting: float = 90
    each: float = 60
    batch: int = 20

    def pdfs(
        self, documents: Mapping[str, bytes], *, carrying: Mapping[str, str] | None = None
    ) -> dict[str, bytes | Problem]:
        """Return the PDF of every Word file, or why there is none, by the names and in the order of `documents`.

        Args:
            documents: Word files by name; the names are for messages only.
            carrying: By name, the text (a reference) that must stand in the PDF; a line break may split it.

        The problems are office-not-word, office-failed, office-timeout and office-wrong-product. The PDFs are tagged,
        and one document always gives the same bytes from the same LibreOffice and fonts.

        Raises:
            WorkspaceError: office-not-started.
        """
        sweep()
        return _Round(self, documents, carrying or {}).played()


class _Round:
    """One call of `pdfs`: what waits, what runs, what came out."""

    def __init__(self, office: Office, documents: Mapping[str, bytes], carrying: Mapping[str, str]) -> None:
        """Refuse what is no Word file, and lay the rest out in batches."""
        self._office = office
        self._names = tuple(documents)
        self._documents = documents
        self._carrying = carrying
        self._found: dict[str, bytes | Problem] = {}
        for name, data in documents.items():
            if problem := source_problem(data, name=name):
                self._found[name] = problem
        numbers = [number for number, name in enumerate(self._names, start=1) if name not in self._found]
        step = max(1, min(office.batch, -(-len(numbers) // _together())))
        self._waiting = deque(tuple(numbers[start : start + step]) for start in range(0, len(numbers), step))

    def played(self) -> dict[str, bytes | Problem]:
        """Bring everything through; no program is left at work, however this ends."""
        running: deque[Run] = deque()
        try:
            while self._waiting or running:
                while self._waiting and len(running) < _together():
                    running.append(self._run(self._waiting.popleft()))
                if running[0].ended(_GLANCE):
                    running[0].stop()
                    self._waiting.extend(self._judged(running[0]))
                    running[0].close()
                    running.popleft()
                else:
                    running.rotate(-1)
        finally:
            for run in running:
                run.close()
        return {name: self._found[name] for name in self._names}

    def _run(self, numbers: tuple[int, ...]) -> Run:
        """Start LibreOffice on a batch."""
        documents = {number: self._documents[self._names[number - 1]] for number in numbers}
        return Run(self._office.program, documents, starting=self._office.starting, each=self._office.each)

    def _judged(self, run: Run) -> Iterator[tuple[int, ...]]:
        """Keep what a run made, and yield the batches in which the rest is tried again.

        Documents are made in order. Where a run broke off, the first one missing behind the last one made broke it, and
        those behind that never had their turn.
        """
        products = {number: run.product(number) for number in run.numbers}
        last = max((place for place, number in enumerate(run.numbers) if products[number] is not None), default=-1)
        unlucky = run.numbers[last + 2 :] if run.overdue or run.crashed else ()
        for number in run.numbers:
            name = self._names[number - 1]
            answer = self._answer(name, products[number], overdue=run.overdue)
            if isinstance(answer, bytes) or len(run.numbers) == 1:
                self._found[name] = answer
            elif number not in unlucky:
                yield (number,)
        if unlucky:
            yield unlucky

    def _answer(self, name: str, data: bytes | None, *, overdue: bool) -> bytes | Problem:
        """Return the PDF that was made, or what is wrong with it."""
        if data is not None:
            problem = product_problem(data, name=name, carrying=self._carrying.get(name, ""))
            return problem or settled(data)
        if overdue:
            message = (
                f"LibreOffice did not get done with it within {self._office.starting + self._office.each:g} seconds"
            )
            return Problem("office-timeout", message, Location(name), BY_HAND)
        return Problem("office-failed", "LibreOffice made no PDF of it", Location(name), BY_HAND)


def office_or_problem(setting: str = "") -> Office:
    """Return LibreOffice, looked for as `find_office` does; WorkspaceError (office-missing) where there is none."""
    program = find_office(setting)
    if program is None:
        raise WorkspaceError(_missing(setting or os.environ.get(SETTING, "")))
    return Office(program)


def _missing(setting: str) -> Problem:
    """Return the problem of a computer without LibreOffice, or with a setting that names none."""
    if setting:
        fix = "name the program soffice or the folder of LibreOffice, or remove the setting"
        return Problem("office-missing", f"{SETTING} is '{setting}', where no LibreOffice is", None, fix)
    message = "making a PDF needs LibreOffice, which was not found on this computer"
    fix = (
        f"install it from {_SITE}; or set {SETTING} to its program soffice; "
        "or save the document as PDF in Word and hand that over with --pdf"
    )
    return Problem("office-missing", message, None, fix)


def _together() -> int:
    """Return how many runs there may be at a time."""
    return min(_MOST, os.cpu_count() or 1)
