"""The demo's post: what made-up parties send back, well signed, half signed, badly scanned, or spoilt.

Nobody and nothing in it exists, and every certificate says so. It makes papers and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from elca_docs.exchange import signed_specimen
from elca_docs.model.plan import Agreement
from elca_docs.model.portfolio import Portfolio
from elca_docs.pdf import specimens
from elca_docs.rendering import document_text

_FROM, _UNTIL = date(2000, 1, 1), date(2099, 12, 31)


@dataclass
class Pens:
    """The made-up signers: one authority, and a certificate for each party, made when it first signs."""

    portfolio: Portfolio
    authority: specimens.Authority = field(
        default_factory=lambda: specimens.test_authority("Specimen Authority (fictitious)")
    )
    _signers: dict[str, specimens.Signer] = field(default_factory=dict)

    def electronic(self, pdf: bytes, fields: Mapping[str, str], parties: Iterable[str], at: datetime) -> bytes:
        """Return a version with the electronic signatures of these parties, a minute after one another."""
        for place, party in enumerate(parties):
            name = next(field for field, owner in fields.items() if owner == party)
            moment = at + timedelta(minutes=place)
            pdf = specimens.signed(pdf, self._signer(party), field=name, at=moment)
        return pdf

    def _signer(self, party: str) -> specimens.Signer:
        if party not in self._signers:
            people = [each.name for each in self.portfolio.people if each.of == party and each.signs]
            named = self.portfolio.party(party)
            self._signers[party] = specimens.signer(
                self.authority,
                person=people[0] if people else "",
                organisation=named.legal.name or named.name,
                from_=_FROM,
                until=_UNTIL,
            )
        return self._signers[party]


def ink(pdf: bytes, *, seed: int, quality: specimens.Quality = "office", turned: int = 0) -> bytes:
    """Return a version as it comes back from the scanner, signed by pen."""
    return specimens.scanned(pdf, dpi=150, quality=quality, seed=seed, turned=turned)


def exported(docx: bytes, title: str, reference: str) -> bytes:
    """Return the text of a Word document as a plain PDF, where no LibreOffice can make a true one."""
    return signed_specimen(title=title, reference=reference, lines=document_text(docx, name="the text"), signatures=())


def spoilt(signed: bytes, issued: bytes) -> Mapping[str, bytes]:
    """Return what goes wrong in any post: a copy cut off on its way, our own file unsigned, no PDF at all."""
    return {
        "cut-off.pdf": signed[: len(issued) + (len(signed) - len(issued)) // 2],
        "sent-back-unsigned.pdf": issued,
        "really-a-letter.pdf": b"Dear partner, please find attached nothing at all.\n",
    }


def parties_of(portfolio: Portfolio, agreement: Agreement) -> tuple[str, ...]:
    """Return the ids of who signs."""
    return tuple(str(each.id) for each in portfolio.parties_of(agreement))
