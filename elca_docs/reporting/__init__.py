"""From the records to the blocks of a deliverable: what it says, in order, before it is Word.

Pure builders: no file, no clock, no Word. May import the model, the errors, `context` (for dates and names in a
language), Babel and markdown-it.
"""

from elca_docs.reporting.dashboard import dashboard_page
from elca_docs.reporting.deliverable import plan_blocks, subject_of
from elca_docs.reporting.partner_page import partner_blocks
from elca_docs.reporting.pictures import images_of
from elca_docs.reporting.progress import report_annexes, report_blocks
from elca_docs.reporting.record_sheet import record_blocks
from elca_docs.reporting.report_changes import Change, changes_between

__all__ = [
    "Change",
    "changes_between",
    "dashboard_page",
    "images_of",
    "partner_blocks",
    "plan_blocks",
    "record_blocks",
    "report_annexes",
    "report_blocks",
    "subject_of",
]
