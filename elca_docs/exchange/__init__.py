"""Exchange: what goes out to people who do not work with the records, and comes back from them. Bytes, never paths.

Values come in and a finished file goes out; nothing here reads a record, decides what is due or sends anything.
"""

from elca_docs.exchange.missing_sheet import missing_workbook
from elca_docs.exchange.specimen import attendance_specimen, signed_specimen

__all__ = ["attendance_specimen", "missing_workbook", "signed_specimen"]
