"""Record sets that are changed: whole projects as files, what may stand in a value, and changes that keep their form.

A change takes a `Mutation` and draws what it needs from its chance. Nothing here damages a file.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
PROJECTS = (ROOT, ROOT / "examples" / "demo", ROOT / "tests" / "data" / "other")
Files = dict[str, bytes]
Tree = Any
Spot = tuple[Any, Any]
"""A list or mapping, and the position or key in it."""

DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

TEXTS = (
    "", " ", "x", "x" * 300, "wordy " * 400, "NBSP\u00a0between", "\u00a0", "\u2007", "Ｆｕｌｌ　ｗｉｄｔｈ",
    "ＣＯＮ", "\u202elaf\u202c", "\u2066x\u2069", "\u200b", "\ufeffx", "\ufffd", "bell\x07", "nul\x00", "tab\there",
    "two\nlines", "\n\n", "line\u2028end", "\x85", "e\u0301", "a" + "\u0301\u0327" * 40, "\u0301", "😀", "👩\u200d🔬",
    "日本", "שלום", "ŻÓŁĆ ß ﬁ ﬃ İ", "=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "{{ 7*7 }}", "{% for x in y %}",
    "{#", "}}", "{agency}", "{0}", "{name!r:>9999999}", "%s %d %", "${x}", "{", "CON", "nul.docx", "COM¹", "aux.",
    "../x", "..\\x", "a/b", "/etc/passwd", "C:\\x", "~", "null", ".", "..", "<b>&amp;</b>", "]]>", "<!--", "&", "#",
    "Foo #1 Ltd", "- x", "a: b", "*a", "&a", "!x", "|", ">", "'", '"', "\\", "`", "[x](javascript:1)", "https://[",
    "mailto:", "http://x.example/" + "y" * 300, "someone@x.example", "two@@x.example", '"a b"@x', "@", "; ; ;",
    "one; two", "A,B;C", "I", "Ltd", "of the", "(", ")(", "SO 1: x", "M19", "NO", "yes", "EL", "en", "es", "xx",
    "Europe/Madrid",
)  # fmt: skip
NUMBERS = (
    "0",
    "1",
    "2",
    "7",
    "007",
    "240",
    "241",
    "999",
    "1000",
    "1001",
    "1000000",
    "1000001",
    "-1",
    "1e5",
    "1_0",
    ".inf",
    "２",
)
DATES = (
    "0001-01", "0001-01-01", "1900-01-01", "1950-01-01", "2000-02-29", "2021-02-30", "2020-01", "2021-06-30", "2030-12",
    "2199-12-31", "2200-01-01", "9999-12", "9999-12-31", "2021-13", "Nov. 21", "03.09.21", "12:30:00",
)  # fmt: skip
IDS = ("X", "0042", "x" * 64, "a.b_c+d-e", "KPI 2", "NO", "1", "Con-1", "A-1.2.3", "con", "x" * 65, "ä", "=1", "a b")
_NUMBER, _DATE, _WORD = re.compile("[0-9]{1,7}"), re.compile("[0-9]{4}-[0-9]{2}(-[0-9]{2})?"), re.compile(r"[\w+.-]+")


@cache
def project(number: int) -> Files:
    """Return the record files of one of the projects."""
    root = PROJECTS[number]
    paths = sorted(each for each in (root / "records").rglob("*") if each.suffix in {".yaml", ".md"})
    return {each.relative_to(root).as_posix(): each.read_bytes() for each in paths}


@cache
def tree_in(number: int, path: str) -> Tree:
    """Return what a file holds, all values as text; never to be changed."""
    return yaml.load(project(number)[path], Loader=LOADER)  # noqa: S506 - the base loader makes text only


@cache
def values_of(number: int) -> dict[str, tuple[Tree, ...]]:
    """Return all values of a project by the key under which they stand."""
    values: dict[str, list[Tree]] = {}
    for path in project(number):
        if path.endswith(".yaml"):
            for holder, key in spots(tree_in(number, path)):
                if isinstance(key, str):
                    values.setdefault(key, []).append(holder[key])
    return {key: tuple(each) for key, each in values.items()}


def spots(tree: Tree) -> Iterator[Spot]:
    """Yield every place of a tree at which a value stands."""
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from spots(tree[key])


@dataclass(slots=True)
class Mutation:
    """A set while it is changed; each change draws what it needs from `chance`."""

    chance: random.Random
    number: int
    files: Files

    def path(self, ending: str = ".yaml") -> str:
        """Return one of the files that are still there."""
        return self.chance.choice([each for each in self.files if each.endswith(ending)] or ["records/project.yaml"])

    def opened(self) -> tuple[str, Tree, list[Spot]]:
        """Return a file, a copy of what it holds, and its places; an empty tree where it cannot be read any more."""
        path = self.path()
        tree = (
            deepcopy(tree_in(self.number, path))
            if self.files.get(path) == project(self.number).get(path)
            else _loaded(self.files.get(path, b""))
        )
        return path, tree, list(spots(tree))

    def write(self, path: str, tree: Tree) -> None:
        """Put a tree into a file."""
        self.files[path] = yaml.dump(tree, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=1000).encode()

    def text(self, path: str) -> str:
        """Return a file as text, whatever its bytes."""
        return self.files.get(path, b"").decode("utf-8", "replace")

    def scalar(self) -> str:
        """Return any odd text."""
        return self.chance.choice(self.chance.choice((TEXTS, TEXTS, NUMBERS, DATES, IDS)))


def _loaded(data: bytes) -> Tree:
    if b"&" in data and b"*" in data:
        return {}  # names for values may stand for more than any memory holds
    try:
        return yaml.load(data, Loader=LOADER)  # noqa: S506 - as above
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}


def likely(mutation: Mutation) -> None:
    """Give a value another one of its own sort: a number for a number, a date for a date, an odd text for a text."""
    path, tree, every = mutation.opened()
    scalars = [(holder, key) for holder, key in every if isinstance(holder[key], str)]
    if not scalars:
        return
    holder, key = mutation.chance.choice(scalars)
    old = holder[key]
    same = [each for each in values_of(mutation.number).get(key, ()) if isinstance(each, str)] or [old]
    if _DATE.fullmatch(old):
        holder[key] = mutation.chance.choice(DATES[:13])
    elif _NUMBER.fullmatch(old) and key != "grant_number":
        holder[key] = mutation.chance.choice(NUMBERS[:10])
    elif " " in old or mutation.chance.random() < 0.3:
        holder[key] = mutation.chance.choice(TEXTS)
    else:
        holder[key] = mutation.chance.choice(same)
    mutation.write(path, tree)


def borrowed(mutation: Mutation) -> None:
    """Give a key what stands under the same key elsewhere."""
    path, tree, every = mutation.opened()
    values = values_of(mutation.number)
    keyed = [(holder, key) for holder, key in every if isinstance(key, str) and len(values.get(key, ())) > 1]
    if keyed:
        holder, key = mutation.chance.choice(keyed)
        holder[key] = deepcopy(mutation.chance.choice(values[key]))
        mutation.write(path, tree)


def left_out(mutation: Mutation) -> None:
    """Take a key or an entry away, or leave its place empty."""
    path, tree, every = mutation.opened()
    if every:
        holder, key = mutation.chance.choice(every)
        if mutation.chance.random() < 0.5:
            del holder[key]
        else:
            holder[key] = mutation.chance.choice(("", [], {}, None))
        mutation.write(path, tree)


def given_more(mutation: Mutation) -> None:
    """Give a record a field that others of its file have."""
    path, tree, every = mutation.opened()
    groups = [holder[key] for holder, key in every if isinstance(holder[key], dict)]
    if len(groups) > 1:
        giver, taker = mutation.chance.sample(groups, 2)
        for key in mutation.chance.sample(sorted(giver), min(2, len(giver))):
            if key != "id":
                taker[key] = deepcopy(giver[key])
        mutation.write(path, tree)


def reordered(mutation: Mutation) -> None:
    """Shuffle a list."""
    path, tree, every = mutation.opened()
    lists = [holder[key] for holder, key in every if isinstance(holder[key], list)]
    if lists:
        mutation.chance.shuffle(mutation.chance.choice(lists))
        mutation.write(path, tree)


def renamed_everywhere(mutation: Mutation) -> None:
    """Write another word, or another id, wherever a word stands."""
    words = sorted(set(_WORD.findall(mutation.text(mutation.path()))))
    if words:
        old = re.compile(rf"(?<![\w.+-]){re.escape(mutation.chance.choice(words))}(?![\w.+-])")
        new = mutation.chance.choice((*IDS[:9], *mutation.chance.sample(words, min(4, len(words)))))
        for path in list(mutation.files):
            mutation.files[path] = old.sub(lambda _: new, mutation.text(path)).encode()


def narrated(mutation: Mutation) -> None:
    """Put odd lines into a narrative."""
    path = mutation.path(".md")
    if path.endswith(".md"):
        lines = mutation.text(path).split("\n")
        odd = ("# x", "#### deep", "> quote", "| a | b |\n|---|---|\n| c |", "![x](y.png)", "<script>", "```\nx", "***",
               "1. a\n   - b\n     - c", "[x](javascript:1)", "[y](https://z.example)", "---", "&nbsp;", "* " * 60,
               "[" * 500, "*" * 999, "> " * 99)  # fmt: skip
        lines.insert(mutation.chance.randrange(len(lines) + 1), mutation.chance.choice((*odd, mutation.scalar())))
        mutation.files[path] = "\n".join(lines).encode()


Change = Callable[[Mutation], None]
GENTLE: tuple[Change, ...] = (
    likely,
    likely,
    likely,
    borrowed,
    left_out,
    left_out,
    given_more,
    reordered,
    renamed_everywhere,
    narrated,
)
