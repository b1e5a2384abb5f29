"""Who decides, as far as a command says it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Asked:
    """A person at a command, about to sign."""

    key: Path | None
    """File of a private key; None for the keys of the agent."""
    role: str | None
    """The role in which the person acts; None for the only one that fits."""
    now: datetime
    on_behalf_of: str = ""
    """The person who has delegated the role."""
