"""The grammar of Mermaid's flow charts, as patterns for the reader in flowchart.py."""

import re

HEADER = re.compile(r"\s*(?:graph|flowchart(?:-v2|-elk)?)(?![\w-])[ \t]*(TB|TD|BT|RL|LR|[<>^v])?")
DIRECTIONS = {"TD": "TB", "v": "TB", "^": "BT", ">": "LR", "<": "RL"}
GAP = re.compile(r"[\s;]*")
END = re.compile(r"[ \t]*(?=[;\n]|\Z)")
NAME = re.compile(r"(?:[\w!#$%'*+.`?/\\]|-(?![->.])|=(?!=))+")
AND = re.compile(r"\s*&\s*")
WORN = re.compile(r":::([\w-]+)")
_QUOTED = r"\"[^\"]*\""
KEYWORD = re.compile(
    r"(subgraph|end|direction|style|linkStyle|classDef|class|click)(?=[\s;]|\Z)[ \t]*"
    rf"((?:{_QUOTED}|[^;\"\n])*)|acc(?:Title|Descr)[ \t]*(?::[^\n]*|\{{[^}}]*\}})"
)
_STROKE = r"--+[-xo>]|==+[=xo>]|-?\.+-[xo>]?|~~~+"
_LINK_NAME = r"[ \t]*(?:([\w-]+)@(?=[xo<]?(?:--|==|-?\.|~~)))?(?P<tail>[xo<]?)"
LINKS = (
    re.compile(rf"{_LINK_NAME}(?P<stroke>{_STROKE})(?:[ \t]*\|(?P<words>{_QUOTED}|[^|\n]*)\|)?\s*"),
    re.compile(
        rf"{_LINK_NAME}(?:--|==|-\.)[ \t]*(?P<words>{_QUOTED}|[^\n|\"]*?)[ \t]*"
        rf"(?P<stroke>{_STROKE})\s*"
    ),
)
MARKS = {"x": "cross", "o": "circle", "<": "arrow", ">": "arrow"}
FRAMES = tuple(
    (re.compile(rf"{re.escape(a)}[ \t]*({_QUOTED}|[^\[\](){{}}|\"]*?)\s*{re.escape(b)}"), shape)
    for a, b, shape in (
        ("(((", ")))", "double"),
        ("((", "))", "circle"),
        ("([", "])", "stadium"),
        ("(-", "-)", "ellipse"),
        ("(", ")", "round"),
        ("[[", "]]", "subroutine"),
        ("[(", ")]", "cylinder"),
        ("[/", "/]", "lean-right"),
        ("[/", "\\]", "trapezoid"),
        ("[\\", "\\]", "lean-left"),
        ("[\\", "/]", "manual"),
        ("[", "]", "box"),
        ("{{", "}}", "hexagon"),
        ("{", "}", "diamond"),
        (">", "]", "flag"),
    )
)
OPTIONS = re.compile(r"@\{((?:\"[^\"]*\"|[^}\"])*)\}")
OPTION = re.compile(rf"(\w+)\s*:\s*({_QUOTED}|[^,\n]*)")
SHAPES = {
    name: shape
    for shape, names in {
        "round": "rounded event",
        "stadium": "stadium pill terminal",
        "subroutine": "subproc subprocess subroutine fr-rect framed-rectangle",
        "cylinder": "cyl cylinder database db das h-cyl lin-cyl disk",
        "circle": "circle circ sm-circ start small-circle",
        "double": "dbl-circ double-circle fr-circ stop framed-circle",
        "diamond": "diam diamond decision question",
        "hexagon": "hex hexagon prepare",
        "lean-right": "lean-r lean-right in-out",
        "lean-left": "lean-l lean-left out-in",
        "trapezoid": "trap-b trapezoid trapezoid-bottom priority",
        "manual": "trap-t inv-trapezoid trapezoid-top manual sl-rect manual-input",
        "document": "doc document docs documents st-doc lin-doc lined-document",
        "flag": "odd",
        "text": "text",
    }.items()
    for name in names.split()
}
COMMA = re.compile(r",(?![^(]*\))")
LANE = re.compile(rf"(?P<name>[^\s\[]+)[ \t]*\[[ \t]*(?P<label>{_QUOTED}|[^\]]*)\]\Z")
