"""Change single fields of a front matter or a data file, and keep every other byte."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from qms_docs.text import frontmatter, utf8, yamltext
from qms_docs.text.frontmatter import FrontMatter
from qms_docs.text.yamltext import Key
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding

Value = str | int | None
"""A scalar, or None for a field that must not be there."""
Split = Callable[[bytes, str], FrontMatter]


def changed(
    data: bytes, path: str, values: Mapping[Key, Value], split: Split = frontmatter.split
) -> bytes:
    """Return a file with fields replaced, added or removed.

    An added field stands behind the last one of its group that is a single value. `split` is
    `data_file` for a file that is YAML from top to bottom. Raises QmsError where the file cannot
    be read, or where more than these fields would become different.
    """
    for key, value in values.items():
        front = split(data, path)
        if front.findings:
            raise _not_written(path, key)
        there = _group(front.metadata, key[:-1])
        if there is None:
            raise _not_written(path, key)
        wanted = copy.deepcopy(dict(front.metadata))
        _set(_group(wanted, key[:-1]) or wanted, key[-1], value)
        if value is None:
            data = _without(data, front, key) if key[-1] in there else data
        elif key[-1] in there:
            data = frontmatter.rewrite(data, path, key, value, split)
        else:
            data = _with(data, path, front, key, value)
        after = split(data, path)
        if after.findings or after.metadata != wanted or after.body != front.body:
            raise _not_written(path, key)
    return data


def data_file(data: bytes, path: str) -> FrontMatter:
    """Take a file apart that is nothing but YAML, as if all of it were front matter."""
    text = utf8.decode(data, path, frontmatter.CODE)
    if isinstance(text, Finding):
        return FrontMatter({}, {}, {}, "", 1, (text,))
    yaml = yamltext.read(text, path, frontmatter.CODE)
    value = yaml.value if isinstance(yaml.value, dict) else {}
    return FrontMatter(value, yaml.places, yaml.spans, "", 1, tuple(yaml.findings))


@dataclass(frozen=True)
class _Field:
    """Where a field stands, in characters of the file."""

    start: int
    """Where its name begins."""
    stop: int
    """Where its value ends."""
    indent: str
    """What stands before its name on the line."""


def _field(text: str, front: FrontMatter, key: Key) -> _Field:
    place = front.places[key]
    line = sum(len(each) + 1 for each in text.split("\n")[: place.line - 1])
    start, (begin, end) = line + place.column - 1, front.spans[key]
    stop = begin + len(text[begin:end].rstrip())
    return _Field(start, stop, text[line:start])


def _with(data: bytes, path: str, front: FrontMatter, key: Key, value: str | int) -> bytes:
    """Return the file with a field added."""
    text, group = data.decode("utf-8"), _group(front.metadata, key[:-1])
    single = [name for name, found in (group or {}).items() if not isinstance(found, dict | list)]
    if not single:
        raise _not_written(path, key)
    field = _field(text, front, (*key[:-1], single[-1]))
    written = f"{key[-1]}: {frontmatter.typed(value)}"
    if _is_inline(text, front, key):
        return (text[: field.stop] + f", {written}" + text[field.stop :]).encode("utf-8")
    line_end = "\r\n" if "\r\n" in text else "\n"
    end = _end_of_line(text, field.stop)
    added = f"{line_end}{field.indent}{written}"
    return (text[:end] + added + text[end:]).encode("utf-8")


def _without(data: bytes, front: FrontMatter, key: Key) -> bytes:
    """Return the file with a field removed."""
    text = data.decode("utf-8")
    field = _field(text, front, key)
    start, stop = field.start, field.stop
    if _is_inline(text, front, key):
        before = text[:start].rstrip()
        if before.endswith(","):
            return (before[:-1] + text[stop:]).encode("utf-8")
        after = text[stop:].lstrip()
        return (text[:start] + after.removeprefix(",").lstrip()).encode("utf-8")
    stop = text.find("\n", stop) + 1 or len(text)
    return (text[: start - len(field.indent)] + text[stop:]).encode("utf-8")


def _is_inline(text: str, front: FrontMatter, key: Key) -> bool:
    """Tell whether the group of a field is written between braces."""
    start, _ = front.spans.get(key[:-1], (0, 0))
    return bool(key[:-1]) and text[start : start + 1] == "{"


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1] == "\r" else end


def _group(metadata: object, key: Key) -> dict[Any, Any] | None:
    for part in key:
        if not isinstance(metadata, dict):
            return None
        metadata = metadata.get(part)
    return metadata if isinstance(metadata, dict) else None


def _set(group: dict[Any, Any], name: object, value: Value) -> None:
    if value is None:
        group.pop(name, None)
    else:
        group[name] = value


def _not_written(path: str, key: Key) -> QmsError:
    return QmsError("field-not-written", path=path, field=".".join(map(str, key)))
