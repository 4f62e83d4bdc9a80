"""Puts the script that builds the templates, and the fictitious records of the context tests, within reach."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT / "scripts", ROOT / "tests" / "context"):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
