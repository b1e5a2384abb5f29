"""What a person is about to sign, for a terminal: facts and changed lines."""

import difflib
from collections.abc import Iterator

from qms_docs.show.terminal import visible
from qms_docs.text.messages import label
from qms_docs.words.evidence import ReleasedText
from qms_docs.words.issues import Issue


def changes(text: ReleasedText, before: Issue | None, old: bytes, new: bytes, language: str) -> str:
    """Return what has changed in a text since the revision in force, line by line.

    `qms diff` shows the same word by word, as a page.
    """
    subject = text.subject
    lines = [
        f"{subject.id} ({subject.language}) · {label('revision', language)} "
        f"{before.subject.revision if before else '–'} → {subject.revision}",
        f"  {label('content-digest', language)}: {subject.content}",
        *_changed(old, new),
        "",
    ]
    return "\n".join(map(visible, lines))


def _changed(old: bytes, new: bytes) -> Iterator[str]:
    before = old.decode("utf-8", "replace").splitlines()
    after = new.decode("utf-8", "replace").splitlines()
    for line in difflib.unified_diff(before, after, lineterm="", n=1):
        if not line.startswith(("---", "+++")):
            yield f"  {line}"
