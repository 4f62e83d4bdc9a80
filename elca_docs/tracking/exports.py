"""The report in the shape that another program reads (`status --format json`). Keys may be added, not renamed."""

from __future__ import annotations

from elca_docs.model.figures import AgreementStatus, Figure, StatusReport


def status_json(report: StatusReport) -> dict[str, object]:
    """Return the report as JSON values: dates in ISO form, null for what does not exist.

    Besides the agreed keys: `as_of_note`, and `register` with the id, position and head hash of the log it stands on.
    """
    return {
        "project": report.project,
        "as_of": report.as_of.isoformat(),
        "as_of_note": report.as_of_note or None,
        "register": {"id": report.register or None, "position": report.position, "head": report.head},
        "indicators": [_figure(each) for each in report.figures],
        "agreements": [_agreement(each) for each in report.agreements],
        "amendments": [
            _agreement(each) | {"amends": each.amends, "in_force": each.in_force} for each in report.amendments
        ],
    }


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "id": figure.id,
        "title": figure.title,
        "target": figure.target,
        "planned": figure.planned,
        "named": figure.named,
        "drafted": figure.drafted,
        "sent": figure.sent,
        "signed": figure.signed,
        "counted": figure.counted,
        "gap": figure.gap,
        "overdue": figure.overdue,
    }


def _agreement(row: AgreementStatus) -> dict[str, object]:
    return {
        "id": row.id,
        "reference": row.reference or None,
        "class": row.class_,
        "responsible": list(row.responsible),
        "counterpart": row.counterpart or None,
        "expected": str(row.expected) if row.expected else None,
        "status": row.status,
        "pending": row.pending,
        "overdue": row.overdue,
        "signed_on": row.signed_on.isoformat() if row.signed_on else None,
        "register_number": row.register_number or None,
        "counted": row.counted,
        "because": [{"rule": each.rule, "ok": each.ok, "text": each.text} for each in row.because],
    }
