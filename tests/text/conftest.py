"""Keys of every kind, and a signature by each."""

import pytest

from tests import signing
from tests.signing import KINDS, MESSAGE, Person


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Person]:
    """Return a key pair of each kind."""
    folder = tmp_path_factory.mktemp("keys")
    return {kind: signing.person(folder, kind) for kind in KINDS}


@pytest.fixture(scope="session")
def signed(keys: dict[str, Person]) -> dict[str, str]:
    """Return a signature of MESSAGE by each key."""
    return {kind: keys[kind].sign(MESSAGE) for kind in KINDS}


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> signing.Signer:
    """Return the key pair of somebody else."""
    return signing.signer(tmp_path_factory.mktemp("other"), "ed25519")
