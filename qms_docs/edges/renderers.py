"""Run the diagram renderers as programs with limits, that see the source and our fonts only."""

import importlib.metadata
import importlib.util
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

from qms_docs.text.diagrams import mermaid
from qms_docs.words.diagrams import DiagramError
from qms_docs.words.errors import QmsError

SECONDS = 10.0
_MEMORY = 1024**3
_LARGEST = 8 * 1024**2
_WRONG = 3
"""The exit code of our program for a source that is wrong."""
_LINE = re.compile(r" in line (\d+)")
_SAID = re.compile(r"(?:Error|Warning): (?:<stdin>: )?(.*)")
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def graphviz(graph: str) -> bytes:
    """Return what Graphviz makes of a graph, in SVG; raises DiagramError with what it says."""
    program = shutil.which("dot")
    if program is None:
        raise QmsError(_missing("graphviz"))
    code, drawing, said = _run([program, "-Tsvg"], graph)
    # A warning too means that something is not drawn as it is written.
    if code or said:
        line, detail = _LINE.search(said), _SAID.search(said)
        raise DiagramError(
            "diagram-refused",
            int(line[1]) if line else 1,
            detail=detail[1] if detail else f"exit code {code}",
        )
    return drawing


def mmdr(source: str) -> bytes:
    """Return what mmdr makes of a configured source, in SVG; raises DiagramError as above."""
    if importlib.util.find_spec("mmdr") is None:
        raise QmsError(_missing("mmdr"))
    program = str(Path(__file__).with_name("mermaid.py"))
    code, drawing, said = _run([sys.executable, "-I", "-B", program], source)
    if code == _WRONG:
        line, _, detail = drawing.decode("utf-8").partition(" ")
        raise DiagramError("diagram-refused", max(1, int(line) - mermaid.AHEAD), detail=detail)
    if code:
        raise DiagramError("diagram-refused", detail=said.strip()[-200:] or f"exit code {code}")
    return drawing


def versions() -> Mapping[str, str]:
    """Return the versions of the renderers; `none` for one that is not installed."""
    program = shutil.which("dot")
    said = program and subprocess.run(  # noqa: S603  # no shell
        [program, "-V"], capture_output=True, check=False, text=True
    )
    return {
        "graphviz": said.stderr.strip() if said else "none",
        "mmdr": importlib.metadata.version("mmdr") if importlib.util.find_spec("mmdr") else "none",
    }


def _missing(program: str) -> str:
    return f"no-{program}"


def _run(command: Sequence[str], text: str) -> tuple[int, bytes, str]:
    """Return exit code, output and errors; raises DiagramError for what needs too much.

    The output goes to a file, so that its size can be limited.
    """
    with tempfile.TemporaryDirectory(prefix="qms-diagram-") as name:
        folder = Path(name)
        with (folder / "output").open("w+b") as output, (folder / "errors").open("w+b") as errors:
            process = subprocess.Popen(  # noqa: S603  # no shell
                command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=errors,
                cwd=folder,
                env=_environment(folder),
            )
            try:
                _limit(process.pid)  # it has nothing to read yet
                process.communicate(text.encode("utf-8"), SECONDS)
            except subprocess.TimeoutExpired as error:
                raise DiagramError("diagram-too-large") from error
            finally:
                process.kill()
                process.wait()
        if process.returncode < 0:  # killed for its size or its time, or by its own fault
            raise DiagramError("diagram-too-large")
        said = (folder / "errors").read_text("utf-8", "replace")
        return process.returncode, (folder / "output").read_bytes(), said


def _environment(folder: Path) -> Mapping[str, str]:
    """Return an environment that shows our fonts and no other files."""
    fonts = Path(__file__).parents[1] / "data" / "fonts"
    (folder / "fonts.conf").write_text(
        _FONTS.format(fonts=escape(str(fonts)), cache=escape(str(folder / "cache"))), "utf-8"
    )
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        # Graphviz takes it that it serves strangers, and opens files of this folder only.
        "SERVER_NAME": "qms",
        "GV_FILE_PATH": str(folder),
    }


def _limit(process: int) -> None:
    """Limit memory, time and size of files of a process, where the system can."""
    if not hasattr(resource, "prlimit"):
        return
    limits = (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, int(SECONDS)),
        (resource.RLIMIT_FSIZE, _LARGEST),
        (resource.RLIMIT_CORE, 0),
    )
    with suppress(ProcessLookupError):
        for kind, most in limits:
            resource.prlimit(process, kind, (most, most))
