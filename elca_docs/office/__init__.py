"""LibreOffice, which makes PDFs of Word files: a hand. Nothing else in the program needs it.

`finding` looks for it, `profile` says how it is set up for each run, `running` starts it fenced in and ends it whole,
`product` judges what came out, and `converting` brings many documents through. LibreOffice's exit code says nothing:
it is 0 for a source that is not there, and a PDF comes of random bytes (evidence notes, 2.3). So the product is judged.
"""

from elca_docs.office.converting import Office, office_or_problem
from elca_docs.office.finding import find_office

__all__ = ["Office", "find_office", "office_or_problem"]
