"""What a reader of the Markdown, and of the HTML made of it, can expect to find in print.

The Markdown is read by the library in its plain setting, CommonMark and nothing else, so that what
the extensions of the product take away is missed: without tables, their rows are paragraphs.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

DIAGRAMS = ("mermaid", "dot")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_TASK = re.compile(r"^(\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+)\[[ xX]\](?=\s)", re.M)
_CONTAINER = re.compile(r"^\s*:::+\s*(?:note|warning|adopter)\b", re.M)
_PIECE = re.compile(r"[^\W_]+|[^\s]")
_SAME = {0x2010: "-", 0x2011: "-", 0x30FB: "\u00b7"}
"""Signs that look the same: a font has one glyph for both, and the PDF tells one of them."""
_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta"))


def pieces(text: str) -> Counter[str]:
    """Count words, Chinese characters and signs; all that has no mark of its own is left out."""
    found: Counter[str] = Counter()
    for piece in _PIECE.findall(squeezed(text, " ")):
        run = ""
        for char in piece:
            if char.isalnum() and not is_ideograph(char):
                run += char
                continue
            found.update(filter(None, (run, char)))
            run = ""
        if run:
            found[run] += 1
    return found


def squeezed(text: str, space: str = "") -> str:
    """Return a text with compatible characters as one, without what is not seen in print."""
    seen = (
        char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) not in ("Cf", "Mn", "Cc", "Co") or char.isspace()
    )
    return space.join("".join(seen).translate(_SAME).split())


def is_ideograph(char: str) -> bool:
    """Tell whether a character is written without spaces around it."""
    return "\u2e80" <= char <= "\ud7ff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


@dataclass
class Plain:
    """What a plain reader finds in a Markdown text."""

    words: Counter[str] = field(default_factory=Counter)
    """Words and Chinese characters, no signs: many of these are markup."""
    images: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    """The language of each."""


def _any_address(url: str) -> bool:
    return url is not None


def of_markdown(text: str) -> Plain:
    """Read a Markdown text."""
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 100_000})
    reader.validateLink = _any_address  # type: ignore[method-assign]  # its hook
    for pattern, kept in ((_NOTE, " "), (_TASK, r"\1"), (_CONTAINER, "")):
        text = pattern.sub(kept, text)
    found, shown = Plain(), []
    for token in reader.parse(text):
        kind = token.info.split(maxsplit=1)[:1] if token.type == "fence" else []
        if kind and kind[0] in DIAGRAMS:
            found.diagrams += kind
        elif token.type in ("fence", "code_block"):
            shown.append(token.content)
        shown += [_inline(child, found) for child in token.children or ()]
        shown.append("\n")
    found.words = Counter(
        {piece: n for piece, n in pieces("".join(shown)).items() if piece[0].isalnum()}
    )
    return found


def _inline(token: Token, found: Plain) -> str:
    if token.type == "image":
        found.images.append(unquote(str(token.attrs["src"])))
        return " "
    if token.type == "link_open":
        found.links.append(str(token.attrs["href"]))
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


class Page(HTMLParser):
    """What the HTML of a print job shows, without what runs along on every page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.images = 0
        self.links: list[str] = []
        self.tables: Counter[str] = Counter()
        """How many tables have a class."""
        self.code_lines: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._shown: list[str] = []
        self._main: list[str] = []
        self.feed(html)
        self.close()
        shown = "".join(self._shown)
        self.words, self.raw = pieces(shown), squeezed(shown)
        self.main = pieces("".join(self._main))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an element."""
        named = {name: value or "" for name, value in attrs}
        kind = named.get("class", "")
        if tag not in _VOID:
            self._open.append((tag, kind))
        if tag in ("img", "a") and self._is_in("main"):
            self.images += tag == "img"
            self.links += [named["href"]] if "href" in named else []
        if tag == "table" and self._is_in("main"):
            self.tables.update(kind.split())
        if tag not in ("a", "b", "code", "del", "em", "s", "span", "strong", "sup"):
            self._say(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open in it."""
        while self._is_in(tag) and self._open.pop()[0] != tag:
            pass
        if tag in ("p", "td", "th", "li", "div", "pre"):
            self._say(" ")

    def handle_data(self, data: str) -> None:
        """Take in text."""
        if self._is_in("pre"):
            self.code_lines += data.split("\n")
        self._say(data)

    def _say(self, text: str) -> None:
        hidden = any(
            tag in ("head", "style", "script") or kind.startswith("running-")
            for tag, kind in self._open
        )
        if not hidden:
            self._shown.append(text)
            if self._is_in("main"):
                self._main.append(text)

    def _is_in(self, wanted: str) -> bool:
        return any(tag == wanted for tag, _ in self._open)
