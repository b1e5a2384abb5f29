"""Diagrams: drawn alike everywhere, with our letters inside their frames, and nothing let in."""

import io
import json
import re
import subprocess
import sys
import time
from functools import cache
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from qms_docs.edges import diagrams, pdf, renderers
from qms_docs.text.diagrams import dot, flowchart, layout, svg
from qms_docs.words.diagrams import DiagramError
from qms_docs.words.errors import QmsError
from tests import pdfs
from tests.edges.printing import image, job
from tests.outer import PROJECT, environment

# The engine leaves its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")

SVG = "{http://www.w3.org/2000/svg}"
GRADING = """flowchart TD
    %% alt: 投诉分级
    A([收到投诉]) --> Q{资金、卡片或账户此刻面临风险\uff1f}
    Q -- 是 --> T[带客转接挂失与反欺诈值班岗\uff0c接手前不得离线]
    Q -- 否 --> G{Complaint Officer grades}
    T --> G
    G -- A级 --> GA[2小时内报告总经理<br>4小时内联系客户]
    G -- B级 --> GB["Answer within 30 days, one extension possible"]
    G -- C级 --> GC[[15日内答复]]
    GA & GB & GC --> E[(CSC-FM-12-01)]
"""
LANES = """flowchart LR
    subgraph 客户服务代表
      a1[受理并登记] --> a2[建立工单]
    end
    subgraph CO [投诉处理专员]
      b1{接收工单\uff1f} -->|接收| b2[定级] --> b3[查明事实\uff0c起草答复] --> b4[答复客户并结案]
    end
    a2 -->|30分钟内移交| b1
    b1 -->|退回并写明理由| a2
    b4 --> a5[阅读处理结果]
"""
GRAPH = 'digraph { 甲 -> 乙 [label="移交 hand-over"] subgraph cluster_x { label=运营经理 乙 } }'
SEQUENCE = """sequenceDiagram
    participant C as 客户
    participant O as Complaint Officer
    C->>O: 投诉
    alt grade A
      O-->>C: 4小时内联系
    end
    Note over C,O: 30分钟内移交
"""
MANY = " ".join(f"n{number}" for number in range(300))
ALL = {
    "flow chart": ("mermaid", GRADING),
    "lanes": ("mermaid", LANES),
    "graph": ("dot", GRAPH),
    "sequence": ("mermaid", SEQUENCE),
}


@pytest.fixture(params=ALL)
def drawn(request: pytest.FixtureRequest) -> tuple[str, str]:
    return ALL[request.param]


def words(drawing: bytes) -> str:
    root = ElementTree.fromstring(drawing)
    return "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def error(kind: str, source: str) -> DiagramError:
    with pytest.raises(DiagramError) as raised:
        diagrams.render(kind, source)
    return raised.value


def test_all_words_are_in_the_drawing() -> None:
    found = re.sub(r"\s", "", words(diagrams.render("mermaid", GRADING)))
    chart = flowchart.read(GRADING)
    for said in (*chart.nodes.values(), *chart.edges):
        for line in said.label.split("\n"):
            assert re.sub(r"\s", "", line) in found


def test_the_same_everywhere(drawn: tuple[str, str], tmp_path: Path) -> None:
    program = (
        "import sys, json; from qms_docs.edges import diagrams; "
        "sys.stdout.buffer.write(diagrams.render(*json.load(sys.stdin)))"
    )
    far = environment(tmp_path, TZ="America/New_York", LANG="zh_CN.UTF-8", PYTHONHASHSEED="7")
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env=far,
        input=json.dumps(drawn).encode(),
        capture_output=True,
        check=True,
    )
    assert done.stdout == diagrams.render(*drawn) == diagrams.render(*drawn)


def test_it_prints_in_our_letters_without_trouble(drawn: tuple[str, str], tmp_path: Path) -> None:
    drawing = diagrams.render(*drawn)
    printed = pdf.render(job(image("svg"), svg=drawing))
    assert printed.troubles == ()
    used = pdfs.fonts(printed.data)
    assert used
    assert all(embedded and pdfs.OURS.fullmatch(name) for name, embedded in used.items())
    file = tmp_path / "a.pdf"
    file.write_bytes(printed.data)
    seen = set("".join(pdfs.pages(file)))
    assert set(re.sub(r"\s", "", words(drawing))) <= seen


def test_nothing_is_left_that_reaches_out(drawn: tuple[str, str]) -> None:
    root = ElementTree.fromstring(diagrams.render(*drawn))
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in ("style", "script", "a", "image", "use")
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
        for value in element.attrib.values():
            assert re.fullmatch(r"url\(#[\w-]+\)", value) or "url(" not in value


@cache
def advances() -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    data = files("qms_docs").joinpath("data", "fonts", "qms-sans-regular.ttf").read_bytes()
    font = TTFont(io.BytesIO(data))
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


def width(text: ElementTree.Element) -> float:
    names, metrics, unit = advances()
    letters = (metrics[names[ord(char)]][0] for char in text.text or "")
    return sum(letters) / unit * float(text.attrib["font-size"])


def frame(group: ElementTree.Element) -> float:
    """Return the width of the frame around a node."""
    shape = next(
        element for element in group if "points" in element.attrib or "d" in element.attrib
    )
    written = shape.get("points", "") + shape.get("d", "")
    across = [float(x) for x in re.findall(r"(-?[\d.]+),-?[\d.]+", written)]
    return max(across) - min(across)


@pytest.mark.parametrize("source", [GRADING, LANES])
def test_words_fit_their_frames(source: str) -> None:
    drawing = renderers.graphviz(layout.to_dot(flowchart.read(source)))
    nodes = ElementTree.fromstring(drawing).findall(f".//{SVG}g[@class='node']")
    framed = [node for node in nodes if len(node) > 2 and node.find(f"{SVG}text") is not None]
    framed = [node for node in framed if any(child.get("fill") == "#f4f7fa" for child in node)]
    assert len(framed) > 5
    for node in framed:
        assert max(width(text) for text in node.findall(f"{SVG}text")) < frame(node)


def test_a_chart_too_wide_for_the_page_is_turned() -> None:
    asked = svg.clean(renderers.graphviz(layout.to_dot(flowchart.read(LANES))))
    across, down = svg.size(diagrams.render("mermaid", LANES))
    assert svg.scale(asked) < 0.75
    assert down > across


def test_a_title_is_drawn() -> None:
    assert "Of it" in words(diagrams.render("mermaid", "---\ntitle: Of it\n---\ngraph TD\n A"))


def test_old_line_ends_and_a_mark_at_the_start_change_nothing() -> None:
    old = "\ufeff" + GRADING.replace("\n", "\r\n")
    assert diagrams.render("mermaid", old) == diagrams.render("mermaid", GRADING)


@pytest.mark.parametrize(
    ("kind", "source", "key", "line"),
    [
        ("plantuml", "a", "diagram-kind", 1),
        ("mermaid", "%% words\ngantt\n a", "diagram-kind", 2),
        ("mermaid", "", "diagram-empty", 1),
        ("mermaid", "flowchart TD", "diagram-empty", 1),
        ("dot", "", "diagram-empty", 1),
        ("dot", "digraph {}", "diagram-empty", 1),
        ("dot", "digraph {\n a -> \n}", "diagram-refused", 3),
        ("dot", "digraph { a [shape=nonsense] }", "diagram-refused", 1),
        ("dot", "digraph { a [color=nonsense] }", "diagram-refused", 1),
        ("dot", "digraph { a } digraph { b }", "diagram-refused", 1),
        ("dot", "digraph {\n a\x00\n}", "diagram-character", 2),
        ("mermaid", "flowchart TD\n A -> B", "diagram-syntax", 2),
        ("mermaid", "flowchart TD\n" + "A --> B\n" * 3000, "diagram-too-long", 1),
        ("mermaid", f"flowchart TD\n A[{'x' * 5000}]", "diagram-too-small", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(kind: str, source: str, key: str, line: int) -> None:
    raised = error(kind, source)
    assert (raised.key, raised.line) == (key, line)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("sequenceDiagram\n A->>B: x\n B->>\n A->>B: y", 3),
        ("---\ntitle: T\n---\nsequenceDiagram\n foo bar\n baz", 5),
        ("%%{init: {}}%%\nerDiagram\n A ||--o{ B : has\n B ||--x C : y", 4),
    ],
)
def test_the_line_is_found_in_other_diagrams_too(source: str, line: int) -> None:
    raised = error("mermaid", source)
    assert (raised.key, raised.line) == ("diagram-refused", line)


def test_settings_of_an_author_have_no_effect() -> None:
    evil = "%%{init: {'themeCSS': '* { fill: url(http://127.0.0.1:9) }', 'theme': 'dark'}}%%\n"
    assert diagrams.render("mermaid", evil + SEQUENCE) == diagrams.render("mermaid", SEQUENCE)
    assert diagrams.render("mermaid", evil + GRADING) == diagrams.render("mermaid", GRADING)


@pytest.mark.parametrize(
    "source",
    [
        f"digraph {{ {{{MANY}}} -> {{{MANY}}} }}",
        "digraph { a -> b [minlen=100000000] }",
        "digraph { a [peripheries=100000000] }",
    ],
    ids=["edges", "ranks", "frames"],
)
def test_what_would_never_end_is_stopped(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderers, "SECONDS", 2.0)
    begun = time.monotonic()
    assert error("dot", source).key == "diagram-too-large"
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("name", ["image", "shapefile"])
def test_the_renderer_itself_opens_no_file(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(f'<svg xmlns="{SVG[1:-1]}" width="9" height="9"><text>secret</text></svg>')
    with pytest.raises(DiagramError):
        renderers.graphviz(f'digraph {{ a [{name}="{secret}"] }}')


def test_a_missing_renderer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderers.shutil, "which", lambda _: None)
    monkeypatch.setattr(renderers.importlib.util, "find_spec", lambda _: None)
    for source, key in ((GRADING, "no-graphviz"), (SEQUENCE, "no-mmdr")):
        with pytest.raises(QmsError) as raised:
            diagrams.render("mermaid", source)
        assert raised.value.key == key


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_drawing_is_kept_and_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    drawing = diagrams.render("dot", GRAPH, folder)
    assert drawing == diagrams.render("dot", GRAPH)
    assert len(entries(folder)) == 1
    monkeypatch.setattr(renderers, "graphviz", None)
    assert diagrams.render("dot", GRAPH, folder) == drawing


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "swapped", "digest only"])
def test_a_damaged_entry_is_drawn_again(tmp_path: Path, damage: str) -> None:
    drawing = diagrams.render("dot", GRAPH, tmp_path)
    diagrams.render("dot", "digraph { other }", tmp_path)
    entry = next(path for path in entries(tmp_path) if drawing in path.read_bytes())
    other = next(path for path in entries(tmp_path) if path != entry)
    sound = entry.read_bytes()
    entry.write_bytes(
        {
            "cut": sound[:-9],
            "changed": sound.replace("移交".encode(), "丢弃".encode()),
            "empty": b"",
            "swapped": other.read_bytes(),
            "digest only": sound.partition(b"\n")[0],
        }[damage]
    )
    assert diagrams.render("dot", GRAPH, tmp_path) == drawing
    assert entry.read_bytes() == sound


def test_another_version_does_not_use_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diagrams.render("dot", GRAPH, tmp_path)
    monkeypatch.setattr(diagrams, "versions", lambda: {"graphviz": "another"})
    diagrams.render("dot", GRAPH, tmp_path)
    assert len(entries(tmp_path)) == 2


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    assert diagrams.render("dot", GRAPH, blocked / "cache") == diagrams.render("dot", GRAPH)


def test_the_versions_are_named() -> None:
    versions = diagrams.versions()
    assert versions.keys() == {"graphviz", "mmdr", "fonts", "drawing"}
    assert re.search(r"\d+\.\d+", versions["graphviz"])


def test_the_defaults_of_the_house_are_read_by_graphviz() -> None:
    assert renderers.graphviz(dot.plain("digraph { a -> b }"))
