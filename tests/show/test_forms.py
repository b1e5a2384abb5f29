"""Forms: a sheet to be filled in by hand, with room for handwriting."""

import pytest

from qms_docs.edges import pdf
from qms_docs.edges.git import Repository, Snapshot
from qms_docs.show import forms, page, typeset
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.printing import Material
from qms_docs.work import workspace
from tests.conftest import BASE, snapshot_of, tree
from tests.outer import PROJECT

PATH = "procedures/CSC-QP-01.md"
FIELDS = """  fields:
    field: {en: Field, zh-CN: 填写项}
    entry: {en: Entry, zh-CN: 填写内容}
parties:
"""
HEAD = "\n| Field | Entry |\n|---|---|\n"


def _with(rows: int, words: str = "Date") -> tuple[Manual, Document, Snapshot]:
    files = tree(BASE)
    policy = files["manual/policy.yaml"].decode()
    files["manual/policy.yaml"] = policy.replace("parties:\n", FIELDS, 1).encode()
    if rows:
        files[PATH] += (HEAD + f"| {words} | |\n" * rows).encode()
    snapshot = snapshot_of(files)
    manual = workspace.load(snapshot)
    (document,) = (each for each in manual.documents if each.path == PATH)
    return manual, document, snapshot


def test_the_fewer_entries_the_more_room_for_each() -> None:
    heights = []
    for rows in (2, 20, 60):
        manual, document, _ = _with(rows)
        heights.append(float(forms.row_height(document, manual)))
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == pytest.approx(11.8)
    assert heights[-1] == pytest.approx(4.8)
    assert forms.row_height(*reversed(_with(0)[:2])) == ""


def test_a_form_begins_with_its_sheet_and_ends_with_what_controls_it() -> None:
    manual, document, snapshot = _with(3)
    html = page.print_job(document, manual, Material(snapshot.read)).html
    assert html.index("<main style=") < html.index('class="approval"') < html.index("verify")
    plain = page.print_job(_with(0)[1], _with(0)[0], Material(snapshot.read)).html
    assert plain.index('class="approval"') < plain.index("<main>")


def test_bold_words_over_nothing_are_a_heading_within_the_table() -> None:
    words = ("<strong>List</strong>", "Date")
    rows = "".join(f"<tr>\n<td>{each}</td>\n<td></td>\n</tr>\n" for each in words)
    head = (
        '<table class="columns-2">\n<thead>\n<tr>\n<th>Field</th>\n<th>Entry</th>\n</tr>\n</thead>'
    )
    html = f"{head}\n<tbody>\n{rows}</tbody>\n</table>"
    made = typeset.body(html, ("Field", "Entry"))
    assert made.count('<tr class="group">') == 1
    assert '<table class="columns-2 fields">' in made
    assert "fields" not in typeset.body(html)


def test_a_table_that_is_only_begun_has_a_row_in_print() -> None:
    head = '<thead data-line="30">\n<tr>\n<th>Step</th>\n<th>Role</th>\n</tr>\n</thead>'
    row = "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>"
    empty, full = (f'<table class="columns-2">\n{each}\n</table>' for each in (head, head + row))
    made = typeset.body(f"{empty}\n{full}")
    assert made.count("<tbody>") == 2
    assert made.count("<td></td>") == 2


@pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")
def test_the_longest_forms_of_the_manual_are_one_sheet() -> None:
    snapshot = Repository.open(PROJECT).work_tree()
    manual = workspace.load(snapshot)
    for name, language in (("CSC-FM-01-06", "en"), ("CSC-FM-17-04", "zh-CN")):
        document = manual.find(name, language)
        assert document is not None
        job = page.print_job(document, manual, Material(snapshot.read))
        assert pdf.render(job).pages == 2  # the sheet, and what controls it
