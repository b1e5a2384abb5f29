"""Acceptance: names and links of real Git repositories that mislead people or computers.

What cannot be in the files of this repository itself, because it could then not be copied to every
computer, is made here.
"""

import os
from pathlib import Path

import pytest

from tests.outer import Answer, Repo

DOCUMENT = "procedures/CSC-QP-01.md"
COMMANDS = (["check"], ["check", "--json"], ["list", "documents"], ["show", "CSC-QP-01"])


def ask_all(repo: Repo) -> Answer:
    """Check the work tree, the index and a commit: all must say the same; return the answer."""
    here = repo.ask("check", "--json")
    repo.git("add", "--all")
    staged = repo.ask("check", "--json", "--staged")
    assert staged.findings == here.findings
    repo.commit()
    assert repo.ask("check", "--json", "--commit", "HEAD").findings == here.findings
    assert here.code == bool(here.findings)
    return here


@pytest.mark.parametrize("folder", ["procedures", "manual/roles"])
def test_a_folder_of_documents_that_is_a_symbolic_link(small: Repo, folder: str) -> None:
    outside = small.home / "outside"
    (small.root / folder).rename(outside)
    (small.root / folder).symlink_to(outside, target_is_directory=True)
    assert ("QMS507", folder, 1) in ask_all(small).findings


def test_a_folder_of_documents_that_is_another_repository(small: Repo) -> None:
    small.git("rm", "-r", "--quiet", "procedures")
    inner = Repo(small.root / "procedures", small.home)
    inner.root.mkdir()
    inner.git("init", "--quiet")
    inner.write("CSC-QP-03.md", "not ours")
    inner.commit()
    assert ("QMS507", "procedures", 1) in ask_all(small).findings


@pytest.mark.parametrize("file", ["manual/forms.yaml", "manual/policy.yaml"])
def test_a_data_file_that_is_a_symbolic_link(small: Repo, file: str) -> None:
    (small.root / file).rename(small.home / "outside.yaml")
    (small.root / file).symlink_to(small.home / "outside.yaml")
    assert ask_all(small).findings == [("QMS507", file, 1)]


def test_an_image_elsewhere_in_the_repository_that_is_a_symbolic_link(small: Repo) -> None:
    (small.root / "pictures").mkdir()
    (small.root / "pictures" / "chart.svg").symlink_to("/etc/hostname")
    line = (small.root / DOCUMENT).read_text("utf-8").count("\n") + 2
    add_in_both_languages(small, "![Chart](../pictures/chart.svg)")
    assert ("QMS507", DOCUMENT, line) in ask_all(small).findings
    assert {code for code, _, _ in ask_all(small).findings} == {"QMS507"}


def add_in_both_languages(repo: Repo, words: str) -> None:
    for file in (repo.root / DOCUMENT).parent.glob("CSC-QP-01*.md"):
        file.write_text(f"{file.read_text('utf-8')}\n{words}\n", "utf-8")


@pytest.mark.parametrize("name", [b"\xff.md", b"\xcd\xb6\xcb\xdf.svg"])
def test_a_file_name_that_is_not_utf_8_stops_no_command(small: Repo, name: bytes) -> None:
    Path(os.fsdecode(bytes(small.root / "procedures") + b"/" + name)).write_bytes(b"x")
    small.commit()
    assert [code for code, _, _ in small.qms("check", "--json").findings] == ["QMS113"]
    for command in COMMANDS:
        assert small.qms(*command).code < 2


@pytest.mark.parametrize(
    "name", ["aux.svg", "what?.svg", "a\tb.svg", "a\nb.svg", "x\x1b[31m.svg", "dot.", "space "]
)
def test_a_name_that_some_systems_refuse(small: Repo, name: str) -> None:
    small.write(f"procedures/{name}", "x")
    found = ask_all(small).json["findings"]
    assert [(item["code"], item["path"]) for item in found] == [("QMS113", f"procedures/{name}")]
    answer = small.qms("check")
    assert "\x1b" not in answer.out
    assert len(answer.out.splitlines()) == 3


def test_chinese_names_are_in_order(small: Repo) -> None:
    small.write("procedures/投诉 处理\uff08新\uff09.svg", "<svg/>")
    raw = "<投诉 处理\uff08新\uff09.svg>"
    encoded = "%E6%8A%95%E8%AF%89%20处理\uff08新\uff09.svg"
    add_in_both_languages(small, f"![流程图]({raw}) ![流程图]({encoded})")
    assert ask_all(small).findings == []


def test_a_document_with_a_chinese_name_is_sent_to_its_place(small: Repo) -> None:
    small.git("mv", DOCUMENT, "procedures/投诉处理.md")
    assert ("QMS107", "procedures/投诉处理.md", 1) in ask_all(small).findings


def test_paths_that_differ_in_capitals_only(small: Repo) -> None:
    small.write("procedures/Chart.svg", "x")
    small.write("procedures/chart.svg", "x")
    small.write("Procedures/CSC-QP-05.md", "x")
    found = ask_all(small).findings
    assert ("QMS114", "procedures/chart.svg", 1) in found
    assert ("QMS114", "Procedures/CSC-QP-05.md", 1) in found


def test_two_names_in_the_index_of_which_the_work_tree_can_hold_one(small: Repo) -> None:
    """As on a computer that takes both for one: the index has two, the disk has one."""
    blob = small.git("hash-object", "-w", DOCUMENT).strip()
    small.git("update-index", "--add", "--cacheinfo", f"100644,{blob},procedures/csc-qp-01.md")
    found = small.ask("check", "--json", "--staged").findings
    assert ("QMS114", "procedures/csc-qp-01.md", 1) in found


def test_a_name_that_was_put_together_differently(small: Repo) -> None:
    small.write("procedures/Zu\u0308rich.svg", "x")
    small.write("procedures/Z\u00fcrich.svg", "x")
    codes = {(code, path) for code, path, _ in ask_all(small).findings}
    assert ("QMS113", "procedures/Zu\u0308rich.svg") in codes
    assert ("QMS114", "procedures/Z\u00fcrich.svg") in codes
