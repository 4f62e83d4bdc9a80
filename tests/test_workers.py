"""Child processes: whatever a call does, its caller gets a value, in order, and the next call works."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import time
from multiprocessing import active_children
from pathlib import Path

import pytest
import worker_calls as calls
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.errors import EvidenceError, Location, Problem, RecordsError, TemplateError, WorkspaceError
from elca_docs.workers import Failed, Limits, Workers, child, one, pool, started

ROOT = Path(__file__).resolve().parents[1]
MODEST = Limits(seconds=30, memory=300_000_000)
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs signals, which Windows does not have")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs a system that limits the address space")


@pytest.fixture(scope="module")
def workers():
    """Two children for all tests that do not ask for others; a test that breaks them leaves working ones."""
    with Workers(2, MODEST) as found:
        yield found


def answers(workers, function, *arguments):
    return list(workers.map(function, arguments))


def gone(pid):
    """Whether a process has ended (a zombie has)."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] == "Z"
    return True


def soon(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


# --- answers ----------------------------------------------------------------------------------------------------------


def test_answers_come_in_the_order_of_the_calls(workers):
    """The first call takes longest and is answered first."""
    assert answers(workers, calls.after, *((0.2 - number / 20, number) for number in range(5))) == [0, 1, 2, 3, 4]


@settings(max_examples=20, deadline=None)
@given(numbers=st.lists(st.integers(0, 30), max_size=40))
def test_every_call_has_its_own_answer(workers, numbers):
    """Among calls that refuse, raise and die, each gets what it would get alone, at its own place."""
    found = answers(workers, calls.mixed, *((number,) for number in numbers))
    told = [[p.code for p in each.problems] if isinstance(each, EvidenceError) else each for each in found]
    assert told == [expected(number) for number in numbers]


def expected(number):
    if number % 7 == 1:
        return [f"code-{number}"]
    if number % 7 == 2:
        return Failed("crash", f"ValueError: {number}")
    if number == 24:
        return Failed("crash", "ended with exit code 24")
    return number


def test_no_calls_no_children():
    """Children start when there is a call, and no more of them than calls."""
    with Workers(4) as workers:
        assert answers(workers, calls.pid) == []
        assert children_of(workers) == []
        answers(workers, calls.pid, ())
        (only,) = children_of(workers)
        assert only in active_children()
    assert only not in active_children()


def children_of(workers):
    return [each._process for each in workers._children]


def test_children_are_used_again(workers):
    """A thousand small calls are answered by the same two children, in far less time than starting one each takes."""
    answers(workers, calls.same, (1,), (2,))
    begun = time.monotonic()
    found = answers(workers, calls.pid, *((number,) for number in range(1000)))
    assert len(set(found)) <= 2
    assert os.getpid() not in found
    assert time.monotonic() - begun < 5


def test_calls_are_taken_as_they_are_needed():
    """A list of calls without end is never read far ahead of the answer that is due."""
    taken = []

    def endless():
        while True:
            taken.append(len(taken))
            yield (taken[-1],)

    with Workers(1, MODEST) as workers:
        found = workers.map(calls.same, endless())
        assert [next(found) for _ in range(100)] == list(range(100))
    assert len(taken) <= 100 + pool._AHEAD


def test_a_slow_call_holds_up_only_a_window():
    """While the first call lasts, the other child works on, but only so far that memory stays flat."""
    taken = []
    with Workers(2, MODEST) as workers:
        slow = ((0.3 if taken.append(number) or number == 0 else 0, number) for number in range(500))
        found = workers.map(calls.after, slow)
        assert next(found) == 0
        assert 2 <= len(taken) <= 2 * pool._AHEAD
        assert list(found) == list(range(1, 500))


def test_large_values_travel_both_ways(workers):
    """More than fits any buffer between processes."""
    large = bytes(range(256)) * 20_000
    assert answers(workers, calls.same, (large,), (large,), (large,)) == [large] * 3


def test_a_reader_who_takes_a_break_loses_nothing():
    """An answer that lay ready before its time was up counts, however late it is fetched."""
    with Workers(2, Limits(seconds=0.8)) as workers:
        found = workers.map(calls.same, [(bytes(1_000_000),)] * 6)
        assert next(found) == bytes(1_000_000)
        time.sleep(1)
        assert list(found) == [bytes(1_000_000)] * 5


def test_who_stops_listening_gets_no_stale_answers(workers):
    """After a map that was broken off, the next one is answered by calls of its own; its long call is ended."""
    first = workers.map(calls.after, [(0, "stale"), (60, "stale"), (0, "stale")])
    next(first)
    first.close()
    assert answers(workers, calls.same, ("fresh",)) == ["fresh"]


def test_one_map_at_a_time(workers):
    """A second map while one is under way is a mistake of ours, and is said at once."""
    first = workers.map(calls.same, [(1,), (2,)])
    assert next(first) == 1
    with pytest.raises(RuntimeError, match="not answered"):
        next(workers.map(calls.same, [(3,)]))
    assert list(first) == [2]


def test_closed_workers_take_no_calls():
    """Nobody starts children that nobody would end."""
    with Workers(1) as workers:
        left = workers.map(calls.same, [(1,), (2,)])
        assert next(left) == 1
    for late in (left, workers.map(calls.same, [(1,)])):
        with pytest.raises(RuntimeError, match="closed"):
            next(late)
    assert children_of(workers) == []


def test_a_function_that_cannot_be_named_is_refused_here(workers):
    """It is our mistake, so it is raised and no answer; the children go on."""
    with pytest.raises((AttributeError, pickle.PicklingError)):
        answers(workers, lambda: None, ())
    assert answers(workers, calls.same, (1,)) == [1]


def test_a_mistake_in_the_arguments_is_raised(workers):
    """What goes wrong in the list of calls is not blamed on a call."""
    broken = workers.map(calls.same, ((1 // number,) for number in (1, 0)))
    with pytest.raises(ZeroDivisionError):
        list(broken)
    assert answers(workers, calls.same, (1,)) == [1]


def test_as_many_children_as_cores(monkeypatch):
    """0 means one child per core that this process may use."""
    assert Workers()._count == pool.cores() >= 1
    monkeypatch.delattr(pool.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(pool.os, "cpu_count", lambda: None)
    assert pool.cores() == 1
    monkeypatch.setattr(pool.os, "cpu_count", lambda: 500)
    assert Workers()._count == 60


# --- failures ---------------------------------------------------------------------------------------------------------


def test_a_problem_comes_back_as_it_was(workers):
    """Type, problems, places and fixes of a DocsError are the same after the way back, and it is a value."""
    single, several = answers(workers, calls.refused, ("pdf-empty",), ("b", "a"))
    assert type(single) is EvidenceError
    assert single.problems == (Problem("pdf-empty", "sentence of pdf-empty", Location("a.pdf", 1, 2), "mend it"),)
    assert type(several) is RecordsError
    assert [each.code for each in several.problems] == ["a", "b"]


@pytest.mark.parametrize("kind", [RecordsError, TemplateError, EvidenceError, WorkspaceError])
def test_every_error_of_ours_travels(kind):
    """Pickled and back, an error says the same and has the same exit code."""
    error = kind([Problem("b", "y"), Problem("a", "x", Location("f", 3), "mend")])
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(copy), str(copy), copy.problems, copy.exit_code) == (kind, str(error), error.problems, error.exit_code)


@pytest.mark.parametrize(
    ("function", "arguments", "detail"),
    [
        (calls.raising, ("ValueError", "x\n\x1by"), "ValueError: x �y"),
        (calls.raising, ("ValueError",), "ValueError"),
        (calls.raising, ("SystemExit", "3"), "SystemExit: 3"),
        (calls.raising, ("KeyboardInterrupt",), "KeyboardInterrupt"),
        (calls.speechless, (), "Odd"),
        (calls.nested, (), "RecursionError: maximum recursion depth exceeded"),
        (calls.unreadable, (), "its answer cannot be read (ValueError)"),
        (calls.ending, (3,), "ended with exit code 3"),
        (calls.ending, (0,), "ended with exit code 0"),
        pytest.param(calls.struck, ("SIGSEGV",), "ended by SIGSEGV", marks=posix_only),
        pytest.param(calls.struck, ("SIGKILL",), "ended by SIGKILL", marks=posix_only),
    ],
)
def test_a_crash_is_one_line(workers, function, arguments, detail):
    """Any exception, exit or signal becomes one printable line, and the calls beside it are answered."""
    assert answers(workers, function, arguments) == [Failed("crash", detail)]
    assert answers(workers, calls.same, (1,), (2,)) == [1, 2]


def test_an_answer_that_cannot_travel_is_a_crash(workers):
    """It fails its own call only."""
    (failed,) = answers(workers, calls.untravelled, ())
    assert failed.why == "crash"
    assert "pickle" in failed.detail


def test_a_long_text_of_an_exception_is_cut(workers):
    """A whole file in an exception's text does not travel."""
    (failed,) = answers(workers, calls.raising, ("ValueError", "x" * 100_000))
    assert len(failed.detail) < 600


def test_a_call_without_end_is_ended():
    """It takes its time limit and no more, its child is gone, and the calls beside it are answered."""
    with Workers(2, Limits(seconds=0.5)) as workers:
        answers(workers, calls.same, (1,), (2,))
        old = children_of(workers)
        pids = [each.pid for each in old]
        begun = time.monotonic()
        assert answers(workers, calls.forever, ()) == [Failed("time", "longer than 0.5 seconds")]
        assert 0.5 <= time.monotonic() - begun < 5
        assert sum(gone(pid) for pid in pids) == 1 or sys.platform != "linux"
        assert answers(workers, calls.same, (1,), (2,)) == [1, 2]


@posix_only
def test_a_stopped_child_is_ended_too():
    """A child that the system has stopped answers no signal but the last."""
    with Workers(1, Limits(seconds=0.3)) as workers:
        assert answers(workers, calls.struck, ("SIGSTOP",)) == [Failed("time", "longer than 0.3 seconds")]


@posix_only
def test_a_child_that_the_system_ended_in_time(workers):
    """Where the parent came too late, the alarm of the system says the same."""
    assert answers(workers, calls.struck, ("SIGALRM",)) == [Failed("time", "longer than 30 seconds")]


@linux_only
def test_memory_beyond_the_limit_is_refused(workers):
    """What fits is answered, what does not is a value, and the next call has its whole memory again."""
    memory = Failed("memory", "more than 300,000,000 bytes")
    assert answers(workers, calls.hoard, (10_000_000,), (1_000_000_000,), (10_000_000,)) == [10**7, memory, 10**7]


@linux_only
def test_a_call_too_large_to_arrive_is_refused():
    """The call itself, read by its child, counts as memory as well."""
    with Workers(1, Limits(memory=50_000_000)) as workers:
        large, small = answers(workers, calls.same, (bytes(60_000_000),), (1,))
        assert large.why == "memory"
        assert small == 1


@linux_only
def test_a_child_that_keeps_memory_is_replaced():
    """What earlier calls left behind is never held against a later one."""
    with Workers(1, Limits(memory=100_000_000)) as workers:
        found = answers(workers, calls.keep, *[(30_000_000,)] * 8)
    assert all(isinstance(pid, int) for pid in found)
    assert len(set(found)) == 4


def test_a_child_that_died_waiting_is_replaced(workers):
    """The system may end a process that does nothing; no call is blamed for it."""
    answers(workers, calls.same, (1,), (2,))
    for each in children_of(workers):
        each.kill()
        each.join()
    assert answers(workers, calls.same, (1,), (2,)) == [1, 2]


def test_a_child_that_dies_before_it_hears_its_call(workers, monkeypatch):
    """Gone between the look and the call: that call failed, and says how."""
    answers(workers, calls.same, (1,), (2,))
    for each in children_of(workers):
        each.kill()
        each.join()
    monkeypatch.setattr(started.Child, "alive", True)
    found = answers(workers, calls.same, (1,))
    assert [each.why for each in found] == ["crash"]


def test_children_that_never_get_ready_are_given_up(monkeypatch):
    """After three that ended at the start the run stops, with a sentence and what to do."""
    monkeypatch.setattr(started, "serve", calls.same)
    with Workers(1) as workers, pytest.raises(WorkspaceError) as caught:
        answers(workers, calls.same, (1,))
    (problem,) = caught.value.problems
    assert problem.code == "worker-not-started"
    assert problem.fix


def test_children_that_start_too_slowly_are_given_up(monkeypatch):
    """A system that is stuck is said so, too."""
    monkeypatch.setattr(started, "STARTING", 0)
    with Workers(1) as workers, pytest.raises(WorkspaceError):
        answers(workers, calls.same, (1,))
    assert children_of(workers) == []


def test_a_system_without_room_for_a_child_is_said(monkeypatch):
    """Too many processes, or no memory for one more."""

    def full(_self):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(started.SPAWN.Process, "start", full)
    with Workers(1) as workers, pytest.raises(WorkspaceError, match="Resource temporarily unavailable"):
        answers(workers, calls.same, (1,))


# --- one call ---------------------------------------------------------------------------------------------------------


def test_one_call_in_a_child_of_its_own():
    """Its value comes back, its DocsError is raised here, any other end is a value; no child is left."""
    assert one(calls.pid) != os.getpid()
    with pytest.raises(EvidenceError, match="sentence of x"):
        one(calls.refused, "x")
    assert one(calls.ending, 1, limits=MODEST) == Failed("crash", "ended with exit code 1")


# --- inside a child ---------------------------------------------------------------------------------------------------


class Line:
    """A line to a parent who asks these calls and then hangs up."""

    def __init__(self, *asked):
        self.asked = [pickle.dumps(each) for each in asked]
        self.said = []

    def recv_bytes(self):
        if not self.asked:
            raise EOFError
        return self.asked.pop(0)

    def send_bytes(self, reply):
        self.said.append(bytes(reply))


@pytest.fixture
def alarms(monkeypatch):
    """The alarms that a child sets, which would otherwise end the process that runs the tests."""
    found = []
    monkeypatch.setattr(child, "_alarm", found.append)
    return found


def served(*asked, start=0):
    """What a child says to these calls, played in this process."""
    line = Line(*asked)
    child.answer_calls(line, MODEST, start)
    return line.said


def test_a_child_says_ready_and_answers_until_nobody_asks(monkeypatch, alarms):
    """Each answer says whether it was the last; a child beyond half of its memory says so."""
    monkeypatch.setattr(child, "size", lambda: 200_000_000)
    ready, *replies = served((calls.same, (1,)), (calls.same, (2,)), start=190_000_000)
    assert ready == b""
    assert [(reply[0], pickle.loads(reply[1:])) for reply in replies] == [(0, 1), (0, 2)]  # noqa: S301 - our own
    ready, *replies = served((calls.same, (1,)), (calls.same, (2,)), start=10_000_000)
    assert [(reply[0], pickle.loads(reply[1:])) for reply in replies] == [(1, 1)]  # noqa: S301 - our own
    assert alarms == [35, 0] * 3


@pytest.mark.usefixtures("alarms")
def test_a_child_turns_exceptions_into_answers(monkeypatch):
    """A refusal goes back whole, anything else as one line, and want of memory ends the child."""
    monkeypatch.setattr(child, "size", lambda: 0)
    _, refused, failed = served((calls.refused, ("x",)), (calls.raising, ("ValueError", "y")))
    assert pickle.loads(refused[1:]).problems[0].code == "x"  # noqa: S301 - our own
    assert pickle.loads(failed[1:]) == Failed("crash", "ValueError: y")  # noqa: S301 - our own
    ended = []
    monkeypatch.setattr(child.os, "_exit", ended.append)
    served((calls.hoard, (2**62,)))
    assert ended == [child.OUT_OF_MEMORY]


@posix_only
def test_an_alarm_is_one_of_the_system(monkeypatch):
    """It counts seconds by the clock, also while no code of Python runs."""
    said = []
    monkeypatch.setattr(child.signal, "setitimer", lambda *given: said.append(given))
    child._alarm(35)
    assert said == [(signal.ITIMER_REAL, 35)]


def test_a_child_limits_itself_first(monkeypatch):
    """Before the first call the process is made harmless; its size then is what its memory is measured from."""
    order = []
    monkeypatch.setattr(child, "alone", order.append)
    monkeypatch.setattr(child, "size", lambda: 7)
    monkeypatch.setattr(child, "answer_calls", lambda *given: order.append(given))
    child.serve("line", MODEST)
    assert order == [MODEST, ("line", MODEST, 7)]


def test_a_system_that_tells_no_size_limits_no_memory(monkeypatch, tmp_path):
    """There the size is 0, before and after."""
    monkeypatch.setattr(child, "_SIZE", tmp_path / "none")
    assert child.size() == 0


# --- other programs ---------------------------------------------------------------------------------------------------


def play(folder, text, **more):
    """Start a script that uses workers; returns the running process."""
    script = folder / "script.py"
    script.write_text(textwrap.dedent(text), encoding="utf-8")
    return begun([sys.executable, str(script)], folder, **more)


def begun(command, folder, **more):
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        **more,
    )


def test_invoke_stays_one_program(tmp_path):
    """Children of a task started by the `invoke` script run no task and print nothing, also where a call would."""
    text = """
        from invoke import task
        import worker_calls
        from elca_docs.workers import Workers

        def ours(number):
            return number * 2

        @task(default=True)
        def play(_):
            with Workers(2) as workers:
                print(list(workers.map(worker_calls.noisy, [()] * 3)), list(workers.map(ours, [(1,), (2,)])))
    """
    (tmp_path / "tasks.py").write_text(textwrap.dedent(text), encoding="utf-8")
    script = Path(sys.executable).with_name("invoke.exe" if os.name == "nt" else "invoke")
    process = begun([str(script) if script.exists() else "invoke", "play"], tmp_path)
    printed, _ = process.communicate(timeout=60)
    assert printed == "['quiet', 'quiet', 'quiet'] [2, 4]\n"
    assert process.returncode == 0


ENDLESS = """
    import sys
    import worker_calls
    from elca_docs.workers import Limits, Workers

    if __name__ == "__main__":
        marks = [(f"mark-{number}",) for number in range(2)]
        with Workers(2, Limits(seconds=600)) as workers:
            try:
                list(workers.map(worker_calls.forever, marks))
            except KeyboardInterrupt:
                print("interrupted")
"""


def pids_in(folder):
    marks = [folder / f"mark-{number}" for number in range(2)]
    assert soon(lambda: all(mark.exists() and mark.read_text(encoding="utf-8") for mark in marks), 60)
    return [int(mark.read_text(encoding="utf-8")) for mark in marks]


@linux_only
@pytest.mark.slow
def test_ctrl_c_ends_everything(tmp_path):
    """The interruption that a terminal sends to the whole group ends the parent its own way, and its children."""
    process = play(tmp_path, ENDLESS, start_new_session=True)
    pids = pids_in(tmp_path)
    os.killpg(process.pid, signal.SIGINT)
    printed, _ = process.communicate(timeout=30)
    assert printed == "interrupted\n"
    assert soon(lambda: all(gone(pid) for pid in pids))


@linux_only
@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM"])
def test_children_die_with_their_parent(tmp_path, name):
    """However the parent goes, and whatever they are doing, nobody has to look for them."""
    process = play(tmp_path, ENDLESS)
    pids = pids_in(tmp_path)
    process.send_signal(signal.Signals[name])
    process.communicate(timeout=30)
    assert soon(lambda: all(gone(pid) for pid in pids))


@linux_only
@pytest.mark.slow
def test_memory_stays_flat(tmp_path):
    """Ten thousand calls and large answers leave the parent as it was."""
    text = """
        import resource
        import worker_calls
        from elca_docs.workers import Workers

        if __name__ == "__main__":
            with Workers(2) as workers:
                peaks = []
                for number, _ in enumerate(workers.map(worker_calls.same, ((bytes(200_000),) for _ in range(10_000)))):
                    if number in {500, 9_999}:
                        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
            print(peaks[1] - peaks[0])
    """
    printed, _ = play(tmp_path, text).communicate(timeout=120)
    assert int(printed) < 20_000
