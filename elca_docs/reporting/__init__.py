"""From the records to the blocks of a deliverable: what it says, in order, before it is Word.

Pure builders: no file, no clock, no Word. May import the model, the errors, `context` (for dates and names in a
language), Babel and markdown-it.
"""

from elca_docs.reporting.deliverable import plan_blocks, subject_of
from elca_docs.reporting.partner_page import partner_blocks

__all__ = ["partner_blocks", "plan_blocks", "subject_of"]
