"""Laws of counting, on records and logs that nobody would write by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tracking_cases import (
    END,
    INDICATORS,
    START,
    Log,
    agreement,
    contact,
    event,
    indicator,
    portfolio,
    report,
    row,
    slots,
)

from elca_docs.model import log_events as log
from elca_docs.model.plan import Agreement, Duty, Terms, Timeline, TimelineActivity, TimelineMonth
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.values import Expected
from elca_docs.tracking import (
    by_class,
    by_indicator,
    by_mission,
    by_partner,
    by_timeline,
    explain,
    status_json,
    status_report,
)
from elca_docs.tracking.credit import credited

LIGHT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NAMES = [f"A-{number}" for number in range(1, 7)]
COUNTERPARTS = ("alpha", "beta", "gamma")
HOLDABLE = ["C-1", "C-2", "E-1", "E-2", "W", "D-1", "M14-1"]
PROOFS = ["minutes", "attendance-list", "photo", ""]

days = st.dates(START - timedelta(days=40), END + timedelta(days=40))
inside = st.dates(START, END)


@st.composite
def agreements(draw: st.DrawFn) -> tuple[Agreement, ...]:
    """Return some agreements of two classes that replace each other, fill places, and share counterparts."""
    records = [slots("S", "XA", draw(st.integers(1, 3)))]
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True)):
        counterparts = draw(st.lists(st.sampled_from(COUNTERPARTS), max_size=3, unique=True))
        records.append(
            agreement(
                name,
                draw(st.sampled_from(["XA", "XB"])),
                counterparts=tuple(counterparts),
                responsible=draw(st.sampled_from([("NORD",), ("NORD", "SUED")])),
                fills=draw(st.sampled_from([None, "S"])),
                replaces=draw(st.sampled_from([None, None, *NAMES])),
                expected=draw(st.sampled_from([None, "2021-10", "2022-08-31"])),
            )
        )
    return tuple(records)


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    """Return a project with agreements and everything that can be held, and with rules of every kind."""
    by = st.sampled_from(["record", "organisation", "sector"])
    rules = (
        indicator("KPI 2", 2, "agreements", classes=("XA",), distinct_by=draw(by)),
        indicator("KPI 3", 4, "agreements", distinct_by=draw(by)),
        indicator("KPI 4", 2, "events", distinct_by=draw(by), proof=draw(st.sampled_from([(), ("minutes",)]))),
        indicator("KPI 5", 1, "duties"),
    )
    activities = (
        TimelineActivity(id="M14-1", what="Write", done_by="record"),
        TimelineActivity(id="M14-2", what="Sign", done_by="agreements", classes=("XA",)),
        TimelineActivity(id="M14-3", what="Meet", done_by="events"),
    )
    months = (TimelineMonth(month=14, activities=activities), TimelineMonth(month=3))
    return portfolio(
        *draw(agreements()),
        contact("C-1", "alpha", "2021-09"),
        contact("C-2", "alpha"),
        event("E-1", organisations=("alpha",)),
        event("E-2", "dinner", fills="W"),
        event("W", slots=2),
        indicators=(INDICATORS[0], *rules, INDICATORS[4]),
        timeline=Timeline(months=months, duties=(Duty(id="D-1", what="Meet", minimum=draw(st.integers(1, 2))),)),
    )


@st.composite
def logs(draw: st.DrawFn) -> Log:
    """Return a log of things in an order in which offices do not do them, corrections included."""
    written = Log()
    registered: set[str] = set()
    for _ in range(draw(st.integers(0, 25))):
        name = draw(st.sampled_from(NAMES))
        match draw(st.sampled_from(["draft", "send", "sign", "sign", "sign", "register", "end", "hold", "undo"])):
            case "draft":
                written.draft(name)
            case "send":
                written.send(name, draw(st.none() | days))
            case "sign":
                some = st.lists(st.sampled_from(["NORD", "SUED", *COUNTERPARTS]), min_size=1, unique=True)
                on = draw(days).isoformat()
                written.sign(name, f"{name}-{len(written.entries)}", **dict.fromkeys(draw(some), on))
            case "register" if name not in registered:
                registered.add(name)
                written.register(name)
            case "end" if draw(st.booleans()):
                exits = ["declined", "withdrawn", "replaced", "expired", "void"]
                written.end(name, draw(st.sampled_from(exits)), draw(days).isoformat())
            case "hold":
                sectors = draw(st.lists(st.sampled_from(["paper", "glass"]), unique=True))
                file = draw(st.sampled_from([None, "", "one list"]))
                subject, proof = draw(st.sampled_from(HOLDABLE)), draw(st.sampled_from(PROOFS))
                written.hold(subject, draw(days).isoformat(), proof, file, sectors=tuple(sectors))
            case "undo":
                undo(draw, written)
    return written


def undo(draw: st.DrawFn, written: Log) -> None:
    """Correct a signature or a holding, if there is one."""
    undone = [each.address for each in written.entries if isinstance(each.event, log.Signed | log.Held | log.Drafted)]
    if undone:
        written.add(log.Corrected(undoes=draw(st.sampled_from(undone)), reason="an error"))


@LIGHT
@given(portfolios(), logs(), days)
def test_every_figure_is_the_count_of_its_rows(records, written, as_of):
    """counted is the number of counted ids, of rows that count there; its proof is theirs; the road is a funnel."""
    found = report(records, written, as_of)
    for figure in found.figures:
        rows = [*found.agreements, *found.held]
        counted = [each for each in rows if figure.id in each.counted_in]
        assert figure.counted == len(figure.counted_ids) == len(counted)
        assert set(figure.counted_ids) == {each.id for each in counted}
        assert set(figure.proof) == {digest for each in counted for digest in each.evidence}
        assert all(each.evidence for each in counted)
        assert figure.counted <= figure.named <= figure.planned
        if figure.drafted is not None and figure.sent is not None and figure.signed is not None:
            assert figure.counted <= figure.signed <= figure.sent <= figure.drafted <= figure.named


@LIGHT
@given(portfolios(), logs(), days)
def test_counting_is_what_the_rules_say(records, written, as_of):
    """A row counts exactly where no rule speaks against it, and every rule is told for every row."""
    found = report(records, written, as_of)
    for each in (*found.agreements, *found.held):
        rules = {"C1", "C2", "C3", "C4", "C5", "C6", "C7"}
        held = {"H1", "H2", "H3", "H4", "H5", "H6"}
        assert {reason.rule for reason in each.because} in (rules, held)
        assert all(reason.text for reason in each.because)
        always = [reason.ok for reason in each.because if reason.rule not in {"C6", "H5", "H6"}]
        if all(reason.ok for reason in each.because):
            assert each.counted
        if each.counted:
            assert all(always)
        if len(each.counted_in) == 0 and all(always):
            assert not all(reason.ok for reason in each.because)


@LIGHT
@given(portfolios(), logs(), days, st.randoms(use_true_random=False))
def test_the_order_of_records_never_matters(records, written, as_of, chance):
    """Whatever stands first in the files, the report is the same."""

    def mixed(every):
        return tuple(chance.sample(every, len(every)))

    shuffled = replace(
        records,
        agreements=mixed(records.agreements),
        events=mixed(records.events),
        contacts=mixed(records.contacts),
        indicators=mixed(records.indicators),
        organisations=mixed(records.organisations),
        partners=mixed(records.partners),
        timeline=replace(records.timeline, months=mixed(records.timeline.months)),
    )
    assert report(shuffled, written, as_of) == report(records, written, as_of)


@LIGHT
@given(portfolios(), logs(), st.data())
def test_a_valid_signed_copy_never_lowers_an_indicator(records, written, data):
    """A copy with every party's signature inside the window adds at most one, and takes nothing away."""
    before = report(records, written)
    name = data.draw(st.sampled_from([each.id for each in records.agreements if not each.is_slot]))
    parties = [party.id for party in records.parties_of(records.agreement_by_id[name])]
    if parties:
        written.sign(name, "one more copy", **{party: data.draw(inside).isoformat() for party in parties})
    if not any(
        isinstance(each.event, log.Registered) and each.event.reference == written.reference(name)
        for each in written.entries
    ):
        written.register(name)
    after = report(records, written)
    for old, new in zip(before.figures, after.figures, strict=True):
        assert old.counted <= new.counted <= old.counted + 1
        assert new.counted_ids[: old.counted] == old.counted_ids


@LIGHT
@given(portfolios(), logs(), st.sampled_from(HOLDABLE), inside, st.sampled_from(["minutes", "attendance-list"]))
def test_a_valid_proof_never_lowers_an_indicator(records, written, subject, on, proof):
    """What is held with evidence inside the window takes nothing away."""
    before = report(records, written)
    written.hold(subject, on.isoformat(), proof, "one more file", sectors=("paper",), organisations=("gamma",))
    after = report(records, written)
    for old, new in zip(before.figures, after.figures, strict=True):
        assert old.counted <= new.counted


@LIGHT
@given(st.dates(date(2020, 1, 1), date(2024, 1, 1)), st.booleans(), st.integers(-40, 40))
def test_overdue_exactly_from_the_day_after_the_last_expected_day(day, month_only, shift):
    """Until Expected.last_day nothing is overdue, from the next day on it is."""
    expected = Expected(day.year, day.month, 0 if month_only else day.day)
    records = portfolio(replace(agreement("A-1"), expected=expected))
    as_of = expected.last_day + timedelta(days=shift)
    assert row(report(records, as_of=as_of), "A-1").overdue == (shift > 0)


@LIGHT
@given(portfolios(), logs(), days)
def test_everything_can_be_told(records, written, as_of):
    """Every row, figure and file has an explanation, every table its shape, and asking twice gives the same."""
    found = report(records, written, as_of)
    view = written.view()
    rows = (*found.agreements, *found.held, *found.figures, *found.timeline)
    for name in {each.id for each in rows} | set(view.evidence) | set(view.by_reference):
        assert explain(found, records, view, name).lines
    for table in (by_indicator, by_partner, by_mission, by_class, by_timeline):
        shown = table(found, records)
        assert all(len(each) == len(shown.columns) for each in shown.rows)
    assert status_json(found) == status_json(report(records, written, as_of))


@LIGHT
@given(portfolios(), logs(), days)
def test_nothing_counts_without_its_evidence(records, written, as_of):
    """Where every file is gone, every indicator is at nought."""
    found = status_report(records, written.view(), as_of=as_of, evidence_whole=lambda _: False)
    assert {figure.counted for figure in found.figures} == {0}
    assert {each.state for each in found.timeline} <= {"due", "late"}


@st.composite
def signed_projects(draw: st.DrawFn) -> tuple[Portfolio, Log]:
    """Return a project and a log in which, besides all that may have happened, some agreements were signed by all."""
    records, written = draw(portfolios()), draw(logs())
    numbered = {each.event.reference for each in written.entries if isinstance(each.event, log.Registered)}
    for each in records.agreements:
        if not each.is_slot and written.reference(each.id) not in numbered and draw(st.booleans()):
            parties = dict.fromkeys(party.id for party in records.parties_of(each))
            written.sign(each.id, f"{each.id}-by-all", **{party: draw(inside).isoformat() for party in parties})
            written.register(each.id)
    return records, written


@LIGHT
@given(signed_projects(), st.just(END) | days, st.lists(st.integers(1, 6), min_size=8, max_size=8))
def test_expiry_never_changes_a_figure(signed, as_of, months):
    """With a term in every agreement all figures are what they are without; only a status may say that it is over."""
    records, written = signed
    lasting = tuple(
        replace(each, terms=Terms(duration_months=term)) for each, term in zip(records.agreements, months, strict=False)
    )
    before, after = (report(each, written, as_of) for each in (records, replace(records, agreements=lasting)))
    assert before.figures == after.figures
    for old, new in zip(before.agreements, after.agreements, strict=True):
        assert old.counted_in == new.counted_in
        assert new.status in {old.status, "expired"}
    for table in (by_indicator, by_partner, by_mission, by_class, by_timeline):
        assert table(before, records).rows == table(after, records).rows


@LIGHT
@given(signed_projects(), st.just(END) | days)
def test_credits_never_exceed_what_the_project_counts(signed, as_of):
    """First and shared: all partners together are credited with what counts and has a partner; each: at least that."""
    records, written = signed
    found = report(records, written, as_of)
    rows = [*found.agreements, *found.held]
    for kpi in records.indicators:
        owned = sum(bool(each.responsible) for each in rows if kpi.id in each.counted_in)
        for rule in ("each", "first", "shared"):
            judged = replace(kpi, rule=replace(kpi.rule, credit=rule))
            given_out = sum(credited(judged, partner.id, rows) for partner in records.partners)
            assert given_out >= owned if rule == "each" else given_out == owned
