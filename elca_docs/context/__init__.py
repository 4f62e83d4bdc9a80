"""From the records and one agreement to the plain values that a Word template sees.

`FIELDS` is the only definition of what those values are; the guide for authors, the template check and the tests read
it. This room reads nothing from disk and knows no template: it may import the model, the errors and Babel.
"""

from elca_docs.context.contexts import AgreementContext, context_of
from elca_docs.context.field import Field
from elca_docs.context.fields import FIELDS
from elca_docs.context.wanting import missing_fields

__all__ = ["FIELDS", "AgreementContext", "Field", "context_of", "missing_fields"]
