"""The render corpus: a repository of one's own, a real PDF, and damage planted in the product."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from qms_docs.edges import pdf
from qms_docs.show import page
from qms_docs.text import markdown
from qms_docs.words.findings import Finding, Place
from tests.edges.printing import IMAGE, job, png
from tests.outer import Repo, own_home, repo
from tools.corpus import __main__ as corpus
from tools.corpus import documents, expected, frame, oracle, printed, run

__all__ = ["own_home", "repo"]

# The engine leaves the file of its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings(r"ignore:unclosed file .*\.icc:ResourceWarning")

TEXT = """\
owner: nobody
---
# Handling

See [the steps](#steps) and [the site](https://example.org/).

## Steps

![Chart](../charts/one.png)

| Step | Who |
|---|---|
| Answers within 15 days | Officer |

Kept for long \u5ba2\u6237\u6295\u8bc9 \U0001f600
"""


@pytest.fixture
def listed(repo: Repo) -> Callable[..., int]:
    """Return what runs the tool on one document in a repository of its own."""
    repo.write("guides/handling.md", TEXT.replace(" \U0001f600", ""))
    repo.write("guides/smile.md", TEXT)
    repo.write("guides/gone.md", "# Gone\n\n![No chart](none.png)\n")
    repo.write("charts/one.png", png(2000, 10))
    commit = repo.commit()
    names = '["guides/handling.md", "guides/smile.md", "guides/gone.md"]'
    file = repo.home / "list.toml"
    file.write_text(
        f'[[repository]]\nname = "someone/{repo.root.name}"\naddress = "-"\n'
        f'commit = "{commit}"\ndocuments = {names}\n'
    )

    def call(*options: str) -> int:
        return corpus.main([str(repo.root.parent), "--list", str(file), "--jobs", "1", *options])

    return call


def test_what_is_whole_is_clean_and_what_is_named_is_reported(listed, capsys) -> None:
    assert listed("--json") == 0
    whole, smile, gone = json.loads(capsys.readouterr().out)
    assert (whole["outcome"], whole["damages"], whole["pages"]) == ("clean", [], 1)
    assert whole["solved"]["scaled"] == 1
    assert [(item["kind"], item["what"]) for item in smile["damages"]] == [
        ("character", "\U0001f600")
    ]
    assert [(item["kind"], item["reported"]) for item in gone["damages"]] == [("image", "QMS504")]


def test_an_image_that_the_product_loses_is_silent(listed, capsys, monkeypatch) -> None:
    monkeypatch.setattr(page, "_image", lambda *_: None)
    assert listed("--only", "handling") == 1
    out = capsys.readouterr().out
    assert "| someone/repo | 1 | 1 | 0 | 0 | 1 |" in out
    assert "image: 1 of: ../charts/one.png" in out


def test_words_and_links_that_the_product_loses_are_silent(listed, capsys, monkeypatch) -> None:
    whole = markdown.to_html

    def less(*arguments: object, **named: object) -> str:
        html = whole(*arguments, **named)
        return html.replace("15 days", "days").replace(' href="#steps"', "")

    monkeypatch.setattr(markdown, "to_html", less)
    assert listed("--only", "handling") == 1
    out = capsys.readouterr().out
    assert "left out: 15\n" in out
    assert "link: #steps\n" in out


def test_a_document_that_cannot_be_printed_in_time_crashed_or_is_reported(listed, capsys) -> None:
    listed("--only", "handling", "--timeout", "0.01", "--json")
    (found,) = json.loads(capsys.readouterr().out)
    assert found["outcome"] == "CRASH" or found["damages"][0]["kind"] == "not printed"


def looked_at(tmp_path: Path, body: str, text: str = "", **assets: bytes) -> Counter[str]:
    """Print a body and count the kinds of damage that are found."""
    made = job(body, **assets)
    made = type(made)(
        made.name, made.path, made.html.replace("<body>", "<body><main>"), made.assets
    )
    file = tmp_path / "one.pdf"
    file.write_bytes(pdf.render(made).data)
    plain, said = expected.of_markdown(text), oracle.Said([])
    found = oracle.damages(plain, expected.Page(made.html), printed.read(file), said)
    return Counter(damage.kind for damage in found)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<p style="white-space:nowrap;margin-left:160mm">Extraordinarily long</p>', "lost"),
        ('<p>First</p><p style="margin-top:-6mm">Other</p>', "covered"),
        ("<p>One \U0001f600</p>", "character"),
    ],
)
def test_damage_in_print_is_seen(tmp_path: Path, body: str, kind: str) -> None:
    assert kind in looked_at(tmp_path, f"<h2>Whole</h2>{body}")


def test_a_word_across_the_edge_of_the_paper_is_seen() -> None:
    word = printed.Word(560, 100, 620, 110, "Extraordinary")
    assert list(printed.Sheet(595, 842, [word]).outside()) == ["Extraordinary"]


def test_what_is_whole_shows_no_damage(tmp_path: Path) -> None:
    table = "<table><tr><td>One</td><td>Two</td></tr></table>"
    body = (
        f'<p>{"long" * 60} sum-total \u5ba2\u6237</p>{table}<p><img src="{IMAGE}.png" alt="C"></p>'
    )
    text = f"{'long' * 60} sum-total \u5ba2\u6237\n\n|One|Two|\n\n![C](c.png)"
    assert not looked_at(tmp_path, body, text, png=png(3, 3))


def test_a_finding_must_name_what_is_damaged() -> None:
    values = {"target": "a%20b.png", "file": "texts/a b.png"}
    said = oracle.Said([Finding("QMS504", Place("a.md"), "missing", values)])
    assert said.of("image", "a b.png").reported == "QMS504"
    assert not said.of("image", "c.png").reported
    assert not said.of("covered", "a b.png").reported


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (b"---\na: 1\n---\nText", b"Text"),
        (b"\xef\xbb\xbf+++\r\na = 1\r\n+++\r\nText", b"Text"),
        (b"name: x\nlist:\n  - a: b\n\n---\nText", b"Text"),
        (b"---\nnever: closed\n", b"---\nnever: closed\n"),
        (b"A line\n---\nText", b"A line\n---\nText"),
        (b"# Title\n\n---\nText", b"# Title\n\n---\nText"),
    ],
)
def test_front_matter_of_all_kinds_is_dropped(text: bytes, body: bytes) -> None:
    assert documents.without_front_matter(text) == body


def test_addresses_lead_to_the_same_places_in_the_frame() -> None:
    ours = frame.path_of("a/b/text.md".count("/"))
    assert documents.beside(ours, "../c/one.png") == "texts/folder/c/one.png"
    assert documents.beside("a/b/text.md", "../../../one.png") is None


def test_a_plain_reader_misses_what_extensions_take_away() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 | three |\n\n"
    found = expected.of_markdown(f"{table}[^note]: four five\n\n- [x] six\n\n```dot\nseven\n```\n")
    assert set(found.words) == {"a", "b", "1", "2", "three", "four", "five", "six"}
    assert found.diagrams == ["dot"]


def test_the_list_names_enough_documents_by_whole_commits() -> None:
    listed = list(documents.entries())
    assert len(set(listed)) == len(listed) >= 120
    per = Counter(each.repository for each in listed)
    assert min(per.values()) >= 10
    assert all(len(each.commit) == 40 for each in listed)
    assert per["LawRefBook/Laws"] >= 25


def test_all_counts_of_the_table_are_counts_of_a_result() -> None:
    entry = documents.Entry("someone/repo", "0" * 40, "a.md")
    results = [run.Result(entry, run.CLEAN, 3, 1.4), run.Result(entry, detail="Broken: yes")]
    lines = corpus.table(results).splitlines()
    assert lines[2].startswith("| someone/repo | 2 | 3 | 1 | 0 | 0 | 1 |")
    assert corpus.troubles(results) == f"CRASH {entry} Broken: yes\n"
