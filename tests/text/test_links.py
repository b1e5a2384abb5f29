"""Where an address leads."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import links

FROM = "procedures/instructions/CSC-WI-01-01.md"


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("CSC-WI-01-02.md", "procedures/instructions/CSC-WI-01-02.md"),
        ("./CSC-WI-01-02.md#steps", "procedures/instructions/CSC-WI-01-02.md"),
        ("../CSC-QP-01.md", "procedures/CSC-QP-01.md"),
        ("../../manual/图/流程 图.svg", "manual/图/流程 图.svg"),
        ("../../README.md", "README.md"),
        ("..//.//CSC-QP-01.md", "procedures/CSC-QP-01.md"),
        ("#steps", FROM),
        ("", FROM),
        ("../../../etc/passwd", None),
        ("../../..", None),
        ("x/../../../../y", None),
        ("/etc/passwd", None),
        ("//example.com/x", None),
        ("..\\x", None),
        ("C:\\x", None),
        ("C:/x", None),
        ("x\0.md", None),
        ("https://example.com/", None),
        ("file:x.md", None),
        ("javascript:alert(1)", None),
        ("mailto:quality@example.com", None),
        ("...", "procedures/instructions/..."),
        ("..x/y", "procedures/instructions/..x/y"),
    ],
)
def test_an_address_leads_to_a_path_of_the_repository_or_nowhere(
    target: str, path: str | None
) -> None:
    assert links.resolve(FROM, target) == path


def test_a_document_at_the_top_can_link_its_neighbours() -> None:
    assert links.resolve("README.md", "docs/x.md") == "docs/x.md"
    assert links.resolve("README.md", "../x.md") is None


@given(
    st.lists(st.sampled_from(["..", ".", "", "a", "b.md", "...", "/", "\\", ":", "%2e"])),
    st.text(max_size=5),
)
def test_no_address_leads_out_of_the_repository(parts: list[str], rest: str) -> None:
    path = links.resolve(FROM, "/".join(parts) + rest)
    if path is not None:
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        assert path == FROM or path == posixpath.normpath(path)


@pytest.mark.parametrize(
    ("target", "web"),
    [
        ("https://example.com/", True),
        ("HTTP://example.com/", True),
        ("mailto:quality@example.com", True),
        ("tel:+861095566", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("ftp://example.com/", False),
        ("//example.com/", False),
        (" https://example.com/", False),
        ("x.md", False),
        ("", False),
    ],
)
def test_only_four_kinds_of_addresses_lead_to_the_web(target: str, web: bool) -> None:
    assert links.is_web(target) is web


@pytest.mark.parametrize(
    ("target", "name"),
    [("x.md#limits", "limits"), ("#时限", "时限"), ("x.md#", ""), ("x.md", None), ("a#b#c", "b#c")],
)
def test_the_anchor_stands_behind_the_first_number_sign(target: str, name: str | None) -> None:
    assert links.anchor(target) == name
