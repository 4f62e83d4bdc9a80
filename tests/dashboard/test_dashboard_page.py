"""The dashboard as text: nothing in a record becomes part of the page's structure, and every figure is the report's."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest
from dashboard_specimens import AS_OF, HOSTILE, digest, overview, page, portfolio, register

from elca_docs.model import log_events as log
from elca_docs.model.lives import LifeStep
from elca_docs.reporting.dashboard_figures import cards, time_gone
from elca_docs.reporting.dashboard_papers import Papers, address
from elca_docs.reporting.dashboard_plan import happenings
from elca_docs.reporting.dashboard_rows import agreement_lists

ROOT = Path(__file__).resolve().parents[2]
NOTHING = Papers(readable=lambda _: (), present=lambda _: False)


class Page(HTMLParser):
    """What a browser would make of the page: its elements, attributes, links, and the text inside."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[tuple[str, str]] = set()
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.inline: dict[str, str] = {}
        self.policy = ""
        self.words: list[str] = []
        self.open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.open = tag
        given = dict(attrs)
        self.attributes |= {(tag, name) for name in given}
        self.hrefs += [given["href"] or ""] if "href" in given else []
        self.ids += [given["id"] or ""] if "id" in given else []
        if given.get("http-equiv"):
            self.policy = given["content"] or ""

    def handle_data(self, data: str) -> None:
        if self.open in {"style", "script"}:
            self.inline[self.open] = self.inline.get(self.open, "") + data
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.open = "" if tag == self.open else self.open


def test_hostile_names_are_text() -> None:
    """A page of hostile names has the same elements and attributes as one of plain names, and shows each name."""
    plain, hostile = Page(page(9, ("a plain name",))), Page(page(9, HOSTILE))
    assert (hostile.tags, hostile.attributes) == (plain.tags, plain.attributes)
    shown = " ".join(hostile.words)
    assert [name for name in HOSTILE if name not in shown] == []


def test_hostile_file_names_stay_in_the_folder() -> None:
    """Whatever a file is called, its link leads to a file of the project and to nothing else."""
    for name in HOSTILE:
        found = Page(page(3, file=name.replace("..", "")))
        links = [each for each in found.hrefs if not each.startswith("#")]
        assert links
        assert all(re.fullmatch(r"\.\./\.\./(output|register)/[\w.~/%-]+", each) for each in links), links


@pytest.mark.parametrize("name", ["/etc/passwd", "../outside.pdf", "output/../../outside.pdf"])
def test_a_name_that_leads_out_is_no_link(name: str) -> None:
    """The page speaks of the project folder only."""
    with pytest.raises(ValueError, match="does not lie in the project folder"):
        address(name)


def test_a_paper_that_is_not_there_is_no_link() -> None:
    """A step without its paper is still told."""
    found = Page(page(3, there=False))
    assert [each for each in found.hrefs if not each.startswith("#")] == []
    assert "sent version 1" in " ".join(found.words)


def test_the_policy_allows_just_this_style_and_this_script() -> None:
    """The digests in the policy are those of what stands in the page, and nothing else may be loaded or run."""
    found = Page(page(3))
    assert (found.tags["style"], found.tags["script"]) == (1, 1)
    rules = dict(rule.strip().split(" ", 1) for rule in found.policy.split(";"))
    for kind in ("style", "script"):
        hashed = base64.b64encode(hashlib.sha256(found.inline[kind].encode()).digest()).decode()
        assert rules.pop(f"{kind}-src") == f"'sha256-{hashed}'"
    assert rules == {"default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
    assert not {name for _, name in found.attributes if name.startswith("on") or name in {"style", "src"}}
    assert "http" not in found.inline["script"]
    assert "url(" not in found.inline["style"]


def test_ids_are_unique_and_links_inside_lead_somewhere() -> None:
    """Two elements of one id would be one target too few."""
    found = Page(page(9))
    assert [each for each, count in Counter(found.ids).items() if count > 1] == []
    assert {each[1:] for each in found.hrefs if each.startswith("#")} <= set(found.ids)


def test_the_same_input_is_the_same_bytes() -> None:
    """A page that did not change is not written again."""
    assert page(9) == page(9)


def test_every_agreement_stands_in_one_list() -> None:
    """Lists add up to the report: nothing is left out, nothing stands twice."""
    records = portfolio(12)
    seen = overview(records, register(records))
    lists = agreement_lists(records, seen, NOTHING)
    assert {key: sorted(row.id for row in rows) for key, rows in lists.items() if rows} == {
        "overdue": [f"A-{n:04}" for n in (0, 4)],
        "pending": [f"A-{n:04}" for n in (1, 3, 6, 7, 9, 10)],
        "signed": [f"A-{n:04}" for n in (2, 5, 8, 11)],
        "free": ["S-1"],
    }
    assert [row.count for row in lists["free"]] == [3]
    assert sum(row.count for rows in lists.values() for row in rows) == len(seen.report.agreements)


def test_a_life_is_told_with_what_is_still_to_come() -> None:
    """What is done has a day; each party that has not signed and each step ahead has none."""
    records = portfolio(3)
    lists = agreement_lists(records, overview(records, register(records)), NOTHING)
    told = {row.id: [(mark.text, mark.day) for mark in row.life] for rows in lists.values() for row in rows}
    assert told["A-0000"] == [("drafted version 1", "2021-06-01"), ("sent", ""), ("signed", ""), ("registered", "")]
    assert told["A-0001"][1:] == [("sent version 1", "2021-07-01"), ("signed", ""), ("registered", "")]
    assert told["A-0002"][1:] == [
        ("sent version 1", "2021-07-01"),
        ("signed SUED", "2021-08-01"),
        ("signed Net 2", "2021-08-01"),
        ("registered R-0001", "2021-08-01"),
    ]


def test_what_ended_waits_or_does_not_count_says_so() -> None:
    """An end is the last step, a party that has not signed is named, and what does not count says why."""
    records = portfolio(6)
    paper = digest("scan")
    more = (
        log.Ended(agreement="A-0000", exit="declined", on=date(2021, 9, 1), reason="no"),
        log.Received(subject="EXAMPLE-0002", sha256=paper, name="scan.pdf", size=9, pages=1),
        log.Signed(reference="EXAMPLE-0002", party="NORD", on=date(2021, 9, 1), evidence=paper),
        log.Contacted(agreement="A-0004", on=date(2021, 9, 1)),
    )
    seen = overview(records, register(records, more=more), whole=lambda each: each != digest("EXAMPLE-0003"))
    lists = agreement_lists(records, seen, NOTHING)
    assert [mark.text for mark in lists["ended"][0].life] == ["drafted version 1", "declined"]
    told = {row.id: row for rows in lists.values() for row in rows}
    ahead = [mark.text for mark in told["A-0001"].life if not mark.done]
    assert (told["A-0001"].status, ahead) == ("partly signed", ["signed Net 1", "registered"])
    assert told["A-0005"].why == ""
    assert told["A-0002"].why.endswith("is missing or changed")
    assert told["A-0004"].life[-3].text == "contacted"


def test_what_is_held_says_how_far_it_is() -> None:
    """Held and counted, held without the right proof, planned: each in a word, with why it does not count."""
    records = portfolio(1)
    held = log.Held(subject="C-1", on=date(2021, 9, 1), evidence=(), proof="minutes")
    views = (register(records), register(records, more=(held,)))
    rows = [happenings(records, overview(records, view).report, NOTHING) for view in views]
    assert [row.state for row in rows[0]] == ["planned", "overdue"]
    assert [(row.state, row.held_on) for row in rows[1]][:1] == [("held", "2021-09-01")]
    assert rows[1][0].why != ""


@pytest.mark.parametrize(("target", "pace"), [(1, "reached"), (7, "in-step"), (8, "behind")])
def test_pace_compares_two_shares(target: int, pace: str) -> None:
    """Four counted of seven is more than the 415 of 730 days gone; of eight it is less."""
    records = portfolio(12)
    first = replace(records.indicators[0], target=target)
    records = replace(records, indicators=(first, records.indicators[1]))
    (card, _) = cards(records, overview(records, register(records)).report, NOTHING)
    assert card.pace == pace


def test_an_indicator_is_shown_against_target_and_time() -> None:
    """Every number on a card is the report's; the line of time stands where the target would be by now."""
    records = portfolio(12)
    report = overview(records, register(records)).report
    gone = time_gone(records.project, report.as_of)
    assert (gone.days, gone.every, gone.month, gone.percent) == (415, 730, 14, 56)
    first, second = cards(records, report, NOTHING)
    assert (first.figure, first.pace, first.pace_said) == (report.figures[0], "behind", "behind time: 5.7 by now")
    assert [(part.name, part.width) for part in first.parts] == [
        ("planned", 1000),
        ("named", 800),
        ("signed", 266),
        ("counted", 266),
    ]
    assert (first.target_x, first.due_x) == (666, 378)
    assert first.said.startswith("4 of 10 counted; 15 planned, 12 named")
    assert [each.id for each in first.proofs] == list(report.figures[0].counted_ids)
    assert second.pace == "behind"


def test_a_signed_copy_without_a_readable_name_is_the_file_as_it_came() -> None:
    """A part-signed copy has no register number, and so no name of its own."""
    step = LifeStep(kind="signed", day=AS_OF, evidence="ab" * 32)
    papers = Papers(readable=lambda _: (), present=lambda name: name.startswith("register/evidence/"))
    (paper,) = papers.of_step(step)
    assert paper.href == f"../../register/evidence/ab/{'ab' * 32}.pdf"


def test_a_project_without_anything_is_a_page() -> None:
    """A fresh clone has no register, and a new project may have no agreement."""
    found = Page(page(0))
    assert found.tags["main"] == 1


def test_the_files_of_the_page_ship_with_the_program() -> None:
    """The wheel holds templates, style and script; the script stays small."""
    folder = ROOT / "elca_docs/reporting/dashboard_page"
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    shipped = patterns["elca_docs.reporting"]
    names = [path.name for path in folder.iterdir() if path.is_file()]
    assert [
        name for name in names if not any(PurePosixPath(f"dashboard_page/{name}").match(each) for each in shipped)
    ] == []
    assert (folder / "script.js").stat().st_size <= 10_000
