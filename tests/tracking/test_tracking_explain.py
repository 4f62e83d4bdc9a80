"""From a figure to the file: what `--why` tells, and what it understands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tracking_cases import Log, agreement, digest, event, indicator, portfolio, report, slots

from elca_docs.errors import RequestError
from elca_docs.model import log_events as log
from elca_docs.model.plan import Duty, Timeline, TimelineActivity, TimelineMonth
from elca_docs.tracking import explain
from elca_docs.tracking.chronicle import told as told_event
from elca_docs.tracking.explain import rule_text

ACTIVITY = TimelineActivity(id="M14-1", what="Write the template", done_by="record")
OTHER = TimelineActivity(id="M14-2", what="Sign them", done_by="agreements")
RECORDS = portfolio(
    agreement("A-1", expected="2021-10"),
    agreement("A-2", counterparts=("beta",)),
    agreement("A-3", fills="S"),
    slots("S", "XA", 3),
    event("E-1", title="First workshop"),
    event("W", slots=2),
    timeline=Timeline(
        months=(TimelineMonth(month=14, activities=(ACTIVITY, OTHER)),), duties=(Duty(id="D-1", what="Meet"),)
    ),
)


def story() -> Log:
    """Return a log in which A-1 goes the whole road, with one error that is corrected, and E-1 is held."""
    written = Log()
    written.add(log.Contacted(agreement="A-1", on=date(2021, 5, 3), note="first call"))
    written.add(log.Negotiating(agreement="A-1", on=date(2021, 5, 4)))
    written.draft("A-1")
    written.send("A-1", on=date(2021, 6, 2), origin="their text")
    wrong = written.sign("A-1", "wrong", NORD="2021-09-01")
    written.add(log.Corrected(undoes=wrong, reason="another agreement"))
    written.sign("A-1", "copy", NORD="2021-09-30", alpha="2021-10-05")
    written.register("A-1")
    written.hold("E-1", "2021-10-25", sectors=("glass",))
    written.end("A-2", "declined", "2021-11-01", "no time")
    return written


def told(text: str, written: Log | None = None, records=RECORDS, **options) -> tuple[str, ...]:
    """Return the lines of an explanation."""
    written = written or story()
    return explain(report(records, written, **options), records, written.view(), text).lines


def test_an_indicator_leads_to_the_file():
    """Target, rule, what counts with number, digest and path, what does not with the failing rules."""
    lines = told("KPI 2", as_of_note="the project has ended")
    sha = digest("copy")
    assert (
        "KPI 2: Title of KPI 2",
        "as of 2022-08-31 (the project has ended): 1 of 2 counted, 1 to go",
        "rule: Counts agreements of class XA, each organisation once, with signed-copy as proof.",
        "planned 4, named 2, drafted 1, sent 1, signed 1, overdue 0",
        "counted:",
        "  1. R-2021-001 · EXAMPLE-001 · A-1 · Alpha Example Network · signed on 2021-10-05",
        f"     sha256 {sha}",
        f"     register/evidence/{sha[:2]}/{sha}.pdf (received as 'copy.pdf')",
        "not counted:",
        "  A-2 · Beta Example Network",
        "     C1 (and so C2, C3 and C4): no signature of NORD and Beta Example Network",
        "     C7: declined on 2021-11-01: no time",
        "  A-3 · Alpha Example Network",
    ) == lines[:13]
    assert lines[-2] == "     C6: A-1 (R-2021-001) already counts for Alpha in KPI 2"
    assert lines[-1] == "  2 places without a name: S#2 and S#3"


def test_a_half_signed_agreement_tells_every_rule_that_fails():
    """Only where nothing was signed or held at all do rules share a line."""
    written = Log()
    written.sign("A-1", NORD="2021-09-30")
    written.hold("E-1", "2021-10-25", file="")
    lines = told("KPI 2", written)
    assert lines[6:9] == (
        "  EXAMPLE-001 · A-1 · Alpha Example Network",
        "     C1: no signature of Alpha; signed: NORD on 2021-09-30",
        "     C2: no register number: it is given when all parties have signed",
    )
    assert "     H2: there is no evidence for 2021-10-25" in told("KPI 4", written)
    assert "     H1 (and so H2, H3 and H5): not held by 2022-08-31" in told("KPI 4", Log())


def test_an_indicator_without_anything_is_told_too():
    """Nothing counted and nothing planned are said in words."""
    lines = told("KPI 1")
    assert lines[-2:] == ("planned 0, named 0, overdue 0", "counted: nothing")


def test_what_is_held_counts_with_its_evidence():
    """Events lead to their files like agreements; free places stand in one line."""
    lines = told("KPI 4")
    assert lines[5] == "  1. E-1 · workshop · First workshop · NORD · held on 2021-10-25"
    assert lines[6].endswith(digest("E-1-2021-10-25"))
    assert lines[-2:] == ("not counted:", "  2 places without a name: W#1 and W#2")


def test_an_agreement_tells_its_history_in_order():
    """Every entry with its day, what happened and by whom, the undone one included; then rules and evidence."""
    lines = told("A-1")
    wrong, copy, draft = (f"{digest(name)[:12]}…" for name in ("wrong", "copy", "f"))
    by = "by officer-1, 2021-06-01)"
    signed = "confirmed by officer-1, signed copy"
    assert lines[:18] == (
        "R-2021-001 · EXAMPLE-001 · A-1 · Alpha Example Network · signed on 2021-10-05 · counted",
        "as of 2022-08-31: counts in KPI 2",
        "  note: on their text",
        "  note: confirmed by a person",
        "history:",
        f"  2021-05-03  contacted: first call (entry 2.1 {by}",
        f"  2021-05-04  negotiating (entry 3.1 {by}",
        f"  2021-06-01  reference EXAMPLE-001 given (entry 4.1 {by}",
        f"  2021-06-01  version 1 drafted as 'draft.docx', {draft} (entry 5.1 {by}",
        f"  2021-06-02  version 1 sent, their text (entry 6.1 {by}",
        f"  2021-06-01  file 'wrong.pdf' received, 3 pages, {wrong} (entry 7.1 {by}",
        f"  2021-09-01  signed by NORD, {signed} {wrong} (entry 8.1 {by}; undone by entry 9.1: another agreement",
        f"  2021-06-01  file 'copy.pdf' received, 3 pages, {copy} (entry 10.1 {by}",
        f"  2021-09-30  signed by NORD, {signed} {copy} (entry 11.1 {by}",
        f"  2021-10-05  signed by Alpha, {signed} {copy} (entry 12.1 {by}",
        f"  2021-06-01  registered as R-2021-001 (entry 13.1 {by}",
        "rules:",
        "  C1 holds: all 2 parties have signed: NORD on 2021-09-30 and Alpha on 2021-10-05",
    )
    assert lines[-3:-1] == ("evidence:", f"     sha256 {digest('copy')}")


def test_an_agreement_without_history_says_so():
    """Nothing is left blank."""
    lines = told("A-3", Log())
    assert lines[:2] == ("A-3 · Alpha Example Network · identified", "as of 2022-08-31: does not count")
    assert lines[2] == "history: the register has no entry about it"
    assert lines[4] == "  C1 FAILS: no signature of NORD and Alpha"
    assert lines[-1] == "evidence: none"


def test_something_held_tells_its_history():
    """Proof, files and sectors stand in the entry."""
    lines = told("e-1")
    assert lines[:2] == (
        "E-1 · workshop · First workshop · NORD · held on 2021-10-25",
        "as of 2022-08-31: counts in KPI 4",
    )
    sha = digest("E-1-2021-10-25")
    assert (
        f"  2021-10-25  held; proof: attendance-list, evidence {sha[:12]}…, sectors glass "
        "(entry 15.1 by officer-1, 2021-06-01)"
    ) in lines
    assert "  H1 holds: held on 2021-10-25" in lines
    glass = told("glass")
    assert glass[0] == "glass · sector · Glass · held on 2021-10-25"
    assert any("entry 15.1" in line for line in glass)


def test_the_words_of_the_other_entries():
    """Each kind of entry has its words, and what is not stated is said to be."""
    written = Log()
    reference = written.reference("A-1")
    evidence = written.receive(reference, "copy")
    on = date(2021, 10, 5)
    written.add(log.Signed(reference=reference, party="alpha", on=on, evidence=evidence, basis="proven", method="seal"))
    written.add(log.Signed(reference=reference, party="NORD", on=on, evidence=evidence))
    written.add(log.Sent(reference=reference, version=2))
    written.add(log.Amended(reference=reference, child="EXAMPLE-099"))
    written.add(log.Ended(agreement="A-1", exit="expired", on=on, reason=""))
    written.add(log.Held(subject="A-1", on=on, evidence=(), proof=""))
    lines = [line.split(" (entry")[0] for line in told("A-1", written) if "(entry" in line]
    sha = f"{evidence[:12]}…"
    assert [
        f"  2021-10-05  signed by Alpha, proven by the file, seal, signed copy {sha}",
        f"  2021-10-05  signed by NORD, confirmed by nobody named, signed copy {sha}",
        "  2021-06-01  version 2 sent",
        "  2021-06-01  EXAMPLE-001 amended by EXAMPLE-099",
        "  2021-10-05  expired",
        "  2021-10-05  held; proof: not stated, evidence none",
    ] == lines[2:]


def test_what_has_no_words_of_its_own_is_told_by_its_kind():
    """An entry about the register itself has a word too."""
    assert told_event(log.Opened(register="example-register", project="EXAMPLE"), str) == "opened"


def test_a_correction_that_was_itself_corrected_undoes_nothing():
    """The entry stands again, and nothing beside it says otherwise."""
    written = Log()
    first = written.sign("A-1", NORD="2021-09-30")
    second = written.add(log.Corrected(undoes=first, reason="an error"))
    assert any("undone by" in line for line in told("A-1", written))
    written.add(log.Corrected(undoes=second, reason="no error"))
    assert not any("undone by" in line for line in told("A-1", written))


def test_a_slot_record_tells_its_places():
    """Which places are open, and what has taken the others."""
    assert told("S")[:3] == ("S: places planned without a name", "open: S#2 and S#3", "taken by: A-3")
    assert told("W")[1:3] == ("open: W#1 and W#2", "taken by: none")
    assert "slot" in told("S#2")[0]
    full = portfolio(slots("S", "XA", 1), agreement("A-3", fills="S"))
    assert told("S", Log(), full)[1] == "open: none"
    many = portfolio(slots("S", "XA", 9), *(agreement(f"A-{number}", fills="S") for number in (10, 9, 1)))
    assert told("S", Log(), many)[2] == "taken by: A-1, A-9 and A-10"


def test_an_activity_tells_what_shows_it():
    """State, due day, sentence and proof."""
    written = story()
    written.hold("M14-1", "2021-10-20")
    sha = digest("M14-1-2021-10-20")
    lines = told("m14-1", written)
    assert (lines[:3]) == (
        "M14-1: Write the template",
        "as of 2022-08-31: done, due by 2021-10-31 (M14)",
        "because: held on 2021-10-20",
    )
    assert f"     sha256 {sha}" in lines
    assert told("M14-2")[2] == "because: 1 of 2 agreements done; open: A-3; 2 planned without a name yet"


def test_a_file_tells_what_it_proves():
    """From six characters of its digest on: its receipt, its place in the archive and its rows."""
    sha = digest("copy")
    assert (
        sha,
        "received as 'copy.pdf' for EXAMPLE-001: 1000 bytes, 3 pages",
        f"kept at register/evidence/{sha[:2]}/{sha}.pdf",
        "evidence of:",
        "  R-2021-001 · EXAMPLE-001 · A-1 · Alpha Example Network · signed on 2021-10-05: counts in KPI 2",
    ) == told(sha[:6].upper())
    assert told(digest("wrong"))[-1] == "evidence of: nothing that counts or could count"


def test_what_the_register_knows_and_no_record_plans_is_told():
    """An auditor who asks for a number gets its history, even if somebody deleted the record."""
    lines = told("R-2021-001", records=replace(RECORDS, agreements=()))
    assert lines[0] == "A-1: the register knows it, and no record of the plan has this id, so it counts nowhere"
    assert any("registered as R-2021-001" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("KPI 2", "KPI 2"),
        ("kpi2", "KPI 2"),
        ("kpi-2", "KPI 2"),
        (" KPI_2 ", "KPI 2"),
        ("2", "KPI 2"),
        ("10", "KPI 10"),
        ("example-001", "A-1"),
        ("r2021001", "A-1"),
        ("a1", "A-1"),
        ("s#2", "S#2"),
        ("s2", "S#2"),
        ("GLASS", "glass"),
        ("d-1", "D-1"),
    ],
)
def test_case_and_punctuation_do_not_matter(text, about):
    """One thing has many spellings on a command line."""
    written = story()
    assert about == explain(report(RECORDS, written), RECORDS, written.view(), text).about


def test_a_number_means_an_indicator_last():
    """A record of that very name comes first."""
    records = portfolio(agreement("2"))
    assert explain(report(records), records, Log().view(), "2").about == "2"


def refusal(text: str, records=RECORDS):
    """Return the problem that a text is refused with."""
    with pytest.raises(RequestError) as caught:
        told(text, records=records)
    return caught.value.problems[0]


def test_an_unknown_word_is_refused_with_the_nearest():
    """One sentence, and what was probably meant."""
    found = refusal("EXAMPEL-001")
    assert found.code == "unknown-id"
    assert (
        found.message == "'EXAMPEL-001' is no indicator, record, reference, register number or evidence of this project"
    )
    assert found.fix == "did you mean 'EXAMPLE-001'?"
    three = portfolio(*(agreement(f"north-{number}") for number in (4, 3, 2, 1)))
    assert refusal("north", three).fix == "did you mean 'north-4' or 'north-3' or 'north-2'?"
    assert refusal("zzzzzz").fix == "use an id that `invoke status` shows, such as an indicator's"


@pytest.mark.parametrize("text", ["", "---", "99", "abcdef", "x" * 500])
def test_nonsense_is_refused(text):
    """No text brings the program down, and none is taken for something by chance."""
    assert refusal(text).code == "unknown-id"


def test_five_characters_of_a_digest_are_too_few():
    """Short beginnings would find a file by chance."""
    assert refusal(digest("copy")[:5]).code == "unknown-id"


def test_two_meanings_are_refused_with_both():
    """Whoever asks has to say which."""
    found = refusal("ab1", portfolio(agreement("a-b1"), agreement("a-b-1")))
    assert (found.code, found.message) == ("ambiguous-id", "'ab1' can mean a-b1 and a-b-1")
    assert found.fix == "write more of it, exactly as it stands there"
    three = portfolio(*(agreement(name) for name in ("a.b-12", "a-b12", "ab-12", "a-b-12")))
    assert refusal("ab12", three).message == "'ab12' can mean a-b12, a-b-12, a.b-12 and ab-12"


def test_a_rule_without_a_sentence_is_put_in_words():
    """The fields of a rule say all there is to say; its own sentence comes first."""
    plain = indicator("KPI 9", 1, "events", kinds=("workshop", "dinner"), proof=("agenda", "photo"))
    assert rule_text(plain.rule) == "Counts events of kind workshop or dinner, with agenda or photo as proof."
    assert rule_text(replace(plain.rule, meaning="In our words.")) == "In our words."
    assert rule_text(indicator("KPI 9", 1, "duties").rule) == "Counts duties."


def test_a_thing_is_found_by_its_place_in_an_indicator():
    """As an auditor asks: the first of KPI 2; a place that nothing has is unknown."""
    assert told("KPI 2 no. 1") == told("A-1") == told("kpi-2 NO 1")
    assert told("KPI 4 no. 1") == told("E-1")
    with pytest.raises(RequestError) as caught:
        told("KPI 2 no. 2")
    assert [problem.code for problem in caught.value.problems] == ["unknown-id"]
