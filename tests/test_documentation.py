"""The documentation cannot lie: codes, links, tasks, generated pages and first screen are held against the program."""

from __future__ import annotations

import copy
import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from code_literals import codes_in
from markdown_it import MarkdownIt

import tasks
from elca_docs.records import read_portfolio
from elca_docs.workflows.building import build
from elca_docs.workflows.desk import open_desk
from elca_docs.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "output/README.md"])
IDS = [page.relative_to(ROOT).as_posix() for page in PAGES]
FOUND = codes_in(ROOT / "elca_docs")
README = (ROOT / "README.md").read_text(encoding="utf-8")
_CALL = re.compile(r"\binvoke ((?!TASK\b)[a-zA-Z][\w.-]*[\w])")
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \|", re.MULTILINE)


def tokens(page: Path) -> Iterator[Any]:
    """Yield all tokens of a page, those inside lines included."""
    for token in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def anchors(page: Path) -> set[str]:
    """Return what a link to each heading of a page looks like."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def built_by_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_reference", ROOT / "scripts/build_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documented_codes() -> list[str]:
    return _ROW.findall((ROOT / "docs/reference/problems.md").read_text(encoding="utf-8"))


def test_every_code_of_the_source_can_be_found() -> None:
    """No problem gets its code in a way that this search does not follow, and the search finds what is known."""
    assert FOUND.unclear == []
    assert {"unknown-field", "after-deadline", "template-unknown-filter", "log-damaged", "homonym"} <= set(FOUND.codes)


def test_the_search_follows_every_way_of_giving_a_code_and_reports_what_it_cannot_follow(tmp_path: Path) -> None:
    """Written in the call, by name, as a default, by assignment, put together; anything else is reported."""
    (tmp_path / "sample.py").write_text(
        """
class Problem:
    code: str
    message: str
class Trouble(Exception):
    def __init__(self, what, code="by-default"): ...
def note(where, code): return Problem(code, where)
def known(what): return Problem(f"unknown-{what}", "x")
CODE = "by-assignment"
Problem("in-the-call", "x"); Problem(code="by-name", message="x"); note(1, "through-another"); known("filter")
code, message = ("by-unpacking", "x")
Problem(table[3], "x")
""",
        encoding="utf-8",
    )
    found = codes_in(tmp_path)
    expected = "by-default by-assignment in-the-call by-name through-another unknown-filter by-unpacking"
    assert set(found.codes) == set(expected.split())
    assert found.unclear == ["sample.py:12: table[3]"]


def test_every_code_is_documented() -> None:
    """A code that is not on the page of problems leaves its reader alone."""
    assert {code: FOUND.codes[code] for code in set(FOUND.codes) - set(documented_codes())} == {}


def test_no_documented_code_is_gone_or_stands_twice() -> None:
    """The page names what the program can say, and nothing else."""
    documented = documented_codes()
    assert set(documented) - set(FOUND.codes) == set()
    assert len(documented) == len(set(documented))


def test_every_code_is_in_a_test() -> None:
    """What no test provokes may never have worked."""
    here = {Path(__file__).name, "code_literals.py"}
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/*.py") if path.name not in here]
    said = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", "\n".join(texts)))
    assert {code: FOUND.codes[code] for code in set(FOUND.codes) - said} == {}


@pytest.mark.parametrize("name", ["records.md", "tasks.md", "template-fields.md"])
def test_a_generated_page_is_what_the_script_would_write(name: str) -> None:
    """After a change of fields or tasks: python scripts/build_reference.py."""
    assert (ROOT / "docs/reference" / name).read_text(encoding="utf-8") == built_by_script().pages()[name]


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """The file is there, and so is the heading that a link names."""
    for token in tokens(page):
        target = token.attrs.get("href") or token.attrs.get("src") or ""
        sources = re.findall(r'<img src="([^"]+)"', token.content) if token.type.startswith("html") else []
        for link in [str(target), *sources]:
            if not link or re.match(r"https?:|mailto:", link):
                continue
            path, _, anchor = link.partition("#")
            file = (page.parent / path).resolve() if path else page
            assert file.is_file(), f"{link} leads nowhere"
            assert not anchor or anchor in anchors(file), f"{link} names no heading"


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_task_and_flag_that_a_page_names_exists(page: Path) -> None:
    """Whoever types what the page says is not told that there is no such task."""
    known = {name for full, aliases in tasks.namespace.task_names.items() for name in (full, *aliases)}
    for token in tokens(page):
        if token.type not in {"fence", "code_block", "code_inline"}:
            continue
        for line in token.content.splitlines():
            for name in _CALL.findall(line):
                assert name in known, f"there is no task '{name}'"
            if re.match("invoke [a-z]", line) and "…" not in line:
                name, *words = shlex.split(line, comments=True)[1:]
                assert {word for word in words if word.startswith("--")} - flags_of(name) == set(), line


def flags_of(task: str) -> set[str]:
    """Return the flags of a task; of a copy, because Invoke uses up a task's help when it is asked."""
    arguments = copy.deepcopy(tasks.namespace[task]).get_arguments()
    return {f"--{name.strip('_').replace('_', '-')}" for each in arguments for name in each.names}


def test_no_message_sends_its_reader_to_a_task_that_is_not_there() -> None:
    """A fix that cannot be typed is none."""
    known = {name for full, aliases in tasks.namespace.task_names.items() for name in (full, *aliases)}
    for path in ROOT.glob("elca_docs/**/*.py"):
        text = path.read_text(encoding="utf-8")
        literals = re.findall(r"""(?:"|'|`)[^"'`\n]*?\binvoke ([a-z][\w.-]*\w)""", text)
        assert set(literals) - known == set(), path.name


def test_the_two_commands_stand_letter_for_letter() -> None:
    """Each is a line of its own in a block of code, where people and the check copy it from."""
    lines = [
        line for token in tokens(ROOT / "README.md") if token.type == "fence" for line in token.content.splitlines()
    ]
    assert "pip install -r requirements.txt && invoke build" in lines
    assert "pip install -r requirements-dev.txt && invoke test" in lines


def test_the_first_screen_of_the_readme_is_the_real_one(tmp_path: Path) -> None:
    """Line by line, but for what … leaves out; after the project's end no line depends on the day."""
    for name in ("records", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    real = list(build(open_desk(str(tmp_path), now=lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))).lines)
    shown = next(token.content for token in tokens(ROOT / "README.md") if token.info == "text").splitlines()
    kept = [line for line in shown if line != "…"]
    assert len(kept) > 12
    assert [line for line in real if line in kept] == kept


def test_the_readme_begins_with_what_decides() -> None:
    """The first 25 lines say what it is, show the flow and a picture, and give the first command."""
    top = "\n".join(README.splitlines()[:25])
    for part in ("records/*.yaml", "docs/images/draft.png", "pip install -r requirements.txt && invoke build"):
        assert part in top
    assert 10_000 < (ROOT / "docs/images/draft.png").stat().st_size <= 150_000


def test_every_room_is_on_the_map() -> None:
    """The architecture page has a row for each module and folder of the package, and no row for what is gone."""
    there = {path.name + ("" if path.suffix else "/") for path in (ROOT / "elca_docs").glob("[a-z]*")}
    rows = set(re.findall(r"^\| `([a-z]+(?:/|\.py))` \|", read(ROOT / "docs/architecture.md"), re.MULTILINE))
    assert rows - {"tasks.py"} == there


def test_the_rule_of_the_architecture_page_works() -> None:
    """The example of a new rule runs on the shipped records as it stands there."""
    page = ROOT / "docs/architecture.md"
    code = next(token.content for token in tokens(page) if token.info == "python")
    namespace: dict[str, object] = {}
    exec(code, namespace)  # noqa: S102 - our own page
    portfolio = read_portfolio(Workspace(ROOT).records()).portfolio
    assert portfolio
    rule = namespace["events_say_when"]
    assert callable(rule)
    undated = [event.id for event in portfolio.events if not event.is_slot and event.expected is None]
    assert [finding.ids for finding in rule(portfolio)] == [(each,) for each in undated]


def test_what_holds_a_decision_is_there() -> None:
    """Each decision names the files and tests that keep it, and they exist."""
    files = {path.name: path for path in ROOT.glob("tests/**/*.py")}
    defined = set(re.findall(r"^def (test_\w+)", "\n".join(map(read, files.values())), re.MULTILINE))
    pages = sorted(ROOT.glob("docs/decisions/0*.md"))
    assert len(pages) >= 6
    for page in pages:
        held = read(page).partition("**Held by.**")[2]
        names = re.findall(r"`(?:tests/)?(?:\w+/)*(test_\w+(?:\.py)?)`", held)
        assert names or "pyproject.toml" in held, page.name
        assert {name for name in names if name.endswith(".py")} - set(files) == set(), page.name
        assert {name for name in names if not name.endswith(".py")} - defined == set(), page.name
        assert f"]({page.name})" in read(page.with_name("README.md")), page.name


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
