"""A main in memory: commits of one line, and the ledger that follows them, without Git."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from qms_docs.judge.landings import arrivals
from qms_docs.judge.ledger import Ledger
from qms_docs.text import records
from qms_docs.words.evidence import Body, Record, Signer
from qms_docs.words.history import GONE, Commit, FileChange
from tests.attacks.stage import Key

_FILE = "100644"


@dataclass
class Mainline:
    """What is on main, and what the ledger says of it."""

    files: dict[str, bytes] = field(default_factory=dict)
    commits: list[Commit] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    genesis: str = ""
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.blobs.__getitem__)

    def land(self, who: str, claimed: datetime, files: Mapping[str, bytes | None]) -> datetime:
        """Commit files (None deletes one) with a date as claimed; return when they landed."""
        changes = tuple(
            self._change(path, data)
            for path, data in sorted(files.items())
            if self.files.get(path) != data
        )
        parents = tuple(each.id for each in self.commits[-1:])
        name = f"{len(self.commits):040d}"
        seconds = int(claimed.timestamp())
        self.commits.append(Commit(name, parents, seconds, f"{who}@example.com", (), changes))
        *_, arrival = arrivals(self.commits, name)
        self.ledger.land(arrival)
        return arrival.landing.instant

    def _change(self, path: str, data: bytes | None) -> FileChange:
        old = self.files.pop(path, None)
        if data is not None:
            self.files[path] = data
        return FileChange(path, *self._stored(old), *self._stored(data))

    def _stored(self, data: bytes | None) -> tuple[str, str]:
        if data is None:
            return GONE, "0" * 40
        name = hashlib.sha1(data).hexdigest()
        self.blobs[name] = data
        return _FILE, name

    def signed(self, who: str, role: str, said: datetime, body: Body) -> tuple[Record, bytes]:
        """Return a record and its file, as a person signs it with their own key."""
        key = Key.of(who)
        signer = Signer(who, role, key.line)
        record = Record(self.genesis, signer, said.isoformat(timespec="seconds"), body)
        return records.signed(record, key.sign(records.message(record)))
