"""The fold from log entries to the register: what the log says in sum, and what it may not say."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.log_events import (
    Amended,
    Approved,
    Contacted,
    Corrected,
    Drafted,
    Ended,
    Frozen,
    Held,
    Negotiating,
    Opened,
    Received,
    Referenced,
    Registered,
    Sent,
    Signed,
)
from elca_docs.model.masks import next_number, numbered
from elca_docs.model.register import Entry, FoldError, RegisterView, fold, undone_addresses

DAY = date(2021, 10, 5)
OPENED = Opened(register="r", project="42")
REFERENCED = Referenced(agreement="a", reference="A-001", series="A-{seq:03}", seq=1)
DRAFTED = Drafted(reference="A-001", version=1, template="t", inputs="i", file="f", name="n")
SIGNED = Signed(reference="A-001", party="p", on=DAY, evidence="e")
REGISTERED = Registered(reference="A-001", number="R-001", series="R-{seq:03}", seq=1)


def entries_of(*events):
    """Return the events as entries of one segment each, each a day later than the one before."""
    return tuple(
        Entry(address=f"{n}.1", at=f"2021-10-{n:02}T00:00:00Z", actor="ana", event=event)
        for n, event in enumerate(events, start=1)
    )


def later(entries, *events):
    """Return the entries with further events behind them."""
    more = [
        Entry(address=f"{n}.1", at="2022-01-01T00:00:00Z", actor="ben", event=event)
        for n, event in enumerate(events, start=len(entries) + 1)
    ]
    return (*entries, *more)


def states(view: RegisterView):
    """Return everything a view says, but the entries themselves."""
    return replace(view, entries=())


def state_but_numbers(view: RegisterView):
    return replace(view, entries=(), series={})


def foldable(entries) -> bool:
    try:
        fold(entries)
    except FoldError:
        return False
    return True


@st.composite
def logs(draw):
    """Whole logs: every kind of event, in any order that a register would have taken."""
    entries = entries_of(OPENED)
    for _ in range(draw(st.integers(0, 12))):
        view = fold(entries)
        event = draw(st.one_of(st.sampled_from(AGREEMENT_EVENTS), giving(view), corrections(view)))
        if foldable(later(entries, event)):
            entries = later(entries, event)
    return entries


ids = ("a", "b")
references = ("A-001", "A-002", "B-001")
AGREEMENT_EVENTS = [
    *(Contacted(agreement=each, on=DAY) for each in ids),
    *(Negotiating(agreement=each, on=DAY, note="n") for each in ids),
    *(Ended(agreement=each, exit="withdrawn", on=DAY, reason="r") for each in ids),
    *(replace(DRAFTED, reference=each) for each in references),
    *(Sent(reference=each, version=version) for each in references for version in (1, 2)),
    *(replace(SIGNED, reference=each, party=party) for each in references for party in "pq"),
    *(Amended(reference=each, child="c") for each in references),
    *(Received(subject=each, sha256=sha, name="n", size=1, pages=1) for each in (*references, "w") for sha in "ef"),
    Held(subject="w", on=DAY, evidence=("e",), proof="p"),
    Approved(template="t", name="n", by="ana"),
    Frozen(name="cut", as_of=DAY, position=1, snapshot="s"),
]


def giving(view):
    """Events that give the next number, as a decision over the view would."""

    def reference(agreement, letter):
        series = f"{letter}-{{seq:03}}"
        seq = next_number(series, view.series)
        return Referenced(agreement=agreement, reference=numbered(series, seq), series=series, seq=seq)

    seq = next_number("R-{seq:03}", view.series)
    return st.builds(reference, st.sampled_from(ids), st.sampled_from("AB")) | st.sampled_from(references).map(
        lambda each: Registered(reference=each, number=f"R-{seq:03}", series="R-{seq:03}", seq=seq)
    )


def corrections(view):
    addresses = [entry.address for entry in view.entries]
    return st.sampled_from(addresses).map(lambda address: Corrected(undoes=address, reason="r"))


@settings(max_examples=25, deadline=None)
@given(logs())
def test_the_same_entries_give_the_same_view(entries):
    """Folding is a function of the entries alone, from a list, a tuple or a stream, once or again."""
    view = fold(entries, position=3, head="h")
    assert view == fold(list(entries), position=3, head="h")
    assert view == fold((entry for entry in view.entries), position=3, head="h")
    assert (view.position, view.head, view.register, view.project) == (3, "h", "r", "42")


@settings(max_examples=40, deadline=None)
@given(logs(), st.data())
def test_a_corrected_entry_is_as_if_it_had_never_acted(entries, data):
    """A correction takes an entry out of every state, and gives back no number."""
    open_to_it = [
        entry
        for entry in entries[1:]
        if not isinstance(entry.event, Corrected) and entry.address not in undone_addresses(entries)
    ]
    if not open_to_it:
        return
    chosen = data.draw(st.sampled_from(open_to_it))
    corrected = fold(later(entries, Corrected(undoes=chosen.address, reason="r")))
    without = fold(entries, acting=lambda entry: entry != chosen)
    assert states(without) == states(corrected)
    assert fold(entries).series == corrected.series


@settings(max_examples=40, deadline=None)
@given(logs(), st.data())
def test_undoing_a_correction_restores_what_it_undid(entries, data):
    """A correction that is itself corrected leaves every state as it was before both."""
    standing = [entry.address for entry in entries[1:] if entry.address not in undone_addresses(entries)]
    if not standing:
        return
    first = Corrected(undoes=data.draw(st.sampled_from(standing)), reason="r")
    second = Corrected(undoes=f"{len(entries) + 1}.1", reason="r")
    if not foldable(later(entries, first)):
        return
    assert states(fold(entries)) == states(fold(later(entries, first, second)))


@settings(max_examples=25, deadline=None)
@given(logs())
def test_counts_only_grow(entries):
    """Whatever is appended, corrections included, no series falls back: no number can be given again."""
    views = [fold(entries[:length]) for length in range(len(entries) + 1)]
    for before, after in itertools.pairwise(views):
        assert set(before.series) <= set(after.series)
        assert all(count <= after.series[series] for series, count in before.series.items())


@settings(max_examples=25, deadline=None)
@given(logs())
def test_no_number_stands_for_two_things(entries):
    """Each reference and each register number is given once in a log, undone ones included, without a gap."""
    given_numbers = [
        (event.series, event.seq, event.reference if isinstance(event, Referenced) else event.number)
        for event in (entry.event for entry in entries)
        if isinstance(event, Referenced | Registered)
    ]
    assert len({number for _, _, number in given_numbers}) == len(given_numbers)
    for series in {series for series, _, _ in given_numbers}:
        counts = [seq for each, seq, _ in given_numbers if each == series]
        assert list(range(1, len(counts) + 1)) == counts


@settings(max_examples=40, deadline=None)
@given(logs(), st.sets(st.integers(2, 15)))
def test_the_register_of_any_choice_of_entries_can_be_folded(entries, left_out):
    """Entries that do not act leave no trace but their numbers, and what hangs on them rests."""
    addresses = {f"{n}.1" for n in left_out}
    view = fold(entries, acting=lambda entry: entry.address not in addresses)
    assert fold(entries).series == view.series
    assert addresses.isdisjoint(address for each in view.agreements.values() for address in each.addresses)


@settings(max_examples=25, deadline=None)
@given(logs())
def test_references_and_agreements_know_each_other(entries):
    """by_reference leads to the agreement whose history has that reference, and to no other."""
    view = fold(entries)
    assert {each.reference: each.agreement for each in view.agreements.values() if each.reference} == view.by_reference
    order = [entry.address for entry in entries]
    for each in view.agreements.values():
        assert list(each.addresses) == [address for address in order if address in set(each.addresses)]


def test_a_life_of_an_agreement():
    """Contact, reference, draft, dispatch, receipt, signatures, number: each stands in the history, in order."""
    sent = Sent(reference="A-001", version=2, on=DAY)
    received = Received(subject="A-001", sha256="e", name="n", size=1, pages=1)
    last = replace(SIGNED, party="q", on=date(2021, 10, 9))
    contacted, negotiating = Contacted(agreement="a", on=DAY), Negotiating(agreement="a", on=DAY)
    ended = Ended(agreement="a", exit="expired", on=DAY, reason="r")
    amended = Amended(reference="A-001", child="A-002")
    view = fold(
        entries_of(
            OPENED,
            contacted,
            negotiating,
            REFERENCED,
            DRAFTED,
            sent,
            received,
            last,
            SIGNED,
            REGISTERED,
            amended,
            ended,
        )
    )
    known = view.history("a")
    assert (contacted,) == known.contacted
    assert (negotiating,) == known.negotiating
    assert known.reference == "A-001"
    assert known.drafts == (DRAFTED,)
    assert (sent,) == known.sent
    assert known.next_version == 3
    assert (received,) == known.received
    assert (last, SIGNED) == known.signatures
    assert known.signed_parties == {"p", "q"}
    assert known.signed_on == date(2021, 10, 9)
    assert known.registered == REGISTERED
    assert known.registered_on == "2021-10-10T00:00:00Z"
    assert known.amendments == ("A-002",)
    assert known.ended == ended
    assert known.addresses == tuple(f"{n}.1" for n in range(2, 13))
    assert view.series == {"A-{seq:03}": 1, "R-{seq:03}": 1}


def test_an_agreement_the_register_never_met_has_an_empty_history():
    """No draft, no signature, version 1 next."""
    known = RegisterView().history("unknown")
    assert ("unknown", "", None, frozenset(), 1) == (
        known.agreement,
        known.reference,
        known.signed_on,
        known.signed_parties,
        known.next_version,
    )


def test_what_is_not_about_agreements():
    """Held events, approvals and cuts have their own places; the last approval of a template stands."""
    held = Held(subject="w", on=DAY, evidence=("e",), proof="p")
    received = Received(subject="w", sha256="e", name="first", size=1, pages=1)
    approved, cut = Approved(template="t", name="n", by="ana"), Frozen(name="c", as_of=DAY, position=1, snapshot="s")
    view = fold(
        entries_of(
            OPENED, received, replace(received, name="again"), held, held, approved, replace(approved, by="ben"), cut
        )
    )
    assert {"w": (held, held)} == view.held
    assert {"e": received} == view.evidence
    assert {"t": replace(approved, by="ben")} == view.approved
    assert {"c": cut} == view.cuts
    assert view.agreements == {}


@pytest.mark.parametrize("again", ["c", "C"])
def test_a_name_of_a_cut_is_never_given_twice(again):
    """In other capitals neither: some systems would put both into one folder. An undone cut keeps its name."""
    cut = Frozen(name="c", as_of=DAY, position=1, snapshot="s")
    entries = entries_of(OPENED, cut, Corrected(undoes="2.1", reason="r"), replace(cut, name=again, position=3))
    with pytest.raises(FoldError, match=f"gives a second cut the name '{again}'"):
        fold(entries)
    assert fold(entries[:3]).cuts == {}


def test_the_clock_does_not_decide():
    """Entries count in the order of the log, though a clock went backwards."""
    first, second = entries_of(OPENED, Approved(template="t", name="n", by="ana"))
    third = Entry(address="3.1", at="1999-01-01T00:00:00Z", actor="ben", event=replace(second.event, by="ben"))
    assert fold((first, second, third)).approved["t"].by == "ben"


def test_an_undone_reference_rests_with_all_that_hangs_on_it():
    """The agreement gets a new reference; drafts of the old one left its history, and the number stays used."""
    entries = entries_of(OPENED, REFERENCED, DRAFTED, Corrected(undoes="2.1", reason="wrong partner"))
    view = fold(entries)
    assert view.agreements == {}
    seq = next_number("A-{seq:03}", view.series)
    again = replace(REFERENCED, reference=f"A-{seq:03}", seq=seq)
    assert fold(later(entries, again)).history("a").reference == "A-002"
    assert fold(later(entries, again)).history("a").drafts == ()


def test_an_undone_register_number_is_followed_by_the_next():
    """A register number that was undone is void for good; the agreement gets the next one."""
    entries = entries_of(OPENED, REFERENCED, REGISTERED, Corrected(undoes="3.1", reason="signed by the wrong person"))
    assert fold(entries).history("a").registered is None
    view = fold(later(entries, replace(REGISTERED, number="R-002", seq=2)))
    assert view.history("a").registered.number == "R-002"


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([OPENED], "entry 2.1 opens a register that is already open"),
        ([DRAFTED], "entry 2.1 speaks of a reference that was never given"),
        ([SIGNED, REFERENCED], "entry 2.1 speaks of a reference that was never given"),
        ([REFERENCED, REFERENCED], "entry 3.1 gives 'A-001', which entry 2.1 already gave"),
        (
            [REFERENCED, Corrected(undoes="2.1", reason="r"), REFERENCED],
            "entry 4.1 gives 'A-001', which entry 2.1 already gave",
        ),
        (
            [REFERENCED, replace(REFERENCED, reference="A-002", seq=2)],
            "entry 3.1 gives agreement 'a' a second reference",
        ),
        (
            [REFERENCED, REGISTERED, replace(REGISTERED, number="R-002", seq=2)],
            "entry 4.1 gives agreement 'a' a second register number",
        ),
        (
            [REFERENCED, replace(REGISTERED, reference="R-001"), replace(DRAFTED, reference="R-001")],
            "entry 3.1 speaks of a reference that was never given",
        ),
        ([replace(REFERENCED, seq=2)], "entry 2.1 gives 'A-001', which is not number 2 of the series 'A-{seq:03}'"),
        (
            [replace(REFERENCED, series="A")],
            "entry 2.1 gives 'A-001', which is not number 1 of the series 'A'",
        ),
        (
            [replace(REFERENCED, reference="A-002", seq=2), replace(REFERENCED, agreement="b")],
            "entry 3.1 gives 'A-001' after a higher number of the same series",
        ),
        ([Corrected(undoes="1.1", reason="r")], "entry 2.1 undoes entry '1.1', which does not stand before it"),
        ([Corrected(undoes="2.1", reason="r")], "entry 2.1 undoes entry '2.1', which does not stand before it"),
        ([Corrected(undoes="10.1", reason="r")], "entry 2.1 undoes entry '10.1', which does not stand before it"),
        ([Corrected(undoes="second", reason="r")], "entry 2.1 undoes entry 'second', which does not stand before it"),
        ([Corrected(undoes="1.", reason="r")], "entry 2.1 undoes entry '1.', which does not stand before it"),
    ],
)
def test_a_log_that_contradicts_itself_is_refused(events, sentence):
    """Two openings, two names, two numbers, a number of another series, a correction of nothing: refused by address."""
    with pytest.raises(FoldError) as refused:
        fold(entries_of(OPENED, *events))
    assert sentence == str(refused.value)
    assert refused.value.address == sentence.split()[1]


def test_an_amendment_ends_with_its_agreement():
    """Its own end goes first; an undone end of the agreement brings it back; no other agreement is touched."""
    child = Referenced(agreement="a/A1", reference="A-001/A1", series="A-001/A{seq}", seq=1)
    other = Referenced(agreement="ab", reference="A-002", series="A-{seq:03}", seq=2)
    begun = entries_of(OPENED, REFERENCED, child, Amended(reference="A-001", child="A-001/A1"), other)
    end = Ended(agreement="a", exit="withdrawn", on=DAY, reason="r")
    ended = later(begun, end)
    assert [fold(ended).history(each).ended for each in ("a", "a/A1", "ab")] == [end, end, None]
    back = later(ended, Corrected(undoes=ended[-1].address, reason="r"))
    assert [fold(back).history(each).ended for each in ("a", "a/A1")] == [None, None]
    own = Ended(agreement="a/A1", exit="void", on=DAY, reason="r")
    assert fold(later(begun, own)).history("a").ended is None
    assert fold(later(begun, own, end)).history("a/A1").ended == own
