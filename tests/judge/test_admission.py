"""The files of records/: what is read of them, and how often."""

from qms_docs.judge import admission
from qms_docs.text import records
from qms_docs.words.evidence import Record, Release, ReleasedText, Signer, Subject
from qms_docs.words.history import BEGINNING, GONE, Arrival, Commit, FileChange, Landing


def release(count: int) -> tuple[Record, bytes]:
    texts = tuple(
        ReleasedText(Subject(f"CSC-QP-{n:02}", "en", 1, "0" * 64), f"p/{n}.md", "0" * 64)
        for n in range(count)
    )
    signer = Signer("p", "CSC-RS-01", "ssh-ed25519 AAAA")
    said = "2026-01-01T00:00:00+00:00"
    return records.signed(Record("0" * 64, signer, said, Release(texts, ())), "no signature")


def test_a_release_is_read_once_and_stands_at_all_its_paths() -> None:
    record, data = release(20)
    paths = [*records.paths(record), "records/releases/CSC-QP-77/en.r1.json"]
    changes = tuple(FileChange(path, GONE, "0" * 40, "100644", "blob") for path in paths)
    read: list[str] = []

    def read_blob(blob: str) -> bytes:
        read.append(blob)
        return data

    commit = Commit("c", (), 0, "", (), changes)
    arrival = Arrival(Landing(0, "c", BEGINNING), commit, (commit,))
    blobs = dict.fromkeys(paths, ("100644", "blob"))
    found = admission.admit(arrival, blobs, read_blob)
    assert read == ["blob"]
    assert found.records == ((record, frozenset(paths[:-1])),)
    assert [(note.finding.code, note.finding.case) for note in found.notes] == [("QMS902", "path")]
