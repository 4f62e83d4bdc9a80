"""A plan from cover to last table, as blocks in order: what the records alone say.

Narratives are taken as their authors wrote them; everything in them that cannot be printed is reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from elca_docs.context.words import Words
from elca_docs.model.blocks import Block
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.portfolio import Portfolio
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
    images: Mapping[tuple[str, str], bytes] | None = None,
) -> tuple[Block, ...]:
    """Return a deliverable of the plan: cover, document history, abbreviations, contents, sections.

    Funding line and disclaimer are those valid on the day of submission, or on `as_of` where there is none yet.
    The cover prints `position` and `head` of the register, so that a log that was cut or rewritten later shows.
    `images` are the pictures that narratives show, by (deliverable id, file name).
    RecordsError lists every narrative that is missing, every table that only a report can fill, and everything in
    narratives that cannot be printed.
    """
    scene = Scene(portfolio, Words(str(deliverable.language or portfolio.project.language)))
    day = deliverable.cover.submitted_on or as_of
    sections = section_blocks(scene, deliverable, Sources(images=images_for(deliverable, images or {})))
    cover = cover_blocks(scene, deliverable, day, register_row(scene, position, head))
    return (*cover, *front_blocks(scene, deliverable), *sections)


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
