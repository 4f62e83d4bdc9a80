"""The tasks of elca_docs: a table of contents. Each reads its flags, runs one workflow, and prints what it answers."""

from __future__ import annotations

import sys
from functools import partial

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task as invoke_task

from elca_docs.workflows.console import answering, form_of, say

task = partial(invoke_task, auto_shortflags=False)  # one spelling per flag: -h must never mean --held

ROOT = {"root": "the project folder (default: this one)"}
AS_OF = {"as-of": "the day to look at, YYYY-MM-DD (default: today, or the project's end if that is earlier)"}
FORMAT = {"format": "table, or json for another program"}
DRY = {"dry-run": "only say what would be written"}


@task(help=ROOT | AS_OF)
def build(_: Context, root: str = ".", as_of: str = "") -> None:
    """Make everything: drafts, sheets of missing data, deliverables, and the table of where you stand. Start here."""
    with answering():
        from elca_docs.workflows.building import build as run
        from elca_docs.workflows.desk import open_desk

        say(run(open_desk(root, as_of=as_of)))


@task(
    help=ROOT | {"format": "table, or json for another program", "strict": "findings fail the check too (exit code 1)"}
)
def check(_: Context, root: str = ".", format: str = "table", strict: bool = False) -> None:
    """Read all records and say what is wrong (problems) and what is odd (findings), each with its place and a fix."""
    with answering():
        from elca_docs.workflows.checking import check as run

        say(run(root, strict=strict), form=form_of(format, "table", "json"))


@task(
    positional=[],
    iterable=["only", "replace"],
    help=ROOT
    | DRY
    | {
        "only": "record id or reference; may be repeated",
        "partner": "only agreements this partner is responsible for",
        "mission": "only agreements of this mission",
        "class": "only agreements of this class",
        "language": "also in this language (es takes cooperation.es.docx)",
        "replace": "record id or reference whose draft was edited by hand: move it aside, draft anew; may be repeated",
    },
)
def draft(
    _: Context,
    only: list[str],
    replace: list[str],
    partner: str = "",
    mission: str = "",
    class_: str = "",
    language: str = "",
    dry_run: bool = False,
    root: str = ".",
) -> None:
    """Make a numbered Word draft per named agreement; drafts you edited are never overwritten."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.drafting import draft as run

        chosen = {"partner": partner, "mission": mission, "class_": class_, "language": language}
        say(run(open_desk(root), only=only, replace=replace, dry_run=dry_run, **chosen))


@task(
    positional=[],
    iterable=["signed_by", "file", "organisation", "sector"],
    help=ROOT
    | DRY
    | {
        "ref": "reference (or record id) of the agreement",
        "for": "id of the event, contact, duty or activity that took place",
        "file": "the PDF; for an event it may be repeated",
        "signed-by": "PARTY=YYYY-MM-DD, once for each party whose signature is in the file",
        "held": "day on which it took place, YYYY-MM-DD (with --for)",
        "proof": "kind of proof, such as attendance-list or minutes (with --for)",
        "organisation": "organisation that took part; may be repeated (with --for)",
        "sector": "sector that was involved; may be repeated (with --for)",
        "by": "id of the person who looked at the file and confirms it",
        "method": "how it was signed: wet, simple, advanced, qualified or seal",
        "origin": "ours, or external for a text on their paper or from before this tool",
    },
)
def register(
    _: Context,
    signed_by: list[str],
    file: list[str],
    organisation: list[str],
    sector: list[str],
    ref: str = "",
    for_: str = "",
    held: str = "",
    proof: str = "",
    by: str = "",
    method: str = "",
    origin: str = "ours",
    dry_run: bool = False,
    root: str = ".",
) -> None:
    """File a signed agreement (--ref), or the proof of an event, contact or duty (--for), so that it counts."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.registering import register as run

        said = {"ref": ref, "method": method, "origin": origin, "subject": for_, "held": held, "proof": proof, "by": by}
        taking_part = partial(run, organisations=organisation, sectors=sector)
        say(taking_part(open_desk(root, actor=by), files=file, signed_by=signed_by, dry_run=dry_run, **said))


@task(
    positional=["kind"],
    help=ROOT
    | DRY
    | {
        "kind": "contacted, negotiating, ended or corrected",
        "ref": "reference or record id of the agreement",
        "on": "day, YYYY-MM-DD (default: today)",
        "note": "what to remember (contacted, negotiating)",
        "exit": "declined, withdrawn, replaced, expired or void (ended)",
        "reason": "why (ended, corrected)",
        "entry": "address of the entry to undo, as `invoke register.log` shows it (corrected)",
        "by": "id of the person who says so",
    },
)
def record(
    _: Context,
    kind: str,
    ref: str = "",
    on: str = "",
    note: str = "",
    exit: str = "",
    reason: str = "",
    entry: str = "",
    by: str = "",
    dry_run: bool = False,
    root: str = ".",
) -> None:
    """Write down what happened without a file: contacted, negotiating, ended, or an earlier entry corrected."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.recording import record as run

        said = {"kind": kind, "ref": ref, "on": on, "note": note, "exit_": exit, "reason": reason, "entry": entry}
        say(run(open_desk(root, actor=by), dry_run=dry_run, **said))


@task(
    help=ROOT
    | AS_OF
    | {
        "by": "indicator, agreement, partner, mission, class or timeline",
        "why": "explain an id, reference, register number, indicator or file digest",
        "format": "table, json or csv",
    }
)
def status(
    _: Context,
    by: str = "indicator",
    why: str = "",
    as_of: str = "",
    format: str = "table",
    root: str = ".",
) -> None:
    """Say where every indicator stands, what is pending and overdue, and why something counts or does not."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.reviewing import status as run

        form = form_of(format, "table", "json", "csv")
        say(run(open_desk(root, as_of=as_of), by=by, why=why, form=form), form=form)


@task(positional=["deliverable"], help=ROOT | AS_OF | {"deliverable": "its number, such as D3.1"})
def compile(_: Context, deliverable: str, root: str = ".", as_of: str = "") -> None:  # noqa: A001 - the task's name
    """Compile a deliverable from the records into a Word document below output/deliverables/."""
    with answering():
        from elca_docs.workflows.compiling import compile_deliverable as run
        from elca_docs.workflows.desk import open_desk

        say(run(open_desk(root, as_of=as_of), deliverable))


@task()
def demo(_: Context) -> None:
    """Play the whole road through with a made-up consortium in output/demo/; your own records are not touched."""
    with answering():
        from elca_docs.workflows.demonstrating import demo as run

        say(run())


@task(help=ROOT | FORMAT)
def log(_: Context, root: str = ".", format: str = "table") -> None:
    """Show the register's log, one line per entry, with the address that `record corrected --entry` takes."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.reviewing import log as run

        say(run(open_desk(root)), form=form_of(format, "table", "json"))


@task(help={"all": "also the slow sweeps"})
def test(c: Context, all: bool = False) -> None:
    """Run the tests of the program itself, with branch coverage; --all adds the slow sweeps."""
    chosen = "" if all else '-m "not slow" '
    c.run(f'"{sys.executable}" -m pytest -n 2 -q {chosen}--cov --cov-report=term:skip-covered --cov-fail-under=90')


@task()
def lint(c: Context) -> None:
    """Check style, types, the direction of imports, and the dependencies."""
    for command in ("ruff check", "ruff format --check", "mypy", "lint-imports", "deptry ."):
        c.run(command)


namespace = Collection(build, check, draft, record, status, compile, demo, test)
registering = Collection("register", log)
registering.add_task(register, default=True)
namespace.add_collection(registering)
namespace.add_collection(Collection("dev", test, lint))
