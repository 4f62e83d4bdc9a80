"""The sections of a deliverable: heading, narrative, charts, tables, each with a name that a text can refer to.

Every problem of every section is told at once. What fills a table or a chart is decided elsewhere.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from elca_docs.errors import Location, Problem, RecordsError
from elca_docs.model.blocks import Block, Chart, Heading, Image, Table
from elca_docs.model.deliverables import ChartSpec, Deliverable, Section, TableSpec
from elca_docs.reporting.narrative import narrative_blocks
from elca_docs.reporting.narrative_lines import Sources, shown
from elca_docs.reporting.scene import Scene, folded
from elca_docs.reporting.tables import PLAN_TABLES, table_of

_LONGEST = 40
"""Letters of a name made from a heading or caption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBuilders:
    """What fills the tables and charts that say where the project stands."""

    table: Callable[[TableSpec], Iterable[Block]]
    chart: Callable[[ChartSpec], Block]


def section_blocks(
    scene: Scene, deliverable: Deliverable, sources: Sources, report: ReportBuilders | None = None
) -> tuple[Block, ...]:
    """Return all sections of a deliverable in order; RecordsError lists everything that stands in the way.

    Without `report` there is only the plan: a table or chart that needs more is a problem.
    """
    sections = _Sections(scene=scene, deliverable=deliverable, sources=sources, report=report)
    blocks = tuple(block for index, section in enumerate(deliverable.sections) for block in sections.of(index, section))
    problems = (*sections.problems, *sections.unresolved())
    if problems:
        raise RecordsError(problems)
    return blocks


@dataclass(slots=True, kw_only=True)
class _Sections:
    """The state while sections are built; never leaves this module."""

    scene: Scene
    deliverable: Deliverable
    sources: Sources
    report: ReportBuilders | None
    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[str, Location]] = field(default_factory=list)
    anchors: dict[str, None] = field(default_factory=dict)

    def of(self, index: int, section: Section) -> Iterator[Block]:
        """Yield the blocks of one section."""
        anchor = section.anchor or _name("section", section.heading)
        yield Heading(text=section.heading, level=section.level, anchor=self._free(anchor))
        yield from map(self._anchored, self._narrative(section))
        place = ("deliverables", str(self.deliverable.id), "sections", str(index))
        for number, chart in enumerate(section.charts):
            if self.report:
                yield self._anchored(self.report.chart(chart), chart.anchor or f"chart-{chart.of}")
            else:
                self._needs_report("chart", chart.of, (*place, "charts", str(number)))
        for number, spec in enumerate(section.tables):
            if self.report:
                blocks: Iterable[Block] = self.report.table(spec)
            elif spec.of in PLAN_TABLES:
                blocks = (table_of(self.scene, spec),)
            else:
                blocks = ()
                self._needs_report("table", spec.of, (*place, "tables", str(number)))
            yield from (self._anchored(each, spec.anchor or spec.of) for each in blocks)

    def unresolved(self) -> Iterator[Problem]:
        """Yield a problem for each reference to what is not there."""
        for anchor, at in self.references:
            if anchor not in self.anchors:
                near = difflib.get_close_matches(anchor, self.anchors, n=1)
                fix = (
                    f"did you mean '#{near[0]}'?" if near else shown(f"there are: {', '.join(self.anchors) or 'none'}")
                )
                message = f"the text refers to '#{shown(anchor)}', and {self.deliverable.id} has nothing of that name"
                yield Problem("narrative-reference-unknown", message, at, fix)

    def _narrative(self, section: Section) -> tuple[Block, ...]:
        if not section.narrative:
            return ()
        deliverable = str(self.deliverable.id)
        text = self.scene.portfolio.narratives.get((deliverable, section.narrative))
        if text is None:
            self.problems.append(self._missing(section))
            return ()
        path = f"records/deliverables/{deliverable}/{section.narrative}"
        written = narrative_blocks(text, path=path, level=section.level, sources=self.sources)
        self.problems += written.problems
        self.references += written.references
        return written.blocks

    def _anchored(self, block: Block, wanted: str = "") -> Block:
        """Return a block that has a number with a name of its own; the words of what it says where none is wanted."""
        match block:
            case Heading(numbered=True):
                return replace(block, anchor=self._free(block.anchor or _name("section", block.text)))
            case Table(caption=str(caption)) if caption:
                return replace(block, anchor=self._free(block.anchor or wanted or _name("table", caption)))
            case Image(caption=str(caption)) if caption:
                return replace(block, anchor=self._free(block.anchor or _name("image", caption)))
            case Chart():
                return replace(block, anchor=self._free(wanted))
            case _:
                return block

    def _free(self, wanted: str) -> str:
        """Return the name, or with a count behind it where it is taken: two tables of agreements are two names."""
        count, name = 1, wanted
        while name in self.anchors:
            count += 1
            name = f"{wanted}-{count}"
        self.anchors[name] = None
        return name

    def _missing(self, section: Section) -> Problem:
        identifier = str(self.deliverable.id)
        return Problem(
            "narrative-missing",
            f"section '{section.heading}' of {identifier} wants the text '{section.narrative}', which is not there",
            self.scene.portfolio.place("deliverables", identifier),
            f"write deliverables/{identifier}/{section.narrative}, or take the narrative out of the section",
        )

    def _needs_report(self, what: str, name: str, place: tuple[str, ...]) -> None:
        message = f"{self.deliverable.id} is a plan, and the {what} '{name}' says where the project stands"
        at = self.scene.portfolio.place(*place)
        self.problems.append(Problem("report-needed", message, at, "write 'kind: progress', or take it out"))


def _name(kind: str, text: str) -> str:
    """Return the name that the words of a heading or caption make: section-next-steps."""
    return "-".join((kind, *folded(text)))[:_LONGEST].rstrip("-")
