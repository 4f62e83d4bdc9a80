"""Rules on links: every id that a record names is given somewhere. One table, one rule for all of it.

The table is whole: a test goes through the model and finds each field that holds an id either here or among those
that are free on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from elca_docs.errors import Problem
from elca_docs.records.findings.statements import STATEMENT_RULES, StatementRule
from elca_docs.records.gathered import DEFINITIONS, Gathered
from elca_docs.records.near import Vocabulary
from elca_docs.records.nodes import KEYS, Node, ScalarNode, identifier_of, scalars_at
from elca_docs.records.text import LEAVE_EMPTY, NOTHING, shown

_RULE_NAMES = Vocabulary(STATEMENT_RULES)


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names other records: stem of the file, path below a record, the kind it names."""

    stem: str
    path: tuple[str, ...]
    target: str


REFERENCES: tuple[Reference, ...] = (
    Reference("project", ("work_packages", "leader"), "partners"),
    Reference("project", ("tasks", "work_package"), "work packages"),
    Reference("project", ("tasks", "leader"), "partners"),
    Reference("project", ("tasks", "participants"), "partners"),
    Reference("partners", ("successor",), "parties"),
    Reference("partners", ("legal", "signs_through"), "parties"),
    Reference("organisations", ("legal", "signs_through"), "parties"),
    Reference("organisations", ("related_to",), "partners"),
    Reference("people", ("of",), "parties"),
    Reference("agreements", ("class",), "classes"),
    Reference("agreements", ("responsible",), "partners"),
    Reference("agreements", ("counterparts",), "organisations"),
    Reference("agreements", ("fills",), "agreements"),
    Reference("agreements", ("replaces",), "agreements"),
    Reference("agreements", ("mission",), "missions"),
    Reference("agreements", ("commitments", "party"), "parties"),
    Reference("agreements", ("steps", "by"), "partners"),
    Reference("contacts", ("organisation",), "organisations"),
    Reference("contacts", ("responsible",), "partners"),
    Reference("contacts", ("steps", "by"), "partners"),
    Reference("events", ("responsible",), "partners"),
    Reference("events", ("organisations",), "organisations"),
    Reference("events", ("fills",), "events"),
    Reference("events", ("mission",), "missions"),
    Reference("events", ("steps", "by"), "partners"),
    Reference("timeline", ("months", "activities", "classes"), "classes"),
    Reference("timeline", ("months", "activities", "kinds"), "kinds of event"),
    Reference("timeline", ("months", "activities", "mission"), "missions"),
    Reference("timeline", ("months", "activities", "responsible"), "partners"),
    Reference("timeline", ("duties", "responsible"), "partners"),
    Reference("timeline", ("duties", "task"), "tasks"),
    Reference("indicators", ("per_partner", KEYS), "partners"),
    Reference("indicators", ("rule", "classes"), "classes"),
    Reference("deliverables", ("work_package",), "work packages"),
    Reference("deliverables", ("cover", "lead"), "partners"),
    Reference("deliverables", ("sections", "tables", "classes"), "classes"),
    Reference("deliverables", ("sections", "tables", "kinds"), "kinds of event"),
    Reference("deliverables", ("sections", "tables", "indicators"), "indicators"),
    Reference("deliverables", ("sections", "charts", "classes"), "classes"),
    Reference("deliverables", ("sections", "charts", "indicators"), "indicators"),
    Reference("deliverables", ("annexes", "classes"), "classes"),
    Reference("deliverables", ("period",), "reporting periods"),
)


def named_records_exist(gathered: Gathered) -> Iterator[Problem]:
    """Every id that a record names is given."""
    for reference in REFERENCES:
        if gathered.unsure(reference.target):
            continue
        for tree in gathered.trees.get(reference.stem, ()):
            for each in scalars_at(tree, reference.path):
                yield from _unknown(gathered, reference.target, each, _owner(reference.stem, tree))


def statements_name_a_rule_and_what_it_takes(gathered: Gathered) -> Iterator[Problem]:
    """A statement's rule is one of the checker's, has a value to compare, and looks at records it can count."""
    for tree in gathered.trees.get("statements", ()):
        for name in scalars_at(tree, ("rule",)):
            owner = _owner("statements", tree)
            rule = STATEMENT_RULES.get(name.text or "")
            if rule is None:
                message = f"{owner} names the rule '{shown(name.text)}', which does not exist"
                fix = _RULE_NAMES.did_you_mean(name.text or "", f"the rules are {_RULE_NAMES.listed(40)}")
                yield Problem("unknown-id", message, name.at, fix)
            else:
                yield from _fitting(gathered, rule, tree, name)


def _fitting(gathered: Gathered, rule: StatementRule, tree: Node, name: ScalarNode) -> Iterator[Problem]:
    owner = _owner("statements", tree)
    if rule.numbered and next(scalars_at(tree, ("value",)), None) is None:
        message = f"{owner} has the rule {name.text}, and no number that could be compared"
        yield Problem("missing-field", message, name.at, "add 'value: …', or remove the rule")
    of = tuple(scalars_at(tree, ("of",)))
    if not rule.at_least <= len(of) <= rule.at_most:
        message = f"the rule {name.text} wants {rule.wants} in 'of', and {owner} names {len(of)}"
        yield Problem("bad-value", message, of[0].at if of else name.at, f"write {rule.wants} into 'of: […]'")
    elif rule.takes and not gathered.unsure(rule.takes):
        for each in of:
            yield from _unknown(gathered, rule.takes, each, owner)


def _unknown(gathered: Gathered, target: str, each: ScalarNode, owner: str) -> Iterator[Problem]:
    known = gathered.vocabularies[target]
    text = each.text or ""
    if text in gathered.known[target]:
        return
    message = f"{owner} names '{shown(text)}', which is none of the {_plural(target)}"
    file = "partners.yaml or records/organisations.yaml" if target == "parties" else f"{_stem_of(target)}.yaml"
    otherwise = f"known are {known.listed()}" if known.words else f"none are written yet; add it to records/{file}"
    fix = LEAVE_EMPTY if text in NOTHING else known.did_you_mean(text, otherwise)
    yield Problem("unknown-id", message, each.at, fix)


def _plural(kind: str) -> str:
    return {"classes": "agreement classes", "parties": "partners and organisations"}.get(kind, kind)


def _stem_of(kind: str) -> str:
    return DEFINITIONS[kind][0] if kind in DEFINITIONS else "events"


def _owner(stem: str, tree: Node) -> str:
    identifier = identifier_of(tree)
    singular = {"people": "person", "project": "the project", "timeline": "the timeline"}.get(
        stem, stem.removesuffix("s")
    )
    return f"{singular} {shown(identifier)}".rstrip()
