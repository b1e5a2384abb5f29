"""Draw the diagrams of documents ahead of their pages."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from qms_docs.edges import diagrams as edge
from qms_docs.edges import store
from qms_docs.edges.git import Snapshot
from qms_docs.rules import diagrams
from qms_docs.words.diagrams import DiagramError
from qms_docs.words.findings import Finding
from qms_docs.words.model import Document
from qms_docs.words.printing import Material

Key = tuple[str, str]


def material(documents: Iterable[Document], snapshot: Snapshot) -> tuple[Material, list[Finding]]:
    """Return what the pages of documents take in, and what is wrong with their diagrams.

    What `qms check` says of a diagram is not said again. Raises QmsError if a program that draws
    is not installed.
    """
    shown = [each for document in documents for each in document.source.content.diagrams]
    sound = [diagram for diagram in shown if not list(diagrams.misread(diagram))]
    keys = dict.fromkeys((diagram.kind, diagram.source) for diagram in sound)
    draw = partial(_drawn, store.cache_folder() / "diagrams")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = dict(zip(keys, pool.map(draw, keys), strict=True))
    findings = [
        diagrams.undrawn(diagram, error)
        for diagram in sound
        if isinstance(error := results[diagram.kind, diagram.source], DiagramError)
    ]
    drawn = {key: result for key, result in results.items() if isinstance(result, bytes)}
    return Material(snapshot.read, drawn), findings


def _drawn(cache: Path, key: Key) -> bytes | DiagramError:
    try:
        return edge.render(*key, cache)
    except DiagramError as error:
        return error
