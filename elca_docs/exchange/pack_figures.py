"""The figures of a pack for another program, the verifier first: figures.json. Says what the index says, no more."""

from __future__ import annotations

import json
from collections.abc import Sequence

from elca_docs.model.pack import Pack, PackedFigure, PackedFile, PackedLine


def pack_figures(pack: Pack, *, segments: Sequence[str] = ()) -> bytes:
    """Return figures.json; `segments` are the hashes of the log's segments, where the log itself is left out."""
    register: dict[str, object] = {"id": pack.register, "position": pack.position, "head": pack.head}
    if pack.redacted:
        register |= {"log_left_out": True, "segments": list(segments)}
    said = {
        "project": pack.acronym,
        "grant": pack.grant,
        "as_of": pack.as_of.isoformat(),
        "redacted": pack.redacted,
        "register": register,
        "figures": [_figure(each) for each in pack.figures],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _figure(figure: PackedFigure) -> dict[str, object]:
    return {
        "id": figure.id,
        "title": figure.title,
        "target": figure.target,
        "counted": figure.counted,
        "rule": figure.rule,
        "unnamed": figure.unnamed,
        "lines": [_line(each) for each in figure.lines],
    }


def _line(row: PackedLine) -> dict[str, object]:
    return {
        "id": row.id,
        "number": row.number,
        "reference": row.reference,
        "what": row.what,
        "responsible": row.responsible,
        "on": row.on.isoformat() if row.on else None,
        "signed": list(row.signed),
        "counted": row.counted,
        "reasons": [{"rule": each.rule, "ok": each.ok, "text": each.text} for each in row.reasons],
        "files": [_file(each) for each in row.files],
        "sent": [_file(each) for each in row.sent],
    }


def _file(file: PackedFile) -> dict[str, object]:
    return {"sha256": file.sha256, "path": file.path, "left_out": file.left_out or None}
