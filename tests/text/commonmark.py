"""The examples of the CommonMark specification, and HTML compared by what it means."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

SPECIFICATION = Path(sys.prefix) / "commonmark" / "spec.txt"
"""Version 0.31.2, put there by `tools/setup --dev`; its licence is CC BY-SA 4.0."""
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
_BLOCKS = frozenset(("blockquote", "br", "div", "hr", "li", "ol", "p", "pre", "ul")) | {
    f"h{level}" for level in range(1, 7)
}
_EMPTY = frozenset(("br", "hr", "img"))


class Example(NamedTuple):
    """One example: its number in the specification, the Markdown and the HTML it must give."""

    number: int
    markdown: str
    html: str


def examples() -> list[Example]:
    """Return all examples; an arrow stands for a tab in the specification."""
    assert SPECIFICATION.exists(), f"{SPECIFICATION} is missing: run tools/setup --dev"
    text = SPECIFICATION.read_text("utf-8").replace("\u2192", "\t")
    return [Example(n, *match.groups()) for n, match in enumerate(_EXAMPLE.finditer(text), 1)]


def meaning(html: str) -> list[tuple[object, ...]]:
    """Return HTML as tags and texts, without what readers never see.

    Left out: space between blocks, the order of attributes, how an address is percent-encoded,
    and the `id` that our headings get.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [part for part in reader.parts if part != ("text", "")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[object, ...]] = []
        self._verbatim = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._trim(tag)
        kept = sorted((name, unquote(value or "")) for name, value in attrs if name != "id")
        self.parts.append(("start", tag, *kept))
        self._verbatim = self._verbatim or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY:
            self._verbatim = self._verbatim and tag != "pre"
            self._trim(tag)
            self.parts.append(("end", tag))

    def handle_data(self, data: str) -> None:
        text = data
        if not self._verbatim:
            text = re.sub(r"[ \t\n]+", " ", data)
            if not self.parts or self.parts[-1][1] in _BLOCKS:
                text = text.lstrip(" ")
        self.parts.append(("text", text))

    def _trim(self, tag: str) -> None:
        """Drop the space before a tag that starts or ends a block."""
        if not self._verbatim and tag in _BLOCKS and self.parts and self.parts[-1][0] == "text":
            self.parts[-1] = ("text", str(self.parts[-1][1]).rstrip(" "))
