"""The chain for checkers: all damage at once, what comes before it believed, nothing raised, nothing written."""

from __future__ import annotations

import pytest
from register_doubles import PROJECT, MemoryStore, referencing, register_on

from elca_docs.errors import Problem, WorkspaceError
from elca_docs.model.register import ZERO_HASH
from elca_docs.register import chain_of, heads_beginning, view_of


@pytest.fixture
def store():
    made = MemoryStore()
    register = register_on(made)
    for name in "abcde":
        register.append(referencing(name))
    return made


def damaged(store, *numbers):
    """Change the last byte but one of some segments."""
    for number in numbers:
        data = bytearray(store.segments[number])
        data[-5] ^= 1
        store.segments[number] = bytes(data)
    return store


def test_a_whole_chain_is_what_the_register_reads(store):
    """Position, head, entries and view are the same by both ways."""
    view, chain = register_on(store).view(), chain_of(store)
    assert (chain.position, chain.head, chain.entries) == (view.position, view.head, view.entries)
    assert (chain.problems, chain.torn) == ((), "")
    assert view_of(chain, store, project=PROJECT) == view
    assert view_of(chain, store, project=None) == view


def test_all_damage_is_told_and_only_what_lies_before_is_believed(store):
    """Two damaged segments are two problems; the whole one behind a damaged one is none."""
    chain = chain_of(damaged(store, 2, 4))
    assert [each.location.path for each in chain.problems] == ["log/000002.jsonl", "log/000004.jsonl"]
    assert [each.number for each in chain.links] == [1]
    assert {entry.address.split(".")[0] for entry in chain.entries} == {"1"}


def test_a_gap_is_told_and_a_lost_end_is_not(store):
    """A segment that is missing in between is a gap; without the last ones the chain is whole and shorter."""
    end = {number: data for number, data in store.segments.items() if number < 4}
    assert chain_of(MemoryStore(end)).problems == ()
    assert chain_of(MemoryStore(end)).position == 3
    del store.segments[2]
    assert [each.code for each in chain_of(store).problems] == ["log-gap"]


def test_a_replaced_segment_breaks_the_next_one(store):
    """A whole segment with other content is found by the one behind it."""
    other = MemoryStore({1: store.segments[1]})
    register_on(other).append(referencing("other"))
    store.segments[2] = other.segments[2]
    (problem,) = chain_of(store).problems
    assert problem.location.path == "log/000003.jsonl"
    assert "does not continue" in problem.message


def test_a_torn_last_segment_is_no_problem(store):
    """It is named, and no part of the log; behind damage too."""
    store.segments[6] = b'{"actor": "a'
    chain = chain_of(store)
    assert (chain.torn, chain.problems, chain.position) == ("log/000006.jsonl", (), 5)
    assert chain_of(damaged(store, 5)).torn == "log/000006.jsonl"


def test_an_empty_log_is_empty():
    """No link, the hash before the first one, an empty view."""
    chain = chain_of(MemoryStore())
    assert (chain.position, chain.head) == (0, ZERO_HASH)
    assert view_of(chain, MemoryStore(), project="x").entries == ()


def test_another_projects_log_is_refused(store):
    """Where a project is named, the log must be its own."""
    with pytest.raises(WorkspaceError, match="log-foreign"):
        view_of(chain_of(store), store, project="another")


def test_what_the_store_cannot_give_is_a_problem(store):
    """A listing that fails, a segment that cannot be read, one that vanishes while we look."""

    class Failing(MemoryStore):
        def numbers(self):
            raise WorkspaceError(Problem("log-fork", "x"))

    class Unreadable(MemoryStore):
        def read(self, number):
            if number == 2:
                raise WorkspaceError(Problem("not-permitted", "x"))
            return None if number == 5 else super().read(number)

    assert [each.code for each in chain_of(Failing()).problems] == ["log-fork"]
    assert [each.code for each in chain_of(Unreadable(store.segments)).problems] == ["not-permitted"]


def test_heads_are_found_by_their_beginning(store):
    """Every head by any beginning of it."""
    links = chain_of(store).links
    assert [heads_beginning(links, each.head[:8]) for each in links] == [(each,) for each in links]
    assert heads_beginning(links, "") == links
