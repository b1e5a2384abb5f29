"""Read what an author wrote for Graphviz and write it anew, with nothing left that reaches out.

Graphviz can be told to open files and to make links. It gets the tokens that were understood
here, never the author's own text, so that there is no second way to read it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from qms_docs.text.diagrams.look import EDGE, GRAPH, NODE
from qms_docs.words.diagrams import DiagramError

_TOKEN = re.compile(
    r"""(?P<space>[ \t\n]+)
    |(?P<comment>//[^\n]*|/\*.*?\*/|(?m:^\#[^\n]*))
    |(?P<word>[A-Za-z_\u0080-\U0010ffff][A-Za-z0-9_\u0080-\U0010ffff]*
        |-?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)|"(?:[^"\\]|\\.)*")
    |(?P<sign>->|--|[{}\[\];,:=])""",
    re.X | re.S,
)
_LOOK = """arrowhead arrowsize arrowtail bgcolor color decorate dir distortion fillcolor fixedsize
fontcolor fontsize headlabel height label labelangle labeldistance labelfontcolor labelfontsize
labeljust labelloc margin nojustify orientation penwidth peripheries regular shape sides skew style
taillabel width xlabel"""
_LAYOUT = """clusterrank compound concentrate constraint group headport lhead ltail minlen newrank
nodesep ordering rank rankdir ranksep samehead sametail splines tailport weight"""
_KEPT = frozenset((*_LOOK.split(), *_LAYOUT.split()))
_FILES = ("_background", "fontpath", "image", "imagepath", "shapefile", "stylesheet")
"""What names a file. Other attributes that are not kept have no meaning on paper, or set a font
or a size that the house sets."""


def plain(source: str) -> str:
    """Return a graph with the house's defaults and harmless attributes only, line for line.

    Raises DiagramError for what is not Graphviz' language, for labels in HTML and for attributes
    that name a file. What is left may still be wrong; Graphviz says so with the same line.
    """
    return "".join(_written(source))


def _written(source: str) -> Iterator[str]:
    tokens = list(_tokens(source))
    meant = [index for index, (kind, _, _) in enumerate(tokens) if kind not in ("space", "comment")]
    names = {first for first, second in pairwise(meant) if tokens[second][1] == "="}
    defaults = f"{{ graph [{GRAPH}] node [{NODE}] edge [{EDGE}]; "
    dropped = False
    for index, (kind, text, line) in enumerate(tokens):
        if kind == "comment":
            yield " " + "\n" * text.count("\n")
        elif text == "{" and defaults:
            yield defaults
            defaults = ""
        elif index in names and (name := text.strip('"').lower()) not in _KEPT:
            if name in _FILES:
                raise DiagramError("diagram-file", line, name=name)
            dropped = True
            yield "comment"
        elif dropped and kind == "word":
            dropped = False
            yield '""' + "\n" * text.count("\n")
        else:
            yield text


def _tokens(source: str) -> Iterator[tuple[str, str, int]]:
    """Yield kind, text and line of each token."""
    at, line = 0, 1
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None or found.lastgroup is None:
            if source[at] == "<":
                raise DiagramError("diagram-html", line)
            rest = source[at:].split("\n", 1)[0][:40].rstrip()
            raise DiagramError("diagram-syntax", line, found=rest)
        yield found.lastgroup, found[0], line
        line += found[0].count("\n")
        at = found.end()
