"""The preview in a real browser: what is saved is seen, at the place where the reader was."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright import sync_api as playwright

from tests.outer import Repo, environment, wait_for
from tests.watching import Program, program

FILE = "procedures/CSC-QP-01.md"
FIRST = "Every complaint gets an answer."
LONG = "".join(f"{n}. Step {n} of many.\n" for n in range(1, 200))


class Browser:
    """A tab with the preview."""

    def __init__(self, page: playwright.Page, repo: Repo) -> None:
        self.page = page
        self.repo = repo
        self.trouble: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda message: self.trouble.append(message.text))
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, address: str) -> None:
        # The reader's PDF viewer is made of pages of the browser itself.
        if not address.startswith(("http://127.0.0.1:", "data:", "chrome")):
            self.foreign.append(address)

    @property
    def document(self) -> playwright.Frame:
        """The page inside the page."""
        return self._frame("html")

    def _frame(self, name: str) -> playwright.Frame:
        frame = self.page.frame(name)
        assert frame is not None
        return frame

    def switch(self, to: str) -> None:
        """Choose what is shown: `html`, `redline` or `pdf`."""
        self.page.click(f".views a[href='#{to}']")
        until(lambda: self.page.is_visible(f"#{to}"))

    @property
    def changes(self) -> playwright.Frame:
        """The page of changes."""
        return self._frame("redline")

    def text(self) -> str:
        """Return what the document says."""
        return str(self.document.evaluate("() => document.body.textContent"))

    def place(self) -> int:
        """Return how far down the reader is."""
        return int(self.document.evaluate("() => scrollY"))

    def redline(self) -> str:
        """Return the page of changes."""
        return str(self.changes.evaluate("() => document.body.innerHTML"))

    def news(self) -> str:
        """Return what stands above the page."""
        return str(self.page.inner_text("#news"))


def until(what: Callable[[], bool]) -> None:
    """Wait until something is so, also while a frame is loading and cannot be asked."""

    def is_so() -> bool:
        try:
            return what()
        except playwright.Error:
            return False

    assert wait_for(is_so, 30)


@pytest.fixture
def running(small: Repo, tmp_path: Path) -> Iterator[Program]:
    """Yield a preview of a procedure of several pages."""
    small.replace(FILE, "## Records\n", f"{LONG}\n## Records\n")
    with program(small, tmp_path / "temporary", "CSC-QP-01") as running:
        yield running


@pytest.fixture
def browser(running: Program, small: Repo) -> Iterator[Browser]:
    """Yield a tab in which the page is open."""
    with playwright.sync_playwright() as driver:
        # Its own environment: the PDF engine lets its process know no fonts but ours, and a
        # browser without any shows no text.
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
            env=dict(environment(small.home)),
        )
        browser = Browser(chromium.new_page(), small)
        browser.page.goto(running.addresses[0])
        until(lambda: len(browser.page.frames) > 3 and FIRST in browser.text())
        yield browser
        assert (browser.trouble, browser.foreign) == ([], [])
        chromium.close()


def test_what_is_saved_is_seen_at_the_same_place(browser: Browser) -> None:
    browser.document.evaluate("() => scrollTo(0, 1500)")
    browser.document.evaluate("() => { document.documentElement.same = true }")
    for number in range(3):
        old = FIRST if number == 0 else f"Answer {number - 1}."
        browser.repo.replace(FILE, old, f"Answer {number}.")
        until(lambda number=number: f"Answer {number}." in browser.text())  # type: ignore[misc]
        until(lambda: browser.place() == 1500)
    assert browser.document.evaluate("() => document.documentElement.same")  # never loaded anew


def test_broken_and_mended(browser: Browser) -> None:
    browser.document.evaluate("() => scrollTo(0, 900)")
    browser.repo.replace(FILE, "reviewers: [CSC-RS-02]", "reviewers: [CSC-RS-02")
    until(lambda: "QMS101" in browser.news())
    assert FIRST in browser.text()
    browser.repo.replace(FILE, "reviewers: [CSC-RS-02", "reviewers: [CSC-RS-02]")
    until(lambda: "QMS101" not in browser.news())
    assert browser.place() == 900


def test_the_switch_to_the_pdf_and_back(browser: Browser) -> None:
    browser.document.evaluate("() => scrollTo(0, 700)")
    until(lambda: "PDF" not in browser.news())
    browser.switch("pdf")
    until(lambda: ".pdf?" in (browser.page.get_attribute("#pdf", "src") or ""))
    assert not browser.page.is_visible("#html")
    shown = browser.page.get_attribute("#pdf", "src")
    browser.repo.replace(FILE, FIRST, "Another answer.")
    until(lambda: browser.page.get_attribute("#pdf", "src") != shown)
    browser.switch("html")
    until(lambda: "Another answer." in browser.text() and browser.place() == 700)


def test_the_switch_to_the_redline(browser: Browser) -> None:
    browser.switch("redline")
    until(lambda: "From HEAD to" in browser.redline())
    browser.changes.evaluate("() => scrollTo(0, 600)")
    browser.repo.replace(FILE, FIRST, "Every complaint gets two answers.")
    until(lambda: "<ins>two answers</ins>" in browser.redline())
    assert browser.changes.evaluate("() => scrollY") == 600
    browser.switch("html")
    until(lambda: "gets two answers" in browser.text())


def test_a_link_leads_to_the_preview_of_the_other_document(browser: Browser) -> None:
    browser.document.click("main a[href='CSC-RS-02.en.pdf']")
    browser.page.wait_for_url("**/CSC-RS-02.en")
    until(lambda: len(browser.page.frames) > 3 and "Quality Manager" in browser.text())


def test_a_text_cannot_run_anything(browser: Browser) -> None:
    hostile = "<script>top.document.title='bad'</script> [x](javascript:alert(1))"
    browser.repo.replace(FILE, FIRST, f"Answer. {hostile}")
    until(lambda: "top.document.title" in browser.text())
    assert browser.page.title().startswith("CSC-QP-01.en")


def test_the_reader_is_told_when_it_has_ended(browser: Browser, running: Program) -> None:
    assert not browser.page.is_visible(".ended-note")
    assert running.end()[0] == 0
    browser.page.wait_for_selector(".ended-note", state="visible")
    browser.trouble.clear()  # that nobody answers is written to the console
