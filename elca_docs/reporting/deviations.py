"""Where a report departs from the plan of its baseline: gone, ended, replaced, moved, late, new.

Decisions held here and nowhere else:
- Agreements, contacts, events, duties and activities of the timeline are compared by id; free places by the record that
  has them, since a place loses its own id when it is taken.
- One row for each difference of a record: an agreement that moved and has another counterpart has two.
- A justification is owed where something is gone, ended, replaced, later, fewer, undated or with somebody else. What is
  new, earlier, more, dated or named needs none.

May not read the register: both plans come as status reports, the baseline's as if nothing had ever happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from elca_docs.model.blocks import Block, Column, Paragraph, line
from elca_docs.model.deliverables import TableSpec
from elca_docs.model.figures import AgreementStatus, HeldStatus, StatusReport
from elca_docs.model.project import project_month
from elca_docs.model.rows import over, record_of
from elca_docs.model.values import Expected
from elca_docs.reporting.account import Account, headed
from elca_docs.reporting.scene import natural, plain, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One difference between the plan of then and the state of now."""

    id: str
    what: str
    change: str
    before: str = ""
    after: str = ""
    owed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """One planned thing as both plans show it."""

    id: str
    what: str
    partner: str
    """Whom it is with, for comparison."""
    expected: Expected | None
    done_on: date | None
    exit: str = ""


def deviations_of(account: Account) -> tuple[Deviation, ...]:
    """Return every difference from the baseline, by id; none where the report has no baseline."""
    if account.planned is None:
        return ()
    before, after = _things(account, account.planned), _things(account, account.status)
    found = [
        *_targets(account, account.planned),
        *(each for identifier, thing in before.items() for each in _of(account, thing, after.get(identifier))),
        *(_new(account, thing) for identifier, thing in after.items() if identifier not in before and not thing.exit),
        *_places(account, account.planned),
    ]
    return tuple(sorted(found, key=lambda each: natural(each.id)))


def _things(account: Account, status: StatusReport) -> dict[str, _Planned]:
    """Return everything with a name that a plan holds, by id."""
    things = [_agreement(account, row) for row in status.agreements if row.status != "slot"]
    things += [_held(account, row) for row in status.held if not row.is_slot and row.kind not in {"sector", "activity"}]
    start = account.scene.portfolio.project.start
    things += [
        _Planned(id=each.id, what=each.what, partner="", expected=project_month(start, each.month), done_on=None)
        for each in status.timeline
    ]
    return {each.id: each for each in things}


def _agreement(account: Account, row: AgreementStatus) -> _Planned:
    what = account.called(row)
    exit_ = row.status if over(row) else ""
    partner = " ".join(sorted(row.counterparts))
    return _Planned(
        id=row.id, what=what, partner=partner, expected=row.expected, done_on=row.signed_on, exit=exit_
    )  # fmt: skip


def _held(account: Account, row: HeldStatus) -> _Planned:
    names = row.title or account.organisations(row) or row.kind.replace("-", " ")
    partner = " ".join(sorted(row.organisations)) if row.kind == "contact" else ""
    return _Planned(id=row.id, what=names, partner=partner, expected=row.expected, done_on=row.held_on)


def _of(account: Account, before: _Planned, after: _Planned | None) -> Iterator[Deviation]:
    """Yield the differences of one thing that the baseline planned."""
    identifier, then = before.id, account.expected(before.expected)
    heir = next((str(each.id) for each in account.scene.portfolio.agreements if each.replaces == identifier), "")
    if heir and (after is None or after.exit):
        change = account.say("change_replaced", id=heir)
        yield Deviation(id=identifier, what=before.what, change=change, before=then, owed=True)
    elif after is None:
        yield Deviation(id=identifier, what=before.what, change=account.say("change_gone"), before=then, owed=True)
    elif after.exit:
        change = account.say("change_ended", status=account.say(f"status_{after.exit}"))
        yield Deviation(id=identifier, what=after.what, change=change, before=then, owed=True)
    else:
        yield from _moved(account, before, after)


def _moved(account: Account, before: _Planned, after: _Planned) -> Iterator[Deviation]:
    """Yield what differs in a thing that is still planned: with whom, and when."""
    then, now = before.expected, after.expected
    if before.partner != after.partner:
        yield Deviation(
            id=before.id, what=after.what, change=account.say("change_other"),
            before=before.what, after=after.what, owed=True,
        )  # fmt: skip
    if then != now:
        change = "change_dated" if then is None else "change_moved" if now else "change_undated"
        yield Deviation(
            id=before.id, what=after.what, change=account.say(change), before=account.expected(then),
            after=account.expected(now), owed=then is not None and (now is None or now.last_day > then.last_day),
        )  # fmt: skip
    if then and after.done_on and after.done_on > then.last_day:
        yield Deviation(
            id=before.id, what=after.what, change=account.say("change_later"),
            before=account.expected(then), after=account.day(after.done_on), owed=True,
        )  # fmt: skip


def _new(account: Account, thing: _Planned) -> Deviation:
    record = account.scene.portfolio.agreement_by_id.get(thing.id)
    change = account.say("change_named" if record and record.fills else "change_new")
    return Deviation(id=thing.id, what=thing.what, change=change, after=account.expected(thing.expected))


def _targets(account: Account, planned: StatusReport) -> Iterator[Deviation]:
    """Yield the indicators whose target is another one, and those that are new."""
    now = {each.id: each for each in account.status.figures}
    known = {each.id for each in planned.figures}
    for each in account.status.figures:
        if each.id not in known:
            yield Deviation(id=each.id, what=each.title, change=account.say("change_new"), after=str(each.target))
    for each in planned.figures:
        after = now.get(each.id)
        if after is None or after.target != each.target:
            change = account.say("change_target" if after else "change_gone")
            yield Deviation(
                id=each.id, what=each.title, change=change, before=str(each.target),
                after=str(after.target) if after else "", owed=after is None or after.target < each.target,
            )  # fmt: skip


def _places(account: Account, planned: StatusReport) -> Iterator[Deviation]:
    """Yield the records that have more or fewer places than the baseline gave them, those taken since included."""
    then, now = _free(planned), _free(account.status)
    yield from _moved_places(account, planned)
    portfolio = account.scene.portfolio
    known = {*(row.id for row in planned.agreements), *(row.id for row in planned.held)}
    fills = {str(each.id): str(each.fills or "") for each in portfolio.agreements}
    fills |= {str(each.id): str(each.fills or "") for each in portfolio.events}
    taken = Counter(slot for identifier, slot in fills.items() if slot and identifier not in known)
    for record in sorted({*then, *now}, key=natural):
        before, after = then[record], now[record] + taken[record]
        if record in then and before != after:
            change = account.say("change_fewer" if after < before else "change_more")
            yield Deviation(
                id=record, what=account.say("planned_places", count=before), change=change,
                before=str(before), after=str(after), owed=after < before,
            )  # fmt: skip


def _moved_places(account: Account, planned: StatusReport) -> Iterator[Deviation]:
    """Yield the records whose free places are expected on another day than the baseline says."""
    dates = [{record_of(row.id): row.expected for row in _free_rows(status)} for status in (planned, account.status)]
    for record in sorted(dates[0].keys() & dates[1].keys(), key=natural):
        named = (_Planned(id=record, what=record, partner="", expected=each[record], done_on=None) for each in dates)
        yield from _moved(account, *named)


def _free_rows(status: StatusReport) -> Iterator[AgreementStatus | HeldStatus]:
    """Yield the places that nobody has taken."""
    yield from (row for row in status.agreements if row.status == "slot")
    yield from (row for row in status.held if row.is_slot)


def _free(status: StatusReport) -> Counter[str]:
    return Counter(record_of(row.id) for row in _free_rows(status))


def deviations_table(account: Account, spec: TableSpec) -> Iterator[Block]:
    """Yield the differences from the baseline, flagged where somebody owes a reason, and how many that are."""
    columns = (
        Column(heading=spec.first_column or account.say("what"), share=30),
        Column(heading=account.say("difference"), share=20),
        Column(heading=account.say("planned_date"), share=17),
        Column(heading=account.say("now"), share=17),
        Column(heading=account.say("justification"), share=28),
    )
    rows = [
        (
            headed(each.id, each.what),
            plain(each.change),
            plain(each.before),
            plain(each.after),
            account.justification(each.id, owed=each.owed),
        )
        for each in deviations_of(account)
    ]
    yield table(spec, columns, rows)
    if account.planned is None:
        yield Paragraph(spans=line(account.say("no_baseline")), style="note")
    if owed := sum(row[-1].flagged for row in rows):
        text = account.say("owed_one" if owed == 1 else "owed_many", count=owed)
        yield Paragraph(spans=line(text), style="flag")
