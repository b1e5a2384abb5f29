"""Looking around in a service that does not show everything to everybody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from qms_docs.edges.http import RefusedError, Service
from qms_docs.forge import fields
from qms_docs.forge.fields import Fields

Seen = TypeVar("Seen")


def listed(service: Service, path: str, name: str = "") -> Iterator[object]:
    """Yield all items of a list on all its pages; `name` is that of a list inside an object."""
    for page in service.pages(f"{path}?per_page=100"):
        told = fields.read(page, path)
        yield from fields.items(fields.mapping(told, path).get(name) if name else told, path)


@dataclass
class Look:
    """One look at a repository; what is not shown is remembered."""

    service: Service
    path: str
    unseen: set[str] = field(default_factory=set)

    def one(self, path: str) -> Fields:
        """Return an answer that is an object."""
        return fields.mapping(fields.read(self.service.get(path), path), path)

    def many(self, path: str, name: str = "") -> Iterator[tuple[str, Fields]]:
        """Yield all entries of a list, on all its pages, each with its place for messages."""
        for position, each in enumerate(listed(self.service, path, name)):
            inside = f"{name or path}[{position}]"
            yield inside, fields.mapping(each, inside)

    def names(self, path: str) -> frozenset[str]:
        """Return the names of secrets."""
        return frozenset(
            fields.text(each, "name", inside) for inside, each in self.many(path, "secrets")
        )

    def tried(self, what: str, ask: Callable[[], Seen], otherwise: Seen) -> Seen:
        """Return an answer; where it is refused, note that and return something else."""
        try:
            return ask()
        except RefusedError:
            self.unseen.add(what)
            return otherwise


def optional(told: Fields | None, name: str, inside: str) -> Fields | None:
    """Return an object inside another; None if there is none."""
    return None if told is None or told.get(name) is None else fields.part(told, name, inside)
