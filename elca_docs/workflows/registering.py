"""`register`, the manual road: a file with what a person says of it becomes evidence, and moves an indicator.

Without a file the inbox is opened instead (`receiving`).

Order, here and in the two roads: read → judge → keep the evidence → append one segment → readable copy. A kill in
between leaves evidence without an entry at most, and the same call again completes the work. The file handed in is
never moved or changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from elca_docs.errors import Problem, RequestError
from elca_docs.workflows.desk import Desk
from elca_docs.workflows.handing import handed
from elca_docs.workflows.holding import Holding, hold
from elca_docs.workflows.signing import Signing, sign
from elca_docs.workflows.summary import Summary


def register(  # noqa: PLR0913 - one argument per flag
    desk: Desk,
    *,
    files: Sequence[str],
    by: str,
    ref: str = "",
    signed_by: Sequence[str] = (),
    method: str = "",
    origin: str = "ours",
    supersede: str = "",
    reason: str = "",
    subject: str = "",
    held: str = "",
    proof: str = "",
    organisations: Sequence[str] = (),
    sectors: Sequence[str] = (),
    dry_run: bool = False,
) -> Summary:
    """Register a signed copy (`ref`), or the proof that something took place (`subject`); with neither, the inbox."""
    if bool(supersede) != bool(reason.strip()):
        message = "a copy takes the place of another one for a reason"
        raise RequestError(Problem("flags-unclear", message, fix='give both: --supersede REFERENCE --reason "why"'))
    if supersede and ref and ref != supersede:
        message = f"--supersede '{supersede}' and --ref '{ref}' name two agreements"
        raise RequestError(Problem("flags-unclear", message, fix="leave --ref out: --supersede names the agreement"))
    ref = ref or supersede
    claims = (signed_by, method, held, proof, organisations, sectors)
    if not (ref or subject or files) and any(claims):
        message = "something is said of a file, and no file is named"
        fix = "add --file and --ref (or --for); invoke register alone opens register/inbox/"
        raise RequestError(Problem("flags-unclear", message, fix=fix))
    if not (ref or subject or files):
        from elca_docs.workflows.receiving import receive

        return receive(desk, dry_run=dry_run)
    _whole_request(ref=ref, subject=subject, by=by, files=files)
    papers = tuple(handed(desk, path) for path in dict.fromkeys(files))
    if ref:
        signing = Signing(ref=ref, signed_by=tuple(signed_by), method=method, origin=origin, by=by, supersede=reason)
        return sign(desk, signing, papers, dry_run=dry_run)
    holding = Holding(
        subject=subject, on=held, proof=proof, organisations=tuple(organisations), sectors=tuple(sectors), by=by
    )
    return hold(desk, holding, papers, dry_run=dry_run)


def _whole_request(*, ref: str, subject: str, by: str, files: Sequence[str]) -> None:
    """Refuse a call that leaves out what no evidence can do without, naming all of it."""
    problems = []
    if bool(ref) == bool(subject):
        message = "say either --ref (a signed agreement) or --for (an event, contact, duty or activity)"
        problems.append(Problem("flags-unclear", message, fix="invoke register --ref REFERENCE …, or --for ID …"))
    if not files:
        problems.append(
            Problem("file-not-named", "no file is named", fix="add --file with the signed PDF or the proof")
        )
    if ref and len(set(files)) > 1:
        message = "one signed copy is registered at a time"
        problems.append(Problem("flags-unclear", message, fix="call the task once for each file"))
    if not by:
        message = "nobody is named who looked at the file"
        problems.append(
            Problem("person-not-named", message, fix="add --by with your id, such as --by mav-1 (no full name)")
        )
    if problems:
        raise RequestError(problems)
