"""A set of documents as PDFs, side by side with other ways from Markdown to PDF.

Each peer gets the same texts, without their images, and our fonts, and does less: no check, no
approvals, no history, no archive format. They are installed from the package index into a
temporary environment; LaTeX is measured only where it is there. After one change those that print
file by file print that file alone, as a build tool would have them do.
"""

import os
import re
import shutil
import subprocess
import tempfile
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.bench import history, pressing
from tools.bench.benchmarks import ROOT, Options
from tools.bench.harness import Comparison, Side, command, compare

PANDOC, TYPST, MKDOCS = "pypandoc_binary==1.17", "typst==0.15.2", "mkdocs-to-pdf==0.12.1"
DOCUMENTS = 40
"""Document files of the generated manual, unless another number is asked for."""
_FONTS = ROOT / "qms_docs" / "data" / "fonts"
_FONT = "QMS Sans"
_FONTS_SEEN = f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{_FONTS}</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
"""
_COMPILE = """
import sys, typst
for file in sys.argv[2:]:
    typst.compile(file, output=file[:-4] + ".pdf", font_paths=[sys.argv[1]])
"""
_IMAGE = re.compile(r"!\[[^]]*\]\([^)]*\)")
"""Not every peer reads drawings, or finds them outside its folder."""
_SITE = """site_name: Generated
docs_dir: docs
plugins: [{to-pdf: {output_path: all.pdf}}]
"""


@dataclass(frozen=True)
class Peer:
    """Another way from Markdown to PDF: a shell script that gets files as its arguments."""

    name: str
    script: str
    whole: bool = False
    """It prints all files or nothing."""


def publishers(options: Options) -> Iterator[Comparison]:
    """Measure each peer beside us: one document, the whole set, the set after one change."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manual, texts = folder / "manual", folder / "texts"
        manual.mkdir()
        history.write(manual, options.documents, long=options.long)
        files = _texts(manual, texts)
        environment = folder / "environment"
        install(environment)
        presses = pressing.Presses(manual, folder, options.documents, options.pairs)
        *_, before, last = history.releases(manual)
        ours = {
            "one document": presses.alone(last),
            "whole set": presses.cold(last, 2),
            "after one change": presses.changed(before, last),
        }
        for peer in _peers(environment):
            for row, side in ours.items():
                chosen = files if row == "whole set" or peer.whole else files[:1]
                if row != "one document" or not peer.whole:
                    yield compare(
                        f"{peer.name}: {row}", _side(peer, chosen, texts), side, options.pairs
                    )


def install(environment: Path) -> None:
    """Make an environment with the peers in it, from the package index."""
    venv.create(environment, with_pip=True)
    pip = [f"{environment}/bin/python", "-m", "pip", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--quiet", PANDOC, TYPST, MKDOCS], check=True)


def _texts(manual: Path, folder: Path) -> list[Path]:
    """Write the texts of a manual that has no work tree; return them, a long one first."""
    folder.mkdir()
    archive = folder / "all.tar"
    subprocess.run(["git", "archive", "--output", archive, "HEAD"], cwd=manual, check=True)
    shutil.unpack_archive(archive, folder)
    docs = folder / "docs"
    docs.mkdir()
    files = sorted(folder.glob("*/**/*.md"), key=lambda file: ("-QP-" not in file.name, file.name))
    moved = [file.rename(docs / file.name) for file in files]
    for file in moved:
        file.write_text(_IMAGE.sub("", file.read_text("utf-8")), "utf-8")
    (folder / "mkdocs.yml").write_text(_SITE, "utf-8")
    (folder / "fonts.conf").write_text(_FONTS_SEEN, "utf-8")
    (folder / "compile.py").write_text(_COMPILE, "utf-8")
    return moved


def _peers(environment: Path) -> Iterator[Peer]:
    programs = environment / "bin"
    pandoc = next(environment.glob("lib/*/site-packages/pypandoc/files/pandoc"))
    yield Peer(
        "pandoc and typst",
        f'for f; do "{pandoc}" -s -t typst -V mainfont="{_FONT}" -o "${{f%.md}}.typ" "$f"; '
        f'set -- "$@" "${{f%.md}}.typ"; shift; done; '
        f'"{programs}/python" compile.py "{_FONTS}" "$@"',
    )
    if shutil.which("xelatex"):
        yield Peer(
            "pandoc and xelatex",
            f'for f; do "{pandoc}" --pdf-engine=xelatex -V mainfont="{_FONT}" '
            f'-V CJKmainfont="{_FONT}" -o "${{f%.md}}.pdf" "$f"; done',
        )
    yield Peer(
        "pandoc and Chromium",
        f'for f; do "{pandoc}" -s -t html5 -o "${{f%.md}}.html" "$f"; chromium --headless '
        '--no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="${f%.md}.pdf" '
        '"file://${f%.md}.html" 2>/dev/null; done',
    )
    yield Peer("mkdocs-to-pdf", f'"{programs}/mkdocs" build --quiet', whole=True)


def _side(peer: Peer, files: Sequence[Path], texts: Path) -> Side:
    """Return the run of a peer; raises RuntimeError unless it makes each PDF."""
    label = f"{peer.name}, files: {len(files)}"
    words = ("sh", "-ec", peer.script, "sh", *map(str, files))
    os.environ["FONTCONFIG_FILE"] = str(texts / "fonts.conf")
    side = command(label, words, texts)
    side.measure()
    made = [texts / "site" / "all.pdf"] if peer.whole else [f.with_suffix(".pdf") for f in files]
    for file in made:
        if not file.read_bytes().startswith(b"%PDF"):
            raise RuntimeError(f"{label}: {file.name} is no PDF")
    return side
