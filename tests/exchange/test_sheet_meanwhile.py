"""Records that changed after their workbook was written: nothing is set back, and a person decides."""

from __future__ import annotations

from datetime import date

from book_desks import (
    NOTHING,
    TEXTS,
    book,
    codes,
    files_of,
    filled,
    one,
    sent,
    told,
)

from elca_docs.exchange import differences

LATER = files_of(agreements=TEXTS["agreements"].replace("expected: 2021-10\n", "expected: 2022-02\n"))


def test_what_nobody_touched_is_never_set_back():
    """The records moved on after the workbook was written: an old workbook does not undo it."""
    assert told(differences(sent(), book(files=LATER))) == NOTHING


def test_a_record_that_both_changed_is_for_a_person():
    """The row was edited, and the record too: the workbook has to be written again."""
    problem = one(differences(filled({("Agreements", "A-1", "Law"): "another law"}), book(files=LATER)))
    assert (problem.code, "Expected, Law" in problem.message) == ("record-changed-since", True)


def test_days_that_pass_change_nothing():
    """What is only shown may be old; what somebody wrote into it is told still."""
    later = book(as_of=date(2022, 3, 1))
    assert told(differences(sent(), later)) == NOTHING
    problem = one(differences(filled({("Agreements", "A-1", "Days overdue"): "0"}), later))
    assert problem.code == "locked-cell"


def test_a_row_that_left_the_book_is_no_problem_until_edited():
    """An agreement went to SUED: its untouched row is passed over, an edited one is refused; so is one deleted."""
    moved = files_of(
        agreements=TEXTS["agreements"].replace("[NORD]\n  counterparts: [rail]", "[SUED]\n  counterparts: [rail]")
    )
    reading = differences(filled({("Agreements", "A-1", "Law"): "another law"}), book(files=moved))
    assert codes(reading) == ["row-of-another-partner"]
    assert told(differences(sent(), book(files=moved))) == NOTHING
