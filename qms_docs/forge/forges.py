"""All forges that can be read; each is a module with the same names."""

from collections.abc import Mapping
from typing import Protocol

from qms_docs.edges.http import Service
from qms_docs.forge import gitea, github, gitlab
from qms_docs.words.pullrequests import PullRequest


class Forge(Protocol):
    """A forge."""

    FORGE: str
    """As records and the authority name it."""
    ADDRESS: str
    """Address of its REST interface, unless another is named; empty if there is no such."""
    TOKEN: str
    """Variable of the environment that holds the token."""

    def from_event(self, data: bytes, source: str) -> PullRequest:
        """Return a pull request from a file that holds answers of the forge."""

    def service(self, base: str, token: str) -> Service:
        """Return the forge at an address, asked with a token."""

    def asked(self, service: Service, name: str, number: int) -> PullRequest:
        """Return a pull request as the forge tells it now."""


_ALL: tuple[Forge, ...] = (github, gitlab, gitea)
FORGES: Mapping[str, Forge] = {each.FORGE: each for each in _ALL}
