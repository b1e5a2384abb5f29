"""Who refers to whom."""

from qms_docs.judge import usage
from tests.conftest import load

QP, ZH, QM = (
    "procedures/CSC-QP-01.md",
    "procedures/CSC-QP-01.zh-CN.md",
    "manual/CSC-QM-01.md",
)


def test_a_document_is_used_where_it_is_linked_named_or_declared(base: dict[str, bytes]) -> None:
    used = usage.of_identifications(load(base))
    assert [str(place) for place in sorted(used["CSC-RS-02"])] == [
        f"{QM}:7:1",
        f"{QM}:8:13",
        "manual/roles/CSC-RS-01.md:7:1",
        "manual/roles/CSC-RS-01.md:8:13",
        f"{QP}:7:1",
        f"{QP}:9:13",
        f"{QP}:20:22",
        f"{QP}:36:25",
        f"{ZH}:21:14",
    ]
    assert [str(place) for place in used["CSC-QP-01"]] == [f"{QM}:29:48"]
    assert [str(place) for place in used["CSC-EX-01"]] == [f"{QM}:23:34"]


def test_a_document_does_not_use_itself(base: dict[str, bytes]) -> None:
    text = base[QP] + b"\nSee CSC-QP-01 and [here](#purpose) and [there](CSC-QP-01.zh-CN.md).\n"
    used = usage.of_identifications(load({**base, QP: text}))
    assert [str(place) for place in used["CSC-QP-01"]] == [f"{QM}:29:48"]


def test_what_a_master_declares_counts_once_and_not_for_each_language(
    base: dict[str, bytes],
) -> None:
    places = usage.of_identifications(load(base))["CSC-QM-01"]
    assert {place.path for place in places} == {
        QP,
        "manual/roles/CSC-RS-01.md",
        "manual/roles/CSC-RS-02.md",
    }


def test_what_is_named_in_a_document_that_is_otherwise_broken_counts(
    base: dict[str, bytes],
) -> None:
    text = base[QM].replace(b"revision: 1", b"revision: one")
    assert "CSC-EX-01" in usage.of_identifications(load({**base, QM: text}))


def test_a_link_to_what_is_no_document_uses_nothing(base: dict[str, bytes]) -> None:
    text = base[QM] + b"\n[a](https://example.com/) [b](forms.yaml) [c](../../x.md) [d](#x)\n"
    assert usage.of_identifications(load({**base, QM: text})) == usage.of_identifications(
        load(base)
    )


def test_a_file_is_used_where_it_is_shown_or_linked(base: dict[str, bytes]) -> None:
    text = base[QM] + b"\n[chart](old.svg) [me](CSC-QM-01.md)\n"
    assert usage.of_files(load({**base, QM: text})) == {
        "manual/process.svg",
        "manual/old.svg",
        QP,
        "manual/roles/CSC-RS-02.md",
    }


def test_what_people_are_assessed_by_is_found_from_the_rule_and_from_the_objective(
    base: dict[str, bytes],
) -> None:
    table = (
        "\n| Assessed item | Basis |\n|---|---|\n"
        "| Answers in time | [limits](#time-limits), [steps](CSC-QP-01.md) |\n"
        "| Calls taken | CSC-OB-01 |\n"
    )
    chinese = "\n| 考核项目 | 依据 |\n|---|---|\n| 接听量 | CSC-OB-01 |\n"
    files = {**base, QP: base[QP] + table.encode(), ZH: base[ZH] + chinese.encode()}
    manual = load(files)
    line = base[QP].decode().count("\n") + 4
    rule, objective, translated, none = (
        [(each.words, str(each.place)) for each in usage.of_rules(manual, *asked)]
        for asked in (
            ("CSC-QP-01", "en"),
            ("CSC-OB-01", "en"),
            ("CSC-OB-01", "zh-CN"),
            ("CSC-QM-01", "en"),
        )
    )
    assert rule == [("Answers in time", f"{QP}:{line}:1")]
    assert objective == [("Calls taken", f"{QP}:{line + 1}:1")]
    assert [words for words, _ in translated] == ["接听量"]
    assert none == []
