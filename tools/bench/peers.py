"""Front matter alone, side by side with three other programs that check headers of documents.

Each gets what it asks for, made from the generated manual, in the setting that costs it least:
files that hold front matter and no text, all in one run. Before anything is measured, each must
pass all files and notice one planted fault. They are installed from the package index into a
temporary environment, so this needs the network; nothing else of the project needs them.
"""

import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.bench import corpus
from tools.bench.benchmarks import ROOT, Options
from tools.bench.harness import Comparison, command, compare

TRESTLE, CHECK_JSONSCHEMA, REUSE = (
    "compliance-trestle==5.2.0",
    "check-jsonschema==0.39.0",
    "reuse==6.2.0",
)
DOCUMENTS = 1000
"""Document files of the generated manual, unless another number is asked for."""

_ONE = "GEN-QM-01"
"""The document in which faults are planted."""
_SCHEMA = "qms_docs/data/schemas/document.schema.json"
_LICENCE = "SPDX-License-Identifier: CC0-1.0"
_SPDX = f"# SPDX-FileCopyrightText: 2026 Generator\n# {_LICENCE}\n"
# A template asks for the same keys in every file: those that masters and translations share.
_TEMPLATE = """---
id:
title:
language:
revision:
change: {class: , reason: , summary: }
x-trestle-ignore:
  [type, owner, reviewers, approvers, effective, review_months, classification, clauses,
  distribution, parent, records, translation_of]
---
"""


@dataclass(frozen=True)
class Run:
    """A command that passes the files it is given, and the fault that it must notice."""

    name: str
    label: str
    words: Sequence[str]
    folder: Path
    """Where it runs."""
    file: Path
    """A file to plant the fault in."""
    sound: str = "revision: 1\n"
    fault: str = "revisions: 1\n"
    refusal: int = 1
    """The exit code by which it says that it found the fault."""

    def prove(self) -> None:
        """Raise RuntimeError unless it passes, fails by the planted fault, and passes again."""
        text = self.file.read_text("utf-8")
        broken = text.replace(self.sound, self.fault)
        for content, wanted in ((text, 0), (broken, self.refusal), (text, 0)):
            self.file.write_text(content, "utf-8")
            done = subprocess.run(self.words, cwd=self.folder, capture_output=True, text=True)
            if done.returncode != wanted:
                said = (done.stdout + done.stderr)[-2000:]
                raise RuntimeError(f"{self.label}: {done.returncode}, not {wanted}\n{said}")


def peers(options: Options) -> Iterator[Comparison]:
    """Measure each peer, and the whole of `qms check`, beside our check of front matter alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manual = folder / "manual"
        manual.mkdir()
        corpus.write(manual, options.documents)
        install(folder / "environment")
        write(manual, folder)
        ours, *others = _runs(manual, folder)
        ours.prove()
        least = command(ours.label, ours.words, ours.folder)
        for run in others:
            run.prove()
            side = command(run.label, run.words, run.folder)
            yield compare(f"{run.name}, {options.documents} documents", side, least, options.pairs)


def install(environment: Path) -> None:
    """Make an environment with the peers in it, from the package index and compiled."""
    venv.create(environment, with_pip=True)
    pip = [f"{environment}/bin/python", "-m", "pip", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--quiet", TRESTLE, CHECK_JSONSCHEMA, REUSE], check=True)


def write(manual: Path, folder: Path) -> None:
    """Write, from the documents of a manual, what each peer checks."""
    template = folder / "trestle" / ".trestle" / "author" / "docs" / "0.0.1" / "template.md"
    licence = folder / "reuse" / "LICENSES" / "CC0-1.0.txt"
    for file, text in ((template, _TEMPLATE), (licence, "CC0 1.0 Universal\n")):
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
    for kind in ("yaml", "trestle/docs"):
        (folder / kind).mkdir()
    for document in manual.rglob("*.md"):
        _, front, _ = document.read_text("utf-8").split("---\n", 2)
        name = document.name
        (folder / "yaml" / f"{document.stem}.yaml").write_text(front, "utf-8")
        (folder / "trestle" / "docs" / name).write_text(f"---\n{front}---\n", "utf-8")
        (folder / "reuse" / name).write_text(f"---\n{_SPDX}{front}---\n", "utf-8")


def _runs(manual: Path, folder: Path) -> Iterator[Run]:
    """Yield our own run, and then those that are measured beside it."""
    document = manual / "manual" / f"{_ONE}.md"
    module = ("-m", "tools.bench.front_matter")
    check = ("check", "--no-cache", "--root")
    start = ("-c", "from qms_docs.__main__ import run; run()", *check)
    label = f"python {' '.join(module)} FOLDER"
    yield Run("ours", label, (sys.executable, *module, str(manual)), ROOT, document)
    yield from _peers(folder, f"{folder}/environment/bin")
    label = f"qms {' '.join(check)} FOLDER"
    words = (sys.executable, *start, str(manual))
    yield Run("qms, the whole check", label, words, ROOT, document)


def _peers(folder: Path, programs: str) -> Iterator[Run]:
    words: tuple[str, ...] = ("author", "headers", "validate", "-tn", "docs", "-tv", "0.0.1")
    label, place = f"trestle {' '.join(words)}", folder / "trestle"
    file = place / "docs" / f"{_ONE}.md"
    yield Run(TRESTLE, label, (f"{programs}/trestle", *words), place, file, refusal=3)

    label, place = f"check-jsonschema --schemafile {_SCHEMA} *.yaml", folder / "yaml"
    files = sorted(file.name for file in place.iterdir())
    words = ("--schemafile", str(ROOT / _SCHEMA), *files)
    file = place / f"{_ONE}.yaml"
    yield Run(CHECK_JSONSCHEMA, label, (f"{programs}/check-jsonschema", *words), place, file)

    place = folder / "reuse"
    for name, words in (
        (REUSE, ("lint",)),
        (f"{REUSE} in one process", ("--no-multiprocessing", "lint")),
    ):
        label, line = f"reuse {' '.join(words)}", (f"{programs}/reuse", *words)
        file = place / f"{_ONE}.md"
        yield Run(name, label, line, place, file, sound=_LICENCE, fault="no licence")
