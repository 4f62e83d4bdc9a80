"""From the records to the blocks of a deliverable: what it says, in order, before it is Word.

Pure builders: no file, no clock, no Word. May import the model, the errors, `context` (for dates and names in a
language), Babel and markdown-it.
"""

from elca_docs.reporting.deliverable import plan_blocks, subject_of

__all__ = ["plan_blocks", "subject_of"]
