"""The lines of the register's log: every event is written in one form, and read back as what it was, or refused."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elca_docs.model.log_events import KINDS, Drafted, Ended, LogEvent, Received, Sent, Signed, event_of, line_of
from elca_docs.model.log_lines import UnknownLineError
from elca_docs.model.values import Day

# Every character, and the half characters that stand for bytes of a file name that is not UTF-8.
CHARACTERS = st.characters(codec="utf-8") | st.integers(0xDC80, 0xDCFF).map(chr)
TEXTS = st.text(CHARACTERS, max_size=20)


def values_of(hint):
    """Return a strategy for the values of a field, read off its type."""
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    return {
        str: TEXTS,
        int: st.integers(),
        bool: st.booleans(),
        date: st.dates(),
        date | None: st.none() | st.dates(),
        tuple[str, ...]: st.lists(TEXTS, max_size=3).map(tuple),
        dict[str, str]: st.dictionaries(TEXTS, TEXTS, max_size=3),
    }[hint]


def events_of(kind):
    hints = get_type_hints(kind)
    return st.builds(kind, **{each.name: values_of(hints[each.name]) for each in fields(kind)})


EVENTS = st.one_of([events_of(kind) for kind in KINDS.values()])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_reads_back_as_it_was_written(kind):
    """event_of(line_of(e)) == e, for every kind, whatever its fields hold."""

    @settings(max_examples=25, deadline=None)
    @given(events_of(kind))
    def law(event):
        assert event == event_of(line_of(event))

    law()


@settings(max_examples=100, deadline=None)
@given(EVENTS)
def test_a_line_is_one_line_of_utf8_with_sorted_keys(event):
    """A line is one line to every reader, is valid UTF-8, and its keys are sorted."""
    line = line_of(event)
    assert [line] == line.splitlines()
    assert line == line.encode("utf-8").decode("utf-8")
    keys = [key for key, _ in json.loads(line, object_pairs_hook=list)]
    assert sorted(keys) == keys


def test_all_kinds_of_the_design_are_known():
    """The log knows the kinds of the design's table, each under the small-letter name of its class."""
    table = (
        "opened referenced drafted contacted negotiating sent received signed registered held ended amended corrected "
        "approved frozen"
    )
    assert sorted(table.split()) == sorted(KINDS)
    assert {each.__name__.lower() for each in LogEvent.__subclasses__()} == set(KINDS)
    assert all(kind.__name__.lower() == name for name, kind in KINDS.items())


def test_a_line_shows_names_as_people_write_them():
    """Letters of every language stand in the log as they are; what no reader can see is written as an escape."""
    event = Ended(agreement="T2-01", exit="declined", on=date(2021, 10, 5), reason="Nuevo León\u202e\u2028\x85\udcff")
    assert line_of(event) == (
        '{"agreement": "T2-01", "exit": "declined", "kind": "ended", "on": "2021-10-05", '
        '"reason": "Nuevo León\\u202e\\u2028\\u0085\\udcff"}'
    )


def test_a_day_of_a_record_is_a_date_of_the_log():
    """A Day and a date write the same line, and read back equal to both."""
    event = Signed(reference="X-1", party="amz", on=Day(2021, 10, 5), evidence="ab")
    same = Signed(reference="X-1", party="amz", on=date(2021, 10, 5), evidence="ab")
    assert line_of(same) == line_of(event)
    assert event == event_of(line_of(event))


def test_a_line_of_an_older_version_takes_the_defaults():
    """A field that came later has its default in lines written before it."""
    line = '{"file":"f","inputs":"i","kind":"drafted","name":"n","reference":"X-1","template":"t","version":1}'
    assert Drafted(reference="X-1", version=1, template="t", inputs="i", file="f", name="n") == event_of(line)


SENT = {"kind": "sent", "reference": "X-1", "version": 1}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "the line is not readable JSON"),
        ("{", "the line is not readable JSON"),
        ("[" * 100_000, "the line is not readable JSON"),
        ('{"kind": ' + "9" * 5_000 + "}", "the line is not readable JSON"),
        ('{"kind": "sent", "kind": "sent"}', "a key stands twice"),
        ("[]", "the line is JSON, but no object"),
        ("7", "the line is JSON, but no object"),
        ("{}", "None is no kind of event"),
        ('{"kind": []}', r"\[\] is no kind of event"),
        ('{"kind": "Sent"}', "'Sent' is no kind of event"),
        ('{"kind": "sent", "reference": "X-1"}', "'sent' lacks 'version'"),
        (json.dumps(SENT | {"colour": "red"}), "'sent' has no field 'colour'"),
        (json.dumps(SENT | {"version": "1"}), "'sent.version' cannot be '1'"),
        (json.dumps(SENT | {"version": True}), "'sent.version' cannot be True"),
        (json.dumps(SENT | {"version": 1.0}), "'sent.version' cannot be 1.0"),
        (json.dumps(SENT | {"version": None}), "'sent.version' cannot be None"),
        (json.dumps(SENT | {"reference": 1}), "'sent.reference' cannot be 1"),
        (json.dumps(SENT | {"origin": "theirs"}), "'sent.origin' cannot be 'theirs'"),
        (json.dumps(SENT | {"origin": ["ours"]}), r"'sent.origin' cannot be \['ours'\]"),
        (json.dumps(SENT | {"on": "20211005"}), "'sent.on' cannot be '20211005'"),
        (json.dumps(SENT | {"on": "2021-W40-2"}), "'sent.on' cannot be '2021-W40-2'"),
        (json.dumps(SENT | {"on": "2021-02-30"}), "'sent.on' cannot be '2021-02-30'"),
        (json.dumps(SENT | {"on": 7}), "'sent.on' cannot be 7"),
        ('{"kind":"contacted","agreement":"a","on":null}', "'contacted.on' cannot be None"),
        ('{"kind":"held","subject":"s","on":"2021-10-05","evidence":"ab","proof":"p"}', "'held.evidence' cannot be"),
        ('{"kind":"held","subject":"s","on":"2021-10-05","evidence":[1],"proof":"p"}', "'held.evidence' cannot be"),
        (
            '{"kind":"received","subject":"s","sha256":"ab","name":"n","size":1,"pages":1,"facts":{"a":1}}',
            "'received.facts' cannot be",
        ),
        (
            '{"kind":"received","subject":"s","sha256":"ab","name":"n","size":1,"pages":1,"facts":[]}',
            "'received.facts' cannot be",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(line, sentence):
    """A line that does not mean exactly one event is refused, and the sentence names what is wrong."""
    with pytest.raises(UnknownLineError, match=sentence):
        event_of(line)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40) | JSON.map(json.dumps) | st.dictionaries(st.just("kind"), JSON).map(json.dumps))
def test_no_line_is_answered_with_a_traceback(line):
    """Whatever stands in a line, it is an event or one clear refusal."""
    with pytest.raises(UnknownLineError):
        event_of(line)


@settings(max_examples=100, deadline=None)
@given(EVENTS, st.data())
def test_a_field_of_another_type_is_refused(event, data):
    """No field takes a value of a type it does not declare."""
    written = json.loads(line_of(event))
    name = data.draw(st.sampled_from([each.name for each in fields(event)]))
    written[name] = {"no": {"field": "holds this"}}
    with pytest.raises(UnknownLineError, match=rf"'{event.kind}\.{name}' cannot be"):
        event_of(json.dumps(written))


def test_long_values_are_cut_in_the_refusal():
    """A refusal stays one readable sentence, however long the value is."""
    with pytest.raises(UnknownLineError) as refused:
        event_of(json.dumps(SENT | {"on": "x" * 10_000}))
    assert len(str(refused.value)) < 120


def test_optional_values_may_be_none():
    """A dispatch without a date is written with none, and read so."""
    event = Sent(reference="X-1", version=1, origin="before the tool")
    assert '"on": null' in line_of(event)
    assert event == event_of(line_of(event))


def test_received_keeps_its_facts():
    """What was read off a file stays with the receipt, name by name."""
    event = Received(subject="X-1", sha256="ab", name="a.pdf", size=3, pages=1, facts={"producer": "a printer"})
    assert event_of(line_of(event)).facts == {"producer": "a printer"}
