"""How a tag is spelt: what Word's automatic correction has made of it, and the same in plain characters.

Only what an author did not mean to type is touched. What stands in quotes is text of the document: it keeps its
dashes, spaces and quotes. Works on the tag's text; knows no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from elca_docs.authoring.paragraphs import Tag
from elca_docs.rendering import syntax
from elca_docs.rendering.syntax import Fault

_QUOTES: Final = {
    **dict.fromkeys('"“”', ('"', '"“”')),
    **dict.fromkeys("'‘’", ("'", "'‘’")),
    "„": ('"', '“”"'),
    "«": ('"', "»"),
    "»": ('"', "«"),
    "″": ('"', "″"),
    "‚": ("'", "‘’'"),
    "‹": ("'", "›"),
    "›": ("'", "‹"),
    "′": ("'", "′"),
    "´": ("'", "´`'"),
    "`": ("'", "´`'"),
}
"""What opens a text in quotes: the plain character meant, and what ends the text. docxtpl takes “ and ” for " and so on
wherever they stand, so one of them ends what another has begun."""
_PLAIN: Final = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", ("dash", "-")),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
                    ("space", " ")),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ("space", "")),
}  # fmt: skip
_DOUBLED: Final = re.compile(" {2,}")
_STATEMENTS: Final = "if|elif|else|endif|for|endfor|set|endset"
_NO_SPACE: Final = re.compile(rf"(tr|tc|p|r)(?=(?:{_STATEMENTS})\b)")
_MIRRORED: Final = re.compile(r"(.*\S)\s+(tr|tc|p|r)", re.DOTALL)
_STATEMENT: Final = re.compile(
    r"(?:tr|tc|p|r)?\s*(?:(?:if|elif|for|set)\s+[^{}%\s][^{}%]*|(?:else|endif|endfor|endset)\s*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A tag spelt plainly, and what was changed: "quote", "dash", "space", "doubled", "letter", "end".

    `wakes`: the letter behind the brace is only understood now, so the tag takes its paragraph, row or cell away.
    """

    text: str
    changes: tuple[str, ...] = ()
    wakes: bool = False


def plainly(tag: Tag, *, in_word_text: bool) -> Spelling:
    """Return how a tag is spelt plainly; as it is where a text in quotes has no clear end."""
    inner = tag.text[2:-2]
    if tag.kind == "{#":
        return _remark(tag)
    try:
        pieces = list(_pieces(inner))
    except ValueError:
        return Spelling(tag.text)
    said = "".join(text for text, _ in pieces)
    changes = [name for _, names in pieces for name in names]
    wakes = bool(tag.prefix) and not tag.inner.startswith(" ")
    if tag.kind == "{%" and in_word_text:
        said, more = _lettered(said, tag.prefix)
        changes += more
        wakes = wakes or "letter" in more
    return Spelling(f"{tag.kind}{said}{tag.text[-2:]}", tuple(dict.fromkeys(changes)), wakes)


def is_statement(text: str) -> bool:
    """Whether a text, from behind `{%` to an end of another kind, is a statement and nothing more."""
    return _STATEMENT.fullmatch(text) is not None


def _remark(tag: Tag) -> Spelling:
    """Return a remark with a plain space behind its letter: all else in it is read by nobody but the author."""
    if not tag.prefix or tag.inner[:1] not in _PLAIN:
        return Spelling(tag.text)
    start = len(tag.kind) + len(tag.prefix)
    return Spelling(f"{tag.text[:start]} {tag.text[start + 1 :]}", ("space",), wakes=True)


def _pieces(inner: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what stands out of quotes and in them, plainly, and what was changed; ValueError where no end is clear."""
    begin = at = 0
    while at < len(inner):
        if inner[at] not in _QUOTES:
            at += 1
            continue
        yield _outside(inner[begin:at])
        plain, ends = _QUOTES[inner[at]]
        end = _end_of(inner, at + 1, ends)
        if end is None or set(_QUOTES[plain][1]) & set(inner[at + 1 : end].replace(f"\\{plain}", "")):
            message = "a text in quotes has no clear end"
            raise ValueError(message)
        changed = (inner[at], inner[end]) != (plain, plain)
        yield f"{plain}{inner[at + 1 : end]}{plain}", (("quote",) if changed else ())
        begin = at = end + 1
    yield _outside(inner[begin:])


def _end_of(inner: str, start: int, ends: str) -> int | None:
    """Return where a text in quotes ends; what stands behind a backslash does not end it."""
    at = start
    while at < len(inner):
        if inner[at] in ends:
            return at
        at += 2 if inner[at] == "\\" else 1
    return None


def _outside(text: str) -> tuple[str, tuple[str, ...]]:
    changes = tuple(_PLAIN[each][0] for each in text if each in _PLAIN)
    plain = "".join(_PLAIN.get(each, ("", each))[1] for each in text)
    single = _DOUBLED.sub(" ", plain)
    return single, changes if single == plain else (*changes, "doubled")


def _lettered(inner: str, prefix: str) -> tuple[str, list[str]]:
    """Return a statement with a space behind its letter, and without the letter repeated at its end."""
    changes: list[str] = []
    missing = _NO_SPACE.match(inner)
    if missing:
        prefix, inner = missing[0], f"{missing[0]} {inner[missing.end() :]}"
        changes.append("letter")
    mirrored = _MIRRORED.fullmatch(inner)
    if prefix and mirrored and mirrored[2] == prefix:
        as_is, without = inner[len(prefix) :], mirrored[1][len(prefix) :]
        if not _reads(as_is) and _reads(without):
            inner = f"{mirrored[1]} "
            changes.append("end")
    return inner, changes


def _reads(statement: str) -> bool:
    """Whether Jinja can read a statement, with what has to stand around it."""
    keyword = (statement.split(maxsplit=1) or [""])[0]
    before, behind = "", ""
    if keyword in {"else", "elif"}:
        before, behind = "{% if x %}", "{% endif %}"
    elif keyword in {"if", "for"}:
        behind = f"{{% end{keyword} %}}"
    elif keyword.startswith("end"):
        before = {"endif": "{% if x %}", "endfor": "{% for x in x %}"}.get(keyword, "{% set x %}")
    return not isinstance(syntax.parsed(f"{before}{{%{statement}%}}{behind}", "tag"), Fault)
