"""The least that any check of a manual costs: files listed and read, YAML nodes, Markdown tokens.

    python tools/bench/floor.py FOLDER [COMMIT]

`qms check` is measured against this. It judges nothing, keeps nothing, and uses of the product
no line, so that waste there cannot hide here.
"""

import subprocess
import sys
from collections.abc import Iterator

import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

FOLDERS = ("manual", "procedures")


def in_work_tree(folder: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the files in the folders of documents."""
    kinds = ("--cached", "--others", "--exclude-standard")
    for path in _git(folder, "ls-files", "-z", *kinds, "--", *FOLDERS).decode().split("\0"):
        if path.endswith((".md", ".yaml")):
            with open(f"{folder}/{path}", "rb") as file:
                yield path, file.read()


def in_commit(folder: str, commit: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the same files of a commit."""
    blobs = {}
    for line in _git(folder, "ls-tree", "-r", "-z", commit, "--", *FOLDERS).decode().split("\0"):
        facts, _, path = line.partition("\t")
        if path.endswith((".md", ".yaml")):
            blobs[path] = facts.split()[2]
    answers = _git(folder, "cat-file", "--batch", wanted="\n".join(blobs.values()).encode())
    position = 0
    for path in blobs:
        start = answers.index(b"\n", position) + 1
        position = start + int(answers[position:start].split()[2])
        yield path, answers[start:position]
        position += 1  # the line feed after each blob


def parser() -> MarkdownIt:
    """Return a parser for the Markdown that documents may use (docs/markdown.md)."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    for plugin in (gfm_autolink_plugin, footnote_plugin, deflist_plugin, tasklists_plugin):
        markdown.use(plugin)
    markdown.use(attrs_plugin).use(attrs_block_plugin).use(anchors_plugin, max_level=6)
    for name in ("note", "warning", "adopter"):
        markdown.use(container_plugin, name)
    return markdown


def main(folder: str, commit: str | None = None) -> None:
    """Read everything once."""
    markdown = parser()
    for path, data in in_commit(folder, commit) if commit else in_work_tree(folder):
        text = data.decode()
        if path.endswith(".md"):
            _, front, body = text.split("---\n", 2)
            markdown.parse(body)
        else:
            front = text
        yaml.compose(front, Loader=yaml.CSafeLoader)


def _git(folder: str, *words: str, wanted: bytes | None = None) -> bytes:
    return subprocess.run(
        ["git", "-C", folder, *words], input=wanted, stdout=subprocess.PIPE, check=True
    ).stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
