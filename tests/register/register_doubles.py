"""Doubles for the register's tests: a store in memory, a clock that stands, and a scheduler of store calls."""

from __future__ import annotations

import queue
import threading
from datetime import UTC, datetime

from elca_docs.model.log_events import Approved, Referenced
from elca_docs.model.masks import next_number, numbered
from elca_docs.register import Register

PROJECT = "42"


class MemoryStore:
    """Segments in a dictionary: the smallest store that keeps the promise of put-if-absent."""

    def __init__(self, segments=None):
        self.segments = dict(segments or {})
        self.aside = {}

    def numbers(self):
        return tuple(sorted(self.segments))

    def read(self, number):
        return self.segments.get(number)

    def put(self, number, data):
        return self.segments.setdefault(number, data) is data

    def set_aside(self, number, torn):
        if self.segments.get(number) != torn:
            return ""
        name = f"{self.name(number)}.torn-{len(self.aside) + 1}"
        self.aside[name] = self.segments.pop(number)
        return name

    def name(self, number):
        return f"log/{number:06}.jsonl"


class Waiting:
    """A store that asks for leave before each call, so that a scheduler decides whose call comes next."""

    def __init__(self, store, leave):
        self._store, self._leave = store, leave
        self.name = store.name

    def numbers(self):
        self._leave()
        return self._store.numbers()

    def read(self, number):
        self._leave()
        return self._store.read(number)

    def put(self, number, data):
        self._leave()
        return self._store.put(number, data)

    def set_aside(self, number, torn):
        self._leave()
        return self._store.set_aside(number, torn)


def interleave(store, writers, schedule):
    """Run writers, functions of a store, one store call at a time in the order of `schedule`; return what each gave."""
    news, leaves, outcomes = queue.Queue(), [threading.Semaphore(0) for _ in writers], {}

    def run(index):
        def leave():
            news.put((index, "waits"))
            assert leaves[index].acquire(timeout=20)

        try:
            outcomes[index] = writers[index](Waiting(store, leave))
        except BaseException as error:  # noqa: BLE001 - handed to the test below
            outcomes[index] = error
        news.put((index, "done"))

    threads = [threading.Thread(target=run, args=(index,), daemon=True) for index in range(len(writers))]
    for thread in threads:
        thread.start()
    waiting, running, turns = set(), set(range(len(writers))), iter(schedule)
    while running:
        while running - waiting:
            index, what = news.get(timeout=20)
            (waiting.add if what == "waits" else running.discard)(index)
        if running:
            chosen = sorted(waiting)[next(turns, 0) % len(waiting)]
            waiting.discard(chosen)
            leaves[chosen].release()
    for thread in threads:
        thread.join(timeout=20)
    return [outcomes[index] for index in range(len(writers))]


def clock():
    """Return the same moment for ever."""
    return datetime(2021, 10, 5, 9, 30, tzinfo=UTC)


def register_on(store, *, project=PROJECT, actor="ana", now=clock):
    return Register(store, project=project, actor=actor, now=now)


def approving(name):
    """Return a decision that records one event, whatever the log says."""
    return lambda _view: [Approved(template="t", name=name, by="ana")]


def referencing(agreement, letter="A"):
    """Return a decision that gives the next number of a series to an agreement which has none."""
    series = f"{letter}-{{seq:03}}"

    def decide(view):
        if view.history(agreement).reference:
            return []
        seq = next_number(series, view.series)
        return [Referenced(agreement=agreement, reference=numbered(series, seq), series=series, seq=seq)]

    return decide


def counts_of(view):
    """Return the counts that each series gave, in the order of the log."""
    found = {}
    for entry in view.entries:
        if isinstance(entry.event, Referenced):
            found.setdefault(entry.event.series, []).append(entry.event.seq)
    return found
