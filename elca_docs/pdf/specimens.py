"""Made-up signed and scanned papers, for the demo and the tests only: nobody and nothing in them exists.

The caller gives the names and says in them that they are made up.
"""

from elca_docs.pdf.certificates import Authority, Signer, signer, test_authority
from elca_docs.pdf.scans import Quality, scanned
from elca_docs.pdf.signing import signed

__all__ = ["Authority", "Quality", "Signer", "scanned", "signed", "signer", "test_authority"]
