"""The sheet on which a person says which field belongs into which blank: written once with proposals, read back.

YAML like the records, read by their own reader: text only, every mistake with its line. Knows no path.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from elca_docs.authoring.adopting import Choices
from elca_docs.authoring.blanks import Blank
from elca_docs.authoring.proposing import Proposal
from elca_docs.authoring.tags_for import Fields
from elca_docs.context import FIELDS, Field
from elca_docs.errors import Location, Problem
from elca_docs.records.grammar import tree_of
from elca_docs.records.near import Vocabulary
from elca_docs.records.nodes import MapNode, Node, ScalarNode, is_empty
from elca_docs.records.text import decoded, forbidden_character, shown

_KEYS: Final = Vocabulary(("file", "sha256", "blanks"))
_BLANK_KEYS: Final = Vocabulary(("text", "place", "label", "field", "keep"))
_SAID: Final = {"yes": True, "true": True, "no": False, "false": False}
_LONGEST: Final = 120
_HEAD: Final = """\
# Which field belongs into which blank of this Word file.
#
# field: the name of a field, such as counterpart.name. The field guide lists them all (invoke templates.guide).
#        The second of several parties is parties[1], as in parties[1].name.
# keep:  yes leaves the blank as it is, for a pen.
# Neither: the blank stays, is highlighted in yellow, and is listed as still to do.
#
# What stands here already is a proposal with its reason; change what is wrong. Then run the same command again:
# the template is written to output/adopted/. text, place and label only help to find the blank.
"""


def adoption_text(blanks: Sequence[Blank], proposals: Sequence[Proposal], *, file: str, sha256: str) -> str:
    """Return the sheet for a Word file of this name and digest, each blank with what is proposed for it."""
    lines = [_HEAD, f"file: {_quoted(file)}", f"sha256: {sha256}", "blanks:" if blanks else "blanks: {}"]
    by_blank = {proposal.blank: proposal for proposal in proposals}
    for blank in blanks:
        lines += _entry(blank, by_blank.get(blank.id, Proposal(blank=blank.id)))
    return "\n".join(lines) + "\n"


def _entry(blank: Blank, proposal: Proposal) -> Iterator[str]:
    yield ""
    yield f"  {blank.id}:"
    reason = (
        f"{proposal.confidence}: {proposal.why}" if proposal.confidence != "none" else f"not mapped: {proposal.why}"
    )
    yield f"    # {_plain(reason)}"
    if proposal.others:
        yield f"    # could be: {', '.join(proposal.others)}"
    if blank.times > 1:
        yield f"    # {blank.times} blanks have this text"
    yield f"    text: {_quoted(blank.text)}"
    yield f"    place: {_quoted(', '.join(each for each in (blank.spot.label, blank.spot.words) if each))}"
    if blank.label or blank.note:
        yield f"    label: {_quoted(blank.label or blank.note)}"
    yield f"    field: {proposal.field}".rstrip()
    yield "    keep: yes" if proposal.keep else "    keep:"


def _quoted(text: str) -> str:
    return json.dumps(_plain(text), ensure_ascii=False)


def _plain(text: str) -> str:
    """Return a text as the sheet can hold it: in one line, nothing invisible, not too long."""
    line = " ".join("".join(each if each.isprintable() and each != "\ufffd" else " " for each in text).split())
    line = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    return line.encode("ascii", "replace").decode() if forbidden_character(line) else line


def mapping_of(
    sheet: bytes, blanks: Sequence[Blank], *, name: str, sha256: str, fields: Sequence[Field] = FIELDS
) -> tuple[Choices | None, tuple[Problem, ...]]:
    """Return what a person decided, or None and all problems, each with its line in the sheet `name`.

    `blanks` and `sha256` are those of the Word file at hand. adopt-file-changed (the sheet is another file's),
    adopt-unknown-blank, adopt-unknown-field, adopt-field-not-printable, adopt-field-and-keep, adopt-blank-fixed,
    adopt-sheet-unclear, and what the reader of records says of text and YAML (not-utf8, yaml-syntax, duplicate-key …).
    """
    text, problems = decoded(name, sheet)
    if text is None:
        return None, problems
    tree, more = tree_of(name, text)
    if problems or more or not isinstance(tree, MapNode):
        told = (*problems, *more)
        return None, told or (_unclear(Location(name, 1), "the sheet is not one that this program wrote"),)
    judge = _Judge(tree, {blank.id: blank for blank in blanks}, Fields(fields))
    found = tuple(judge.problems(sha256))
    return (None if found else judge.choices()), found


def _unclear(at: Location, message: str, fix: str = "move it away and run the command again for a new one") -> Problem:
    return Problem("adopt-sheet-unclear", message, at, fix)


class _Judge:
    """Reads the choices off a sheet's tree."""

    def __init__(self, tree: MapNode, blanks: Mapping[str, Blank], fields: Fields) -> None:
        self._tree = tree
        self._blanks = blanks
        self._fields = fields
        entries = tree.fields.get("blanks", ScalarNode(tree.at, None))
        self._entries = entries if isinstance(entries, MapNode) else MapNode(entries.at)
        self._is_listed = isinstance(entries, MapNode) or is_empty(entries)

    def choices(self) -> Choices:
        """Return what was decided; only where there is no problem."""
        named = {key: _text(entry, "field") for key, entry in self._entries.fields.items()}
        kept = (key for key, entry in self._entries.fields.items() if _SAID.get(_text(entry, "keep").casefold()))
        return Choices(fields={key: name for key, name in named.items() if name}, kept=frozenset(kept))

    def problems(self, sha256: str) -> Iterator[Problem]:
        """Yield what is wrong; of a sheet for another file only that."""
        known = self._tree.fields.get("sha256")
        if not isinstance(known, ScalarNode) or known.text != sha256:
            message = "the Word file is not the one this sheet was written for: it was saved anew, or it is another"
            fix = "bring that file back; or rename the sheet, run the command again, and copy your choices over"
            at = self._tree.keys.get("sha256", self._tree.at)
            yield Problem("adopt-file-changed", message, at, fix)
            return
        yield from _unknown_keys(self._tree, _KEYS, "the sheet")
        if not self._is_listed:
            yield _unclear(self._entries.at, "'blanks' holds no list of blanks")
        for key, entry in self._entries.fields.items():
            yield from self._entry_problems(key, self._entries.keys[key], entry)

    def _entry_problems(self, key: str, at: Location, entry: Node) -> Iterator[Problem]:
        blank = self._blanks.get(key)
        if blank is None:
            fix = Vocabulary(self._blanks).did_you_mean(key, "take the entry out")
            yield Problem("adopt-unknown-blank", f"the Word file has no blank '{shown(key)}'", at, fix)
        elif is_empty(entry):
            return
        elif not isinstance(entry, MapNode):
            yield _unclear(at, f"'{key}' holds no 'field' and 'keep'", "write them below it as 'key: value' lines")
        else:
            yield from _unknown_keys(entry, _BLANK_KEYS, "a blank")
            yield from self._choice_problems(blank, entry)

    def _choice_problems(self, blank: Blank, entry: MapNode) -> Iterator[Problem]:
        name, keep = _text(entry, "field"), _text(entry, "keep").casefold()
        for key in ("field", "keep"):
            if not isinstance(entry.fields.get(key, ScalarNode(entry.at, None)), ScalarNode):
                yield _unclear(entry.keys[key], f"'{key}' is one value", "write one value behind the colon")
        if keep and keep not in _SAID:
            message = f"'keep' is a yes/no value, and '{shown(keep)}' is neither"
            yield _unclear(entry.keys["keep"], message, "write yes, or leave it empty")
        if not name:
            return
        at = entry.keys["field"]
        if _SAID.get(keep):
            message = f"'{blank.id}' has a field and is to be kept as it is"
            yield Problem("adopt-field-and-keep", message, at, "empty one of the two")
        code, fix = self._fields.objection(name)
        if code == "adopt-unknown-field":
            yield Problem("adopt-unknown-field", f"there is no field '{shown(name)}'", at, fix)
        elif code:
            message = f"'{shown(name)}' cannot stand in a blank: it is no single value here"
            yield Problem("adopt-field-not-printable", message, at, fix)
        if blank.obstacle:
            message = f"no field can be written into '{blank.id}': {blank.obstacle}"
            fix = "leave it empty here, and write the tag into the template by hand"
            yield Problem("adopt-blank-fixed", message, at, fix)


def _unknown_keys(node: MapNode, known: Vocabulary, owner: str) -> Iterator[Problem]:
    for key, at in node.keys.items():
        if key not in known.words:
            fix = known.did_you_mean(key, f"write one of: {known.listed()}")
            yield _unclear(at, f"'{shown(key)}' says nothing about {owner}", fix)


def _text(entry: Node, key: str) -> str:
    node = entry.fields.get(key) if isinstance(entry, MapNode) else None
    return (node.text or "").strip() if isinstance(node, ScalarNode) else ""
