"""`qms explain`, `qms list` and `qms show`: what is told, in which form, with which exit code."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from qms_docs.rules import RULES
from qms_docs.words.errors import QmsError
from tests.conftest import CASES, tree
from tests.outer import Repo, environment, qms

FORMATS = ("table", "html", "csv", "xlsx", "json")


def test_all_rules_are_listed_without_a_repository(tmp_path: Path) -> None:
    answer = qms("explain", cwd=tmp_path, env=environment(tmp_path))
    assert (answer.code, answer.err) == (0, "")
    assert [line.split()[0] for line in answer.out.splitlines()] == [rule.code for rule in RULES]
    chinese = qms("explain", cwd=tmp_path, env=environment(tmp_path, LANG="zh_CN.UTF-8"))
    assert len(chinese.out.splitlines()) == len(RULES)
    assert chinese.out != answer.out


@pytest.mark.parametrize("name", ["QMS501", "qms501", "missing-document"])
def test_one_rule_is_explained_by_code_or_name(repo: Repo, name: str) -> None:
    answer = repo.ask("explain", name)
    assert answer.code == 0
    assert answer.out.startswith("QMS501 missing-document\n")
    for part in ("Why", "Not in order", "In order", "Basis: ISO 9001:2015"):
        assert part in answer.out
    chinese = repo.ask("explain", name, "--lang", "zh-CN").out
    for part in ("理由", "依据"):
        assert part in chinese
    assert repo.ask("explain", name, "--json").json[0]["code"] == "QMS501"


def test_a_rule_that_is_not_there_is_2(repo: Repo) -> None:
    answer = repo.qms("explain", "QMS999")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("qms: There is no rule QMS999.")


@pytest.mark.parametrize("format_", FORMATS)
def test_the_register_is_written_in_every_format(small: Repo, format_: str) -> None:
    file = small.home / "register"
    answer = small.ask("list", "documents", "--format", format_, "--output", str(file))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    data = file.read_bytes()
    if format_ == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = book.read("xl/sharedStrings.xml")
    text = data.decode("utf-8-sig")
    for fact in (
        "Complaint handling",
        "投诉处理程序",
        "CSC-RS-02",
        "procedures/CSC-QP-01.zh-CN.md",
    ):
        assert fact in text
    match format_:
        case "csv":
            rows = list(csv.reader(io.StringIO(text)))
            assert [row[0] for row in rows[1:]] == [
                *("CSC-QM-01", "CSC-QP-01", "CSC-QP-01", "CSC-RS-01", "CSC-RS-02")
            ]
        case "json":
            assert len(json.loads(text)) == 5
        case "html":
            assert text.count("<tr") == 6


@pytest.mark.parametrize("format_", FORMATS)
def test_the_standard_output_gets_the_same_bytes(small: Repo, format_: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qms_docs", "list", "documents", "--format", format_],
        cwd=small.root,
        env=environment(small.home),
        capture_output=True,
        check=True,
    )
    small.ask("list", "documents", "--format", format_, "--output", str(small.home / "register"))
    assert done.stdout == (small.home / "register").read_bytes()
    assert done.stderr == b""


def test_headings_follow_the_language_and_keys_do_not(small: Repo) -> None:
    assert small.ask("list", "documents", "--lang", "zh-CN").out.startswith("文件编号")
    english, chinese = (
        small.ask("list", "documents", "--json", "--lang", tag).json for tag in ("en", "zh-CN")
    )
    assert [list(row) for row in english] == [list(row) for row in chinese]
    assert english[0]["status"] == "draft"
    assert small.ask("--json", "list", "documents").json == english


def test_a_file_that_cannot_be_listed_is_1_and_named(small: Repo) -> None:
    small.write("procedures/CSC-QP-02.md", "no front matter")
    answer = small.qms("list", "documents", "--json")
    assert answer.code == 1
    assert len(answer.json) == 5
    assert "qms check" in answer.err


@pytest.mark.parametrize("place", ["folder", "file/register.csv"])
def test_a_register_that_cannot_be_written_is_2(small: Repo, place: str) -> None:
    (small.home / "folder").mkdir()
    (small.home / "file").touch()
    answer = small.qms("list", "documents", "--output", str(small.home / place))
    assert (answer.code, answer.out) == (2, "")
    assert str(small.home / place) in answer.err


def test_a_view_that_is_not_there_is_2(small: Repo) -> None:
    answer = small.qms("list", "secrets")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("qms: There is no view secrets.\n    hint: Views: documents")


def test_a_document_is_shown_with_what_is_missing_and_who_refers_to_it(small: Repo) -> None:
    answer = small.qms("show", "CSC-QP-01")
    assert (answer.code, answer.err) == (0, "")
    line = small.line("manual/CSC-QM-01.md", "CSC-QP-01")
    for fact in (
        *("CSC-QP-01 Complaint handling\n", "Revision: 2\n", "Status: draft\n"),
        *("投诉处理程序", "not approved", f"manual/CSC-QM-01.md:{line}:", "CSC-FM-01-01"),
    ):
        assert fact in answer.out
    facts = small.ask("show", "CSC-QP-01", "--json").json
    assert (facts["id"], facts["revision"], facts["status"]) == ("CSC-QP-01", 2, "draft")
    missing = [slot["meaning"] for slot in facts["missing"]]
    assert missing == ["prepared", "reviewed", "approved"]
    assert [text["language"] for text in facts["languages"]] == ["en", "zh-CN"]
    assert "修订号" in small.ask("show", "CSC-QP-01", "--lang", "zh-CN").out


@pytest.mark.parametrize("name", ["CSC-QP-99", "CSC-FM-99-01", "", "../etc/passwd", "{id}", "%s"])
def test_what_is_no_document_is_2(small: Repo, name: str) -> None:
    with pytest.raises(QmsError) as raised:
        small.ask("show", "--", name)
    assert raised.value.key == "no-document"


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "documents"),
        ("show", "CSC-QP-01"),
        ("new", "role", "--title", "T"),
        ("preview",),
        ("preview", "CSC-QP-01", "--html"),
    ],
)
def test_with_a_broken_policy_the_others_are_2_and_say_where(
    small: Repo, arguments: tuple[str, ...]
) -> None:
    small.replace("manual/policy.yaml", "prefix: CSC", "prefix: CSC\nstatus: approved")
    line = small.line("manual/policy.yaml", "status: approved")
    answer = small.qms(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"manual/policy.yaml:{line}:1: QMS103: ")
    assert "qms: manual/policy.yaml is not in order" in answer.err
    assert small.git("status", "--short") == " M manual/policy.yaml\n"


def test_results_are_laid_beside_targets_and_bad_lines_are_told(small: Repo) -> None:
    for path, data in tree(CASES / "QMS707-target" / "both").items():
        small.write(path, data.decode())
    file = small.home / "results.csv"
    file.write_text("objective,period,result\nCSC-OB-01,2026-10,96\nCSC-OB-09,2026-10,1\n", "utf-8")
    answer = small.qms("list", "objectives", "--results", str(file), "--json")
    assert answer.code == 1
    first, second = answer.json
    assert (first["result"], first["attained"]) == ("96\u00a0%", "met")
    assert (second["result"], second["attained"]) == ("\u2013", "not reported")
    assert answer.err.startswith(f"{file}:3: There is no objective CSC-OB-09.")
    file.write_text("objective,period,result\nCSC-OB-01,2026-10\n", "utf-8")
    answer = small.qms("list", "objectives", "--results", str(file))
    assert (answer.code, answer.out) == (2, "")
    assert f"{file}:2:1: QMS510" in answer.err


def test_an_option_of_another_view_is_2(small: Repo) -> None:
    answer = small.qms("list", "documents", "--standard", "iso9001-2015")
    assert (answer.code, answer.out) == (2, "")
    assert "--standard" in answer.err


def test_a_form_is_shown_with_where_it_is_used(small: Repo) -> None:
    answer = small.ask("show", "CSC-FM-01-01")
    assert answer.out.startswith("CSC-FM-01-01 Complaint file\n")
    assert "procedures/CSC-QP-01.md:" in answer.out
    shown = small.ask("show", "CSC-FM-01-01", "--json").json
    assert (shown["title"], shown["place"]) == ("Complaint file", "manual/forms.yaml:2:5")
