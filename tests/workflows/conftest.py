"""What the tests of the post share: one drafted project and one set of made-up signers, made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from desks import ROOT, desk
from posts import Here, Post, small_project

from elca_docs import inbox
from elca_docs.records import Reading, read_portfolio
from elca_docs.workflows import confirming, receiving
from elca_docs.workflows import desk as workflows_desk
from elca_docs.workflows.demo_papers import Pens


@pytest.fixture(scope="session")
def pens() -> Pens:
    """Return made-up signers of the demo's parties, by one authority."""
    return Pens(desk(ROOT / "examples/demo").portfolio)


@pytest.fixture(scope="session")
def drafted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("drafted") / "p")


@pytest.fixture(scope="session")
def sent_once(tmp_path_factory: pytest.TempPathFactory, drafted_once: Path, pens: Pens) -> Path:
    """Return a project of which the first three agreements went out."""
    folder = tmp_path_factory.mktemp("sent") / "p"
    shutil.copytree(drafted_once, folder)
    Post(folder=folder, pens=pens).send("CA-01", "CA-02", "CA-03")
    return folder


@pytest.fixture(scope="session")
def remembered() -> dict[object, Reading]:
    """Return the records read so far, by their bytes: the same few projects are read hundreds of times."""
    return {}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, remembered: dict[object, Reading]) -> None:
    """Let files be read in this process, none of them count as still being written, and the disk not be waited for."""

    def read(files: Mapping[str, bytes]) -> Reading:
        key = frozenset(files.items())
        if key not in remembered:
            remembered[key] = read_portfolio(files)
        return remembered[key]

    monkeypatch.setattr(workflows_desk, "read_portfolio", read)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(inbox, "_SETTLED", -60.0)
    for workflow in (receiving, confirming):
        monkeypatch.setattr(workflow, "Workers", Here)


@pytest.fixture
def drafted(tmp_path: Path, drafted_once: Path, pens: Pens, here: None) -> Post:  # noqa: ARG001 - switched on
    """Return a project with drafts only."""
    shutil.copytree(drafted_once, tmp_path / "p")
    return Post(folder=tmp_path / "p", pens=pens)


@pytest.fixture
def post(tmp_path: Path, sent_once: Path, pens: Pens, here: None) -> Post:  # noqa: ARG001 - switched on
    """Return a project of which CA-01 (ALFA, sample-rail), CA-02 and CA-03 (BETA, glass-weavers) went out."""
    shutil.copytree(sent_once, tmp_path / "p")
    return Post(folder=tmp_path / "p", pens=pens)
