"""Golden cases: what of substance two states of a text differ in, in words of real documents.

`tests/cases/substance/TOPIC.LANGUAGE.txt` holds cases one after another: `##` and a name, the old
text behind `- `, the new one behind `+ `, and behind `= ` what must be found, each with the line of
the new text; nothing for an editorial change. `\\u` and four digits stand for a character that a
reader of the case would not see.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from qms_docs.judge.substance import touched
from qms_docs.text import messages
from tests.conftest import CASES
from tests.judge.substances import LINE, document

_CODE = re.compile(r"\\u([0-9a-f]{4})")
FILES = sorted((CASES / "substance").glob("*.txt"))


class Case(NamedTuple):
    """A case as it stands in a file."""

    file: str
    name: str
    language: str
    old: str
    new: str
    expected: list[str]


def cases(file: Path) -> Iterator[Case]:
    text = re.sub(
        r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), file.read_text("utf-8")
    )
    for part in re.split("^## ", text, flags=re.MULTILINE)[1:]:
        name, *lines = part.rstrip("\n").split("\n")
        old, new, found = ([line[2:] for line in lines if line[:1] == sign] for sign in "-+=")
        yield Case(file.stem, name, file.stem.split(".")[1], "\n".join(old), "\n".join(new), found)


ALL = [case for file in FILES for case in cases(file)]


def found(old: str, new: str, language: str) -> list[str]:
    before, after = (document(text, language=language) for text in (old, new))
    return [
        f"{each.place.line - LINE} {each.kind}: {each.before or '–'} → {each.after or '–'}"
        for each in touched(before, after)
    ]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}: {case.name}")
def test_case(case: Case) -> None:
    assert found(case.old, case.new, case.language) == case.expected


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}: {case.name}")
def test_the_way_back_is_as_much_of_substance(case: Case) -> None:
    assert bool(found(case.new, case.old, case.language)) == bool(case.expected)


def test_an_editorial_case_expects_nothing_and_any_other_something() -> None:
    for case in ALL:
        if not case.file.startswith("other"):
            assert bool(case.expected) != case.file.startswith("editorial"), case.name
    for language in ("en", "zh-CN"):
        assert sum(case.file == f"editorial.{language}" for case in ALL) > 12


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_kind_that_is_found_has_words(language: str) -> None:
    kinds = {line.split(" ")[1].removesuffix(":") for case in ALL for line in case.expected}
    assert len(kinds) > 20
    assert all(messages.label(f"touched-{kind}", language) for kind in kinds)
