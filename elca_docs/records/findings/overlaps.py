"""Findings on things that may count twice, or once where they are several: indicators, organisations, merged names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations

from elca_docs.model.findings import Finding
from elca_docs.model.indicators import Indicator
from elca_docs.model.parties import Organisation
from elca_docs.model.portfolio import Portfolio
from elca_docs.records.findings.loads import sort_of
from elca_docs.records.findings.occasions import named_rows, organisations_of
from elca_docs.records.findings.words import listed, parts_of, quoted, spelled, word_stem, words_of
from elca_docs.records.text import counted, shown

_MOST_INDICATORS = 60
"""Indicators that are compared two by two; no plan has more, and comparing thousands would take too long."""
_WORDS_OF_A_NAME = 2
"""Fewer are a short form: "ABC (Alpha Beta Cluster)" is one name twice."""


def descriptions_name_only_their_own(portfolio: Portfolio) -> Iterator[Finding]:
    """The description of an indicator names no class of agreement or kind of event that another one counts."""
    marks = {each.id: _marks(portfolio, each) for each in portfolio.indicators}
    for one, other in permutations(portfolio.indicators[:_MOST_INDICATORS], 2):
        own = frozenset[str]().union(*marks[one.id])
        if one.rule.counts != other.rule.counts or not one.description:
            continue
        said = words_of(one.description)
        named = next((mark - own for mark in marks[other.id] if mark - own and mark - own <= said), None)
        if named:
            printed = dict.fromkeys(word for word in spelled(one.description) if word_stem(word) in named)
            yield Finding(
                code="indicator-overlap",
                severity="warning",
                message=f"the description of {one.id} names {quoted(printed)}, which {other.id} counts "
                f"({shown(other.title)})",
                ids=(one.id, other.id),
                location=portfolio.place("indicators", one.id, "description"),
                other_location=portfolio.place("indicators", other.id, "rule"),
                fix="say in the description what counts there and what counts in the other one",
            )


def organisations_feed_one_indicator(portfolio: Portfolio) -> Iterator[Finding]:
    """No organisation counts in two indicators of organisations, unless the meaning of one names the other."""
    feeds = _feeds(portfolio)
    counting = [each for each in portfolio.indicators if each.id in feeds and each.rule.distinct_by == "organisation"]
    for one, other in combinations(counting, 2):
        shared = [each for each in feeds[one.id] if each in feeds[other.id]]
        if not shared or _names(one, other) or _names(other, one):
            continue
        yield Finding(
            code="organisation-in-several-indicators",
            severity="warning",
            message=f"{counted(len(shared), 'organisation')} would count in {one.id} and in {other.id}: "
            f"{listed(shared)}{_elsewhere(shared, feeds, {one.id, other.id})}",
            ids=(one.id, other.id, *shared),
            location=portfolio.place("indicators", one.id, "rule"),
            other_location=portfolio.place("indicators", other.id, "rule"),
            fix=f"say in the 'meaning' of one rule whether it may count for the other ('… also for {one.id}')",
        )


def rows_are_about_one_organisation(portfolio: Portfolio) -> Iterator[Finding]:
    """No record is about an organisation whose name holds those of several: does it count once, or for each?"""
    inside = {str(each.id): parts for each in portfolio.organisations if len(parts := _names_inside(each)) > 1}
    for stem, row in named_rows(portfolio):
        for identifier in organisations_of(row):
            if held := inside.get(identifier):
                yield Finding(
                    code="row-of-several",
                    severity="warning",
                    message=f"{stem.removesuffix('s')} {row.id} is one record and counts once, and its organisation "
                    f"{identifier} bears {len(held)} names: {quoted(held)}",
                    ids=(row.id, identifier),
                    location=portfolio.place(stem, row.id),
                    other_location=portfolio.place("organisations", identifier, "name"),
                    fix="write one organisation for each name, and one record for each that is to count",
                )


def _marks(portfolio: Portfolio, indicator: Indicator) -> list[frozenset[str]]:
    """Return the words of each class or kind that an indicator counts, as they stand on paper."""
    classes = (portfolio.class_by_id[each].title for each in indicator.rule.classes)
    return [*map(words_of, classes), *map(parts_of, indicator.rule.kinds)]


def _feeds(portfolio: Portfolio) -> Mapping[str, Mapping[str, None]]:
    """Return the organisations behind each indicator that is compared, in the order of the records."""
    behind: dict[tuple[str, str], dict[str, None]] = {}
    for stem, row in named_rows(portfolio):
        for key in ((stem, sort_of(row)), (stem, "")):
            behind.setdefault(key, {}).update(dict.fromkeys(organisations_of(row)))
    found: dict[str, dict[str, None]] = {}
    for indicator in portfolio.indicators[:_MOST_INDICATORS]:
        rule = indicator.rule
        found[indicator.id] = {}
        for sort in rule.classes or rule.kinds or ("",):
            found[indicator.id].update(behind.get((rule.counts, str(sort)), {}))
    return found


def _names(one: Indicator, other: Indicator) -> bool:
    """Whether the rule of one indicator speaks of another one by its id."""
    wanted, said = (" ".join(spelled(text)).casefold() for text in (other.id, one.rule.meaning))
    return f" {wanted} " in f" {said} "


def _elsewhere(shared: list[str], feeds: Mapping[str, Mapping[str, None]], besides: set[str]) -> str:
    """Return what else some of the organisations stand behind, as the end of the sentence."""
    more = [
        f"{listed(each for each in shared if each in behind)} also in {identifier}"
        for identifier, behind in feeds.items()
        if identifier not in besides and not behind.keys().isdisjoint(shared)
    ]
    return f"; {'; '.join(more)}" if more else ""


def _names_inside(organisation: Organisation) -> list[str]:
    """Return the other spellings that stand in the name side by side, each of several words."""
    name = " ".join(organisation.name.split())
    spans: list[tuple[int, int]] = []
    parts: list[str] = []
    for alias in organisation.aliases:
        words = alias.name.split()
        start = name.lower().find(" ".join(words).lower())
        end = start + len(" ".join(words))
        apart = all(end <= first or last <= start for first, last in spans)
        if start >= 0 and end - start < len(name) and apart and len(words) >= _WORDS_OF_A_NAME:
            spans.append((start, end))
            parts.append(name[start:end])
    return parts
