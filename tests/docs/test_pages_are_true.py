"""What the documentation says of the code is what the code is."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from qms_docs.show.output import as_text
from qms_docs.text import markdown, schema, yamltext
from qms_docs.words.findings import Finding, Place, Report
from tests.docs.pages import PAGES, ROOT, blocks, name, prose, table_column

PACKAGE = ROOT / "qms_docs"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DECISIONS = ROOT / "docs" / "decisions"
HAN = r"[\u3400-\u9fff]"


def _read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[><=~! ;\[]", distribution)[0]).lower()


def _modules(room: str) -> list[Path]:
    single = PACKAGE / f"{room}.py"
    return [single] if single.exists() else sorted((PACKAGE / room).rglob("*.py"))


def _rooms() -> set[str]:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return folders | {path.stem for path in PACKAGE.glob("*.py") if path.stem[0] != "_"}


def _third_party(room: str) -> set[str]:
    """Return the distributions that a room imports, also inside functions."""
    found = set()
    for module in _modules(room):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found |= {imported.partition(".")[0] for imported in names}
    outside = found - set(sys.stdlib_module_names) - {"qms_docs"}
    owners = packages_distributions()
    return {_normal(owners[imported][0]) for imported in outside}


def test_architecture_names_every_room_and_no_other() -> None:
    page = _read("docs/architecture.md")
    assert set(table_column(page, "## Rooms")) == _rooms()


def test_architecture_ranks_rooms_as_the_contract_does() -> None:
    page = _read("docs/architecture.md")
    ranks = dict(
        zip(table_column(page, "## Rooms"), table_column(page, "## Rooms", 1), strict=True)
    )
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    expected = {
        room.strip(): str(rank) for rank, layer in enumerate(layers) for room in layer.split("|")
    }
    assert ranks == {room: rank for room, rank in expected.items() if room != "__main__"}


def test_architecture_says_which_packages_a_room_uses() -> None:
    page = _read("docs/architecture.md")
    rooms, used = table_column(page, "## Rooms"), table_column(page, "## Rooms", 3)
    for room, cell in zip(rooms, used, strict=True):
        said = {_normal(word) for word in cell.split(", ") if word != "–"}
        assert said == _third_party(room), room


def test_dependencies_names_every_direct_dependency_and_no_other() -> None:
    page = (DECISIONS / "dependencies.md").read_text("utf-8")
    groups = PROJECT["dependency-groups"]
    extras = [
        each for extra in PROJECT["project"]["optional-dependencies"].values() for each in extra
    ]
    assert set(extras) <= set(groups["dev"])  # what is offered is tested
    for heading, wanted in (
        ("## Runtime", PROJECT["project"]["dependencies"]),
        ("## Extras", extras),
        ("## Development", sorted({*groups["build"], *groups["dev"]} - set(extras))),
    ):
        said = [_normal(word) for word in table_column(page, heading)]
        assert sorted(said) == sorted(map(_normal, wanted)), heading


def test_dependencies_names_every_locked_package() -> None:
    page = (DECISIONS / "dependencies.md").read_text("utf-8")
    headings = ("## Runtime", "## Extras", "## Development", "## Brought along")
    said = [_normal(word) for heading in headings for word in table_column(page, heading)]
    locks = _read("requirements.lock") + _read("requirements-dev.lock")
    assert sorted(said) == sorted({_normal(n) for n in re.findall(r"^([\w.-]+)==", locks, re.M)})


def test_every_decision_has_its_parts_and_stands_in_the_index() -> None:
    index = (DECISIONS / "README.md").read_text("utf-8")
    pages = sorted(path.name for path in DECISIONS.glob("*.md") if path.name != "README.md")
    assert sorted(re.findall(r"^\| \[.+?\]\((.+?)\)", index, re.M)) == pages
    for page in sorted(DECISIONS.glob("[0-9]*.md")):
        text = page.read_text("utf-8")
        assert text.startswith(f"# {page.name[:4]} "), page.name
        parts = re.findall(r"^## (.+)$", text, re.M)
        assert parts == ["Context", "Decision", "Consequence"], page.name


def _fields(kind: str) -> tuple[set[str], set[str]]:
    """Return all fields of a master or a translation, and those that it must have."""
    path = files("qms_docs").joinpath("data", "schemas", "document.schema.json")
    definition = json.loads(path.read_text("utf-8"))["$defs"][kind]
    return set(definition["properties"]), set(definition["required"])


@pytest.mark.parametrize("kind", ["master", "translation"])
def test_front_matter_page_names_every_field(kind: str) -> None:
    page, heading = _read("docs/front-matter.md"), f"## Fields of a {kind}"
    said = [cell.strip("`") for cell in table_column(page, heading)]
    must = table_column(page, heading, 1)
    known, required = _fields(kind)
    assert sorted(said) == sorted(known)
    assert {field for field, word in zip(said, must, strict=True) if word == "yes"} == required


@pytest.mark.parametrize("kind", ["master", "translation"])
def test_front_matter_examples_are_in_order_and_show_every_field(kind: str) -> None:
    section = _read("docs/front-matter.md").split(f"## Fields of a {kind}\n", 1)[1]
    example = next(blocks(section, "yaml"))
    yaml = yamltext.read(example, "example", "QMS101")
    found = [*yaml.findings, *schema.validate("document", yaml.value, "example", yaml.places)]
    assert not found
    assert set(yaml.value or ()) == _fields(kind)[0]  # type: ignore[call-overload]


def test_the_task_for_the_editor_reads_our_findings() -> None:
    task: Any = json.loads(next(blocks(_read("docs/front-matter.md"), "json")))
    pattern = task["tasks"][0]["problemMatcher"]["pattern"]
    finding = Finding("QMS502", Place("manual/x.md", 7, 3), values={"target": "a", "file": "b"})
    line = as_text(Report("work tree", 1, (finding,)), "en").splitlines()[0]
    match = re.search(pattern["regexp"], line)
    assert match
    parts = {key: match[group] for key, group in pattern.items() if key != "regexp"}
    message = parts.pop("message")
    assert message
    assert parts == {
        "file": "manual/x.md",
        "line": "7",
        "column": "3",
        "severity": "error",
        "code": "QMS502",
    }


_HTML = {
    "Headings": ['<h2 id="time-limits">', '<h3 id="grade-2">'],
    "Paragraphs and emphasis": ["<strong>", "<em>", "<s>", "<code>", "<br />"],
    "Lists and tasks": ["<ol>", "<ul>", 'type="checkbox"', "checked"],
    "Links": ['<a href="../manual/roles/CSC-RS-10.md">', '<a href="https://example.com/help">'],
    "Identifications": ["CSC-FM-12-01"],
    "Tables": ["<table", 'style="text-align:right"'],
    "Parameters": ["The answer is sent within 15 days."],
    "Images": ["<img alt="],
    "Diagrams": ['<figure class="diagram"><img src="drawn"', 'alt="A complaint of grade 1'],
    "Footnotes": ['class="footnote-ref"', 'class="footnotes"'],
    "Definitions": ["<dl>", "<dt>", "<dd>"],
    "Notes and warnings": [
        '<div class="container note">',
        '<p class="container-title">When this counts',
        '<div class="container warning">',
    ],
    "Quotations, code, rules": ["<blockquote>", "<pre>", "<hr />"],
    "Attributes": ['<h3 id="limits">', '<p lang="zh-CN">'],
}
"""Heading in docs/markdown.md → what its example must become."""


def test_every_feature_of_the_profile_has_an_example() -> None:
    assert re.findall(r"^### (.+)$", prose(_read("docs/markdown.md")), re.M) == list(_HTML)


@pytest.mark.parametrize("feature", _HTML)
def test_markdown_examples_become_what_the_page_says(feature: str) -> None:
    section = _read("docs/markdown.md").split(f"### {feature}\n", 1)[1]
    body = next(blocks(section, "markdown"))
    html = markdown.to_html(
        body,
        link=lambda target: target,
        image=lambda target: target,
        diagram=lambda *_: markdown.Drawn("drawn", is_wide=False),
        parameter={"complaint-answer": "15 days"}.get,
    )
    for wanted in _HTML[feature]:
        assert wanted in html


def test_identifications_in_the_example_are_seen() -> None:
    section = _read("docs/markdown.md").split("### Identifications\n", 1)[1]
    content = markdown.read(next(blocks(section, "markdown")), "example", 1)
    assert [mention.target for mention in content.mentions] == ["CSC-FM-12-01", "CSC-QP-11"]


@pytest.mark.parametrize("page", [page for page in PAGES if "zh-CN" in page.parts], ids=name)
def test_chinese_pages_have_chinese_punctuation(page: Path) -> None:
    text = re.sub(r"\]\([^)]*\)", "]", prose(page.read_text("utf-8")))
    assert not re.findall(rf"{HAN}[,;:()!?]|[,;:()!?]{HAN}", text)


def test_licence_and_changelog_have_their_form() -> None:
    assert "Apache License\n" in _read("LICENSE")
    assert "END OF TERMS AND CONDITIONS" in _read("LICENSE")
    assert "\n## [Unreleased]\n" in _read("CHANGELOG.md")
