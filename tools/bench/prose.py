"""The text of one generated document, made of the words in words.toml."""

import posixpath
import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LANGUAGES = ("en", "zh-CN")
PARTS = {"manual": 5, "role": 2, "procedure": 4, "instruction": 3}
"""Type of document → parts in each of its sections."""


@dataclass(frozen=True)
class Entry:
    """A document, before its text is written."""

    id: str
    type: str
    title: tuple[str, str]
    parent: str | None
    forms: tuple[str, ...]


@cache
def types() -> Mapping[str, Any]:
    """Return the types of document of the generated manual's policy."""
    found: Mapping[str, Any] = yaml.safe_load((HERE / "policy.yaml").read_text("utf-8"))["types"]
    return found


@cache
def words() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return what texts are made of: kind → pairs of English and Chinese."""
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


def path_of(entry: Entry, language: str) -> str:
    """Return where a document stands in the repository."""
    suffix = "" if language == LANGUAGES[0] else f".{language}"
    return f"{types()[entry.type]['folder']}/{entry.id}{suffix}.md"


def form_names(form: str) -> tuple[str, str]:
    """Return the English and the Chinese name of a form."""
    return words()["forms"][int(form[-2:]) - 1]


class Text:
    """Writes one document in one language."""

    def __init__(
        self, entry: Entry, entries: Sequence[Entry], column: int, chance: random.Random
    ) -> None:
        self._entry = entry
        self._entries = entries
        self._roles = [other for other in entries if other.type == "role"]
        self._column = column
        self._language = LANGUAGES[column]
        self._chance = chance
        self._kind = types()[entry.type]

    def front_matter(self) -> str:
        """Return the fields, of a translation only its own."""
        entry, kind = self._entry, self._kind
        own = f"id: {entry.id}\ntitle: {entry.title[self._column]}\nlanguage: {self._language}\n"
        own += "revision: 1\nchange: {class: major, reason: First issue, summary: First issue.}\n"
        if self._column:
            return f"---\n{own}translation_of: {{id: {entry.id}, revision: 1}}\n---\n"
        who = kind["responsible"]
        own += (
            f"type: {entry.type}\nowner: {who['owner']}\nreviewers: {_flow(who['reviewers'])}\n"
            f"approvers: {_flow(who['approvers'])}\neffective: on-release\n"
            f"review_months: {kind['review_months']}\nclassification: internal\n"
            'clauses: {iso9001-2015: [8.2.1, 8.5.1, "9.1"]}\n'
            f"distribution: {{roles: {_flow([role.id for role in self._roles])}, reading: read}}\n"
        )
        if entry.parent:
            own += f"parent: {entry.parent}\nrecords: {_flow(entry.forms)}\n"
        return f"---\n{own}---\n"

    def body(self) -> str:
        """Return all sections; the last one names the records."""
        sections = (self._section(names[self._language]) for names in self._kind["sections"])
        forms = "".join(f"- {form} {self._form_name(form)}\n" for form in self._entry.forms)
        if self._entry.type == "manual":
            forms = f"![{self._entry.title[self._column]}](map.svg)\n\nGEN-EX-01\n"
        return "\n".join([*sections, forms])

    def _section(self, title: str) -> str:
        parts = [f"## {title}\n", self._paragraph()]
        kinds = (self._paragraph, self._table, self._list, self._note, self._terms)
        for number in range(PARTS[self._entry.type]):
            if number % 3 == 2:
                parts.append(f"### {self._pick('titles')}\n")
            parts.append(self._chance.choices(kinds, weights=(4, 4, 2, 1, 1))[0]())
        return "\n".join(parts)

    def _paragraph(self) -> str:
        count = self._chance.randint(2, 5)
        return ("", " ")[self._column == 0].join(self._sentence() for _ in range(count)) + "\n"

    def _table(self) -> str:
        columns = [pair[self._column] for pair in words()["columns"]]
        rows = [columns, ["---"] * len(columns)]
        for number in range(self._chance.randint(3, 7)):
            limit = self._fill(self._pick("limits"))
            rows.append([f"{number + 1}", self._role(), self._sentence(), self._link(), limit])
        return "".join(f"| {' | '.join(row)} |\n" for row in rows)

    def _list(self) -> str:
        return "".join(f"{number}. {self._sentence()}\n" for number in (1, 2, 3, 4))

    def _note(self) -> str:
        return f"::: note {self._pick('things')}\n{self._sentence()}\n:::\n"

    def _terms(self) -> str:
        mark = self._chance.randrange(10**9)
        return (
            f"{self._pick('titles')}\n: {self._sentence()}[^{mark}]\n\n[^{mark}]: "
            f"{self._sentence()} <https://example.com/{mark}>\n"
        )

    def _sentence(self) -> str:
        return self._fill(self._pick("sentences"))

    def _pick(self, kind: str) -> str:
        return self._chance.choice(words()[kind])[self._column]

    def _fill(self, sentence: str) -> str:
        forms = self._entry.forms or ("GEN-FM-01-01",)
        form, number = self._chance.choice(forms), self._chance.randint(2, 30)
        return sentence.format(
            role=self._role(),
            thing=self._pick("things"),
            document=self._link(),
            form=f"{form} {self._form_name(form)}",
            n=number,
        )

    def _role(self) -> str:
        return self._chance.choice(self._roles).title[self._column]

    def _link(self) -> str:
        """Return a link to a section of some document, in this language."""
        there = self._chance.choice(self._entries)
        path = path_of(there, self._language)
        here = posixpath.dirname(path_of(self._entry, self._language))
        section = types()[there.type]["sections"][0][self._language]
        anchor = section.lower().replace(" ", "-")
        address = f"{_relative(path, here)}#{anchor}"
        return f"[{there.id} {there.title[self._column]}]({address})"

    def _form_name(self, form: str) -> str:
        return form_names(form)[self._column]


@cache
def _relative(path: str, start: str) -> str:
    return posixpath.relpath(path, start)


def _flow(items: Sequence[str]) -> str:
    return f"[{', '.join(items)}]"
