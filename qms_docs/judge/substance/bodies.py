"""What of substance differs between the bodies of a document, as its readers see them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from qms_docs.judge.substance.movement import Lines, Rest, beside, moved, points, torn
from qms_docs.judge.substance.passages import Said, Side, is_numbered, language_of, text_of
from qms_docs.judge.substance.wording import Difference, differences, lost
from qms_docs.text.meaning.sentences import Sentence
from qms_docs.text.meaning.weights import Word
from qms_docs.text.redline.alignment import align, gaps
from qms_docs.text.redline.blocks import Block
from qms_docs.text.redline.pairs import Pair
from qms_docs.text.redline.phrases import common
from qms_docs.text.redline.twins import Twins, key_of, lines_of, start_of
from qms_docs.words.diagrams import KINDS


class Found(NamedTuple):
    """A difference and the line of the new file on which it stands."""

    difference: Difference
    line: int


@dataclass
class Bodies:
    """Compares two texts, line by line and sentence by sentence."""

    texts: Twins
    old: Side
    new: Side
    pointing: frozenset[str]
    """Words that point to the sentence before."""
    is_known: bool
    """Whether there are words of the language; if not, every changed word counts."""
    _reworded: list[tuple[Sequence[Word], Sequence[Word]]] = field(default_factory=list)
    """Sentences whose words differ and that were found to say the same."""
    _same: dict[Said, Said] = field(default_factory=dict)
    """New sentence → the old one, where it is the same, of lines that changed."""

    def found(self, line: int) -> Iterator[Found]:
        """Yield every difference; `line` is that on which the new text starts."""
        yield from self._places(line)
        rests: list[Rest] = []
        rows: dict[Block, list[tuple[Pair, int]]] = defaultdict(list)
        for pair, table in self.texts.lines:
            line = self._line(pair, line)
            if pair.shown.is_group:
                rows[table or pair.shown].append((pair, line))
            elif pair.shown.kind == "pre":
                yield from _code(pair, line)
            elif not pair.is_same:
                rests.append(self._rest(pair, line))
                yield from self._images(pair, line)
        for table, lone in rows.items():
            yield from self._rows(table, lone)
        lines = Lines({key_of(pair.old[0]): key_of(pair.new[0]) for pair in self._both()})
        yield from self._led(lines)
        yield from self._moved(rests, lines)
        yield from self._worded(list(beside(rests, lines)))

    def _places(self, line: int) -> Iterator[Found]:
        """Yield sections that stand elsewhere and lists that are numbered otherwise."""
        for pair in self.texts.moved:
            words = text_of(pair.new[0])
            yield Found(Difference("section", words, words), self._line(pair, line))
        for pair in self.texts.renumbered:
            before, after = start_of(pair.old[0]), start_of(pair.new[0])
            yield Found(Difference("number", before, after), self._line(pair, line))

    def _worded(self, rests: Sequence[Rest]) -> Iterator[Found]:
        """Yield what differs in the sentences that are left, and words that changed sentences."""
        gone: Counter[str] = Counter()
        came: dict[str, int] = {}
        for rest in rests:
            old, new = ([said.sentence for said in side] for side in (rest.old, rest.new))
            yield from (Found(each, rest.line) for each in self.judged(old, new, rest.kind))
            for before, after in self._reworded:
                gone += lost(before, after)
                came |= dict.fromkeys(lost(after, before), rest.line)
            self._reworded.clear()
        for word in sorted(gone.keys() & came.keys()):
            yield Found(Difference("order", word, word), came[word])

    def judged(
        self, old: Sequence[Sentence], new: Sequence[Sentence], kind: str
    ) -> list[Difference]:
        """Return what differs between sentences that belong together."""
        found: list[Difference] = []
        gone: list[Sentence] = []
        came: list[Sentence] = []
        reworded: list[tuple[Sequence[Word], Sequence[Word]]] = []
        for i, j in align(old, new):
            if i is not None and j is not None:
                differing = self._differences([old[i]], [new[j]])
                if not differing:
                    reworded.append((old[i].parts, new[j].parts))
                found += differing
            elif i is not None:
                gone.append(old[i])
            elif j is not None:
                came.append(new[j])
        if (gone or came) and old and new and not self._differences(old, new):
            return []  # one sentence made of two, or a title of one word with a slip in it
        self._reworded += reworded
        return found + [_lone(kind, *pair) for pair in zip_longest(gone, came)]

    def _differences(self, old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Difference]:
        before, after = ([word for each in side for word in each.parts] for side in (old, new))
        found = differences(before, after)
        if found or self.is_known or [w.key for w in before] == [w.key for w in after]:
            return found
        old_text, new_text = (" ".join(each.text for each in side) for side in (old, new))
        return [Difference("wording", old_text, new_text)]

    def _line(self, pair: Pair, line: int) -> int:
        """Return the line on which something new stands; for what went, the one before it."""
        for shown in pair.new:
            block = shown
            while block.is_group and block.children:
                block = block.children[0]
            if passage := self.new.passages.get(key_of(block)):
                return passage.line
        return line

    def _rest(self, pair: Pair, line: int) -> Rest:
        old, new = self.old.of(pair.old), self.new.of(pair.new)
        same = common([said.sentence.key for said in old], [said.sentence.key for said in new])
        self._same |= {new[j]: old[i] for i, j in same}
        before, after = (
            side.passages[key_of(blocks[0])] if blocks else None
            for side, blocks in ((self.old, pair.old), (self.new, pair.new))
        )
        rest = Rest([], [], before, after, line)
        for (i, i_end), (j, j_end) in gaps(same, len(old), len(new)):
            rest.old += old[i:i_end]
            rest.new += new[j:j_end]
        return rest

    def _both(self) -> Iterator[Pair]:
        """Yield the lines that both texts have."""
        for pair, _ in self.texts.lines:
            if pair.old and pair.new and not pair.shown.is_group:
                yield pair

    def _led(self, lines: Lines) -> Iterator[Found]:
        """Yield lines that stay where they are, but below another lead-in."""
        for pair in self._both():
            old, new = (
                self.old.passages[key_of(pair.old[0])],
                self.new.passages[key_of(pair.new[0])],
            )
            if lines.leads(old) != new.leads:
                text = text_of(pair.new[0])
                yield Found(Difference("order", text, text), new.line)

    def _moved(self, rests: Sequence[Rest], lines: Lines) -> Iterator[Found]:
        went = moved(rests, lines)
        for pair in self._both() if went else ():
            if pair.is_same:
                self._same |= zip(self.new.of(pair.new), self.old.of(pair.old), strict=True)
        for said in torn(self._same | went, went, (self.old, self.new), self.pointing):
            text = said.sentence.text
            yield Found(Difference("order", text, text), said.passage.line)

    def _images(self, pair: Pair, line: int) -> Iterator[Found]:
        """Yield what differs in the words that stand for the same images."""
        old, new = (
            [image for block in blocks for image in side.passages[key_of(block)].said.images]
            for blocks, side in ((pair.old, self.old), (pair.new, self.new))
        )
        if [address for address, _ in old] == [address for address, _ in new]:
            for (_, before), (_, after) in zip(old, new, strict=True):
                yield from (Found(each, line) for each in self.judged(before, after, "image"))

    def _rows(self, table: Block, lone: Sequence[tuple[Pair, int]]) -> Iterator[Found]:
        """Yield tables and rows that came or went; steps also if they only moved."""
        is_step = is_numbered(table)
        gone = Counter(self._row(pair.old[0], self.old) for pair, _ in lone if pair.old)
        came = Counter(self._row(pair.new[0], self.new) for pair, _ in lone if pair.new)
        kept = {} if is_step or self._points(table) else gone & came
        stayed = Counter(kept), Counter(kept)
        for pair, line in lone:
            side, left = (self.new, stayed[1]) if pair.new else (self.old, stayed[0])
            key = self._row(pair.shown, side)
            if left[key]:
                left[key] -= 1
                continue
            before, after = (text_of(blocks[0]) if blocks else "" for blocks in pair)
            yield Found(Difference("step" if is_step else "table", before, after), line)

    def _points(self, table: Block) -> bool:
        """Tell whether a cell points to what stands above it, as `same` or `同上`."""
        lines = [line for line in lines_of(table) if key_of(line) in self.new.passages]
        return any(points(said, self.pointing) for said in self.new.of(lines))

    def _row(self, row: Block, side: Side) -> str:
        cells = ([said.sentence.key for said in side.of([cell])] for cell in lines_of(row))
        return "\x1e".join("\x1c".join(keys) for keys in cells)


def _lone(kind: str, gone: Sentence | None, came: Sentence | None) -> Difference:
    """Return that a sentence came, went or gave way to another; or an image by itself."""
    (first, *_) = [sentence for sentence in (came, gone) if sentence]
    if all(word.start == word.end for word in first.parts):
        kind = first.parts[0].kind
    return Difference(kind, gone.text if gone else "", came.text if came else "")


def _code(pair: Pair, line: int) -> Iterator[Found]:
    """Yield a code block or the source of a diagram if anything in it but white space differs."""
    old, new = ([token.text for block in side for token in block.tokens] for side in pair)
    old_name, new_name = (language_of(side[0]) if side else "" for side in pair)
    is_drawn = old_name in KINDS, new_name in KINDS
    if old != new or is_drawn[0] != is_drawn[1]:
        kind = "image" if any(is_drawn) else "code"
        before, after = (" ".join(text_of(side[0]).split()) if side else "" for side in pair)
        yield Found(Difference(kind, before, after), line)
