"""A plan from cover to last table, as blocks in order: what the records alone say.

Narratives are taken as their authors wrote them; everything in them that cannot be printed is reported at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from elca_docs.context.words import Words
from elca_docs.model.blocks import Block, Paragraph, line
from elca_docs.model.deliverables import Deliverable, Edition
from elca_docs.model.portfolio import Portfolio
from elca_docs.reporting.account import withheld_from
from elca_docs.reporting.front import Rows, cover_blocks, front_blocks
from elca_docs.reporting.narrative_lines import Sources
from elca_docs.reporting.scene import Scene
from elca_docs.reporting.sections import section_blocks

_HEAD: Final = 12
"""Letters of the register's head that are printed."""


def plan_blocks(  # noqa: PLR0913 - what a plan is made of
    portfolio: Portfolio,
    deliverable: Deliverable,
    *,
    as_of: date,
    position: int = 0,
    head: str = "",
    edition: Edition | None = None,
    images: Mapping[tuple[str, str], bytes] | None = None,
) -> tuple[Block, ...]:
    """Return a deliverable of the plan: cover, document history, abbreviations, contents, sections.

    `edition` is the deliverable's own where None; the public one does not name confidential agreements, and says how
    many they are.

    Funding line and disclaimer are those valid on the day of submission, or on `as_of` where there is none yet.
    The cover prints `position` and `head` of the register, so that a log that was cut or rewritten later shows.
    `images` are the pictures that narratives show, by (deliverable id, file name).
    RecordsError lists every narrative that is missing, every table that only a report can fill, and everything in
    narratives that cannot be printed.
    """
    shown = edition or deliverable.edition
    words = Words(str(deliverable.language or portfolio.project.language))
    scene = Scene(portfolio, words, withheld_from([portfolio], shown))
    day = deliverable.cover.submitted_on or as_of
    sections = section_blocks(scene, deliverable, Sources(images=images_for(deliverable, images or {})))
    more = (*edition_row(scene, shown), *register_row(scene, position, head))
    lost = lost_blocks(scene, agreements=_hidden(scene))
    return (*cover_blocks(scene, deliverable, day, more), *front_blocks(scene, deliverable), *lost, *sections)


def _hidden(scene: Scene) -> int:
    """Return how many agreements this edition does not name: each free place is one, as in a report."""
    taken = scene.portfolio.filled_slots
    hidden = (each for each in scene.portfolio.agreements if each.id in scene.withheld)
    return sum(max(0, each.slots - taken.get(each.id, 0)) if each.is_slot else 1 for each in hidden)


def edition_row(scene: Scene, edition: Edition) -> Rows:
    """Return the row of the control block that says for which readers a deliverable is."""
    return ((scene.say("edition"), scene.say(f"edition_{edition}")),)


def lost_blocks(scene: Scene, *, agreements: int, annexes: int = 0) -> Iterator[Block]:
    """Yield how much an edition leaves out, so that nobody takes it for the whole; nothing where it is whole."""
    counts = (("lost_agreements", agreements), ("lost_annexes", annexes))
    said = [scene.say(phrase, count=count) for phrase, count in counts if count]
    if said:
        yield Paragraph(spans=line(f"{scene.say('lost')}: {' '.join(said)}"), style="note")


def register_row(scene: Scene, position: int, head: str) -> Rows:
    """Return the row of the control block that says up to where the register was read; none while it is empty."""
    at = scene.say("register_at", position=position, head=head[:_HEAD]) if position else ""
    return ((scene.say("register"), at),) if at else ()


def images_for(deliverable: Deliverable, images: Mapping[tuple[str, str], bytes]) -> dict[str, bytes]:
    """Return the pictures of one deliverable by file name."""
    return {name: data for (owner, name), data in images.items() if owner == deliverable.id}


def subject_of(portfolio: Portfolio, deliverable: Deliverable) -> str:
    """Return what stands in the header beside the title: acronym, grant number and the deliverable's number."""
    return f"{portfolio.project.acronym} · {portfolio.project.grant_number} · {deliverable.id}"
