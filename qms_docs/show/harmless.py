"""Text from outside where it could do something: said as it is, on its line, without effect."""

import re
import unicodedata
from html import escape

_SIGNS = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u221a]")
"""Signs like those that we set ourselves: nobody else shall set a tick."""
_JOINERS = "\u200c\u200d"
_SPLIT = "&#8203;"
"""A space without width. What stands before and after it is no name, number or address for a forge,
which looks for those after it has read Markdown and entities: neither a backslash nor an entity
hides them."""
_PUNCTUATION = re.compile(r"[*_`\[\]!~|\\]|^[-+=]")
"""What means something in Markdown, the last at the beginning of an item."""
_NUMBERED = re.compile(r"^([0-9\0]+)([.)])")
_ACTIVE = (
    re.compile(r"(?<=[@#])"),  # a person or a team, an issue
    re.compile(r"(?<=:)(?=\S|$)"),  # a sign such as :tick:, an address
    re.compile(r"(?<=gh)(?=-\d)|(?<=www)(?=\.)", re.IGNORECASE),
)
_COMMIT = re.compile(r"[0-9a-f]{7,}", re.IGNORECASE)


def plain(text: str, limit: int = 300) -> str:
    """Return text on one line, at most `limit` characters, with nothing in it that misleads.

    What does not show, turns the direction round, or looks like a sign of ours becomes U+FFFD.
    Text of a script that runs from right to left is kept apart, so that it turns nothing round.
    """
    line = " ".join(_SIGNS.sub("\ufffd", text).split())
    if len(line) > limit:
        line = f"{line[: limit - 1]}…"
    shown = "".join("\ufffd" if _misleads(char) else char for char in _unstacked(line))
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in shown):
        return f"\u2068{shown}\u2069"
    return shown


def _misleads(char: str) -> bool:
    category = unicodedata.category(char)
    return category in ("Cc", "Cs", "Co", "Zl", "Zp") or (category == "Cf" and char not in _JOINERS)


def _unstacked(line: str) -> str:
    """Leave at most two marks above or below a letter: more reach into other lines."""
    found, marks = [], 0
    for char in line:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= 2:
            found.append(char)
    return "".join(found)


def markdown(text: str, limit: int = 300) -> str:
    """Return text as Markdown that says it and does nothing else, also on a forge."""
    line = plain(text, limit).replace("$", "\uff04")  # two of them enclose a formula
    for active in _ACTIVE:
        line = active.sub("\x00", line)
    line = _COMMIT.sub(lambda found: re.sub(r"(.{6})(?=.)", "\\1\x00", found[0]), line)
    line = escape(line, quote=False)
    line = _PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", line)
    line = _NUMBERED.sub(lambda found: f"{found[1]}&#{ord(found[2])};", line)
    return line.replace("\x00", _SPLIT)
