"""PDF: bytes in, bytes out. Stamps, signature fields, reports with annexes, and made-up signed and scanned papers.

Nothing here opens a file, asks the time or draws chance; what is read off a PDF, and whether it proves anything, is
`evidence`'s to say.
"""

from elca_docs.pdf.annexes import Separators, with_annexes
from elca_docs.pdf.copies import SignatureCopy, signature_copy
from elca_docs.pdf.opening import page_count
from elca_docs.pdf.pages import pages_of
from elca_docs.pdf.spots import SignatureSpot
from elca_docs.pdf.stamps import PageStamp

__all__ = [
    "PageStamp",
    "Separators",
    "SignatureCopy",
    "SignatureSpot",
    "page_count",
    "pages_of",
    "signature_copy",
    "with_annexes",
]
