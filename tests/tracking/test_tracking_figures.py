"""Figures and their JSON: counts that are made of rows and of nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from tracking_cases import (
    END,
    Log,
    agreement,
    contact,
    digest,
    event,
    figure,
    indicator,
    portfolio,
    report,
    slots,
)

from elca_docs.model import log_events as log
from elca_docs.model.register import ZERO_HASH, RegisterView
from elca_docs.tracking import lost_records, status_json, status_report

MIXED = portfolio(
    agreement("A-1", expected="2021-10"),
    agreement("A-2", counterparts=("beta",), expected="2021-10-25"),
    agreement("A-3", counterparts=("gamma",)),
    slots("S", "XA", 2),
    slots("B", "XB", 3),
    event("E-1"),
    contact("C-1", "alpha"),
)


def test_the_states_are_cumulative():
    """What is signed has been sent and drafted, on whatever paper; planned adds the free places."""
    written = Log()
    written.draft("A-2")
    written.seal("A-1")
    found = figure(report(MIXED, written), "KPI 2")
    assert (
        found.planned,
        found.named,
        found.drafted,
        found.sent,
        found.signed,
        found.counted,
        found.overdue,
        found.gap,
    ) == (5, 3, 2, 1, 1, 1, 1, 1)
    assert (("A-1",), (digest("A-1-signed"),)) == (found.counted_ids, found.proof)


def test_partly_signed_has_been_sent_and_is_not_signed():
    """A state between two others counts for the one before it."""
    written = Log()
    written.sign("A-1", NORD="2021-10-05")
    found = figure(report(MIXED, written), "KPI 2")
    assert (found.drafted, found.sent, found.signed, found.counted) == (1, 1, 0, 0)


def test_states_that_do_not_exist_are_none():
    """An event is not drafted, sent or signed."""
    found = figure(report(MIXED), "KPI 4")
    assert (
        found.planned,
        found.named,
        found.drafted,
        found.sent,
        found.signed,
        found.counted,
    ) == (1, 1, None, None, None, 0)


def test_more_than_the_target_leaves_no_gap():
    """gap = max(0, target - counted)."""
    written = Log()
    for identifier, party in (("A-1", "alpha"), ("A-2", "beta"), ("A-3", "gamma")):
        written.seal(identifier, parties=("NORD", party))
    found = figure(report(MIXED, written), "KPI 2")
    assert (found.target, found.counted, found.gap) == (2, 3, 0)


def test_counted_ids_stand_in_the_order_of_register_numbers():
    """The fourteenth agreement of an indicator is the fourteenth that was registered."""
    written = Log()
    for identifier, party in (("A-3", "gamma"), ("A-1", "alpha"), ("A-2", "beta")):
        written.seal(identifier, parties=("NORD", party))
    assert figure(report(MIXED, written), "KPI 2").counted_ids == ("A-3", "A-1", "A-2")


def test_figures_stand_as_people_count():
    """KPI 10 stands last, and a rule that names no class is about every class."""
    assert [each.id for each in report(MIXED).figures] == ["KPI 1", "KPI 2", "KPI 3", "KPI 4", "KPI 10"]
    every = replace(MIXED, indicators=(indicator("KPI 1", 1, "agreements"),))
    assert figure(report(every), "KPI 1").planned == 8


def test_a_proof_behind_two_things_stands_once():
    """One file may prove two workshops; its digest is listed once."""
    two = portfolio(event("E-1"), event("E-2"))
    written = Log()
    written.hold("E-1", "2021-10-25", file="one list")
    written.hold("E-2", "2021-10-25", file="one list")
    found = figure(report(two, written), "KPI 4")
    assert (2, (digest("one list"),)) == (found.counted, found.proof)


def test_an_event_and_an_agreement_may_share_an_id():
    """Each figure takes the proof of its own rows."""
    two = portfolio(agreement("X-1"), event("X-1"))
    written = Log()
    written.seal("X-1")
    written.hold("X-1", "2021-10-25", file="list")
    found = report(two, written)
    assert (digest("X-1-signed"),) == figure(found, "KPI 2").proof
    assert (digest("list"),) == figure(found, "KPI 4").proof


def test_an_empty_register_gives_an_empty_report():
    """A fresh project has a status too; evidence is taken to be whole unless somebody says otherwise."""
    found = status_report(MIXED, RegisterView(), as_of=END, as_of_note="the project has ended")
    assert (
        found.project,
        found.as_of,
        found.as_of_note,
        found.register,
        found.position,
        found.head,
    ) == ("EXAMPLE", END, "the project has ended", "", 0, ZERO_HASH)
    assert {0} == {each.counted for each in found.figures}


def test_the_json_has_the_agreed_keys_and_nulls():
    """Dates in ISO form, null for what does not exist; it is plain JSON."""
    written = Log()
    written.sign("A-1", NORD="2021-09-30", alpha="2021-10-05")
    written.register("A-1")
    records = portfolio(agreement("A-1", expected="2021-10"), slots("S", "XA", 1), event("E-1"))
    found = json.loads(json.dumps(status_json(report(records, written, as_of_note="the project has ended"))))
    assert (found["project"], found["as_of"], found["as_of_note"]) == ("EXAMPLE", "2022-08-31", "the project has ended")
    assert found["register"] == {"id": "example-register", "position": 6, "head": "f" * 64}
    assert found["indicators"][1] == {
        "id": "KPI 2",
        "title": "Title of KPI 2",
        "target": 2,
        "planned": 2,
        "named": 1,
        "drafted": 1,
        "sent": 1,
        "signed": 1,
        "counted": 1,
        "gap": 1,
        "overdue": 0,
    }
    assert tuple(found["indicators"][3][key] for key in ("drafted", "sent", "signed")) == (None, None, None)
    signed, place = found["agreements"]
    because = signed.pop("because")
    assert signed == {
        "id": "A-1",
        "reference": "EXAMPLE-001",
        "class": "XA",
        "responsible": ["NORD"],
        "counterpart": "Alpha Example Network",
        "expected": "2021-10",
        "status": "counted",
        "pending": False,
        "overdue": False,
        "signed_on": "2021-10-05",
        "register_number": "R-2021-001",
        "counted": True,
    }
    assert because[1] == {"rule": "C2", "ok": True, "text": "registered as R-2021-001"}
    assert tuple(
        place[key] for key in ("status", "reference", "counterpart", "expected", "signed_on", "register_number")
    ) == ("slot", None, None, None, None, None)


def test_an_unopened_register_has_no_id_in_json():
    """Empty texts are null in JSON."""
    found = status_json(status_report(MIXED, RegisterView(), as_of=END))
    assert (found["as_of_note"], found["register"]) == (None, {"id": None, "position": 0, "head": ZERO_HASH})


def test_proof_without_a_record_is_a_finding():
    """A record that was deleted takes its proof out of the figures; a person has to see that."""
    written = Log()
    written.seal("A-1")
    written.draft("A-10")
    written.draft("A-9")
    written.hold("E-7", "2021-10-25")
    found = lost_records(portfolio(), written.view())
    assert [each.ids[0] for each in found] == ["A-1", "A-9", "A-10", "E-7"]
    assert {("registered-without-record", "error")} == {(each.code, each.severity) for each in found}
    assert [found[0].message, found[3].message] == [
        "the register holds the history (R-2021-001) of 'A-1', and no record has this id, so it counts nowhere",
        "the register holds the proof of 'E-7', and no record has this id, so it counts nowhere",
    ]


def test_records_that_are_there_or_over_are_not_lost():
    """Neither a record that exists, nor an ended agreement, nor a mere contact is worth a finding."""
    written = Log()
    written.seal("A-1")
    written.hold("E-1", "2021-10-25")
    written.draft("A-9")
    written.end("A-9", "declined", "2021-10-01")
    written.add(log.Contacted(agreement="A-8", on=date(2021, 1, 1)))
    assert lost_records(MIXED, written.view()) == ()
