"""What a flow chart consists of, and why a diagram could not be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qms_docs.words.errors import QmsError

KINDS = ("mermaid", "dot")
"""The languages of diagrams, as they stand behind the opening fence."""


class DiagramError(QmsError):
    """A diagram cannot be drawn as it is written.

    `line` is counted from 1, the first line between the fences; `values` holds it too.
    """

    def __init__(self, key: str, line: int = 1, **values: object) -> None:
        super().__init__(key, **{**values, "line": line})
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.key, self.line, self.values))


def _rebuild(key: str, line: int, values: Mapping[str, str]) -> DiagramError:
    return DiagramError(key, line, **{name: values[name] for name in values if name != "line"})


@dataclass
class Node:
    """A step, a decision, a record: anything with a frame."""

    label: str
    """Its lines are separated by a line feed."""
    shape: str = "box"
    """One of the names in `text/diagrams/layout.py`."""
    style: dict[str, str] = field(default_factory=dict)
    """What the author set, by the names of CSS: `fill`, `stroke`, `color` and so on."""


@dataclass(frozen=True)
class Edge:
    """A line from one node or group to another."""

    tail: str
    head: str
    label: str = ""
    stroke: str = "solid"
    """`solid`, `dotted`, `thick` or `none`."""
    tail_mark: str = ""
    """What ends the line: `arrow`, `circle`, `cross` or nothing."""
    head_mark: str = "arrow"
    length: int = 1
    """How many steps apart the ends stand, at least."""
    line: int = 1
    """Where it stands in the source."""


@dataclass
class Group:
    """A frame around nodes, such as the lane of a role."""

    label: str
    parent: str = ""
    """The group around it, if there is one."""
    members: list[str] = field(default_factory=list)
    style: dict[str, str] = field(default_factory=dict)


@dataclass
class Flowchart:
    """A flow chart; nodes and groups stand under the names their author gave them."""

    direction: str = "TB"
    """`TB`, `BT`, `LR` or `RL`."""
    title: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    groups: dict[str, Group] = field(default_factory=dict)

    def around(self, name: str) -> list[str]:
        """Return the groups around a node or a group, the smallest first."""
        found = []
        while name := self._frame(name):
            found.append(name)
        return found

    def is_inside(self, name: str, group: str) -> bool:
        """Say whether a node or group stands in a group."""
        return group in self.around(name)

    def _frame(self, name: str) -> str:
        if name in self.groups:
            return self.groups[name].parent
        return next((one for one, group in self.groups.items() if name in group.members), "")
