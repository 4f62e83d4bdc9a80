"""Rules on who signs an agreement, on slots and what fills them, and on what replaces what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from elca_docs.errors import Problem
from elca_docs.model.plan import Agreement, Event
from elca_docs.records.gathered import Gathered

MOST_SLOTS = 1_000
_TWO = 2


def agreements_have_counterparts_or_slots(gathered: Gathered) -> Iterator[Problem]:
    """An agreement names its counterparts, or says how many places it stands for; never both, never neither."""
    for agreement in gathered.agreements:
        at = gathered.place("agreements", agreement.id)
        if agreement.is_slot and agreement.counterparts:
            message = f"agreement {agreement.id} has counterparts and slots"
            fix = "remove the slots; give the named agreement a record of its own that 'fills' the slot record"
            yield Problem("slot-with-counterparts", message, gathered.place("agreements", agreement.id, "slots"), fix)
        elif not agreement.is_slot and not agreement.counterparts:
            message = f"agreement {agreement.id} has neither counterparts nor slots"
            yield Problem("no-counterpart", message, at, "add 'counterparts: […]', or 'slots: 1' while nobody is known")


def agreements_have_enough_parties(gathered: Gathered) -> Iterator[Problem]:
    """Somebody is responsible for every agreement, and at least two sign it, of the kind that its class says."""
    classes = {each.id: each for each in gathered.project.classes} if gathered.project else {}
    for agreement in gathered.agreements:
        class_ = classes.get(agreement.class_)
        if not agreement.responsible:
            message = f"agreement {agreement.id} names nobody responsible"
            at = gathered.place("agreements", agreement.id, "responsible")
            yield Problem("too-few-parties", message, at, "name the partner that leads first: 'responsible: [ID]'")
        among_counterparts = class_ is not None and class_.parties == "counterparts"
        if among_counterparts and agreement.counterparts and len(agreement.counterparts) < _TWO:
            message = (
                f"agreement {agreement.id} ({agreement.class_}) is signed by its counterparts alone, and names one"
            )
            at = gathered.place("agreements", agreement.id, "counterparts")
            yield Problem("too-few-parties", message, at, "name both counterparts, or 'slots: 1' while one is unknown")


def nobody_stands_twice(gathered: Gathered) -> Iterator[Problem]:
    """No list of partners or organisations names the same one twice."""
    lists = [
        *(("agreements", each.id, "responsible", each.responsible) for each in gathered.agreements),
        *(("agreements", each.id, "counterparts", each.counterparts) for each in gathered.agreements),
        *(("contacts", each.id, "responsible", each.responsible) for each in gathered.contacts),
        *(("events", each.id, "responsible", each.responsible) for each in gathered.events),
        *(("events", each.id, "organisations", each.organisations) for each in gathered.events),
    ]
    for stem, identifier, key, names in lists:
        for name, count in Counter(names).items():
            if count > 1:
                message = f"{stem.removesuffix('s')} {identifier} names '{name}' {count} times in '{key}'"
                yield Problem("duplicate-party", message, gathered.place(stem, identifier, key), "name it once")


def commitments_are_by_parties(gathered: Gathered) -> Iterator[Problem]:
    """Only a party of an agreement, or a partner responsible for it, undertakes something in it."""
    for agreement in gathered.agreements:
        parties = {*agreement.responsible, *agreement.counterparts}
        for index, commitment in enumerate(agreement.commitments):
            if commitment.party not in parties:
                message = f"'{commitment.party}' undertakes something in agreement {agreement.id} and is no party of it"
                at = gathered.place("agreements", agreement.id, "commitments", str(index), "party")
                yield Problem("no-party", message, at, f"name one of {', '.join(sorted(parties))}")


def slots_are_a_sensible_number(gathered: Gathered) -> Iterator[Problem]:
    """A slot record stands for at most a thousand places."""
    for stem, records in (("agreements", gathered.agreements), ("events", gathered.events)):
        for each in records:
            if each.slots > MOST_SLOTS:
                message = f"{stem.removesuffix('s')} {each.id} has {each.slots:,} slots"
                at = gathered.place(stem, each.id, "slots")
                yield Problem("bad-value", message, at, f"write at most {MOST_SLOTS:,}")


def fillings_fit_their_slot(gathered: Gathered) -> Iterator[Problem]:
    """What fills a slot is of its class or kind, is no slot itself, and no slot has more fillings than places."""
    yield from _fillings("agreements", "class", [(each, each.class_) for each in gathered.agreements], gathered)
    yield from _fillings("events", "kind", [(each, each.kind) for each in gathered.events], gathered)


def _fillings(
    stem: str, sort: str, records: Sequence[tuple[Agreement | Event, str]], gathered: Gathered
) -> Iterator[Problem]:
    by_id = {record.id: (record, group) for record, group in records}
    taken: Counter[str] = Counter()
    one = stem.removesuffix("s")
    for record, group in records:
        if record.fills is None or record.fills not in by_id:
            continue
        at = gathered.place(stem, record.id, "fills")
        slot, wanted = by_id[record.fills]
        if not slot.is_slot or record.is_slot:
            message = f"{one} {record.id} fills {slot.id}, and {(record if record.is_slot else slot).id} " + (
                "is a slot record itself" if record.is_slot else "is no slot record"
            )
            yield Problem("fills-no-slot", message, at, "name the record that has 'slots', in a record that has none")
            continue
        if group != wanted:
            message = f"{one} {record.id} is of the {sort} {group} and fills {slot.id}, which is of the {sort} {wanted}"
            yield Problem("slot-of-other-class", message, at, f"fill a slot of the {sort} {group}")
        taken[slot.id] += 1
        if taken[slot.id] == slot.slots + 1:
            message = f"{slot.id} has {slot.slots} slots, and {one} {record.id} is one more"
            yield Problem("slot-overfilled", message, at, f"raise 'slots' of {slot.id}, or remove 'fills' here")


def replacements_end(gathered: Gathered) -> Iterator[Problem]:
    """No agreement replaces itself, directly or around a corner, and none is replaced by two."""
    replaced_by: dict[str, str] = {}
    successor: dict[str, str] = {}
    for agreement in gathered.agreements:
        if agreement.replaces is None:
            continue
        at = gathered.place("agreements", agreement.id, "replaces")
        first = replaced_by.setdefault(agreement.replaces, agreement.id)
        successor[agreement.id] = agreement.replaces
        if first != agreement.id:
            message = f"{agreement.replaces} is replaced by {first} and by {agreement.id}"
            yield Problem("replaced-twice", message, at, "let one of the two replace it")
    done: set[str] = set()
    for start in successor:
        seen: dict[str, None] = {}
        here = start
        while here in successor and here not in done and here not in seen:
            seen[here] = None
            here = successor[here]
        if here in seen:
            message = f"agreement {here} replaces itself" + (f", through {successor[here]}" if len(seen) > 1 else "")
            at = gathered.place("agreements", here, "replaces")
            yield Problem("replaces-itself", message, at, "name the earlier agreement, or remove 'replaces'")
        done.update(seen)
