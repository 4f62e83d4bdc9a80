"""A small fictitious project as record files, which the tests of this folder change one file at a time."""

from __future__ import annotations

from textwrap import dedent

from elca_docs.errors import Problem
from elca_docs.model.findings import Finding
from elca_docs.model.portfolio import Portfolio
from elca_docs.records import findings_of, read_portfolio

PROJECT = """\
title: A project that nobody ever ran
acronym: MOON
grant_number: 000042
start: 2030-01-01
duration_months: 24
time_zone: Europe/Brussels
work_packages:
  - {id: WP1, title: Charts, first_month: 1, last_month: 12}
tasks:
  - {id: T1.1, work_package: WP1, title: Drawing charts, leader: ABC, first_month: 1, last_month: 12}
classes:
  - {id: MU, title: Memorandum, template: memo}
  - {id: BB, title: Business, template: trade, parties: counterparts}
"""
PARTNERS = """\
- {id: ABC, name: First Invented Cluster, country: DE}
- {id: XYZ, name: Second Invented Cluster, country: PL}
"""
ORGANISATIONS = """\
- {id: acme, name: Invented Foundry}
- {id: bolt, name: Invented Screws}
- {id: cog, name: Invented Wheels}
"""
AGREEMENTS = """\
- {id: A-1, class: MU, responsible: [ABC], counterparts: [acme]}
- {id: A-2, class: BB, responsible: [XYZ], counterparts: [bolt, cog]}
"""


def project_files(**texts: str | bytes) -> dict[str, bytes]:
    """Return the project's files; a keyword names a file's stem (`__` for a slash), its text replaces or adds it."""
    every: dict[str, str | bytes] = {
        "project": PROJECT,
        "partners": PARTNERS,
        "organisations": ORGANISATIONS,
        "agreements": AGREEMENTS,
        **texts,
    }
    return {
        f"records/{stem.replace('__', '/')}.yaml": dedent(text).encode() if isinstance(text, str) else text
        for stem, text in every.items()
    }


def problems_of(**texts: str | bytes) -> tuple[Problem, ...]:
    """Return the problems of the project with some files changed."""
    return read_portfolio(project_files(**texts)).problems


def briefly(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Return code and place of each problem, as `line:column` behind the file's name."""
    return [(each.code, str(each.location).removeprefix("records/")) for each in problems]


def only_problem(**texts: str | bytes) -> Problem:
    """Return the one problem of the project with some files changed; fails where there are others."""
    problems = problems_of(**texts)
    assert len(problems) == 1, problems
    return problems[0]


def portfolio_of(**texts: str | bytes) -> Portfolio:
    """Return the portfolio of the project with some files changed; fails where it has problems."""
    reading = read_portfolio(project_files(**texts))
    assert reading.portfolio is not None, reading.problems
    return reading.portfolio


def found(code: str, **texts: str | bytes) -> list[Finding]:
    """Return the findings with a code, of the project with some files changed."""
    return [each for each in findings_of(portfolio_of(**texts)) if each.code == code]


def sole(code: str, **texts: str | bytes) -> Finding:
    """Return the one finding with a code, of the project with some files changed."""
    findings = found(code, **texts)
    assert len(findings) == 1, findings
    return findings[0]
