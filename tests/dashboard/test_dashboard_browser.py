"""The dashboard in a real browser: filters, sorting, keyboard, accessibility, and not one request beyond its file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dashboard_specimens import HOSTILE, page

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

WIDE, PHONE = (1280, 900), (360, 740)
_VISIBLE = "[...document.querySelectorAll('table[data-list] tbody tr')].filter(row => row.offsetParent).length"


class Tab:
    """An open page, and everything it said or asked for."""

    def __init__(self, browser, path: Path, size: tuple[int, int] = WIDE, scheme: str = "light", **fields) -> None:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, color_scheme=scheme, offline=True, **fields)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())
        self.address = path.as_uri()

    def shown(self) -> int:
        """Return how many agreements are in sight."""
        return int(self.page.evaluate(_VISIBLE))

    def ids(self, key: str) -> list[str]:
        """Return the first words of the rows of a list."""
        return self.page.locator(f"table[data-list={key}] tbody .ref").all_inner_texts()


Open = Callable[..., Tab]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Return Debian's Chromium, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=shutil.which("chromium"))
        yield running
        running.close()


@pytest.fixture
def opened(browser, tmp_path: Path) -> Iterator[Open]:
    """Return what opens a page; afterwards no page may have said or asked for anything."""
    tabs: list[Tab] = []

    def open_page(count: int, names: tuple[str, ...] = (), **fields) -> Tab:
        path = tmp_path / f"page-{len(tabs)}.html"
        path.write_text(page(count, names), encoding="utf-8")
        tabs.append(Tab(browser, path, **fields))
        return tabs[-1]

    yield open_page
    for tab in tabs:
        assert tab.said == []
        assert tab.asked == [tab.address]
        tab.page.context.close()


def test_filters_narrow_and_say_how_many(opened: Open) -> None:
    """Partner, class, mission, state and words all have to fit; Clear shows everything again."""
    from playwright.sync_api import expect

    tab = opened(12)
    said = tab.page.locator(".filters output")
    assert said.inner_text() == "All 15 are shown."
    tab.page.select_option("#f-partner", "SUED")
    assert said.inner_text() == "6 of 15 are shown."
    tab.page.select_option("#f-state", "overdue")
    assert (said.inner_text(), tab.shown()) == ("2 of 15 are shown.", 2)
    tab.page.select_option("#f-mission", "pole")
    tab.page.select_option("#f-class", "XB")
    assert tab.ids("overdue") == ["EXAMPLE-0001"]
    assert tab.page.locator("#list-signed").is_hidden()
    tab.page.fill("#f-text", "nobody")
    assert (said.inner_text(), tab.shown()) == ("0 of 15 are shown.", 0)
    tab.page.get_by_role("button", name="Clear").click()
    expect(said).to_have_text("All 15 are shown.")  # a function to wait for would be refused by the page's own policy
    assert tab.page.locator("#list-signed").is_visible()


def test_search_finds_words_in_any_order_without_accents_or_capitals(opened: Open) -> None:
    """A person types what they remember."""
    tab = opened(12, ("Fundación Ñandú", "plain"))
    tab.page.fill("#f-text", "NANDU example-0003")
    assert tab.shown() == 1


def test_the_state_may_be_how_far_it_is(opened: Open) -> None:
    """Besides the lists, a single status can be asked for."""
    tab = opened(12)
    tab.page.select_option("#f-state", "is sent")
    assert tab.page.locator(".filters output").inner_text() == "4 of 15 are shown."


def test_sorting_tells_its_direction_and_turns(opened: Open) -> None:
    """A heading sorts up, then down; numbers count as numbers, and only one heading says that it sorts."""
    tab = opened(12)
    heading = tab.page.locator("table[data-list=signed] thead th").first
    heading.get_by_role("button").click()
    up = tab.ids("signed")
    assert (heading.get_attribute("aria-sort"), up) == ("ascending", sorted(up))
    heading.get_by_role("button").click()
    assert (heading.get_attribute("aria-sort"), tab.ids("signed")) == ("descending", up[::-1])
    tab.page.locator("table[data-list=signed] thead th").nth(3).get_by_role("button").click()
    assert tab.page.locator("table[data-list=signed] [aria-sort]").count() == 1


def test_long_lists_show_a_part_and_then_all(opened: Open) -> None:
    """Two hundred rows are not put on the page at once, and paper gets all of them."""
    tab = opened(300)
    rows = tab.page.locator("table[data-list=signed] tbody tr")
    assert rows.count() == 50
    tab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() == 100
    tab.page.evaluate("dispatchEvent(new Event('afterprint'))")
    tab.page.locator("#list-signed .pager button").click()
    assert rows.count() == 100
    assert tab.page.evaluate("document.activeElement.tagName") == "TR"


def test_hostile_names_do_nothing(opened: Open) -> None:
    """They are shown as they are, also after filtering and sorting; no script of theirs runs."""
    tab = opened(12, HOSTILE)
    tab.page.fill("#f-text", "onerror")
    tab.page.locator("table[data-list] thead button").first.click()
    assert tab.shown() > 0
    assert tab.page.locator("img, script[src], svg[onload], a[href^=javascript]").count() == 0
    assert HOSTILE[0] in tab.page.inner_text("main")


def test_everything_can_be_reached_by_keyboard(opened: Open) -> None:
    """Tab first offers to skip to the figures; search, filters and sorting work without a mouse, focus is visible."""
    tab = opened(12)
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.className") == "skip"
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "main"
    tab.page.focus("#f-text")
    tab.page.keyboard.type("EXAMPLE-0003")
    assert tab.shown() == 1
    tab.page.focus("table[data-list=signed] thead button")
    tab.page.keyboard.press("Enter")
    assert tab.page.locator("table[data-list=signed] [aria-sort=ascending]").count() == 1
    assert tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_never_scrolls_sideways(opened: Open, width: int) -> None:
    """From a phone to a desk, text flows into the width there is, hostile names included."""
    for names in ((), HOSTILE, ("W" * 60,)):
        tab = opened(12, names, size=(width, 800))
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_everything_is_there(browser, tmp_path: Path) -> None:
    """A browser that runs no script shows every row and no filter that would do nothing."""
    path = tmp_path / "plain.html"
    path.write_text(page(120), encoding="utf-8")
    tab = Tab(browser, path, java_script_enabled=False)
    assert tab.page.locator("table[data-list] tbody tr").count() == 121
    assert tab.page.locator("form.filters").is_hidden()
    tab.page.context.close()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Open, scheme: str, size: tuple[int, int]) -> None:
    """No rule of axe-core is broken, contrast and landmarks included, closed parts opened, in light and dark."""
    from axe_playwright_python.sync_playwright import Axe

    tab = opened(12, scheme=scheme, size=size)
    tab.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(tab.page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


def test_a_filter_stays_quick_on_large_projects(opened: Open) -> None:
    """With 2,000 agreements a filter takes at most three times what it takes with 200, layout included."""
    measure = """() => {
        const field = document.getElementById("f-text");
        const once = (text) => {
            const began = performance.now();
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
            document.body.offsetHeight;
            return performance.now() - began;
        };
        const times = Array.from({ length: 30 }, (_, turn) => once(turn % 2 ? "network 1" : "example"));
        return times.sort((one, other) => one - other)[15];
    }"""
    few, many = (opened(count).page.evaluate(measure) for count in (200, 2000))
    assert many <= 3 * few, f"{few:.1f} ms with 200, {many:.1f} ms with 2,000"
