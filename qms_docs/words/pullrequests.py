"""A pull request with its reviews, as a forge tells it and before anything is made of it."""

from dataclasses import dataclass

from qms_docs.words.evidence import ReviewState

FORGES = ("github", "gitlab", "gitea")
"""Forges whose pull requests can be read; Forgejo speaks as Gitea does."""


@dataclass(frozen=True)
class Account:
    """Who did something on a forge: a number, as names may change hands."""

    id: int
    is_bot: bool = False


@dataclass(frozen=True)
class Review:
    """One review."""

    id: int
    account: Account | None
    """None where the account is gone."""
    state: ReviewState
    commit: str
    """Full name of the commit that it was given for; empty if the forge does not say."""
    submitted: str
    """Instant in UTC, as `2026-03-02T09:00:00Z`; empty if it was never submitted."""
    base: str = ""
    """What the forge showed the commit against; empty for the base of the pull request."""


@dataclass(frozen=True)
class Authored:
    """A commit of the pull request, and who wrote it as far as the forge knows."""

    commit: str
    account: int
    """0 if the forge knows no account for the address in the commit."""


@dataclass(frozen=True)
class PullRequest:
    """A pull request with all its reviews."""

    forge: str
    repository: int
    name: str
    """Owner and name of the repository, for people; nothing is judged by it."""
    number: int
    base: str
    head: str
    opener: int
    """Number of the account that opened it; 0 if it is gone."""
    reviews: tuple[Review, ...]
    commits: tuple[Authored, ...] = ()
    branch: str = ""
    """Name of the branch that it is to be merged into; empty if the forge does not say."""
    host: str = ""
    """Whose numbers these are, where anybody can run a forge of this kind; empty on GitHub."""
    reference: str = ""
    """What to fetch for the head: forges keep it, also when the branch is deleted."""
