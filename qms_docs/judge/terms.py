"""Whether texts call things by the words of the glossary, and documents by their titles."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from qms_docs.text.glossary import pattern, wording
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
        self.said = wording(source.body)
        for name in {mention.target for mention in source.content.mentions}:
            title = manual.title(name, language)  # which is worded elsewhere
            for written in (f"{name} {title}", f"{name}《{title}》") if title else ():
                self.said = self.said.replace(written, " " * len(written))

    @cached_property
    def blocks(self) -> Sequence[str]:
        lines = self.said.split("\n")
        starts = [line - self.source.body_line for line in self.source.content.block_lines]
        ordered = sorted({*starts, len(lines)})  # notes stand at the end, wherever they are written
        stops = dict(pairwise(ordered))
        return ["\n".join(lines[start : stops[start]]) for start in starts]

    def uses(self, term: Term, language: str) -> bool:
        return _found(term.accepted(language), self.said)

    def blocks_with(self, words: Iterable[str]) -> list[bool]:
        return [_found(words, block) for block in self.blocks]


def _found(words: Iterable[str], text: str) -> bool:
    return any(pattern(word).search(text) for word in words)


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
    if not ours or not theirs:
        return
    asked = (("missing", master, there), ("master", language, here))
    if not any(tag in term.compared and side.uses(term, tag) for _, tag, side in asked):
        return
    pairs = zip(there.blocks_with(ours), here.blocks_with(theirs), strict=True)
    for number, (used, translated) in enumerate(pairs):
        case = "missing" if used and not translated else "master" if translated and not used else ""
        if case and (master if case == "missing" else language) in term.compared:
            line = here.source.content.block_lines[number]
            lapse = Lapse(
                place=Place(here.source.path, line),
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
    said = wording(source.body)
    for word, instead in words.items():
        if not pattern(word).search(f"{document.title}\n{said}"):
            continue
        free = [each for each in accepted if pattern(word).search(each)]
        free += [each for each in _titles(manual, document.language) if word in each]
        for _ in _free_of(document.title, word, free):
            yield Lapse(source.place("title"), word, instead)
        for match in _free_of(said, word, free):
            line = said.count("\n", 0, match.start())
            column = match.start() - (said.rfind("\n", 0, match.start()) + 1)
            place = Place(source.path, source.body_line + line, column + 1)
            yield Lapse(place, match[0], instead)


def _free_of(text: str, word: str, longer: Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield where a word stands in a text and is no part of something longer that may stand."""
    spans = [found.span() for each in longer for found in pattern(each).finditer(text)]
    for match in pattern(word).finditer(text):
        if not any(start <= match.start() and match.end() <= stop for start, stop in spans):
            yield match


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
