"""A line of a text as sentences, and its sentences as words with their weight."""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge

from qms_docs.text.meaning.neighbours import joined
from qms_docs.text.meaning.spelling import DASHES, HAN, Piece, as_read, pieces
from qms_docs.text.meaning.weights import Scale, Word
from qms_docs.text.redline.blocks import Node, Token

_DASH = re.compile(f"[{DASHES}]")
_HAN = re.compile(f"[{HAN}]")
_ABBREVIATIONS = frozenset({"etc", "cf", "no", "nos", "vs", "approx", "ca", "dr", "mr", "ms"})


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a heading, or what stands in a cell."""

    parts: Sequence[Word]
    text: str
    """As shown; for people."""
    kind: str = "sentence"

    @cached_property
    def key(self) -> str:
        """Equal for sentences that differ in nothing but punctuation, case and spelling."""
        return "\x1d".join(f"{word.kind} {word.key}" for word in self.parts)

    @cached_property
    def words(self) -> Sequence[str]:
        """What tells how alike two sentences are."""
        return [word.key for word in self.parts]


@dataclass(frozen=True)
class Line:
    """What a line says."""

    sentences: Sequence[Sentence]
    images: Sequence[tuple[str, Sequence[Sentence]]]
    """Address of each image, and the words that stand for it."""


@dataclass(frozen=True)
class Reader:
    """Reads the lines of a text."""

    scale: Scale
    target: Callable[[str], Word]
    """Returns what a link or an image weighs, from its address; its place is not looked at."""

    def line(self, tokens: Sequence[Token]) -> Line:
        """Return what the tokens of a line say."""
        text = _Text(self)
        for token in tokens:
            text.add(token)
        images = [(address, self.sentences(words)) for address, words in text.images]
        return Line(text.sentences(), images)

    def sentences(self, shown: str) -> Sequence[Sentence]:
        """Return the sentences of a plain text."""
        text = _Text(self)
        text.write(shown)
        return text.sentences()


class _Text:
    """A line as it reads, and what stands in it that is no text."""

    def __init__(self, reader: Reader) -> None:
        self.images: list[tuple[str, str]] = []
        self._reader = reader
        self._plain: list[str] = []
        self._raw: list[str] = []
        self._origin: list[int] = []  # place of each plain character in the raw text
        self._end = 0  # of the raw text
        self._marks: deque[Word] = deque()
        self._path: Sequence[Node] = ()

    def add(self, token: Token) -> None:
        before = self._plain[-1][-1:] if self._plain else ""
        is_in_han = _HAN.fullmatch(before) and _HAN.fullmatch(as_read(token.text[:1]))
        if token.gap and not is_in_han:
            self.write(" ")
        if token.is_number:
            self.mark(token.text, "note", token.key)
        elif token.atom:
            self._atom(token.atom)
        else:
            self._enter(token)
            self.write(token.text)

    def write(self, text: str) -> None:
        self._raw.append(text)
        for place, char in enumerate(text, self._end):
            if shown := as_read(char):
                self._plain.append(shown)
                self._origin += [place] * len(shown)
        self._end += len(text)

    def mark(self, text: str, kind: str, key: str) -> None:
        place = len(self._origin)
        self._marks.append(Word(text, kind, key, place, place))

    def sentences(self) -> Sequence[Sentence]:
        """Return the text sentence by sentence."""
        plain, raw = "".join(self._plain), "".join(self._raw)
        scale = self._reader.scale
        origin = [*self._origin, len(raw)]
        found, start = [], 0
        for group, end in _groups(list(pieces(plain)), plain):
            marks = []
            while self._marks and self._marks[0].start < end:
                marks.append(self._marks.popleft())
            words = joined(scale.words(group), plain, scale.vocabulary)
            words[:1] = [_uncapitalised(word) for word in words[:1]]
            parts = list(merge(marks, words, key=lambda word: word.start))
            if parts:
                text = _shown(raw[origin[start] : origin[min(end, len(plain))]])
                found.append(Sentence(parts, text or " ".join(word.text for word in parts)))
            start = end
        if not found and plain.strip():  # a cell with a dash, a mark or a bullet
            sign = _DASH.sub("-", "".join(plain.split()))
            found.append(Sentence([Word(sign, "sign", sign, 0, 0)], _shown(raw)))
        return found

    def _atom(self, node: Node) -> None:
        if node.tag == "input":
            self.mark("\u2611" if "checked" in node.attrs else "\u2610", "box", str(node.attrs))
        elif node.tag != "br":
            address = node.attrs.get("src", "")
            word = self._reader.target(address)
            width = node.attrs.get("width", "")
            self.mark(word.text, "image", f"{word.key} {width}")
            self.images.append((word.key, node.attrs.get("alt", "")))
        self.write(" ")

    def _enter(self, token: Token) -> None:
        """Note the links that begin with a token, and that it is struck out."""
        for node in token.path:
            if node in self._path:
                continue
            if node.tag == "s":
                text = "".join(_texts(node))
                self.mark(text, "struck", as_read(text).lower())
            elif node.tag == "a" and "href" in node.attrs:
                word = self._reader.target(node.attrs["href"])
                self.mark(word.text, word.kind, word.key)
        self._path = token.path


def _groups(found: Sequence[Piece], text: str) -> Iterator[tuple[Sequence[Piece], int]]:
    """Yield the pieces of each sentence, and where it ends; the last one takes all that is left."""
    start = 0
    for place, piece in enumerate(found):
        if piece.kind == "end" and _is_end(found, place, text):
            yield found[start:place], piece.end
            start = place + 1
    yield found[start:], len(text) + 1


def _is_end(found: Sequence[Piece], place: int, text: str) -> bool:
    piece = found[place]
    if piece.text.strip("."):
        return True
    before = found[place - 1] if place else None
    if before and before.kind == "word" and before.end == piece.start:
        is_letter = len(before.text) == 1 and before.text.islower()
        if is_letter or before.text.lower() in _ABBREVIATIONS:
            return False
    return not text[piece.end : piece.end + 1].isalnum()


def _texts(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _texts(child)


def _uncapitalised(first: Word) -> Word:
    """Return the first word of a sentence so that a capital in a word tells that it is a name."""
    is_name = first.weighs or not first.text.istitle()
    return first if is_name else first._replace(text=first.text.lower())


def _shown(text: str) -> str:
    return " ".join(text.replace("\ue000", "{{").replace("\ue001", "}}").split())
