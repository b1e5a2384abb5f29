"""Every relative link and image of the documentation leads somewhere."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from qms_docs.text.markdown import slug
from tests.docs.pages import PAGES, name, prose

_LINK = re.compile(r"\]\(([^)\s]+)\)")


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#{1,6} (.+)$", page.read_text("utf-8"), re.M)
    return {slug(heading) for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(prose(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name(page)} links {link}"
        if anchor:
            assert anchor in _anchors(target), f"{name(page)} links {link}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_images_have_words(page: Path) -> None:
    for words in re.findall(r"!\[(.*?)\]\(", prose(page.read_text("utf-8"))):
        assert words.strip(), f"{name(page)}: an image without words"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [page for page in PAGES if name(page) == "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        links = _LINK.findall(prose(page.read_text("utf-8")))
        targets = {(page.parent / link.partition("#")[0]).resolve() for link in links}
        waiting += [other for other in PAGES if other in targets]
    assert reached == set(PAGES)
