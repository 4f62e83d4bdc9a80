"""Findings on what says whose money it is: the agency's official name of the day, and the project's grant number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from elca_docs.errors import Location
from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import DatedText, text_on
from elca_docs.records.findings.printed import Printed, day_of, names_in, narratives_of, printed_texts
from elca_docs.records.findings.spelling import words_of
from elca_docs.records.text import shown

_SHORTEST_NUMBER = 5
_CONTEXT = 200
"""Letters before a short form among which its long form is looked for."""


def agencies_bear_their_official_name(portfolio: Portfolio) -> Iterator[Finding]:
    """Wherever the agency's short form stands in brackets, its official name stands before it."""
    told: set[str] = set()
    for agency in portfolio.project.agencies:
        for printed in _agency_texts(portfolio, agency):
            wrong = _misnamed(printed.text, agency)
            if wrong and wrong not in told:
                told.add(wrong)
                since = f" since {agency.valid_from}" if agency.valid_from else ""
                yield Finding(
                    code="agency-name-differs",
                    severity="error",
                    message=f"the agency is printed '{shown(wrong, 120)}', and its official name{since} is "
                    f"'{agency.text}' ({agency.short})",
                    ids=(printed.record,) if printed.record else (),
                    location=printed.location,
                    other_location=_place_of(portfolio, agency),
                    fix="print the official name; it stands in every disclaimer that was copied from there",
                )


def agencies_are_those_of_the_day(portfolio: Portfolio) -> Iterator[Finding]:
    """No deliverable names an agency that did not exist yet, or no longer, on the day it is dated."""
    days = {str(each.id): day_of(portfolio, each) for each in portfolio.deliverables}
    for lines in narratives_of(portfolio):
        day = days.get(lines[0].record) if lines else None
        for agency in portfolio.project.agencies if day else ():
            line = next((each for each in lines if _named(each.text, agency)), None)
            if line and day and not agency.valid_on(day):
                yield _outdated(portfolio, agency, line, day)


def grant_numbers_are_not_confused(portfolio: Portfolio) -> Iterator[Finding]:
    """No number is the project's grant number but for one digit, or two digits in another order."""
    own = str(portfolio.project.grant_number)
    near = _one_slip_from(own)
    told: set[tuple[str, str]] = set()
    for stated in _numbers(portfolio):
        if stated.text in near and (stated.text, stated.record) not in told:
            told.add((stated.text, stated.record))
            slip = "has two digits in another order" if sorted(stated.text) == sorted(own) else "differs in one digit"
            yield Finding(
                code="grant-number-near",
                severity="warning",
                message=f"{stated.record} has the number {stated.text}, which {slip} from the project's own grant "
                f"number {own}",
                ids=(stated.record,),
                location=stated.location,
                other_location=portfolio.place("project", "grant_number"),
                fix="compare both with the grant agreements; where both are right, print the acronym beside the number",
            )


def _agency_texts(portfolio: Portfolio, agency: DatedText) -> Iterator[Printed]:
    """Yield every text that may name an agency: what is printed differently, abbreviations, and running text."""
    yield from printed_texts(portfolio)
    for deliverable in portfolio.deliverables:
        if long := deliverable.abbreviations.get(agency.short):
            place = portfolio.place("deliverables", str(deliverable.id), "abbreviations", agency.short)
            yield Printed(f"{long} ({agency.short})", str(deliverable.id), place)
    for key, text in portfolio.project.printed.items():
        yield Printed(text, "", portfolio.place("project", "printed", key))


def _misnamed(text: str, agency: DatedText) -> str:
    """Return the words a text puts before the short form of an agency in brackets, where they are not its name."""
    found = re.search(rf"\(\s*{re.escape(agency.short)}\s*\)", text) if agency.short else None
    name = re.split(r"[.;:\n]", text[: found.start()][-_CONTEXT:])[-1].strip() if found else ""
    official, before = words_of(agency.text), words_of(name)
    if not before or before[-len(official) :] == official:
        return ""
    return f"{name} ({agency.short})" if len(set(before) & set(official)) > 1 else ""


def _named(text: str, agency: DatedText) -> bool:
    return names_in(text, agency.text) or (bool(agency.short) and names_in(text, agency.short))


def _outdated(portfolio: Portfolio, agency: DatedText, line: Printed, day: date) -> Finding:
    right = text_on(portfolio.project.agencies, day)
    until = (
        f"until {agency.valid_until}"
        if agency.valid_until and agency.valid_until < day
        else f"from {agency.valid_from}"
    )
    instead = f"; on that day it is '{right.text}'" if right else ""
    return Finding(
        code="agency-out-of-date",
        severity="error",
        message=f"{line.record} is dated {day} and names '{agency.text}', which bears that name {until}{instead}",
        ids=(line.record,),
        location=line.location,
        other_location=_place_of(portfolio, agency),
        fix="name the agency of the day, or correct the dates in project.yaml",
    )


def _place_of(portfolio: Portfolio, agency: DatedText) -> Location | None:
    return portfolio.place("project", "agencies", str(portfolio.project.agencies.index(agency)))


def _numbers(portfolio: Portfolio) -> Iterator[Printed]:
    """Yield the numbers that are given for organisations, and those that stand in running text."""
    for organisation in portfolio.organisations:
        place = portfolio.place("organisations", str(organisation.id), "grant_number")
        yield Printed(organisation.grant_number, str(organisation.id), place)
    for each in printed_texts(portfolio):
        for number in re.findall(r"(?<!\w)\d+(?!\w)", each.text):
            yield Printed(number, each.record, each.location)


def _one_slip_from(number: str) -> frozenset[str]:
    """Return all numbers that one wrong digit, or two digits exchanged, make of a number."""
    if not number.isdecimal() or len(number) < _SHORTEST_NUMBER:
        return frozenset()
    places = range(len(number))
    wrong = {number[:place] + digit + number[place + 1 :] for place in places for digit in "0123456789"}
    turned = {number[:place] + number[place + 1] + number[place] + number[place + 2 :] for place in places[:-1]}
    return frozenset((wrong | turned) - {number})
