"""`status --by partner --partner X`: one partner on the screen, as JSON, or as a page for a meeting."""

from __future__ import annotations

from collections.abc import Iterator

from elca_docs.context.agenda_words import state_of, what_of, when_of
from elca_docs.context.words import Words
from elca_docs.errors import Problem, RequestError
from elca_docs.model.agenda import Agenda, AgendaLine, Share
from elca_docs.model.figures import credit_text
from elca_docs.model.text_table import TextTable
from elca_docs.rendering import compile_document
from elca_docs.reporting import partner_blocks
from elca_docs.workflows.agendas import agendas
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.handing import report_on
from elca_docs.workflows.layout import csv_lines, table_lines
from elca_docs.workflows.naming import partner_of
from elca_docs.workflows.summary import Summary

_TEMPLATE = "plan"
_FIELDS_SHOWN = 12
_LISTS = ("overdue", "waiting", "due", "next", "unnamed")


def partner_page(desk: Desk, partner: str, *, form: str = "table") -> Summary:
    """Answer with what is the partner's, due, missing and next; `docx` writes the page and says where it lies."""
    view = desk.register.view()
    wanted = partner_of(desk.portfolio, partner)
    (agenda,) = agendas(desk, view, report_on(desk, view), partner=wanted)
    if form == "docx":
        return _written(desk, agenda)
    lines = csv_lines(_table(agenda)) if form == "csv" else tuple(_lines(agenda))
    return Summary(lines=lines, json=_json(agenda))


def no_page(form: str) -> RequestError:
    """Return the refusal of a page that is nobody's."""
    message = f"--format {form} makes the page of one partner, or the record sheet of one agreement"
    fix = "say whose: --by partner --partner ACRONYM, or --why REFERENCE"
    return RequestError(Problem("flags-unclear", message, fix=fix))


def _written(desk: Desk, agenda: Agenda) -> Summary:
    template_name, template = desk.workspace.deliverable_template(_TEMPLATE)
    page = compile_document(
        partner_blocks(agenda),
        template,
        title=f"{agenda.partner} · {agenda.as_of.isoformat()}",
        subject=f"{agenda.project} · {agenda.grant_number}",
        language=agenda.language,
        template_name=template_name,
    )
    name = f"partners/{agenda.partner}.docx"
    renewed = desk.workspace.renew(name, page)
    aside = f" (the one you edited is kept as {renewed.aside})" if renewed.aside else ""
    return Summary(lines=(f"{'wrote' if renewed.written else 'unchanged:'} output/{name}{aside}",))


def _lines(agenda: Agenda) -> Iterator[str]:
    yield from table_lines(_mine(agenda))
    yield from table_lines(_table(agenda))
    yield f"missing in the records: {len(agenda.missing) or 'nothing'}"
    for each in agenda.missing[:_FIELDS_SHOWN]:
        yield f"  {each.missing.label} (agreements that wait: {len(each.agreements)})"
    if (more := len(agenda.missing) - _FIELDS_SHOWN) > 0:
        yield f"  … and {more} more: output/missing/{agenda.partner}.xlsx, which invoke build makes"
    yield f"a page for a meeting: invoke status --by partner --partner {agenda.partner} --format docx"


def _mine(agenda: Agenda) -> TextTable:
    columns = ("indicator", "title", "target", "planned", "named", "done", "counted", "overdue")
    return TextTable(
        title=f"Mine: {agenda.partner} in {agenda.project} as of {agenda.as_of}",
        columns=columns,
        rows=tuple((each.indicator, each.title, *_numbers(each)) for each in agenda.mine),
        notes=(agenda.as_of_note,) if agenda.as_of_note else (),
    )


def _numbers(share: Share) -> tuple[str, ...]:
    numbers = (share.target, share.planned, share.named, share.done, credit_text(share.counted), share.overdue)
    return tuple("" if each is None else str(each) for each in numbers)


def _table(agenda: Agenda) -> TextTable:
    """Return all open lines, list by list; the words are those of the mail, in English."""
    words = Words("en")
    rows = [
        (name, what_of(line, words), when_of(line, words), state_of(line, words))
        for name, lines in _lists(agenda).items()
        for line in lines
    ]
    return TextTable(
        title=f"Open, looking ahead to {agenda.until}", columns=("list", "what", "when", "how far"), rows=tuple(rows)
    )


def _lists(agenda: Agenda) -> dict[str, tuple[AgendaLine, ...]]:
    return {name: getattr(agenda, name) for name in _LISTS}


def _json(agenda: Agenda) -> dict[str, object]:
    return {
        "partner": agenda.partner,
        "project": agenda.project,
        "as_of": agenda.as_of.isoformat(),
        "as_of_note": agenda.as_of_note or None,
        "until": agenda.until.isoformat(),
        "mine": [
            {
                "id": each.indicator,
                "title": each.title,
                "target": each.target,
                "planned": each.planned,
                "named": each.named,
                "done": each.done,
                "counted": int(each.counted) if each.counted.denominator == 1 else float(each.counted),
                "overdue": each.overdue,
            }
            for each in agenda.mine
        ],
        "missing": [
            {"label": each.missing.label, "record": each.missing.record, "agreements": list(each.agreements)}
            for each in agenda.missing
        ],
        **{name: [_line_json(line) for line in lines] for name, lines in _lists(agenda).items()},
    }


def _line_json(line: AgendaLine) -> dict[str, object]:
    return {
        "id": line.id,
        "matter": line.matter,
        "title": line.title,
        "counterpart": line.counterpart or None,
        "reference": line.reference or None,
        "expected": str(line.expected) if line.expected else None,
        "days_overdue": line.days,
        "status": line.status or None,
        "to_sign": list(line.to_sign),
        "count": line.count,
        "others": list(line.others),
    }
