"""Exchange: what goes out to people who do not work with the records, and comes back from them. Bytes, never paths.

Values come in and a finished file goes out; nothing here reads a record, decides what is due or sends anything.
"""

from elca_docs.exchange.books import book_of
from elca_docs.exchange.calendar_file import calendar_of
from elca_docs.exchange.findings_sheet import findings_workbook
from elca_docs.exchange.mail_draft import Attachment, mail_draft, usable_address
from elca_docs.exchange.mail_text import MailText, mail_text
from elca_docs.exchange.missing_sheet import missing_workbook
from elca_docs.exchange.pack_figures import pack_figures
from elca_docs.exchange.pack_index import pack_index
from elca_docs.exchange.pack_pdf import pack_pdf
from elca_docs.exchange.pack_readme import pack_readme
from elca_docs.exchange.pasted import PastedIndicator, pasted_indicators
from elca_docs.exchange.returned import SheetReading, differences, partner_of
from elca_docs.exchange.specimen import attendance_specimen, signed_specimen
from elca_docs.exchange.status_workbook import status_workbook
from elca_docs.exchange.workbooks import workbook_of

__all__ = [
    "Attachment",
    "MailText",
    "PastedIndicator",
    "SheetReading",
    "attendance_specimen",
    "book_of",
    "calendar_of",
    "differences",
    "findings_workbook",
    "mail_draft",
    "mail_text",
    "missing_workbook",
    "pack_figures",
    "pack_index",
    "pack_pdf",
    "pack_readme",
    "partner_of",
    "pasted_indicators",
    "signed_specimen",
    "status_workbook",
    "usable_address",
    "workbook_of",
]
