"""Record files → one portfolio, or all problems at once; and what is odd about a portfolio.

Pure: bytes and values in, values out. May import the model, the context and the errors; YAML and pydantic stay inside.
"""

from elca_docs.records.editing import Edited, edited
from elca_docs.records.findings import findings_of
from elca_docs.records.findings.catalogue import CODES, THEME_OF, THEMES, Theme, by_theme
from elca_docs.records.reading import Reading, read_portfolio
from elca_docs.records.schema import SCHEMA_FOLDER, record_schemas
from elca_docs.records.starters import Beginning, starter_records

__all__ = [
    "CODES",
    "SCHEMA_FOLDER",
    "THEMES",
    "THEME_OF",
    "Beginning",
    "Edited",
    "Reading",
    "Theme",
    "by_theme",
    "edited",
    "findings_of",
    "read_portfolio",
    "record_schemas",
    "starter_records",
]
