"""Footnotes: which one a number in the text means, in the old text and in the new one."""

from collections.abc import Sequence

from qms_docs.text.redline.alignment import align
from qms_docs.text.redline.blocks import Block, Node, blocks


def notes_of(root: Node) -> list[Block]:
    """Return the section with the footnotes of a text, if it has any."""
    return blocks([node for node in root.children if _is_notes(node)], {})


def without_notes(root: Node) -> list[Node | str]:
    """Return what stands before the footnotes."""
    return [
        node
        for node in root.children
        if not _is_notes(node) and not (isinstance(node, Node) and node.has_class("footnotes-sep"))
    ]


def names(old: Sequence[Block], new: Sequence[Block]) -> tuple[dict[str, str], dict[str, str]]:
    """Name the footnotes by their addresses, the same one in both texts by the same name."""
    old_items, new_items = _items(old), _items(new)
    steps = align(old_items, new_items)
    before = {j: i for i, j in steps if j is not None}
    gone = {old_items[i].key: i for i, j in steps if i is not None and j is None}
    new_names = {}
    for j, item in enumerate(new_items):
        i = before[j] if before[j] is not None else gone.get(item.key)
        new_names[_address(item)] = f"new {j}" if i is None else f"old {i}"
    return {_address(item): f"old {i}" for i, item in enumerate(old_items)}, new_names


def _is_notes(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag == "section" and node.has_class("footnotes")


def _items(notes: Sequence[Block]) -> list[Block]:
    return [item for section in notes for part in section.children for item in part.children]


def _address(item: Block) -> str:
    return "#" + (item.node.attrs.get("id", "") if item.node else "")
