"""The report page as its reader meets it, in Debian's Chromium: by mouse, keyboard, phone, paper and screen reader."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import run_here

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
LARGEST = 3 * 1024 * 1024
"""Bytes of a year's page."""
HOSTILE = (
    """\
# 1:1 Ada Brandt / Bo Lindgren (manager), 2025

## 3 March 2025
- Shipped the <script>document.title = "taken"</script> counter to both shops
- Bo: your </style><style>main { display: none }</style> notes were the clearest I have read
- [Press release](javascript:document.title='taken'): wrote the first draft, ETA 4 April

## 17 March 2025
- Shipped """
    + "w" * 5000
    + """ to both shops
- Press release: \u202eETA 11 April\u202c, waiting for <img src=x onerror="document.title='taken'">
- \u05d4\u05e9\u05e7\u05e0\u05d5 \u05d0\u05ea \u05d4\u05de\u05d5\u05e0\u05d4 \u05d1\u05e9\u05ea\u05d9 \u05d4\u05d7\u05e0\u05d5\u05d9\u05d5\u05ea
- "><svg onload=document.title='taken'>: finished the audit

## 14 July 2025
- Press release is live in both shops, complaints fell from 40 to 12
- Bo: I'll ask finance about the budget. You talk too long in meetings, lead with the point
- [Blocked] Label printer: waiting for procurement
- What would it take to become a senior?
"""
)

pytestmark = [
    pytest.mark.charts,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium"),
    pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="no playwright here"),
]


@dataclass
class Opened:
    """A page, and what it asked for and complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report pages of a sample, for its owner and for the manager, and of notes that mean harm."""
    root = tmp_path_factory.mktemp("pages")
    (root / "notes.md").write_text(HOSTILE, encoding="utf-8")
    sample = Path(__file__).parent.parent / "data" / "sample" / "manager-notes"
    made = {}
    for name, job, notes in (("sample", "review", sample), ("hostile", "scan", root / "notes.md")):
        ran = run_here(job, notes, "-o", root / name)
        assert ran.code == 0, ran.err
        made[name] = root / name / "report.html"
    return made


def opened(browser: Browser, path: Path, *, width: int = 1280, **more: Any) -> Opened:
    """Open a page and listen to it."""
    page = browser.new_context(viewport={"width": width, "height": 800}, **more).new_page()
    page.set_default_timeout(5000)
    found = Opened(page)
    page.on("request", lambda request: found.asked.append(request.url))
    page.on("console", lambda message: found.said.append(message.text))
    page.on("pageerror", lambda error: found.said.append(str(error)))
    page.goto(path.as_uri())
    return found


def shown(page: Page) -> int:
    """Count the rows of evidence that are shown."""
    return int(page.evaluate("[...document.querySelectorAll('#rows > tr')].filter((one) => one.offsetHeight).length"))


@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_the_page_asks_for_nothing_and_nothing_in_it_is_refused(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    found = opened(browser, pages[name])
    assert (found.asked, found.said) == ([pages[name].as_uri()], [])
    assert pages[name].stat().st_size < LARGEST


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_that_keeps_anybody_out(
    browser: Browser, pages: dict[str, Path], width: int, scheme: str
) -> None:
    pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    page = opened(browser, pages["hostile"], width=width, color_scheme=scheme, bypass_csp=True).page
    page.evaluate("for (const one of [...document.querySelectorAll('details')].slice(0, 40)) one.open = true")
    page.select_option("select[name=q]", index=1)  # shows the bar that says what is filtered
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_nothing_runs_over_the_edge_of_a_phone(browser: Browser, pages: dict[str, Path], name: str) -> None:
    page = opened(browser, pages[name], width=360).page
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_notes_that_mean_harm_do_none(browser: Browser, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["hostile"]).page
    page.wait_for_timeout(50)
    assert page.title() == "Ada Brandt, 2025: report"
    assert page.locator("main").is_visible()
    assert page.evaluate("document.querySelectorAll('script, style').length") == 2
    hrefs = page.evaluate("[...document.querySelectorAll('a')].map((one) => one.getAttribute('href') || '')")
    assert [one for one in hrefs if not one.startswith(("#", "../notes.md"))] == []


@pytest.mark.parametrize(
    ("name", "value"), [("p", "Playbook"), ("q", "2025-Q2"), ("l", "feedback"), ("a", "Ines"), ("c", "open")]
)
def test_each_filter_leaves_only_what_it_names(browser: Browser, pages: dict[str, Path], name: str, value: str) -> None:
    page = opened(browser, pages["sample"]).page
    options = page.evaluate(f"[...document.querySelector('select[name={name}]').options].map((one) => one.value)")
    value = value if value in options else options[1]
    page.select_option(f"select[name={name}]", value)
    values = page.evaluate(
        f"[...document.querySelectorAll('#rows > tr')].filter((one) => one.offsetHeight).map((one) => one.dataset.{name})"
    )
    assert values
    assert all(value in one.split("|") for one in values)
    assert page.locator("#count").inner_text().startswith(f"{len(values)} ")
    page.click("form button")
    page.wait_for_function("document.querySelectorAll('#rows > tr[hidden]').length === 0")


def test_words_are_searched_in_any_order(browser: Browser, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["sample"]).page
    row = page.evaluate("document.querySelector('#rows > tr:nth-child(9) > td:nth-child(2)').firstChild.data")
    words = row.split()
    page.fill("input[name=words]", f"{words[-1]} {words[0].upper()}")
    assert 0 < shown(page) < page.locator("#rows > tr").count()
    page.fill("input[name=words]", "no line holds this")
    assert shown(page) == 0


def test_a_point_shows_its_parts_on_focus_and_filters_when_it_is_chosen(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = opened(browser, pages["sample"]).page
    point = page.locator(".effort .wide a").first
    name = page.locator(".card .name").first.inner_text()
    assert page.locator(".peek:visible").count() == 0
    point.focus()
    panel = page.locator(".peek:visible").inner_text()
    assert name in panel
    assert "Effort" in panel
    assert ", l. " in panel or "[" in panel
    page.keyboard.press("Enter")
    assert page.locator("#only").inner_text().startswith(f"Only {name}: {shown(page)} of ")
    assert page.locator(".card:visible").count() == 1
    page.locator("#only button").click()
    assert not page.locator("#only").is_visible()


def test_pointing_at_a_point_shows_its_parts_too(browser: Browser, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["sample"]).page
    page.locator(".effort .wide a").first.hover()
    assert page.locator(".peek:visible").count() == 1


def test_the_page_is_walked_with_the_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["sample"]).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#short"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#short .cite > summary')")
    page.keyboard.press("Enter")
    assert page.locator("#short .cite[open] mark").first.is_visible()


def test_without_a_script_everything_but_filtering_is_there(browser: Browser, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["sample"], java_script_enabled=False).page
    assert not page.locator("#filter").is_visible()
    assert page.locator("#rows > tr:visible").count() == page.locator("#rows > tr").count()
    page.locator("#short .cite > summary").first.click()
    assert page.locator("#short .cite[open] mark").first.is_visible()
    page.locator(".effort .wide a").first.focus()
    assert page.locator(".peek:visible").count() == 1
    page.keyboard.press("Enter")
    page.locator("#project-1").wait_for(state="visible")


def test_light_and_dark_differ_in_page_and_charts(browser: Browser, pages: dict[str, Path]) -> None:
    asked = "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector('.wide svg text')).fill]"
    light, dark = (
        opened(browser, pages["sample"], color_scheme=scheme).page.evaluate(asked) for scheme in ("light", "dark")
    )
    assert light[0] != dark[0]
    assert light[1] != dark[1]


def test_on_paper_the_filters_are_gone_and_the_parts_are_there(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    import pypdfium2

    page = opened(browser, pages["sample"], color_scheme="dark").page
    page.pdf(path=str(tmp_path / "page.pdf"), format="A4")
    paper = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    text = "\n".join(one.get_textpage().get_text_bounded() for one in paper)
    paper.close()
    assert "Effort and impact" in text
    assert "Work shows in" in text
    assert "Certainty" not in text
    assert page.evaluate("matchMedia('print').matches") is False


@pytest.mark.parametrize("width", [360, 1280])
def test_a_picture_of_the_page_is_not_blank(browser: Browser, pages: dict[str, Path], width: int) -> None:
    from PIL import Image

    page = opened(browser, pages["sample"], width=width).page
    page.screenshot(path=str(pages["sample"].parent / f"{width}.png"))
    with Image.open(pages["sample"].parent / f"{width}.png") as picture:
        colours = picture.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 20
