"""The field guide in a real browser: readable on a phone and in the dark, accessible, one click to copy a tag."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from elca_docs.authoring.guide import field_guide_page

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

WIDE, PHONE = (1280, 900), (360, 740)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Return Debian's Chromium, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=shutil.which("chromium"))
        yield running
        running.close()


@pytest.fixture
def opened(browser, tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Return what opens the guide; afterwards no page may have said or asked for anything."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_page(language: str, size: tuple[int, int] = WIDE, scheme: str = "light") -> object:
        path = tmp_path / f"{language}.html"
        path.write_text(field_guide_page(language), encoding="utf-8")
        viewport = {"width": size[0], "height": size[1]}
        contexts.append(browser.new_context(viewport=viewport, color_scheme=scheme, offline=True))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    assert said == []
    assert all(url.startswith("file:") for url in asked)
    assert len(asked) == len(contexts)
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_runs_over(opened, language, size, scheme) -> None:
    """No rule of axe-core is broken, contrast included, and no page is wider than its window."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened(language, size, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


def test_a_click_selects_a_whole_tag_and_a_whole_frame(opened) -> None:
    """What is to be copied is selected by one click, with nothing before or after it."""
    page = opened("en")
    selected = "getSelection().toString().trim()"
    page.get_by_text("{{ counterpart.legal_name }}", exact=True).click()
    assert page.evaluate(selected) == "{{ counterpart.legal_name }}"
    page.get_by_text("{%p for annex in annexes %}", exact=True).last.click()
    lines = [each.strip() for each in page.evaluate(selected).splitlines() if each.strip()]
    assert (lines[0], lines[-1], len(lines)) == ("{%p if annexes %}", "{%p endif %}", 6)
