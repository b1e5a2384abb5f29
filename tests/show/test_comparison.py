"""What changed beside the text itself is marked too: values, tables as data, diagrams."""

import re
from collections.abc import Mapping

import pytest

from qms_docs.show.comparison import Side, compare
from qms_docs.words.printing import Material
from tests.conftest import BASE, load, tree

PARAMETERS = """parameters:
  call-back:
    title: {en: Limit for the call back}
    value: 1
    unit: {en: hours, zh-CN: 小时}
    owner: CSC-RS-02
    source: CSC-EX-01
"""
ADDED = """
{{call-back}}

[Limits](limits.csv)

```mermaid
flowchart LR
    %% alt: One step
    A
```
"""
PATHS = {"en": "procedures/CSC-QP-01.md", "zh-CN": "procedures/CSC-QP-01.zh-CN.md"}
FILES: Mapping[str, bytes] = {
    **tree(BASE),
    **{path: tree(BASE)[path] + ADDED.encode() for path in PATHS.values()},
    "procedures/limits.csv": b"Grade,Days\nA,30\nB,15\n",
    "manual/parameters.yaml": PARAMETERS.encode(),
}
CHART = "flowchart LR\n    %% alt: One step\n    A\n"


def page(changed: Mapping[str, bytes], language: str, drawing: bytes = b"one") -> str:
    sides = []
    for name, files, drawn in (
        ("HEAD", FILES, b"one"),
        ("work tree", {**FILES, **changed}, drawing),
    ):
        manual = load(files)
        svg = b'<svg width="9pt" height="9pt">%b</svg>' % drawn
        material = Material(files.__getitem__, {("mermaid", CHART): svg})
        document = manual.find("CSC-QP-01", language)
        sides.append(Side(name, manual, material, document))
    return compare(*sides, language).job.html


def marks(html: str) -> list[str]:
    """Return what is marked in the text, without the explanation of the marks above it."""
    body = html[html.index("<main") :]
    return re.findall(r"<(?:del|ins)\b[^>]*>([^<]*)</", body)


@pytest.mark.parametrize(("language", "unit"), [("en", "\u00a0hours"), ("zh-CN", "小时")])
def test_a_changed_parameter_is_marked_where_it_is_quoted(language: str, unit: str) -> None:
    changed = FILES["manual/parameters.yaml"].replace(b"value: 1", b"value: 2")
    html = page({"manual/parameters.yaml": changed}, language)
    assert [mark.replace(unit, "") for mark in map(str.rstrip, marks(html))] == ["1", "2"]


@pytest.mark.parametrize("language", PATHS)
def test_a_changed_row_of_a_table_as_data_is_marked(language: str) -> None:
    html = page({"procedures/limits.csv": b"Grade,Days\nA,31\nB,15\n"}, language)
    assert marks(html) == ["30", "31"]


@pytest.mark.parametrize("language", PATHS)
def test_a_changed_drawing_is_shown_beside_the_old_one(language: str) -> None:
    html = page({}, language, b"two")
    assert len(set(re.findall(r'src="([^"]*diagram\.svg)"', html))) == 2


@pytest.mark.parametrize(("language", "state"), [("en", "the work tree"), ("zh-CN", "工作区")])
def test_the_states_have_names_for_people(language: str, state: str) -> None:
    assert "HEAD" in page({}, language)
    assert state in page({}, language)
