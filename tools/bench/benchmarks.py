"""The benchmarks: what qms costs beside the least that the same work can cost."""

import compileall
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.bench import audit_floor, corpus, floor, history, live, pressing
from tools.bench.harness import (
    USUAL_PAIRS,
    Comparison,
    Measurement,
    Side,
    call,
    command,
    compare,
    in_worker,
    peak_memory,
)
from tools.bench.prose import LANGUAGES

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Options:
    """How much to measure."""

    pairs: int = USUAL_PAIRS
    documents: int = 200
    """Document files of the generated manual that is checked or watched."""
    idle: float = 20.0
    """Seconds for which nobody writes under watch."""
    printed: str = "GEN-QP-01"
    """Document of the generated manual that is printed; this one has eight or nine pages."""
    long: bool = True
    """Whether most of what is published has eight or nine pages too."""
    releases: int | None = None
    """How many of the first releases are published; all if none is named."""
    many: int = 200
    """Documents that one worker prints, to see whether it keeps memory."""


TRIAL = Options(
    pairs=1, documents=corpus.FEWEST, idle=0.1, printed="GEN-RS-01", long=False, releases=2, many=4
)
"""The least of everything; the role sheet has two or three pages."""


def start_up(options: Options) -> Iterator[Comparison]:
    """Measure the start of the command beside the import of the libraries that it stands on."""
    libraries = _python("python -c 'import click, yaml'", "-c", "import click, yaml")
    yield compare("start-up", _qms("--version"), libraries, options.pairs, target=2.5)


def check(options: Options) -> Iterator[Comparison]:
    """Measure `qms check` beside reading and parsing the same files: this and a large manual.

    Without a cache it is cold; what the cache saves is measured against that.
    """
    yield _check("check, this manual", ROOT, ".", "", options.pairs)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        corpus.write(Path(folder), options.documents)
        # In a small manual the start of the program, some 0.2 s, is most of it.
        target = 1.5 if options.documents >= 1000 else None
        for commit in ("", "HEAD"):
            name = f"check{' --commit' * bool(commit)}, {options.documents} documents"
            yield _check(name, Path(folder), "FOLDER", commit, options.pairs, target)
        yield _remembered(Path(folder), Path(cache), options)


def audit(options: Options) -> Iterator[Comparison | Measurement]:
    """Measure `qms audit` beside one log, the contents named, JSON and signature checks.

    It finds no answer of an earlier one; what it saves to have one is measured against that.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        root = Path(folder)
        history.write(root, options.documents)
        name = f"{options.documents} documents"
        # In a small manual the start of the program is most of it.
        wanted = options.documents >= 10_000
        script = str(Path(audit_floor.__file__).relative_to(ROOT))
        least = _python(f"python {script} FOLDER", script, folder)
        sides = [
            _cached(kept, "audit", folder=root, cache=Path(cache) / str(kept), shown="FOLDER")
            for kept in (False, True)
        ]
        cold, again = sides
        yield compare(f"audit, {name}", cold, least, options.pairs, 4.0 if wanted else None)
        yield compare(f"audit again, {name}", again, cold, options.pairs, 0.05 if wanted else None)
        start = "from qms_docs.__main__ import run; run()"
        words = (sys.executable, "-c", start, "audit", "--no-cache", "--root", folder)
        yield Measurement(f"audit, {name}: peak memory", "MB", (peak_memory(words, ROOT),), 1000)


def pdf(options: Options) -> Iterator[Comparison]:
    """Measure one PDF of about 8 pages in a warm process beside the bare engine, per language."""
    with tempfile.TemporaryDirectory() as folder:
        corpus.write(Path(folder), corpus.FEWEST)
        for language in LANGUAGES:
            yield in_worker(_print, folder, options.printed, language, options.pairs)


def watch(options: Options) -> Iterator[Measurement]:
    """Measure the live preview of a document of about 8 pages in a small and a large manual."""
    for documents in sorted({corpus.FEWEST, options.documents}):
        with tempfile.TemporaryDirectory() as folder:
            corpus.write(Path(folder), documents)
            yield from live.measure(
                Path(folder), documents, options.printed, options.pairs, options.idle
            )


def publish(options: Options) -> Iterator[Comparison | Measurement]:
    """Measure `qms publish` of a generated history: unchanged, with one change, and its memory."""
    with _presses(options) as (presses, instants):
        yield from presses.measure(instants, options.many)


def workers(options: Options) -> Iterator[Comparison]:
    """Measure `qms publish` of all of it with two workers beside one: needs a quiet machine."""
    with _presses(options) as (presses, instants):
        yield presses.workers(instants[-1])


@contextmanager
def _presses(options: Options) -> Iterator[tuple[pressing.Presses, list[str]]]:
    """Make a manual with its history; lend what publishes it, and the instants of its releases."""
    with tempfile.TemporaryDirectory() as manual, tempfile.TemporaryDirectory() as folder:
        history.write(Path(manual), options.documents, long=options.long)
        presses = pressing.Presses(Path(manual), Path(folder), options.documents, options.pairs)
        yield presses, history.releases(Path(manual))[: options.releases]


ALL: Mapping[str, Callable[[Options], Iterator[Comparison | Measurement]]] = {
    "start-up": start_up,
    "check": check,
    "audit": audit,
    "pdf": pdf,
    "watch": watch,
    "publish": publish,
}


def compile_all() -> None:
    """Compile everything that is measured, on both sides, where bytecode is not kept by itself."""
    for folder in (ROOT / "qms_docs", ROOT / "tools", Path(sysconfig.get_path("purelib"))):
        compileall.compile_dir(folder, quiet=2)


def _python(label: str, *words: str) -> Side:
    return command(label, (sys.executable, *words), ROOT)


def _qms(*words: str, folder: Path = ROOT, shown: str = "") -> Side:
    """Return a run of the command as its installed script starts it, findings allowed."""
    start = "from qms_docs.__main__ import run; run()"
    where = () if folder == ROOT else ("--root", str(folder))
    label = " ".join(["qms", *words, *(("--root", shown) if where else ())])
    return _python(label, "-c", start, *words, *where)


def _check(
    name: str, folder: Path, shown: str, commit: str, pairs: int, target: float | None = None
) -> Comparison:
    arguments = (commit,) if commit else ()
    options = ("--commit", commit) if commit else ()
    script = str(Path(floor.__file__).relative_to(ROOT))
    label = " ".join(["python", script, shown, *arguments])
    least = _python(label, script, str(folder), *arguments)
    with tempfile.TemporaryDirectory() as cache:
        cold = _cached(False, "check", *options, folder=folder, cache=Path(cache), shown=shown)
        return compare(name, cold, least, pairs, target)


def _remembered(folder: Path, cache: Path, options: Options) -> Comparison:
    """Compare a check that finds everything in the cache with one that finds none and fills it."""
    warm = _cached(True, "check", folder=folder, cache=cache / "warm", shown="FOLDER")
    cold = _cached(False, "check", folder=folder, cache=cache / "cold", shown="FOLDER")
    name = f"check with its cache, {options.documents} documents"
    target = 0.2 if options.documents >= 1000 else None
    return compare(name, warm, cold, options.pairs, target)


def _cached(kept: bool, *words: str, folder: Path, cache: Path, shown: str) -> Side:
    """Return a run of the command with a cache of its own, which is kept or lost in between."""
    lose = "" if kept else f"shutil.rmtree({str(cache)!r}, ignore_errors=True);"
    start = (
        f"import os, shutil; os.environ['XDG_CACHE_HOME'] = {str(cache)!r}; {lose}"
        "from qms_docs.__main__ import run; run()"
    )
    where = () if folder == ROOT else ("--root", str(folder))
    label = " ".join(["qms", *words, *(("--root", shown) if where else ())])
    said = f"{label}, {'with' if kept else 'without'} its cache"
    return _python(said, "-c", start, *words, *where)


def _print(folder: str, printed: str, language: str, pairs: int) -> Comparison:
    """Compare in this process, with one set of fonts and parsed style sheets for both sides."""
    from qms_docs.edges import pdf as edge
    from qms_docs.edges.git import Repository
    from qms_docs.show import page
    from qms_docs.words.printing import Material
    from qms_docs.work import workspace

    snapshot = Repository.open(Path(folder)).work_tree()
    manual = workspace.load(snapshot)
    document = manual.find(printed, language)
    assert document is not None
    job = page.print_job(document, manual, Material(snapshot.read))
    engine = edge._engine()

    def pipeline() -> object:
        return edge.render(page.print_job(document, manual, Material(snapshot.read)))

    def bare() -> object:
        source = engine.library.HTML(string=job.html, url_fetcher=engine.fetcher(job.assets))
        return source.write_pdf(
            font_config=engine.fonts,
            stylesheets=list(engine.sheets),
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
        )

    name = f"PDF, {edge.render(job).pages} pages, {language}"
    a, b = call("print_job + pdf.render", pipeline), call("WeasyPrint, same HTML", bare)
    return compare(name, a, b, pairs, target=1.10)
