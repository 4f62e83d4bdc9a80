"""What all tests share: parts outside Python are needed by name, and their absence is said or is a failure."""

from __future__ import annotations

import os
import shutil

import pytest

PARTS = {"libreoffice": "soffice", "poppler": "pdftoppm", "strace": "strace"}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose part is missing, with one sentence; fail it where DOCS_TEST_REQUIRE=all."""
    for mark in item.iter_markers("needs"):
        for part in mark.args:
            if shutil.which(PARTS[part]) is None:
                sentence = f"needs {part}, which is not installed here"
                if os.environ.get("DOCS_TEST_REQUIRE") == "all":
                    pytest.fail(sentence)
                pytest.skip(sentence)
