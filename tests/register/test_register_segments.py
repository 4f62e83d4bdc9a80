"""A segment as text: its one form, and every way in which it can fail to be whole."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.log_events import KINDS, Amended, Approved, Contacted, Opened
from elca_docs.model.register import ZERO_HASH
from elca_docs.register.segments import Segment, SegmentError, digest_of, is_torn, segment_bytes, segment_of

EVENTS = (Opened(register="r", project="42"), Contacted(agreement="T2-01", on=date(2021, 10, 5), note="à León"))
SEGMENT = Segment(number=1, at="2021-10-05T09:30:00Z", actor="ana", previous=ZERO_HASH, events=EVENTS)
BODY = (
    '{"actor": "ana", "at": "2021-10-05T09:30:00Z", "previous": "' + "0" * 64 + '", "segment": 1}\n'
    '{"kind": "opened", "project": "42", "register": "r"}\n'
    '{"agreement": "T2-01", "kind": "contacted", "note": "à León", "on": "2021-10-05"}\n'
)
DATA = segment_bytes(SEGMENT)


def sealed(body: str | bytes, count: int | None = None) -> bytes:
    """Return lines with the last line that belongs under them: a whole segment, whatever it says."""
    data = body if isinstance(body, bytes) else body.encode()
    lines = data.count(b"\n") - 1 if count is None else count
    return data + f'{{"count": {lines}, "hash": "{hashlib.sha256(data).hexdigest()}"}}\n'.encode()


def read(data, number=1, previous=ZERO_HASH):
    return segment_of(data, number=number, previous=previous)


def torn(data, number=1, previous=ZERO_HASH):
    return is_torn(data, number=number, previous=previous)


texts = st.text(st.characters(codec="utf-8"), max_size=8)
events = st.builds(Approved, template=texts, name=texts, by=texts) | st.builds(Amended, reference=texts, child=texts)


def test_a_segment_is_the_text_that_the_design_shows():
    """First line: number, time, actor, previous hash; one line per event; last line: count, hash of all above."""
    assert sealed(BODY) == DATA


@settings(max_examples=50, deadline=None)
@given(st.lists(events, min_size=1, max_size=4), texts, st.integers(1, 10**6))
def test_a_segment_reads_itself(several, actor, number):
    """segment_of(segment_bytes(s)) == s, for every actor and all events; its addresses count from 1."""
    segment = Segment(
        number=number, at="2021-10-05T09:30:00Z", actor=actor, previous=digest_of(b""), events=tuple(several)
    )
    data = segment_bytes(segment)
    assert segment == read(data, number, digest_of(b""))
    assert [f"{number}.{n}" for n in range(1, len(several) + 1)] == [entry.address for entry in segment.entries]
    assert all((entry.at, entry.actor) == (segment.at, actor) for entry in segment.entries)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_every_changed_byte_is_damage(place, change):
    """A segment with one byte changed, the last line included, is neither read nor taken for torn."""
    changed = bytearray(DATA)
    changed[place] ^= change
    with pytest.raises(SegmentError) as refused:
        read(bytes(changed))
    assert refused.value.code == "log-damaged"
    assert not torn(bytes(changed))


def test_every_flipped_bit_is_damage():
    """The same law for every bit of the segment, one by one."""
    for place in range(len(DATA)):
        for bit in range(8):
            changed = bytearray(DATA)
            changed[place] ^= 1 << bit
            with pytest.raises(SegmentError):
                read(bytes(changed))
            assert not torn(bytes(changed))


def test_every_true_beginning_is_torn():
    """Wherever a writer stopped, what it left is known as torn; only with its whole last line is it none."""
    for length in range(len(DATA) - 1):
        assert torn(DATA[:length]), DATA[:length]
        with pytest.raises(SegmentError):
            read(DATA[:length])
    assert not torn(DATA)
    assert not torn(DATA[:-1])
    with pytest.raises(SegmentError, match="breaks off before its last line end"):
        read(DATA[:-1])


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1, max_size=4))
def test_nothing_may_follow_the_last_line(more):
    """Bytes behind a whole segment are damage, and never a torn one."""
    with pytest.raises(SegmentError):
        read(DATA + more)
    assert not torn(DATA + more)


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 20,
        b"x",
        b"\n",
        b'{"at',
        BODY.encode() + b"\0\0",
        BODY.encode() + b"{}",
        BODY.encode() + b'{"count": 3',
        BODY.encode() + b'{"count": 2, "hash": "0',
        BODY.replace('"segment": 1', '"segment": 2').encode(),
        BODY.replace("0" * 64, "1" * 64).encode(),
        BODY.replace("contacted", "contracted").encode(),
        BODY.encode().replace("à".encode(), b"\xff"),
    ],
)
def test_what_no_writer_leaves_is_not_torn(data):
    """Zeros of a broken disk, lines of another segment, a wrong count: damage, because no stopped writer leaves it."""
    assert not torn(data)


def test_no_event_begins_like_the_last_line():
    """The last line is told from an event by its first key; no kind of event may bring that key first."""
    for kind in KINDS.values():
        assert min([*kind.__dataclass_fields__, "kind"]) != "count"


@pytest.mark.parametrize(
    ("data", "line", "code", "sentence"),
    [
        (b"", 1, "log-damaged", "breaks off"),
        (b"\n", 1, "log-damaged", "count and the hash of its lines"),
        (BODY.encode(), 3, "log-damaged", "count and the hash of its lines"),
        (sealed(BODY, count=3), 4, "log-damaged", "count and the hash of its lines"),
        (sealed(BODY)[:-1] + b" \n", 4, "log-damaged", "count and the hash of its lines"),
        (sealed(BODY).replace(b"\n", b"\r\n"), 0, "log-damaged", "other line ends"),
        (b"<<<<<<< ours\n" + DATA + b"=======\n>>>>>>> theirs\n", 0, "log-fork", "marks of a merge"),
        (BODY.encode() + b"<<<<<<< ours\n", 0, "log-fork", "marks of a merge"),
        (sealed(BODY.splitlines(keepends=True)[0]), 0, "log-damaged", "holds no event"),
        (sealed(""), 1, "log-damaged", "no readable first line"),
        (sealed("7\n"), 1, "log-damaged", "no readable first line: the line is JSON, but no object"),
        (sealed(b"\xff\n"), 1, "log-damaged", "no readable first line"),
        (sealed(BODY.replace('"actor": "ana", ', "")), 1, "log-damaged", "'header' lacks 'actor'"),
        (sealed(BODY.replace('"ana"', "7")), 1, "log-damaged", "'header.actor' cannot be 7"),
        (sealed(BODY.replace('"segment": 1', '"segment": 2')), 1, "log-damaged", "says that it is segment 2"),
        (sealed(BODY.replace("09:30:00Z", "09:30")), 1, "log-damaged", "no time in UTC"),
        (sealed(BODY.replace("0" * 64, "1" * 64)), 1, "log-damaged", "does not continue the segment before it"),
        (sealed(BODY.replace("contacted", "contracted")), 3, "log-newer", "'contracted' is no kind of event"),
        (sealed(BODY.encode().replace("à".encode(), b"\xff")), 3, "log-damaged", "is not UTF-8"),
    ],
)
def test_what_is_wrong_with_a_segment_is_said_with_its_line(data, line, code, sentence):
    """Each kind of damage has its sentence, the line it stands on, and a code that decides what to do."""
    with pytest.raises(SegmentError) as refused:
        read(data)
    assert (line, code) == (refused.value.line, refused.value.code)
    assert sentence in refused.value.what
