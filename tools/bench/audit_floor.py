"""The least that any audit of a history costs: one log, the contents named, JSON, signatures.

    python tools/bench/audit_floor.py FOLDER

`qms audit` is measured against this. It judges nothing and uses of the product no line, so that
waste there cannot hide here. It ends with an error if a signature is false: otherwise it would not
have checked them.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOG = (
    "log --topo-order --reverse --diff-merges=first-parent --raw -z --no-renames --no-abbrev "
    "--no-mailmap --no-notes --no-color --format=commit%x20%H%x00%P%x00%ct%x00%ae%x00"
    "%(trailers:key=Co-authored-by,valueonly)%x00"
)
_ADDED = re.compile(rb":\d{6} 100644 [0-9a-f]+ ([0-9a-f]+) [AM]\0([^\0]+)\0")


def main(folder: str) -> None:
    """Read everything once."""
    added = _ADDED.findall(_git(folder, *LOG.split(" "), "HEAD"))
    wanted = {path: blob for blob, path in added if path.startswith(b"records/")}
    texts: dict[bytes, list[str]] = {}
    checked: set[bytes] = set()
    for path, data in zip(wanted, _contents(folder, wanted.values()), strict=True):
        if data not in checked:  # a release stands at one path for each text
            checked.add(data)
            texts[path] = _verified(data)
    newest: dict[str, bytes] = {}
    released: set[bytes] = set()
    for blob, path in added:
        newest[path.decode()] = blob
        released.update(newest[text] for text in texts.get(path, ()))
    for data in _contents(folder, sorted(released)):
        hashlib.sha256(data).hexdigest()


def _verified(record: bytes) -> list[str]:
    """Check the signature of a record and return the paths of the texts that it releases."""
    fields = json.loads(record)
    signature, key = fields.pop("signature"), fields["signer"]["key"]
    message = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    _verify(key, signature, message.encode())
    return [text["path"] for text in fields["body"].get("texts", ())]


def _contents(folder: str, blobs: Iterable[bytes]) -> Iterator[bytes]:
    answers = _git(folder, "cat-file", "--batch", wanted=b"\n".join(blobs))
    position = 0
    while position < len(answers):
        start = answers.index(b"\n", position) + 1
        position = start + int(answers[position:start].split()[2])
        yield answers[start:position]
        position += 1  # the line feed after each content


def _verify(line: str, signature: str, message: bytes) -> None:
    blob = base64.b64decode("".join(signature.split("\n")[1:-2]))
    digest = hashlib.sha512(message).digest()
    signed = b"SSHSIG" + b"".join(
        len(part).to_bytes(4) + part for part in (b"qms-approval", b"", b"sha512", digest)
    )
    _key(line).verify(blob[-64:], signed)


@cache
def _key(line: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(line.split()[1])[-32:])


def _git(folder: str, *words: str, wanted: bytes | None = None) -> bytes:
    return subprocess.run(
        ["git", "-C", folder, *words], input=wanted, stdout=subprocess.PIPE, check=True
    ).stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
