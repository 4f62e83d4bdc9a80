"""The tags of a part as a Jinja text with one line for each, so that what Jinja says about a line is about a tag.

One fault hides no other: a tag that cannot be read is said and replaced by one that can, an end without a beginning is
left out, a beginning without an end is ended. What is then parsed holds every name the part asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from elca_docs.authoring.paragraphs import PartReading, Tag
from elca_docs.rendering import syntax
from elca_docs.rendering.syntax import Fault

if TYPE_CHECKING:
    from jinja2 import nodes

OPENERS: Final = ("if", "for", "macro", "call", "filter", "block", "with", "autoescape", "raw")
MIDDLES: Final = {"else": ("if", "for"), "elif": ("if",)}
_ALONE: Final = ("set", "include", "import", "from", "extends")
_KEYWORDS = (*OPENERS, *MIDDLES, *(f"end{name}" for name in (*OPENERS, "set")), *_ALONE)
_OF_CELLS = {"vm": "", "hm": "", "cellbg": "{{ %s }}", "colspan": "{{ %s }}"}
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_JOINED_PREFIX = re.compile(rf"(?:tr|tc|p|r)({'|'.join(sorted(_KEYWORDS, key=len, reverse=True))})\b")
_LOOP_NAMES = re.compile(r"for\s+([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)")
_LONGEST_ALONE = 20_000


@dataclass(slots=True, eq=False)
class Block:
    """A block from its beginning to its end, `elif` and `else` between; `closed` is None where the end is missing."""

    keyword: str
    opened: Tag
    middles: list[Tag] = field(default_factory=list)
    closed: Tag | None = None
    within: Block | None = None

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Return its tags in order."""
        return (self.opened, *self.middles, *([self.closed] if self.closed else []))


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A part's tags, read: `tree` is None where Jinja gives up; line n of it is `lines[n - 1]`.

    `faults` are what cannot be read, each with its tag (None: the part as a whole); `blocks` in order of opening.
    """

    part: PartReading
    tree: nodes.Template | None
    lines: tuple[Tag, ...]
    faults: tuple[tuple[Tag | None, Fault], ...]
    blocks: tuple[Block, ...]

    def tag_at(self, line: int) -> Tag | None:
        """Return the tag on a line."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else None


def source_of(part: PartReading) -> Source:
    """Return the tags of a part, read as Jinja reads them."""
    written = [(tag, plain(tag, part)) for tag in part.tags if tag.kind != "{#"]
    faults: list[tuple[Tag | None, Fault]] = []
    whole = syntax.parsed(_text(written), part.member)
    if isinstance(whole, Fault):
        written = list(_readable(written, faults))
    blocks, mended = _paired(written, faults)
    tree = syntax.parsed(_text(mended), part.member) if isinstance(whole, Fault) else whole
    if isinstance(tree, Fault):
        lines = [tag for tag, _ in mended]
        if not faults:
            faults.append((lines[tree.line - 1] if 0 < tree.line <= len(lines) else None, tree))
        return Source(part, None, tuple(lines), tuple(faults), tuple(blocks))
    return Source(part, tree, tuple(tag for tag, _ in mended), tuple(faults), tuple(blocks))


def plain(tag: Tag, part: PartReading) -> str:
    """Return a tag as Jinja will see it, on one line: docxtpl's letters, dashes and curly quotes taken out."""
    inner = tag.inner.replace("\n", " ").replace("\r", " ")
    if part.is_word:
        inner = inner.translate(_QUOTES)
    elif tag.prefix:
        inner = tag.prefix + inner
    if tag.kind == "{{":
        return f"{{{{{inner}}}}}"
    words = inner.split(maxsplit=1)
    if part.is_word and words and words[0] in _OF_CELLS and "table" in tag.first.flags:
        form = _OF_CELLS[words[0]]
        return form % (words[1] if len(words) > 1 else "") if form else ""
    return "" if words and words[0] in {"raw", "endraw"} else f"{{%{inner}%}}"


def _text(written: Sequence[tuple[Tag, str]]) -> str:
    return "\n".join(text for _, text in written)


def _readable(written: Sequence[tuple[Tag, str]], faults: list[tuple[Tag | None, Fault]]) -> Iterator[tuple[Tag, str]]:
    """Yield each tag with its text, in place of what cannot be read something of the same kind that can."""
    for tag, text in written:
        fault = _fault_alone(text)
        if fault is None:
            yield tag, text
            continue
        faults.append((tag, fault))
        yield tag, _replacement(tag, text)


@lru_cache(maxsize=2_048)
def _fault_alone(text: str) -> Fault | None:
    """Return what is wrong with a tag by itself: tried as it is, then as the beginning, the middle, the end of a block.

    A tag of many thousand characters is left to the part as a whole.
    """
    if len(text) > _LONGEST_ALONE:
        return None
    keyword = _keyword(text)
    tries = [text]
    if keyword in (*OPENERS, "set"):
        tries = [text, f"{text}{{% end{keyword} %}}"] if keyword == "set" else [f"{text}{{% end{keyword} %}}"]
    elif keyword in MIDDLES:
        tries = [f"{{% if x %}}{text}{{% endif %}}"]
    elif keyword.startswith("end") and keyword[3:] in (*OPENERS, "set"):
        tries = [f"{_opening(keyword[3:])}{text}"]
    found: Fault | None = None
    for attempt in tries:
        parsed = syntax.parsed(attempt, "tag")
        if not isinstance(parsed, Fault):
            return None
        found = found or parsed
    return found


def _opening(keyword: str) -> str:
    """Return the beginning of a block that can be read, for a keyword."""
    said = {"if": "if x", "for": "for x in x", "macro": "macro x()", "call": "call x()", "filter": "filter upper",
            "block": "block x", "with": "with", "autoescape": "autoescape true", "set": "set x"}  # fmt: skip
    return f"{{% {said.get(keyword, keyword)} %}}"


def _keyword(text: str) -> str:
    words = text[2:-2].split(maxsplit=1) if text.startswith("{%") else []
    return words[0] if words else ""


def meant(keyword: str) -> str:
    """Return the keyword that an unknown one most likely stands for; "if" for "pif", "iff" and "If"; else itself."""
    if keyword in _KEYWORDS:
        return keyword
    joined = _JOINED_PREFIX.fullmatch(keyword)
    close = get_close_matches(keyword.casefold(), _KEYWORDS, n=1, cutoff=0.75)
    return joined[1] if joined else close[0] if close else keyword


def _replacement(tag: Tag, text: str) -> str:
    """Return what stands in for a tag that cannot be read, so that blocks and loop names still work out."""
    keyword = meant(_keyword(text)) if tag.kind == "{%" else ""
    if keyword == "for":
        names = _LOOP_NAMES.search(text)
        return f"{{% for {names[1] if names else 'x'} in [] %}}"
    if keyword in MIDDLES:
        return "{% else %}" if keyword == "else" else "{% elif true %}"
    if keyword.startswith("end"):
        return f"{{% {keyword} %}}"
    return _opening(keyword).replace("if x", "if true") if keyword in OPENERS else ""


def _paired(
    written: Sequence[tuple[Tag, str]], faults: list[tuple[Tag | None, Fault]]
) -> tuple[list[Block], list[tuple[Tag, str]]]:
    """Return the blocks, and the tags with whatever keeps blocks from pairing left out or added."""
    open_blocks: list[Block] = []
    blocks: list[Block] = []
    mended: list[tuple[Tag, str]] = []
    for tag, text in written:
        keyword = _keyword(text)
        if keyword in OPENERS or (keyword == "set" and _is_block_set(text)):
            open_blocks.append(Block(keyword, tag, within=open_blocks[-1] if open_blocks else None))
            blocks.append(open_blocks[-1])
            mended.append((tag, text))
        elif keyword in MIDDLES:
            mended.append((tag, _middle(tag, text, keyword, open_blocks, faults)))
        elif keyword.startswith("end") and keyword in _KEYWORDS:
            mended.append((tag, _closing(tag, text, keyword[3:], open_blocks, faults)))
        else:
            mended.append((tag, text))
    if open_blocks:
        faults += [(block.opened, _unclosed(block)) for block in open_blocks]
        if mended:
            ends = "".join(f"{{% end{block.keyword} %}}" for block in reversed(open_blocks))
            mended[-1] = (mended[-1][0], mended[-1][1] + ends)
    return blocks, mended


def _is_block_set(text: str) -> bool:
    return _fault_alone(text) is None and isinstance(syntax.parsed(text, "tag"), Fault)


def _middle(tag: Tag, text: str, keyword: str, open_blocks: list[Block], faults: list[tuple[Tag | None, Fault]]) -> str:
    if not open_blocks or open_blocks[-1].keyword not in MIDDLES[keyword]:
        message = f"'{keyword}' stands here without an open if"
        faults.append((tag, _structural(message, keyword, f"begin with {{% if … %}}, or take '{keyword}' out")))
        return ""
    if "else" in [each.keyword for each in open_blocks[-1].middles]:
        message = f"'{keyword}' stands behind the else that ends the choice"
        faults.append((tag, _structural(message, keyword, "keep one else, behind every elif")))
        return ""
    open_blocks[-1].middles.append(tag)
    return text


def _closing(
    tag: Tag, text: str, keyword: str, open_blocks: list[Block], faults: list[tuple[Tag | None, Fault]]
) -> str:
    """Close the block that is meant; what was opened in it and not closed is a fault of its own."""
    if keyword not in [block.keyword for block in open_blocks]:
        opened = f"; '{open_blocks[-1].keyword}' is open" if open_blocks else ""
        message = f"'end{keyword}' closes nothing: no '{keyword}' is open here{opened}"
        fix = f"take it out, or write {{% {keyword} … %}} where it should begin"
        faults.append((tag, _structural(message, f"end{keyword}", fix)))
        return ""
    ends = ""
    while open_blocks[-1].keyword != keyword:
        block = open_blocks.pop()
        faults.append((block.opened, _unclosed(block)))
        ends += f"{{% end{block.keyword} %}}"
    open_blocks.pop().closed = tag
    return ends + text


def _unclosed(block: Block) -> Fault:
    name = block.keyword
    return _structural(f"'{name}' is opened here and never closed", name, f"add {{% end{name} %}} where it should end")


def _structural(message: str, hint: str, fix: str) -> Fault:
    return replace(Fault("template-syntax", "", 0, hint, fix), message=f"the tag cannot be read: {message}")
