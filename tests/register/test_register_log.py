"""The log: who appends what under any interleaving, and what is said of a log that is not whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register_doubles import (
    MemoryStore,
    approving,
    clock,
    counts_of,
    interleave,
    referencing,
    register_on,
)

from elca_docs.errors import Location, RequestError, WorkspaceError
from elca_docs.model.log_events import Approved, Corrected, Drafted, Ended, Opened, Received, Referenced
from elca_docs.model.register import ZERO_HASH
from elca_docs.register import log
from elca_docs.register.segments import Segment, digest_of, segment_bytes

OPENED = Opened(register="r", project="42")
DRAFTED = Drafted(reference="A-001", version=1, template="t", inputs="i", file="f", name="n")


def chain(*segments, project="42"):
    """Return a store with one whole segment per tuple of events, behind one that opens the register."""
    store, previous = MemoryStore(), ZERO_HASH
    for number, events in enumerate([(Opened(register="r", project=project),), *segments], start=1):
        data = segment_bytes(
            Segment(number=number, at="2021-10-05T09:30:00Z", actor="ana", previous=previous, events=tuple(events))
        )
        store.segments[number], previous = data, digest_of(data)
    return store


def filled():
    """Return a store with three segments as a register writes them."""
    store = MemoryStore()
    for agreement in "abc":
        register_on(store).append(referencing(agreement))
    return store


def refusal(act):
    """Return the one problem that an act is refused with."""
    with pytest.raises((WorkspaceError, RequestError)) as refused:
        act()
    (problem,) = refused.value.problems
    return problem


def test_an_empty_log_is_an_empty_register():
    """Nothing written: no entries, no project, position 0, and the head of nothing."""
    store = MemoryStore()
    view = register_on(store).view()
    assert (view.position, view.head, view.entries, view.project) == (0, ZERO_HASH, (), "")
    assert store.segments == {}


def test_the_first_append_opens_the_register():
    """The first event names the register and its project, in the same segment, and the caller is told."""
    store = MemoryStore()
    done = register_on(store).append(approving("n"))
    opened = done.view.entries[0].event
    assert done.opened
    assert done.events == (Approved(template="t", name="n", by="ana"),)
    assert (opened.project, len(opened.register)) == ("42", 32)
    assert [entry.address for entry in done.view.entries] == ["1.1", "1.2"]
    assert (done.view.position, done.view.head) == (1, digest_of(store.segments[1]))
    again = register_on(store).append(approving("m"))
    assert not again.opened
    assert again.view.register == opened.register


def test_deciding_nothing_writes_nothing():
    """No events, no segment: neither an opening in an empty log, nor an empty segment in another."""
    store = MemoryStore()
    done = register_on(store).append(lambda _view: [])
    assert (done.events, done.opened, done.view.position, store.segments) == ((), False, 0, {})
    register = register_on(store)
    register.append(referencing("a"))
    assert register.append(referencing("a")).events == ()
    assert list(store.segments) == [1]


def test_what_was_appended_reads_back():
    """The view after an append is the view a stranger reads from the store."""
    store = MemoryStore()
    done = register_on(store).append(referencing("a"))
    assert done.view == register_on(store).view()


def test_the_time_is_written_in_utc():
    """A moment of any time zone stands in the log as the same moment in UTC, to the second."""
    store = MemoryStore()
    here = timezone(timedelta(hours=2))
    register_on(store, now=lambda: datetime(2021, 10, 5, 1, 30, 0, 999, tzinfo=here)).append(approving("n"))
    assert register_on(store).view().entries[0].at == "2021-10-04T23:30:00Z"


def test_a_clock_that_goes_backwards_changes_nothing():
    """The order of the log decides: an earlier time in a later segment is read without complaint."""
    store = filled()
    register_on(store, now=lambda: datetime(1999, 1, 1, tzinfo=UTC)).append(referencing("d"))
    assert counts_of(register_on(store).view()) == {"A-{seq:03}": [1, 2, 3, 4]}


def test_what_was_read_is_not_read_again():
    """A second look reads only the segments that came since."""
    store = filled()
    register = register_on(store)
    asked = []
    read = store.read
    store.read = lambda number: asked.append(number) or read(number)
    register.view()
    register_on(store).append(approving("n"))
    asked.clear()
    assert register.view().position == 4
    assert asked == [4]
    asked.clear()
    assert register.view().position == 4
    assert asked == []


def test_the_loser_of_a_race_decides_again_on_the_newer_view():
    """A rival that appends between decision and writing is read before the decision is taken again."""
    store = filled()
    seen = []

    def decide(view):
        seen.append(view.position)
        if len(seen) < 3:
            register_on(store, actor="rival").append(referencing(f"rival-{len(seen)}"))
        return referencing("mine")(view)

    done = register_on(store).append(decide)
    assert seen == [3, 4, 5]
    assert done.events[0].reference == "A-006"
    assert counts_of(done.view) == {"A-{seq:03}": [1, 2, 3, 4, 5, 6]}


def test_a_decision_that_looks_at_the_register_itself_is_not_written_on_an_older_view():
    """A segment continues the view that was decided on; where the instance has read on meanwhile, it decides again."""
    store = filled()
    register = register_on(store)
    rivals = iter(["rival"])

    def decide(view):
        for rival in rivals:
            register_on(store).append(referencing(rival))
            register.view()
        return referencing("mine")(view)

    assert register.append(decide).events[0].reference == "A-005"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("AB"), min_size=1, max_size=3), min_size=2, max_size=4),
    st.lists(st.integers(0, 3), max_size=60),
)
def test_no_number_is_given_twice_under_any_interleaving(writers, schedule):
    """Several writers, their store calls in any order: every number once, no gap in a series, one opening."""
    store = MemoryStore()

    def writer(name, letters):
        def run(waiting):
            register = register_on(waiting, actor=name)
            return [register.append(referencing(f"{name}-{n}", letter)) for n, letter in enumerate(letters)]

        return run

    done = interleave(store, [writer(f"w{n}", letters) for n, letters in enumerate(writers)], schedule)
    view = register_on(store).view()
    total = sum(map(len, writers))
    assert all(list(range(1, len(counts) + 1)) == counts for counts in counts_of(view).values())
    assert sum(isinstance(entry.event, Referenced) for entry in view.entries) == total
    assert sum(each.opened for several in done for each in several) == 1
    given_references = [event.reference for several in done for each in several for event in each.events]
    assert sorted(given_references) == sorted(view.by_reference)
    assert view.position == total


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=60), st.integers(0, 300))
def test_writers_that_find_a_torn_segment_set_it_aside_once(schedule, length):
    """However several writers meet a torn segment, it is kept under another name, and its number is given once."""
    store = filled()
    torn = store.segments[3][:length]
    store.segments[3] = torn
    writers = [lambda waiting, name=name: register_on(waiting).append(referencing(name)) for name in "xyz"]
    done = interleave(store, writers, schedule)
    assert list(store.aside.values()) == [torn]
    assert [name for each in done for name in each.set_aside] == ["log/000003.jsonl.torn-1"]
    assert counts_of(register_on(store).view()) == {"A-{seq:03}": [1, 2, 3, 4, 5]}


def test_a_torn_segment_is_no_part_of_the_log_and_reading_leaves_it():
    """A view goes past a torn last segment and changes nothing; the next append names what it set aside."""
    store = filled()
    torn = store.segments[3] = store.segments[3][:-20]
    register = register_on(store)
    assert register.view().position == 2
    assert store.segments[3] == torn
    assert register.append(lambda _view: []).set_aside == ()
    done = register.append(referencing("d"))
    assert done.set_aside == ("log/000003.jsonl.torn-1",)
    assert store.aside == {"log/000003.jsonl.torn-1": torn}
    assert done.events[0].reference == "A-003"
    assert done.view == register_on(store).view()


def test_a_torn_first_segment_leaves_a_register_to_be_opened():
    """Where the opening itself was torn, the next append opens the register."""
    store = MemoryStore()
    register_on(store).append(approving("n"))
    store.segments[1] = store.segments[1][:50]
    done = register_on(store).append(approving("m"))
    assert done.opened
    assert done.set_aside == ("log/000001.jsonl.torn-1",)


def test_a_segment_that_another_run_set_aside_meanwhile_is_not_missed():
    """A last segment that is listed and gone when it is read was torn: the log goes on without it."""
    store = filled()
    del store.segments[3]
    store.numbers = lambda: (1, 2, 3)
    assert register_on(store).view().position == 2


def test_a_listing_that_misses_a_segment_is_not_a_gap():
    """A folder that is listed while others write may miss a name; what counts is whether the segment can be read."""
    store = filled()
    store.numbers = lambda: (1, 3)
    assert register_on(store).view().position == 3


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_every_changed_byte_in_any_segment_is_reported(data):
    """One byte of one segment, the last line of the last one included: named, and nothing is appended to it."""
    store = filled()
    number = data.draw(st.sampled_from(list(store.segments)))
    changed = bytearray(store.segments[number])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    store.segments[number] = bytes(changed)
    before = dict(store.segments)
    problem = refusal(register_on(store).view)
    assert (problem.code, problem.location.path) == ("log-damaged", store.name(number))
    assert problem == refusal(lambda: register_on(store).append(approving("n")))
    assert (before, {}) == (store.segments, store.aside)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 2), st.integers(0, 100))
def test_a_torn_segment_in_the_middle_is_damage(number, length):
    """Only the last segment can be torn: after it somebody read it whole."""
    store = filled()
    store.segments[number] = store.segments[number][:length]
    assert refusal(register_on(store).view).code == "log-damaged"


def test_a_segment_replaced_by_another_whole_one_is_reported_by_the_next():
    """A chain: a segment rewritten with a hash of its own does not fit under the one that continued it."""
    store = filled()
    other = MemoryStore({1: store.segments[1]})
    register_on(other).append(referencing("z"))
    store.segments[2] = other.segments[2]
    problem = refusal(register_on(store).view)
    assert (problem.code, problem.location) == ("log-damaged", Location("log/000003.jsonl", 1))
    assert problem.message == (
        "segment 3 of the register does not continue the segment before it: one of the two was changed or replaced"
    )
    assert "restore this file" in problem.fix


@pytest.mark.parametrize("number", [1, 2])
def test_a_missing_segment_is_a_gap(number):
    """A gap is named, and no number is given before it is closed."""
    store = filled()
    del store.segments[number]
    problem = refusal(lambda: register_on(store).append(approving("n")))
    assert (problem.code, problem.location) == ("log-gap", Location(f"log/{number:06}.jsonl"))
    assert problem.message == f"segment {number} of the register is missing"
    assert number not in store.segments


def test_a_log_that_becomes_shorter_is_a_gap():
    """What this run has read already cannot go away."""
    store = filled()
    register = register_on(store)
    register.view()
    del store.segments[3]
    assert refusal(register.view).location == Location("log/000003.jsonl")


def test_the_log_of_another_project_is_foreign():
    """A register belongs to one grant; another project neither reads nor writes it."""
    store = chain([Approved(template="t", name="n", by="ana")], project="43")
    problem = refusal(lambda: register_on(store).append(approving("n")))
    assert (problem.code, problem.location) == ("log-foreign", Location("log/000001.jsonl", 2))
    assert problem.message == "the register in this folder belongs to project '43', and this is project '42'"
    assert list(store.segments) == [1, 2]


@pytest.mark.parametrize(
    "events", [(Approved(template="t", name="n", by="ana"),), (Approved(template="t", name="n", by="ana"), OPENED)]
)
def test_a_log_that_does_not_begin_with_its_opening_is_foreign(events):
    """The first event names the register; a log that begins with anything else is none of ours."""
    store = MemoryStore()
    segment = Segment(number=1, at="2021-10-05T09:30:00Z", actor="ana", previous=ZERO_HASH, events=events)
    store.segments[1] = segment_bytes(segment)
    assert refusal(register_on(store).view).code == "log-foreign"


def test_a_whole_log_that_contradicts_itself_is_reported_with_its_line():
    """Right hashes do not make a number mean two things: the entry is named with file and line."""
    store = chain([Approved(template="t", name="n", by="ana"), DRAFTED])
    problem = refusal(register_on(store).view)
    assert (problem.code, problem.location) == ("log-contradiction", Location("log/000002.jsonl", 3))
    assert problem.message == ("the register contradicts itself: entry 2.2 speaks of a reference that was never given")


def test_a_log_of_a_newer_version_asks_for_an_update():
    """An event that this version does not know stands in a whole segment: the program is old, the log is not broken."""
    store = chain([Ended(agreement="a", exit="void", on=clock().date(), reason="r")])
    whole = segment_bytes(
        Segment(
            number=3,
            at="2021-10-05T09:30:00Z",
            actor="ana",
            previous=digest_of(store.segments[2]),
            events=(Ended(agreement="a", exit="merged", on=clock().date(), reason="r"),),
        )
    )
    store.segments[3] = whole
    problem = refusal(register_on(store).view)
    assert (problem.code, problem.location) == ("log-newer", Location("log/000003.jsonl", 2))
    assert problem.fix == "update this program: a newer version wrote to the register"


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (DRAFTED, "it speaks of a reference that was never given"),
        (Corrected(undoes="9.9", reason="r"), "there is no entry '9.9' to undo"),
        (Corrected(undoes="1.1", reason="r"), "it undoes entry '1.1', which does not stand before it"),
        (Corrected(undoes="2.1", reason="r"), "entry '2.1' is undone already"),
    ],
)
def test_events_that_contradict_the_log_are_refused_before_they_are_written(event, sentence):
    """Nothing is appended that could not be folded afterwards: the request is refused, the log stays."""
    store = chain([Approved(template="t", name="n", by="ana")], [Corrected(undoes="2.1", reason="r")])
    problem = refusal(lambda: register_on(store).append(lambda _view: [event]))
    assert (problem.code, problem.message) == ("log-refused", f"the register cannot take this: {sentence}")
    assert list(store.segments) == [1, 2, 3]


def test_an_event_that_would_not_read_back_is_a_bug_and_not_written():
    """A value that JSON cannot give back stops the run before the log is touched."""
    store = filled()
    halves = Received(subject="s", sha256="e", name="\ud83d\ude00", size=1, pages=1)
    with pytest.raises(ValueError, match="would not read back"):
        register_on(store).append(lambda _view: [halves])
    assert list(store.segments) == [1, 2, 3]


def test_who_always_loses_is_told_so(monkeypatch):
    """After very many lost races the run ends with a sentence, and nothing is written."""
    monkeypatch.setattr(log, "ATTEMPTS", 3)
    store = filled()
    asked = []
    store.put = lambda number, _data: asked.append(number)
    problem = refusal(lambda: register_on(store).append(approving("n")))
    assert (problem.code, problem.location) == ("log-busy", Location("log/000004.jsonl"))
    assert asked == [4, 4, 4]


def test_an_earlier_log_is_the_log_as_it_stood():
    """For every position: the same view as then, read from a log that has grown; 0 is the empty register."""
    store = MemoryStore()
    views = [register_on(store).view()]
    views += [register_on(store).append(referencing(agreement)).view for agreement in "abcd"]
    whole = register_on(store)
    for position, view in enumerate(views):
        earlier = whole.until(position)
        assert earlier.view() == view
        assert earlier.view() == view
    assert whole.view() == views[-1]


def test_an_earlier_log_that_is_not_there_any_more_is_a_gap():
    """A log that was cut cannot be read up to where it once stood."""
    store = filled()
    assert refusal(register_on(store).until(5).view).code == "log-gap"


def test_nothing_is_appended_to_an_earlier_log():
    """Not even nothing: who asks has mixed up two desks."""
    store = filled()
    before = dict(store.segments)
    with pytest.raises(ValueError, match="earlier day"):
        register_on(store).until(2).append(approving("n"))
    assert store.segments == before
