"""Record files → one portfolio, or all problems at once; and what is odd about a portfolio.

Pure: bytes and values in, values out. May import the model, the context and the errors; YAML and pydantic stay inside.
"""

from elca_docs.records.findings import findings_of
from elca_docs.records.reading import Reading, read_portfolio

__all__ = ["Reading", "findings_of", "read_portfolio"]
