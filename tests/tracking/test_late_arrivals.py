"""Late arrivals: signed in the period, registered after the cut; nothing else is late, and nothing late is left out."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.figures import LateArrival
from elca_docs.model.log_events import Corrected, LogEvent, Opened, Referenced, Registered, Signed
from elca_docs.model.periods import Period
from elca_docs.model.register import Entry, fold
from elca_docs.tracking import late_arrivals

PERIOD = Period(first=date(2021, 9, 1), last=date(2022, 2, 28))
SERIES = "X-{seq}"


def log(*events: LogEvent) -> tuple[Entry, ...]:
    """Return entries, one segment and one day of March 2022 each, behind one that opens the register."""
    opened = Entry(address="1.1", at="2022-03-01T09:00:00Z", actor="ana", event=Opened(register="r", project="42"))
    later = (
        Entry(address=f"{place}.1", at=f"2022-03-{place:02}T09:00:00Z", actor="ana", event=event)
        for place, event in enumerate(events, start=2)
    )
    return (opened, *later)


def given_reference(seq: int) -> Referenced:
    return Referenced(agreement=f"A{seq}", reference=f"X-{seq}", series=SERIES, seq=seq)


def signed(seq: int, party: str = "alfa", on: date = date(2022, 2, 20)) -> Signed:
    return Signed(reference=f"X-{seq}", party=party, on=on, method="wet", evidence="e", basis="confirmed", by="ana")


def late(entries: tuple[Entry, ...], cut: int) -> tuple[LateArrival, ...]:
    """Return what is late for a cut that was made behind so many entries."""
    return late_arrivals(fold(entries[:cut]), fold(entries), PERIOD)


def test_a_signature_of_the_period_that_the_cut_did_not_know_is_late() -> None:
    """It is named with its register number and both days."""
    number = Registered(reference="X-1", number="R-1", series="R-{seq}", seq=1)
    entries = log(given_reference(1), signed(1), signed(1, "beta", date(2022, 2, 25)), number)
    whole = LateArrival(reference="X-1", number="R-1", signed_on=date(2022, 2, 25), registered_on=date(2022, 3, 4))
    assert late(entries, 2) == (whole,)
    assert late(entries, 3) == (whole,)
    assert late(entries, 4) == ()


def test_an_agreement_that_not_all_have_signed_has_no_number() -> None:
    """It is late all the same: the signature is of the period."""
    assert [each.number for each in late(log(given_reference(1), signed(1)), 2)] == [""]


def test_what_was_signed_before_or_after_the_period_is_not_late() -> None:
    """Both ends of the period belong to it."""
    days = [date(2021, 8, 31), date(2021, 9, 1), date(2022, 2, 28), date(2022, 3, 1)]
    entries = log(*(event for seq, on in enumerate(days, 1) for event in (given_reference(seq), signed(seq, on=on))))
    assert [each.reference for each in late(entries, 1)] == ["X-2", "X-3"]


def test_what_was_only_entered_anew_is_not_late() -> None:
    """A correction and the same signature again say nothing that the cut did not know; another day does."""
    entries = log(given_reference(1), signed(1), Corrected(undoes="3.1", reason="page missing"), signed(1))
    assert late(entries, 3) == ()
    moved = log(given_reference(1), signed(1), Corrected(undoes="3.1", reason="day"), signed(1, on=date(2022, 2, 1)))
    assert [each.signed_on for each in late(moved, 3)] == [date(2022, 2, 1)]


def test_what_was_undone_again_is_not_late() -> None:
    """Only what stands now arrived."""
    assert late(log(given_reference(1), signed(1), Corrected(undoes="3.1", reason="not theirs")), 2) == ()


@settings(max_examples=50)
@given(st.lists(st.integers(1, 4), unique=True, min_size=1), st.integers(0, 4))
def test_known_and_late_are_all_that_was_signed(order: list[int], known: int) -> None:
    """Whatever the order and the place of the cut: each agreement is known to the cut or late, and never both."""
    references = [given_reference(seq) for seq in (1, 2, 3, 4)]
    entries = log(*references, *(signed(seq) for seq in order))
    found = {each.reference for each in late(entries, 5 + known)}
    assert found == {f"X-{seq}" for seq in order[known:]}
