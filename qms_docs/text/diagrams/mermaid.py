"""What all Mermaid diagrams have in common: settings around the text, words in labels."""

import html
import json
import re

PRINTED = ("erDiagram", "sequenceDiagram")
"""The kinds beside flow charts that were found to print as they should, with the words inside their
frames."""
LETTERS = 0.88
"""The renderer takes letters for narrower than ours are: measured, up to 13 % in small letters."""
SCALE = 9 / (14 * LETTERS)
"""It draws letters of 14 units, which are to be printed as 9 points."""
AHEAD = 3
"""So many lines stand ahead of the author's in a configured source."""
_INK, _ACCENT, _GREY, _PALE, _RULE = "#1b1f24", "#1f4e79", "#57606a", "#f4f7fa", "#b8c2cc"
_SETTINGS = {
    "theme": "base",
    "look": "classic",
    "htmlLabels": False,
    "flowchart": {"htmlLabels": False},
    "themeVariables": {
        "fontFamily": "Noto Sans CJK SC",
        "fontSize": "14px",
        "primaryColor": _PALE,
        "primaryBorderColor": _ACCENT,
        "primaryTextColor": _INK,
        "secondaryColor": "#e8ecf1",
        "tertiaryColor": "#ffffff",
        "nodeBorder": _ACCENT,
        "lineColor": _GREY,
        "textColor": _INK,
        "titleColor": _ACCENT,
        "clusterBkg": "#ffffff",
        "clusterBorder": _RULE,
        "edgeLabelBackground": "#ffffff",
        "noteBkgColor": "#ffffff",
        "noteBorderColor": _RULE,
        "noteTextColor": _INK,
        "actorLineColor": _RULE,
        "labelBoxBkgColor": _PALE,
        "labelBoxBorderColor": _RULE,
        "loopTextColor": _INK,
        "activationBkgColor": "#e8ecf1",
    },
}
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)^[ \t]*---[ \t]*$", re.S | re.M)
_DIRECTIVE = re.compile(r"%%\{.*?\}%%", re.S)
_COMMENT = re.compile(r"(?:^|(?<=;))[ \t]*%%[^\n]*", re.M)
_TITLE = re.compile(r"^[ \t]*title[ \t]*:[ \t]*(.+?)[ \t]*$", re.M)
_ALTERNATIVES = (
    re.compile(r"^[ \t]*(?:%%|//|#)[ \t]*alt[ \t]*:[ \t]*(.+?)[ \t]*$", re.M | re.I),
    re.compile(r"^[ \t]*accDescr[ \t]*:[ \t]*(.+?)[ \t]*$", re.M),
    re.compile(r"^[ \t]*accDescr[ \t]*\{([^}]*)\}", re.M),
    re.compile(r"^[ \t]*accTitle[ \t]*:[ \t]*(.+?)[ \t]*$", re.M),
)
_BREAK = re.compile(r"<br\s*/?>|\\n", re.I)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
_ICON = re.compile(r"\bfa[bklrs]?:fa-[\w-]+")
_NUMBER = re.compile(r"#(\d+);")
_ENTITY = re.compile(r"#([a-zA-Z]+);")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)")


def kind(source: str) -> tuple[str, int]:
    """Return the word that says what a diagram is, and its line; an empty word for nothing."""
    text = bare(source)
    start = len(text) - len(text.lstrip())
    return re.split(r"[\s;:]", text[start:], maxsplit=1)[0], text.count("\n", 0, start) + 1


def bare(source: str) -> str:
    """Return a diagram without front matter, settings and comments, line for line.

    The look is that of the house. A theme, a font or a style sheet of the author has no effect.
    """
    for pattern in (_FRONT, _DIRECTIVE, _COMMENT):
        source = pattern.sub(lambda found: "\n" * found[0].count("\n"), source)
    return source


def configured(source: str) -> str:
    """Return a diagram with its title and the settings of the house, AHEAD lines further down."""
    settings = json.dumps({"title": title(source), "config": _SETTINGS}, ensure_ascii=False)
    return f"---\n{settings}\n---\n{bare(source)}"


def title(source: str) -> str:
    """Return the title in the front matter, which forges print above the diagram; else nothing."""
    front = _FRONT.match(source)
    found = front and _TITLE.search(front[1])
    return words(found[1]) if found else ""


def alternative(source: str) -> str:
    """Return what stands for a diagram where it cannot be seen; nothing if its author says none.

    In both languages a comment `%% alt:` or `// alt:`; in Mermaid also `accDescr` and `accTitle`,
    which forges give to screen readers, and the title.
    """
    for pattern in _ALTERNATIVES:
        if found := pattern.search(source):
            return " ".join(found[1].split())
    return title(source)


def words(written: str) -> str:
    """Return the words of a label without quotes, markup and icons; its lines stay apart."""
    text = written.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    if text.startswith("`") and text.endswith("`"):
        text = _EMPHASIS.sub("", text.strip("`"))
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _ICON.sub("", text).strip() or text  # an icon alone is told by its name
    text = html.unescape(_ENTITY.sub(r"&\1;", _NUMBER.sub(r"&#\1;", text)))
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
