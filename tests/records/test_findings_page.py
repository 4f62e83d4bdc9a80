"""The page of findings on D3.1 is what the script writes from the records that ship."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from elca_docs.errors import Location
from elca_docs.model.findings import Finding

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """Return the script that writes the page."""
    spec = importlib.util.spec_from_file_location("build_findings_page", ROOT / "scripts/build_findings_page.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_script_would_write(script: ModuleType):
    """After a change of the records or the rules: python scripts/build_findings_page.py."""
    assert script.PAGE.read_text(encoding="utf-8") == script.page(script.findings())


def test_every_finding_stands_on_the_page(script: ModuleType):
    """No finding is lost on the way: each is written out, or named by its first id in its section."""
    text = script.PAGE.read_text(encoding="utf-8")
    sections = {part.split("`")[1]: part for part in text.split("\n### ")[1:]}
    for finding in script.findings():
        whole = " ".join(sections[finding.code].split())
        said = " ".join(finding.message.split())[1:40].replace("_", "\\_")
        assert said in whole or f" {finding.ids[0]}," in whole or f" {finding.ids[0]}." in whole, finding.message


def test_text_from_records_does_not_shape_the_page(script: ModuleType):
    """Markdown's own marks in a name stand for themselves, and a long list is cut visibly."""
    findings = [
        Finding(code="name-varies", severity="warning", message=f"'*a* <b> [c]' no {number}", ids=(f"o{number}",),
                location=Location("records/x.md"), fix="ask")
        for number in range(14)
    ]  # fmt: skip
    text = script.page(findings)
    assert r"- '\*a\* \<b\> \[c\]' no 0. (`records/x.md`)" in text
    assert "- And 9 more of the same kind: o5, o6, o7, o8, o9, o10, o11, o12, o13." in text
    assert text.count("**What would settle it:** Ask.") == 1
