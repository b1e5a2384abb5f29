"""Two languages of one text side by side: what stands in one of them and not in the other.

Words are not compared. Blocks are: headings, paragraphs, items, rows of tables, diagrams, boxes and
notes, in their order, and in each of them numbers, identifications, parameters, links, images and
marks of notes. A number that one language writes in words (`third`, `十二月`) counts for both.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice

from qms_docs.text.markdown import outline
from qms_docs.words.model import Source

MOST = 10
"""So many differences of one text are told; more help nobody."""
_LARGEST = 4_000_000
"""Pairs of blocks that are looked at to find which belong together."""
_QUOTED = 60
_CASES = {
    outline.NUMBER: "number",
    outline.STANDARD: "number",
    outline.NAME: "identification",
    outline.PARAMETER: "parameter",
    outline.LINK: "link",
    outline.IMAGE: "image",
    outline.NOTE: "note",
}
_KINDS = {
    "heading": "level",
    "head": "cells",
    "row": "cells",
    "item": "list",
    "diagram": "diagram",
    "box": "box",
}
"""First word of a block's kind → what differs if only the others do."""

Address = Callable[[str], str]
"""Returns where a link leads, the same for all languages of the document that it leads to."""


@dataclass(frozen=True)
class Difference:
    """One thing that the two texts do not have in common."""

    case: str
    """`missing`, `added`, `level` … of blocks; `number`, `link` … of what stands in them."""
    line: int
    """In the translation."""
    master_line: int
    master: str
    """What the master has, empty for nothing."""
    here: str


class _Side:
    """One of the two texts."""

    def __init__(self, source: Source, address: Address) -> None:
        content = source.content
        self.keys = content.outline.split("\n") if content.outline else []
        self._source = source
        self._lines = content.block_lines
        self._address = address

    @cached_property
    def _body(self) -> Sequence[str]:
        return self._source.body.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def kind(self, number: int) -> str:
        """Return of which kind a block is."""
        return outline.of_line(self.keys[number]).kind

    def parts(self, number: int) -> Sequence[Sequence[str]]:
        """Return what stands in a block, in each of its cells."""
        found = outline.of_line(self.keys[number]).parts
        return [[self._led(fact) for fact in facts] for facts in found]

    def _led(self, fact: str) -> str:
        leads = fact[0] == outline.LINK and "#" in fact
        return outline.LINK + self._address(fact[1:]) if leads else fact

    def quoted(self, number: int) -> str:
        """Return how a block begins, as it stands in the file."""
        text = self.text(number).partition("\n")[0].strip()
        return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "\u2026"

    def text(self, number: int) -> str:
        """Return a block as it stands in the file, with what stands between it and the next."""
        first = self._source.body_line
        start = self._lines[number] - first
        following = map(self._lines.__getitem__, range(number + 1, len(self._lines)))
        stop = next((line - first for line in following if line - first > start), None)
        return "\n".join(self._body[start:stop])

    def line(self, number: int) -> int:
        """Return the line of a block; behind the last one the line of that."""
        if not self._lines:
            return self._source.body_line
        return self._lines[min(number, len(self._lines) - 1)]


def differences(
    master: Source, translation: Source, address: Address, reads_words: bool = True
) -> Iterator[Difference]:
    """Yield in what a translation differs from its master, no more than is of use.

    `reads_words` says that numbers in words are understood in both languages.
    """
    if master.content.outline != translation.content.outline:
        there, here = _Side(master, address), _Side(translation, address)
        yield from islice(_compared(there, here, reads_words), MOST)


def _compared(there: _Side, here: _Side, reads_words: bool) -> Iterator[Difference]:
    for ours, theirs, place in _pairs(there, here):
        if ours is not None and theirs is not None:
            yield from _inside(there, ours, here, theirs, reads_words)
        elif ours is not None:
            line = there.line(ours)
            yield Difference("missing", here.line(place), line, there.quoted(ours), "")
        elif theirs is not None:
            before = there.line(place)
            yield Difference("added", here.line(theirs), before, "", here.quoted(theirs))


def _pairs(there: _Side, here: _Side) -> Iterator[tuple[int | None, int | None, int]]:
    """Yield blocks that belong together and differ; of one that stands alone, where it would be."""
    if len(there.keys) == len(here.keys):
        pairs = enumerate(zip(there.keys, here.keys, strict=True))
        differing = [number for number, (ours, theirs) in pairs if ours != theirs]
        if all(there.kind(number) == here.kind(number) for number in differing):
            yield from ((number, number, 0) for number in differing)
            return
    start = _same(there.keys, here.keys)
    if (len(there.keys) - start) * (len(here.keys) - start) > _LARGEST:
        yield (start, None, start) if len(there.keys) > len(here.keys) else (None, start, start)
        return
    matcher = SequenceMatcher(None, there.keys[start:], here.keys[start:], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        ours, theirs = range(start + a, start + b), range(start + c, start + d)
        if tag == "equal":
            continue
        if len(ours) == len(theirs):
            yield from ((one, other, 0) for one, other in zip(ours, theirs, strict=True))
        else:
            yield from _of_a_kind(there, ours, here, theirs)


def _same(ours: Sequence[object], theirs: Sequence[object]) -> int:
    """Return at how many places two sequences begin alike."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(ours), len(theirs)))


def _of_a_kind(
    there: _Side, ours: range, here: _Side, theirs: range
) -> Iterator[tuple[int | None, int | None, int]]:
    """Put blocks together of which the number differs: those of the same kind, in order."""
    one, other = list(map(there.kind, ours)), list(map(here.kind, theirs))
    for _, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        both = min(b - a, d - c)
        yield from ((ours[a + n], theirs[c + n], 0) for n in range(both))
        yield from ((ours[n], None, theirs.start + d) for n in range(a + both, b))
        yield from ((None, theirs[n], ours.start + b) for n in range(c + both, d))


def _inside(
    there: _Side, ours: int, here: _Side, theirs: int, reads_words: bool
) -> Iterator[Difference]:
    """Yield what differs between two blocks that belong together."""
    kind, other = there.kind(ours), here.kind(theirs)
    lines = here.line(theirs), there.line(ours)
    if kind != other:
        is_alike = kind.split()[0] == other.split()[0]
        case = _KINDS.get(kind.split()[0], "missing") if is_alike else "missing"
        yield Difference(case, *lines, there.quoted(ours), here.quoted(theirs))
        return
    for one, two in zip(there.parts(ours), here.parts(theirs), strict=False):
        if one == two:
            continue
        if [outline.EMPTY] in (one, two):
            yield Difference("empty", *lines, there.quoted(ours), here.quoted(theirs))
            continue
        gone, came = Counter(one) - Counter(two), Counter(two) - Counter(one)
        if reads_words:
            gone -= _in_words(gone, here.text(theirs))
            came -= _in_words(came, there.text(ours))
        for case, what, instead in _by_case(gone, came):
            if reads_words or case != "number" or (what and instead):
                yield Difference(case, *lines, what, instead)


def _by_case(gone: Counter[str], came: Counter[str]) -> Iterator[tuple[str, str, str]]:
    for case in dict.fromkeys(_CASES.values()):
        what, instead = (
            ", ".join(fact[1:] or "^" for fact in facts.elements() if _CASES[fact[0]] == case)
            for facts in (gone, came)
        )
        if what or instead:
            yield case, what, instead


def _in_words(facts: Iterable[str], text: str) -> Counter[str]:
    """Return which of some numbers may stand in words in a text."""
    if not any(fact[0] == outline.NUMBER for fact in facts):
        return Counter()
    from qms_docs.text.meaning import numerals  # here, for it takes long to load

    return Counter(outline.NUMBER + number for number in numerals.in_words(text))
