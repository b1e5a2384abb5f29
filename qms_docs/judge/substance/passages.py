"""The lines of a text, each with what stands around it: its section, its list, its lead-in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from qms_docs.text.meaning.sentences import Line, Reader, Sentence
from qms_docs.text.redline.blocks import Block, Token
from qms_docs.text.redline.twins import key_of

_HEADING = re.compile("h[1-6]")
_COUNT = re.compile(r"[0-9]{1,9}[.)\u3001]?")
_LANGUAGE = re.compile(r"\blanguage-(\w+)")
_HOLDS = {
    "ol": "step",
    "dl": "definition",
    "blockquote": "quotation",
    "table": "table",
    "section": "note",
}
"""What a sentence in a group counts as; where it stands in one of them matters."""


@dataclass(frozen=True, eq=False)
class Passage:
    """A line of a text and what stands around it."""

    kind: str
    """What it is when it came or went: `sentence`, `heading`, `step`, `table`, `code` and so on."""
    form: str
    """The kind of its block."""
    may_move: bool
    """Whether its sentences may stand in another line, below the same heading and lead-ins."""
    leads: tuple[object, ...]
    """The lines that lead in to it, as `key_of` names them: with a colon, or the item around."""
    section: object
    """The heading above it, as `key_of` names it."""
    line: int
    number: int
    """Counted from the first line of the text."""
    tokens: Sequence[Token]
    reader: Reader

    @cached_property
    def said(self) -> Line:
        """What the line says. It is read when it is needed, as most lines never are."""
        return self.reader.line(self.tokens)

    @cached_property
    def sentences(self) -> Sequence["Said"]:
        """Its sentences, in order."""
        return [Said(each, self, place) for place, each in enumerate(self.said.sentences)]


@dataclass(frozen=True, eq=False)
class Said:
    """A sentence in its place."""

    sentence: Sentence
    passage: Passage
    number: int
    """Counted from the first sentence of the line."""


@dataclass(frozen=True)
class Side:
    """A text: its lines, and its sentences one after another."""

    passages: Mapping[object, Passage]
    """By `key_of` their blocks, in the order of the text."""

    def of(self, blocks: Sequence[Block]) -> list[Said]:
        """Return the sentences of lines."""
        return [said for block in blocks for said in self.passages[key_of(block)].sentences]

    def before(self, said: Said) -> Said | None:
        """Return the sentence before one, in the same section."""
        if said.number:
            return said.passage.sentences[said.number - 1]
        for passage in reversed(self._lines[: said.passage.number]):
            if passage.section is not said.passage.section:
                return None
            if passage.sentences:
                return passage.sentences[-1]
        return None

    @cached_property
    def _lines(self) -> Sequence[Passage]:
        return list(self.passages.values())


def side(blocks: Sequence[Block], reader: Reader, line: int) -> Side:
    """Read the blocks of a text whose first line is `line` of its file."""
    collected = _Passages(reader)
    collected.add(blocks, _Around(line=line))
    return Side(collected.found)


@dataclass(frozen=True)
class _Around:
    """What stands around a block."""

    line: int
    kind: str = "sentence"
    may_move: bool = True
    leads: tuple[object, ...] = ()
    is_in_item: bool = False


@dataclass
class _Passages:
    """Collects the lines of a text."""

    reader: Reader
    found: dict[object, Passage] = field(default_factory=dict)
    section: object = None

    def add(self, blocks: Sequence[Block], around: _Around) -> None:
        leads = around.leads
        for block in blocks:
            here = replace(around, line=line_of(block) or around.line, leads=leads)
            if _HEADING.fullmatch(block.kind):
                self.section = key_of(block)
            if block.is_group:
                self.add(block.children, _inside(block, here))
            else:
                self.found[key_of(block)] = self._passage(block, here)
            is_lead = _leads(block, around.is_in_item)
            leads = (*around.leads, key_of(block)) if is_lead else around.leads

    def _passage(self, block: Block, around: _Around) -> Passage:
        kind, may_move = around.kind, around.may_move
        if _HEADING.fullmatch(block.kind):
            kind, may_move = "heading", False
        elif block.kind == "pre":
            kind, may_move = "code", False
        return Passage(
            kind,
            block.kind,
            may_move,
            around.leads,
            self.section,
            around.line,
            len(self.found),
            () if block.kind == "pre" else block.tokens,
            self.reader,
        )


def line_of(block: Block) -> int | None:
    """Return the line of the file on which a block starts, if it is known."""
    nodes = [block.node, *(node for token in block.tokens[:1] for node in token.path)]
    for node in nodes:
        if node and node.attrs.get("data-line", "").isdigit():
            return int(node.attrs["data-line"])
    return next(filter(None, map(line_of, block.children)), None)


def text_of(block: Block) -> str:
    """Return what a block says, for people."""
    line = "".join(token.gap + (token.text or "\u25a1") for token in block.tokens)
    return " | ".join(filter(None, [line.strip(), *map(text_of, block.children)]))


def is_numbered(table: Block) -> bool:
    """Tell whether a column of a table counts its rows, so that their order is one of actions."""
    bodies = [part for part in table.children if part.kind == "tbody"]
    rows = [row.children for body in bodies for row in body.children]
    columns = zip(*rows, strict=False)
    return len(rows) > 1 and any(all(map(_is_count, column)) for column in columns)


def _is_count(cell: Block) -> bool:
    return _COUNT.fullmatch(text_of(cell)) is not None


def _inside(block: Block, around: _Around) -> _Around:
    """Return what stands around the parts of a group."""
    if around.kind == "note":
        return around
    kind = _HOLDS.get(block.kind, "quotation" if block.kind.startswith("div") else "")
    if block.kind == "table" and is_numbered(block):
        kind = "step"
    if kind:
        return replace(around, kind=kind, may_move=False)
    return replace(around, is_in_item=block.kind == "li")


def language_of(block: Block) -> str:
    """Return the language of a code block as it names it."""
    names = (node.attrs.get("class", "") for token in block.tokens[:1] for node in token.path)
    match = _LANGUAGE.search(" ".join(names))
    return match[1] if match else ""


def _leads(block: Block, is_in_item: bool) -> bool:
    """Tell whether a line leads in to what follows: with a colon, or as an item with parts."""
    tokens = block.tokens
    return bool(tokens) and (is_in_item or tokens[-1].text in (":", "\uff1a"))
