"""What Markdown drops in silence: footnotes and addresses that nothing leads to, surplus cells."""

import pytest

from qms_docs.text import markdown


def left_out(body: str) -> list[tuple[str, str, int]]:
    content = markdown.read(body, "a.md", 10)
    return [(item.text, item.target, item.place.line) for item in content.left_out]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text[^a]\n\n[^a]: Note\n", []),
        ("Text\n\n[^a]: Note\n", [("note", "a", 12)]),
        ("[^a]\n\n[^a]: One\n\n[^a]: Two\n", [("repeated", "a", 12)]),
        ("[^a]: One\n\n[^a]: Two\n", [("note", "a", 10), ("note", "a", 12)]),
        ("Text ^[within]\n", []),
        ("```\n[^a]: no note\n```\n", []),
        ("- item\n\n  [^a]: Note\n", [("note", "a", 12)]),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", [("cells", "3", 12)]),
        ("a | b\n---|---\n1 | 2 | | 4\n", [("cells", "4", 12)]),
        ("> | a |\n> |---|\n> | 1 | 2 |\n> | 1 |\n", [("cells", "2", 12)]),
        ("- | a |\n  |---|\n  | 1 | 2 |\n", [("cells", "2", 12)]),
        ("| a |\n|---|\n| 1 | |\n| `x\\|y` |\n| 1 |  \n", []),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 | 4 |\n", [("cells", "4", 16)]),
        ("| a |\r\n|---|\r\n| 1 | 2 |\r\n", [("cells", "2", 12)]),
        ("```text Ask twice.\nGET\n```\n", [("code", "Ask twice.", 10)]),
        ("- b\n\n  ~~~ py  {.c}\n  x\n  ~~~\n", [("code", "{.c}", 12)]),
        ("```text \nGET\n```\n", []),
        ("[//]: # (hidden)\n", [("definition", "[//]: # (hidden)", 10)]),
        ('> [a\n> b]: c\n>   "t"\n', [("definition", "> [a", 10)]),
        ("[a]: b\n[A]: c\n\n[a]\n", [("definition", "[A]: c", 11)]),
        ("[x][a]\n\n[A]: b\n", []),
        ("![x [y][a]](z)\n\n[a]: b\n", []),
        ("^[See [a]]\n\n[a]: b\n", []),
        ("[^1]\n\n[^1]: See [a]\n\n[a]: b\n", []),
        ("![x][a]{width=3}\n\n> [a]: b.png\n", []),
    ],
)
def test_what_is_not_printed_is_known(body: str, expected: list[tuple[str, str, int]]) -> None:
    assert left_out(body) == expected
