"""What the authority in force needs of a forge, and how the forge is set up."""

from dataclasses import dataclass
from datetime import datetime

from qms_docs.edges.git import Repository
from qms_docs.edges.http import Service
from qms_docs.forge import github, githubsettings
from qms_docs.judge import forgesettings
from qms_docs.words.authority import Authority
from qms_docs.words.forgesettings import Needs, Remark, Settings
from qms_docs.work import history, signing


@dataclass(frozen=True)
class Diagnosis:
    """The settings of a repository, and what there is to say of them."""

    settings: Settings
    remarks: tuple[Remark, ...]

    @property
    def in_order(self) -> bool:
        """Tell whether everything was seen and is as it must be."""
        return forgesettings.in_order(self.remarks)


def examine(
    repository: Repository, service: Service, name: str, check: str, secret: str, now: datetime
) -> Diagnosis:
    """Compare how GitHub is set up with what the authority in force needs.

    `check` is the name of the gate's check, `secret` that of the importer's key. Raises QmsError if
    the manual has not begun, or if GitHub does not answer as described.
    """
    ledger = signing.begun(history.ledger(repository))
    assert ledger.rules is not None
    needs = _needs(ledger.rules.authority, check, secret, now)
    settings = githubsettings.seen(service, name, needs.accounts, secret)
    return Diagnosis(settings, forgesettings.compare(settings, needs))


def _needs(authority: Authority, check: str, secret: str, now: datetime) -> Needs:
    accounts = {
        number: person.key
        for person in authority.people.values()
        for number in person.on(github.FORGE)
    }
    importing = {
        person.key
        for person in authority.people.values()
        if any(person.holds(role, now) for role in authority.importers)
    }
    return Needs(
        repositories=authority.repositories.get(github.FORGE, ()),
        accounts=accounts,
        importers=frozenset(number for number, key in accounts.items() if key in importing),
        has_importers=bool(importing),
        check=check,
        secret=secret,
    )
