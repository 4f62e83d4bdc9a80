"""A small pack made by hand: one figure with a line that counts, one that does not, and one with a file left out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from elca_docs.exchange import pack_figures, pack_verifier
from elca_docs.model.figures import Reason
from elca_docs.model.pack import Pack, PackedFigure, PackedFile, PackedLine

PAPER = b"%PDF a signed paper"
PATH = "signed/R-2021-001_EXAMPLE-XA-001_zazolc.pdf"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def line(identifier: str, *files: PackedFile, counted: bool = True, **more) -> PackedLine:
    said = {
        "id": identifier,
        "number": "R-2021-001" if counted else "",
        "reference": "EXAMPLE-XA-001" if counted else "",
        "what": "Zażółć & <Gęślą> Ω",
        "responsible": "NORD",
        "on": date(2021, 10, 5) if counted else None,
        "signed": ("NORD on 2021-10-05, wet, confirmed by a person (nord-1)",) if counted else (),
        "counted": counted,
        "reasons": (Reason(rule="C1", ok=counted, text="all have signed" if counted else "=SUM(1) is missing"),),
        "files": files,
    }
    return PackedLine(**(said | more))


def segments() -> dict[str, bytes]:
    """Return a log of two segments, as the register writes it."""
    previous, made = "0" * 64, {}
    texts = (
        [{"kind": "opened", "register": "r", "project": "42"}],
        [
            {"kind": "received", "sha256": sha(PAPER)},
            {"kind": "registered", "number": "R-2021-001", "reference": "EXAMPLE-XA-001"},
        ],
    )
    for number, events in enumerate(texts, start=1):
        header = {"actor": "a", "at": "2021-10-05T12:00:00Z", "previous": previous, "segment": number}
        body = "".join(json.dumps(each) + "\n" for each in (header, *events)).encode()
        trailer = json.dumps({"count": len(events), "hash": sha(body)}) + "\n"
        data = body + trailer.encode()
        made[f"log/{number:06}.jsonl"], previous = data, sha(data)
    return made


def pack(**more) -> Pack:
    paper = PackedFile(sha256=sha(PAPER), path=PATH)
    figure = PackedFigure(
        id="KPI 2",
        title="Agreements: [a/b]",
        target=3,
        counted=1,
        rule="Each organisation once.",
        lines=(line("A-1", paper), line("A-2", counted=False)),
        unnamed=1,
    )
    said = {
        "acronym": "EXAMPLE",
        "title": "An example",
        "grant": "42",
        "as_of": date(2021, 12, 31),
        "as_of_note": "",
        "register": "r",
        "position": 2,
        "head": sha(segments()["log/000002.jsonl"]),
        "redacted": False,
        "retention": "5 years after the final payment",
        "figures": (figure,),
    }
    return Pack(**(said | more))


def redacted() -> Pack:
    whole = pack()
    hidden = PackedFile(sha256=sha(PAPER), left_out="it shows who signed")
    figure = whole.figures[0]
    first = replace(figure.lines[0], files=(hidden,), what="confidential", signed=())
    return replace(whole, redacted=True, figures=(replace(figure, lines=(first, figure.lines[1])),))


def unpacked(folder: Path, made: Pack) -> Path:
    """Write the files of a pack, with their list, as they lie when it was unpacked."""
    log = segments()
    files = {"verify.py": Path(pack_verifier.__file__).read_bytes()}
    files["figures.json"] = pack_figures(made, segments=[sha(each) for each in log.values()])
    if not made.redacted:
        files |= log | {PATH: PAPER}
    files["SHA256SUMS"] = "".join(f"{sha(data)}  {name}\n" for name, data in sorted(files.items())).encode()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
