"""The report as an auditor's pack: each figure with its lines, and each line with its files.

Decisions held here and nowhere else:
- A redacted pack shows organisations, days, numbers and digests. It leaves out every file in which a person can be
  read: signed copies (names and signatures), what proves that something was held (who took part), and the versions
  that were sent (who is to sign; the records may have forgotten the name that the paper still has).
- Of an agreement marked as confidential it keeps reference, number, day and digests, and nothing of the other side.
- Why something counts is told there in general words, because the report's own sentences name parties and reasons.

May not read a file: the caller gives the readable name of each one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from elca_docs.model.figures import AgreementStatus, Figure, HeldStatus, Reason, StatusReport
from elca_docs.model.log_events import Signed
from elca_docs.model.pack import Pack, PackedFigure, PackedFile, PackedLine
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.model.rows import agreements_of, held_of
from elca_docs.tracking.explain import rule_text
from elca_docs.tracking.naming import party_label

Row = AgreementStatus | HeldStatus
CONFIDENTIAL: Final = "the agreement is confidential"
SIGNATURES: Final = "it shows who signed"
ATTENDANCE: Final = "it shows who took part"
SIGNATORY: Final = "it may name who is to sign"
_GENERAL: Final[Mapping[str, str]] = {
    "C1": "all parties have signed", "C2": "it has a register number", "C3": "the evidence is there, whole",
    "C4": "its day lies in the window", "C5": "an indicator counts its class", "C6": "it counts there once",
    "C7": "it has not ended", "H1": "it was held, often enough", "H2": "the evidence is there, whole",
    "H3": "its day lies in the window", "H4": "an indicator counts it", "H5": "its proof is of the kind asked for",
    "H6": "it counts there once",
}  # fmt: skip
"""The rules in words that name nobody."""


def pack_of(  # noqa: PLR0913 - what a pack is made of
    report: StatusReport,
    portfolio: Portfolio,
    view: RegisterView,
    *,
    indicators: Collection[str],
    redacted: bool,
    path_of: Callable[[str, str], str],
) -> Pack:
    """Return the pack of some indicators.

    Args:
        report: Where the project stands on the day of the pack.
        portfolio: The records.
        view: The register.
        indicators: Ids of the indicators wanted.
        redacted: Whether to leave out what names persons or is confidential.
        path_of: The readable path in the pack, by reference (or id of what was held) and SHA-256.
    """
    packer = _Packer(report=report, portfolio=portfolio, view=view, redacted=redacted, path_of=path_of)
    project = portfolio.project
    years = project.retention_years
    return Pack(
        acronym=project.acronym,
        title=project.title,
        grant=project.grant_number,
        as_of=report.as_of,
        as_of_note=report.as_of_note,
        register=report.register,
        position=report.position,
        head=report.head,
        redacted=redacted,
        retention=f"{years} years after the final payment" if years else "",
        figures=tuple(packer.figure(each) for each in report.figures if each.id in indicators),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packer:
    """The report, the records and the register, while lines are made of them."""

    report: StatusReport
    portfolio: Portfolio
    view: RegisterView
    redacted: bool
    path_of: Callable[[str, str], str]

    def figure(self, figure: Figure) -> PackedFigure:
        """Return a figure with a line for everything that has a name, the counted ones first."""
        indicator = self.portfolio.indicator_by_id[figure.id]
        rows: tuple[Row, ...] = (
            *agreements_of(indicator, self.report.agreements),
            *held_of(indicator, self.portfolio, self.report.held),
        )
        by_id = {row.id: row for row in rows}
        others = [row for row in rows if row.id not in figure.counted_ids]
        named = [row for row in others if not _is_free(row)]
        lines = [self._line(by_id[each], counted=True) for each in figure.counted_ids]
        lines += [self._line(each, counted=False) for each in named]
        return PackedFigure(
            id=figure.id,
            title=figure.title,
            target=figure.target,
            counted=figure.counted,
            rule=rule_text(indicator.rule),
            lines=tuple(lines),
            unnamed=len(others) - len(named),
        )

    def _line(self, row: Row, *, counted: bool) -> PackedLine:
        agreement = isinstance(row, AgreementStatus)
        hidden = self._hidden(row)
        history = self.view.history(row.id) if agreement else AgreementHistory(agreement=row.id)
        return PackedLine(
            id=row.id,
            number=row.register_number if isinstance(row, AgreementStatus) else "",
            reference=row.reference if isinstance(row, AgreementStatus) else "",
            what="confidential" if hidden else row.counterpart if isinstance(row, AgreementStatus) else row.title,
            responsible=", ".join(row.responsible),
            on=row.signed_on if isinstance(row, AgreementStatus) else row.held_on,
            signed=() if hidden else tuple(self._signatures(row, history)),
            counted=counted,
            reasons=tuple(self._reason(each) for each in row.because),
            files=tuple(self._file(each, digest) for each in (row, *self._amendments(row)) for digest in each.evidence),
            sent=tuple(
                file
                for each in (row, *self._amendments(row))
                if agreement
                for file in self._sent(self.view.history(each.id), hidden=hidden)
            ),
        )

    def _amendments(self, row: Row) -> tuple[AgreementStatus, ...]:
        """Return what amended an agreement: its papers belong to the agreement's line."""
        return tuple(each for each in self.report.amendments if each.amends == row.id)

    def _signatures(self, row: Row, history: AgreementHistory) -> Iterator[str]:
        yield from (self._signature(each) for each in history.signatures)
        for amendment in self._amendments(row):
            for each in self.view.history(amendment.id).signatures:
                yield f"{amendment.reference}: {self._signature(each)}"

    def _hidden(self, row: Row) -> bool:
        """Whether nothing may be told of the other side."""
        record = self.portfolio.agreement(row.id.partition("#")[0])
        return self.redacted and isinstance(row, AgreementStatus) and record is not None and record.confidential

    def _signature(self, each: Signed) -> str:
        how = "" if each.method in {"", "not stated"} else f", {each.method}"
        word = "proven by the file" if each.basis == "proven" else "confirmed by a person"
        by = f" ({each.by})" if each.by and not self.redacted and each.basis == "confirmed" else ""
        return f"{party_label(self.portfolio, each.party)} on {each.on.isoformat()}{how}, {word}{by}"

    def _reason(self, reason: Reason) -> Reason:
        if not self.redacted:
            return reason
        return Reason(rule=reason.rule, ok=reason.ok, text=_GENERAL.get(reason.rule, ""))

    def _file(self, row: Row, digest: str) -> PackedFile:
        if self.redacted:
            why = SIGNATURES if isinstance(row, AgreementStatus) else ATTENDANCE
            return PackedFile(sha256=digest, left_out=CONFIDENTIAL if self._hidden(row) else why)
        subject = row.reference or row.id if isinstance(row, AgreementStatus) else row.id.partition("#")[0]
        return PackedFile(sha256=digest, path=self.path_of(subject, digest))

    def _sent(self, history: AgreementHistory, *, hidden: bool) -> Iterator[PackedFile]:
        why = (CONFIDENTIAL if hidden else SIGNATORY) if self.redacted else ""
        for each in history.sent:
            for ending, digest in (("pdf", each.pdf), ("docx", each.docx)):
                if each.name and digest:
                    path = "" if why else f"issued/{each.name}.{ending}"
                    yield PackedFile(sha256=digest, path=path, left_out=why)


def _is_free(row: Row) -> bool:
    """Whether a row is only a place that nothing has taken."""
    return (row.is_slot if isinstance(row, HeldStatus) else row.status == "slot") and not row.evidence
