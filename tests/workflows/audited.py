"""A project with everything an audit looks at: signed by all, signed in parts, sent, held, and a number undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desks import desk, paper, project

from elca_docs.model.log_events import Corrected, Registered, Sent
from elca_docs.planning import Filters, chosen
from elca_docs.workflows import archive
from elca_docs.workflows.drafting import make_drafts
from elca_docs.workflows.registering import register

DAY = "2021-10-05"


def audited(folder: Path) -> Path:
    """Return a project folder; its first agreement is registered, the second signed by one, the third sent."""
    made = project(folder)
    make_drafts(desk(made), Filters())
    view = desk(made).register.view()
    first, second, third = (view.history(each.id) for each in chosen(desk(made).portfolio, Filters())[:3])
    for history, parties in ((first, 2), (second, 1)):
        sign(made, history.reference, parties=parties)
    minutes = paper(folder.parent, "minutes.pdf", "C-01")
    register(desk(made), subject="C-01", held=DAY, files=[minutes], proof="minutes", by="officer-1")
    number = next(entry.address for entry in desk(made).register.view().entries if isinstance(entry.event, Registered))
    desk(made).register.append(lambda _: (Corrected(undoes=number, reason="a page was missing"),))
    sign(made, first.reference)  # the same file again: it gets a new number
    for history in (first, third):
        send(made, history.reference)
    return made


def sign(folder: Path, reference: str, *, parties: int = 2) -> None:
    """Register a copy that the first parties have signed."""
    there = desk(folder)
    agreement = there.portfolio.agreement_by_id[there.register.view().by_reference[reference]]
    signed = [f"{party.id}={DAY}" for party in there.portfolio.parties_of(agreement)[:parties]]
    file = paper(folder.parent, f"{reference}.pdf", reference)
    register(there, ref=reference, files=[file], signed_by=signed, by="officer-1")


def send(folder: Path, reference: str) -> None:
    """Issue version 1 of an agreement: two files whose bytes do not matter here, so only after it was signed."""
    there = desk(folder)
    name = f"{reference}_v1"
    docx, pdf = (there.issued.stage(f"{kind} of {reference}".encode()) for kind in ("text", "copy"))
    sent = Sent(reference=reference, version=1, docx=docx, pdf=pdf, name=name, pages=1, on=date(2021, 9, 1))
    there.register.append(lambda _: (sent,))
    archive.refresh(there)
