"""What is fuzzed: everything that reads what people write."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from qms_docs.edges import pdffiles
from qms_docs.edges.git import Snapshot
from qms_docs.forge import github
from qms_docs.text import facts, fields, frontmatter, markdown, messages, sshsig, worksheets
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.work import checking

CASES = Path(__file__).resolve().parents[2] / "tests" / "cases"
MOST_BYTES = 100_000
MOST_SECONDS = 1.0
"""Processor time that an input of fewer bytes may take, on a machine of the usual pace."""
_SECONDS_A_BYTE = 100e-6
"""And may take in any case: addresses inside labels inside labels take the library 41 microseconds
a byte, however many there are, and a target reads its input twice."""
_USUAL_PACE = 0.02
"""Seconds in which such a machine counts to a million."""


_DOCUMENT = "procedures/CSC-QP-01.md"


class Target(NamedTuple):
    """A reader of bytes, and the golden cases to start from."""

    read: Callable[[bytes], object]
    seeds: str


class TooSlowError(Exception):
    """An input took a target longer than it may."""


def run(target: Target, data: bytes, most_seconds: float = MOST_SECONDS) -> None:
    """Give a target one input; raises what must not come out of it, or TooSlowError."""
    begun = time.process_time()
    try:
        target.read(data)
    except QmsError as error:
        for language in messages.LANGUAGES:
            messages.of_error(error, language)
    taken = time.process_time() - begun
    most = max(most_seconds, len(data) * _SECONDS_A_BYTE)
    if taken > most and len(data) < MOST_BYTES and taken > most * _slowness():
        raise TooSlowError(f"{len(data)} bytes took {taken:.1f} s")


def _slowness() -> float:
    """Return how many times slower than usual the machine is right now; at least 1."""
    begun = time.process_time()
    for _ in range(1_000_000):
        pass
    return max(1.0, (time.process_time() - begun) / _USUAL_PACE)


def seeds(target: Target) -> list[bytes]:
    """Return the different golden cases of a target, in the same order every time."""
    return sorted({file.read_bytes() for file in CASES.glob(target.seeds)})


def _in_manual(path: str, before: bytes = b"", after: bytes = b"") -> Callable[[bytes], None]:
    """Return a reader that checks a manual with a file of its own: `before`, input, `after`.

    The manual is that of the golden cases, its data files and one document: more takes more time
    and reaches no other code.
    """
    kept = [*(CASES / "base" / "manual").glob("*.yaml"), CASES / "base" / _DOCUMENT]
    base = {file.relative_to(CASES / "base").as_posix(): file.read_bytes() for file in kept}
    base[_DOCUMENT] += b"\n[Limits](limits.csv)\n"

    def read(data: bytes) -> None:
        files = {**base, path: before + data + after}
        snapshot = Snapshot("work tree", dict.fromkeys(files, "100644"), files.__getitem__)
        _show(checking.check(snapshot).findings)

    return read


def _front_matter(data: bytes) -> None:
    file = b"---\n" + data + b"\n---\n"
    _show(frontmatter.split(file, "f.md").findings)
    for value in ("issue 7", None):
        with suppress(QmsError):
            fields.changed(file, "f.md", {("change", "request"): value})
    frontmatter.rewrite(data, "f.md", ("revision",), 2)


def _html(data: bytes) -> None:
    body = data.decode("utf-8", "replace")
    markdown.to_html(body, lambda address: address, lambda address: address)
    markdown.to_html(body, lambda _: None, lambda _: None, on_paper=True)


def _signature(data: bytes) -> None:
    """Verify a signature that stands below the line of its key, as in `tests/cases/signatures`."""
    line, _, signature = data.decode("utf-8", "surrogateescape").partition("\n")
    sshsig.verify(signature, b"approved\n", line)
    if key := sshsig.key_line(line):
        sshsig.fingerprint(key)


def _worksheet(data: bytes) -> None:
    worksheets.read(data, "sheet.csv")


def _anchor(data: bytes) -> None:
    found = pdffiles.attached(data, facts.NAME, Path("anchor.pdf"))
    if found is not None:
        facts.read(found)


def _pull_request(data: bytes) -> None:
    github.from_event(data, "event.json")


def _show(findings: Iterable[Finding]) -> None:
    """Make the sentences of findings, as a reader would get them."""
    for finding in findings:
        for language in messages.LANGUAGES:
            messages.of_finding(finding, language)


_FRONT = b"---".join((CASES / "base" / _DOCUMENT).read_bytes().split(b"---")[:2]) + b"---\n"

# A new kind of file that people write gets a line here.
TARGETS: Mapping[str, Target] = {
    "anchor": Target(_anchor, "pdfs/*.pdf"),
    "document": Target(_in_manual(_DOCUMENT), "**/*.md"),
    "dot": Target(_in_manual(_DOCUMENT, _FRONT + b"```dot\n", b"\n```\n"), "QMS809*/**/*.md"),
    "front-matter": Target(_front_matter, "**/*.md"),
    "html": Target(_html, "**/*.md"),
    "mermaid": Target(
        _in_manual(_DOCUMENT, _FRONT + b"```mermaid\n", b"\n```\n"), "QMS809*/**/*.md"
    ),
    "parameters": Target(_in_manual("manual/parameters.yaml"), "**/parameters.yaml"),
    "policy": Target(_in_manual("manual/policy.yaml"), "**/policy.yaml"),
    "pull-request": Target(_pull_request, "forge/*.json"),
    "register": Target(_in_manual("manual/forms.yaml"), "**/forms.yaml"),
    "signature": Target(_signature, "signatures/*.txt"),
    "standard": Target(
        _in_manual("manual/standards/iso9001-2015.yaml"), "**/standards/iso9001-2015.yaml"
    ),
    "systems": Target(_in_manual("manual/systems.yaml"), "**/systems.yaml"),
    "table": Target(_in_manual("procedures/limits.csv"), "**/*.csv"),
    "text": Target(_in_manual(_DOCUMENT, _FRONT), "**/*.md"),
    "worksheet": Target(_worksheet, "worksheets/*.csv"),
}
