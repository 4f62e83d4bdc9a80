"""What all tests share: parts outside Python are needed by name, and their absence is said or is a failure."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest


def has_calc() -> bool:
    """Whether LibreOffice is here with its spreadsheet, which some systems package apart from its text."""
    office = shutil.which("soffice")
    return office is not None and any(Path(office).resolve().parent.glob("*sclo*"))


def has_validator() -> bool:
    """Whether Node.js is here, and the schemas of ISO 29500 in the folder of packages that the environment names."""
    modules = os.environ.get("DOCS_TEST_NODE_MODULES", "")
    return bool(modules and shutil.which("node") and (Path(modules) / "@ooxml-tools" / "validate").is_dir())


PARTS = {
    "chromium": lambda: shutil.which("chromium") and find_spec("playwright"),
    "libreoffice": lambda: shutil.which("soffice"),
    "libreoffice calc": has_calc,
    "ooxml-validate": has_validator,
    "poppler": lambda: shutil.which("pdftoppm"),
    "strace": lambda: shutil.which("strace"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose part is missing, with one sentence.

    With DOCS_TEST_REQUIRE=all it fails, unless DOCS_TEST_WITHOUT names that part.
    """
    for mark in item.iter_markers("needs"):
        for part in mark.args:
            if not PARTS[part]():
                sentence = f"needs {part}, which is not installed here"
                if os.environ.get("DOCS_TEST_REQUIRE") == "all" and part != os.environ.get("DOCS_TEST_WITHOUT"):
                    pytest.fail(sentence)
                pytest.skip(sentence)
