"""Sentences that stand elsewhere in their section, and when they say something else there."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from qms_docs.judge.substance.passages import Passage, Said, Side

_NEAR_START = 4
"""A word that points to the sentence before stands among so many first words."""
Words = frozenset[str]


@dataclass(eq=False)
class Rest:
    """What is left of lines that belong together, without the sentences that both have."""

    old: list[Said]
    new: list[Said]
    before: Passage | None
    after: Passage | None
    """What stood and stands there; None where there was or is no such line."""
    line: int

    @property
    def kind(self) -> str:
        """What counts as touched if a sentence came or went."""
        passage = self.after or self.before
        assert passage
        return passage.kind


@dataclass(frozen=True)
class Lines:
    """Which lines of the new text are which of the old, by `key_of` their blocks, old to new."""

    same: Mapping[object, object]

    def leads(self, old: Passage) -> tuple[object, ...]:
        """Return what led in to an old line, named as in the new text."""
        return tuple(self.same.get(lead, lead) for lead in old.leads)

    def section(self, old: Passage) -> object:
        """Return the heading above an old line, named as in the new text."""
        return self.same.get(old.section, old.section)


def moved(rests: Sequence[Rest], lines: Lines) -> dict[Said, Said]:
    """Take out the sentences that only moved; return them, new to old.

    Within its own line a sentence may stand anywhere, and else in its section where nothing
    leads in to it or the same does.
    """
    found: dict[Said, Said] = {}
    for rest in rests:
        if rest.old and rest.new:
            found |= _take_out([rest], _key, _key)

    def old_place(said: Said) -> Hashable:
        return lines.section(said.passage), lines.leads(said.passage), _key(said)

    def new_place(said: Said) -> Hashable:
        return said.passage.section, said.passage.leads, _key(said)

    return found | _take_out(rests, old_place, new_place, lambda said: said.passage.may_move)


def beside(rests: Sequence[Rest], lines: Lines) -> Iterator[Rest]:
    """Yield the rests; lines that went and came in one place are taken for the same lines.

    A heading of one word with a slip in it has nothing in common with the right one. So many must
    have gone as have come, in the same form and below the same lead-in.
    """
    for is_lone, group in groupby(rests, lambda rest: None in (rest.before, rest.after)):
        run = list(group)
        gone, came = ([rest for rest in run if rest.old], [rest for rest in run if rest.new])
        pairs = list(zip(gone, came, strict=False))
        if is_lone and len(gone) == len(came) and all(_is_one(*pair, lines) for pair in pairs):
            run = [Rest(o.old, n.new, o.before, n.after, n.line) for o, n in pairs]
        yield from run


def _is_one(gone: Rest, came: Rest, lines: Lines) -> bool:
    old, new = gone.before, came.after
    assert old
    assert new
    is_heading = old.kind == new.kind == "heading"
    is_here = is_heading or lines.section(old) == new.section
    may_be = is_heading or (old.may_move and new.may_move)
    return may_be and is_here and old.form == new.form and lines.leads(old) == new.leads


def torn(
    same: Mapping[Said, Said], gone: Mapping[Said, Said], sides: tuple[Side, Side], words: Words
) -> Iterator[Said]:
    """Yield sentences that point to the one before, and do so to another one because some moved.

    `same` are all sentences that both texts have, new to old, `gone` those that moved.
    """
    went = frozenset(gone.values())
    for new, old in same.items():
        before, after = sides[0].before(old), sides[1].before(new)
        is_near = new in gone or before in went or after in gone
        if is_near and points(new, words) and _key(before) != _key(after):
            yield new


def _key(said: Said | None) -> str:
    return said.sentence.key if said else ""


def points(said: Said, words: Words) -> bool:
    """Tell whether one of the first words of a sentence points to what stands before it."""
    first = said.sentence.parts[:_NEAR_START]
    return any(word.key in words or word.text.lower() in words for word in first)


def _take_out(
    rests: Sequence[Rest],
    old_place: Callable[[Said], Hashable],
    new_place: Callable[[Said], Hashable],
    may_move: Callable[[Said], bool] = lambda _: True,
) -> dict[Said, Said]:
    """Take equal sentences out of the rests, in the order in which they stand."""
    waiting: dict[Hashable, deque[Said]] = defaultdict(deque)
    for rest in rests:
        for said in filter(may_move, rest.old):
            waiting[old_place(said)].append(said)
    found = {
        said: waiting[new_place(said)].popleft()
        for rest in rests
        for said in filter(may_move, rest.new)
        if waiting.get(new_place(said))
    }
    taken = frozenset(found) | frozenset(found.values())
    for rest in rests if found else ():
        rest.old = [said for said in rest.old if said not in taken]
        rest.new = [said for said in rest.new if said not in taken]
    return found
