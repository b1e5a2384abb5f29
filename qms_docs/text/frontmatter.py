"""Split a Markdown file into front matter and body, and rewrite one field of it.

The front matter is a YAML mapping between a first line `---` and the next line `---`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qms_docs.text import utf8, yamltext
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Place

CODE = "QMS101"
_FENCE = re.compile(r"^---[ \t]*\r*$", re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    """A Markdown file taken apart."""

    metadata: Mapping[str, object]
    """Empty where the front matter could not be read."""
    places: Mapping[yamltext.Key, Place]
    spans: Mapping[yamltext.Key, tuple[int, int]]
    """Path of keys → start and end of the value in the file's characters."""
    body: str
    body_line: int
    findings: tuple[Finding, ...]


def split(data: bytes, path: str) -> FrontMatter:
    """Take a file apart; whatever is wrong becomes a finding, nothing is raised.

    A file without a readable front matter has no body either: text that nobody identified must
    never pass for the text of a document.
    """
    text = utf8.decode(data, path, CODE)
    if isinstance(text, Finding):
        return _refused(text)
    first = _FENCE.match(text)
    if first is None:
        return _refused(Finding(CODE, Place(path), "missing"))
    last = _FENCE.search(text, first.end())
    if last is None:
        return _refused(Finding(CODE, Place(path), "unclosed"))
    offset = first.end() + 1
    yaml = yamltext.read(text[offset : last.start() - 1], path, CODE, first_line=2)
    if yaml.findings:
        return _refused(*yaml.findings)
    if not isinstance(yaml.value, dict):
        return _refused(Finding(CODE, Place(path, 2), "mapping"))
    spans = {key: (start + offset, stop + offset) for key, (start, stop) in yaml.spans.items()}
    body, body_line = text[last.end() + 1 :], text.count("\n", 0, last.end()) + 2
    return FrontMatter(yaml.value, yaml.places, spans, body, body_line, ())


def rewrite(
    data: bytes,
    path: str,
    key: yamltext.Key,
    value: str | int,
    split: Callable[[bytes, str], FrontMatter] = split,
) -> bytes:
    """Return the file with one scalar of the front matter replaced, every other byte kept.

    `text/fields.py` adds and removes fields. Raises QmsError if the file has no readable front
    matter or no such scalar field.
    """
    front = split(data, path)
    span = front.spans.get(key)
    if front.findings or span is None or isinstance(_at(front.metadata, key), dict | list):
        raise QmsError("no-such-field", path=path, field=".".join(map(str, key)))
    text = data.decode("utf-8")
    start, stop = span
    stop = start + len(text[start:stop].rstrip())  # a block scalar ends where the next line starts
    gap = "" if text[start - 1].isspace() else " "  # nothing stands after the colon yet
    changed = text[:start] + gap + typed(value) + text[stop:]
    after = split(changed.encode("utf-8"), path)
    if after.findings or _at(after.metadata, key) != value:
        raise QmsError("field-not-written", path=path, field=".".join(map(str, key)))
    return changed.encode("utf-8")


def typed(value: str | int) -> str:
    """Write a scalar the way a person would, in quotes only where it must be.

    Reads back as the same value for any text without control characters.
    """
    if isinstance(value, int):
        return str(value)
    plain = re.fullmatch(r"[^\W\d_][\w./+ -]*", value) and value == value.strip()
    if plain and yamltext.read(value, "", CODE).value == value:
        return value
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"


def _at(metadata: object, key: yamltext.Key) -> object:
    for part in key:
        try:
            metadata = metadata[part]  # type: ignore[index]  # whatever has no such part: None
        except (KeyError, IndexError, TypeError):
            return None
    return metadata


def _refused(*findings: Finding) -> FrontMatter:
    return FrontMatter({}, {}, {}, "", 1, findings)
