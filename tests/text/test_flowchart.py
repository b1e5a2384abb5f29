"""Mermaid flow charts: every node, every edge and every word is read, and nothing is guessed."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text.diagrams import flowchart, layout, mermaid
from qms_docs.words.diagrams import DiagramError, Edge, Flowchart

MANY = "abcdefghijklmnopqrstuvw"


def read(*lines: str) -> Flowchart:
    return flowchart.read("\n".join(("flowchart TD", *lines)))


def links(chart: Flowchart) -> list[tuple[str, str, str]]:
    return [(edge.tail, edge.label, edge.head) for edge in chart.edges]


@pytest.mark.parametrize(
    ("head", "direction"),
    [
        ("flowchart TD", "TB"),
        ("flowchart LR", "LR"),
        ("graph BT;", "BT"),
        ("graph RL", "RL"),
        ("flowchart", "TB"),
        ("graph >", "LR"),
        ("%% a comment\n\n  flowchart-elk TB", "TB"),
        ("---\ntitle: T\n---\nflowchart LR", "LR"),
        ("%%{init: {\n'theme': 'dark'}}%%\nflowchart LR", "LR"),
    ],
)
def test_the_direction_is_read(head: str, direction: str) -> None:
    assert flowchart.is_flowchart(f"{head}\nA --> B")
    chart = flowchart.read(f"{head}\nA --> B")
    assert (chart.direction, links(chart)) == (direction, [("A", "", "B")])


@pytest.mark.parametrize("source", ["sequenceDiagram\n A->>B: x", "", "flowcharts", "digraph {}"])
def test_other_diagrams_are_no_flow_charts(source: str) -> None:
    assert not flowchart.is_flowchart(source)


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ("A[x]", "box"),
        ("A(x)", "round"),
        ("A([x])", "stadium"),
        ("A[[x]]", "subroutine"),
        ("A[(x)]", "cylinder"),
        ("A((x))", "circle"),
        ("A(((x)))", "double"),
        ("A(-x-)", "ellipse"),
        ("A>x]", "flag"),
        ("A{x}", "diamond"),
        ("A{{x}}", "hexagon"),
        ("A[/x/]", "lean-right"),
        ("A[\\x\\]", "lean-left"),
        ("A[/x\\]", "trapezoid"),
        ("A[\\x/]", "manual"),
        ('A@{ shape: decision, label: "x" }', "diamond"),
        ("A@{\n  shape: doc,\n  label: x\n}", "document"),
        ("A@{ shape: unheard-of, label: x }", "box"),
    ],
)
def test_shapes(written: str, shape: str) -> None:
    node = read(written).nodes["A"]
    assert (node.label, node.shape) == ("x", shape)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('["a (b) [c]"]', "a (b) [c]"),
        ('["a#quot;b#quot; #35;1 &amp; c"]', 'a"b" #1 & c'),
        ("[a<br>b<br/>c\\nd]", "a\nb\nc\nd"),
        ('["<b>a</b> <i>b</i>"]', "a b"),
        ('["`**a** _b_ c_d`"]', "a b c_d"),
        ("[fa:fa-phone call]", "call"),
        ("[fa:fa-phone]", "fa:fa-phone"),
        ('["a\n  b"]', "a\nb"),
        ("[x < y]", "x < y"),
        ("[\u6295\u8bc9]", "\u6295\u8bc9"),
    ],
)
def test_words_are_kept_without_markup(written: str, words: str) -> None:
    assert read(f"A{written}").nodes["A"].label == words


@pytest.mark.parametrize(
    ("written", "edge"),
    [
        ("A --> B", Edge("A", "B")),
        ("A-->B", Edge("A", "B")),
        ("A --- B", Edge("A", "B", head_mark="")),
        ("A ---> B", Edge("A", "B", length=2)),
        ("A -.-> B", Edge("A", "B", stroke="dotted")),
        ("A -.- B", Edge("A", "B", stroke="dotted", head_mark="")),
        ("A ==> B", Edge("A", "B", stroke="thick")),
        ("A ~~~ B", Edge("A", "B", stroke="none", head_mark="")),
        ("A --o B", Edge("A", "B", head_mark="circle")),
        ("A --x B", Edge("A", "B", head_mark="cross")),
        ("A <--> B", Edge("A", "B", tail_mark="arrow")),
        ("A o--o B", Edge("A", "B", tail_mark="circle", head_mark="circle")),
        ("A -- yes --> B", Edge("A", "B", "yes")),
        ('A -- "a --> b" --> B', Edge("A", "B", "a --> b")),
        ("A -->|yes, 2.5 days| B", Edge("A", "B", "yes, 2.5 days")),
        ('A -->|"a|b"| B', Edge("A", "B", "a|b")),
        ("A -. late .-> B", Edge("A", "B", "late", "dotted")),
        ("A == sum ==> B", Edge("A", "B", "sum", "thick")),
        ("A -- yes --- B", Edge("A", "B", "yes", head_mark="")),
        ("A e1@--> B", Edge("A", "B")),
        ("A -->\n B", Edge("A", "B")),
    ],
)
def test_edges(written: str, edge: Edge) -> None:
    chart = read(written)
    assert [edge_of(found) for found in chart.edges] == [edge_of(edge)]
    assert list(chart.nodes) == ["A", "B"]


def edge_of(edge: Edge) -> tuple[object, ...]:
    return (
        edge.tail, edge.head, edge.label, edge.stroke, edge.tail_mark, edge.head_mark, edge.length
    )  # fmt: skip


def test_chains_and_lists_make_all_edges() -> None:
    chart = read("A & B --> C[c] -- x --> D & E; F-->A")
    assert links(chart) == [
        ("A", "", "C"),
        ("B", "", "C"),
        ("C", "x", "D"),
        ("C", "x", "E"),
        ("F", "", "A"),
    ]


def test_names_may_be_chinese_and_have_signs_in_them() -> None:
    names = ["\u53d7\u7406", "step-1", "a.b", "end-2", "class1", "x_y"]
    assert list(read(*(f"{name} --> {name}" for name in names)).nodes) == names


def test_groups_hold_what_is_named_in_them_first() -> None:
    chart = read(
        "X --> A",
        'subgraph one["Group one"]',
        "  A --> B",
        "  subgraph two [Two]",
        "    direction LR",
        "    B --> C",
        "  end",
        "end",
        "subgraph A third one",
        "  C --> D",
        "end",
        "one --> D",
    )
    told = {
        name: (group.label, group.parent, group.members) for name, group in chart.groups.items()
    }
    assert told == {
        "one": ("Group one", "", ["A"]),
        "two": ("Two", "one", ["B", "C"]),
        "A third one": ("A third one", "", ["D"]),
    }
    assert list(chart.nodes) == ["X", "A", "B", "C", "D"]
    assert chart.around("C") == ["two", "one"]


def test_the_name_of_an_edge_is_no_node_unless_it_is_used_as_one() -> None:
    chart = read("A e1@--> B", "e1@{ animate: true }", "C e2@--> e2")
    assert list(chart.nodes) == ["A", "B", "C", "e2"]


def test_an_empty_group_is_a_node() -> None:
    chart = read("subgraph out", "subgraph in [Inner]", "end", "end", "A --> in")
    assert chart.nodes["in"].label == "Inner"
    assert {name: group.members for name, group in chart.groups.items()} == {"out": ["in"]}


def test_classes_and_styles_are_put_on() -> None:
    chart = read(
        "classDef default color:#111",
        "classDef bad fill:#fee,stroke:#c00",
        "A:::bad --> B --> C",
        "class B bad",
        "style B stroke:rgb(1, 2, 3)",
    )
    assert chart.nodes["A"].style == {"color": "#111", "fill": "#fee", "stroke": "#c00"}
    assert chart.nodes["B"].style["stroke"] == "rgb(1, 2, 3)"
    assert chart.nodes["C"].style == {"color": "#111"}


def test_what_is_for_screens_is_passed_over() -> None:
    chart = read(
        "accTitle: The title",
        "accDescr {",
        "  Some lines",
        "}",
        "A e1@--> B  ",
        "e1@{ animate: true }",
        'click A "https://example.com" "a; b"',
        "click B call f()",
        "linkStyle 0 stroke:#f00",
        "%% a comment",
        "B --> C; %% another",
    )
    assert links(chart) == [("A", "", "B"), ("B", "", "C")]
    assert list(chart.nodes) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("lines", "key", "line"),
    [
        (["A --> B", "B -> C"], "diagram-syntax", 3),
        (["A[x --> B[y]"], "diagram-syntax", 2),
        (["A[x (y)]"], "diagram-syntax", 2),
        (["A --> B", "", "B --> ", ""], "diagram-syntax", 5),
        (["Support Tiers --> B"], "diagram-syntax", 2),
        (["A --> B", "end"], "diagram-syntax", 3),
        (["A", "subgraph one", "B"], "diagram-unclosed", 3),
        (['A@{ img: "https://example.com/a.png" }'], "diagram-file", 2),
        (["subgraph one", "A --> B", "end", "A --> one"], "diagram-own-group", 5),
        (["A", f"{' & '.join(MANY)} --> {' & '.join(MANY)}"], "diagram-too-many", 3),
        (["subgraph a"] * 30, "diagram-too-many", 22),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told_with_its_line(
    lines: list[str], key: str, line: int
) -> None:
    with pytest.raises(DiagramError) as raised:
        read(*lines)
    assert (raised.value.key, raised.value.line) == (key, line)


def test_lines_are_counted_through_front_matter_and_settings() -> None:
    source = "---\ntitle: T\n---\n%%{init: {\n}}%%\n%% words\nflowchart TD\nA -> B"
    with pytest.raises(DiagramError) as raised:
        flowchart.read(source)
    assert raised.value.line == 8
    assert raised.value.values == {"found": "-> B", "line": "8"}


def test_an_error_goes_from_process_to_process() -> None:
    error = pickle.loads(pickle.dumps(DiagramError("diagram-syntax", 8, found="x")))
    assert (type(error), error.key, error.line) == (DiagramError, "diagram-syntax", 8)
    assert error.values == {"found": "x", "line": "8"}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("%% alt: How a complaint\nflowchart TD", "How a complaint"),
        ("// Alt:  x  y \ndigraph {}", "x y"),
        ("flowchart TD\n accTitle: T\n accDescr: D", "D"),
        ("flowchart TD\n accDescr {\n a\n b\n}", "a b"),
        ("sequenceDiagram\n accTitle: T", "T"),
        ("---\ntitle: Of it\n---\nflowchart TD", "Of it"),
        ("flowchart TD\n A[alt: x]", ""),
    ],
)
def test_the_alternative_text_is_found(source: str, words: str) -> None:
    assert mermaid.alternative(source) == words


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("", [""]),
        ("Short", ["Short"]),
        ("a\nb", ["a", "b"]),
        ("CSC-QP-11 applies", ["CSC-QP-11 applies"]),
        ("The first receiver proposes the grade", ["The first receiver", "proposes the grade"]),
        ("Unteilbarkeitsgesetzentwurfsvorlage", ["Unteilbarkeitsgesetzentwurfsvorlage"]),
    ],
)
def test_labels_break_between_words(label: str, lines: list[str]) -> None:
    assert layout.wrapped(label, 12) == lines


def test_no_word_is_lost_and_no_line_begins_with_a_closing_sign() -> None:
    label = (
        "\u5efa\u7acb\u201c\u6295\u8bc9\u201d\u7c7b\u5de5\u5355\uff0c\u5f53\u65e5\u5efa\u7acb"
        "\u6295\u8bc9\u5904\u7406\u6863\u6848\uff08CSC-FM-12-01\uff09\uff0c\u63d0\u51fa\u7ea7"
        "\u522b\u3002"
    )
    for most in range(1, 30):
        lines = layout.wrapped(label, most)
        assert "".join(lines) == label
        assert not [line for line in lines if line[0] in "\u201d\uff0c\u3002\uff09"]
        assert not [line for line in lines if line[-1] in "\u201c\uff08"]


SIGNS = (
    '[ ] ( ) { } {{ }} ([ ]) [[ ]] > --> --- -.-> ==> ~~~ -- == -. | " & ; ::: @{ %% <br> #quot; / '
)
NAMES = (
    "A B n1 \u53d7\u7406 e1@ subgraph end direction style class classDef click accTitle: --- words"
)
TOKENS = [*SIGNS.split(), *NAMES.split(), "\\", " ", "\n"]


@given(st.lists(st.sampled_from(TOKENS), max_size=60))
def test_any_text_is_a_chart_or_an_error_with_a_line(tokens: list[str]) -> None:
    source = "flowchart TD\n" + " ".join(tokens)
    line = 1
    try:
        assert layout.to_dot(flowchart.read(source))
    except DiagramError as error:
        line = error.line
    assert 1 <= line <= source.count("\n") + 1


def test_words_of_an_author_cannot_become_orders_for_the_renderer() -> None:
    written = layout.to_dot(read('A["x#quot; image=#quot;/etc/passwd"] --> B["a\\"]'))
    assert '"x\\" image=\\"/etc/passwd"' in written
    assert '"a\\\\"' in written
