"""`draft`: a numbered Word draft per named agreement, and the sheets of what is missing.

Order: read disk and register → plan → render → append one segment → write the files. The segment names each file's
digest, and the same input gives the same bytes, so a run that was killed in between is completed by the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from elca_docs.context import missing_fields
from elca_docs.durable import sha256_of
from elca_docs.errors import DocsError, Location, Problem, TemplateError
from elca_docs.exchange import missing_workbook
from elca_docs.model.log_events import Drafted, LogEvent
from elca_docs.model.missing import MissingField
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import RegisterView
from elca_docs.planning import Choice, DraftPlan, DraftStep, Filters, chosen, plan_drafts
from elca_docs.rendering import CompiledTemplate, compile_template
from elca_docs.workflows.desk import Desk, announced
from elca_docs.workflows.drafted import Drafting, lines_of, once_per_folder, undrafted
from elca_docs.workflows.naming import agreement_of, class_of, mission_of, partner_of
from elca_docs.workflows.summary import Summary


def draft(  # noqa: PLR0913 - one argument per flag
    desk: Desk,
    *,
    only: Sequence[str] = (),
    partner: str = "",
    mission: str = "",
    class_: str = "",
    language: str = "",
    replace: Sequence[str] = (),
    dry_run: bool = False,
) -> Summary:
    """Make the drafts asked for and say what was made, left alone, and why."""
    portfolio, view = desk.portfolio, desk.register.view()
    wanted = [agreement_of(portfolio, view, each).id for each in (*only, *replace)]
    filters = Filters(
        only=frozenset(wanted),
        partner=partner_of(portfolio, partner),
        mission=mission_of(portfolio, mission),
        class_=class_of(portfolio, class_),
    )
    replaced = frozenset(agreement_of(portfolio, view, each).id for each in replace)
    done = make_drafts(desk, filters, language=language, replace=replaced, dry_run=dry_run)
    over = [f"{each} has ended: it is not drafted any more" for each in wanted if view.history(each).ended]
    return Summary(lines=(*over, *lines_of(done, dry_run=dry_run)), problems=done.problems)


def make_drafts(
    desk: Desk,
    filters: Filters,
    *,
    language: str = "",
    replace: frozenset[str] = frozenset(),
    dry_run: bool = False,
) -> Drafting:
    """Plan, render, register and write; the sheets of missing data follow only when nothing was filtered out."""
    run = _Run(desk, filters, language, replace)
    if dry_run:
        run.decide(desk.register.view())
        return run.result(written=(), sheets={}, told=())
    desk.workspace.sweep()
    while True:
        appended = desk.register.append(run.decide)
        if appended.events or desk.register.view().position == appended.view.position:
            break  # nobody wrote between the look at the register and the look at the disk
    written = tuple(step.name for step in run.plan.to_render if run.write(step))
    run.tidy()
    sheets = run.write_sheets() if filters == Filters() and not undrafted(run.plan) else {}
    return run.result(written=written, sheets=sheets, told=tuple(announced(appended)))


class _Run:
    """One run of drafting: templates compiled once, documents rendered once per inputs."""

    def __init__(self, desk: Desk, filters: Filters, language: str, replace: frozenset[str]) -> None:
        self._desk = desk
        self._agreements = chosen(desk.portfolio, filters)
        self._replace = replace
        self._language = language
        self._problems: dict[Problem, None] = {}
        self._unwritten: list[Problem] = []
        self._broken: set[str] = set()
        self._templates = self._compiled()
        self._rendered: dict[str, bytes] = {}
        self._failed: set[tuple[str, str]] = set()
        self.plan = DraftPlan(steps=())

    def decide(self, view: RegisterView) -> list[LogEvent]:
        """Return the events that the drafts made now would leave; called again on a newer view after a lost race."""
        while True:
            disk = self._desk.workspace.digests("agreements", ".docx")
            self.plan = self._planned(view, disk)
            if all([self._rendered_well(step) for step in self.plan.to_render]):  # noqa: C419 - all failures in one go
                return [event for step in self.plan.to_render for event in self._events_of(step)]

    def write(self, step: DraftStep) -> bool:
        """Put one document in its place and return whether that was done; a file that a person changed stays.

        A file that cannot be written, open in Word for example, is one problem; the next run writes it.
        """
        workspace, data = self._desk.workspace, self._rendered[step.inputs]
        wrote = False
        with self._noting_trouble():
            if step.aside:
                workspace.set_aside(step.name, step.aside)
            if step.found and not step.aside:
                wrote = workspace.exchange(step.name, data, expected=step.found)
            else:
                wrote = workspace.create(step.name, data)
        return wrote

    def tidy(self) -> None:
        """Remove what earlier names of drafts left behind, unchanged by anybody."""
        for name, digest in (each for step in self.plan.steps for each in step.stale):
            with self._noting_trouble():
                self._desk.workspace.discard(name, expected=digest)

    def write_sheets(self) -> Mapping[str, str]:
        """Write one sheet per partner that has something to fill; return the names written, as in `Drafting`."""
        portfolio, workspace = self._desk.portfolio, self._desk.workspace
        labels = {
            step.agreement: f"{step.reference} {_counterparts(portfolio, step.agreement)}" for step in self.plan.steps
        }
        written: dict[str, str] = {}
        wanting = self.missing()
        for owner, rows in wanting.items():
            name = f"missing/{owner}.xlsx"
            with self._noting_trouble():
                data = missing_workbook(
                    partner_name=portfolio.partner_by_id[owner].name,
                    project_acronym=portfolio.project.acronym,
                    rows=rows,
                    agreement_labels=labels,
                )
                renewed = workspace.renew(name, data)
                if renewed.written:
                    written[name] = renewed.aside
        for partner in portfolio.partners:
            if partner.id not in wanting:
                with self._noting_trouble():
                    workspace.retire(f"missing/{partner.id}.xlsx")
        return written

    def missing(self) -> Mapping[str, tuple[MissingField, ...]]:
        """Return what is missing in the agreements of this run, by the partner to ask."""
        contexts = {step.agreement: step.context for step in self.plan.steps if step.context}
        return missing_fields(self._desk.portfolio, contexts)

    def result(self, *, written: tuple[str, ...], sheets: Mapping[str, str], told: tuple[str, ...]) -> Drafting:
        """Return what this run did."""
        problems = {**self._problems, **self._untemplated(), **dict.fromkeys(once_per_folder(self._unwritten))}
        return Drafting(
            plan=self.plan,
            written=written,
            sheets=sheets,
            problems=tuple(sorted(problems, key=lambda problem: problem.order)),
            announced=told,
            missing={owner: len(rows) for owner, rows in self.missing().items()},
        )

    @contextmanager
    def _noting_trouble(self) -> Iterator[None]:
        """Keep what goes wrong with one file as a problem of the run; the others go on."""
        try:
            yield
        except DocsError as error:
            self._unwritten += error.problems

    def _untemplated(self) -> dict[Problem, None]:
        """Return one problem for each template that is wanted and not there; a broken one is named already."""
        wanted = sorted({step.template for step in self.plan.steps if step.action == "no template"})
        return dict.fromkeys(_no_template(name, language) for name, language in wanted if name not in self._broken)

    def _planned(self, view: RegisterView, disk: dict[str, str]) -> DraftPlan:
        choice = Choice(
            templates={key: each.sha256 for key, each in self._templates.items()},
            as_of=self._desk.drafted_as_of,
            language=self._language,
            replace=self._replace,
            failed=frozenset(self._failed),
        )
        return plan_drafts(self._desk.portfolio, view, self._agreements, disk, choice)

    def _rendered_well(self, step: DraftStep) -> bool:
        """Render a document once; False where it fails, which is then known by name and costs no number."""
        if step.inputs in self._rendered or step.context is None:
            return True
        try:
            self._rendered[step.inputs] = self._templates[step.template].render(step.context.values, mode="draft")
        except TemplateError as error:
            self._problems |= dict.fromkeys(error.problems)
            self._failed.add((step.agreement, step.language))
            return False
        return True

    def _events_of(self, step: DraftStep) -> Iterator[LogEvent]:
        file = sha256_of(self._rendered[step.inputs])
        if step.referenced:
            yield step.referenced
        if step.action != "restore" or step.last is None or step.last.file != file:
            yield Drafted(
                reference=step.reference,
                version=step.version,
                template=self._templates[step.template].sha256,
                inputs=step.inputs,
                file=file,
                name=step.name,
                language=step.language,
                missing=len(step.context.missing) if step.context else 0,
            )

    def _compiled(self) -> dict[tuple[str, str], CompiledTemplate]:
        """Compile the templates that the classes asked for name; the others are not opened."""
        wanted = {self._desk.portfolio.class_by_id[each.class_].template for each in self._agreements}
        compiled: dict[tuple[str, str], CompiledTemplate] = {}
        for key, (name, data) in self._desk.workspace.agreement_templates().items():
            if key[0] not in wanted:
                continue
            try:
                compiled[key] = compile_template(data, name=name)
            except TemplateError as error:
                self._problems |= dict.fromkeys(error.problems)
                self._broken.add(key[0])
        return compiled


def _no_template(name: str, language: str) -> Problem:
    path = f"templates/agreements/{name}.{language}.docx"
    message = f"there is no template '{name}' in language '{language}'"
    fix = (
        f"put it there as {name}.{language}.docx ({name}.docx serves the project's own language), or change the record"
    )
    return Problem("template-missing", message, Location(path), fix)


def _counterparts(portfolio: Portfolio, agreement: str) -> str:
    found = portfolio.agreement_by_id[agreement].counterparts
    return ", ".join(portfolio.organisation_by_id[each].label for each in found)
