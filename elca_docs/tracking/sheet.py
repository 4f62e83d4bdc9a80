"""What the record sheet of an agreement says, gathered from the report, the records and the log.

Decisions held here and nowhere else:
- Signatures, versions and amendments are those of the day of the report; the history is all of the log, corrections
  included, for it is there to show what was changed later.
- In what capacity somebody signed is what the records say of that day (the people who sign for the party), and what the
  certificate in the file says, where there is one. The log itself holds no names.

May not compute a status, and reads no file: the caller gives what was written down beside each one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from elca_docs.model.figures import AgreementStatus, StatusReport
from elca_docs.model.log_events import Signed
from elca_docs.model.parties import Organisation
from elca_docs.model.portfolio import Party, Portfolio
from elca_docs.model.record_sheet import RecordSheet, SheetFile, SheetParty, SheetSignature
from elca_docs.model.register import AgreementHistory, RegisterView
from elca_docs.tracking.chronicle import entries_about
from elca_docs.tracking.explain import amendment_lines, amendment_state
from elca_docs.tracking.naming import archive_path, label_of, party_label

_ISSUED: Final = "register/issued"


def sheet_of(  # noqa: PLR0913 - what a sheet is made of
    report: StatusReport,
    portfolio: Portfolio,
    view: RegisterView,
    identifier: str,
    *,
    readable: Callable[[str], tuple[str, ...]],
    opinion: Callable[[str], Mapping[str, object]],
) -> RecordSheet | None:
    """Return the record sheet of an agreement or amendment by its id; None where no record names its parties.

    Args:
        report: Where the project stands on the day of the sheet.
        portfolio: The records.
        view: The register.
        identifier: The id of the record, or of the amendment ("T2-01/A1").
        readable: The names below register/ that a file has in the archive, by SHA-256.
        opinion: What was written down beside a file on the day it came in, by SHA-256; empty where nothing was.
    """
    rows = (*report.agreements, *report.amendments)
    row = next((each for each in rows if each.id == identifier), None)
    if row is None or portfolio.agreement(identifier) is None:
        return None
    maker = _Maker(portfolio, view.history(identifier), report.as_of, readable, opinion)
    original = next((each.reference for each in report.agreements if each.id == row.amends), "")
    project = portfolio.project
    return RecordSheet(
        project=project.acronym,
        title=project.title,
        grant=project.grant_number,
        as_of=report.as_of,
        as_of_note=report.as_of_note,
        register=report.register,
        position=report.position,
        head=report.head,
        class_title=portfolio.class_by_id[row.class_].title,
        row=row,
        state=amendment_state(row) if row.amends else row.status,
        amends=original,
        parties=tuple(maker.parties(row)),
        signatures=tuple(maker.signatures()),
        files=(*maker.evidence(), *maker.versions()),
        amendments=tuple(amendment_lines(report, identifier)),
        history=entries_about(view, identifier, lambda each: party_label(portfolio, each)),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """The records and one agreement's history, while a sheet is made of them."""

    portfolio: Portfolio
    history: AgreementHistory
    as_of: date
    readable: Callable[[str], tuple[str, ...]]
    opinion: Callable[[str], Mapping[str, object]]

    def parties(self, row: AgreementStatus) -> Iterator[SheetParty]:
        """Yield who is to sign, in the order of the document."""
        record = self.portfolio.agreement(row.id)
        parties = self.portfolio.parties_of(record) if record else ()
        for party in {each.id: each for each in parties}.values():
            yield SheetParty(
                id=str(party.id),
                name=party.legal.name or party.name,
                legal=tuple((label, text) for label, text in self._legal(party) if text),
                signatories=self._signatories(str(party.id), self.as_of),
            )

    def signatures(self) -> Iterator[SheetSignature]:
        """Yield each signature that stands on the day, in order of their days."""
        standing = (each for each in self.history.signatures if each.on <= self.as_of)
        for each in sorted(standing, key=lambda signed: (signed.on, signed.party, signed.evidence)):
            by = f" by {each.by}" if each.by else ""
            yield SheetSignature(
                party=party_label(self.portfolio, each.party),
                on=each.on,
                capacity=(
                    *(f"by the records: {who}" for who in self._signatories(each.party, each.on)),
                    *self._certificates(each),
                ),
                method=each.method,
                basis="proven by the file" if each.basis == "proven" else f"confirmed{by}",
                file=each.evidence,
                version=each.version,
            )

    def evidence(self) -> Iterator[SheetFile]:
        """Yield each file that was received for it, once."""
        behind = {each.evidence for each in self.history.signatures if each.on <= self.as_of}
        for each in {each.sha256: each for each in reversed(self.history.received)}.values():
            yield SheetFile(
                sha256=each.sha256,
                name=each.name,
                what="signed copy" if each.sha256 in behind else "waits for a person" if each.waits else "received",
                pages=each.pages,
                kept=(archive_path(each.sha256), *(f"register/{name}" for name in self.readable(each.sha256))),
            )

    def versions(self) -> Iterator[SheetFile]:
        """Yield the files of each version that was sent by the day."""
        for each in self.history.sent:
            if each.on and each.on > self.as_of:
                continue
            on = f" on {each.on}" if each.on else ""
            what = f"version {each.version} sent{on}"
            for digest, ending, pages in ((each.docx, ".docx", 0), (each.pdf, ".pdf", each.pages)):
                if each.name and digest:
                    name = f"{each.name}{ending}"
                    yield SheetFile(sha256=digest, name=name, what=what, pages=pages, kept=(f"{_ISSUED}/{name}",))

    def _legal(self, party: Party) -> Iterator[tuple[str, str]]:
        """Yield the legal data of a party, label by label, empty ones included."""
        legal = party.legal
        yield "id", str(party.id) if label_of(party) == party.id else f"{party.id}, {label_of(party)}"
        yield "role", "counterpart" if isinstance(party, Organisation) else "partner of the project"
        yield "legal form", legal.form
        yield "registration", ", ".join(filter(None, (legal.registration_number, legal.register)))
        yield "VAT", legal.vat
        if address := legal.address:
            place = " ".join(filter(None, (address.postcode, address.city)))
            yield "address", ", ".join(filter(None, (*address.lines, place, address.country)))
        yield "country", str(party.country or "")
        yield "signs through", party_label(self.portfolio, legal.signs_through) if legal.signs_through else ""

    def _signatories(self, party: str, on: date) -> tuple[str, ...]:
        """Return who signs for a party on a day by the records, with the function each one signs in."""
        known = self.portfolio.party(party) if self._knows(party) else None
        through = str(known.legal.signs_through or "") if known else ""
        people = [each for each in self.portfolio.people if each.signs and each.of in {party, through}]
        then = (each for each in people if not each.until or each.until >= on)
        return tuple(sorted(", ".join(filter(None, (each.name, each.function))) for each in then))

    def _knows(self, party: str) -> bool:
        return party in self.portfolio.partner_by_id or party in self.portfolio.organisation_by_id

    def _certificates(self, signed: Signed) -> Iterator[str]:
        """Yield what the certificates in a file say of the party's signer, by the fields that were made for it."""
        if signed.basis != "proven":
            return
        fields = {name for sent in self.history.sent for name, party in sent.fields.items() if party == signed.party}
        facts = self.opinion(signed.evidence).get("facts")
        found = facts.get("signatures") if isinstance(facts, Mapping) else None
        for each in found if isinstance(found, list) else ():
            if isinstance(each, Mapping) and each.get("field") in fields:
                who = ", ".join(str(each[key]) for key in ("signer", "organisation") if each.get(key))
                yield f"certificate: {who or 'without a name'}; trust: {each.get('trust', 'not checked')}"
