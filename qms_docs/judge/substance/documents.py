"""Whether a change of a document touches more than its wording.

An editorial change alters how a text is written, not what it says. This finds what such a change
must leave alone: numbers, times, parameters, roles, words of duty and permission, records, images,
tables, links, the order of actions and the control data. It looks at what the reader is shown, in
English and Chinese, and in doubt it takes a difference for one of substance.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from posixpath import basename

from qms_docs.judge.substance.bodies import Bodies
from qms_docs.judge.substance.passages import side
from qms_docs.judge.substance.wording import Difference
from qms_docs.text import links, markdown
from qms_docs.text.closure import Inclusion
from qms_docs.text.meaning.sentences import Reader
from qms_docs.text.meaning.vocabulary import knows, title_words, vocabulary
from qms_docs.text.meaning.weights import Scale, Word
from qms_docs.text.redline.twins import Twins, twins
from qms_docs.words.findings import Place
from qms_docs.words.model import Document

LONGEST = 120
"""More of a text is not quoted."""
_MARKS = "\ue000\ue001"
"""Stand around the name of a parameter; nobody else may type them."""


@dataclass(frozen=True)
class Touched:
    """One thing of substance that differs."""

    kind: str
    """`number`, `time`, `parameter`, `role`, `modal` and so on: the label `touched-…` says it."""
    before: str
    """What stood there, empty if nothing did."""
    after: str
    place: Place
    """In the new text; of what went, where it stood."""


def touched(
    before: Document,
    after: Document,
    old_inclusions: Iterable[Inclusion] = (),
    new_inclusions: Iterable[Inclusion] = (),
) -> tuple[Touched, ...]:
    """Return what of substance differs between two states of a document, in order of place.

    Nothing is returned for an editorial change. The inclusions are those of the closures of both
    states: without them, another content of an image file or of a table that is included, or
    another value of a parameter, is not seen.
    """
    found = [*_control(before, after)]
    if _shown(before) != _shown(after):
        found += _text(before, after)
    found += _included(after, old_inclusions, new_inclusions)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.place))


def _control(before: Document, after: Document) -> Iterator[Touched]:
    """Yield the fields of the front matter that differ, apart from those that every change has."""
    old, new = _fields(before), _fields(after)
    for name in old:
        if old[name] != new[name]:
            place = after.source.place(*name.split("."))
            gone, came = (f"{name}: {fields[name]}" * bool(fields[name]) for fields in (old, new))
            yield Touched("control", _short(gone), _short(came), place)


def _fields(document: Document) -> Mapping[str, str]:
    """Return what is stated about a document, field by field; the order of a list is none."""
    fields = {"id": document.id, "language": document.language, **asdict(document.control)}
    distribution = fields.pop("distribution")
    fields |= {f"distribution.{name}": value for name, value in distribution.items()}
    clauses = fields.pop("clauses").items()
    fields["clauses"] = [f"{standard} {number}" for standard, some in clauses for number in some]
    return {
        name: ", ".join(sorted(value)) if isinstance(value, list | tuple) else str(value or "")
        for name, value in fields.items()
    }


def _included(
    after: Document, old: Iterable[Inclusion], new: Iterable[Inclusion]
) -> Iterator[Touched]:
    """Yield what is included under the same name with another content."""
    digests = {(each.kind, each.name): each.sha256 for each in old}
    content = after.source.content
    for each in new:
        if digests.get((each.kind, each.name), each.sha256) != each.sha256:
            references = {"image": content.images, "table": content.included}
            named = references.get(each.kind, content.quotes)
            places = (one.place for one in named if one.target == each.name)
            place = next(places, after.source.place())
            yield Touched(each.kind, _short(each.name), _short(each.name), place)


def _text(before: Document, after: Document) -> Iterator[Touched]:
    """Yield what differs in title and body."""
    texts = twins(_html(before), _html(after))
    scale = Scale(vocabulary(_titles(before) | _titles(after)), _roles(after))
    old_reader = Reader(scale, lambda address: _target(address, before, after, texts))
    new_reader = Reader(scale, lambda address: _target(address, after, after, None))
    bodies = Bodies(
        texts,
        side([*texts.old, *texts.old_notes], old_reader, before.source.body_line),
        side([*texts.new, *texts.new_notes], new_reader, after.source.body_line),
        scale.vocabulary.pointing,
        is_known=knows(after.language),
    )
    old_title, new_title = map(new_reader.sentences, (before.title, after.title))
    for each in bodies.judged(old_title, new_title, "heading"):
        yield _touched(each, after.source.place("title"))
    for each, line in bodies.found(after.source.body_line):
        yield _touched(each, Place(after.path, line))
    yield from _anchors(before, after, texts)
    if any(mark in body for body in (before.source.body, after.source.body) for mark in _MARKS):
        yield Touched("sign", "", "", Place(after.path, after.source.body_line))


def _shown(document: Document) -> tuple[str, ...]:
    """Return everything that a reader is shown; links start where the file stands."""
    return document.title, document.source.body, document.path


def _touched(difference: Difference, place: Place) -> Touched:
    return Touched(difference.kind, _short(difference.before), _short(difference.after), place)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\u2026"


def _html(document: Document) -> str:
    """Return the body as its readers see it, with addresses as they are compared."""
    return markdown.to_html(
        document.source.body,
        link=lambda target: _address(target, document),
        image=lambda target: _address(target, document),
        parameter=lambda name: name.join(_MARKS),
        first_line=document.source.body_line,
    )


def _address(target: str, document: Document) -> str:
    """Return where a link leads, the same however it is written and wherever the file stands."""
    path = links.resolve(document.path, target)
    if path is None:
        return target
    anchor = links.anchor(target)
    return (path if path != document.path else "") + (f"#{anchor}" if anchor is not None else "")


def _target(address: str, document: Document, after: Document, texts: Twins | None) -> Word:
    """Return what a link weighs; an anchor of the old text is named as the new one names it."""
    key = address
    if texts and address.startswith("#") and address[1:] in document.source.content.anchors:
        key = "#" + texts.anchors.get(address[1:], f"{address[1:]}\0gone")
    kind = "role" if _is_role(address, after) else "link"
    if address.lower().endswith(".csv"):
        kind = "table"
    return Word(address, kind, f"{kind} {key}", 0, 0)


def _anchors(before: Document, after: Document, texts: Twins) -> Iterator[Touched]:
    """Yield anchors that have come to stand at something else, so that links lead elsewhere.

    Not those of the same heading, of which it is told elsewhere that it moved.
    """
    old, new = (document.source.content for document in (before, after))
    headings = {(heading.anchor, heading.text) for heading in old.headings}
    kept = {each.anchor for each in new.headings if (each.anchor, each.text) in headings}
    places = {heading.anchor: heading.place for heading in new.headings}
    start = Place(after.path, after.source.body_line)
    for name in sorted((old.anchors & new.anchors) - kept):
        if texts.anchors.get(name) != name:
            shown = _short(f"#{name}")
            yield Touched("link", shown, shown, places.get(name, start))


def _roles(document: Document) -> str:
    """Return how the identifications of roles begin, as the owner of every document is one."""
    return "-".join(document.control.owner.split("-")[:2]) + "-"


def _titles(document: Document) -> frozenset[str]:
    """Return what a text calls the roles whose sheets it links."""
    found = document.source.content.links
    titles = (link.text for link in found if _is_role(_address(link.target, document), document))
    return frozenset(filter(None, map(title_words, titles)))


def _is_role(address: str, document: Document) -> bool:
    return basename(address).startswith(_roles(document))
