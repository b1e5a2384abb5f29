"""The one door to the diagram renderers: what stands between the fences in, an SVG out.

Graphviz' own language and Mermaid flow charts are drawn by Graphviz, other Mermaid diagrams by
mmdr (docs/decisions/0010-diagrams.md). The same source gives the same bytes, whatever the language
and the time zone of the machine.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cache as once
from pathlib import Path

from qms_docs.edges import renderers, store
from qms_docs.text.diagrams import layout, mermaid, reading, svg
from qms_docs.words.diagrams import DiagramError, Flowchart
from qms_docs.words.errors import QmsError

SMALLEST = 0.5
"""A drawing must not be made smaller than that on the page: its letters would have 4.5 points."""
_TURNED = {"TB": "LR", "BT": "RL", "LR": "TB", "RL": "BT"}


def render(kind: str, source: str, cache: Path | None = None) -> bytes:
    """Return a diagram as SVG whose width and height are those for print, in points.

    `kind` is one of `KINDS`. `cache` is a folder for drawings; one found there is used only
    if it is what was put there. Raises DiagramError if the source is wrong or asks for too much,
    and QmsError if a renderer is not installed.
    """
    source = reading.plain(source)
    if cache is None:
        return _drawn(kind, source)
    key = _digest(json.dumps([kind, source, versions()]).encode("ascii"))
    entry = cache / f"{key}.svg"
    drawing = _kept(entry, key)
    if drawing is None:
        drawing = _drawn(kind, source)
        digest = _digest(key.encode("ascii"), drawing).encode("ascii")
        with suppress(QmsError):  # a cache that cannot be written costs time, nothing else
            store.write_file(entry, digest + b"\n" + drawing)
    return drawing


@once
def versions() -> Mapping[str, str]:
    """Return everything beside the source that decides the bytes of a drawing."""
    package = Path(__file__).parents[1]
    fonts = (package / "data" / "fonts").glob("*.ttf")
    ours = [*(package / "text" / "diagrams").glob("*.py"), *Path(__file__).parent.glob("*.py")]
    return {
        **renderers.versions(),
        "fonts": _digest(*(file.read_bytes() for file in sorted(fonts))),
        "drawing": _digest(*(file.read_bytes() for file in sorted(ours))),
    }


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _kept(entry: Path, key: str) -> bytes | None:
    """Return a drawing from the cache: a damaged one, or one under another's name, is none."""
    try:
        digest, _, drawing = entry.read_bytes().partition(b"\n")
    except OSError:
        return None
    return drawing if digest == _digest(key.encode("ascii"), drawing).encode("ascii") else None


def _drawn(kind: str, source: str) -> bytes:
    drawing = _clean(kind, source)
    scale = max(svg.scale(drawing, page) for page in (svg.PORTRAIT, svg.LANDSCAPE))
    if scale < SMALLEST:
        raise DiagramError("diagram-too-small", percent=round(100 * scale))
    return drawing


def _clean(kind: str, source: str) -> bytes:
    meant = reading.read(kind, source)
    if isinstance(meant, Flowchart):
        return _chart(meant)
    if isinstance(meant, reading.Graph):
        return svg.clean(renderers.graphviz(meant.text))
    return svg.clean(renderers.mmdr(meant.text), mermaid.SCALE, mermaid.LETTERS)


def _chart(chart: Flowchart) -> bytes:
    """Draw a flow chart; if the page is too small for it, turn it where that makes it larger."""
    drawing = svg.clean(renderers.graphviz(layout.to_dot(chart)))
    if svg.scale(drawing) < svg.SMALL:
        turned = layout.to_dot(chart, _TURNED[chart.direction])
        other = svg.clean(renderers.graphviz(turned))
        if svg.is_better(svg.scale(other), svg.scale(drawing)):
            return other
    return drawing
