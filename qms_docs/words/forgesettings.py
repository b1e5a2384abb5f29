"""How a forge is set up, as far as evidence rests on it; and what there is to say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ANY = "any"
"""Of an environment: every branch may use it."""
PROTECTED = "protected"
"""Of an environment: every branch with a rule of its own may use it."""
ADMINISTRATORS = "administrators"
"""Kind of those whom a protected branch does not bind unless it says so."""
DEPLOY_KEY = "DeployKey"
"""Kind of the keys of a repository, of which the forge names none."""


@dataclass(frozen=True)
class Check:
    """A check that must pass before a change is merged."""

    name: str
    app: int
    """Number of the program that must have reported it; 0 if any may."""


@dataclass(frozen=True)
class Bypasser:
    """Whom a guard does not bind."""

    kind: str
    id: int = 0

    def __str__(self) -> str:
        return f"{self.kind} {self.id}" if self.id else self.kind


@dataclass(frozen=True)
class Guard:
    """What one set of rules demands of a branch: its protection, or a ruleset."""

    name: str
    checks: tuple[Check, ...] = ()
    is_current: bool = False
    """Whether it wants checks of what will be main: a branch up to date, or a merge queue."""
    needs_pull_request: bool = False
    needs_code_owner: bool = False
    forbids_force: bool = False
    forbids_deletion: bool = False
    dismisses_stale: bool = False
    bypassers: tuple[Bypasser, ...] | None = ()
    """None if the forge does not say."""


@dataclass(frozen=True)
class Environment:
    """A place that holds the importer's key for some runs of programs."""

    name: str
    branches: tuple[str, ...] | None
    """Branches whose programs may use it, or `ANY`, or `PROTECTED`; None if it is not said."""
    is_reviewed: bool
    """Whether a person must agree to each run."""


@dataclass(frozen=True)
class Forks:
    """What programs may do that a pull request from outside brings along."""

    run_approved: bool
    """Somebody agrees before they run, or they never do."""
    get_secrets: bool = False
    """They are handed secrets, or a token that may write."""


@dataclass(frozen=True)
class Settings:
    """What a forge says of a repository. What it does not show stands in `unseen`."""

    name: str
    number: int
    branch: str
    guards: tuple[Guard, ...] = ()
    rights: str = ""
    """What programs may do unless they say otherwise: `read` or `write`."""
    may_approve: bool = False
    """Programs may approve pull requests."""
    forks: Forks = field(default=Forks(True))
    environments: tuple[Environment, ...] = ()
    """Those that hold the importer's key."""
    secrets: frozenset[str] = frozenset()
    """Names of the secrets that programs of every branch are given."""
    writing_keys: int = 0
    """How many keys of the repository may write."""
    logins: Mapping[int, str] = field(default_factory=dict)
    """Account → its name now; empty if there is no such account, or it is not a person's."""
    unseen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Needs:
    """What the authority in force, and how a manual is run, need of a forge."""

    repositories: tuple[int, ...]
    accounts: Mapping[int, str]
    """Account → the person whose it is."""
    importers: frozenset[int]
    """Accounts of those who may import."""
    has_importers: bool
    check: str
    """Name of the check of `qms forge gate`."""
    secret: str
    """Name of the secret with the importer's key."""


class Weight(StrEnum):
    """How a remark counts."""

    FINDING = "finding"
    UNSEEN = "unseen"
    INFORMATION = "information"


@dataclass(frozen=True)
class Remark:
    """One thing to say of the settings. Its sentences come from the message catalogue."""

    key: str
    weight: Weight = Weight.FINDING
    values: Mapping[str, str] = field(default_factory=dict)
