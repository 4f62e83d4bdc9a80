"""File names: safe on every system, readable, and never built from free text alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elca_docs.planning import archive_name, draft_name, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cluster Automotriz de Nuevo León", "cluster-automotriz-de-nuevo-leon"),
        ('Transport&Logistics / Ohio: "A\\B"', "transport-logistics-ohio-a-b"),
        ("Żółć Straße Øre", "zolc-strasse-ore"),
        ("日本", "unnamed"),
        ("CON", "con"),
        ("x" * 300, "x" * 48),
        ("one two " * 40, "one-two-one-two-one-two-one-two-one-two-one-two"),
    ],
)
def test_slug_keeps_what_every_file_system_takes(text: str, expected: str) -> None:
    """Accents become base letters, punctuation becomes hyphens, length is bounded at a word's end."""
    assert slug(text) == expected


@given(st.text())
def test_slug_is_always_safe_and_stable(text: str) -> None:
    """Whatever the text, the slug is a short run of a-z, 0-9 and single hyphens, and a slug is its own slug."""
    made = slug(text)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= 48
    assert slug(made) == made


def test_names_begin_with_the_number() -> None:
    """The number alone identifies a file; language and part follow the slug."""
    assert draft_name("X-CA-A-001", "Some Cluster") == "X-CA-A-001_some-cluster.docx"
    assert draft_name("X-CA-A-001", "Some Cluster", language="es") == "X-CA-A-001_some-cluster.es.docx"
    assert (
        archive_name("R-2021-014", "X-CA-A-001", "Some Cluster", part=2) == "R-2021-014_X-CA-A-001_some-cluster_2.pdf"
    )
