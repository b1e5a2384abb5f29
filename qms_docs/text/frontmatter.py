"""Split a Markdown file into front matter and body, and rewrite one field of it.

The front matter is a YAML mapping between a first line `---` and the next line `---`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qms_docs.text import yamltext
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Place

CODE = "QMS101"
_FENCE = re.compile(r"^---[ \t]*$")
_BOM = "\ufeff"


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
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _refused(path, "encoding", line, byte=f"0x{data[error.start]:02x}")
    if text.startswith(_BOM):
        return _refused(path, "bom", 1)
    lines = text.split("\n")
    if not _FENCE.match(lines[0].rstrip("\r")):
        return _refused(path, "missing", 1)
    end = next((n for n, line in enumerate(lines[1:], 1) if _FENCE.match(line.rstrip("\r"))), None)
    if end is None:
        return _refused(path, "unclosed", 1)
    offset = len(lines[0]) + 1
    yaml = yamltext.read("\n".join(lines[1:end]), path, CODE, first_line=2)
    if yaml.findings:
        return FrontMatter({}, {}, {}, "", end + 2, tuple(yaml.findings))
    if not isinstance(yaml.value, dict):
        return _refused(path, "mapping", 2)
    spans = {key: (start + offset, stop + offset) for key, (start, stop) in yaml.spans.items()}
    body = "\n".join(lines[end + 1 :])
    return FrontMatter(yaml.value, yaml.places, spans, body, end + 2, ())


def rewrite(data: bytes, path: str, key: yamltext.Key, value: str | int) -> bytes:
    """Return the file with one scalar of the front matter replaced, every other byte kept.

    Raises QmsError if the file has no readable front matter or no such scalar field.
    """
    front = split(data, path)
    span = front.spans.get(key)
    if front.findings or span is None or isinstance(_at(front.metadata, key), dict | list):
        raise QmsError("no-such-field", path=path, field=".".join(map(str, key)))
    text = data.decode("utf-8")
    changed = text[: span[0]] + typed(value) + text[span[1] :]
    after = split(changed.encode("utf-8"), path)
    if after.findings or _at(after.metadata, key) != value:
        raise QmsError("field-not-written", path=path, field=".".join(map(str, key)))
    return changed.encode("utf-8")


def typed(value: str | int) -> str:
    """Write a scalar the way a person would, in quotes only where it must be."""
    if isinstance(value, int):
        return str(value)
    plain = re.fullmatch(r"[^\W\d_][\w./+ -]*", value) and value == value.strip()
    if plain and yamltext.read(value, "", CODE).value == value:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _at(metadata: object, key: yamltext.Key) -> object:
    for part in key:
        try:
            metadata = metadata[part]  # type: ignore[index]  # whatever has no such part: None
        except (KeyError, IndexError, TypeError):
            return None
    return metadata


def _refused(path: str, case: str, line: int, **values: str) -> FrontMatter:
    finding = Finding(CODE, Place(path, line), case, values)
    return FrontMatter({}, {}, {}, "", 1, (finding,))
