"""What does not fit is told, with its line; what can be made to fit is made to fit."""

import pytest

from qms_docs.edges import pdf
from qms_docs.show import page
from qms_docs.words.printing import Material, PrintJob, Trouble
from qms_docs.work import workspace
from tests.conftest import BASE, CASES, snapshot_of, tree
from tests.edges.printing import job, png

# The engine leaves its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")

DOCUMENT = "procedures/CSC-QP-02.md"
SOUND = (CASES / "QMS802-title" / "good" / DOCUMENT).read_text("utf-8")
SENTENCE = "within 1 working day."
LINE = SOUND[: SOUND.index(SENTENCE)].count("\n") + 3
"""Line of the file on which what `printed` adds starts."""
LONG = "Responsibility_for_internationalisation_of_identifications"


def printed(text: str) -> PrintJob:
    """Return a procedure with more text in it, ready for the engine."""
    added = SOUND.replace(SENTENCE, f"{SENTENCE}\n\n{text}")
    images = {"procedures/big.png": png(4000, 3000), "procedures/tall.png": png(200, 4000)}
    files = snapshot_of({**tree(BASE), **images, DOCUMENT: added})
    manual = workspace.load(files)
    document = manual.find("CSC-QP-02")
    assert document is not None
    return page.print_job(document, manual, Material(files.read))


def table(columns: int, cell: str) -> str:
    return f"|{' head |' * columns}\n|{'---|' * columns}\n|{f' {cell} |' * columns}"


@pytest.mark.parametrize(
    "text",
    [
        f"`{'very_long_identifier.' * 30}` and `{'a b ' * 90}`",
        f"```\n{'y' * 900}\n{'x = ' * 200}\n{'中文代码' * 90}\n```",
        f"https://example.com/{'a' * 400} <https://example.com/{'path/' * 90}>",
        f"- {'w' * 400}\n\n## {'Heading' * 60}",
        "投诉处理" * 300,
        f"CSC-{'ABCDE-' * 40}12-01",
        "term" * 90 + "\n: " + "x" * 400,
        f"a[^1]\n\n[^1]: {'w' * 400}",
        f"{'> ' * 19}{'w' * 300}",
        "\n".join("  " * level + f"- {'w' * 90}" for level in range(9)),
        f"::: warning {'w' * 200}\n{'Long paragraph. ' * 900}\n:::",
        "![big](big.png)\n\n![tall](tall.png)\n\n- ![wide](big.png){width=3000}",
        '![tall](tall.png "' + "caption " * 400 + '")',
        *(table(columns, cell) for columns in (3, 7, 13, 30) for cell in (LONG, "投诉处理" * 9)),
        table(13, "CSC-FM-12-01"),
        table(8, "![tall](tall.png)"),
        table(2, "long text in one row " * 400),
    ],
    ids=lambda text: text[:24].strip(),
)
def test_what_can_be_made_to_fit_is_no_trouble(text: str) -> None:
    assert pdf.render(printed(text)).troubles == ()


def test_what_does_not_fit_is_told_once_a_line() -> None:
    (heading, row, *more) = pdf.render(printed(table(300, "cell"))).troubles
    assert (heading, row, more) == (
        Trouble("edge", "head", LINE),
        Trouble("edge", "cell", LINE + 2),
        [],
    )


WIDE = "white-space: nowrap"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"<p data-line='7' style='{WIDE}'>{'x' * 300}</p>", [("x" * 39 + "…", 7)]),
        (f"<div data-line=7><p style='{WIDE}'><b>{'y' * 300}</b></p></div>", [("y" * 39 + "…", 7)]),
        (f"<p style='{WIDE}'>{'x ' * 300}</p>", [("x " * 19 + "x…", 0)]),
        ("<p data-line='7'><img style='height: 2000px; max-height: none' alt='A chart' "
         "src='https://assets.invalid/images/chart.png'></p>", [("A chart", 7)]),
        ("<table><tr data-line='8'><td style='width: 9mm'><span style='white-space: nowrap'>"
         "over the next</span><td>x</table>", [("over the next", 8)]),
        ("<p style='position: relative; top: 900px'>below the paper</p>", [("below the paper", 0)]),
        (f"<p aria-hidden='true' style='{WIDE}'>{'x' * 300}</p>", []),
    ],
)  # fmt: skip
def test_texts_and_images_outside_their_room_are_told(
    body: str, told: list[tuple[str, int]]
) -> None:
    troubles = pdf.render(job(body, png=png(9, 9))).troubles
    assert troubles == tuple(Trouble("edge", detail, line) for detail, line in told)


def test_a_table_turns_when_its_words_need_it() -> None:
    def classes(text: str) -> str:
        html = printed(text).html
        return html[html.index('class="columns-') :].split('"')[1]

    assert classes(table(7, "short")) == "columns-7"
    assert classes(table(7, "internationalisation")) == "columns-7 wide tight"
    assert classes(table(4, LONG)) == "columns-4 tightest"
    assert classes(table(8, "short")) == "columns-8 wide"
    assert classes(table(13, "CSC-QP-12")) == "columns-13 wide tight"
    assert classes(table(13, "identifications")) == "columns-13 wide tightest"
