"""Print one document of the corpus and look at what has come of it."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qms_docs.edges.git import Snapshot
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.work import checking, preview
from tools.corpus import documents, expected, frame, oracle, printed
from tools.corpus.documents import Entry
from tools.corpus.oracle import Damage

CLEAN, REPORTED, SILENT, CRASH = "clean", "reported", "SILENT", "CRASH"
_CODE_LINE = 89
"""So many characters of code stand on one line of an upright page."""


@dataclass
class Result:
    """What has become of a document."""

    entry: Entry
    outcome: str = CRASH
    pages: int = 0
    seconds: float = 0.0
    damages: tuple[Damage, ...] = ()
    findings: Counter[str] = field(default_factory=Counter)
    """Code \u2192 how many findings."""
    solved: Counter[str] = field(default_factory=Counter)
    """Difficulty \u2192 how often the product has solved it without help."""
    detail: str = ""
    """Why it crashed."""


def examine(entry: Entry, clone: Path, seconds: float) -> Result:
    """Print a document as the body of a controlled one; whatever is raised is a crash."""
    result, start = Result(entry), time.monotonic()
    try:
        _examine(result, clone, seconds)
    except Exception as error:
        result.detail = f"{type(error).__name__}: {error}"
    result.seconds = time.monotonic() - start
    return result


def _examine(result: Result, clone: Path, seconds: float) -> None:
    entry = result.entry
    data = documents.read(clone, entry.commit, entry.path)
    if data is None:
        raise LookupError("not in this clone")
    body = documents.without_front_matter(data)
    text = body.decode("utf-8", "replace")
    plain = expected.of_markdown(text)
    path = frame.path_of(entry.path.count("/"))
    files = _beside(entry, clone, path, plain)
    snapshot = frame.snapshot(path, body, _language(text), files)
    with tempfile.TemporaryDirectory() as folder:
        _print(result, snapshot, Path(folder), plain, seconds)


def _print(
    result: Result, snapshot: Snapshot, folder: Path, plain: expected.Plain, seconds: float
) -> None:
    name = (frame.IDENTIFICATION,)
    limits = preview.Limits(workers=1, seconds=seconds)
    try:
        made = preview.some(snapshot, name, folder / "pdf", limits, lambda *_: None)
    except QmsError as error:
        if error.key.startswith("render-"):
            raise
        _not_printed(result, checking.check(snapshot).findings, error.key)
        return
    findings = made.report.findings
    files = [file for file in made.files if file.exists()]
    if not files:
        _not_printed(result, findings, "no file")
        return
    page = expected.Page(
        preview.as_html(snapshot, name, folder / "html").files[0].read_text("utf-8")
    )
    pdf = printed.read(files[0])
    result.pages = len(pdf.sheets)
    result.solved = _solved(page, pdf)
    _judge(result, findings, oracle.damages(plain, page, pdf, oracle.Said(findings)))


def _not_printed(result: Result, findings: tuple[Finding, ...], why: str) -> None:
    _judge(result, findings, [oracle.Said(findings).of("not printed", why)])


def _judge(result: Result, findings: tuple[Finding, ...], damages: Iterable[Damage]) -> None:
    result.findings = Counter(item.code for item in findings)
    result.damages = tuple(damages)
    if not result.damages:
        result.outcome = CLEAN
    else:
        result.outcome = REPORTED if all(item.reported for item in result.damages) else SILENT


def _beside(entry: Entry, clone: Path, path: str, plain: expected.Plain) -> Mapping[str, bytes]:
    """Return the images that a text refers to, by their paths in the manual."""
    found = {}
    for address in plain.images:
        theirs, ours = documents.beside(entry.path, address), documents.beside(path, address)
        data = documents.read(clone, entry.commit, theirs) if theirs and ours else None
        if ours and data is not None:
            found[ours] = data
    return found


def _language(text: str) -> str:
    ideographs = sum(map(expected.is_ideograph, text))
    return "zh-CN" if ideographs > len(text) / 5 else "en"


def _solved(page: expected.Page, pdf: printed.Pdf) -> Counter[str]:
    return Counter(
        {
            "landscape": page.tables["wide"],
            "shrunk": page.tables["tight"],
            "wrapped": sum(len(line) > _CODE_LINE for line in page.code_lines),
            "scaled": pdf.painted.scaled,
        }
    )
