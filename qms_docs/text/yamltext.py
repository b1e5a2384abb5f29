"""The only YAML reader: YAML 1.2 core scalars, every value with its line and column.

Plain scalars become null, booleans or whole numbers only where YAML 1.2 says so beyond doubt;
everything else stays the text that was typed: `no`, `012`, `12:30`, `1.10` and `2026-02-31` are
strings, so that nothing is coerced into something that nobody wrote.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

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
# YAML forbids control characters. At the others some programs end a line, or skip them: what two
# readers read differently is refused too.
_REFUSED = re.compile(
    "\r(?=[^\n])|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
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
    reader = _Reader(text, path, code, first_line)
    if not reader.find_refused():
        reader.read()
    return reader.result


_MOST_REFUSED = 100
"""Findings on refused characters: who has so many has another kind of file."""


class _Reader:
    """Walks the events of one text and collects values, places and findings.

    Events, not the library's nodes: these would be built to any depth, which a text of nothing
    but brackets can use to end the process, and they do not tell what was typed as a tag.
    """

    def __init__(self, text: str, path: str, code: str, first_line: int) -> None:
        self._text = text
        self._path = path
        self._code = code
        self._first_line = first_line
        self._events = yaml.CSafeLoader(text)
        self._anchors: set[str | None] = set()
        self.result = YamlText()

    def find_refused(self) -> bool:
        """Report the characters that a text must not contain, of very many the first ones."""
        line = before = 0
        for match in islice(_REFUSED.finditer(self._text), _MOST_REFUSED):
            line += self._text.count("\n", before, match.start())
            before = match.start()
            column = before - self._text.rfind("\n", 0, before)
            self._refuse(match[0], Place(self._path, self._first_line + line, column))
        return bool(self.result.findings)

    def read(self) -> None:
        try:
            self._document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if "quoted" in (error.context or ""):  # not where the text ends: where it starts
                mark = error.context_mark
            detail = " ".join((error.problem or error.context or "").split())
            self._report("syntax", self._place(mark), detail=detail)
        except _TooDeepError:
            pass
        finally:
            self._events.dispose()

    def _report(self, case: str, place: Place, **values: str) -> None:
        self.result.findings.append(Finding(self._code, place, case, values))

    def _refuse(self, character: str, place: Place) -> None:
        self._report("character", place, character=f"U+{ord(character):04X}")

    def _next(self) -> Any:
        event: Any = self._events.get_event()
        if isinstance(event, yaml.ScalarEvent) and event.style == '"':
            for match in _REFUSED.finditer(event.value):  # typed as an escape, such as "\e"
                self._refuse(match[0], self._place(event.start_mark))
        if isinstance(event, yaml.NodeEvent) and not isinstance(event, yaml.AliasEvent):
            self._anchors.add(event.anchor)
        return event

    def _place(self, mark: Any) -> Place:
        if mark is None:
            return Place(self._path, self._first_line)
        return Place(self._path, self._first_line + mark.line, mark.column + 1)

    def _document(self) -> None:
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.DocumentStartEvent):
            self.result.value = self._value(self._next(), ())
            self._next()  # the end of the document
            second = self._next()
            if isinstance(second, yaml.DocumentStartEvent):
                place = self._place(second.start_mark)
                self._report("syntax", place, detail="a second document starts here")

    def _value(self, event: Any, key: Key) -> object:
        place = self._place(event.start_mark)
        self.result.places.setdefault(key, place)
        if len(key) > _MAX_DEPTH:
            self._report("depth", place)
            raise _TooDeepError
        if isinstance(event, yaml.AliasEvent):
            self._alias(event, place)
            return None
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report("tag", place, tag=tag)
        value, end = self._content(event, key)
        self.result.spans[key] = (event.start_mark.index, end.end_mark.index)
        return value

    def _alias(self, event: Any, place: Place) -> None:
        """Report an alias: it can be a bomb, and one text for two places is hard to read."""
        if event.anchor in self._anchors:
            self._report("alias", place)
        else:
            self._report("syntax", place, detail="found undefined alias")

    def _content(self, event: Any, key: Key) -> tuple[object, Any]:
        """Return the value that starts with an event, and the event that ends it."""
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event), event
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[object] = []
            while not isinstance(item := self._next(), yaml.SequenceEndEvent):
                items.append(self._value(item, (*key, len(items))))
            return items, item
        return self._mapping(key)

    def _mapping(self, key: Key) -> tuple[dict[str, object], Any]:
        values: dict[str, object] = {}
        while not isinstance(name := self._next(), yaml.MappingEndEvent):
            place = self._place(name.start_mark)
            if not isinstance(name, yaml.ScalarEvent):
                self._report("key", place)
                self._skip(name, key)
                self._skip(self._next(), key)
            elif name.value in values:
                self._report("duplicate", place, key=name.value)
                self._skip(self._next(), key)
            else:
                path = (*key, name.value)
                self.result.places[path] = place
                values[name.value] = self._value(self._next(), path)
        return values, name

    def _skip(self, event: Any, key: Key) -> None:
        """Read on past a value that has no place of its own."""
        known = self.result
        self.result = YamlText(findings=known.findings)
        self._value(event, (*key, ""))
        self.result = known


class _TooDeepError(Exception):
    """Nothing of what is nested so deeply is read on."""


def _scalar(event: yaml.ScalarEvent) -> object:
    text = str(event.value)
    if not event.implicit[0]:  # in quotation marks or a block
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text
