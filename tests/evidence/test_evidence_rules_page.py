"""The page of the rules of evidence: every numbered rule of the program stands there, with codes that exist."""

from __future__ import annotations

import re
from pathlib import Path

from elca_docs.evidence import agreement_rules, held_rules, identifying, incoming_rules

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference"
PAGE = (REFERENCE / "evidence-rules.md").read_text(encoding="utf-8")


def numbered() -> list[str]:
    """Return the rules that the docstrings of the modules list."""
    modules = (identifying, incoming_rules, agreement_rules, held_rules)
    return [rule for each in modules for rule in re.findall(r"^    ([IRH][0-9]+) ", each.__doc__ or "", re.MULTILINE)]


def test_every_rule_stands_on_the_page_once_and_in_order():
    """What the program asks is what the page says, in both directions."""
    assert re.findall(r"^\| ([IRH][0-9]+) \|", PAGE, re.MULTILINE) == numbered()
    assert numbered() == [f"I{n}" for n in range(1, 17)] + [f"R{n}" for n in range(1, 12)] + [
        f"H{n}" for n in range(1, 5)
    ]


def test_every_code_on_the_page_is_explained():
    """A code that a rule names has its row among the problems."""
    rows = set(
        re.findall(r"^\| `([a-z0-9-]+)` \|", (REFERENCE / "problems.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", PAGE))
    assert len(named) > 30
    assert named - rows == set()
