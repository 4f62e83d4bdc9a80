"""Where the project stands as of a day: statuses, figures, and why something does not count.

Records, the folded register and a date go in; a `StatusReport`, tables, an explanation or JSON values come out. Pure:
nothing here reads a file or a clock, prints, or changes anything, and no other stage is imported.
"""

from elca_docs.tracking.agenda import LOOK_AHEAD, agenda_of
from elca_docs.tracking.calendar_entries import calendar_entries
from elca_docs.tracking.chronicle import told
from elca_docs.tracking.explain import Explanation, explain
from elca_docs.tracking.exports import status_json
from elca_docs.tracking.lives import lives_of
from elca_docs.tracking.lost import lost_records
from elca_docs.tracking.naming import party_label
from elca_docs.tracking.packed import pack_of
from elca_docs.tracking.report import status_report
from elca_docs.tracking.sheet import sheet_of
from elca_docs.tracking.tables import (
    by_agreement,
    by_class,
    by_indicator,
    by_mission,
    by_partner,
    by_timeline,
)

__all__ = [
    "LOOK_AHEAD",
    "Explanation",
    "agenda_of",
    "by_agreement",
    "by_class",
    "by_indicator",
    "by_mission",
    "by_partner",
    "by_timeline",
    "calendar_entries",
    "explain",
    "lives_of",
    "lost_records",
    "pack_of",
    "party_label",
    "sheet_of",
    "status_json",
    "status_report",
    "told",
]
