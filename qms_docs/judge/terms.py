"""Whether texts call things by the words of the glossary, and documents by their titles."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from qms_docs.text.glossary import Wording
from qms_docs.text.markdown import outline
from qms_docs.words.findings import Place
from qms_docs.words.glossary import Term
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Reference, Source


@dataclass(frozen=True)
class Lapse:
    """A word that stands where another belongs, or misses beside its master."""

    place: Place
    word: str
    """What stands there, or in the master."""
    instead: str
    """The word of the glossary."""
    line: int = 0
    """Of the master, where it is compared with that."""


class _Side:
    """The words of one text, block by block."""

    def __init__(self, source: Source, manual: Manual, language: str) -> None:
        self.source = source
        self._said = Wording(source.body)
        for name in {mention.target for mention in source.content.mentions}:
            title = manual.title(name, language)  # which is worded elsewhere
            for written in (f"{name} {title}", f"{name}《{title}》") if title else ():
                self._said.without(written)

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Where each line of the body begins."""
        lines = self.source.body.split("\n")
        return [0, *accumulate(len(line) + 1 for line in lines)]

    @cached_property
    def _first(self) -> Mapping[int, Sequence[int]]:
        """Line at which blocks begin, counted in the body → these blocks."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, line in enumerate(self.source.content.block_lines):
            found[line - self.source.body_line].append(number)
        return found

    @cached_property
    def _lines(self) -> Sequence[int]:
        return sorted(self._first)

    def blocks_with(self, words: Iterable[str]) -> set[int]:
        """Return the blocks in which one of some words stands."""
        found: set[int] = set()
        for word in words:
            for start, _ in self._said.spans(word):
                line = bisect_right(self._starts, start) - 1
                place = bisect_right(self._lines, line) - 1
                if place >= 0:
                    found.update(self._first[self._lines[place]])
        return found


def missing(manual: Manual) -> Iterator[tuple[Document, str, Lapse]]:
    """Yield each block in which one language uses a term and the other does not.

    With the case: `missing` in the translation, or `master` if that does not use it. Only of
    translations that have the same blocks as their masters.
    """
    if not any(term.compared for term in manual.glossary or ()):
        return
    for document in manual.documents:
        master = None if document.is_master else manual.find(document.id)
        if master and _kinds(master) == _kinds(document):
            there, here = (_Side(each.source, manual, each.language) for each in (master, document))
            for term in manual.glossary or ():
                for case, lapse in _of_term(term, there, here, master.language, document.language):
                    yield document, case, lapse


def _kinds(document: Document) -> Sequence[str]:
    return outline.kinds(document.source.content.outline)


def _of_term(
    term: Term, there: _Side, here: _Side, master: str, language: str
) -> Iterator[tuple[str, Lapse]]:
    ours, theirs = term.accepted(master), term.accepted(language)
    if not ours or not theirs or not term.compared:
        return
    used, translated = there.blocks_with(ours), here.blocks_with(theirs)
    for number in sorted(used ^ translated):
        case = "missing" if number in used else "master"
        if (master if case == "missing" else language) in term.compared:
            lapse = Lapse(
                place=Place(here.source.path, here.source.content.block_lines[number]),
                word=ours[0] if case == "missing" else theirs[0],
                instead=theirs[0] if case == "missing" else ours[0],
                line=there.source.content.block_lines[number],
            )
            yield case, lapse


def avoided(manual: Manual) -> Iterator[Lapse]:
    """Yield each place at which a word stands that must not stand for a term."""
    for document in manual.documents:
        language = document.language
        words = {
            word: term.words[language]
            for term in manual.glossary or ()
            if language in term.words
            for word in term.avoid.get(language, ())
        }
        if words:
            accepted = [w for term in manual.glossary or () for w in term.accepted(language)]
            yield from _avoided(manual, document, words, accepted)


def _avoided(
    manual: Manual, document: Document, words: Mapping[str, str], accepted: Iterable[str]
) -> Iterator[Lapse]:
    source = document.source
    for text in (document.title, source.body):
        said = Wording(text)
        for word, instead in words.items():
            spans = list(said.spans(word))
            if not spans:
                continue
            longer = [each for each in accepted if word.lower() in each.lower()]
            longer += [each for each in _titles(manual, document.language) if word in each]
            free = [span for each in longer for span in said.spans(each)]
            for start, stop in spans:
                if not any(first <= start and stop <= last for first, last in free):
                    place = source.place("title") if text is document.title else None
                    yield Lapse(place or _place(source, start), text[start:stop], instead)


def _place(source: Source, start: int) -> Place:
    """Return the place of a character of the body."""
    before = source.body[:start]
    line, column = before.count("\n"), start - (before.rfind("\n") + 1)
    return Place(source.path, source.body_line + line, column + 1)


def _titles(manual: Manual, language: str) -> Iterator[str]:
    """Yield the titles of external documents, which nobody here has worded."""
    for entry in manual.entries:
        if entry.register == "external" and language in entry.title:
            yield entry.title[language]


def misnamed(manual: Manual) -> Iterator[Lapse]:
    """Yield each identification in a text that another title follows than that of the document."""
    for document in manual.documents:
        lines: Sequence[str] = ()
        language = document.language
        for mention in document.source.content.mentions:
            lines = lines or document.source.body.split("\n")
            rest = _behind(mention, lines, document.source.body_line)
            yield from _named(manual, mention, rest, language)
        for link in document.source.content.links:
            first = link.text.split(maxsplit=1)[0] if link.text[:1].isupper() else ""
            name = first.partition("《")[0]
            if name in manual.identifications:
                mention = Reference(name, link.place)
                yield from _named(manual, mention, link.text[len(name) :], language)


def _behind(mention: Reference, lines: Sequence[str], first: int) -> str:
    """Return what follows an identification on its line; nothing where it is written otherwise."""
    number, start = mention.place.line - first, mention.place.column - 1
    line = lines[number] if number < len(lines) else ""
    return line[start:].removeprefix(mention.target) if mention.target in line[start:] else ""


def _named(manual: Manual, mention: Reference, rest: str, language: str) -> Iterator[Lapse]:
    """Yield what follows an identification, if it looks like a title and is not the right one."""
    quoted = rest.startswith("《")
    spaced = rest[:1] == " " and rest[1:2].isascii() and rest[1:2].isupper()
    if not quoted and not spaced:
        return
    title = manual.title(mention.target, language)
    if title is None:
        return
    written = rest[1:].partition("》")[0] if quoted else rest[1:]
    if (quoted and written == title) or _begins(rest.strip(), title):
        return
    shown = written if quoted else " ".join(written.split()[: len(title.split())])
    yield Lapse(mention.place, shown, title)


def _begins(text: str, title: str) -> bool:
    """Tell whether a text begins with a title, as a whole."""
    following = text[len(title) : len(title) + 1]
    return text.startswith(title) and not (following.isascii() and following.isalpha())
