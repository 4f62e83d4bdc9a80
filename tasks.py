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
    positional=[],
    iterable=["only"],
    help=ROOT
    | {
        "only": "only findings with this code; may be repeated",
        "format": "table, json for another program, or xlsx for output/findings.xlsx",
        "strict": "findings fail the check too (exit code 1)",
    },
)
def check(_: Context, only: list[str], root: str = ".", format: str = "table", strict: bool = False) -> None:
    """Read all records and say what is wrong (problems) and what is odd (findings), each with its place and a fix."""
    with answering():
        from elca_docs.workflows.checking import check as run

        form = form_of(format, "table", "json", "xlsx")
        say(run(root, strict=strict, only=only, form=form), form=form)


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
    help=ROOT
    | DRY
    | {
        "ref": "reference (or record id) of the agreement",
        "mission": "all agreements of this mission",
        "partner": "all agreements this partner is responsible for",
        "on": "day on which it goes out, YYYY-MM-DD (default: today)",
        "from": "a .docx with the negotiated text, in place of the draft",
        "pdf": "the same text exported as PDF from Word, where LibreOffice is not installed",
    }
)
def send(
    _: Context,
    ref: str = "",
    mission: str = "",
    partner: str = "",
    on: str = "",
    from_: str = "",
    pdf: str = "",
    dry_run: bool = False,
    root: str = ".",
) -> None:
    """Make the version that goes out for signature, stamped page by page; it is never changed afterwards."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.sending import Sending
        from elca_docs.workflows.sending import send as run

        sending = Sending(ref=ref, mission=mission, partner=partner, on=on, text=from_, pdf=pdf)
        say(run(open_desk(root), sending, dry_run=dry_run))


@task(
    positional=[],
    iterable=["signed_by"],
    help=ROOT
    | DRY
    | {
        "ref": "reference of the agreement whose signed copy waits (default: list what waits)",
        "signed-by": "PARTY=YYYY-MM-DD, once for each party whose signature you have seen",
        "by": "your id",
        "method": "how it was signed: wet, simple, advanced, qualified or seal",
        "file": "which file, by name or digest, where several of the agreement wait",
    },
)
def confirm(
    _: Context,
    signed_by: list[str],
    ref: str = "",
    by: str = "",
    method: str = "",
    file: str = "",
    dry_run: bool = False,
    root: str = ".",
) -> None:
    """List what waits for your eyes, with pictures of the pages; with --ref, confirm the signatures you have seen."""
    with answering():
        from elca_docs.workflows.confirming import confirm as run
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.signing import Signing

        seen = Signing(ref=ref, signed_by=tuple(signed_by), method=method, origin="ours", by=by)
        say(run(open_desk(root, actor=by), seen, file=file, dry_run=dry_run))


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
        "supersede": "reference of an agreement of which this copy takes the place of one registered before",
        "reason": "why (with --supersede)",
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
    supersede: str = "",
    reason: str = "",
    dry_run: bool = False,
    root: str = ".",
) -> None:
    """Open register/inbox/ and file what came back; or one signed copy (--ref), or the proof of an event (--for)."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.registering import register as run

        said = {"ref": ref, "method": method, "origin": origin, "subject": for_, "held": held, "proof": proof, "by": by}
        taking_part = partial(run, organisations=organisation, sectors=sector, supersede=supersede, reason=reason)
        say(taking_part(open_desk(root, actor=by), files=file, signed_by=signed_by, dry_run=dry_run, **said))


@task(
    positional=["kind"],
    help=ROOT
    | DRY
    | {
        "kind": "contacted, negotiating, ended, amended or corrected",
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
    """Write down what happened without a file: contacted, negotiating, ended, amended, or an entry corrected."""
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
        "partner": "one partner's page: what is theirs, open, missing, and next",
        "format": "table, json, csv, or xlsx for output/status.xlsx; docx with --partner: a page for a meeting, with "
        "--why: the record sheet",
    }
)
def status(
    _: Context,
    by: str = "indicator",
    why: str = "",
    partner: str = "",
    as_of: str = "",
    format: str = "table",
    root: str = ".",
) -> None:
    """Say where every indicator stands, what is pending and overdue, and why something counts or does not."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.reviewing import status as run

        form = form_of(format, "table", "json", "csv", "docx", "xlsx")
        say(run(open_desk(root, as_of=as_of), by=by, why=why, partner=partner, form=form), form=form)


@task(
    help=ROOT
    | FORMAT
    | {
        "read-data": "read every byte of every file, not only sizes",
        "head": "a head that was printed once (at least 8 characters): is it still in the chain?",
        "file": "is exactly this file ours, of which agreement, and where does that stand?",
    }
)
def verify(
    _: Context, read_data: bool = False, head: str = "", file: str = "", format: str = "table", root: str = "."
) -> None:
    """Check that nothing in the register was lost or changed; writes nothing. Exit code 0: whole, 1: it is not."""
    with answering():
        from elca_docs.workflows.verifying import verify as run

        form = form_of(format, "table", "json")
        say(run(root, read_data=read_data, head=head, file=file), form=form)


@task(
    help=ROOT
    | AS_OF
    | {
        "kpi": "only this indicator (default: all)",
        "redacted": "leave out what names persons, and all of confidential agreements but their digests",
    }
)
def pack(_: Context, kpi: str = "", redacted: bool = False, as_of: str = "", root: str = ".") -> None:
    """Make a zip for an auditor without this program: index, papers, digests, the log, and a way to check them."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.packing import pack as run

        say(run(open_desk(root, as_of=as_of), kpi=kpi, redacted=redacted))


@task(
    help=ROOT
    | AS_OF
    | {"days": "how many days to look ahead (default: 30)", "partner": "only the mail of this partner"}
)
def remind(_: Context, days: str = "30", partner: str = "", as_of: str = "", root: str = ".") -> None:
    """Write one ready mail per partner with what is due, overdue, waiting and missing, and the calendar; sends none."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.reminding import remind as run

        say(run(open_desk(root, as_of=as_of), partner=partner, days=days))


@task(
    positional=["name"],
    help=ROOT
    | DRY
    | {
        "name": "name of the cut, once and for good, such as P3 or 2022-02",
        "as-of": "the day of the figures, YYYY-MM-DD (default: today, or the project's end if that is earlier)",
        "by": "your id",
    },
)
def freeze(_: Context, name: str, as_of: str = "", by: str = "", dry_run: bool = False, root: str = ".") -> None:
    """Store a cut: records, templates and the place in the log, from which a report compiles again on any later day."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.freezing import freeze as run

        say(run(open_desk(root, as_of=as_of, actor=by), name, dry_run=dry_run))


@task(
    positional=["deliverable"],
    help=ROOT
    | AS_OF
    | FORMAT
    | {
        "deliverable": "its number, such as D3.1",
        "cut": "name of a cut: compile it as it was then, whatever was registered since",
        "against": "a cut, a deliverable or a day: write nothing, say what changed since",
        "edition": "public or confidential (default: what its record says)",
        "final": "refuse while anything in it is flagged as open",
    },
)
def compile(  # noqa: A001 - the task's name
    _: Context,
    deliverable: str,
    cut: str = "",
    against: str = "",
    as_of: str = "",
    edition: str = "",
    final: bool = False,
    format: str = "table",
    root: str = ".",
) -> None:
    """Compile a deliverable into a Word document below output/deliverables/, and with LibreOffice into a PDF."""
    with answering():
        from elca_docs.workflows.compiling import Compiling
        from elca_docs.workflows.compiling import compile_deliverable as run
        from elca_docs.workflows.desk import open_desk

        asked = Compiling(deliverable=deliverable, cut=cut, against=against, as_of=as_of, edition=edition, final=final)
        say(run(open_desk(root, as_of=as_of), asked), form=form_of(format, "table", "json"))


@task(help=ROOT | AS_OF)
def dashboard(_: Context, root: str = ".", as_of: str = "") -> None:
    """Make one page to open in a browser: indicators, agreements and their papers, partners, timeline, findings."""
    with answering():
        from elca_docs.workflows.dashboard import dashboard as run
        from elca_docs.workflows.desk import open_desk

        say(run(open_desk(root, as_of=as_of)))


@task(
    positional=[],
    iterable=["partner"],
    help={
        "folder": "the new folder to make it in",
        "acronym": "acronym of the project; it stands in references",
        "grant": "number of the grant agreement",
        "title": "full title",
        "start": "first day, YYYY-MM-DD",
        "months": "duration in months",
        "partner": "ID=Name of a partner, the coordinator first; repeat it for each",
        "indicators": "text file with a table from Word or Excel: id, title, target (tabs or semicolons)",
    },
)
def init(
    _: Context,
    partner: list[str],
    folder: str = "",
    acronym: str = "",
    grant: str = "",
    title: str = "",
    start: str = "",
    months: str = "",
    indicators: str = "",
) -> None:
    """Make a folder for a new consortium's project; asks for what the flags leave out."""
    with answering():
        from elca_docs.workflows.asking import terminal
        from elca_docs.workflows.initiating import Answers, initiate

        said = Answers(folder, acronym, grant, title, start, months, partner, indicators)
        say(initiate(said, ask=terminal()))


@task(help=ROOT)
def menu(_: Context, root: str = ".") -> None:
    """Offer the weekly tasks as a numbered list, for who never types a command."""
    with answering():
        from elca_docs.workflows.asking import terminal
        from elca_docs.workflows.menu import menu as run

        say(run(root, ask=terminal()))


@task()
def demo(_: Context) -> None:
    """Play the whole road through with a made-up consortium in output/demo/; your own records are not touched."""
    with answering():
        from elca_docs.workflows.demonstrating import demo as run

        say(run())


@task(help=ROOT | AS_OF | {"partner": "only this partner's workbook, or 'lead' (default: all)"})
def write(_: Context, partner: str = "", as_of: str = "", root: str = ".") -> None:
    """Write one workbook per partner and one for the lead to output/sheets/; filled-in ones are kept aside."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.sheeting import write as run

        say(run(open_desk(root, as_of=as_of), partner=partner))


@task(
    positional=["file"],
    help=ROOT
    | FORMAT
    | {
        "file": "the workbook that came back",
        "apply": "write what is listed into the records (without: only list it)",
        "by": "who made the changes, for the list (default: the partner of the workbook)",
    },
)
def read(_: Context, file: str, apply: bool = False, by: str = "", format: str = "table", root: str = ".") -> None:
    """List what a workbook that came back changes in the records; --apply writes it into the YAML files."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.sheeting import read as run

        say(run(open_desk(root), file=file, apply=apply, by=by), form=form_of(format, "table", "json"))


TEMPLATE = {"file": "the Word file: its path in the project, or anywhere"}


@task(name="check", help=ROOT | FORMAT | {"file": "the Word file (default: all in templates/agreements/)"})
def check_templates(_: Context, file: str = "", format: str = "table", root: str = ".") -> None:
    """Say all that is wrong or odd in a Word template, each with its place and a fix; changes nothing."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.templating import check_templates as run

        say(run(open_desk(root), file=file), form=form_of(format, "table", "json"))


@task(positional=["file"], help=ROOT | TEMPLATE)
def mark(_: Context, file: str, root: str = ".") -> None:
    """Write a copy of a template with a Word comment at each finding to output/templates/."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.template_copies import mark as run

        say(run(open_desk(root), file=file))


@task(positional=["file"], help=ROOT | TEMPLATE)
def fix(_: Context, file: str, root: str = ".") -> None:
    """Write a copy of a template with its quotes, split tags and spaces mended, and list each mend."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.template_copies import mend as run

        say(run(open_desk(root), file=file))


@task(help=ROOT)
def guide(_: Context, root: str = ".") -> None:
    """Write the list of all fields with tags to copy, for Word and a browser, in English and Spanish."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.previewing import guide as run

        say(run(open_desk(root)))


@task(positional=["file"], help=ROOT | FORMAT | TEMPLATE)
def preview(_: Context, file: str, format: str = "table", root: str = ".") -> None:
    """Fill a template in with two made-up agreements, a rich one and a sparse one: Word and PDF."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.previewing import preview as run

        say(run(open_desk(root), file=file), form=form_of(format, "table", "json"))


@task(positional=[], help=ROOT | FORMAT | {"old": "the Word file as it was", "new": "the Word file as it is to be"})
def diff(_: Context, old: str = "", new: str = "", format: str = "table", root: str = ".") -> None:
    """Say which fields and text a new version of a template changes, and which agreements that meets."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.templating import diff_templates as run

        say(run(open_desk(root), old=old, new=new), form=form_of(format, "table", "json"))


@task(positional=["file"], help=ROOT | TEMPLATE)
def adopt(_: Context, file: str, root: str = ".") -> None:
    """Turn a Word file with blanks into a template: first a list to edit of what fills each blank, then the file."""
    with answering():
        from elca_docs.workflows.adopting_template import adopt as run
        from elca_docs.workflows.desk import open_desk

        say(run(open_desk(root), file=file))


@task(positional=["file"], help=ROOT | TEMPLATE | {"by": "your id, such as mav-1 (no full name)"})
def approve(_: Context, file: str, by: str = "", root: str = ".") -> None:
    """Write into the register that you approve a template exactly as it is now."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.templating import approve as run

        say(run(open_desk(root, actor=by), file=file, by=by))


@task(help=ROOT | FORMAT)
def log(_: Context, root: str = ".", format: str = "table") -> None:
    """Show the register's log, one line per entry, with the address that `record corrected --entry` takes."""
    with answering():
        from elca_docs.workflows.desk import open_desk
        from elca_docs.workflows.reviewing import log as run

        say(run(open_desk(root)), form=form_of(format, "table", "json"))


@task(help={"all": "also the slow sweeps, with branch coverage"})
def test(c: Context, all: bool = False) -> None:
    """Run the tests of the program itself; --all adds the slow sweeps and measures branch coverage."""
    chosen = "--cov --cov-report=term:skip-covered --cov-fail-under=95" if all else '-m "not slow"'
    c.run(f'"{sys.executable}" -m pytest -n 2 -q {chosen}')


@task()
def lint(c: Context) -> None:
    """Check style, types, the direction of imports, and the dependencies."""
    for command in ("ruff check", "ruff format --check", "mypy", "lint-imports", "deptry ."):
        c.run(command)


namespace = Collection(
    build,
    check,
    draft,
    send,
    confirm,
    record,
    status,
    compile,
    dashboard,
    freeze,
    remind,
    verify,
    pack,
    demo,
    init,
    menu,
    test,
)
registering = Collection("register", log)
registering.add_task(register, default=True)
namespace.add_collection(registering)
namespace.add_collection(Collection("sheets", write, read))
namespace.add_collection(Collection("templates", check_templates, mark, fix, guide, preview, diff, adopt, approve))
namespace.add_collection(Collection("dev", test, lint))
