"""`qms new`: it says what it wrote, and what it wrote is in order."""

import json

import pytest

from qms_docs.words.errors import QmsError
from tests.outer import Repo, listing


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("procedure", "--title", "Outbound calls"), "procedures/CSC-QP-02.md"),
        (("role", "--title", "Trainer"), "manual/roles/CSC-RS-03.md"),
        (
            ("instruction", "--parent", "CSC-QP-01", "--title", "Grading"),
            "procedures/instructions/CSC-WI-01-01.md",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_a_new_document_passes_check_at_once(
    small: Repo, arguments: tuple[str, ...], path: str
) -> None:
    answer = small.qms("new", *arguments)
    assert (answer.code, answer.err) == (0, "")
    assert f"{path} written.\n" in answer.out
    assert small.git("status", "--short", "--untracked-files=all") == f"?? {path}\n"
    assert small.ask("check").code == 0
    small.git("add", "--all")
    assert small.ask("check", "--staged").code == 0


@pytest.mark.parametrize(
    ("options", "path"),
    [
        (("--of", "CSC-RS-01", "--title", "总经理"), "manual/roles/CSC-RS-01.zh-CN.md"),
        (
            ("--of=CSC-RS-02", "--language=zh-CN", "--title=质量经理"),
            "manual/roles/CSC-RS-02.zh-CN.md",
        ),
    ],
)
def test_a_new_translation_lacks_nothing_but_what_its_master_states(
    small: Repo, options: tuple[str, ...], path: str
) -> None:
    answer = small.qms("new", "translation", *options)
    assert (answer.code, answer.err) == (0, "")
    assert f"{path} written.\n" in answer.out
    assert small.git("status", "--short", "--untracked-files=all") == f"?? {path}\n"
    report = json.loads(small.ask("--json", "check").out)
    assert {(each["code"], each["path"]) for each in report["findings"]} == {("QMS720", path)}


_NOTICE = """\
  notice:
    name: {en: Notice, zh-CN: 通知}
    code: NT
    folder: manual/notices
    review_months: 3
    expires: required
    responsible: {owner: CSC-RS-02, reviewers: [CSC-RS-02], approvers: [CSC-RS-01]}
    sections:
      - {en: What is to be done, zh-CN: 要求}
"""


def test_a_notice_says_from_the_start_until_when_it_holds(small: Repo) -> None:
    policy = small.root / "manual/policy.yaml"
    policy.write_text(policy.read_text("utf-8") + _NOTICE, "utf-8")
    for options, key in (
        (("notice",), "missing-option"),
        (("procedure", "--expires", "2027-01-31"), "never-expires"),
        (("notice", "--expires", "soon"), "no-instant"),
    ):
        with pytest.raises(QmsError) as error:
            small.ask("new", *options, "--title", "Terminals")
        assert error.value.key == key
    answer = small.ask("new", "notice", "--expires", "2027-01-31", "--title", "Terminals")
    assert answer.code == 0
    text = (small.root / "manual/notices/CSC-NT-01.md").read_text("utf-8")
    assert "expires: 2027-01-31T23:59:59+08:00\n" in text
    assert small.ask("check").code == 0


def test_the_command_it_names_works_where_one_stands(small: Repo) -> None:
    answer = small.ask("new", "role", "--title", "Trainer", folder="procedures")
    check = answer.out.rpartition("qms check ")[2].split()[0]
    assert small.ask("check", check, folder="procedures").code == 0


def test_a_first_document_can_follow_a_policy_alone(small: Repo) -> None:
    small.git("rm", "--quiet", "-r", "procedures", "manual/roles", "manual/CSC-QM-01.md")
    small.git("rm", "--quiet", "manual/process.svg")
    registers = "registers:\n  form: {code: FM, file: manual/forms.yaml}\n"
    registers += "  external: {code: EX, file: manual/external.yaml}\n"
    small.replace("manual/policy.yaml", registers, "")
    small.git("rm", "--quiet", "manual/forms.yaml", "manual/external.yaml")
    small.commit()
    for kind, title in (("manual", "Manual"), ("role", "Manager"), ("role", "Officer")):
        assert small.ask("new", kind, "--title", title).code == 0
    codes = {code for code, _, _ in small.ask("check", "--json").findings}
    assert codes == {"QMS506"}  # the numbers of the roles that the policy names were used before


@pytest.mark.parametrize(
    "arguments",
    [
        ("form", "--title", "T"),
        ("procedure",),
        ("translation", "--title", "T"),
        ("translation", "--of", "CSC-QP-01", "--title", "T"),
        ("translation", "--of", "CSC-RS-01", "--language", "fr", "--title", "T"),
        ("instruction", "--title", "T"),
        ("procedure", "--title", "T", "--parent", "CSC-QP-99"),
        ("procedure", "--title", "a" * 300),
        (),
    ],
)
def test_what_cannot_be_made_is_2_and_writes_nothing(
    small: Repo, arguments: tuple[str, ...]
) -> None:
    before = listing(small.root)
    answer = small.qms("new", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err
    assert listing(small.root) == before


def test_json_names_the_file_and_nothing_else(small: Repo) -> None:
    answer = small.ask("new", "procedure", "--title", "Call-backs", "--json")
    assert answer.json == {"file": "procedures/CSC-QP-02.md"}
