"""The only YAML reader: YAML 1.2 core scalars, every value with its line and column.

Plain scalars become null, booleans or whole numbers only where YAML 1.2 says so beyond doubt;
everything else stays the text that was typed: `no`, `012`, `12:30`, `1.10` and `2026-02-31` are
strings, so that nothing is coerced into something that nobody wrote.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from qms_docs.words.findings import Finding, Place

Key = tuple[str | int, ...]

_CONSTANTS: Mapping[str, object] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
# No leading zero: `012` is a typed text, not twelve. At most 15 digits: more is no number of ours.
_WHOLE_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
_MAX_DEPTH = 20
# What a plain text can resolve to without a tag typed before it, and the two collections.
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ["null", "bool", "int", "float", "str", "timestamp", "merge", "value", "seq", "map"]
)


@dataclass
class YamlText:
    """A YAML text as values; what was wrong stands in `findings`."""

    value: object = None
    places: dict[Key, Place] = field(default_factory=dict)
    """Path of keys and indexes → where the key (of a mapping) or the item stands."""
    spans: dict[Key, tuple[int, int]] = field(default_factory=dict)
    """Path → start and end of the value, in characters of the text."""
    findings: list[Finding] = field(default_factory=list)


def read(text: str, path: str, code: str, first_line: int = 1) -> YamlText:
    """Read one YAML document.

    `first_line` is the line of the file on which the text starts; `code` is the rule that a
    finding about unreadable YAML belongs to. Never raises for any text.
    """
    result = YamlText()
    reader = _Reader(path, code, first_line, result)
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reader.report("syntax", mark, detail=_plain(error.problem or error.context or ""))
    except (yaml.YAMLError, RecursionError) as error:
        reader.report("syntax", None, detail=_plain(str(error)))
    else:
        if node is not None:
            result.value = reader.value(node, ())
    return result


def _plain(detail: str) -> str:
    return " ".join(detail.split())


class _Reader:
    """Walks the nodes of one text and collects values, places and findings."""

    def __init__(self, path: str, code: str, first_line: int, result: YamlText) -> None:
        self._path = path
        self._code = code
        self._first_line = first_line
        self._result = result
        self._open: set[int] = set()

    def report(self, case: str, mark: yaml.Mark | None, **values: str) -> None:
        place = self._place(mark) if mark else Place(self._path, self._first_line)
        self._result.findings.append(Finding(self._code, place, case, values))

    def _place(self, mark: yaml.Mark) -> Place:
        return Place(self._path, self._first_line + mark.line, mark.column + 1)

    def value(self, node: yaml.Node, key: Key) -> object:
        self._result.places.setdefault(key, self._place(node.start_mark))
        self._result.spans[key] = (node.start_mark.index, node.end_mark.index)
        if id(node) in self._open:
            # The node was met before: an alias. Aliases can be bombs, and a controlled text
            # that says one thing in two places is hard to read.
            self.report("alias", node.start_mark)
            return None
        self._open.add(id(node))
        if len(key) > _MAX_DEPTH:
            self.report("depth", node.start_mark)
            return None
        if node.tag not in _TAGS:
            self.report("tag", node.start_mark, tag=node.tag)
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*key, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, key)

    def _mapping(self, node: yaml.Node, key: Key) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report("key", key_node.start_mark)
                continue
            name = str(key_node.value)
            path = (*key, name)
            if name in values:
                self.report("duplicate", key_node.start_mark, key=name)
                continue
            self._result.places[path] = self._place(key_node.start_mark)
            values[name] = self.value(value_node, path)
        return values


def _scalar(node: yaml.ScalarNode) -> object:
    text = str(node.value)
    if node.style:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text
