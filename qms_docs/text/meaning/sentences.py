"""A line of a text as sentences, and its sentences as words with their weight."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
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


@dataclass
class _Text:
    """A line as it reads, and what stands in it that is no text."""

    reader: Reader
    plain: str = ""
    raw: str = ""
    origin: list[int] = field(default_factory=list)
    """Place of each plain character in the raw text."""
    marks: list[Word] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    path: Sequence[Node] = ()

    def add(self, token: Token) -> None:
        is_in_han = _HAN.fullmatch(self.plain[-1:]) and _HAN.fullmatch(as_read(token.text[:1]))
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
        start = len(self.raw)
        self.raw += text
        if text.isascii():
            self.plain += text
            self.origin += range(start, start + len(text))
            return
        for place, char in enumerate(text, start):
            shown = as_read(char)
            self.plain += shown
            self.origin += [place] * len(shown)

    def mark(self, text: str, kind: str, key: str) -> None:
        place = len(self.plain)
        self.marks.append(Word(text, kind, key, place, place))

    def sentences(self) -> Sequence[Sentence]:
        """Return the text sentence by sentence."""
        self.origin.append(len(self.raw))
        found, start = [], 0
        for group, end in _groups(list(pieces(self.plain)), self.plain):
            marks = [mark for mark in self.marks if start <= mark.start < end]
            words = self.reader.scale.words(group)
            words = joined(words, self.plain, self.reader.scale.vocabulary)
            words = [word._replace(text=self.plain[word.start : word.end]) for word in words]
            words[:1] = [_uncapitalised(word) for word in words[:1]]
            parts = list(merge(marks, words, key=lambda word: word.start))
            text = self.raw[self.origin[start] : self.origin[min(end, len(self.plain))]]
            if parts:
                text = _shown(text) or " ".join(word.text for word in parts)
                found.append(Sentence(parts, text))
            start = end
        if not found and self.plain.strip():  # a cell with a dash, a mark or a bullet
            sign = _DASH.sub("-", "".join(self.plain.split()))
            found.append(Sentence([Word(sign, "sign", sign, 0, 0)], _shown(self.raw)))
        return found

    def _atom(self, node: Node) -> None:
        if node.tag == "input":
            self.mark("\u2611" if "checked" in node.attrs else "\u2610", "box", str(node.attrs))
        elif node.tag != "br":
            address = node.attrs.get("src", "")
            word = self.reader.target(address)
            width = node.attrs.get("width", "")
            self.mark(word.text, "image", f"{word.key} {width}")
            self.images.append((word.key, node.attrs.get("alt", "")))
        self.write(" ")

    def _enter(self, token: Token) -> None:
        """Note the links that begin with a token, and that it is struck out."""
        for node in token.path:
            if node.tag == "s":
                self.mark(token.text, "struck", as_read(token.text).lower())
            elif node.tag == "a" and node not in self.path and "href" in node.attrs:
                word = self.reader.target(node.attrs["href"])
                self.mark(word.text, word.kind, word.key)
        self.path = token.path


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


def _uncapitalised(first: Word) -> Word:
    """Return the first word of a sentence so that a capital in a word tells that it is a name."""
    return first._replace(text=first.text.lower()) if first.text.istitle() else first


def _shown(text: str) -> str:
    return " ".join(text.replace("\ue000", "{{").replace("\ue001", "}}").split())
