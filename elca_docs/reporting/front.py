"""What stands before the sections of a deliverable: cover, control block, document history, abbreviations, contents.

What is not known is said to be not stated: a cover shows its gaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from elca_docs.model.blocks import (
    Block,
    Column,
    Contents,
    Control,
    Heading,
    Line,
    ListOf,
    PageBreak,
    Paragraph,
    Table,
    line,
)
from elca_docs.model.deliverables import Deliverable
from elca_docs.model.project import DatedText, text_on
from elca_docs.reporting.scene import DASH, Scene, names, natural, plain, told

_PLACE = re.compile(r"\{(agency|programme|grant)\}")
Rows = tuple[tuple[str, str | Line], ...]


def cover_blocks(scene: Scene, deliverable: Deliverable, day: date, more: Rows) -> Iterator[Block]:
    """Yield the cover; `more` are rows at the end of its control block. Texts are those valid on the day."""
    project = scene.portfolio.project
    yield Paragraph(spans=line(f"{project.title} ({project.acronym})"), style="subtitle")
    yield Paragraph(spans=line(deliverable.title), style="title")
    package = deliverable.work_package
    subtitle = scene.say("subtitle_of", id=deliverable.id, work_package=package) if package else ""
    yield Paragraph(spans=line(subtitle or scene.say("subtitle", id=deliverable.id)), style="subtitle")
    yield Control(rows=(*_control(scene, deliverable), *more))
    for text in (_dated(scene, project.funding_statements, day), _dated(scene, project.disclaimers, day)):
        if text:
            yield Paragraph(spans=line(text), style="foot")
    yield PageBreak()


def _control(scene: Scene, deliverable: Deliverable) -> Iterator[tuple[str, str | Line]]:
    """Give the rows of the control block; what is not known is said, in italics, to be not stated."""
    project, cover = scene.portfolio.project, deliverable.cover
    package = next((each for each in project.work_packages if each.id == deliverable.work_package), None)
    lead = scene.portfolio.partner_by_id.get(cover.lead or "")
    period = f"{scene.words.day(project.start)} {DASH} {scene.words.day(project.end)}"
    values = {
        "project": project.title,
        "acronym": project.acronym,
        "grant": project.grant_number,
        "programme": _programme(project.programme, project.call),
        "period": f"{period} ({scene.say('months', count=project.duration_months)})",
        "work_package": f"{package.id} {DASH} {package.title}" if package and package.title else package and package.id,
        "deliverable": f"{deliverable.id} {DASH} {deliverable.title}",
        "type": cover.deliverable_type,
        "dissemination": cover.dissemination,
        "lead": f"{lead.id} {DASH} {lead.name}" if lead else "",
        "due": scene.month(cover.due_month) if cover.due_month else "",
        "submitted": scene.words.day(cover.submitted_on) if cover.submitted_on else "",
        "version": cover.version,
        "author": cover.author,
    }
    for label, value in values.items():
        yield scene.say(label), value or line(scene.say("not_stated"), italic=True)


def _programme(programme: str, call: str) -> str:
    """Return programme and call; the call alone where it names the programme."""
    return call if told(programme, call) else ", ".join(part for part in (programme, call) if part)


def _dated(scene: Scene, texts: tuple[DatedText, ...], day: date) -> str:
    """Return the text of the day in the document's language, its places filled; empty where none is valid.

    A place that the records cannot fill is said to be not stated, so that nobody overlooks it.
    """
    project = scene.portfolio.project
    agency = text_on(project.agencies, day)
    values = {
        "agency": _full_name(scene, agency) if agency else "",
        "programme": project.programme,
        "grant": project.grant_number,
    }

    def filled(match: re.Match[str]) -> str:
        return values[match[1]] or f"[{scene.say(match[1])}: {scene.say('not_stated')}]"

    found = text_on(texts, day)
    return _PLACE.sub(filled, _translated(scene, found)) if found else ""


def _translated(scene: Scene, text: DatedText) -> str:
    own = {str(language): translation for language, translation in text.translations.items()}
    return own.get(scene.words.language) or text.text


def _full_name(scene: Scene, agency: DatedText) -> str:
    """Return an agency's name with its short form behind it."""
    name = _translated(scene, agency)
    return f"{name} ({agency.short})" if agency.short and agency.short not in name else name


def front_blocks(scene: Scene, deliverable: Deliverable) -> Iterator[Block]:
    """Yield what stands between cover and sections: history and abbreviations, contents, and the lists asked for."""
    if deliverable.versions:
        headings = (("version", 12), ("on", 22), ("by", 22), ("change", 44))
        yield Heading(text=scene.say("history"), numbered=False)
        yield Table(
            caption="",
            columns=tuple(Column(heading=scene.say(heading), share=share) for heading, share in headings),
            rows=tuple(
                (
                    names(each.number),
                    plain(scene.words.day(each.on) if each.on else ""),
                    plain(each.by),
                    plain(each.change),
                )
                for each in deliverable.versions
            ),
        )
    if deliverable.abbreviations:
        yield Heading(text=scene.say("abbreviations"), numbered=False)
        yield Table(
            caption="",
            columns=(
                Column(heading=scene.say("abbreviation"), share=22),
                Column(heading=scene.say("meaning"), share=78),
            ),
            rows=tuple(
                (names(short), plain(long))
                for short, long in sorted(deliverable.abbreviations.items(), key=lambda pair: natural(pair[0]))
            ),
        )
    if deliverable.versions or deliverable.abbreviations:
        yield PageBreak()
    yield Contents(heading=scene.say("contents"))
    for what in deliverable.lists:
        yield ListOf(what=what, heading=scene.say(f"list_{what}"))
    yield PageBreak()
