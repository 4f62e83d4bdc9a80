"""Child processes with limits, for work whose input may be hostile or endless: a hand that decides nothing.

Reading a PDF from outside can hang, eat all memory or end the process it happens in. So it happens in a child:
`answers` has the limits and what a child that broke them comes to, `child` is what runs in there, `pool` is our side.
Whatever a call does, its caller gets a value, and the next call a child that works.
"""

from elca_docs.workers.answers import Failed, Limits
from elca_docs.workers.pool import Workers, one

__all__ = ["Failed", "Limits", "Workers", "one"]
