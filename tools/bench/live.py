"""What a writer waits for under `qms preview --watch`, and what it costs while nobody writes."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.bench.harness import Measurement

HTML, PDF, IDLE = 0.5, 3.0, 1.0
"""Targets: seconds, seconds, per cent of one processor."""

# Both answer in milliseconds since 1970 when the browser has drawn the text or has the whole PDF.
_DRAWN = """words => new Promise(done => {
  const look = () => requestAnimationFrame(
    document.getElementById("html").contentDocument.body?.textContent.includes(words)
      ? () => done(Date.now()) : look);
  look();
})"""
_PRINTED = """before => new Promise(done => {
  const look = () => document.documentElement.dataset.pdf === before ? setTimeout(look, 10) :
    fetch(`${location.pathname}.pdf`, {cache: "no-store"})
      .then(answer => answer.arrayBuffer()).then(() => done(Date.now()));
  look();
})"""
_SHOWN = "() => document.documentElement.dataset.pdf"


def measure(
    folder: Path, documents: int, printed: str, saves: int, idle: float
) -> Iterator[Measurement]:
    """Save the document `printed` of a generated manual again and again, then leave it alone.

    `idle` are the seconds for which nobody writes.
    """
    from playwright.sync_api import sync_playwright

    def measured(what: str, unit: str, values: list[float], target: float) -> Measurement:
        return Measurement(f"watch, {documents} documents: {what}", unit, tuple(values), target)

    with _preview(folder, printed) as (process, address), sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto(address)
        page.evaluate(_PRINTED, "")
        file = next(folder.rglob(f"{printed}.md"))
        text = file.read_text("utf-8")
        waits = [_save(page, file, text, number) for number in range(saves)]
        yield measured("save to page", "s", [drawn for drawn, _ in waits], HTML)
        yield measured("save to PDF", "s", [printed for _, printed in waits], PDF)
        yield measured("idle, page open", "% CPU", [_share(process, idle)], IDLE)
        browser.close()


def _save(page: Any, file: Path, text: str, number: int) -> tuple[float, float]:
    """Return after how many seconds the browser shows the page, and has the PDF."""
    time.sleep(1.5)  # a writer thinks; what the last save has left to do does not count here
    words, shown = f"This is save {number}.", page.evaluate(_SHOWN)
    start = time.time()
    file.write_text(f"{text}\n{words}\n", "utf-8")
    drawn = page.evaluate(_DRAWN, words) / 1000
    return drawn - start, page.evaluate(_PRINTED, shown) / 1000 - start


@contextmanager
def _preview(folder: Path, printed: str) -> Iterator[tuple[int, str]]:
    """Yield the process of a preview and its address."""
    start = "from qms_docs.__main__ import run; run()"
    options = ("preview", printed, "--watch", "--json", "--root", str(folder))
    command = (sys.executable, "-c", start, *options)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.pid, json.loads(process.stdout.readline())["addresses"][0]
        finally:
            process.terminate()


def _share(process: int, seconds: float) -> float:
    """Return the per cent of one processor that a process and its children use."""
    time.sleep(min(seconds, 5))  # until the second worker is ready
    before, start = _ticks(process), time.monotonic()
    time.sleep(seconds)
    used = (_ticks(process) - before) / os.sysconf("SC_CLK_TCK")
    return 100 * used / (time.monotonic() - start)


def _ticks(process: int) -> int:
    """Return the processor time of a process and all below it, as /proc of Linux has it."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task").glob("*/children")
    below = (int(child) for file in children for child in file.read_text("utf-8").split())
    return int(fields[11]) + int(fields[12]) + sum(map(_ticks, below))
